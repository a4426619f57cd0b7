"""What a unit did: its classes by year, and its plan beside them, counted while people are read."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from boiduong_records.tables import CLASS, PLAN_LINE
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Attendance, Presence
from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Person
from boiduong_exporter.gathering.people import Who
from boiduong_exporter.gathering.structure import Structure
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reports.figures import Deeds, PlanRow, YearRow
from boiduong_exporter.rulebook.read import Rules

APPROVED = "đã duyệt"
"""The state of a line that is the plan, as it is read from a plan's file."""
Classes = dict[str, dict[str, Any]]
"""Rows of classes by code."""


@dataclass
class Attended:
    """Who was in which class, counted while people stream by: one attendance is one person in one class."""

    people: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    years: dict[str, int] = field(default_factory=dict)

    def add(self, who: Who, person: Person, until: date) -> None:
        for piece in person.pieces:
            seen = piece.evidence
            if isinstance(seen, Attendance) and seen.presence is Presence.PRESENT and seen.date <= until:
                self.people[seen.class_code].add(who.cadre)
                self.years[seen.class_code] = min(self.years.get(seen.class_code, 9999), seen.date.year)


@dataclass
class Doings:
    """The lines of a unit's plan for the year; who of its own people, and who at all, was in which class."""

    plan: list[dict[str, Any]]
    own: Attended = field(default_factory=Attended)
    all_: Attended = field(default_factory=Attended)


def deeds(connection: Connection, rules: Rules, done: Doings, asked: Asked) -> Deeds:
    """What was counted on the way, once everybody was read; the plan's lines are for all, whosever people came."""
    classes = {row["code"]: row for row in contents(connection, CLASS, asked.at_seq)}
    people = set().union(*done.own.people.values())
    central = rules.rulebook.central(asked.period.as_of)
    excluded = {kind.id for kind in central.excluded} if central else set()
    planned = {code: row for code, row in classes.items() if row["kind"] not in excluded}
    plan = tuple(_plan(done.plan, planned, done.all_, asked))
    return Deeds(_years(rules, classes, done.own), len(people), plan)


def _years(rules: Rules, classes: Classes, attended: Attended) -> tuple[YearRow, ...]:
    """Classes, attendances and people by year, scheme, audience and kind."""
    rows: dict[tuple[int, str, str, str], list[str]] = defaultdict(list)
    for code, row in classes.items():
        if code in attended.people:
            kind = rules.kinds.classes.labels.get(str(row["kind"]), str(row["kind"]))
            rows[(attended.years[code], row["scheme"], row["audience"], kind)].append(code)
    return tuple(
        YearRow(
            *key, len(codes), sum(len(attended.people[code]) for code in codes),
            len(set().union(*(attended.people[code] for code in codes))),
        )
        for key, codes in sorted(rows.items())
    )  # fmt: skip


def plan_lines(connection: Connection, structure: Structure, unit: str, asked: Asked) -> list[dict[str, Any]]:
    """The year's plan of the unit and of bodies under it."""
    world = structure.world
    names = {
        fold(name)
        for each in world.organizations
        if structure.is_under(each.code, unit)
        for name in (each.code, each.name)
    }
    lines = contents(connection, PLAN_LINE, asked.at_seq)
    return [row for row in lines if row["year"] == asked.period.as_of.year and fold(row["owner"]) in names]


def _plan(lines: list[dict[str, Any]], classes: Classes, attended: Attended, asked: Asked) -> Iterator[PlanRow]:
    """Each line beside those of `classes` that were held for its audience in that year."""
    held: dict[str, list[str]] = defaultdict(list)
    for code, year in sorted(attended.years.items()):
        if code in classes and year == asked.period.as_of.year:
            held[fold(classes[code]["audience"])].append(code)
    shares = _shared_out(lines, held)
    for row, codes in zip(lines, shares, strict=True):
        yield _plan_row(row, [attended.people[code] for code in codes])


def _shared_out(lines: list[dict[str, Any]], held: dict[str, list[str]]) -> list[list[str]]:
    """The classes of each line. Lines of one audience share them out, those approved first, in order; the last takes
    what is left."""
    shares: list[list[str]] = [[] for _ in lines]
    left = Counter(fold(row["audience"]) for row in lines)
    for place in sorted(range(len(lines)), key=lambda place: not _is_approved(lines[place])):
        audience = fold(lines[place]["audience"])
        left[audience] -= 1
        share = lines[place]["classes"] if left[audience] else len(held[audience])
        shares[place], held[audience] = held[audience][:share], held[audience][share:]
    return shares


def _is_approved(row: dict[str, Any]) -> bool:
    return bool(row["state"] == APPROVED)


def _plan_row(row: dict[str, Any], done: list[set[int]]) -> PlanRow:
    state = f"{row['state']} «{row['moved_to']}»" if row["moved_to"] else row["state"]
    return PlanRow(
        row["number"], row["audience"], state, row["lead"], row["classes"], len(done), row["people"] or 0,
        len(set().union(*done)), row["document"], _is_approved(row),
    )  # fmt: skip
