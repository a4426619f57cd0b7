"""Words: text, codes, names, and choices from a list."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from boiduong_vocabulary.vietnamese import did_you_mean, fold

from boiduong_exporter.faults import Code
from boiduong_exporter.readers.cell import Cell, CellError, Kind, display, is_party_card, veiled
from boiduong_exporter.readers.numbers import made_a_date
from boiduong_exporter.readers.parsing import not_a, parser

T = TypeVar("T")
_PADDED = re.compile(r'(?:"([^"]*)")?(0+)')
_PERSONAL_HINT = "sổ chỉ nhận mã cán bộ do tỉnh cấp; không ghi số định danh cá nhân, số thẻ Đảng vào tệp này"
_LEAST_OPEN = 10**15


@parser
def text(cell: Cell) -> str:
    """Any text, on one line; a number or a date as Excel shows it."""
    return display(cell)


@parser
def name(cell: Cell) -> str:
    """A person's name: letters of any alphabet, no digit."""
    line = cell.line
    if cell.kind is not Kind.TEXT or not any(letter.isalpha() for letter in line):
        raise not_a(cell, "họ tên", "viết họ tên bằng chữ")
    if any(letter.isdigit() for letter in line):
        raise CellError(f"họ tên «{veiled(line)}» có chữ số", "bỏ chữ số khỏi họ tên")
    return line


@parser
def code(cell: Cell) -> str:
    """A code that is text though it may look like a number. Excel drops zeros at its front; what it dropped is asked
    for, never guessed."""
    if cell.kind is Kind.MOMENT:
        raise made_a_date(cell)
    if cell.kind is Kind.TRUTH:
        raise not_a(cell, "mã", "chọn định dạng Văn bản (Text) rồi gõ lại mã")
    refuse_personal(cell)
    line = _number_code(cell) if cell.kind is Kind.NUMBER else cell.line
    if len(line) < cell.zeros and line.isdecimal():
        raise _lost_zero(line, line.zfill(cell.zeros))
    return line


def _lost_zero(line: str, candidate: str) -> CellError:
    return CellError(
        f"{line}: có phải {candidate}? Excel đã bỏ số 0 ở đầu",
        "chọn định dạng cột là Văn bản (Text) rồi gõ lại mã",
        Code.LOST_ZERO,
    )


def _number_code(cell: Cell) -> str:
    """The digits of a number, with the zeros that its format shows. Raises CellError when it is no whole number, or is
    shown in a way that is not understood."""
    if cell.number % 1 or cell.number < 0 or cell.number >= _LEAST_OPEN:
        raise not_a(cell, "mã", "chọn định dạng Văn bản (Text) rồi gõ lại mã")
    digits = str(int(cell.number))
    padded = _PADDED.fullmatch(cell.format)
    if padded:
        return (padded[1] or "") + digits.zfill(len(padded[2]))
    if "00" in cell.format.partition(".")[0]:
        message = f"ô chứa số {veiled(digits)} nhưng Excel hiển thị dạng khác ({veiled(cell.format)})"
        raise CellError(message, "chọn định dạng Văn bản (Text) rồi gõ lại mã")
    return digits


def refuse_personal(cell: Cell) -> None:
    """Raises CellError for a citizen id (twelve digits, eleven where Excel dropped a zero) or a Party card number."""
    compact = re.sub(r"[ .-]", "", cell.line)
    loose = cell.bare or cell.kind is Kind.NUMBER
    citizen = compact.isdecimal() and (len(compact) == 12 or (loose and len(compact) == 11))
    card = is_party_card(cell.line)
    if citizen or card:
        what = "số định danh cá nhân (12 chữ số)" if citizen else "số thẻ Đảng"
        raise CellError(f"«…{compact[-2:]}» giống {what}", _PERSONAL_HINT, Code.PERSONAL_NUMBER)


def choice(values: Mapping[str, T], aliases: Mapping[str, T] | None = None) -> Callable[[Cell], T | None]:
    """A parser of one of the words of `values`, or of `aliases` (understood, but not offered)."""
    known = {fold(word): value for word, value in {**(aliases or {}), **values}.items()}

    @parser
    def chosen(cell: Cell) -> T:
        word = fold(cell.line)
        if word in known:
            return known[word]
        guess = did_you_mean(cell.line, values)
        hint = f"{guess} Nhận: {', '.join(values)}".strip()
        raise CellError(f"không hiểu «{veiled(display(cell))}»", hint, Code.UNKNOWN_CHOICE)

    return chosen


yes_no = choice(
    {"có": True, "không": False},
    {"x": True, "✓": True, "✔": True, "1": True, "true": True, "đúng": True}
    | {"0": False, "-": False, "false": False, "sai": False},
)
"""Yes or no: có, x, 1; không, 0, -."""
