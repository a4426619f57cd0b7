"""Lines: what a team leader, a monitor or the signed sheet says of somebody. Never changed: a later one holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from boiduong_records.chunks import chunks
from sqlalchemy import ColumnElement, Connection, Select, insert, select

from boiduong_server.attending.sheet import How, Line, Mark
from boiduong_server.attending.sittings import Also, Sitting, is_sealed, nothing, sealed
from boiduong_server.errors import ServerError
from boiduong_server.store import Store
from boiduong_server.tables import LINE

AT_ONCE_MS = 60_000
_LINES = select(LINE)
"""Put together once."""


@dataclass(frozen=True)
class Written:
    """A line as a page sends it. `at_ms` is when it was written there; `nonce` a random text of the page's, so that
    what is sent twice is written once. Times are minutes after local midnight."""

    cadre: int
    mark: Mark
    at_ms: int
    nonce: str
    came: int | None = None
    left: int | None = None
    reason: str = ""

    def is_late(self, now_ms: int) -> bool:
        """Whether it was written without a connection: it comes later than any connection takes."""
        return now_ms - self.at_ms > AT_ONCE_MS


@dataclass(frozen=True)
class Writer:
    """Who writes: the account, and name and code as they are listed."""

    user: int
    by: str
    how: How


def write(  # noqa: PLR0913, PLR0917
    store: Store, sitting: Sitting, writer: Writer, written: Iterable[Written], now_ms: int, also: Also = nothing
) -> int:
    """Write these lines, all or none; how many were new. `also` is done where any was.

    Raises ServerError: 409 of a sitting that is sealed, 422 for a line by hand without a reason.
    """
    lines = [*written]
    if any(writer.how is How.HAND and each.mark is not Mark.UNDONE and not each.reason.strip() for each in lines):
        raise ServerError("danh sách ghi tay cần lý do", "ghi lý do, ví dụ «quên điện thoại»", 422)
    return store.write(partial(_write, sitting, writer, lines, now_ms, also))


def _write(  # noqa: PLR0913, PLR0917
    sitting: Sitting, writer: Writer, lines: list[Written], now_ms: int, also: Also, connection: Connection
) -> int:
    if is_sealed(connection, sitting):
        raise sealed()
    there = standing_nonces(connection, [each.nonce for each in lines])
    new = {each.nonce: each for each in lines if each.nonce not in there}
    rows = [
        {
            "sitting": sitting.id, "cadre": each.cadre, "mark": each.mark.value, "came": each.came, "left": each.left,
            "how": writer.how.value, "reason": each.reason.strip(), "user": writer.user, "by": writer.by,
            "at_ms": min(each.at_ms, now_ms), "received_ms": now_ms, "nonce": each.nonce,
            "claimed_offline": each.is_late(now_ms),
        }
        for each in new.values()
    ]  # fmt: skip
    if rows:
        connection.execute(insert(LINE), rows)
        also(connection)
    return len(rows)


def standing_nonces(connection: Connection, nonces: Collection[str]) -> set[str]:
    """Those of these nonces that are lines by now."""
    pieces = (select(LINE.c.nonce).where(LINE.c.nonce.in_(piece)) for piece in chunks(nonces))
    return {nonce for query in pieces for nonce in connection.execute(query).scalars()}


def lines_of(
    connection: Connection, sittings: Collection[int] | Select[tuple[int]], cadres: Collection[int] | None = None
) -> list[Line]:
    """All that was written at these sittings, or of these files of people."""
    is_it = LINE.c.sitting.in_(sittings)
    if cadres is None:
        return _lines(connection, is_it)
    return [each for piece in chunks(cadres) for each in _lines(connection, is_it & LINE.c.cadre.in_(piece))]


def _lines(connection: Connection, is_it: ColumnElement[bool]) -> list[Line]:
    rows = connection.execute(_LINES.where(is_it))
    return [
        Line(
            row.cadre, row.sitting, Mark(row.mark), row.came, row.left, How(row.how), row.reason, row.by, row.at_ms,
            row.nonce, row.claimed_offline,
        )
        for row in rows
    ]  # fmt: skip
