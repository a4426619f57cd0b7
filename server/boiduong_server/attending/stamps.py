"""Stamps: that a code was read at a moment, signed by the server, good for ten minutes and for one account.

A stamp goes with its reader through the login; a short code carries it into another browser, for those that open pages
inside another app and know nobody.
"""

import secrets
from dataclasses import asdict, dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from boiduong_server.attending.codes import new_name
from boiduong_server.store import Store
from boiduong_server.tables import CARRIED

LIFE_MS = 10 * 60_000
SHORT_LETTERS = 8
_SALT = "mã điểm danh"
_TRIES = 5


@dataclass(frozen=True)
class Stamp:
    """`sitting` is its public name, empty where the code was typed; `at_ms` the moment of the reading."""

    sitting: str
    code: str
    at_ms: int
    nonce: str
    typed: bool

    def is_alive(self, now_ms: int) -> bool:
        """One that seems to come from the future is no forgery: the server's clock was set back since."""
        return now_ms < self.at_ms + LIFE_MS


def stamp(sitting: str, code: str, at_ms: int, nonce: str = "") -> Stamp:
    """A new one; `nonce`, 32 hexadecimal digits, where the page has given it a number of its own."""
    return Stamp(sitting, code, at_ms, nonce or secrets.token_hex(16), typed=not sitting)


def signed(secret: str | bytes, made: Stamp) -> str:
    return str(URLSafeSerializer(secret, salt=_SALT).dumps(list(asdict(made).values())))


def read(secret: str | bytes, text: str) -> Stamp | None:
    """The stamp of this text; None of any other text."""
    try:
        return Stamp(*URLSafeSerializer(secret, salt=_SALT).loads(text))
    except (BadSignature, TypeError, ValueError):
        return None


def carry(store: Store, text: str, ends_ms: int, now_ms: int) -> str:
    """A short code that brings this signed stamp back until `ends_ms`."""
    for _ in range(_TRIES):
        short = new_name(SHORT_LETTERS)
        try:
            store.write(lambda connection, short=short: _carry(connection, short, text, ends_ms, now_ms))  # type: ignore[misc]
        except IntegrityError:
            continue
        return short
    return ""


def _carry(connection: Connection, short: str, text: str, ends_ms: int, now_ms: int) -> None:
    connection.execute(delete(CARRIED).where(CARRIED.c.ends_ms <= now_ms))
    connection.execute(insert(CARRIED).values(short=short, stamp=text, ends_ms=ends_ms))


def carried(connection: Connection, short: str, now_ms: int) -> str | None:
    """The signed stamp behind a short code."""
    query = select(CARRIED.c.stamp).where(CARRIED.c.short == short, CARRIED.c.ends_ms > now_ms)
    return connection.execute(query).scalar_one_or_none()
