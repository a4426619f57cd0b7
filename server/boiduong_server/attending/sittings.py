"""Sittings: one session of a class at one of its places, from its preparation to its seal.

Times are milliseconds since 1970, UTC, but where they are called minutes: those are after local midnight.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS
from boiduong_vocabulary.evidence import Half
from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import ColumnElement, Connection, Select, Update, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from boiduong_server.attending.codes import new_key, new_name
from boiduong_server.errors import ServerError
from boiduong_server.store import Store
from boiduong_server.tables import LINE, SCAN, SITTING

PUBLIC_LETTERS = 5
_TRIES = 5
_SITTINGS = select(
    SITTING.c.id, SITTING.c.public, SITTING.c.class_code, SITTING.c.date, SITTING.c.half, SITTING.c.place,
    SITTING.c.key, SITTING.c.from_ms, SITTING.c.to_ms, SITTING.c.opened_ms, SITTING.c.opened_by, SITTING.c.headcount,
    SITTING.c.closed_ms, SITTING.c.closed_by, SITTING.c.objections_until_ms, SITTING.c.sealed_ms,
).order_by(SITTING.c.id)  # fmt: skip
"""As Sitting has them, its slot in three; put together once, for every page of attendance asks it."""
Also = Callable[[Connection], object]
"""What is done in the same transaction where something has changed: a note for the log."""


def nothing(_: Connection) -> None:
    """Where nobody keeps a log."""


@dataclass(frozen=True)
class Slot:
    """A session of a class: a half day."""

    class_code: str
    date: date
    half: Half

    @property
    def said(self) -> str:
        """ "buổi sáng 26/11/2026"."""
        return f"buổi {self.half.label} {show_date(self.date)}"


@dataclass(frozen=True)
class Sitting:
    """`place` is a hall or bridge of the class, empty where it names none. Codes are good from `from_ms` to `to_ms` at
    the most, and while it is open. It is prepared, opened, closed, and, when objections are over, sealed."""

    id: int
    public: str
    slot: Slot
    place: str
    key: bytes
    from_ms: int
    to_ms: int
    opened_ms: int | None
    opened_by: str
    headcount: int | None
    closed_ms: int | None
    closed_by: str
    objections_until_ms: int | None
    sealed_ms: int | None

    @property
    def is_open(self) -> bool:
        return self.opened_ms is not None and self.closed_ms is None

    def takes(self, at_ms: int) -> bool:
        """Whether a code read at that moment may be good: within the session's hours, and not after it was closed."""
        return self.from_ms <= at_ms <= self.to_ms and (self.closed_ms is None or at_ms <= self.closed_ms)


def sitting_of(connection: Connection, public: str) -> Sitting | None:
    return next(iter(_found(connection, SITTING.c.public == public)), None)


def sittings_of(connection: Connection, slot: Slot) -> list[Sitting]:
    """All of one session, in the order of their preparation."""
    return _found(connection, is_of(slot))


def numbers_in(slot: Slot) -> Select[tuple[int]]:
    """The numbers of one session's sittings, for other questions to ask within: a class may have hundreds of bridges,
    and thousands of people ask at the same time."""
    return select(SITTING.c.id).where(is_of(slot))


def opened_of(connection: Connection, slot: Slot, number: int | None, place: str) -> Sitting | None:
    """Of a session's opened sittings that of this number; else that at this place; else the first; None where nothing
    was opened."""
    nearest = (SITTING.c.id != (number or 0), SITTING.c.place != place, SITTING.c.id)
    query = select(SITTING.c.id).where(is_of(slot), SITTING.c.opened_ms.is_not(None)).order_by(*nearest).limit(1)
    return next(iter(_found(connection, SITTING.c.id.in_(query))), None)


def is_of(slot: Slot) -> ColumnElement[bool]:
    return (SITTING.c.class_code == slot.class_code) & (SITTING.c.date == slot.date) & (SITTING.c.half == slot.half)


def sittings_in(connection: Connection, classes: Collection[str]) -> list[Sitting]:
    """Every sitting of these classes, the earliest prepared first."""
    return _found(connection, SITTING.c.class_code.in_(classes))


def taking(connection: Connection, at_ms: int, classes: Collection[str] | None = None) -> list[Sitting]:
    """Those that were open at that moment, also if they are closed by now; of these classes, or of any."""
    is_it = SITTING.c.from_ms.__le__(at_ms) & SITTING.c.to_ms.__ge__(at_ms)
    is_it &= (SITTING.c.opened_ms <= at_ms) & (SITTING.c.closed_ms.is_(None) | (SITTING.c.closed_ms >= at_ms))
    if classes is not None:
        is_it &= SITTING.c.class_code.in_(classes)
    return _found(connection, is_it)


def by_place(sittings: Iterable[Sitting]) -> dict[str, Sitting]:
    """Of one session's."""
    return {each.place: each for each in sittings}


def _found(connection: Connection, is_it: ColumnElement[bool]) -> list[Sitting]:
    slots: dict[tuple[str, date, str], Slot] = {}
    found = []
    for number, public, class_code, day, half, *rest in connection.execute(_SITTINGS.where(is_it)):
        key = (class_code, day, half)
        slot = slots.get(key) or slots.setdefault(key, Slot(class_code, day, Half(half)))
        found.append(Sitting(number, public, slot, *rest))
    return found


# What is done with them -----------------------------------------------------------------------------------------------


def prepare(store: Store, slot: Slot, place: str, window: tuple[int, int], now_ms: int) -> Sitting:
    """The sitting, made where there is none yet: its key must be in the monitor's page before the session. The window
    follows the schedule as long as nobody has opened it."""
    for _ in range(_TRIES):
        try:
            return store.write(lambda connection: _prepare(connection, slot, place, window, now_ms))
        except IntegrityError:  # a name that is taken, or two monitors at once
            continue
    raise ServerError("chưa chuẩn bị được điểm danh cho buổi này", "thử lại sau ít phút", 503)


def _prepare(connection: Connection, slot: Slot, place: str, window: tuple[int, int], now_ms: int) -> Sitting:
    from_ms, to_ms = window
    there = next((each for each in sittings_of(connection, slot) if each.place == place), None)
    if there is None:
        connection.execute(
            insert(SITTING).values(
                public=new_name(PUBLIC_LETTERS), class_code=slot.class_code, date=slot.date, half=slot.half.value,
                place=place, key=new_key(), from_ms=from_ms, to_ms=to_ms, prepared_ms=now_ms,
            )
        )  # fmt: skip
    elif there.opened_ms is None:
        connection.execute(update(SITTING).where(SITTING.c.id == there.id).values(from_ms=from_ms, to_ms=to_ms))
    return next(each for each in sittings_of(connection, slot) if each.place == place)


def open_sitting(store: Store, sitting: Sitting, by: str, now_ms: int, also: Also = nothing) -> None:
    """Take codes from now on. Nothing is changed where it was opened before. It may be opened late: whoever had no
    connection all morning opens it afterwards, and codes are good within the session's hours all the same.

    Raises ServerError (409) before these hours.
    """
    if now_ms < sitting.from_ms:
        raise ServerError("chưa đến giờ điểm danh của buổi này", "xem giờ nhận điểm danh ghi ở trang", 409)
    is_it = SITTING.c.opened_ms.is_(None)
    _change(store, sitting, update(SITTING).where(is_it).values(opened_ms=now_ms, opened_by=by), also)


def take_back_opening(store: Store, sitting: Sitting, also: Also = nothing) -> None:
    """As if it had never been opened: where the wrong session was. To close it instead would say that all were absent.

    Raises ServerError (409) where somebody was checked in or written down, or it is closed.
    """
    seen = exists().where(SCAN.c.sitting == sitting.id) | exists().where(LINE.c.sitting == sitting.id)
    is_it = SITTING.c.closed_ms.is_(None) & ~seen
    if not _change(store, sitting, update(SITTING).where(is_it).values(opened_ms=None, opened_by=""), also):
        raise ServerError("buổi này đã có người điểm danh hoặc đã kết thúc", "kết thúc điểm danh như thường lệ", 409)


def count_heads(store: Store, sitting: Sitting, heads: int | None, now_ms: int, also: Also = nothing) -> None:
    """Keep how many people the monitor counted in the room; None takes it back.

    Raises ServerError (409) of a sitting that is sealed.
    """
    values = {"headcount": heads, "headcount_ms": now_ms}
    if not _change(store, sitting, update(SITTING).values(**values), also):
        raise sealed()


def close(  # noqa: PLR0913, PLR0917
    store: Store, sitting: Sitting, by: str, objection_days: int, now_ms: int, also: Also = nothing
) -> None:
    """Take no more codes, and let learners object for so many days: to the end of the last of them, local time. Nothing
    is changed where it is closed, or was never opened."""
    ends = ((now_ms + LOCAL_MS) // DAY_MS + objection_days + 1) * DAY_MS - LOCAL_MS
    values = {"closed_ms": now_ms, "closed_by": by, "objections_until_ms": ends}
    is_it = SITTING.c.opened_ms.is_not(None) & SITTING.c.closed_ms.is_(None)
    _change(store, sitting, update(SITTING).where(is_it).values(**values), also)


def reopen(store: Store, sitting: Sitting, also: Also = nothing) -> None:
    """Take codes again, and objections only after the next closing.

    Raises ServerError (409) of a sitting that is sealed, or was not closed.
    """
    values = {"closed_ms": None, "closed_by": "", "objections_until_ms": None}
    is_it = SITTING.c.closed_ms.is_not(None)
    if not _change(store, sitting, update(SITTING).where(is_it).values(**values), also):
        raise sealed() if sitting.sealed_ms else ServerError("buổi này đang mở", "tải lại trang để xem", 409)


def _change(store: Store, sitting: Sitting, wanted: Update, also: Also) -> bool:
    """Whether it applied to this sitting; a sealed one is never changed."""

    def work(connection: Connection) -> bool:
        is_it = (SITTING.c.id == sitting.id) & SITTING.c.sealed_ms.is_(None)
        changed = connection.execute(wanted.where(is_it)).rowcount > 0
        if changed:
            also(connection)
        return changed

    return store.write(work)


def is_sealed(connection: Connection, sitting: Sitting) -> bool:
    """As it stands now; it is not sealed before this transaction ends."""
    return _sealed_ms(connection, sitting.id) is not None


def word_ms(connection: Connection, sitting: int, now_ms: int) -> int:
    """The moment of a word on somebody's claim or objection: after the seal where there is one. Whoever had to wait for
    the seal has asked the clock before it, or the clock was set back; the night asks what was said since."""
    sealed_ms = _sealed_ms(connection, sitting)
    return now_ms if sealed_ms is None else max(now_ms, sealed_ms + 1)


def _sealed_ms(connection: Connection, sitting: int) -> int | None:
    """The row is held."""
    found = select(SITTING.c.sealed_ms).where(SITTING.c.id == sitting).with_for_update()
    sealed_ms: int | None = connection.execute(found).scalar_one()
    return sealed_ms


def sealed() -> ServerError:
    """What is said to who would change a sealed sitting."""
    return ServerError("buổi này đã niêm phong", "sai sót thì đính chính, do hai người", 409)
