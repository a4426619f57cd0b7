"""Numbers: whole ones, and days as exact fractions."""

import re
from fractions import Fraction
from typing import TypeVar

from boiduong_exporter.faults import Code
from boiduong_exporter.readers.cell import Cell, CellError, Kind, serial_date, veiled
from boiduong_exporter.readers.parsing import not_a, parser

Number = TypeVar("Number", int, Fraction)
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_DECIMAL = re.compile(r"([+-]?[0-9]{1,9})(?:[.,]([0-9]{1,9}))?")
_RATIO = re.compile(r"(?:([0-9]{1,6}) )?([0-9]{1,6}) ?/ ?([0-9]{1,6})")
_UNIT = re.compile(r"\s*ngày$", re.IGNORECASE)
_HINT = "viết số ngày, ví dụ 2,5 hoặc 1/2"
_MOST = 10**9


@parser
def whole(cell: Cell) -> int:
    """A whole number that is not negative."""
    if cell.kind is Kind.MOMENT:
        raise made_a_date(cell)
    if cell.kind is Kind.NUMBER and cell.number % 1 == 0 and abs(cell.number) < _MOST:
        return _not_negative(cell, int(cell.number))
    if cell.kind is Kind.TEXT and _WHOLE.fullmatch(cell.line):
        return _not_negative(cell, int(cell.line))
    raise not_a(cell, "số nguyên", "viết một số nguyên, ví dụ 12", Code.BAD_NUMBER)


@parser
def days(cell: Cell) -> Fraction:
    """A number of days: 2, 2,5, 2.5 or 1/2."""
    if cell.kind is Kind.MOMENT:
        raise made_a_date(cell)
    if cell.kind is Kind.NUMBER and abs(cell.number) < _MOST:
        return _not_negative(cell, Fraction(cell.text))
    found = _fraction(_UNIT.sub("", cell.line)) if cell.kind is Kind.TEXT else None
    if found is None:
        raise not_a(cell, "số ngày", _HINT, Code.BAD_NUMBER)
    return _not_negative(cell, found)


def _fraction(line: str) -> Fraction | None:
    if found := _DECIMAL.fullmatch(line):
        return Fraction(f"{found[1]}.{found[2] or 0}")
    found = _RATIO.fullmatch(line)
    if found and int(found[3]):
        return int(found[1] or 0) + Fraction(int(found[2]), int(found[3]))
    return None


def _not_negative(cell: Cell, number: Number) -> Number:
    if number < 0:
        raise CellError(f"«{veiled(cell.line)}» là số âm", "viết số từ 0 trở lên", Code.BAD_NUMBER)
    return number


def made_a_date(cell: Cell) -> CellError:
    """The refusal of what Excel made a date of: 3/4 typed for three quarters."""
    found = serial_date(cell.serial)
    if found is None:
        return CellError(
            "ô này đang là giờ hoặc ngày, không phải số", "chọn định dạng Số (Number) rồi gõ lại", Code.MADE_A_DATE
        )
    typed = f"{found.day}/{found.month}"
    return CellError(
        f"Excel đã đổi thành ngày {found:%d/%m/%Y} (có phải đã gõ «{typed}»?)",
        f"gõ số thập phân (0,75), hoặc gõ dấu nháy đơn ở trước: '{typed}",
        Code.MADE_A_DATE,
    )
