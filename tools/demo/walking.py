"""Runs the walk through the installed command, within this process, and prints each command as one would type it."""

import contextlib
import io
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

from boiduong_vocabulary.catalog import Catalog, from_json
from boiduong_vocabulary.command import FINE, main

from tools.demo.files import write_desk
from tools.demo.steps import Step, Walk

ROOT = Path(__file__).parents[2]
PROGRAM, RULES = ROOT / "content/145-2026", ROOT / "content/rules"
SEED = 145
CADRES = 2_000


class StrayedError(Exception):
    """A step that did not end as it should."""

    def __init__(self, command: str, code: int, told: str) -> None:
        super().__init__(f"{command}\n→ {code}\n{told}")


def demo(
    folder: Path, today: date, people: int = CADRES, seed: int = SEED, say: Callable[[str], object] = print
) -> Walk:
    """Write the sample's files into `folder`, load them into books of their own, and write the reports.

    Raises FileExistsError where `folder` holds books already, StrayedError where a command does not end as it should.
    """
    books, papers = folder / "so-boi-duong.sqlite", folder / "bao-cao"
    if books.exists():
        raise FileExistsError(books)
    papers.mkdir(parents=True, exist_ok=True)
    catalog = build(folder / "chuong-trinh", say)
    desk = write_desk(folder / "dau-vao", catalog_in(catalog), RULES, people, seed)
    say(f"Đã viết các tệp của văn phòng mẫu vào {desk.folder}.")
    walk = Walk(desk, catalog, books, papers, today)
    told: dict[str, str] = {}
    for step in walk.steps():
        told[step.name] = take(step, told, say)
    return walk


_TARGETS = ("--target", "web", "--target", "scorm12")
"""To be read, and to be studied on the server."""


def build(folder: Path, say: Callable[[str], object]) -> Path:
    """The catalog of the programme, packed anew."""
    take(Step("Đóng gói chương trình", lambda _: ["build", PROGRAM, "--out", folder, *_TARGETS]), {}, say)
    return folder / PROGRAM.name / "catalog.json"


def catalog_in(path: Path) -> Catalog:
    return from_json(path.read_text("utf-8"))


def take(step: Step, told: dict[str, str], say: Callable[[str], object]) -> str:
    """Run one step; what it printed."""
    words = [str(word) for word in step.words(told)]
    command = f"boiduong {shlex.join(words)}"
    say(f"\n# {step.said}\n$ {command}")
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
        code = _ended(words)
    said = heard.getvalue()
    if code != step.expected:
        raise StrayedError(command, code, said)
    say(_shortened(said))
    return said


def _ended(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as left:  # argparse leaves so
        return left.code if isinstance(left.code, int) else FINE


_SHOWN = 8


def _shortened(said: str) -> str:
    """The last lines: of a long list of receipts the sum at its end tells enough."""
    lines = said.rstrip().splitlines()
    return "\n".join(lines[-_SHOWN:] if len(lines) > _SHOWN else lines)
