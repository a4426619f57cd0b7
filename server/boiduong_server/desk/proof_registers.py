"""The registers that a piece of evidence was held against, as the books know them now, and since which entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from boiduong_exporter.credit.facts import World
from boiduong_exporter.credit.words import days
from boiduong_exporter.reporting.person import Account as Person
from boiduong_records.tables import CLASS, SESSION, TERM, TOPIC
from boiduong_records.versions import current
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Completion, Evidence, Result, StudyDay
from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import ColumnElement, Connection, Table, select

from boiduong_server.desk.words import hours


@dataclass(frozen=True)
class Fact:
    """One row of a register in words; `since` is the entry that it is known from, None where several are meant."""

    register: str
    text: str
    since: int | None = None


def facts_of(books: Connection, world: World, person: Person, said: Evidence) -> Iterator[Fact]:
    """Posts, managing body and term of the day; the class, its session or its topics."""
    day = getattr(said, "date", None) or getattr(said, "starts", None)
    if isinstance(day, date):
        yield from _person(world, person, day)
    if term := person.report.person.verdict.obligation.term:
        rows = _since(books, TERM, (TERM.c.organization == term.organization) & (TERM.c.starts == term.starts))
        whose = _name(world, term.organization, term.starts)
        text = f"{term.name}: {show_date(term.starts)} – {show_date(term.ends)} ({whose})"
        yield Fact("Nhiệm kỳ đang xét", text, rows)
    yield from _of_class(books, world, said)


def _person(world: World, person: Person, day: date) -> Iterator[Fact]:
    for post in person.who.posts_on(day):
        yield Fact(f"Chức vụ ngày {show_date(day)}", f"{post.title} – {_name(world, post.organization, day)}")
    for each in person.who.managements:
        if each.authority and each.span.holds(day):
            yield Fact(f"Cấp quản lý ngày {show_date(day)}", _name(world, each.authority, day))


def _of_class(books: Connection, world: World, said: Evidence) -> Iterator[Fact]:
    match said:
        case Attendance():
            yield from _class(books, world, said.class_code)
            yield from _session(books, world, said)
        case Result():
            yield from _class(books, world, said.class_code)
        case Completion():
            yield from _class(books, world, said.class_code)
            yield from _topic(books, world, said.class_code, said.topic)
        case StudyDay():
            for code, topic in sorted({(part.class_code, part.topic) for part in said.parts}):
                yield from _class(books, world, code)
                yield from _topic(books, world, code, topic)


def _class(books: Connection, world: World, code: str) -> Iterator[Fact]:
    found = world.classes.get(code)
    if found is None:
        return
    periods = f"{found.periods} tiết" if found.periods else "không ghi số ngày"
    worth = days(found.days) if found.days is not None else periods
    text = f"{found.name} ({code}); {found.document or 'chưa có quyết định'}; {worth}"
    yield Fact("Lớp", text, _since(books, CLASS, CLASS.c.code == code))


def _session(books: Connection, world: World, said: Attendance) -> Iterator[Fact]:
    found = world.classes.get(said.class_code)
    session = found.session_at.get((said.date, said.half)) if found else None
    if session is None:
        return
    told = (
        f"{session.half.label} {show_date(session.date)}",
        hours(session.starts, session.ends),
        session.delivery.label,
    )
    scope = (
        (SESSION.c.class_code == said.class_code) & (SESSION.c.date == said.date) & (SESSION.c.half == said.half.value)
    )
    yield Fact("Buổi học theo lịch lớp", "; ".join(filter(None, told)), _since(books, SESSION, scope))


def _topic(books: Connection, world: World, code: str, topic: str) -> Iterator[Fact]:
    found = world.classes.get(code)
    known = found.topic_of.get(topic) if found else None
    if known is None:
        return
    form = Delivery.SELF_PACED.label if known.self_paced else "dạy trong buổi học"
    text = f"{known.title or topic}, bản {known.edition}; {known.periods} tiết; {form}"
    yield Fact("Chuyên đề của lớp", text, _since(books, TOPIC, (TOPIC.c.class_code == code) & (TOPIC.c.topic == topic)))


def _since(books: Connection, table: Table, scope: ColumnElement[bool]) -> int | None:
    """The entry that the row is known from; None where it is not one row."""
    rows = list(books.execute(select(table.c.since).where(current(table), scope)).scalars())
    return rows[0] if len(rows) == 1 else None


def _name(world: World, code: str, day: date) -> str:
    found = world.organization(code, day)
    return found.name if found else code
