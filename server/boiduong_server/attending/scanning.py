"""Readings of codes: taken, or refused and listed.

Whatever was answered is kept: a scan is written, and committed, before anybody is told. A reading is taken once; the
same one sent again is answered alike, and one that comes for a second account is refused.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from sqlalchemy import Connection, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from boiduong_server.attending.codes import codes_from, is_good, period_at
from boiduong_server.attending.sittings import Sitting, is_sealed, sitting_of, sittings_in, taking
from boiduong_server.attending.stamps import Stamp
from boiduong_server.store import Store
from boiduong_server.tables import REFUSED, SCAN

AHEAD_MS = 2_000
"""How far a claim may lie in the future: the page knows the server's clock to within a round trip."""

_LONG_PERIODS = 40
"""Ten minutes: for how long a typed code is known as one that was shown."""
_SAME_MS = 60_000


class Why(StrEnum):
    """Why a reading is not taken."""

    NO_SITTING = "no_sitting"
    NOT_OPEN = "not_open"
    OUTDATED = "outdated"
    STAMP_ENDED = "stamp_ended"
    NOT_ENROLLED = "not_enrolled"
    ANOTHER = "another"
    SEALED = "sealed"
    FUTURE = "future"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def hint(self) -> str:
        return _LABELS[self][1]


_LABELS = {
    Why.NO_SITTING: ("Chưa đúng mã đang hiện ở buổi nào của lớp", "Xem lại sáu chữ trên màn hình rồi nhập lại."),
    Why.NOT_OPEN: ("Buổi này chưa mở hoặc đã kết thúc điểm danh", "Chờ cán bộ quản lý lớp mở, rồi quét lại."),
    Why.OUTDATED: ("Mã này đã hết hạn", "Quét lại mã đang hiện trên màn hình: mỗi mã chỉ dùng được chừng nửa phút."),
    Why.STAMP_ENDED: ("Đã quá mười phút từ lúc quét mã", "Quét lại mã trên màn hình; nay không phải đăng nhập nữa."),
    Why.NOT_ENROLLED: ("Chưa có tên trong danh sách lớp này", "Báo cán bộ quản lý lớp để được ghi tên, rồi quét lại."),
    Why.ANOTHER: ("Lần quét này đã dùng cho người khác", "Mỗi người tự quét mã trên màn hình một lần."),
    Why.SEALED: ("Buổi này đã niêm phong", "Báo cán bộ tổ chức để đính chính."),
    Why.FUTURE: ("Giờ trên máy này chưa đúng", "Báo cán bộ quản lý lớp ghi tên; chỉnh lại giờ của máy."),
}  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """Who reads: the account, the file that counts after merging, the classes that the person is enrolled in (by all
    their files), the name as it is listed."""

    user: int
    cadre: int
    classes: frozenset[str]
    who: str
    device: str = ""


@dataclass(frozen=True)
class Taken:
    """A reading that stands. `again`: it stood before this."""

    sitting: Sitting
    at_ms: int
    again: bool


@dataclass(frozen=True)
class No:
    """A reading that is refused; `sitting` where it is known which one it was meant for: there it is listed."""

    why: Why
    sitting: Sitting | None = None


@dataclass(frozen=True)
class Claim:
    """A reading that a telephone kept without a connection. `at_ms` is its own clock set right by the server's."""

    sitting: str
    code: str
    at_ms: int
    nonce: str


def judge(connection: Connection, stamp: Stamp, now_ms: int, classes: Collection[str] | None = None) -> Sitting | No:
    """Where the code was read, if it is good there; else why it is good for nobody. A typed one is looked for in these
    classes (None: in any)."""
    found = _meant(connection, stamp, classes)
    if not found:
        return _long_shown(connection, stamp, classes)
    judged = [(each, _wrong(each, stamp, now_ms)) for each in found]
    return next((each for each, why in judged if why is None), None) or No(judged[0][1] or Why.NO_SITTING, found[0])


def _meant(connection: Connection, stamp: Stamp, classes: Collection[str] | None) -> list[Sitting]:
    """The sitting that the address names; or those whose screen showed a typed code."""
    if stamp.sitting:
        named = sitting_of(connection, stamp.sitting)
        return [named] if named else []
    return [each for each in taking(connection, stamp.at_ms, classes) if is_good(each.key, stamp.code, stamp.at_ms)]


def _long_shown(connection: Connection, stamp: Stamp, classes: Collection[str] | None) -> No:
    """Whether a typed code was shown a while ago: whoever copied it is told so, and listed. Not looked for in classes
    of others, which are many."""
    latest = period_at(stamp.at_ms)
    for each in taking(connection, stamp.at_ms, classes) if classes is not None and not stamp.sitting else ():
        if stamp.code in codes_from(each.key, latest - _LONG_PERIODS, _LONG_PERIODS):
            return No(Why.OUTDATED, each)
    return No(Why.NO_SITTING)


def admit(store: Store, reader: Reader, stamp: Stamp, now_ms: int) -> Taken | No:
    """Take the reading for this account, or refuse and list it."""
    with store.reading() as connection:
        judged = judge(connection, stamp, now_ms, reader.classes)
    return _answer(store, reader, judged, stamp, now_ms)


def claim(store: Store, reader: Reader, said: Claim, now_ms: int) -> Taken | No:
    """Take a reading that was kept without a connection: marked, and of no weight until the monitor confirms it. The
    moment is the telephone's word; that the code was on the screen then is not."""
    with store.reading() as connection:
        sitting = _claimed_at(connection, reader, said)
    if sitting is None:
        return No(Why.NO_SITTING)
    kept = Stamp(sitting.public, said.code, said.at_ms, said.nonce, typed=not said.sitting)
    why = _unbelievable(sitting, said, now_ms)
    return _answer(store, reader, No(why, sitting) if why else sitting, kept, now_ms, offline=True)


def _claimed_at(connection: Connection, reader: Reader, said: Claim) -> Sitting | None:
    """Also of one that is closed meanwhile."""
    if said.sitting:
        return sitting_of(connection, said.sitting)
    good = (each for each in sittings_in(connection, reader.classes) if is_good(each.key, said.code, said.at_ms))
    return next((each for each in good if each.takes(said.at_ms)), None)


def _wrong(sitting: Sitting, stamp: Stamp, now_ms: int) -> Why | None:
    if sitting.sealed_ms is not None:
        return Why.SEALED
    if sitting.opened_ms is None or stamp.at_ms < sitting.opened_ms or not sitting.takes(stamp.at_ms):
        return Why.NOT_OPEN
    if not is_good(sitting.key, stamp.code, stamp.at_ms):
        return Why.OUTDATED
    return None if stamp.is_alive(now_ms) else Why.STAMP_ENDED


def _unbelievable(sitting: Sitting, said: Claim, now_ms: int) -> Why | None:
    """Whether the sitting was opened does not matter: the monitor may have been without a connection too."""
    if sitting.sealed_ms is not None:
        return Why.SEALED
    if said.at_ms > now_ms + AHEAD_MS:
        return Why.FUTURE
    if not sitting.takes(said.at_ms):
        return Why.NOT_OPEN
    return None if is_good(sitting.key, said.code, said.at_ms) else Why.OUTDATED


def _answer(  # noqa: PLR0913, PLR0917
    store: Store, reader: Reader, judged: Sitting | No, stamp: Stamp, now_ms: int, offline: bool = False
) -> Taken | No:
    sitting, why = (judged.sitting, judged.why) if isinstance(judged, No) else (judged, None)
    if sitting is None:
        return No(Why.NO_SITTING)
    if why is None and sitting.slot.class_code not in reader.classes:
        why = Why.NOT_ENROLLED
    settle = partial(_settle, reader, sitting, stamp, now_ms, why, offline)
    try:
        answer = store.write(settle)
    except IntegrityError:  # the same reading, twice at once: now it is there
        answer = store.write(settle)
    return No(answer, sitting) if isinstance(answer, Why) else Taken(sitting, stamp.at_ms, answer)


def _settle(  # noqa: PLR0913, PLR0917
    reader: Reader, sitting: Sitting, stamp: Stamp, now_ms: int, why: Why | None, offline: bool, connection: Connection
) -> bool | Why:
    """Whether it stood already, or why it may not stand, which is listed. What stood is never refused for being asked
    again too late: who had no answer asks until there is one."""
    columns = (SCAN.c.id, SCAN.c.cadre, SCAN.c.sitting, SCAN.c.claimed_offline)
    there = connection.execute(select(*columns).where(SCAN.c.nonce == stamp.nonce)).first()
    own = there if there is not None and there.cadre == reader.cadre else None
    if own and (offline or not own.claimed_offline or own.sitting != sitting.id):  # no reading moves elsewhere
        return True
    if there is not None and own is None:
        why = Why.ANOTHER
    elif why is None and is_sealed(connection, sitting):
        why = Why.SEALED
    if why is not None:
        list_refused(sitting, why, stamp.at_ms, now_ms, reader, connection)
        return why
    values = {
        "sitting": sitting.id, "cadre": reader.cadre, "user": reader.user, "at_ms": stamp.at_ms, "received_ms": now_ms,
        "nonce": stamp.nonce, "device": reader.device, "typed": stamp.typed, "claimed_offline": offline,
    }  # fmt: skip
    # what was kept without a connection and then came as it should have: the server's word instead of the telephone's
    row = insert(SCAN) if there is None else update(SCAN).where(SCAN.c.id == there.id)
    connection.execute(row.values(**values))
    return there is not None


def list_refused(  # noqa: PLR0913, PLR0917
    sitting: Sitting, why: Why, at_ms: int, now_ms: int, reader: Reader | None, connection: Connection
) -> None:
    """For the monitor to see, the same of the same person once a minute: cameras open an address twice. `reader` is
    None where nobody had entered."""
    who, cadre, device = (reader.who, reader.cadre, reader.device) if reader else ("", None, "")
    values = {"sitting": sitting.id, "cadre": cadre, "why": why.value}
    is_it = and_(*(REFUSED.c[name].is_not_distinct_from(value) for name, value in values.items()))
    if connection.execute(select(REFUSED.c.id).where(is_it, REFUSED.c.received_ms > now_ms - _SAME_MS)).first() is None:
        row = insert(REFUSED).values(**values, who=who, device=device, at_ms=at_ms, received_ms=now_ms)
        connection.execute(row)
