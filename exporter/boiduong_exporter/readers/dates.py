"""Days as people write them, and as Excel keeps them."""

import re
from datetime import date

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.faults import Code
from boiduong_exporter.readers.cell import Cell, CellError, Kind, serial_date, veiled
from boiduong_exporter.readers.parsing import not_a, parser

_DAY_FIRST = re.compile(r"(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{1,2})")
_IN_WORDS = re.compile(r"(?:ngày\s)?(\d{1,2})\stháng\s(\d{1,2}),?\snăm\s(\d{4})", re.IGNORECASE)
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?Z?$")
_MONTH_ONLY = re.compile(r"\d{1,2}\s?[/.-]\s?\d{4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST, _LAST = 1900, 2100
_LEAST_SERIAL = 10_000
"""18/05/1927: a plain number below it is no serial day that anyone means, but a year or a slip."""
_HINT = "viết đủ ngày/tháng/năm, ví dụ 05/03/2026"


@parser
def day(cell: Cell) -> date:
    """A day: a date cell, a serial number, or text."""
    if cell.kind in (Kind.MOMENT, Kind.NUMBER):
        return _serial_day(cell)
    if cell.kind is not Kind.TEXT:
        raise not_a(cell, "ngày", _HINT, Code.BAD_DATE)
    return _text_day(cell, _MIDNIGHT.sub("", cell.line))


def in_words(line: str) -> bool:
    """Whether `line` is a day in words and nothing else: "ngày 20 tháng 11 năm 1974"."""
    return _IN_WORDS.fullmatch(line) is not None


@parser
def birth(cell: Cell) -> str:
    """A day of birth, "1970-03-12"; or the year alone, "1970"."""
    if cell.kind in (Kind.TEXT, Kind.NUMBER) and _YEAR.fullmatch(cell.line):
        return cell.line
    if cell.kind is Kind.TEXT and _MONTH_ONLY.fullmatch(cell.line):
        hint = "viết đủ ngày/tháng/năm; không rõ ngày thì chỉ viết năm, ví dụ 1970"
        raise CellError(f"«{cell.line}» thiếu ngày", hint, Code.BAD_DATE)
    found = day(cell)
    if found is None:
        raise not_a(cell, "ngày sinh", _HINT, Code.BAD_DATE)
    return found.isoformat()


def _serial_day(cell: Cell) -> date:
    found = serial_date(cell.serial)
    if found is None or (cell.kind is Kind.NUMBER and (cell.serial < _LEAST_SERIAL or cell.number % 1)):
        hint = f"chỉ có năm thì chưa đủ: {_HINT}" if _YEAR.fullmatch(cell.line) else _HINT
        raise CellError(f"số «{veiled(cell.line)}» không phải ngày", hint, Code.BAD_DATE)
    return found


def _text_day(cell: Cell, line: str) -> date:
    if found := _YEAR_FIRST.fullmatch(line):
        return _real(cell, int(found[1]), int(found[3]), int(found[4]))
    if found := _IN_WORDS.fullmatch(line):
        return _real(cell, int(found[3]), int(found[2]), int(found[1]))
    found = _DAY_FIRST.fullmatch(line)
    if not found:
        hint = f"chỉ có năm thì chưa đủ: {_HINT}" if _YEAR.fullmatch(line) else _HINT
        raise not_a(cell, "ngày", hint, Code.BAD_DATE)
    if len(found[4]) == 2:
        hint = f"viết đủ bốn chữ số của năm: {found[1]}/{found[3]}/19{found[4]} hay {found[1]}/{found[3]}/20{found[4]}"
        raise CellError(f"«{line}» chỉ có hai chữ số của năm", hint, Code.BAD_DATE)
    return _real(cell, int(found[4]), int(found[3]), int(found[1]))


def _real(cell: Cell, year: int, month: int, number: int) -> date:
    """The day so numbered. Raises CellError when the calendar has none, or it lies out of all range."""
    try:
        found = date(year, month, number)
    except ValueError:
        raise CellError(f"không có ngày «{cell.line}»", _swapped(year, month, number), Code.BAD_DATE) from None
    if not _FIRST <= year <= _LAST:
        raise CellError(f"năm {year} trong «{cell.line}» ngoài khoảng {_FIRST}–{_LAST}", "xem lại năm", Code.BAD_DATE)
    return found


def _swapped(year: int, month: int, number: int) -> str:
    """What to do about an impossible date; where day and month were exchanged, the date meant."""
    try:
        meant = date(year, number, month)
    except ValueError:
        return "xem lại ngày và tháng; tháng 2 chỉ có 29 ngày vào năm nhuận"
    return f"viết ngày trước, tháng sau: có phải {show_date(meant)}?"
