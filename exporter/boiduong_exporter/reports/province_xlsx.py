"""A province's report as a workbook: in all, by unit, group and tier, by year and plan, and how it came to be."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.reports.book import Book, Cells, Page, Table, excel_cells, open_book
from boiduong_exporter.reports.columns import SHARE_STEP, Column, shown
from boiduong_exporter.reports.figures import Part, ProvinceReport, TrendPoint
from boiduong_exporter.reports.province_chart import chart_trend, chart_units
from boiduong_exporter.reports.province_columns import GROUPS, TIERS, UNITS
from boiduong_exporter.reports.province_words import ALL, NO_TREND, RATE, TREND, TWICE
from boiduong_exporter.reports.sheet_basis import write_basis
from boiduong_exporter.reports.sheet_summary import terms_note, whom, write_plan, write_summary, write_years

SHEET = "Diễn biến"
_WIDTHS = (34, 13, 15, 12, 12, 12)


def write_province_xlsx(report: ProvinceReport, path: Path) -> None:
    with open_book(path, report.basis) as book:
        write_summary(book, subject(report), report.whole, report.notes)
        _write_units(book, report)
        _write_groups(book, report)
        write_years(book, report.deeds)
        if report.deeds.plan:
            write_plan(book, report.deeds)
        _write_trend(book, report)
        write_basis(book)


def subject(report: ProvinceReport) -> str:
    return f"{report.issuer.name} ({report.unit_code})"


def _write_units(book: Book, report: ProvinceReport) -> None:
    page = book.page("Theo đơn vị", "Kết quả theo đơn vị", tuple(column.width for column in UNITS), landscape=True)
    page.say(f"Đơn vị: {subject(report)}. {report.basis.organizations.capitalize()}.")
    page.say(f"{whom(report.basis)} {TWICE} {RATE}", "note")
    page.say(terms_note(report.basis, report.whole), "note")
    page.gap()
    table = Table(page, UNITS)
    for number, part in enumerate(report.units, 1):
        table.add(excel_cells(UNITS, number, part, SHARE_STEP))
    table.close("Không có đơn vị trực thuộc.")
    _total(page, UNITS, report)


def _write_groups(book: Book, report: ProvinceReport) -> None:
    widths = tuple(column.width for column in GROUPS)
    page = book.page("Theo nhóm và cấp", "Kết quả theo nhóm và theo cấp quản lý cán bộ", widths, landscape=True)
    page.say(f"Đơn vị: {subject(report)}.")
    page.say(f"{whom(report.basis)} {RATE}", "note")
    for title, columns, parts in (
        ("Theo nhóm của quy định", GROUPS, report.groups),
        ("Theo cấp của cơ quan quản lý cán bộ", TIERS, report.tiers),
    ):
        page.section(title)
        page.headings(column.heading for column in columns)
        for number, part in enumerate(parts, 1):
            page.cells(excel_cells(columns, number, part, SHARE_STEP), *(column.kind.value for column in columns))
        _total(page, columns, report)


def _total(page: Page, columns: tuple[Column[Part], ...], report: ProvinceReport) -> None:
    """The sum that no row may be added up to: people of two units are counted once."""
    cells = excel_cells(columns, 0, Part("", ALL, report.whole), SHARE_STEP)
    page.cells(cells, *("total_share" if column.key == "rate" else "total" for column in columns))


def _write_trend(book: Book, report: ProvinceReport) -> None:
    page = book.page(SHEET, "Diễn biến theo quý", _WIDTHS)
    page.say(f"Đơn vị: {subject(report)}.")
    page.say(f"{TREND} {RATE}", "note")
    page.gap()
    page.headings(("Quý", "Ngày", "Phải bồi dưỡng", "Đủ số ngày", "Tỷ lệ đủ", "Chưa xác định"))
    first = page.row
    for point in report.trend:
        page.cells(_point(point), "text", "text", "whole", "whole", "share", "whole")
    if not report.trend:
        page.say(NO_TREND)
    units = list(_charted(report.units))
    page.section("Tỷ lệ của các đơn vị trực thuộc, ngày báo cáo")
    page.headings(("Đơn vị", "Mã", "Phải bồi dưỡng", "Đủ số ngày", "Tỷ lệ đủ", "Chưa xác định"))
    below = page.row
    for part in units:
        page.cells(_unit(part), "text", "text", "whole", "whole", "share", "whole")
    if not units:
        page.say("Không có đơn vị trực thuộc nào có người phải bồi dưỡng.")
    chart_trend(book, SHEET, first, report.trend)
    chart_units(book, SHEET, below, units)


def _charted(units: Iterable[Part]) -> Iterator[Part]:
    """Those right below; who owes nothing has no rate to show."""
    return (part for part in units if part.depth == 1 and part.summary.owing)


def _point(point: TrendPoint) -> Cells:
    rate = shown(point.rate, SHARE_STEP, up=False) if point.rate is not None else None
    return point.name, show_date(point.as_of), point.owing, point.enough, rate, point.undetermined


def _unit(part: Part) -> Cells:
    rate = shown(part.summary.rate, SHARE_STEP, up=False) if part.summary.rate is not None else None
    return part.name, part.code, part.summary.owing, part.summary.enough, rate, part.summary.undetermined
