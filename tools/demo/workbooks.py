"""Workbooks as an office keeps them: the issuing body and a title above the table, a column of numbers, a signature
below it. The same rows give the same bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from boiduong_vocabulary.vietnamese import show_date
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

NOTICE = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ"
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_MADE = datetime(2026, 1, 1)
_WIDEST, _NARROWEST, _MARK = 46, 9, 2
_DATE = "dd/mm/yyyy"
Rows = Iterable[Sequence[object]]


@dataclass(frozen=True)
class Sheet:
    """A table with what stands above it: its title, and marks such as "Mã lớp: L01". The first row is its head."""

    title: str
    rows: Rows
    marks: tuple[str, ...] = ()
    signed: str = ""


def write_book(path: Path, issuer: str, sheets: Mapping[str, Sheet]) -> Path:
    """A workbook of these sheets, by name."""
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _MADE, "comments": NOTICE})
        styles = _Styles(book)
        for name, sheet in sheets.items():
            _Page(book.add_worksheet(name), styles).write(issuer, sheet)
    return path


def write_csv(path: Path, sheet: Sheet) -> Path:
    """A CSV as Excel saves it: semicolons, a byte order mark; the notice and the marks above the head."""
    above = [(NOTICE,), *((mark,) for mark in sheet.marks)]
    rows = [";".join(_in_csv(value) for value in row) for row in (*above, *sheet.rows)]
    path.write_bytes("\r\n".join([*rows, ""]).encode("utf-8-sig"))
    return path


def _in_csv(value: object) -> str:
    text = show_date(value) if isinstance(value, date) else str(value)
    return f'"{text}"' if ";" in text else text


class _Styles:
    def __init__(self, book: Workbook) -> None:
        self.notice = book.add_format({**_FONT, "bold": True})
        self.plain = book.add_format({**_FONT})
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        head = {"bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#DCE6F1"}
        self.head = book.add_format({**_FONT, **head})
        self.cell = book.add_format({**_FONT, "border": 1})
        self.mark = book.add_format({**_FONT, "border": 1, "align": "center"})
        self.day = book.add_format({**_FONT, "border": 1, "num_format": _DATE, "align": "center"})
        self.signed = book.add_format({**_FONT, "italic": True})

    def of(self, value: object) -> Format:
        """Days, numbers and marks stand in the middle of their cells."""
        if isinstance(value, date):
            return self.day
        return self.mark if isinstance(value, int) or len(str(value)) <= _MARK else self.cell


@dataclass(frozen=True)
class _Page:
    page: Worksheet
    styles: _Styles

    def write(self, issuer: str, sheet: Sheet) -> None:
        head, *rows = [("STT", *row) if number == 0 else (number, *row) for number, row in enumerate(sheet.rows)]
        top = self._above(issuer, sheet)
        self.page.write_row(top, 0, head, self.styles.head)
        for number, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                self.page.write(number, column, value, self.styles.of(value))
        self._below(top + len(rows) + 2, sheet.signed)
        self._widths(head, rows)
        self._paper(top)

    def _above(self, issuer: str, sheet: Sheet) -> int:
        """The number of the row that the head belongs in."""
        self.page.write(0, 0, NOTICE, self.styles.notice)
        self.page.write(1, 0, issuer, self.styles.plain)
        self.page.write(2, 0, sheet.title, self.styles.title)
        for number, mark in enumerate(sheet.marks, 3):
            self.page.write(number, 0, mark, self.styles.plain)
        return 4 + len(sheet.marks)

    def _below(self, row: int, signed: str) -> None:
        """Blank: nobody signs invented figures."""
        if signed:
            self.page.write(row, 1, "Lam Hòa, ngày … tháng … năm …", self.styles.signed)
            self.page.write(row + 1, 1, signed, self.styles.signed)

    def _widths(self, head: Sequence[object], rows: Rows) -> None:
        widest = [len(str(each)) for each in head]
        for row in rows:
            for column, value in enumerate(row):
                widest[column] = max(widest[column], 10 if isinstance(value, date) else len(str(value)))
        for column, width in enumerate(widest):
            self.page.set_column(column, column, 5 if column == 0 else min(max(width + 2, _NARROWEST), _WIDEST))

    def _paper(self, top: int) -> None:
        self.page.set_paper(9)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(top)
        self.page.freeze_panes(top + 1, 0)
        self.page.set_header(f'&C&"Times New Roman,Bold"{NOTICE}')
        self.page.set_footer("&RTrang &P/&N")
