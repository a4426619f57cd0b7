"""The day a report is made for: a date, or the end of a quarter, a year or a term, never later than today."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from boiduong_vocabulary.vietnamese import fold, show_date

from boiduong_exporter.credit.facts import World

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """`name` is what the report calls it; empty for a plain date."""

    as_of: date
    name: str = ""


class NotBegunError(Exception):
    """A period of which nothing can be reported yet."""

    def __init__(self, name: str, starts: date) -> None:
        super().__init__(f"{name} bắt đầu từ {show_date(starts)}, chưa báo cáo được")


def quarter(said: str, today: date) -> Period | None:
    """The quarter in "2026-Q3", "Q3/2026" or "3/2026"; None for anything else.

    Raises NotBegunError for one that lies ahead, as `year` and `term` do.
    """
    text = said.strip().upper()
    found = re.fullmatch(r"(\d{4})[-/]?Q?([1-4])|Q?([1-4])[/-](\d{4})", text)
    if not found:
        return None
    year, number = int(found[1] or found[4]), int(found[2] or found[3])
    starts = date(year, number * 3 - 2, 1)
    return _until(starts, _quarter_ends(year, number - 1), f"Quý {_ROMAN[number - 1]} năm {year}", today)


def quarters(until: date, count: int) -> tuple[Period, ...]:
    """The last `count` quarters up to `until`, earliest first; the running one ends that day, and its name says so."""
    last = until.year * 4 + (until.month - 1) // 3
    return tuple(_quarter(*divmod(number, 4), until) for number in range(last - count + 1, last + 1))


def _quarter(of: int, place: int, until: date) -> Period:
    """The quarter at `place` (from 0) of the year `of`."""
    ends = _quarter_ends(of, place)
    name = f"Quý {_ROMAN[place]} năm {of}"
    return Period(ends, name) if ends <= until else Period(until, f"{name} (đến {show_date(until)})")


def _quarter_ends(of: int, place: int) -> date:
    return date(of + (place + 1) // 4, (place + 1) % 4 * 3 + 1, 1) - timedelta(days=1)


def year(number: int, today: date) -> Period:
    return _until(date(number, 1, 1), date(number, 12, 31), f"Năm {number}", today)


def term(world: World, unit: str, said: str, today: date) -> Period | None:
    """The term of that name of the unit, or of the nearest organization above it; None where there is none."""
    for organization in world.lineage(unit, today):
        for each in world.terms:
            if each.organization == organization.code and fold(each.name) == fold(said):
                return _until(each.starts, each.ends, f"Nhiệm kỳ {each.name}", today)
    return None


def _until(starts: date, ends: date, name: str, today: date) -> Period:
    if starts > today:
        raise NotBegunError(name, starts)
    return Period(min(ends, today), name)
