"""What the receiver of a hand-over can prove with the file alone: no database."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

from boiduong_records.entry import ERASED, Entry, Head, commitment_of, hash_of, parse_head
from boiduong_records.errors import BooksError
from boiduong_records.findings import Fault, Finding

FORMAT = 1
"""Of what is proved here: a further list of facts (accounts) that a receiver may pass over leaves it as it is."""


class _Entry(msgspec.Struct):
    seq: int
    at: int
    kind: str
    subject: str
    origin: str
    commitment: str
    author: str
    approver: str
    prev: str
    hash: str
    salt: str | None
    body: str | None

    def bare(self) -> Entry:
        return Entry(
            self.seq, self.at, self.kind, self.subject, self.origin, self.commitment, self.author, self.approver
        )


class _HandOver(msgspec.Struct):
    format: int
    head: str
    subjects: list[str]
    entries: list[_Entry]


def check_hand_over(handed: dict[str, Any]) -> list[Finding]:
    """Whether each entry is what its commitment and hash say, belongs to the person, and agrees with its neighbours and
    the head. That no entry of the person was left out, only the books can show.

    Raises BooksError for what is no hand-over.
    """
    try:
        read = msgspec.convert(handed, _HandOver)
    except msgspec.ValidationError as error:
        raise BooksError(f"không phải hồ sơ bàn giao: {error}", "xin lại tệp từ nơi bàn giao") from error
    if read.format != FORMAT:
        raise BooksError(f"hồ sơ bàn giao theo khuôn dạng {read.format}", "cập nhật chương trình rồi mở lại")
    return list(_findings(read))


def _findings(read: _HandOver) -> Iterator[Finding]:
    erased = {seq: entry.seq for entry in read.entries if entry.kind == ERASED for seq in _erased_by(entry)}
    for entry in read.entries:
        yield from _entry_findings(entry, read.subjects)
        yield from _body_findings(entry, erased.get(entry.seq, 0) > entry.seq)
        yield from _head_findings(entry, parse_head(read.head))
    for one, next_ in pairwise(read.entries):
        if next_.seq <= one.seq or (next_.seq == one.seq + 1 and next_.prev != one.hash):
            yield Finding(Fault.ENTRY, next_.seq, f"không nối tiếp mục số {one.seq}")


def _entry_findings(entry: _Entry, subjects: list[str]) -> Iterator[Finding]:
    if entry.subject not in subjects:
        yield Finding(Fault.ENTRY, entry.seq, "không thuộc người được bàn giao")
    if _computed(entry) != entry.hash:
        yield Finding(Fault.ENTRY, entry.seq, "mục đã bị sửa")


def _body_findings(entry: _Entry, erased: bool) -> Iterator[Finding]:
    if entry.body is None or entry.salt is None:
        if not erased:
            yield Finding(Fault.MISSING_BODY, entry.seq, "thiếu nội dung mà không có bút toán xóa")
    elif _commitment(entry.salt, entry.body) != entry.commitment:
        yield Finding(Fault.BODY, entry.seq, "nội dung hoặc chuỗi ngẫu nhiên kèm theo đã bị sửa")


def _head_findings(entry: _Entry, head: Head) -> Iterator[Finding]:
    if entry.seq > head.seq or (entry.seq == head.seq and not head.agrees(entry.hash)):
        yield Finding(Fault.HEAD, entry.seq, f"không khớp với đầu sổ {head.short}")


def _erased_by(entry: _Entry) -> list[int]:
    try:
        return msgspec.json.decode(entry.body or "{}", type=_Erased).bodies
    except msgspec.DecodeError:
        return []


class _Erased(msgspec.Struct):
    bodies: list[int] = []


def _computed(entry: _Entry) -> str | None:
    try:
        return hash_of(entry.prev, entry.bare())
    except ValueError:
        return None


def _commitment(salt: str, body: str) -> str | None:
    try:
        return commitment_of(bytes.fromhex(salt), body.encode())
    except ValueError:
        return None
