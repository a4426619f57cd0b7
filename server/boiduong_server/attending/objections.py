"""Objections: what a learner says against the sheet once attendance is closed, and what the monitor answers.

An objection that is upheld is a line by hand, written in the same breath as the answer: also when the session was
sealed meanwhile, for then the one who objected is not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from boiduong_vocabulary.vietnamese import nfc
from sqlalchemy import ColumnElement, Connection, insert, select, update

from boiduong_server.attending.sheet import How, Mark
from boiduong_server.attending.sittings import Sitting, is_sealed, sitting_of, word_ms
from boiduong_server.errors import ServerError
from boiduong_server.store import Store
from boiduong_server.tables import LINE, OBJECTION, SITTING

LONGEST = 500
"""Letters of an objection, or of an answer."""


@dataclass(frozen=True)
class Objection:
    """`answered_ms` is None, and `upheld` with it, until it is answered."""

    id: int
    sitting: int
    cadre: int
    text: str
    at_ms: int
    answer: str
    answered_by: str
    answered_ms: int | None
    upheld: bool | None

    @property
    def is_open(self) -> bool:
        return self.answered_ms is None


@dataclass(frozen=True)
class Upheld:
    """What is to stand then; times are minutes after local midnight."""

    mark: Mark
    came: int | None = None
    left: int | None = None


def may_object(sitting: Sitting, now_ms: int) -> bool:
    """Whether attendance is closed here and the days for objections are not over."""
    until = sitting.objections_until_ms
    return sitting.closed_ms is not None and sitting.sealed_ms is None and until is not None and now_ms < until


def object_to(store: Store, sitting: Sitting, cadre: int, text: str, now_ms: int) -> None:
    """Raises ServerError: 422 for no text or one too long, 409 out of time, or while another of theirs is open."""
    store.write(partial(_object_to, sitting, cadre, _text(text, "ý kiến"), now_ms))


def _object_to(sitting: Sitting, cadre: int, said: str, now_ms: int, connection: Connection) -> None:
    """The sitting's row is held and looked at anew: it may be sealed or open by now, and what is sent twice at once is
    kept once."""
    now = None if is_sealed(connection, sitting) else sitting_of(connection, sitting.public)
    if now is None or not may_object(now, now_ms):
        raise ServerError("chưa đến hoặc đã hết hạn nêu ý kiến về buổi này", "báo cán bộ tổ chức của đơn vị", 409)
    if any(each.is_open for each in objections_at(connection, [sitting.id], [cadre])):
        raise ServerError("đã có một ý kiến đang chờ trả lời", "chờ cán bộ quản lý lớp trả lời", 409)
    connection.execute(insert(OBJECTION).values(sitting=sitting.id, cadre=cadre, text=said, at_ms=now_ms))


def _text(text: str, what: str) -> str:
    said = nfc(text).strip()
    if not said:
        raise ServerError(f"chưa ghi {what}", "ghi ngắn gọn, ví dụ «có mặt từ 7:40, máy hết pin»", 422)
    if len(said) > LONGEST:
        raise ServerError(f"{what} dài quá {LONGEST} chữ", "ghi ngắn lại", 422)
    return said


def objections_at(
    connection: Connection, sittings: Collection[int], cadres: Collection[int] | None = None
) -> list[Objection]:
    """All that was said at these sittings, by these people or by any; earliest first."""
    is_it = OBJECTION.c.sitting.in_(sittings)
    return _found(connection, is_it if cadres is None else is_it & OBJECTION.c.cadre.in_(cadres))


def unanswered(connection: Connection, classes: Collection[str]) -> dict[str, int]:
    """How many objections wait for an answer, by the public name of the sitting; of these classes. Those who raised
    them are not sealed."""
    query = select(SITTING.c.public).join(OBJECTION, OBJECTION.c.sitting == SITTING.c.id)
    query = query.where(OBJECTION.c.answered_ms.is_(None), SITTING.c.class_code.in_(classes))
    found: dict[str, int] = {}
    for public in connection.execute(query.order_by(SITTING.c.id)).scalars():
        found[public] = found.get(public, 0) + 1
    return found


def _found(connection: Connection, is_it: ColumnElement[bool]) -> list[Objection]:
    rows = connection.execute(select(OBJECTION).where(is_it).order_by(OBJECTION.c.id))
    return [
        Objection(
            row.id, row.sitting, row.cadre, row.text, row.at_ms, row.answer, row.answered_by, row.answered_ms,
            row.upheld,
        )
        for row in rows
    ]  # fmt: skip


# Answers --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answerer:
    """The account, and name and code as they are listed."""

    user: int
    by: str


def answer(  # noqa: PLR0913, PLR0917
    connection: Connection, one: Objection, who: Answerer, reason: str, upheld: Upheld | None, now_ms: int
) -> None:
    """Answer an objection, within the transaction of `connection`: uphold it and write what stands then, or not.

    Raises ServerError: 422 without a reason, 409 where it was answered meanwhile.
    """
    said, at_ms = _text(reason, "lý do"), word_ms(connection, one.sitting, now_ms)
    values = {"answer": said, "answered_by": who.by, "answered_ms": at_ms, "upheld": upheld is not None}
    is_it = (OBJECTION.c.id == one.id) & OBJECTION.c.answered_ms.is_(None)
    if not connection.execute(update(OBJECTION).where(is_it).values(**values)).rowcount:
        raise ServerError("ý kiến này đã được trả lời", "tải lại trang", 409)
    if upheld is not None:
        connection.execute(insert(LINE).values(_line(one, who, said, upheld, now_ms)))


def _line(one: Objection, who: Answerer, reason: str, upheld: Upheld, now_ms: int) -> dict[str, object]:
    return {
        "sitting": one.sitting, "cadre": one.cadre, "mark": upheld.mark.value, "came": upheld.came,
        "left": upheld.left, "how": How.HAND.value, "reason": f"theo ý kiến học viên: {reason}", "user": who.user,
        "by": who.by, "at_ms": now_ms, "received_ms": now_ms, "nonce": f"y-kien-{one.id}", "claimed_offline": False,
    }  # fmt: skip
