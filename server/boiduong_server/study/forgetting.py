"""Whoever was erased from the books leaves the server too: account, attempts, launches, run-time data, signs, and what
was read, written and said of their attendance."""

from collections.abc import Iterable
from functools import partial

from boiduong_records.tables import CADRE, IDENTITY
from sqlalchemy import Column, Connection, Table, delete, select, union

from boiduong_server.house import House
from boiduong_server.tables import (
    ATTEMPT,
    BEAT,
    CORRECTION,
    ENTERED,
    GRANT,
    LAUNCH,
    LINE,
    OBJECTION,
    REFUSED,
    SCAN,
    SCO,
    USER,
)

_ATTENDING = (SCAN, LINE, REFUSED, OBJECTION, CORRECTION)


def forget(house: House) -> int:
    """Delete what the server holds of cadres whose identity the books no longer have; how many they were. Before
    `hand_over`, or after: what was not handed over yet of someone erased never is."""
    with house.books.reading() as connection:
        nameless = select(CADRE.c.cadre).where(CADRE.c.cadre.not_in(select(IDENTITY.c.cadre)))
        erased = set(connection.execute(nameless).scalars())
    with house.store.reading() as connection:
        columns = [table.c.cadre for table in (ATTEMPT, USER, *_ATTENDING)]
        known = {*connection.execute(union(*map(select, columns))).scalars()}
    gone = sorted(erased & known)
    for cadre in gone:
        house.store.write(partial(_forget, cadre))
    return len(gone)


def _forget(cadre: int, connection: Connection) -> None:
    """From the leaves to the root, as foreign keys ask."""
    attempts = _of(connection, ATTEMPT, ATTEMPT.c.cadre, [cadre])
    launches = _of(connection, LAUNCH, LAUNCH.c.attempt, attempts)
    users = _of(connection, USER, USER.c.cadre, [cadre])
    for column, values in (
        (BEAT.c.launch, launches), (LAUNCH.c.id, launches), (SCO.c.attempt, attempts), (ATTEMPT.c.id, attempts),
        (ENTERED.c.user, users), (GRANT.c.user, users), (USER.c.id, users),
        *((table.c.cadre, [cadre]) for table in _ATTENDING),
    ):  # fmt: skip
        connection.execute(delete(column.table).where(column.in_(values)))


def _of(connection: Connection, table: Table, column: Column[int], values: Iterable[int]) -> list[int]:
    return list(connection.execute(select(table.c.id).where(column.in_(list(values)))).scalars())
