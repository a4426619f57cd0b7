"""The result of one session at one place as a workbook: one sheet, A4 landscape, to be kept and signed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from boiduong_exporter.reports.book import Page, Table, excel_cells, open_book
from boiduong_exporter.reports.columns import Column, Kind
from boiduong_exporter.reports.figures import Basis


@dataclass(frozen=True)
class Attendee:
    """One person; `came` and `left` as "7:41", `late` and `early` in minutes, 0 where there is none. `entry` is the
    number in the ledger, None before the seal; `result` is in words, `is_present` what is counted."""

    name: str
    code: str
    unit: str
    team: str
    result: str
    is_present: bool
    came: str = ""
    left: str = ""
    late: int = 0
    early: int = 0
    how: str = ""
    remark: str = ""
    by: str = ""
    entry: int | None = None


@dataclass(frozen=True)
class SessionResult:
    """`facts` are label and text, as they stand at the head; `headcount` is what the monitor counted, None where nobody
    did. `notes` tell what a reader must know besides."""

    title: str
    facts: tuple[tuple[str, str], ...]
    headcount: int | None
    people: tuple[Attendee, ...]
    notes: tuple[str, ...]
    basis: Basis

    @property
    def present(self) -> int:
        return sum(each.is_present for each in self.people)

    @property
    def counted(self) -> str:
        """ "đếm được 398, điểm danh 400, chênh 2"; empty where nobody counted."""
        if self.headcount is None:
            return ""
        gap = abs(self.headcount - self.present)
        return f"đếm được {self.headcount}, điểm danh {self.present}, {f'chênh {gap}' if gap else 'khớp'}"


COLUMNS: tuple[Column[Attendee], ...] = (
    Column("number", "TT", 5, Kind.WHOLE, lambda number, _: number),
    Column("name", "Họ và tên", 22, Kind.TEXT, lambda _, each: each.name),
    Column("code", "Mã cán bộ", 10, Kind.TEXT, lambda _, each: each.code),
    Column("unit", "Đơn vị", 22, Kind.TEXT, lambda _, each: each.unit),
    Column("team", "Tổ", 9, Kind.TEXT, lambda _, each: each.team, sparse=True),
    Column("result", "Kết quả", 14, Kind.TEXT, lambda _, each: each.result),
    Column("came", "Giờ vào", 8, Kind.TEXT, lambda _, each: each.came),
    Column("left", "Giờ ra", 8, Kind.TEXT, lambda _, each: each.left, sparse=True),
    Column("late", "Muộn (phút)", 8, Kind.WHOLE, lambda _, each: each.late or None),
    Column("early", "Sớm (phút)", 8, Kind.WHOLE, lambda _, each: each.early or None, sparse=True),
    Column("how", "Cách ghi", 14, Kind.TEXT, lambda _, each: each.how),
    Column("remark", "Lý do, ghi chú", 28, Kind.TEXT, lambda _, each: each.remark),
    Column("by", "Người ghi", 18, Kind.TEXT, lambda _, each: each.by, sparse=True),
    Column("entry", "Mục trong sổ", 9, Kind.WHOLE, lambda _, each: each.entry, sparse=True),
)


def write_session_xlsx(found: SessionResult, path: Path) -> None:
    """Raises OSError where nothing can be written."""
    columns = tuple(each for each in COLUMNS if not each.sparse or _is_filled(each, found.people))
    with open_book(path, found.basis) as book:
        page = book.page("Điểm danh", found.title, tuple(column.width for column in columns), landscape=True)
        for label, text in found.facts:
            page.say(f"{label}: {text}")
        page.gap()
        table = Table(page, columns)
        for number, each in enumerate(found.people, 1):
            table.add(excel_cells(columns, number, each, found.basis.display_step))
        table.close("Không có ai trong danh sách.")
        _end(page, found)


def _is_filled(column: Column[Attendee], people: Iterable[Attendee]) -> bool:
    return any(column.value(1, each) for each in people)


def _end(page: Page, found: SessionResult) -> None:
    page.section("Tổng cộng")
    for line in _sums(found):
        page.say(line)
    for note in found.notes:
        page.say(note, "note")


def _sums(found: SessionResult) -> Iterator[str]:
    """How many with each result, in the order in which they come up; who came late; heads."""
    results = dict.fromkeys(each.result for each in found.people)
    yield f"Trong danh sách: {len(found.people)} người."
    for result in results:
        yield f"{result}: {sum(each.result == result for each in found.people)} người."
    if late := sum(bool(each.late) for each in found.people):
        yield f"Vào muộn: {late} người."
    if early := sum(bool(each.early) for each in found.people):
        yield f"Ra sớm: {early} người."
    if found.counted:
        yield f"Sĩ số: {found.counted}."
