"""A unit's report: everyone who holds a post in it on the day, verdict by verdict, and what it did by year and plan."""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from boiduong_records.tables import CLASS, PLAN_LINE
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Attendance, Presence
from boiduong_vocabulary.vietnamese import fold, show_date
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Person, Post, World
from boiduong_exporter.credit.verdict import Assessor, Verdict
from boiduong_exporter.gathering.people import Who, everyone, with_evidence
from boiduong_exporter.gathering.structure import Structure, of_period, of_today
from boiduong_exporter.gathering.world import world as world_of
from boiduong_exporter.reporting.basis import Asked, basis
from boiduong_exporter.reports.figures import Deeds, PersonFigures, PlanRow, UnitReport, YearRow
from boiduong_exporter.rulebook.read import Rules

Classes = dict[str, dict[str, Any]]
"""Rows of classes by code."""


@dataclass
class Attended:
    """Who was in which class, counted while people stream by: one attendance is one person in one class."""

    people: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    years: dict[str, int] = field(default_factory=dict)

    def add(self, who: Who, person: Person, asked: Asked) -> None:
        for piece in person.pieces:
            seen = piece.evidence
            if isinstance(seen, Attendance) and seen.presence is Presence.PRESENT and seen.date <= asked.period.as_of:
                self.people[seen.class_code].add(who.cadre)
                self.years[seen.class_code] = min(self.years.get(seen.class_code, 9999), seen.date.year)


@dataclass
class _Year:
    """The lines of a unit's plan; who of its own people, and who at all, was in which class."""

    plan: list[dict[str, Any]]
    own: Attended = field(default_factory=Attended)
    all_: Attended = field(default_factory=Attended)


def unit_report(connection: Connection, rules: Rules, unit: str, asked: Asked) -> UnitReport:
    """The report of `unit` and all under it. Its people are read once, while it is written; what was attended is
    counted on the way, so that years and plan are known when the last of them was read."""
    world = world_of(connection, rules.kinds, asked.at_seq)
    structure = _structure(connection, world, asked)
    everybody = everyone(connection, asked.at_seq)
    ever = {who.cadre for who in everybody if structure.was_ever_in(who, unit)}
    now = {who.cadre: posts for who in everybody if (posts := structure.posts_in(who, unit, asked.period.as_of))}
    plan = _plan_lines(connection, structure, unit, asked)
    authorities = {each.authority for who in everybody if who.cadre in ever for each in who.managements}
    year = _Year(plan)

    def people() -> Iterator[PersonFigures]:
        assessor = Assessor(world, rules.rulebook)
        read = everybody if plan else [who for who in everybody if who.cadre in ever]
        with _spared():
            for who, person in with_evidence(connection, read, asked.at_seq):
                if plan:
                    year.all_.add(who, person, asked)
                if who.cadre in ever:  # past members have no row, but what they attended is the unit's history
                    year.own.add(who, person, asked)
                if who.cadre in now:
                    verdict = assessor.verdict(person, asked.period.as_of)
                    yield figures(world, who, now[who.cadre], verdict, asked)

    found = world.organization(unit, asked.period.as_of)
    return UnitReport(
        found.name if found else unit, unit,
        basis(connection, world, rules, authorities - {""}, asked), people(),
        lambda: deeds(connection, rules, year, asked), () if now else (NOBODY,),
    )  # fmt: skip


@contextmanager
def _spared() -> Iterator[None]:
    """What is in memory now stays to the end; the collector need not walk over a province again and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


NOBODY = "Ngày này không có ai giữ chức vụ trong đơn vị."


def _structure(connection: Connection, world: World, asked: Asked) -> Structure:
    if asked.structure == "today":
        return of_today(connection, world, asked.today, asked.at_seq)
    return of_period(world, asked.period.as_of)


def figures(world: World, who: Who, posts: Iterable[Post], verdict: Verdict, asked: Asked) -> PersonFigures:
    """One person as reports show them, with the posts of the day (else those that ended last or begin first);
    organizations by their name on the day."""
    held = list(dict.fromkeys((post.title, _name(world, post.organization, asked)) for post in posts))
    said = [f"{title} – {organization}" if title else organization for title, organization in held]
    unit = held[0][1] if held else ""
    return PersonFigures(who.code, who.name, who.birth, tuple(said or _other_posts(world, who, asked)), unit, verdict)


def _other_posts(world: World, who: Who, asked: Asked) -> Iterator[str]:
    """What someone without a post on the day held before, or will hold."""
    day = asked.period.as_of
    ended = [(post.span.ends, post) for post in who.posts if post.span.ends and post.span.ends < day]
    for ends, post in sorted(ended, key=lambda pair: pair[0])[-1:]:
        since = show_date(ends + timedelta(days=1))
        yield f"đã thôi giữ từ {since}: {post.title} – {_name(world, post.organization, asked)}"
    coming = [(post.span.starts, post) for post in who.posts if post.span.starts and post.span.starts > day]
    for starts, post in sorted(coming, key=lambda pair: pair[0])[:1]:
        yield f"giữ từ {show_date(starts)}: {post.title} – {_name(world, post.organization, asked)}"


def _name(world: World, code: str, asked: Asked) -> str:
    found = world.organization(code, asked.period.as_of)
    return found.name if found else code


def deeds(connection: Connection, rules: Rules, year: _Year, asked: Asked) -> Deeds:
    classes = {row["code"]: row for row in contents(connection, CLASS, asked.at_seq)}
    people = set().union(*year.own.people.values())
    return Deeds(_years(rules, classes, year.own), len(people), tuple(_plan(year.plan, classes, year.all_, asked)))


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


def _plan_lines(connection: Connection, structure: Structure, unit: str, asked: Asked) -> list[dict[str, Any]]:
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
    """Each line beside the classes held for its audience in that year. Lines of one audience share them out in order;
    the last takes what is left."""
    held: dict[str, list[str]] = defaultdict(list)
    for code, year in sorted(attended.years.items()):
        if code in classes and year == asked.period.as_of.year:
            held[fold(classes[code]["audience"])].append(code)
    left = Counter(fold(row["audience"]) for row in lines)
    for row in lines:
        audience = fold(row["audience"])
        left[audience] -= 1
        share = row["classes"] if left[audience] else len(held[audience])
        taken, held[audience] = held[audience][:share], held[audience][share:]
        yield _plan_row(row, [attended.people[code] for code in taken])


def _plan_row(row: dict[str, Any], done: list[set[int]]) -> PlanRow:
    state = f"{row['state']} «{row['moved_to']}»" if row["moved_to"] else row["state"]
    return PlanRow(
        row["number"], row["audience"], state, row["lead"], row["classes"], len(done), row["people"] or 0,
        len(set().union(*done)), row["document"],
    )  # fmt: skip
