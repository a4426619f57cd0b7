"""Does the ledger still say what was entered? Every hash and commitment is computed anew, and whatever was changed,
lost, added or moved is named by its number."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from boiduong_records.bodies import erased_seqs
from boiduong_records.entry import GENESIS, Entry, Head, commitment_of, hash_of, parse_head
from boiduong_records.findings import Fault, Finding
from boiduong_records.registers import register_findings
from boiduong_records.tables import BODY, HEAD, LEDGER

AT_MOST = 1_000
"""Findings that one run lists; a ledger with more is beyond a list."""
_PIECE = 2_000


def verify(connection: Connection, old: Head | str | None = None) -> list[Finding]:
    """All that is wrong, at most AT_MOST findings. `old` is a head printed earlier: a chain that was computed anew from
    the start is whole in itself, and only an old head shows that it is another one.

    Raises BooksError when `old` is text that is no head.
    """
    printed = parse_head(old) if isinstance(old, str) else old
    return list(islice(_findings(connection, printed), AT_MOST))


def _findings(connection: Connection, old: Head | None) -> Iterator[Finding]:
    looks = (
        (Fault.ENTRY, _chain(connection, old)),
        (Fault.LOOSE_BODY, _loose_bodies(connection)),
        (Fault.REGISTER, register_findings(connection)),
    )
    for fault, look in looks:
        try:
            yield from look
        except (TypeError, ValueError):  # SQLite lets any column hold anything, and the driver cannot make a date of it
            yield Finding(fault, 0, "có dòng không đọc được: kiểu dữ liệu trong tệp sổ đã bị sửa")


def _chain(connection: Connection, old: Head | None) -> Iterator[Finding]:
    erased = erased_seqs(connection)
    last = Head(0, GENESIS)
    met = old is None or (old.seq == 0 and old.agrees(GENESIS))
    for row in _rows(connection):
        yield from _entry_findings(last, row)
        yield from _body_findings(row, erased.get(row.seq, 0) > row.seq)
        last = Head(row.seq, row.hash)
        if old is not None and old.seq == row.seq:
            met = old.agrees(row.hash)
    if old is not None and not met:
        message = f"sổ này không chứa mã đầu sổ {old.short}: xem lại mã trên giấy; nếu chép đúng, sổ đã bị dựng lại"
        yield Finding(Fault.OLD_HEAD, old.seq, message)
    yield from _head_findings(connection, last)


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    every = (
        select(LEDGER, BODY.c.salt, BODY.c.body)
        .select_from(LEDGER.outerjoin(BODY, BODY.c.seq == LEDGER.c.seq))
        .order_by(LEDGER.c.seq)
    )
    yield from connection.execute(every, execution_options={"yield_per": _PIECE})


def _entry_findings(last: Head, row: Row[Any]) -> Iterator[Finding]:
    if row.seq != last.seq + 1:
        yield Finding(Fault.GAP, row.seq, f"trước mục này thiếu hoặc thừa mục; mục liền trước là số {last.seq}")
    elif row.hash != _computed(last, row):
        yield Finding(Fault.ENTRY, row.seq, "mục đã bị sửa, đổi chỗ hoặc mục liền trước đã bị sửa")


def _body_findings(row: Row[Any], erased: bool) -> Iterator[Finding]:
    if row.body is None:
        if not erased:
            yield Finding(Fault.MISSING_BODY, row.seq, "mất nội dung mà không có bút toán xóa nào nêu mục này")
    elif erased:
        yield Finding(Fault.ERASED_BODY, row.seq, "nội dung đã xóa theo quyết định nay lại xuất hiện")
    elif _commitment(row) != row.commitment:
        yield Finding(Fault.BODY, row.seq, "nội dung hoặc chuỗi ngẫu nhiên kèm theo đã bị sửa")


def _head_findings(connection: Connection, last: Head) -> Iterator[Finding]:
    heads = [Head(seq, hash_) for seq, hash_ in connection.execute(select(HEAD.c.seq, HEAD.c.hash))]
    if len(heads) != 1:
        yield Finding(Fault.HEAD, last.seq, f"bảng đầu sổ phải có đúng một dòng, nay có {len(heads)}")
        return
    (head,) = heads
    if head.seq > last.seq:
        yield Finding(Fault.HEAD, last.seq, f"cuối sổ bị cắt: đầu sổ ghi {head.seq} mục, chỉ còn đến mục này")
    elif head.seq < last.seq:
        yield Finding(Fault.HEAD, last.seq, f"cuối sổ có mục thêm ngoài quy trình: đầu sổ chỉ ghi {head.seq} mục")
    elif head.hash != last.hash:
        yield Finding(Fault.HEAD, last.seq, "mã đầu sổ không khớp với mục cuối")


def _loose_bodies(connection: Connection) -> Iterator[Finding]:
    loose = select(BODY.c.seq).where(~select(LEDGER.c.seq).where(LEDGER.c.seq == BODY.c.seq).exists())
    for seq in connection.execute(loose.order_by(BODY.c.seq)).scalars():
        yield Finding(Fault.LOOSE_BODY, seq, "có nội dung nhưng không có mục trong sổ")


def entry_of(row: Row[Any]) -> Entry:
    return Entry(row.seq, row.at, row.kind, row.subject, row.origin, row.commitment, row.author, row.approver)


def _computed(last: Head, row: Row[Any]) -> str | None:
    """None where a column holds what no entry can hold: SQLite lets any column hold anything."""
    try:
        return hash_of(last.hash, entry_of(row))
    except (TypeError, ValueError):
        return None


def _commitment(row: Row[Any]) -> str | None:
    try:
        return commitment_of(row.salt, row.body.encode())
    except (TypeError, AttributeError):
        return None
