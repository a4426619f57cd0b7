"""A folder of rules to spoil: a copy of the shipped one, and edits of its text."""

import re
import shutil
from pathlib import Path

from boiduong_exporter.rulebook.read import Rules, read_rules
from boiduong_vocabulary.problem import Problem

SHIPPED = Path(__file__).parents[3] / "content" / "rules"
CENTRAL, OLD, LOCAL, READINGS, REGISTER = (
    "145-qd-tw.toml", "164-qd-tw.toml", "3315-cv-tu-tien-giang.toml", "cach-hieu.toml", "danh-muc.toml",
)  # fmt: skip


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path / "rules"
        shutil.copytree(SHIPPED, self.path)

    def change(self, name: str, old: str, new: str) -> None:
        """Put `new` for the first `old`, which must be there."""
        text = (self.path / name).read_text("utf-8")
        assert old in text
        (self.path / name).write_text(text.replace(old, new, 1), "utf-8")

    def set_value(self, reading: str, value: str) -> None:
        """Give a reading another value, in TOML."""
        path = self.path / READINGS
        pattern = rf"(\[{reading}\]\ntitle = [^\n]*\nvalue = )[^\n]*"
        text, count = re.subn(pattern, lambda found: found[1] + value, path.read_text("utf-8"))
        assert count == 1
        path.write_text(text, "utf-8")

    def add(self, name: str, text: str) -> None:
        with (self.path / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def read(self) -> tuple[Rules | None, list[Problem]]:
        return read_rules(self.path)

    def told(self) -> list[str]:
        """The codes, file names and messages of what is wrong."""
        rules, problems = self.read()
        assert (rules is None) == bool(problems)
        return [f"{each.code} {Path(each.place.path).name}: {each.message} → {each.hint}" for each in problems]
