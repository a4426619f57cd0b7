"""The attendance sheet of one class, for the table at the door and for import alike."""

from functools import cached_property
from math import ceil
from pathlib import Path
from textwrap import wrap

from boiduong_vocabulary.evidence import Half
from boiduong_vocabulary.vietnamese import show_date
from xlsxwriter.format import Format

from boiduong_exporter.imports.attendance import AT_PLACE, TEAMS, specs
from boiduong_exporter.readers.fields import Spec
from boiduong_exporter.rulebook.kinds import Kinds, Words
from boiduong_exporter.templates.blocks import (
    ASSESSOR,
    BIRTH,
    CODE,
    ESSAY,
    NAME,
    NUMBER,
    PAPER_WIDTH,
    PER_PAGE,
    PLACE,
    TEAM,
    UNIT,
    Block,
    blocks,
    row_height,
    widths,
)
from boiduong_exporter.templates.choices import words_of
from boiduong_exporter.templates.enrolled import Attendee, SheetOf, Slot, sheet_of
from boiduong_exporter.templates.look import ACCENT, AS_TYPED, GREY, LINE, OFFERED, Book, open_book, printed_only

__all__ = ["Attendee", "SheetOf", "sheet_of", "write_sheet"]

MARKS = "Cách ghi: x có mặt, v vắng, p có phép, hoặc giờ vào-ra 7:30-11:15"
ROOM = "Bảng có chỗ cho {} người; thêm người thì chèn dòng ở ngay trên phần ký, hoặc in thêm một bản"
SIGNERS = ("Cán bộ quản lý lớp", "Người lập bảng")
_NO_WORDS = Words({}, {})
_KINDS = Kinds(_NO_WORDS, _NO_WORDS, _NO_WORDS, {})
"""No column of attendance takes its words from the register."""
_PIXELS = 96 / 25.4
_TITLE, _LINE, _HEAD, _UNDER = 22.0, 15.0, 26.0, 13.0
_GAP, _CAPTION, _TO_SIGN = 5.0, 13.0, 32.0
_FOOT = _GAP + 2 * _CAPTION + _TO_SIGN
_ON_A_LINE, _BESIDE = 150, 80
_SMALL: dict[str, object] = {"align": "left", "font_size": 9, "shrink": True}
_ALIGNED: dict[str, dict[str, object]] = {
    CODE: _SMALL, NAME: {**_SMALL, "font_size": 10}, BIRTH: {"font_size": 9}, UNIT: _SMALL, PLACE: _SMALL,
    TEAM: {"font_size": 9, "shrink": True}, ASSESSOR: _SMALL,
}  # fmt: skip
_LISTED = 255
"""Excel holds no longer list in the validation of a cell."""


def write_sheet(found: SheetOf, path: Path) -> None:
    """The workbook: a sheet for every few half days, each read by itself.

    Raises OSError that names `path`: FileExistsError rather than write over what stands there.
    """
    spec = specs(_KINDS)[0]
    with open_book(path) as book:
        parts = blocks(found.sessions, found.ends)
        for part in parts:
            first, last = part.numbers
            name = "Điểm danh" if len(parts) == 1 else f"Buổi {first}-{last}"
            _Sheet(book, found, part, spec, name).write()


class _Sheet:
    """One sheet while it is written. Columns go by the key of their field, or by a half day."""

    def __init__(self, book: Book, found: SheetOf, block: Block, spec: Spec, name: str) -> None:
        self._book, self._found, self._block, self._spec = book, found, block, spec
        self._labels = {NUMBER: "STT", TEAM: TEAMS} | {field.key: field.label for field in spec.fields}
        self._sheet = book.page(name, " – ".join(filter(None, (f"Lớp {found.code}", found.place, name))))
        left_out = ([] if found.places and not found.place else [PLACE]) + ([] if found.has_teams else [TEAM])
        self._widths = widths(len(block.slots), block.has_results, left_out)
        people, slots = len(self._widths.people), 2 * len(block.slots)
        self._columns = {key: place for place, key in enumerate(self._widths.people)}
        self._columns |= {key: people + slots + place for place, key in enumerate(self._widths.results)}
        self._slots = {slot: people + 2 * place for place, slot in enumerate(block.slots)}
        self._last = len(self._columns) + slots - 1

    def write(self) -> None:
        self._set_widths()
        titles = self._write_titles()
        top = len(titles)
        self._write_head(top)
        first, count = top + 2, self._pages * PER_PAGE
        height = row_height(self._pages, _TITLE + _LINE * (len(titles) - 1), _HEAD + _UNDER, _FOOT)
        for place in range(count):
            self._sheet.set_row(first + place, height)
            self._write_row(first + place, place)
        self._write_foot(first + count)
        self._offer_words(first, count)
        self._set_up_print(top, first)

    @cached_property
    def _pages(self) -> int:
        return max(ceil(len(self._found.people) / PER_PAGE), 1)

    def _set_widths(self) -> None:
        for key, width in (self._widths.people | self._widths.results).items():
            self._set_width(self._columns[key], width)
        for column in self._slots.values():
            self._set_width(column, self._widths.mark)
            self._set_width(column + 1, self._widths.signature)

    def _set_width(self, column: int, millimetres: float) -> None:
        self._sheet.set_column_pixels(column, column, round(millimetres * _PIXELS), self._book.style(font_size=10))

    def _write_titles(self) -> list[tuple[str, str]]:
        """What stands above the table: a text at the left, another at the right."""
        at = f"{AT_PLACE}: {self._found.place}" if self._found.place else ""
        venue = at or f"Địa điểm: {self._found.venue or '…' * 20}"
        lines = [("Bảng điểm danh", f"Mã lớp: {self._found.code}")]
        room = ROOM.format(self._pages * PER_PAGE)
        *above, name = wrap(f"Lớp: {self._found.name}", _ON_A_LINE)
        lines += [(line, "") for line in above]
        for left, right in ((name, room), (venue, MARKS)):
            lines += [(left, right)] if len(left) <= _BESIDE else [(left, ""), ("", right)]
        for row, (left, right) in enumerate(lines):
            look: dict[str, object] = {"bold": True, "font_size": 15, "font_color": ACCENT} if row == 0 else {}
            self._sheet.set_row(row, _TITLE if row == 0 else _LINE)
            self._sheet.write_string(row, 0, left, self._book.style(**look))
            said = {"bold": True, "font_size": 12} if row == 0 else {"italic": True, "font_color": GREY}
            if right:
                self._sheet.write_string(row, self._last, right, self._book.style(align="right", **said))
        return lines

    def _write_head(self, top: int) -> None:
        """Two rows, of which the reader sees the upper one: a half day's date reaches over mark and signature."""
        self._sheet.set_row(top, _HEAD)
        self._sheet.set_row(top + 1, _UNDER)
        head = self._book.head(font_size=9)
        for key, column in self._columns.items():
            self._sheet.merge_range(top, column, top + 1, column, self._labels[key], head)
        for slot, column in self._slots.items():
            over = {"font_size": 9, "text_wrap": False, "align": "center_across", "bottom": 0}
            self._sheet.write_string(top, column, _header(slot), self._book.head(**over, right=0))
            self._sheet.write_blank(top, column + 1, None, self._book.head(**over, left=0))
            for place, said in enumerate(("Dấu", "Ký")):
                printed_only(self._sheet, top + 1, column + place, said, self._under)

    def _under(self, **properties: object) -> Format:
        return self._book.head(font_size=9, bold=False, **properties)

    def _write_row(self, row: int, place: int) -> None:
        """A person; or an empty row, whose number is there for people only."""
        people = self._found.people
        person = people[place] if place < len(people) else None
        for column in self._slots.values():
            self._sheet.write_blank(row, column, None, self._cell(font_size=9, shrink=True))
            self._sheet.write_blank(row, column + 1, None, self._cell())
        for key, column in self._columns.items():
            style = self._cell(**_ALIGNED.get(key, {}))
            if said := _said(person, key):
                self._sheet.write_string(row, column, said, style)
            else:
                self._sheet.write_blank(row, column, None, style)
        if person:
            self._sheet.write_number(row, self._columns[NUMBER], place + 1, self._cell(num_format="0"))
        else:
            printed_only(self._sheet, row, self._columns[NUMBER], str(place + 1), self._cell)

    def _cell(self, **properties: object) -> Format:
        look = {"font_size": 10, "num_format": AS_TYPED, "align": "center", "border": 1, "border_color": LINE}
        return self._book.style(**{**look, **properties})

    def _write_foot(self, row: int) -> None:
        """Who signs. None of it stands in the column of names, where it would be one."""
        self._sheet.set_row(row, _GAP)
        for column, signer in zip((self._columns[BIRTH], self._right), SIGNERS, strict=True):
            self._sheet.write_string(row + 1, column, signer, self._book.style(bold=True, align="center"))
            asked = self._book.style(italic=True, align="center", font_size=10)
            self._sheet.write_string(row + 2, column, "(ký, ghi rõ họ tên)", asked)
        self._sheet.set_row(row + 1, _CAPTION)
        self._sheet.set_row(row + 2, _CAPTION)

    @cached_property
    def _right(self) -> int:
        """The column nearest to the middle of the right half; one with a header, so that nothing is asked about it."""
        wide = self._widths
        each = [*wide.people.values(), *[wide.mark, wide.signature] * len(self._slots), *wide.results.values()]
        headed = [*self._columns.values(), *self._slots.values()]
        return min(headed, key=lambda place: abs(sum(each[:place]) + each[place] / 2 - PAPER_WIDTH * 0.75))

    def _offer_words(self, first: int, count: int) -> None:
        essay = next(field for field in self._spec.fields if field.key == ESSAY)
        for key, words in ((PLACE, self._found.places), (ESSAY, words_of(self._spec, essay, _KINDS))):
            listed = sum(len(word) + 1 for word in words) <= _LISTED and not any("," in word for word in words)
            if key in self._columns and words and listed:
                column = self._columns[key]
                choices = {**OFFERED, "source": list(words)}
                self._sheet.data_validation(first, column, first + count - 1, column, choices)

    def _set_up_print(self, top: int, first: int) -> None:
        self._sheet.set_margins(left=0.25, right=0.25, top=0.28, bottom=0.45)
        self._sheet.set_footer(self._sheet.footer, {"margin": 0.2})
        self._sheet.center_horizontally()
        self._sheet.hide_gridlines(2)
        self._sheet.repeat_rows(top, top + 1)
        self._sheet.freeze_panes(first, self._columns[NAME] + 1)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:Z2000"})
        self._sheet.set_selection(first, self._columns[NAME], first, self._columns[NAME])
        self._sheet.set_h_pagebreaks([first + PER_PAGE * page for page in range(1, self._pages)])


def _said(person: Attendee | None, key: str) -> str:
    """What stands in a person's column: of "Tổ 1" under «Tổ» only what the heading does not say."""
    said: str = getattr(person, key, "")
    return said.removeprefix(f"{TEAMS} ") if key == TEAM else said


def _header(slot: Slot) -> str:
    day, half = slot
    return f"{show_date(day)} {_HALVES[half]}"


_HALVES = {half: half.label.capitalize() for half in Half}
