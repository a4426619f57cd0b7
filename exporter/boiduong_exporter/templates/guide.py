"""The sheet «Hướng dẫn»: each column, what it takes, an example; and the lists that cells are chosen from.

An example stands here and never in a table, where it would be imported. What is written under one another is never the
header of a table: labels stand in one column, so that no row holds two of them."""

from dataclasses import dataclass, field
from math import ceil

from xlsxwriter.worksheet import Worksheet

from boiduong_exporter.readers.fields import Spec
from boiduong_exporter.readers.sheet import GUIDE
from boiduong_exporter.rulebook.kinds import Kinds
from boiduong_exporter.templates.choices import words_of
from boiduong_exporter.templates.guidance import Hint, hint_of, open_hint
from boiduong_exporter.templates.look import ACCENT, LINE, Book

_WIDTHS = (24, 50, 32)
_LINE_HEIGHT = 16.0
_SAID = (
    "Điền xong, nhập vào sổ bằng lệnh: boiduong import {kind} TỆP",
    "Giữ nguyên tên cột; thứ tự cột, số dòng và cột để trống thì tùy.",
    "Ngày ghi ngày trước, tháng sau: 05/03/2026. Mã giữ đủ số 0 ở đầu.",
    "Không ghi số định danh cá nhân (căn cước) và số thẻ Đảng vào bất cứ cột nào: sổ không nhận.",
)
Lists = dict[tuple[str, str], str]
"""Where the list of a column stands, by the keys of its table and its field."""


def write_guide(book: Book, kind: str, specs: tuple[Spec, ...], kinds: Kinds) -> Lists:
    page = _Page(book, book.page(GUIDE, GUIDE, landscape=False))
    page.open(kind)
    for spec in specs:
        page.heading(f"Bảng «{spec.title}»")
        page.line(("Cột", "Nhận gì", "Ví dụ"), bold=True)
        for each in (*spec.marks, *spec.fields):
            where = " (ghi phía trên bảng)" if each in spec.marks else ""
            hint = hint_of(spec, each)
            page.column(each.label + (" *" if each.required else ""), hint._replace(takes=hint.takes + where))
        if added := open_hint(spec):
            page.column("Mỗi buổi một cột", added)
    return page.lists(specs, kinds)


@dataclass
class _Page:
    book: Book
    sheet: Worksheet
    row: int = 0
    _found: Lists = field(default_factory=dict)

    def open(self, kind: str) -> None:
        self.sheet.hide_gridlines(2)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width)
        self._say(GUIDE, 26, bold=True, font_size=15, font_color=ACCENT)
        for said in _SAID:
            self._say(said.format(kind=kind), 17)

    def heading(self, said: str) -> None:
        self.row += 1
        self._say(said, 20, bold=True, font_size=12, font_color=ACCENT)

    def column(self, label: str, hint: Hint) -> None:
        self.line((label, hint.takes, hint.example))

    def line(self, cells: tuple[str, str, str], bold: bool = False) -> None:
        look = {"text_wrap": True, "bottom": 1, "bottom_color": ACCENT if bold else LINE, "bold": bold}
        for column, cell in enumerate(cells):
            shown = {} if bold or column != 2 else {"font_color": ACCENT}
            self.sheet.write_string(self.row, column, cell, self.book.style(**look, **shown, valign="top"))
        lines = max(ceil(len(cell) / (width * 1.15)) for cell, width in zip(cells, _WIDTHS, strict=True))
        self.sheet.set_row(self.row, _LINE_HEIGHT * lines + 3)
        self.row += 1

    def lists(self, specs: tuple[Spec, ...], kinds: Kinds) -> Lists:
        """The words of each column of choices; columns with the same words share one list."""
        known: dict[tuple[str, ...], str] = {}
        for spec in specs:
            for each in spec.fields:
                words = words_of(spec, each, kinds)
                if words and words not in known:
                    known[words] = self._list(f"Danh sách của cột «{each.label}»", words)
                if words:
                    self._found[(spec.key, each.key)] = known[words]
        return self._found

    def _list(self, title: str, words: tuple[str, ...]) -> str:
        self.heading(title)
        first = self.row + 1
        for word in words:
            self._say(word, 16)
        return f"='{GUIDE}'!$A${first}:$A${self.row}"

    def _say(self, said: str, height: float, **look: object) -> None:
        self.sheet.set_row(self.row, height)
        self.sheet.write_string(self.row, 0, said, self.book.style(num_format="@", **look))
        self.row += 1
