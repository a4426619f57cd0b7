"""How long the record of a person must be kept: the reading `retention`, from the last term they owed days in."""

from datetime import date

from boiduong_records.errors import BooksError
from boiduong_records.personal import Duty
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Management, Term, World
from boiduong_exporter.gathering.people import some
from boiduong_exporter.gathering.world import world as world_of
from boiduong_exporter.rulebook.read import Rules


def duty_to_keep(connection: Connection, rules: Rules, cadre: int) -> Duty | None:
    """Until when, and why, the record of a person (under whichever of their files) must be kept; None where they never
    were in the regime.

    Raises BooksError where they were, and the books have no term to count from.
    """
    world = world_of(connection, rules.kinds)
    managed = [each for who in some(connection, [cadre]) for each in who.managements if each.authority]
    ends = [term.ends for each in managed for term in world.terms if _owed_in(world, each, term)]
    if managed and not ends:
        raise BooksError("chưa tính được thời hạn phải giữ hồ sơ: sổ chưa có nhiệm kỳ", "nhập nhiệm kỳ trước")
    years = rules.rulebook.readings.retention_years
    return Duty(_later(max(ends), years), _basis(rules)) if ends else None


def _basis(rules: Rules) -> str:
    """The reading in words, what it rests on, and how firmly it stands."""
    (reading,) = (entry for entry in rules.rulebook.readings.entries if entry.key == "retention")
    return f"{reading.said}; {reading.basis} ({reading.status.label})"


def _owed_in(world: World, managed: Management, term: Term) -> bool:
    during = managed.span.within(term.starts, term.ends)
    return bool(during) and any(
        each.code == term.organization for each in world.lineage(managed.authority, term.starts)
    )


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29/02
        return day.replace(year=day.year + years, day=28)
