"""The one ledger: entries are appended and never altered; an error is set right by a reversal."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from boiduong_records.chunks import chunks
from boiduong_records.decision import Decision
from boiduong_records.entry import (
    BEATS_DISCARDED,
    DAY_SEALED,
    ENROLLED,
    ERASED,
    IMPORT,
    MERGED,
    REGISTERS,
    REVERSAL,
    SALT_BYTES,
    SAMPLE,
    SEATED,
    UNMERGED,
    Draft,
    Entry,
    Head,
    Sealed,
    hash_of,
    origin_of,
    seal,
)
from boiduong_records.errors import BooksError
from boiduong_records.tables import BODY, HEAD, LEDGER, SECRET

ORIGIN_SECRET = "origin"  # noqa: S105  (the name of the row, not what it holds)
WRITER = "books_writer"
"""The option of a connection that `Books.writing` hands out."""
_NOT_REVERSED = {
    REVERSAL: "mục này đã là một bút toán đảo",
    MERGED: "mục này là việc gộp hồ sơ; hãy tách hồ sơ",
    UNMERGED: "mục này là việc tách hồ sơ; hãy gộp lại hồ sơ",
    ERASED: "dữ liệu đã xóa không khôi phục được",
    IMPORT: "mục này là lần nhập tệp; hãy nhập tệp đã sửa",
    REGISTERS: "mục này niêm phong danh sách của một lần nhập; hãy nhập tệp đã sửa",
    ENROLLED: "mục này ghi người vào lớp, người thôi học; hãy ghi lại ở danh sách học viên của lớp",
    SEATED: "mục này xếp điểm học, tổ; hãy xếp lại ở danh sách học viên của lớp",
    DAY_SEALED: "mục này niêm phong một ngày học; hãy đảo mục ngày học của từng người",
    BEATS_DISCARDED: "mục này ghi việc xóa dữ liệu thô hết hạn giữ; dữ liệu đã xóa không khôi phục được",
    SAMPLE: "sổ này là sổ mẫu; hãy lập sổ mới cho dữ liệu thật",
}


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of one draft: its number, or None where its source was entered before."""

    seq: int | None

    @property
    def known(self) -> bool:
        return self.seq is None


def head(connection: Connection) -> Head:
    return Head(*connection.execute(select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.id == 1)).one())


def lock(connection: Connection) -> Head:
    """The head, held until the transaction ends: who writes registers or entries comes through here. Within
    `Books.reading`, where nothing can be written, it is only read."""
    row = select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.id == 1)
    writes = connection.get_execution_options().get(WRITER)
    return Head(*connection.execute(row.with_for_update() if writes else row).one())


def append(connection: Connection, drafts: Iterable[Draft], at_ms: int) -> list[Appended]:
    """Enter the drafts whose source is not known yet, in their order; the answers are in the drafts' order."""
    secret = _secret(connection)
    sealed = [seal(draft, secret, secrets.token_bytes(SALT_BYTES)) for draft in drafts]
    last = lock(connection)
    appended: list[Appended] = []
    for piece in chunks(sealed):
        last, answers = _append_piece(connection, last, piece, at_ms)
        appended += answers
    return appended


def append_act(connection: Connection, kind: str, subject: str, body: dict[str, object], by: Decision) -> int:
    """Enter something that was done to the books, each time anew; the entry's number."""
    source = f"{kind}|{subject}|{lock(connection).seq}"
    (appended,) = append(connection, [Draft(kind, subject, source, body, by.author, by.approver)], by.at_ms)
    assert appended.seq is not None
    return appended.seq


def reverse(connection: Connection, seq: int, by: Decision) -> int:
    """Take one entry back by a further entry, whose number is returned.

    Raises BooksError for what cannot be reversed, without a reason, and unless two people answer for it.
    """
    by.require()
    lock(connection)
    entry = connection.execute(select(LEDGER.c.kind, LEDGER.c.subject).where(LEDGER.c.seq == seq)).one_or_none()
    if entry is None:
        raise BooksError(f"sổ không có mục số {seq}", "xem lại số mục trong sổ theo dõi")
    if entry.kind in _NOT_REVERSED:
        raise BooksError(f"không đảo được mục số {seq}: {_NOT_REVERSED[entry.kind]}", "xem lại số mục cần đảo")
    body: dict[str, object] = {"of": seq, "reason": by.reason}
    draft = Draft(REVERSAL, entry.subject, f"{REVERSAL}|{seq}", body, by.author, by.approver)
    (appended,) = append(connection, [draft], by.at_ms)
    if appended.seq is None:
        raise BooksError(f"mục số {seq} đã được đảo trước đó", "nếu cần ghi lại, hãy nhập minh chứng mới")
    return appended.seq


def is_sample(connection: Connection) -> bool:
    """Whether the books were founded with invented people, to show how things are done: their first entry says so."""
    return connection.execute(select(LEDGER.c.kind).where(LEDGER.c.seq == 1)).scalar_one_or_none() == SAMPLE


def _append_piece(connection: Connection, last: Head, piece: list[Sealed], at_ms: int) -> tuple[Head, list[Appended]]:
    known = _known(connection, [sealed.origin for sealed in piece])
    entries: list[dict[str, object]] = []
    bodies: list[dict[str, object]] = []
    answers: list[Appended] = []
    for sealed in piece:
        if sealed.origin in known:
            answers.append(Appended(None))
            continue
        known.add(sealed.origin)
        entry = sealed.numbered(last.seq + 1, at_ms)
        last = Head(entry.seq, hash_of(last.hash, entry))
        entries.append(_row(entry, last.hash))
        bodies.append({"seq": entry.seq, "salt": sealed.salt, "body": sealed.body})
        answers.append(Appended(entry.seq))
    _write(connection, entries, bodies, last)
    return last, answers


def _write(
    connection: Connection, entries: list[dict[str, object]], bodies: list[dict[str, object]], last: Head
) -> None:
    if not entries:
        return
    connection.execute(insert(LEDGER), entries)
    connection.execute(insert(BODY), bodies)
    connection.execute(update(HEAD).where(HEAD.c.id == 1).values(seq=last.seq, hash=last.hash))


def _row(entry: Entry, hash_: str) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "subject": entry.subject,
        "origin": entry.origin,
        "commitment": entry.commitment,
        "author": entry.author,
        "approver": entry.approver,
        "hash": hash_,
    }


def _known(connection: Connection, origins: list[str]) -> set[str]:
    return set(connection.execute(select(LEDGER.c.origin).where(LEDGER.c.origin.in_(origins))).scalars())


def _secret(connection: Connection) -> bytes:
    return bytes(connection.execute(select(SECRET.c.value).where(SECRET.c.name == ORIGIN_SECRET)).scalar_one())


def origin(connection: Connection, source: str) -> str:
    """The origin that an entry of this source has."""
    return origin_of(_secret(connection), source)
