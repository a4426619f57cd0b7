"""The day a report is made for: a date, or the end of a quarter, a year or a term, never later than today."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from boiduong_vocabulary.vietnamese import fold

from boiduong_exporter.credit.facts import World

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """`name` is what the report calls it; empty for a plain date."""

    as_of: date
    name: str = ""


def quarter(said: str, today: date) -> Period | None:
    """The quarter in "2026-Q3", "Q3/2026" or "3/2026"; None for anything else."""
    text = said.strip().upper()
    found = re.fullmatch(r"(\d{4})[-/]?Q?([1-4])|Q?([1-4])[/-](\d{4})", text)
    if not found:
        return None
    year, number = int(found[1] or found[4]), int(found[2] or found[3])
    following = date(year + number // 4, number * 3 % 12 + 1, 1)
    return _until(following - timedelta(days=1), f"Quý {_ROMAN[number - 1]} năm {year}", today)


def year(number: int, today: date) -> Period:
    return _until(date(number, 12, 31), f"Năm {number}", today)


def term(world: World, unit: str, said: str, today: date) -> Period | None:
    """The term of that name of the unit, or of the nearest organization above it; None where there is none."""
    for organization in world.lineage(unit, today):
        for each in world.terms:
            if each.organization == organization.code and fold(each.name) == fold(said):
                return _until(each.ends, f"Nhiệm kỳ {each.name}", today)
    return None


def _until(ends: date, name: str, today: date) -> Period:
    return Period(min(ends, today), name)
