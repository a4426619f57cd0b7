"""One person's own half days, without reading everybody's."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from boiduong_exporter.rulebook.attending import AttendingRules
from boiduong_records.seating import NOWHERE, seats_of
from boiduong_vocabulary.evidence import Half
from sqlalchemy import Connection, or_, select

from boiduong_server.attending.lines import lines_of
from boiduong_server.attending.readings import scans_of
from boiduong_server.attending.schedule import hours_of
from boiduong_server.attending.sheet import Hours, Row, rows
from boiduong_server.attending.sittings import Sitting, Slot, numbers_in, opened_of
from boiduong_server.tables import SITTING


@dataclass(frozen=True)
class OwnSession:
    """`sitting` is where the person was or, else, sits; of one who sits nowhere the first that was opened. `row` tells
    nothing of who used the same telephone. `leads`: the person is a team's leader in this class."""

    sitting: Sitting
    hours: Hours
    row: Row
    leads: bool


def own_session(
    books: Connection, store: Connection, slot: Slot, cadres: Collection[int], rules: AttendingRules
) -> OwnSession | None:
    """`cadres` are all files of the person, that which counts first; None where the class has no such session, or
    nothing was opened."""
    hours, own, *_ = hours_of(books, slot, rules), *cadres
    if hours is None:
        return None
    held = numbers_in(slot).where(SITTING.c.opened_ms.is_not(None))
    scans = [replace(one, cadre=own) for one in scans_of(store, held, cadres)]
    lines = [replace(one, cadre=own) for one in lines_of(store, held, cadres)]
    row = rows([own], scans, lines, hours)[own]
    seat = seats_of(books, cadres).get(slot.class_code, NOWHERE)
    sitting = opened_of(store, slot, row.sitting, seat.place)
    return OwnSession(sitting, hours, row, seat.leads) if sitting else None


def recent_slots(store: Connection, classes: Collection[str], since: date, sealed_after_ms: int) -> Iterator[Slot]:
    """Sessions of these classes from that day on of which attendance was opened, and that are not sealed, or only since
    that moment; the latest first."""
    is_it = SITTING.c.class_code.in_(classes) & (SITTING.c.date >= since) & SITTING.c.opened_ms.is_not(None)
    is_it &= or_(SITTING.c.sealed_ms.is_(None), SITTING.c.sealed_ms > sealed_after_ms)
    query = select(SITTING.c.class_code, SITTING.c.date, SITTING.c.half).where(is_it).distinct()
    found = [Slot(row.class_code, row.date, Half(row.half)) for row in store.execute(query)]
    yield from sorted(found, key=lambda each: (each.date, list(Half).index(each.half), each.class_code), reverse=True)
