"""What became of each line of a file that was brought: nothing is passed over in silence.

An import is one `Books.writing()`: the evidence that is new, the batch, its receipts, the registers' changes, and one
ledger entry that says so where anything changed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from boiduong_records.chunks import chunks
from boiduong_records.decision import Decision
from boiduong_records.entry import IMPORT
from boiduong_records.errors import BooksError
from boiduong_records.ledger import append_act
from boiduong_records.tables import BATCH, RECEIPT


class Outcome(StrEnum):
    """What became of one line."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Outcome.TAKEN: "đã nhận",
    Outcome.UNCHANGED: "đã có, không đổi",
    Outcome.REFUSED: "không nhận",
    Outcome.SKIPPED: "bỏ qua",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line's outcome, or that of several lines alike (`records` says how many). `place` is "file:sheet:row", of a
    log "file:1-400,402"; neither it nor the reason names a person."""

    place: str
    outcome: Outcome
    code: str = ""
    reason: str = ""
    records: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was brought: what kind of list, its name and SHA-256, and who brought it when."""

    kind: str
    file_name: str
    file_digest: str
    author: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Batch:
    """An import under way: `seq` is its ledger entry, the time from which its rows are known; None where nothing
    changed."""

    number: int
    seq: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """A batch read back."""

    batch: Batch
    source: Source
    counts: Mapping[Outcome, int]
    receipts: tuple[Receipt, ...]


def open_batch(connection: Connection, source: Source, counts: Mapping[Outcome, int], *, changed: bool) -> Batch:
    """Enter the import itself; in the ledger too when anything changes by it."""
    by = Decision(f"nhập {source.kind}", source.author, "", source.at_ms)
    said: dict[str, object] = {str(outcome): counts.get(outcome, 0) for outcome in Outcome}
    body: dict[str, object] = {"kind": source.kind, "file": source.file_digest, "counts": said}
    seq = append_act(connection, IMPORT, "", body, by) if changed else None
    row = insert(BATCH).returning(BATCH.c.row_id).values(
        at=source.at_ms, kind=source.kind, file_name=source.file_name, file_digest=source.file_digest,
        author=source.author, seq=seq,
    )  # fmt: skip
    return Batch(connection.execute(row).scalar_one(), seq)


def count(receipts: Iterable[Receipt]) -> Counter[Outcome]:
    counts: Counter[Outcome] = Counter()
    for receipt in receipts:
        counts[receipt.outcome] += receipt.records
    return counts


def write(connection: Connection, batch: Batch, receipts: Iterable[Receipt]) -> None:
    """Keep a receipt for each line."""
    for piece in chunks(receipts):
        rows = [
            {
                "batch": batch.number, "place": one.place, "records": one.records, "outcome": one.outcome,
                "code": one.code, "reason": one.reason,
            }
            for one in piece
        ]  # fmt: skip
        connection.execute(insert(RECEIPT), rows)


def read(connection: Connection, number: int) -> Account:
    """A batch with its receipts in the order of the lines.

    Raises BooksError for a number that no batch has.
    """
    row = connection.execute(select(BATCH).where(BATCH.c.row_id == number)).one_or_none()
    if row is None:
        raise BooksError(f"không có lần nhập số {number}", "xem lại danh sách các lần nhập")
    source = Source(row.kind, row.file_name, row.file_digest, row.author, row.at)
    return Account(Batch(number, row.seq), source, _counts(connection, number), _receipts(connection, number))


def earlier(connection: Connection, file_digest: str) -> list[int]:
    """The numbers of batches that brought the same file."""
    rows = select(BATCH.c.row_id).where(BATCH.c.file_digest == file_digest).order_by(BATCH.c.row_id)
    return list(connection.execute(rows).scalars())


def _counts(connection: Connection, number: int) -> dict[Outcome, int]:
    rows = (
        select(RECEIPT.c.outcome, func.sum(RECEIPT.c.records))
        .where(RECEIPT.c.batch == number)
        .group_by(RECEIPT.c.outcome)
    )
    found: dict[str, int] = dict(connection.execute(rows).all())
    return {outcome: int(found.get(outcome, 0)) for outcome in Outcome}


def _receipts(connection: Connection, number: int) -> tuple[Receipt, ...]:
    rows = select(RECEIPT.c.place, RECEIPT.c.outcome, RECEIPT.c.code, RECEIPT.c.reason, RECEIPT.c.records)
    rows = rows.where(RECEIPT.c.batch == number).order_by(RECEIPT.c.row_id)
    return tuple(Receipt(place, Outcome(outcome), *rest) for place, outcome, *rest in connection.execute(rows))
