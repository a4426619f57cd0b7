"""Corrections: one officer says what should stand instead of a sealed half day, another decides.

Approving takes the entry back and enters what is to stand, in one transaction of the books; then the correction is
marked. Dying in between is made good by approving once more: the reversal names the correction.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import partial

from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.attendance_class import Mark
from boiduong_exporter.sealing.sheets import correct, corrected, standing
from boiduong_records.decision import Decision
from boiduong_records.entry import REVERSAL
from boiduong_records.errors import BooksError
from boiduong_records.store import Books
from boiduong_records.tables import BODY, LEDGER
from boiduong_vocabulary.evidence import Attendance, Presence
from boiduong_vocabulary.vietnamese import nfc
from sqlalchemy import ColumnElement, Connection, insert, select, update

from boiduong_server.errors import ServerError
from boiduong_server.store import Store
from boiduong_server.tables import CORRECTION

LONGEST = 500
"""Letters of a reason."""


@dataclass(frozen=True)
class Wanted:
    """What is to stand; times are minutes after local midnight."""

    presence: Presence
    place: str = ""
    came: int | None = None
    left: int | None = None

    @property
    def mark(self) -> Mark:
        return self.presence, self.came, self.left


@dataclass(frozen=True)
class Officer:
    """Who asks or decides: the account, and name and code as they are listed."""

    user: int
    by: str


@dataclass(frozen=True)
class Correction:
    """`seq` is the entry of the ledger, `cadre` whom it is about; `approved` is None until somebody decides."""

    id: int
    seq: int
    cadre: int
    wanted: Wanted
    reason: str
    user: int
    by: str
    at_ms: int
    approved: bool | None
    answer: str
    decided_by: str
    decided_ms: int | None

    @property
    def is_open(self) -> bool:
        return self.approved is None

    @property
    def is_withdrawn(self) -> bool:
        """Nobody decides on what they asked for themselves; they can only take it back."""
        return self.approved is False and self.decided_by == self.by


def old_of(books: Connection, seq: int) -> Attendance | None:
    """What an entry of attendance says; None where it is none, or no longer stands."""
    found = standing(books, seq)
    return found[1] if found else None


def ask(  # noqa: PLR0913, PLR0917
    books: Connection,
    connection: Connection,
    seq: int,
    cadre: int,
    wanted: Wanted,
    reason: str,
    who: Officer,
    now_ms: int,
) -> None:
    """Ask for something else to stand than what entry `seq`, about this person, says; within the transaction of
    `connection`.

    Raises ServerError: 422 for no reason, for what says the same or what the class cannot have, 409 where the entry no
    longer stands or another wish for it is open.
    """
    said = _reason(reason)
    old = old_of(books, seq)
    if old is None:
        raise ServerError(f"mục số {seq} không còn đứng trong sổ", "xem mục mới hơn của buổi này", 409)
    if _evidence(books, old, wanted) == old:
        raise ServerError("không có gì khác với điều đã ghi", "sửa ít nhất một ô, hoặc thôi đính chính", 422)
    values = {
        "seq": seq, "cadre": cadre, "said": json.dumps(asdict(wanted), ensure_ascii=False), "reason": said,
        "user": who.user, "by": who.by, "at_ms": now_ms,
    }  # fmt: skip
    if any(each.is_open for each in of_entry(connection, seq)):
        raise ServerError("mục này đang có một đề nghị đính chính chờ duyệt", "xem ở trang Đính chính", 409)
    connection.execute(insert(CORRECTION).values(**values))


def _evidence(books: Connection, old: Attendance, wanted: Wanted) -> Attendance:
    if wanted.presence is not Presence.PRESENT and (wanted.came, wanted.left) != (None, None):
        raise ServerError("người vắng thì không có giờ vào, giờ ra", "bỏ trống hai ô giờ", 422)
    if wanted.came is not None and wanted.left is not None and wanted.left <= wanted.came:
        raise ServerError("giờ ra không sau giờ vào", "xem lại hai ô giờ", 422)
    found = corrected(books, old, wanted.mark, wanted.place)
    if isinstance(found, No):
        raise ServerError(found.message, found.hint, 422)
    return found


def _reason(text: str) -> str:
    said = nfc(text).strip()
    if not said:
        raise ServerError("chưa ghi lý do, căn cứ", "ghi vì sao và căn cứ, ví dụ «bản ký giấy có chữ ký»", 422)
    if len(said) > LONGEST:
        raise ServerError(f"lý do dài quá {LONGEST} chữ", "ghi ngắn lại", 422)
    return said


# Read -----------------------------------------------------------------------------------------------------------------


def corrections(connection: Connection) -> list[Correction]:
    """All of them: those that wait first, then the latest decided."""
    found = _found(connection, CORRECTION.c.id > 0)
    return sorted(found, key=lambda each: (not each.is_open, -(each.decided_ms or 0), each.id))


def correction(connection: Connection, number: int) -> Correction | None:
    return next(iter(_found(connection, CORRECTION.c.id == number)), None)


def of_entry(connection: Connection, seq: int) -> list[Correction]:
    """Those that were asked for of one entry, earliest first."""
    return _found(connection, CORRECTION.c.seq == seq)


def _found(connection: Connection, is_it: ColumnElement[bool]) -> list[Correction]:
    rows = connection.execute(select(CORRECTION).where(is_it).order_by(CORRECTION.c.id))
    return [
        Correction(
            row.id, row.seq, row.cadre, _wanted(row.said), row.reason, row.user, row.by, row.at_ms, row.approved,
            row.answer, row.decided_by, row.decided_ms,
        )
        for row in rows
    ]  # fmt: skip


def _wanted(text: str) -> Wanted:
    said = json.loads(text)
    return Wanted(Presence(said["presence"]), said["place"], said["came"], said["left"])


# Decide ---------------------------------------------------------------------------------------------------------------


def approve(books: Books, store: Store, number: int, who: Officer, now_ms: int) -> int | None:
    """Let it stand: the new entry's number; None where the books had it already, from an approval that was cut short.

    Raises ServerError (409) where it is decided, where who decides has asked for it, and where the entry was taken back
    by somebody else; BooksError where the books refuse.
    """
    return store.write(partial(_approve, books, number, who, now_ms))


def _approve(books: Books, number: int, who: Officer, now_ms: int, connection: Connection) -> int | None:
    """The row is held until the books have committed: nobody decides it twice."""
    one = _open(connection, number)
    if one.user == who.user:
        raise ServerError("đính chính do hai người: người đề nghị không tự duyệt", "cán bộ khác duyệt", 409)
    by = Decision(f"{one.reason} (đề nghị đính chính số {one.id})", one.by, who.by, now_ms)
    with books.writing() as ledger:
        seq = _correct(ledger, one, by)
    _decide(connection, one, True, "", who, now_ms)
    return seq


def _correct(ledger: Connection, one: Correction, by: Decision) -> int | None:
    old = old_of(ledger, one.seq)
    if old is not None:
        return correct(ledger, one.seq, _evidence(ledger, old, one.wanted), by)
    if by.reason in _reasons(ledger, one.seq):
        return None
    raise BooksError(
        f"mục số {one.seq} đã được đảo sau khi có đề nghị này", "không duyệt đề nghị này; xem mục mới hơn của buổi"
    )


def _reasons(ledger: Connection, seq: int) -> Iterable[str]:
    """Why the entry was taken back."""
    whose = select(LEDGER.c.subject).where(LEDGER.c.seq == seq).scalar_subquery()
    query = select(BODY.c.body).join(LEDGER, LEDGER.c.seq == BODY.c.seq)
    bodies = ledger.execute(query.where(LEDGER.c.kind == REVERSAL, LEDGER.c.subject == whose)).scalars()
    return [said["reason"] for said in map(json.loads, bodies) if said["of"] == seq]


def decline(connection: Connection, number: int, who: Officer, reason: str, now_ms: int) -> None:
    """Leave the entry as it is, within the transaction of `connection`.

    Raises ServerError: 422 without a reason, 409 where it is decided, or where who decides has asked for it.
    """
    one = _open(connection, number)
    if one.user == who.user:
        raise ServerError("người đề nghị không tự trả lời đề nghị của mình", "dùng nút «Rút lại»", 409)
    _decide(connection, one, False, _reason(reason), who, now_ms)


def withdraw(connection: Connection, number: int, who: Officer, now_ms: int) -> None:
    """Take one's own wish back, within the transaction of `connection`.

    Raises ServerError (409) where it is decided, or another's.
    """
    one = _open(connection, number)
    if one.user != who.user:
        raise ServerError("chỉ người đề nghị rút lại được", "không chấp nhận thì trả lời kèm lý do", 409)
    _decide(connection, one, False, "", Officer(who.user, one.by), now_ms)


def _open(connection: Connection, number: int) -> Correction:
    connection.execute(select(CORRECTION.c.id).where(CORRECTION.c.id == number).with_for_update())
    found = correction(connection, number)
    if found is None or not found.is_open:
        raise ServerError("đề nghị này đã được quyết định", "tải lại trang", 409)
    return found


def _decide(  # noqa: PLR0913, PLR0917
    connection: Connection, one: Correction, approved: bool, answer: str, who: Officer, now_ms: int
) -> None:
    values = {"approved": approved, "answer": answer, "decided_by": who.by, "decided_ms": now_ms}
    connection.execute(update(CORRECTION).where(CORRECTION.c.id == one.id).values(**values))
