"""Bodies of the ledger, read back: evidence that counts, and what the books' own entries say."""

import json
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

import msgspec
from boiduong_vocabulary.evidence import KINDS, Evidence
from sqlalchemy import Connection, Select, select

from boiduong_records.chunks import chunks
from boiduong_records.entry import ERASED, REVERSAL
from boiduong_records.tables import BODY, LEDGER

_PIECE = 5_000


def _fraction(type_: type, value: Any) -> Fraction:
    if type_ is not Fraction or not isinstance(value, str):
        raise NotImplementedError(type_)
    return Fraction(value)


_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(kind, dec_hook=_fraction) for name, kind in KINDS.items()
}


def decode(kind: str, body: str) -> Evidence:
    """The evidence in a body.

    Raises KeyError for a kind that is no evidence, msgspec.ValidationError for a body that is not of its kind.
    """
    evidence: Evidence = _DECODERS[kind].decode(body)
    return evidence


def live(
    connection: Connection, subjects: Collection[str] | None = None, until_seq: int | None = None
) -> Iterator[tuple[int, str, str, str]]:
    """Evidence that was not reversed, as (seq, subject, kind, body), by subject and then by number; of all, or of some
    subjects, as known now or after entry `until_seq`. What has no subject (rulings on a class) comes first."""
    pieces = [None] if subjects is None else chunks(sorted(set(subjects)))
    for piece in pieces:
        taken_back = reversed_seqs(connection, piece, until_seq)
        query = _narrowed(_EVIDENCE, piece, until_seq).order_by(LEDGER.c.subject, LEDGER.c.seq)
        for row in connection.execute(query, execution_options={"yield_per": _PIECE}):
            if row[0] not in taken_back:
                yield row


def reversed_seqs(
    connection: Connection, subjects: list[str] | None = None, until_seq: int | None = None
) -> frozenset[int]:
    """The numbers that reversals have taken back; a reversal has the subject of what it reverses."""
    query = _narrowed(_own(REVERSAL), subjects, until_seq)
    return frozenset(json.loads(body)["of"] for _, body in connection.execute(query))


def erased_seqs(connection: Connection) -> dict[int, int]:
    """The numbers whose bodies were erased by decision, each with the number of the entry that says so. An entry that
    is no longer what was written excuses nothing."""
    return {seq: by for by, body in connection.execute(_own(ERASED)) for seq in _named(body)}


def _named(body: str) -> list[int]:
    try:
        return msgspec.json.decode(body, type=_Erased).bodies
    except (msgspec.DecodeError, TypeError):
        return []


class _Erased(msgspec.Struct):
    bodies: list[int]


def _own(kind: str) -> Select[Any]:
    return select(LEDGER.c.seq, BODY.c.body).join(BODY, BODY.c.seq == LEDGER.c.seq).where(LEDGER.c.kind == kind)


def _narrowed(query: Select[Any], subjects: list[str] | None, until_seq: int | None) -> Select[Any]:
    if subjects is not None:
        query = query.where(LEDGER.c.subject.in_(subjects))
    return query if until_seq is None else query.where(LEDGER.c.seq <= until_seq)


_EVIDENCE: Select[Any] = (
    select(LEDGER.c.seq, LEDGER.c.subject, LEDGER.c.kind, BODY.c.body)
    .join(BODY, BODY.c.seq == LEDGER.c.seq)
    .where(LEDGER.c.kind.in_(sorted(KINDS)))
)
