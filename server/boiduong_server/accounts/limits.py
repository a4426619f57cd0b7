"""How often a password or a code may be tried: waits that grow, per account and per address, kept in the database.

A try is written down before it is judged, so that many at once are as many tries; one that must wait is not counted, so
nobody prolongs a wait by knocking. No wait is longer than a quarter of an hour, and whoever has entered from a browser
before is not held up there by what strangers try elsewhere ("device cookies", OWASP): see `Door.is_known`.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from boiduong_server.tables import TRY

SECOND_MS = 1000
MINUTE_MS = 60 * SECOND_MS
_HOUR_MS = 60 * MINUTE_MS
_DAY_MS = 24 * _HOUR_MS


@dataclass(frozen=True)
class Limit:
    """After `free` tries within an hour each further one waits twice as long as the last, `longest_ms` at most."""

    bucket: str
    free: int
    first_ms: int
    longest_ms: int

    def wait_ms(self, tries: int, latest_ms: int, now_ms: int) -> int:
        """How long from now, given the tries of the last hour."""
        if tries < self.free:
            return 0
        wait = min(self.first_ms << min(tries - self.free, 20), self.longest_ms)
        return max(0, latest_ms + wait - now_ms)


@dataclass(frozen=True)
class Door:
    """Who knocks: the name as it is compared, from which address, from a browser that has entered as them before."""

    name: str
    address: str
    is_known: bool = False

    @property
    def limits(self) -> tuple[Limit, ...]:
        """One person from one address; one person from anywhere; one address, behind which a whole office may sit."""
        who = hashlib.sha256(self.name.encode()).hexdigest()[:32]  # people type passwords into the wrong field
        place = "may" if self.is_known else self.address
        here = Limit(f"{who}|{place}", 5, 30 * SECOND_MS, 15 * MINUTE_MS)
        anywhere = Limit(who, 20, 30 * SECOND_MS, 5 * MINUTE_MS)
        office = Limit(f"|{self.address}", 100, 10 * SECOND_MS, 5 * MINUTE_MS)
        return (here,) if self.is_known else (here, anywhere, office)


def second_step(user: int) -> tuple[Limit, ...]:
    """Codes of the second step: whoever tries them knows the password."""
    return (Limit(f"2|{user}", 5, 30 * SECOND_MS, 15 * MINUTE_MS),)


@dataclass(frozen=True)
class Try:
    """A try that was written down, or how long it must wait first."""

    wait_ms: int
    rows: tuple[int, ...] = ()


def take(connection: Connection, limits: tuple[Limit, ...], now_ms: int) -> Try:
    """Write a try down, if none of the limits makes it wait."""
    wait = wait_of(connection, limits, now_ms)
    if wait:
        return Try(wait)
    connection.execute(delete(TRY).where(TRY.c.at_ms < now_ms - _DAY_MS))
    return Try(0, tuple(_write(connection, limit, now_ms) for limit in limits))


def wait_of(connection: Connection, limits: tuple[Limit, ...], now_ms: int) -> int:
    """How long a try must wait now, in milliseconds; nothing is written down."""
    return max(_wait(connection, limit, now_ms) for limit in limits)


def forgive(connection: Connection, limits: tuple[Limit, ...], tried: Try) -> None:
    """The try succeeded: it is no longer held against the address, nor are earlier ones against the person."""
    own = [limit.bucket for limit in limits if not limit.bucket.startswith("|")]
    connection.execute(delete(TRY).where(TRY.c.bucket.in_(own) | TRY.c.id.in_(tried.rows)))


def said(wait_ms: int) -> str:
    """The wait in words, rounded up: "45 giây", "2 phút"."""
    seconds = -(-wait_ms // SECOND_MS)
    return f"{seconds} giây" if seconds <= 60 else f"{-(-seconds // 60)} phút"


def _wait(connection: Connection, limit: Limit, now_ms: int) -> int:
    query = select(func.count(), func.max(TRY.c.at_ms))
    recent = (TRY.c.bucket == limit.bucket, TRY.c.at_ms > now_ms - _HOUR_MS)
    tries, latest = connection.execute(query.where(*recent)).one()
    return limit.wait_ms(tries, latest or 0, now_ms)


def _write(connection: Connection, limit: Limit, now_ms: int) -> int:
    found = connection.execute(insert(TRY).values(bucket=limit.bucket, at_ms=now_ms)).inserted_primary_key
    assert found is not None
    row: int = found[0]
    return row
