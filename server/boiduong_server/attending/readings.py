"""Readings as they were kept: those that were taken, those that were refused, and the monitor's word on those that a
telephone kept."""

from collections.abc import Collection
from dataclasses import dataclass

from boiduong_records.chunks import chunks
from sqlalchemy import ColumnElement, Connection, Select, select, update

from boiduong_server.attending.scanning import Why
from boiduong_server.attending.sheet import Scan
from boiduong_server.attending.sittings import Also, Sitting, nothing, word_ms
from boiduong_server.store import Store
from boiduong_server.tables import REFUSED, SCAN

_SCANS = select(SCAN)
"""Put together once."""


def scans_of(
    connection: Connection, sittings: Collection[int] | Select[tuple[int]], cadres: Collection[int] | None = None
) -> list[Scan]:
    """All that was read at these sittings, or by these files of people."""
    is_it = SCAN.c.sitting.in_(sittings)
    if cadres is None:
        return _scans(connection, is_it)
    return [each for piece in chunks(cadres) for each in _scans(connection, is_it & SCAN.c.cadre.in_(piece))]


def waiting_at(connection: Connection, sitting: int) -> list[Scan]:
    """Claims that wait for the monitor's word."""
    return _scans(connection, (SCAN.c.sitting == sitting) & SCAN.c.claimed_offline & SCAN.c.confirmed_ms.is_(None))


def _scans(connection: Connection, is_it: ColumnElement[bool]) -> list[Scan]:
    rows = connection.execute(_SCANS.where(is_it))
    return [
        Scan(
            row.cadre, row.sitting, row.at_ms, row.nonce, row.device, row.claimed_offline,
            not row.claimed_offline or row.confirmed_ms is not None,
        )
        for row in rows
    ]  # fmt: skip


def confirm(  # noqa: PLR0913, PLR0917
    store: Store, sitting: Sitting, nonces: Collection[str], by: str, now_ms: int, also: Also = nothing
) -> int:
    """The monitor's word that these claims of this sitting are true; how many were waiting. `by`: as lists name whoever
    says so. `also` is done where any was."""
    is_it = (SCAN.c.sitting == sitting.id) & SCAN.c.nonce.in_(nonces) & SCAN.c.claimed_offline
    waiting = update(SCAN).where(is_it, SCAN.c.confirmed_ms.is_(None))

    def work(connection: Connection) -> int:
        at_ms = word_ms(connection, sitting.id, now_ms)
        found = connection.execute(waiting.values(confirmed_ms=at_ms, confirmed_by=by)).rowcount
        if found:
            also(connection)
        return found

    return store.write(work)


@dataclass(frozen=True)
class Refusal:
    """`who` is empty where nobody had entered."""

    who: str
    at_ms: int
    received_ms: int
    why: Why


def refused_at(connection: Connection, sitting: int, after: int = 0) -> list[Refusal]:
    """The latest first; those that were listed after row `after`."""
    is_it = (REFUSED.c.sitting == sitting) & (REFUSED.c.id > after)
    rows = connection.execute(select(REFUSED).where(is_it).order_by(REFUSED.c.id.desc()))
    return [Refusal(row.who, row.at_ms, row.received_ms, Why(row.why)) for row in rows]
