"""A unit's people, read once: who was ever in it or under it, who holds a post in it on the day, and what they
attended. Every report of a unit walks so."""

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from boiduong_records.beats import unsealed_days
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Person, Post, World
from boiduong_exporter.gathering.people import Who, everyone, with_evidence
from boiduong_exporter.gathering.structure import Structure, of_period, of_today
from boiduong_exporter.gathering.world import world as world_of
from boiduong_exporter.reporting.basis import Asked, basis
from boiduong_exporter.reporting.deeds import Doings, deeds, plan_lines
from boiduong_exporter.reports.figures import Basis, Deeds
from boiduong_exporter.rulebook.read import Rules


@dataclass(frozen=True)
class Walk:
    """`everybody` is everyone in the books, in the order of names; `ever` are those who were at some time in the unit
    or under it; `now` are the posts of those who are there on the day. What was done is known when `people` ends."""

    connection: Connection
    rules: Rules
    unit: str
    asked: Asked
    world: World
    structure: Structure
    everybody: list[Who]
    ever: frozenset[int]
    now: Mapping[int, tuple[Post, ...]]
    done: Doings

    @property
    def day(self) -> date:
        return self.asked.period.as_of

    @property
    def name(self) -> str:
        found = self.world.organization(self.unit, self.day)
        return found.name if found else self.unit

    @property
    def notes(self) -> tuple[str, ...]:
        waiting = [day for day in unsealed_days(self.connection) if day <= self.day]
        unsealed = f"Nhật ký của {len(waiting)} ngày chưa niêm phong («boiduong seal»), chưa tính trong báo cáo này."
        return (*(() if self.now else (NOBODY,)), *((unsealed,) if waiting else ()))

    def people(self, more: Collection[int] = ()) -> Iterator[tuple[Who, Person]]:
        """Those who were ever in the unit, and `more`, with their evidence. Past members have no row in a report, but
        what they attended is the unit's history; with a plan everybody is read, because its classes are for all."""
        wanted = self.ever | frozenset(more)
        read = self.everybody if self.done.plan else [who for who in self.everybody if who.cadre in wanted]
        with _spared():
            for who, person in with_evidence(self.connection, read, self.asked.at_seq):
                if self.done.plan:
                    self.done.all_.add(who, person, self.day)
                if who.cadre in self.ever:
                    self.done.own.add(who, person, self.day)
                if who.cadre in wanted:
                    yield who, person

    def members(self) -> Iterator[tuple[Who, Person]]:
        """Those of the day alone, with their evidence; nothing attended is counted."""
        read = [who for who in self.everybody if who.cadre in self.now]
        with _spared():
            yield from with_evidence(self.connection, read, self.asked.at_seq)

    def deeds(self) -> Deeds:
        """What the unit did, once `people` were read to the end."""
        return deeds(self.connection, self.rules, self.done, self.asked)

    def basis(self, world: World, rules: Rules) -> Basis:
        """What the figures rest on, when they are counted in `world` by `rules`."""
        ever = (who for who in self.everybody if who.cadre in self.ever)
        authorities = {each.authority for who in ever for each in who.managements} - {""}
        return basis(self.connection, world, rules, authorities, self.asked)


def walk(connection: Connection, rules: Rules, unit: str, asked: Asked) -> Walk:
    """Ready to read the people of `unit` and of all under it."""
    world = world_of(connection, rules.kinds, asked.at_seq)
    structure = structure_on(connection, world, asked, asked.period.as_of)
    everybody = everyone(connection, asked.at_seq)
    ever = frozenset(who.cadre for who in everybody if structure.was_ever_in(who, unit))
    now = {who.cadre: posts for who in everybody if (posts := structure.posts_in(who, unit, asked.period.as_of))}
    done = Doings(plan_lines(connection, structure, unit, asked))
    return Walk(connection, rules, unit, asked, world, structure, everybody, ever, now, done)


def structure_on(connection: Connection, world: World, asked: Asked, day: date) -> Structure:
    """Whose people belong to whom on `day`: as it was then, or as it is today, whatever was asked for."""
    if asked.structure == "today":
        return of_today(connection, world, asked.today, asked.at_seq)
    return of_period(world, day)


@contextmanager
def _spared() -> Iterator[None]:
    """What is in memory now stays to the end; the collector need not walk over a province again and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


NOBODY = "Ngày này không có ai giữ chức vụ trong đơn vị."
