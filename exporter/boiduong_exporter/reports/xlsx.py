"""A unit's report as a workbook: the lists, the figures, the classes by year, the plan, and what all of it rests on."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from boiduong_exporter.credit.telling import rounding
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.book import Book, Page, Table, excel_cells, open_book
from boiduong_exporter.reports.columns import OWING, PEOPLE, Column
from boiduong_exporter.reports.figures import Counting, PersonFigures, UnitReport, UnitSummary
from boiduong_exporter.reports.sheet_basis import write_basis
from boiduong_exporter.reports.sheet_summary import terms_note, write_plan, write_summary, write_years
from boiduong_exporter.reports.spool import Spool


@dataclass(frozen=True)
class _List:
    """A sheet of people: its name, its title, whom it holds (None: everyone), and with which columns."""

    sheet: str
    title: str
    standings: frozenset[Standing] | None
    columns: tuple[Column[PersonFigures], ...]
    note: str

    @cached_property
    def chosen(self) -> tuple[int, ...]:
        """Where its columns, but the number, stand in the whole list."""
        return tuple(PEOPLE.index(column) for column in self.columns[1:])


_LISTS = (
    _List(
        "Danh sách",
        "Kết quả bồi dưỡng, cập nhật kiến thức, kỹ năng của cán bộ",
        None,
        PEOPLE,
        "Các số tính bằng ngày, trong nhiệm kỳ. «Số ngày đã dự» và «Không tính» chỉ gồm các buổi, mỗi buổi một lần; "
        "«Giờ tự học» là giờ thực tế.",
    ),
    _List(
        "Còn thiếu",
        "Cán bộ còn thiếu số ngày",
        frozenset({Standing.SHORT, Standing.WAITING, Standing.MISSED}),
        OWING,
        "Người có khả năng chưa đủ được ghi riêng ở trang sau. Người chưa xác định được số ngày không có ở đây.",
    ),
    _List(
        "Có khả năng chưa đủ",
        "Cán bộ có khả năng chưa đủ số ngày khi hết nhiệm kỳ",
        frozenset({Standing.AT_RISK}),
        OWING,
        "Thời gian đã qua của nhiệm kỳ nhiều hơn phần số ngày đã được tính; nên mời dự các lớp sắp mở.",
    ),
)


_SPARSE = tuple(place for place, column in enumerate(PEOPLE) if column.sparse)


def write_unit_xlsx(report: UnitReport, path: Path) -> None:
    """The people are read once and never held together: their rows wait on disk until each list knows its count."""
    with ExitStack() as stack:
        book = stack.enter_context(open_book(path, report.basis))
        spools = [stack.enter_context(Spool()) for _ in _LISTS]
        filled: set[int] = set()
        summary = _sort_out(report, spools, filled)
        empty = {column for place, column in enumerate(PEOPLE) if column.sparse and place not in filled}
        for which, spool in zip(_LISTS, spools, strict=True):
            page = _write_list(book, report, which, spool, terms_note(report.basis, summary))
            for column in empty & set(which.columns):
                page.hide(which.columns.index(column))
        write_summary(book, f"{report.unit_name} ({report.unit_code})", summary, report.notes)
        deeds = report.deeds()
        write_years(book, deeds)
        if deeds.plan:
            write_plan(book, deeds)
        write_basis(book)


def _sort_out(report: UnitReport, spools: list[Spool], filled: set[int]) -> UnitSummary:
    """Puts each person's row into the lists it belongs to, counts, and notes which sparse columns somebody fills."""
    counting = Counting()
    for number, person in enumerate(report.people, 1):
        counting.add(person)
        cells = excel_cells(PEOPLE, number, person, report.basis.display_step)
        filled.update(place for place in _SPARSE if cells[place] is not None)
        for which, spool in zip(_LISTS, spools, strict=True):
            if _belongs(which, person):
                spool.add([spool.count + 1, *(cells[place] for place in which.chosen)])
    return counting.summary()


def _belongs(which: _List, person: PersonFigures) -> bool:
    return which.standings is None or person.verdict.standing in which.standings


def _write_list(book: Book, report: UnitReport, which: _List, spool: Spool, terms: str) -> Page:
    page = book.page(which.sheet, which.title, tuple(column.width for column in which.columns), landscape=True)
    page.say(f"Đơn vị: {report.unit_name} ({report.unit_code}). Số người: {spool.count}.")
    page.say(which.note, "note")
    page.say(rounding(report.basis.display_step), "note")
    page.say(terms, "note")
    page.gap()
    table = Table(page, which.columns)
    for cells in spool:
        table.add(cells)
    table.close("Không có ai.")
    return page
