"""Signs of the study clock as they arrive. What a sign vouches for is the exporter's rule (logs/clock.py); here is only
decided which signs a launch may still give, and each is kept once.

A sign is known by launch and sequence: a browser that heard no answer sends it again, and gets the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from boiduong_exporter.logs.clock import LONGEST_MS, span
from msgspec import Struct
from sqlalchemy import Connection

from boiduong_server.store import Statement, Store
from boiduong_server.study.launches import LIFE_MS, LiveLaunch

_HEARD_EVERY_MS = 300_000
"""A launch's last sign is noted to five minutes: that is near enough for a life of a day, and spares a write."""


class Sign(Struct, frozen=True, gc=False):
    """`elapsed_ms` since the launch's previous sign, by the page's clock that never runs backwards (0: a run opens);
    `age_ms` how long it waited on the device for a connection."""

    sequence: int
    elapsed_ms: int
    age_ms: int


@dataclass(frozen=True)
class Taken:
    """How many signs were kept, and whether any was of a time when the launch had been replaced by a newer one, or was
    over. The last words of a launch are kept all the same: a page that is loaded anew says them when its next launch
    stands already."""

    kept: int
    stale: bool


def take_beats(store: Store, launch: LiveLaunch, signs: Sequence[Sign], received_ms: int) -> Taken:
    """Keep the signs that came in one message at `received_ms`.

    Raises StoreError where nothing was kept.
    """
    return store.write(partial(_take, launch, signs, received_ms))


def _take(launch: LiveLaunch, signs: Sequence[Sign], received_ms: int, connection: Connection) -> Taken:
    if len(signs) == 1 and _is_plain(launch, signs[0], received_ms, connection):
        return Taken(1, stale=False)
    standing = _STANDING.on(connection, launch=launch.id).fetchone()
    if standing is None:  # forgotten meanwhile
        return Taken(0, stale=True)
    stale_ms, heard_ms = standing
    over_ms = received_ms if stale_ms is None else stale_ms
    kept, heard = 0, heard_ms
    for sign in sorted(signs, key=_oldest_first):
        at_ms = received_ms - sign.age_ms
        if at_ms > heard + LIFE_MS or at_ms > over_ms + LONGEST_MS:
            continue
        kept, heard = kept + 1, max(heard, at_ms)
        if span(received_ms, sign.elapsed_ms, sign.age_ms, launch.opened_ms):
            _keep(launch, sign, received_ms, connection)
    if heard >= heard_ms + _HEARD_EVERY_MS:
        _HEAR.on(connection, launch=launch.id, heard_ms=heard)
    return Taken(kept, kept < len(signs) or any(received_ms - sign.age_ms > over_ms for sign in signs))


def _is_plain(launch: LiveLaunch, sign: Sign, received_ms: int, connection: Connection) -> bool:
    """Kept in one statement, as nearly every sign can be: a new one, that vouches for something, of a launch that is
    neither stale nor over, and was noted to be heard within five minutes."""
    at_ms = received_ms - sign.age_ms
    if not span(received_ms, sign.elapsed_ms, sign.age_ms, launch.opened_ms):
        return False
    kept = _KEEP_PLAIN.on(
        connection, launch=launch.id, sequence=sign.sequence, received_ms=received_ms, elapsed_ms=sign.elapsed_ms,
        age_ms=sign.age_ms, at_ms=at_ms, noted_ms=at_ms - _HEARD_EVERY_MS,
    )  # fmt: skip
    return bool(kept.rowcount == 1)


def _keep(launch: LiveLaunch, sign: Sign, received_ms: int, connection: Connection) -> None:
    _KEEP.on(
        connection, launch=launch.id, sequence=sign.sequence, received_ms=received_ms, elapsed_ms=sign.elapsed_ms,
        age_ms=sign.age_ms,
    )  # fmt: skip


def _oldest_first(sign: Sign) -> int:
    return -sign.age_ms


_STANDING = Statement("SELECT stale_ms, heard_ms FROM server_launch WHERE id = :launch")
_HEAR = Statement("UPDATE server_launch SET heard_ms = :heard_ms WHERE id = :launch")
_KEEP_PLAIN = Statement("""
INSERT INTO server_beat (launch, sequence, received_ms, elapsed_ms, age_ms)
SELECT id, :sequence, :received_ms, :elapsed_ms, :age_ms FROM server_launch
WHERE id = :launch AND (stale_ms IS NULL OR stale_ms >= :at_ms) AND heard_ms > :noted_ms
ON CONFLICT (launch, sequence) DO NOTHING""")
_KEEP = Statement("""
INSERT INTO server_beat (launch, sequence, received_ms, elapsed_ms, age_ms)
VALUES (:launch, :sequence, :received_ms, :elapsed_ms, :age_ms) ON CONFLICT (launch, sequence) DO NOTHING""")
