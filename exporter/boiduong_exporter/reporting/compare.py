"""The same people under the rules in force and under a draft: each is read once and judged twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from boiduong_exporter.credit.verdict import Assessor, Standing
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.compare_rules import differences
from boiduong_exporter.reporting.compare_why import Because
from boiduong_exporter.reporting.unit import figures
from boiduong_exporter.reporting.walk import Walk, walk
from boiduong_exporter.reports.columns import FIGURES
from boiduong_exporter.reports.compare import Change, Comparison, Reckoned
from boiduong_exporter.reports.figures import PersonFigures
from boiduong_exporter.rulebook.read import Rules


def comparison(connection: Connection, rules: Rules, draft: Rules, unit: str, asked: Asked) -> Comparison:
    """Who of `unit` and of all under it would change under `draft`, and why. Organizations are of the kinds that each
    register says; everything else of the books is the same."""
    read = walk(connection, rules, unit, asked)
    drafted = replace(
        read.world, authority_kinds=draft.kinds.authority_kinds, levels=tuple(draft.kinds.levels.labels)
    )  # fmt: skip
    now: Counter[Standing] = Counter()
    then: Counter[Standing] = Counter()
    changes, because = [], Because(rules.rulebook, draft.rulebook)
    for before, after in _judged(read, Assessor(read.world, rules.rulebook), Assessor(drafted, draft.rulebook)):
        now[before.verdict.standing] += 1
        then[after.verdict.standing] += 1
        if _differ(before, after):
            changes.append(_change(before, after, because.why(before.verdict, after.verdict)))
    return Comparison(
        read.name, unit, read.basis(read.world, rules), read.basis(drafted, draft), _counted(now), _counted(then),
        tuple(changes), tuple(differences(rules, draft)), read.notes,
    )  # fmt: skip


def _judged(read: Walk, now: Assessor, then: Assessor) -> Iterator[tuple[PersonFigures, PersonFigures]]:
    for who, person in read.members():
        before, after = (assessor.verdict(person, read.day) for assessor in (now, then))
        shown = figures(read.world, who, read.now[who.cadre], before, read.asked)
        yield shown, replace(shown, verdict=after)


def _differ(before: PersonFigures, after: PersonFigures) -> bool:
    """Whether anything that reports print of the person changes, or the days that are owed in person."""
    return _reckoned(before) != _reckoned(after) or any(
        column.value(0, before) != column.value(0, after) for column in FIGURES
    )


def _reckoned(person: PersonFigures) -> Reckoned:
    """All days by which one verdict differs from another."""
    found = person.verdict
    return Reckoned(
        found.standing, found.required, found.obligation.in_person, found.credited, found.tally.in_person,
        found.waiting, person.attended.refused, found.shortfall,
    )  # fmt: skip


def _change(before: PersonFigures, after: PersonFigures, why: tuple[str, ...]) -> Change:
    titles, unit = before.titles, before.unit
    return Change(before.code, before.name, titles, unit, _reckoned(before), _reckoned(after), why)


def _counted(standings: Counter[Standing]) -> tuple[tuple[Standing, int], ...]:
    return tuple((standing, standings[standing]) for standing in Standing)
