"""Lam Giang of the exporter's tests, with a class (TH1) whose topic is studied alone, and that topic's real package.

Made once in a run, through the command that offices use; a test gets a copy of the folder.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from boiduong_packager.build import Request, build
from boiduong_records.matching import directory
from boiduong_records.store import open_books

from tests.exporter.office import CLASS_HEAD, SESSION_HEAD
from tests.exporter.reporting.lam_giang import KIND, founded

CONTENT = Path(__file__).parents[2] / "content" / "145-2026"
CLASS, TOPIC, EDITION = "TH1", "che-do-boi-duong", "2026.1"
HANOI = timezone(timedelta(hours=7))


def ms(day: int, hour: int, minute: int = 0, second: int = 0) -> int:
    """A moment of November 2026, Hanoi time."""
    return int(datetime(2026, 11, day, hour, minute, second, tzinfo=HANOI).timestamp() * 1000)


NOW = ms(26, 8)
"""What the server's clock shows when a test begins."""


@dataclass(frozen=True)
class LamGiang:
    """`folder` holds the books (so.sqlite) and their beats; `cadres` are the books' numbers by code ("01" … "08");
    `packages` are the topic's built archives by standard (scorm12, scorm2004)."""

    folder: Path
    cadres: dict[str, int]
    packages: dict[str, Path]
    catalog: Path

    @property
    def books(self) -> Path:
        return self.folder / "so.sqlite"


def lay_out(folder: Path) -> LamGiang:
    """The province's books in `folder`, and what was built for it."""
    built = folder / "dist"
    outcome = build(Request(CONTENT, built, ("scorm12", "scorm2004"), topics=(TOPIC,)))
    assert not outcome.problems, outcome.problems
    catalog = built / "145-2026" / "catalog.json"
    books = folder / "books"
    books.mkdir()
    office = founded(books)
    assert office.run("import", "catalog", catalog) == 0
    hours = {"Sáng": "7:30-11:30", "Chiều": "13:30-17:00"}
    halves = [(CLASS, day, half, "Hội trường", hours[half]) for day in ("18/11/2026", "30/11/2026") for half in hours]
    sheets = {
        "Lớp": [CLASS_HEAD, (CLASS, "Lớp tự học mùa thu", KIND, "145", "Nhóm 3", "QĐ 2", 3)],
        "Buổi": [SESSION_HEAD, *halves],
        "Chuyên đề": [("Mã lớp", "Mã chuyên đề", "Hình thức"), (CLASS, TOPIC, "Tự học trên hệ thống")],
    }
    assert office.bring("classes", sheets, "tu-hoc") == 0
    with open_books(office.books) as opened, opened.reading() as connection:
        cadres = {code: holders[0].cadre for code, holders in directory(connection).by_code.items()}
    packages = {standard: built / "145-2026" / standard / f"{TOPIC}.zip" for standard in ("scorm12", "scorm2004")}
    return LamGiang(books, cadres, packages, catalog)
