"""The look of the workbooks, and a sheet that is written from top to bottom."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap

from boiduong_vocabulary.vietnamese import show_date
from xlsxwriter import Workbook
from xlsxwriter.chartsheet import Chartsheet
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from boiduong_exporter.reports.columns import SHARE_STEP, Cell, Column, Kind, Row, shown
from boiduong_exporter.reports.figures import Basis
from boiduong_exporter.reports.whole import Sink, written_whole

_FONT: dict[str, object] = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
_ACCENT = "#1F4E79"
_CELL: dict[str, object] = {"bottom": 1, "bottom_color": "#D0D7DE"}
_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 15, "font_color": _ACCENT, "valign": "vcenter"},
    "heading": {"bold": True, "font_size": 12, "font_color": _ACCENT},
    "say": {},
    "notice": {"bold": True, "font_size": 12, "valign": "vcenter"},
    "note": {"italic": True, "font_color": "#595959"},
    "command": {**_CELL, "font_name": "Courier New", "font_size": 10},
    "part": {"bold": True, "font_color": _ACCENT},
    "header": {
        "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#DCE6F1",
        "bottom": 1, "bottom_color": _ACCENT, "top": 1, "top_color": _ACCENT,
    },
    "text": {**_CELL, "text_wrap": True, "align": "left", "indent": 1},
    "date": {**_CELL, "num_format": "dd/mm/yyyy", "align": "center"},
    "days": {**_CELL, "num_format": "0.0##"},
    "whole": {**_CELL, "num_format": "#,##0"},
    "count": {**_CELL, "num_format": "#,##0", "align": "left", "indent": 1},
    "share": {**_CELL, "num_format": "0.0%"},
    "total": {"bold": True, "num_format": "#,##0", "top": 1, "top_color": _ACCENT},
    "total_share": {"bold": True, "num_format": "0.0%", "top": 1, "top_color": _ACCENT},
}  # fmt: skip
_FIRST_DAY = date(1899, 12, 30)
_TALLEST = 400.0
_MOST_TEXT = 32_000
"""Excel holds no longer text in a cell."""
_NARROW = 24
_LINE = 15.0
"""Points; rows get their height here, because not every program finds it for wrapped text by itself."""
Cells = Iterable[str | int | float | None]


@dataclass(frozen=True)
class Book:
    workbook: Workbook
    styles: dict[str, Format]
    basis: Basis

    def page(self, name: str, title: str, widths: tuple[int, ...], landscape: bool = False) -> "Page":
        """A sheet with the notice, its title and the day it is of."""
        sheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        _set_up_print(sheet, self.basis, landscape)
        page = Page(self, sheet, widths)
        page.say(self.basis.notice, "notice", height=20)
        page.say(title, "title", height=24)
        page.say(self.basis.when)
        return page


@contextmanager
def open_book(path: Path, basis: Basis) -> Iterator[Book]:
    """A workbook that holds one row of a sheet in memory; the other rows wait in a folder that goes with the block,
    however it ends. The same figures give the same bytes."""
    with written_whole(path) as file, TemporaryDirectory(prefix="boiduong-", ignore_cleanup_errors=True) as rows:
        workbook = Workbook(Sink(file), {"constant_memory": True, "tmpdir": rows})
        made = datetime.combine(basis.as_of, datetime.min.time())
        workbook.set_properties({"created": made, "comments": f"Mã đối chiếu {basis.head}"})
        workbook.formats[0].set_font_name(_FONT["font_name"])
        workbook.formats[0].set_font_size(_FONT["font_size"])
        styles = {name: workbook.add_format({**_FONT, **style}) for name, style in _STYLES.items()}
        yield Book(workbook, styles, basis)
        try:
            workbook.close()
        except FileCreateError as failed:  # it wraps what the disk said
            raise failed.args[0] from None


def _set_up_print(sheet: Worksheet, basis: Basis, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    set_up_paper(sheet, basis)


def set_up_paper(sheet: Worksheet | Chartsheet, basis: Basis) -> None:
    """A4 with the notice at the head of every page, and the mark, the day and the page's number at its foot."""
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7 if basis.notice else 0.5, bottom=0.6)
    font = '&"Times New Roman,{}"&{}'
    plain = font.format("Regular", 9)
    foot = f"Mã đối chiếu {basis.mark}", f"Tính đến ngày {show_date(basis.as_of)}", "Trang &P/&N"
    sides = zip("LCR", foot, strict=True)
    sheet.set_footer("".join(f"&{side}{plain}{text}" for side, text in sides), {"scale_with_doc": False})
    if basis.notice:
        notice = basis.notice.replace("&", "&&")
        sheet.set_header(f"&C{font.format('Bold', 11)}{notice}", {"scale_with_doc": False})


@dataclass
class Page:
    """A sheet and the row that is written next."""

    book: Book
    sheet: Worksheet
    widths: tuple[int, ...]
    row: int = 0

    def say(self, text: str, style: str = "say", height: float = _LINE) -> None:
        """Text over all columns, in as many rows as it needs."""
        for line in wrap(text, sum(self.widths)):
            self.sheet.set_row(self.row, height)
            self.sheet.write_string(self.row, 0, line, self.book.styles[style])
            self.row += 1

    def hide(self, column: int) -> None:
        self.sheet.set_column(column, column, self.widths[column], None, {"hidden": True})

    def gap(self) -> None:
        self.row += 1

    def section(self, text: str) -> None:
        self.gap()
        self.say(text, "heading")

    def headings(self, headings: Iterable[str]) -> None:
        """The head of a table."""
        words = tuple(headings)
        lines = max(_lines(word, width - 2, by_word=True) for word, width in zip(words, self.widths, strict=False))
        self.sheet.set_row(self.row, _LINE * (lines + 0.5))
        for column, heading in enumerate(words):
            self.sheet.write_string(self.row, column, heading, self.book.styles["header"])
        self.row += 1

    def cells(self, cells: Cells, *styles: str) -> None:
        """One row; `styles` are those of the columns, text where none is named."""
        found = self.book.styles
        self.put_row(cells, [found[style] for style in styles] + [found["text"]] * (len(self.widths) - len(styles)))

    def put_row(self, cells: Cells, styles: list[Format]) -> None:
        """Text is always written as text: none of it becomes a formula."""
        sheet, row, lines = self.sheet, self.row, 1
        for column, (cell, style, width) in enumerate(zip(cells, styles, self.widths, strict=False)):
            if not cell and cell != 0:
                sheet.write_blank(row, column, None, style)
            elif isinstance(cell, str):
                sheet.write_string(row, column, cell[:_MOST_TEXT], style)
                if len(cell) > width - 4:
                    lines = max(lines, _lines(cell, width))
            else:
                sheet.write_number(row, column, cell, style)
        if lines > 1:
            sheet.set_row(row, min(_LINE * lines, _TALLEST))
        self.row += 1


@lru_cache(maxsize=65_536)
def _lines(text: str, width: int, by_word: bool = False) -> int:
    """Rows of text that a column of `width` needs; a heading is counted word by word, because it stands in bold, and
    so is text in a narrow column, where a row ends well before its edge."""
    if by_word:
        return len(wrap(text, max(width, 5), break_long_words=False))
    if width <= _NARROW:
        return len(wrap(text, max(width - 1, 5)))
    return ceil(len(text) / (width * 1.1 - 2))


class Table:
    """A list on a page: rows of one kind under fixed columns."""

    def __init__(self, page: Page, columns: tuple[Column[Row], ...]) -> None:
        self.page = page
        self.headed_at = page.row
        self._columns = columns
        self._styles = [page.book.styles[column.kind.value] for column in columns]
        page.headings(column.heading for column in columns)
        page.sheet.repeat_rows(self.headed_at)
        page.sheet.freeze_panes(self.headed_at + 1, _frozen(columns))

    def add(self, cells: Cells) -> None:
        self.page.put_row(cells, self._styles)

    def close(self, nothing: str) -> None:
        """The filter, over as many rows as came; `nothing` says that none did."""
        last = max(self.page.row - 1, self.headed_at)
        if last == self.headed_at:
            self.page.say(nothing)
        self.page.sheet.autofilter(self.headed_at, 0, last, len(self._columns) - 1)


def _frozen(columns: tuple[Column[Row], ...]) -> int:
    """Columns up to the name stay in sight."""
    keys = [column.key for column in columns]
    return keys.index("name") + 1 if "name" in keys else 0


def excel_cells(
    columns: tuple[Column[Row], ...], number: int, row: Row, step: Fraction
) -> list[str | int | float | None]:
    return [_excel_cell(column, column.value(number, row), step) for column in columns]


def _excel_cell(column: Column[Row], cell: Cell, step: Fraction) -> str | int | float | None:
    if column.kind is Kind.TEXT and isinstance(cell, str):
        return cell
    if column.kind is Kind.DAYS and isinstance(cell, Fraction):
        return shown(cell, step, column.up) if cell or not column.sparse else None
    if column.kind is Kind.SHARE and isinstance(cell, Fraction):
        return shown(cell, SHARE_STEP, column.up)
    if isinstance(cell, date):
        days = (cell - _FIRST_DAY).days
        return days if days > 60 else show_date(cell)  # before March 1900 Excel counts a day that never was
    return None if isinstance(cell, Fraction) else cell
