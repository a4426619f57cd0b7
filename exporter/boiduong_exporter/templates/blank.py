"""Templates: a sheet for each table of a kind, made from what the reader expects, so that the two can never differ."""

from collections.abc import Iterable
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from boiduong_exporter.readers.fields import Field, Spec, birth, code, day, days, name, text, whole
from boiduong_exporter.rulebook.kinds import Kinds
from boiduong_exporter.templates.choices import words_of
from boiduong_exporter.templates.guide import Lists, write_guide
from boiduong_exporter.templates.look import ACCENT, AS_TYPED, GREY, LINE, OFFERED, Book, open_book

ROWS = 500
_NOTE = "Điền từ dòng ngay dưới tiêu đề. Cột có dấu * phải điền. Cách ghi và ví dụ ở trang «Hướng dẫn»."
_WIDTHS = {code: 13, name: 25, text: 22, birth: 15, day: 15, days: 10, whole: 10}
_DATED = (day, birth)
_NARROWEST, _WIDEST = 13, 30


def write_blank(kind: str, specs: tuple[Spec, ...], kinds: Kinds, path: Path) -> None:
    """The empty workbook of a kind of list, with a sheet that explains its columns.

    Raises OSError that names `path`: FileExistsError rather than write over what stands there.
    """
    with open_book(path) as book:
        sheets = [book.page(spec.title, f"Mẫu: {spec.title}") for spec in specs]
        lists = write_guide(book, kind, specs, kinds)
        for spec, sheet in zip(specs, sheets, strict=True):
            _write_table(book, sheet, spec, kinds, lists)


def _write_table(book: Book, sheet: Worksheet, spec: Spec, kinds: Kinds, lists: Lists) -> None:
    sheet.write_string(0, 0, spec.title, book.style(bold=True, font_size=15, font_color=ACCENT))
    sheet.set_row(0, 26)
    sheet.write_string(1, 0, _NOTE, book.style(italic=True, font_color=GREY))
    top = _write_marks(book, sheet, spec.marks) + 1
    for column, field in enumerate(spec.fields):
        words = words_of(spec, field, kinds)
        sheet.set_column(column, column, _width(spec, column, words), _cell(book, field))
        _write_header(book, sheet, top, column, field)
        if words:
            choices = {**OFFERED, "source": lists[(spec.key, field.key)]}
            sheet.data_validation(top + 1, column, top + ROWS, column, choices)
    _write_rows(book, sheet, spec, top + 1)
    _set_up_print(sheet, spec, top)


def _write_marks(book: Book, sheet: Worksheet, marks: Iterable[Field]) -> int:
    """The facts above the table, each with a cell to fill beside it; the next free row."""
    row = 2
    for mark in marks:
        sheet.write_string(row, 0, f"{_titled(mark)}:", book.style(bold=True))
        sheet.write_blank(row, 1, None, book.style(num_format=AS_TYPED, bottom=1, bottom_color=ACCENT))
        sheet.set_row(row, 20)
        row += 1
    return row


def _write_header(book: Book, sheet: Worksheet, row: int, column: int, field: Field) -> None:
    """The label, marked where the column must be filled; of a day, how it is written."""
    if field.read not in _DATED:
        sheet.write_string(row, column, _titled(field), book.head())
        return
    bold, small = book.style(bold=True), book.style(font_size=9, font_color=GREY)
    sheet.write_rich_string(row, column, bold, _titled(field), small, "\n(ngày/tháng/năm)", book.head())


def _titled(field: Field) -> str:
    return f"{field.label} *" if field.required else field.label


def _write_rows(book: Book, sheet: Worksheet, spec: Spec, first: int) -> None:
    """Rows ready to be filled; lines are drawn under those that are, so that no empty ones are printed."""
    for column, field in enumerate(spec.fields):
        style = _cell(book, field)
        for row in range(first, first + ROWS):
            sheet.write_blank(row, column, None, style)
    last = len(spec.fields) - 1
    filled = f"=COUNTA($A{first + 1}:${_letter(last)}{first + 1})>0"
    line = book.workbook.add_format({"bottom": 1, "bottom_color": LINE})
    sheet.conditional_format(first, 0, first + ROWS - 1, last, {"type": "formula", "criteria": filled, "format": line})
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(last)}{first + ROWS}"})


def _cell(book: Book, field: Field) -> object:
    if field.read is whole:
        return book.style(num_format="0", align="right")
    return book.style(num_format=AS_TYPED, text_wrap=field.read not in (code, *_DATED), valign="top")


def _width(spec: Spec, column: int, words: tuple[str, ...]) -> int:
    field = spec.fields[column]
    longest = max(map(len, words)) + 3 if words else _WIDTHS.get(field.read, _NARROWEST)
    label = len(_titled(field)) + 3 if field.read in _DATED else max(map(len, _titled(field).split())) + 3
    marks = max((len(_titled(mark)) + 3 for mark in spec.marks), default=0) if column == 0 else 0
    return max(min(longest, _WIDEST), label, marks, 10)


def _letter(column: int) -> str:
    """Specs have fewer than 26 columns."""
    return chr(ord("A") + column)


def _set_up_print(sheet: Worksheet, spec: Spec, top: int) -> None:
    names = [column for column, field in enumerate(spec.fields) if field.read is name or field.key == "name"]
    sheet.set_row(top, 36)
    sheet.freeze_panes(top + 1, names[0] + 1 if names else 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_selection(top + 1, 0, top + 1, 0)
