"""Sealing: a session that is closed, and whose objections are over, becomes Attendance in the ledger.

The ledger is written first, then the mark; both while nobody else can write of the session, so that no line falls in
between. Dying in between does no harm: the same words are entered once.

Somebody whose objection nobody has answered, or whose claim nobody has judged, waits. What becomes of them is entered
the night after the answer.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from boiduong_exporter.rulebook.attending import AttendingRules
from boiduong_exporter.sealing.days import earlier
from boiduong_exporter.sealing.sheets import Clash, Seen, SheetSeal, seal_sheet
from boiduong_records.merging import roots
from boiduong_records.store import Books
from boiduong_records.tables import IDENTITY
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Half, Presence
from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from boiduong_server.attending.objections import objections_at
from boiduong_server.attending.schedule import midnight_ms
from boiduong_server.attending.session import ClassSession, session_of
from boiduong_server.attending.sheet import Row
from boiduong_server.attending.sittings import Sitting, Slot, is_of, sitting_of, sittings_of
from boiduong_server.store import Store
from boiduong_server.tables import LINE, OBJECTION, REFUSED, SCAN, SITTING

_SLOT = (SITTING.c.class_code, SITTING.c.date, SITTING.c.half)


@dataclass(frozen=True)
class SessionSeal:
    """What sealing a session came to. `waiting`: an objection or a claim of theirs is open; `unknown`: nobody saw them,
    and where they sit attendance was not held."""

    slot: Slot
    sheet: SheetSeal
    waiting: int
    unknown: int


def seal_due(books: Books, store: Store, rules: AttendingRules, now_ms: int) -> Iterator[str]:
    """Seal every session that is due, the earliest first; a line for each thing done, and for each that cannot be.
    Doing it twice does nothing more.

    Raises BooksError and StoreError: what was sealed before stands.
    """
    with store.reading() as connection:
        due, left_open = due_slots(connection, now_ms), unclosed(connection, now_ms)
    for slot in due:
        done = store.write(partial(_seal, books, rules, slot, now_ms))
        if isinstance(done, str):
            yield f"Chưa niêm phong được điểm danh {told(slot)}: {done}."
        else:
            yield from _said(books, done)
    for sitting in left_open:
        where = f" ở «{sitting.place}»" if sitting.place else ""
        yield f"Chưa niêm phong được điểm danh {told(sitting.slot)}: chưa kết thúc điểm danh{where}."


def told(slot: Slot) -> str:
    """ "lớp DD1, buổi sáng 26/11/2026"."""
    return f"lớp {slot.class_code}, {slot.said}"


def _said(books: Books, done: SessionSeal) -> Iterator[str]:
    sheet = done.sheet
    parts = [f"{sheet.people} người, {sheet.entries} mục mới"]
    parts += [f"{done.waiting} người chờ trả lời ý kiến hoặc xác nhận mã"] if done.waiting else []
    parts += [f"{done.unknown} người chưa rõ vì nơi học của họ chưa điểm danh"] if done.unknown else []
    yield f"Đã niêm phong điểm danh {told(done.slot)}: {'; '.join(parts)}."
    codes = _codes(books, sheet.clashes)
    for clash in sheet.clashes:
        yield f"Chưa ghi mã cán bộ {codes.get(clash.cadre) or '(chưa có)'}: {clash.why.message}."


def _codes(books: Books, clashes: Collection[Clash]) -> dict[int, str]:
    with books.reading() as connection:
        rows = contents(connection, IDENTITY, scope=IDENTITY.c.cadre.in_([each.cadre for each in clashes]))
        return {row["cadre"]: row["code"] for row in rows}


# What is due ----------------------------------------------------------------------------------------------------------


def due_slots(connection: Connection, now_ms: int) -> list[Slot]:
    """Sessions with something to seal: closed and objections over at every place that was begun, or an answer that came
    since the seal."""
    is_over = (
        SITTING.c.closed_ms.is_not(None) & SITTING.c.sealed_ms.is_(None) & (SITTING.c.objections_until_ms <= now_ms)
    )
    held_up = {*_slots(connection, _goes_on(now_ms))}
    found = {*_slots(connection, is_over), *_slots(connection, SITTING.c.id.in_(_answered_since()))}
    return sorted(found - held_up, key=_order)


def _goes_on(now_ms: int) -> ColumnElement[bool]:
    """What holds up the seal of its session."""
    goes_on = or_(SITTING.c.closed_ms.is_(None) & _is_begun(), SITTING.c.objections_until_ms > now_ms)
    return SITTING.c.sealed_ms.is_(None) & goes_on


def unclosed(connection: Connection, now_ms: int, classes: Collection[str] | None = None) -> list[Sitting]:
    """Sittings that were begun and whose hours are over, which nobody has closed: they are never sealed as they are. Of
    these classes, or of any."""
    is_it = _is_begun() & SITTING.c.closed_ms.is_(None) & (SITTING.c.to_ms < now_ms)
    if classes is not None:
        is_it &= SITTING.c.class_code.in_(classes)
    names = connection.execute(select(SITTING.c.public).where(is_it).order_by(SITTING.c.date, SITTING.c.id)).scalars()
    return [found for name in names.all() if (found := sitting_of(connection, name))]


def _is_begun() -> ColumnElement[bool]:
    """Opened, or something was read or written there: a monitor without a connection opens on the page alone."""
    scanned = select(SCAN.c.id).where(SCAN.c.sitting == SITTING.c.id).exists()
    written = select(LINE.c.id).where(LINE.c.sitting == SITTING.c.id).exists()
    return or_(SITTING.c.opened_ms.is_not(None), scanned, written)


def _slots(connection: Connection, is_it: ColumnElement[bool]) -> Iterator[Slot]:
    for row in connection.execute(select(*_SLOT).where(is_it).distinct()):
        yield Slot(row.class_code, row.date, Half(row.half))


def _order(slot: Slot) -> tuple[object, ...]:
    return slot.date, list(Half).index(slot.half), slot.class_code


def _answered_since() -> ColumnElement[int]:
    """Sittings with somebody who had to wait when they were sealed, and of whom there is a word now."""
    answered = select(OBJECTION.c.sitting).join(SITTING, SITTING.c.id == OBJECTION.c.sitting)
    confirmed = select(SCAN.c.sitting).join(SITTING, SITTING.c.id == SCAN.c.sitting)
    return (
        answered.where(OBJECTION.c.answered_ms > SITTING.c.sealed_ms)
        .union(confirmed.where(SCAN.c.confirmed_ms > SITTING.c.sealed_ms))
        .scalar_subquery()
    )


# One session ----------------------------------------------------------------------------------------------------------


def _seal(books: Books, rules: AttendingRules, slot: Slot, now_ms: int, store: Connection) -> SessionSeal | str:
    """Or why it cannot be sealed. It may have been opened again while others were being sealed."""
    numbers = [each.id for each in sittings_of(store, slot)]
    store.execute(select(SITTING.c.id).where(SITTING.c.id.in_(numbers)).with_for_update())
    if any(_slots(store, is_of(slot) & _goes_on(now_ms))):
        return "vừa được mở lại"
    with books.writing() as ledger:
        session = session_of(ledger, store, slot, rules)
        if session is None:
            return "lịch lớp trong sổ không còn buổi này"
        root = roots(ledger)
        objecting = {root.get(each.cadre, each.cadre) for each in objections_at(store, numbers) if each.is_open}
        sheet, waiting, unknown = _sheet(session, objecting, _is_due(session, store, root))
        sealed = seal_sheet(ledger, slot.class_code, (slot.date, slot.half), sheet, now_ms)
    is_it = SITTING.c.id.in_(numbers) & SITTING.c.closed_ms.is_not(None)
    store.execute(update(SITTING).where(is_it).values(sealed_ms=now_ms))
    return SessionSeal(slot, sealed, waiting, unknown)


def _sheet(session: ClassSession, objecting: set[int], is_due: Callable[[int], bool]) -> tuple[list[Seen], int, int]:
    """Of whom what is to be entered; how many wait, and of how many nothing is known."""
    found, waiting, unknown = [], 0, 0
    for cadre, row in session.rows.items():
        if not is_due(cadre):
            continue
        if cadre in objecting or (row.presence is None and row.waits):
            waiting += 1
        elif seen := _seen(session, row):
            found.append(seen)
        else:
            unknown += cadre in session.people
    return found, waiting, unknown


def _seen(session: ClassSession, row: Row) -> Seen | None:
    """None of whom nothing is known, and of who has left the class and was not there."""
    there = _where(session, row)
    by = next((each.closed_by for each in there if each.closed_by), "")
    if row.presence is Presence.PRESENT:
        return Seen(row.cadre, row.presence, there[0].place, row.came, row.left, by)
    is_absent = row.presence is not None or session.is_known_absent(row.cadre)
    if row.cadre not in session.people or not is_absent:
        return None
    seated = session.people[row.cadre].place
    place = seated if seated in session.places else there[0].place if row.sitting is not None else ""
    return Seen(row.cadre, row.presence or Presence.ABSENT, place, by=by)


def _where(session: ClassSession, row: Row) -> list[Sitting]:
    """Where somebody was, else where they sit, else every place: those whose word it is that nobody saw them."""
    if row.sitting is not None:
        return [each for each in session.sittings if each.id == row.sitting]
    seated = [
        each for each in session.sittings if row.cadre in session.people and session.belongs(row.cadre, each.place)
    ]
    return seated or [*session.sittings]


def _is_due(session: ClassSession, store: Connection, root: dict[int, int]) -> Callable[[int], bool]:
    """Whether somebody's entry is to be made now: not of those whom an earlier seal has settled."""
    before = {each.id for each in session.sittings if each.sealed_ms is not None}
    answered = {root.get(cadre, cadre) for cadre in _answered(store, before)}

    def is_due(cadre: int) -> bool:
        there = {each.id for each in _where(session, session.rows[cadre])}
        return cadre in answered or not there <= before

    return is_due


def _answered(store: Connection, sittings: Collection[int]) -> set[int]:
    """Who waited when these were sealed, and waits no more."""
    objected = select(OBJECTION.c.cadre).join(SITTING, SITTING.c.id == OBJECTION.c.sitting)
    claimed = select(SCAN.c.cadre).join(SITTING, SITTING.c.id == SCAN.c.sitting)
    looks = (
        objected.where(SITTING.c.id.in_(sittings), OBJECTION.c.answered_ms > SITTING.c.sealed_ms),
        claimed.where(SITTING.c.id.in_(sittings), SCAN.c.confirmed_ms > SITTING.c.sealed_ms),
    )
    return {cadre for look in looks for cadre in store.execute(look).scalars()}


# Kept long enough -----------------------------------------------------------------------------------------------------


def kept_from_ms(today: date, months: int) -> int:
    """Readings at sittings that were sealed before this are no longer kept: whole months, as of raw beats."""
    return midnight_ms(earlier(today, months))


def sweep(store: Store, sealed_before_ms: int) -> int:
    """Delete the codes that were read, and those that were refused, at sittings sealed before; how many readings. What
    they came to is in the ledger, and what was written by hand, objections and answers stay."""
    with store.reading() as connection:
        kept = select(SCAN.c.sitting).union(select(REFUSED.c.sitting)).scalar_subquery()
        old = select(SITTING.c.id).where(SITTING.c.sealed_ms < sealed_before_ms, SITTING.c.id.in_(kept))
        numbers = connection.execute(old).scalars().all()
    return sum(store.write(partial(_sweep, number)) for number in numbers)


def _sweep(sitting: int, connection: Connection) -> int:
    connection.execute(delete(REFUSED).where(REFUSED.c.sitting == sitting))
    return connection.execute(delete(SCAN).where(SCAN.c.sitting == sitting)).rowcount
