"""Times of day: minutes after midnight."""

import re

from boiduong_exporter.faults import Code
from boiduong_exporter.readers.cell import Cell, CellError, Kind, veiled
from boiduong_exporter.readers.parsing import not_a, parser

_CLOCK = re.compile(r"(\d{1,2})\s?(?::|h|g|giờ)\s?(?:(\d{1,2})(?::00)?\s?(?:phút|p|')?)?", re.IGNORECASE)
_HALVED = re.compile(r"(.*\d)\s?(am|pm|sa|ch)", re.IGNORECASE)
"""A spreadsheet that saves a CSV file again may halve the day: 4:13 CH (Vietnamese Windows), 04:13:00 PM."""
_BETWEEN = re.compile(r"\s*(?:-|–|—|~|đến)\s*", re.IGNORECASE)
_HINT = "viết giờ và phút, ví dụ 7:30 hoặc 07h30"
_SPAN_HINT = "viết giờ vào và giờ ra, ví dụ 7:30-11:15"
_DAY = 1440


@parser
def clock(cell: Cell) -> int:
    """A time of day: 7:35, 07h35, 7g35, or a time cell."""
    if cell.kind is Kind.MOMENT or (cell.kind is Kind.NUMBER and 0 <= cell.number < 1):
        return _of_fraction(cell)
    minutes = _minutes(cell.line) if cell.kind is Kind.TEXT else None
    if minutes is None:
        raise not_a(cell, "giờ", _HINT, Code.BAD_TIME)
    return minutes


@parser
def span(cell: Cell) -> tuple[int, int]:
    """From when to when on one day: 7:30-11:15."""
    ends = _BETWEEN.split(cell.line) if cell.kind is Kind.TEXT else []
    first, last = (_minutes(ends[0]), _minutes(ends[1])) if len(ends) == 2 else (None, None)
    if first is None or last is None:
        raise not_a(cell, "khoảng giờ", _SPAN_HINT, Code.BAD_TIME)
    if first >= last:
        raise CellError(f"«{veiled(cell.line)}»: giờ ra không sau giờ vào", _SPAN_HINT, Code.BAD_TIME)
    return first, last


def _minutes(line: str) -> int | None:
    halved = _HALVED.fullmatch(line)
    found = _CLOCK.fullmatch(halved[1] if halved else line)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if halved:
        hour = _of_day(hour, is_later=halved[2].lower() in ("pm", "ch"))
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _of_day(hour: int, *, is_later: bool) -> int:
    """An hour from 1 to 12 of a halved day; others are no hour."""
    return hour % 12 + 12 * is_later if 1 <= hour <= 12 else 24


def _of_fraction(cell: Cell) -> int:
    """The time in a serial number; a day without a time is none, though midnight is."""
    if cell.number >= 1 and cell.number % 1 == 0:
        raise not_a(cell, "giờ", f"ô này chỉ có ngày; {_HINT}", Code.BAD_TIME)
    if cell.number < 0:
        raise not_a(cell, "giờ", _HINT, Code.BAD_TIME)
    return min(round(cell.number % 1 * _DAY), _DAY - 1)
