"""From a line of a verdict down to what was observed: the entry and its place in the chain, its body in words, the file
that brought it, what was taken back, and the registers that it was held against."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from boiduong_exporter.credit.facts import World
from boiduong_exporter.reporting.person import Account as Person
from boiduong_records.bodies import decode
from boiduong_records.entry import GENESIS, IMPORT, REVERSAL, commitment_of, hash_of
from boiduong_records.receipts import Outcome
from boiduong_records.tables import BATCH, BODY, LEDGER, RECEIPT
from boiduong_records.verify import entry_of
from boiduong_vocabulary.evidence import KINDS, Attendance, Evidence, StudyDay
from sqlalchemy import Connection, Row, func, select

from boiduong_server.attending.corrections import Correction
from boiduong_server.desk.proof_attended import Attended, attended_of, corrections_of
from boiduong_server.desk.proof_day import Trace, trace_of
from boiduong_server.desk.proof_registers import Fact, facts_of
from boiduong_server.desk.proof_words import label_of, words_of
from boiduong_server.desk.worlds import Shared
from boiduong_server.house import House


@dataclass(frozen=True)
class Link:
    """An entry in the chain, and whether its hash and its commitment come out the same when they are computed anew."""

    seq: int
    at: int
    kind: str
    subject: str
    origin: str
    commitment: str
    author: str
    approver: str
    hash: str
    before: str
    salt: str
    body: str
    hash_agrees: bool
    body_agrees: bool


@dataclass(frozen=True)
class Arrival:
    """The file that brought the entry, and what became of its lines: how many, by outcome."""

    number: int
    file_name: str
    digest: str
    seq: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class TakenBack:
    seq: int
    at: int
    author: str
    approver: str
    reason: str


@dataclass(frozen=True)
class Proof:
    """`evidence` is None where the body was erased."""

    link: Link
    label: str
    evidence: Evidence | None
    words: tuple[tuple[str, str], ...]
    arrival: Arrival | None
    taken_back: TakenBack | None
    trace: Trace | None
    attended: Attended | None
    corrections: tuple[Correction, ...]
    facts: tuple[Fact, ...]


def proof_of(books: Connection, at: House, shared: Shared, person: Person, seq: int) -> Proof | None:
    """The proof of an entry about the person; None for entries about others, and those that are no evidence."""
    row = _row(books, seq)
    if row is None or row.kind not in KINDS or row.subject not in person.who.subjects:
        return None
    link = _link(books, row)
    said = decode(row.kind, row.body) if row.body is not None else None
    return Proof(
        link, label_of(row.kind), said, tuple(words_of(said, shared.world, at.rules.kinds)) if said else (),
        _arrival(books, row), _taken_back(books, row),
        trace_of(books, at, person.who.cadre, said) if isinstance(said, StudyDay) else None,
        attended_of(books, at, shared, person.who.cadre, said) if isinstance(said, Attendance) else None,
        tuple(corrections_of(at, seq)),
        tuple(_facts(books, shared.world, person, said)),
    )  # fmt: skip


def _facts(books: Connection, world: World, person: Person, said: Evidence | None) -> Iterator[Fact]:
    if said is not None:
        yield from facts_of(books, world, person, said)


def _row(books: Connection, seq: int) -> Row[tuple[object, ...]] | None:
    query = select(LEDGER, BODY.c.salt, BODY.c.body).outerjoin(BODY, BODY.c.seq == LEDGER.c.seq)
    return books.execute(query.where(LEDGER.c.seq == seq)).first()


def _link(books: Connection, row: Row[tuple[object, ...]]) -> Link:
    query = select(LEDGER.c.hash).where(LEDGER.c.seq == row.seq - 1)
    before = books.execute(query).scalar_one_or_none() or GENESIS
    whole = row.body is not None
    return Link(
        row.seq, row.at, row.kind, row.subject, row.origin, row.commitment, row.author, row.approver, row.hash, before,
        bytes(row.salt).hex() if whole else "", row.body or "", hash_of(before, entry_of(row)) == row.hash,
        whole and commitment_of(bytes(row.salt), row.body.encode()) == row.commitment,
    )  # fmt: skip


def _arrival(books: Connection, row: Row[tuple[object, ...]]) -> Arrival | None:
    """The import whose entry was the next to close a transaction of that moment: evidence and its import are entered
    together, the import last."""
    query = select(BATCH).join(LEDGER, LEDGER.c.seq == BATCH.c.seq)
    query = query.where(BATCH.c.seq > row.seq, LEDGER.c.kind == IMPORT, LEDGER.c.at == row.at)
    found = books.execute(query.order_by(BATCH.c.seq).limit(1)).first()
    if found is None:
        return None
    sums = select(RECEIPT.c.outcome, func.sum(RECEIPT.c.records)).where(RECEIPT.c.batch == found.row_id)
    counts = dict(books.execute(sums.group_by(RECEIPT.c.outcome)).all())
    told = tuple((outcome.label, int(counts[outcome])) for outcome in Outcome if outcome in counts)
    return Arrival(found.row_id, found.file_name, found.file_digest, found.seq, told)


def _taken_back(books: Connection, row: Row[tuple[object, ...]]) -> TakenBack | None:
    query = select(LEDGER, BODY.c.body).join(BODY, BODY.c.seq == LEDGER.c.seq)
    reversals = query.where(LEDGER.c.kind == REVERSAL, LEDGER.c.subject == row.subject, LEDGER.c.seq > row.seq)
    for each in books.execute(reversals.order_by(LEDGER.c.seq)):
        said = json.loads(each.body)
        if said["of"] == row.seq:
            return TakenBack(each.seq, each.at, each.author, each.approver, said["reason"])
    return None
