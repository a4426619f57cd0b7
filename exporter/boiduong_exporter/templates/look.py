"""The look of what an office fills in: the colours and the typeface of our reports, and the paper."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EEXIST
from os import strerror
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from boiduong_exporter.reports.whole import written_whole

FONT = "Times New Roman"
ACCENT, PALE, LINE, GREY = "#1F4E79", "#DCE6F1", "#B8C4D0", "#595959"
AS_TYPED = "@"
"""The format of text: Excel keeps the zeros at the front of a code, and makes no date of 1/2 nor of 05/03/2026 one of
May."""
OFFERED = {
    "validate": "list", "error_type": "warning", "error_title": "Không có trong danh sách",
    "error_message": "Nên chọn một mục của danh sách, để khi nhập đọc được.",
}  # fmt: skip
"""A cell that offers a list; other words are asked about but may stay, because the reader knows more of them."""
_MEASURE = 10.5
"""Columns are measured in digits of the plain font. At this size a digit is 7 pixels wide to the hair, so that all
programs give them the same width on paper."""
_FOOT = f'&"{FONT},Regular"&9'
_MADE = datetime(2026, 1, 1)
"""The same template has the same bytes on any day."""


@dataclass
class Book:
    """A workbook and its formats, each made once."""

    workbook: Workbook

    def __post_init__(self) -> None:
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """Our typeface with `properties` of xlsxwriter."""
        wanted = {"font_name": FONT, "font_size": 11, "valign": "vcenter", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(wanted)
        return self._formats[key]

    def head(self, **properties: object) -> Format:
        """The head of a table."""
        look = {"bold": True, "text_wrap": True, "align": "center", "bg_color": PALE, "border": 1}
        return self.style(**{**look, "border_color": ACCENT, **properties})

    def page(self, name: str, foot: str, landscape: bool = True) -> Worksheet:
        """A sheet on A4 that says at its foot what it is, and the number of the page."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_footer(f"&L{_FOOT}{foot.replace('&', '&&')}&R{_FOOT}Trang &P/&N", {"scale_with_doc": False})
        return sheet


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Raises FileExistsError where something stands at `path` already: it may be a sheet that somebody filled in.

    Raises OSError that names `path`; then nothing is left there.
    """
    if path.exists():
        raise FileExistsError(EEXIST, strerror(EEXIST), str(path))
    with written_whole(path) as file:
        workbook = Workbook(file, {"in_memory": True})
        workbook.set_properties({"created": _MADE})
        workbook.formats[0].set_font_name(FONT)
        workbook.formats[0].set_font_size(_MEASURE)
        yield Book(workbook)
        workbook.close()


def printed_only(sheet: Worksheet, row: int, column: int, text: str, style: Callable[..., Format]) -> None:
    """`text` for people only. The cell holds a space, which its format shows as `text`: to the reader it is empty, so a
    number before an empty row begins no person, and a column for signatures has no header that it could ask about."""
    sheet.write_string(row, column, " ", style(num_format=f';;;"{text}"'))
