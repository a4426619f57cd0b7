"""A comparison with draft rules as a workbook."""

from pathlib import Path

from boiduong_exporter.credit.telling import rounding
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.book import Book, Page, Table, excel_cells, open_book
from boiduong_exporter.reports.columns import Column, Kind
from boiduong_exporter.reports.compare import CHANGES, NO_REPORT, TITLE, Comparison, Difference, moved, versions
from boiduong_exporter.reports.sheet_basis import write_basis

DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("where", "Văn bản, danh mục", 24, Kind.TEXT, lambda _, each: each.where),
    Column("what", "Nội dung", 40, Kind.TEXT, lambda _, each: each.what),
    Column("now", "Hiện nay", 55, Kind.TEXT, lambda _, each: each.now),
    Column("then", "Theo dự thảo", 55, Kind.TEXT, lambda _, each: each.then),
)


def write_compare_xlsx(found: Comparison, path: Path) -> None:
    with open_book(path, found.basis) as book:
        _summary(book, found)
        _changes(book, found)
        _differences(book, found)
        write_basis(book, "Căn cứ hiện nay")
        write_basis(book, "Căn cứ dự thảo", found.draft)


def _page(book: Book, found: Comparison, sheet: str, about: str, widths: tuple[int, ...]) -> Page:
    """Every sheet says that it compares."""
    page = book.page(sheet, TITLE, widths, landscape=True)
    page.say(f"{about}. Đơn vị: {found.unit_name} ({found.unit_code}); {versions(found)}.")
    page.say(NO_REPORT, "note")
    return page


def _summary(book: Book, found: Comparison) -> None:
    page = _page(book, found, "Tóm tắt", "Bao nhiêu người thay đổi", (52, 16, 16, 16))
    page.section("Số người thay đổi")
    page.headings(("Thay đổi", "Số người"))
    for move in found.moves:
        page.cells((moved(move), move.people), "text", "whole")
    page.cells(("Thay đổi", len(found.changes)), "total", "total")
    page.cells(("Không thay đổi", found.people - len(found.changes)), "text", "whole")
    page.cells(("Tất cả", found.people), "total", "total")
    page.section("Người, theo kết quả")
    page.headings(("Kết quả", "Hiện nay", "Theo dự thảo", "Chênh lệch"))
    then = dict(found.then)
    for standing, count in found.now:
        page.cells(_standing(standing, count, then[standing]), "text", "whole", "whole", "whole")
    for note in found.notes:
        page.gap()
        page.say(note, "note")


def _standing(standing: Standing, now: int, then: int) -> tuple[str, int, int, int]:
    return standing.label, now, then, then - now


def _changes(book: Book, found: Comparison) -> None:
    widths = tuple(column.width for column in CHANGES)
    page = _page(book, found, "Người thay đổi", f"{len(found.changes)} người có số liệu thay đổi", widths)
    page.say(rounding(found.basis.display_step), "note")
    page.gap()
    table = Table(page, CHANGES)
    for number, change in enumerate(found.changes, 1):
        table.add(excel_cells(CHANGES, number, change, found.basis.display_step))
    table.close("Không có ai thay đổi.")


def _differences(book: Book, found: Comparison) -> None:
    widths = tuple(column.width for column in DIFFERENCES)
    page = _page(book, found, "Khác nhau của quy tắc", "Hai bản quy tắc khác nhau ở những điểm này", widths)
    page.gap()
    table = Table(page, DIFFERENCES)
    for number, each in enumerate(found.differences, 1):
        table.add(excel_cells(DIFFERENCES, number, each, found.basis.display_step))
    table.close("Hai bản quy tắc như nhau.")
