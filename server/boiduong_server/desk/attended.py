"""What a learner is told after a reading, and on the page of one's own half days."""

from dataclasses import dataclass

from boiduong_records.tables import CLASS, SESSION
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Half
from sqlalchemy import Connection

from boiduong_server.attending.own import own_session
from boiduong_server.attending.scanning import Reader
from boiduong_server.attending.sheet import minute_of
from boiduong_server.attending.sittings import Sitting, Slot
from boiduong_server.desk.access import house
from boiduong_server.desk.class_lists import class_name
from boiduong_server.desk.outcome import Outcome, recent
from boiduong_server.desk.times import clock
from boiduong_server.desk.words import hours


@dataclass(frozen=True)
class Ahead:
    """A half day of today of which no attendance is taken yet."""

    slot: Slot
    class_name: str
    hours: str


def outcome_at(sitting: Sitting, who: Reader) -> Outcome | None:
    """The person's half day at a sitting where a code was just read: nothing of it is sealed. None where the schedule
    has lost it."""
    slot, at = sitting.slot, house()
    with at.books.reading() as books, at.store.reading() as store:
        own = own_session(books, store, slot, (who.cadre,), at.rules.attending)
        return (
            Outcome(own, class_name(books, slot.class_code) or slot.class_code, None, (), at.now_ms()) if own else None
        )


def own_days(who: Reader) -> tuple[list[Ahead], list[Outcome]]:
    """Half days of one's classes: today's that are still ahead, and those whose attendance was opened, the latest
    first."""
    at = house()
    with at.books.reading() as books:
        rows = contents(books, CLASS, scope=CLASS.c.code.in_(who.classes))
        names = {row["code"]: row["name"] or row["code"] for row in rows}
        found = recent(books, at, names, who.cadre)
        known = {each.slot for each in found}
        return [each for each in _today(books, names) if each.slot not in known], found


def _today(books: Connection, names: dict[str, str]) -> list[Ahead]:
    is_it = SESSION.c.class_code.in_(names) & (SESSION.c.date == house().today)
    found = [
        Ahead(
            Slot(row["class_code"], row["date"], Half(row["half"])), names[row["class_code"]],
            hours(row["starts"], row["ends"]),
        )
        for row in contents(books, SESSION, scope=is_it)
    ]  # fmt: skip
    return sorted(found, key=lambda each: ([*Half].index(each.slot.half), each.class_name))


def said_time(at_ms: int) -> str:
    """ "7:28", local."""
    return clock(minute_of(at_ms))
