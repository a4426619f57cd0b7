"""One person's report: the whole account, and the posts held on the day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from boiduong_records.matching import Candidate, Directory, directory
from boiduong_vocabulary.evidence import Reported, StudyDay
from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Person, World
from boiduong_exporter.credit.verdict import Assessor
from boiduong_exporter.gathering.people import Who, some, with_evidence
from boiduong_exporter.gathering.world import world as world_of
from boiduong_exporter.reporting.basis import Asked, bases, basis
from boiduong_exporter.reporting.unit import figures
from boiduong_exporter.reporting.walk import walk
from boiduong_exporter.reports.figures import PersonReport, ReportedTime
from boiduong_exporter.rulebook.read import Rules

_MINUTE_MS = 60_000


def looked_up(connection: Connection, said: str) -> list[Candidate]:
    """Whom "mã cán bộ" or a full name may mean: one, none, or several."""
    known: Directory = directory(connection)
    by_code = known.by_code.get(said, [])
    return list({each.root: each for each in by_code or known.by_name.get(fold(said), [])}.values())


def unit_of(connection: Connection, cadre: int, on: date) -> str:
    """The body whose terms are the person's: the one that manages them on the day, else managed them last, else the
    organization of a post."""
    (who,) = some(connection, [cadre])
    managing = sorted((each for each in who.managements if each.authority), key=lambda each: each.span.holds(on))
    return managing[-1].authority if managing else next((post.organization for post in who.posts), "")


@dataclass(frozen=True)
class Account:
    """One person with what the books hold of them, and the report that follows from it."""

    who: Who
    person: Person
    report: PersonReport


def person_report(connection: Connection, rules: Rules, cadre: int, asked: Asked) -> PersonReport | None:
    """The report on one cadre; None where the books (at that entry) do not have them."""
    account = account_of(connection, rules, world_of(connection, rules.kinds, asked.at_seq), cadre, asked)
    return account.report if account else None


def account_of(connection: Connection, rules: Rules, world: World, cadre: int, asked: Asked) -> Account | None:
    """The same with the evidence behind it, in a `world` that was read before."""
    found = some(connection, [cadre], asked.at_seq)
    if not found:
        return None
    ((who, person),) = with_evidence(connection, found, asked.at_seq)
    verdict = Assessor(world, rules.rulebook).verdict(person, asked.period.as_of)
    shown = figures(world, who, who.posts_on(asked.period.as_of), verdict, asked)
    rests = basis(connection, world, rules, _authorities(who), asked)
    report = PersonReport(shown, rests, tuple(_reported(world, person, asked.period.as_of)))
    return Account(who, person, report)


def reports_of_unit(connection: Connection, rules: Rules, unit: str, asked: Asked) -> Iterator[PersonReport]:
    """A report on each who holds a post in the unit or under it on the day, in the order of names."""
    found = walk(connection, rules, unit, asked)
    assessor, day = Assessor(found.world, rules.rulebook), asked.period.as_of
    basis_of = bases(connection, found.world, rules, asked)
    for who, person in found.members():
        shown = figures(found.world, who, who.posts_on(day), assessor.verdict(person, day), asked)
        yield PersonReport(shown, basis_of(_authorities(who)), tuple(_reported(found.world, person, day)))


def _reported(world: World, person: Person, as_of: date) -> Iterator[ReportedTime]:
    """What packages said of their own time, in the order of entry."""
    measured: Counter[tuple[str, str, str]] = Counter()
    for piece in person.pieces:
        if isinstance(piece.evidence, StudyDay) and piece.evidence.date <= as_of:
            for part in piece.evidence.parts:
                measured[(part.class_code, part.topic, part.edition)] += part.ms
    for piece in person.pieces:
        said = piece.evidence
        if isinstance(said, Reported) and said.date <= as_of:
            class_ = world.classes.get(said.class_code)
            topic = class_.topic_of.get(said.topic) if class_ else None
            clock = measured[(said.class_code, said.topic, said.edition)]
            title = topic.title if topic and topic.title else said.topic
            yield ReportedTime(title, said.system, said.date, said.ms // _MINUTE_MS, clock // _MINUTE_MS)


def _authorities(who: Who) -> frozenset[str]:
    return frozenset(each.authority for each in who.managements if each.authority)
