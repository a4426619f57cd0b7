"""A small sample province, and what its walk said."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tools.demo.steps import Walk
from tools.demo.walking import demo

PEOPLE = 60


@dataclass(frozen=True)
class Small:
    walk: Walk
    told: str

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each command without its first word, and what it printed."""
        parts = [part.partition("\n") for part in self.told.split("\n$ boiduong ")[1:]]
        return [(command, said.partition("\n# ")[0]) for command, _, said in parts]

    def said_by(self, start: str) -> list[tuple[str, str]]:
        """Those that begin so."""
        return [(command, said) for command, said in self.said if command.startswith(start)]


def walk_through(folder: Path, today: date) -> Small:
    heard: list[str] = []
    return Small(demo(folder, today, PEOPLE, say=heard.append), "\n".join(heard))
