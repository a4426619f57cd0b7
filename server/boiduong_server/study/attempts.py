"""Attempts of a learner: how far each came, and where to go on."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from boiduong_server.store import Statement
from boiduong_server.tables import ATTEMPT


@dataclass(frozen=True)
class Attempt:
    """One learner at one topic of one class, on one way through one package. `status` in SCORM 1.2's words, `score` in
    per cent, `sections_done` where there are several SCOs, `reported_ms` what the package says of its time (shown,
    never counted); `place` is the item on show last."""

    id: int
    cadre: int
    class_code: str
    topic: str
    edition: str
    package: int
    status: str
    score: int | None
    sections_done: int | None
    reported_ms: int
    place: str
    begun_ms: int
    changed_ms: int


def attempts_of(connection: Connection, cadres: Collection[int]) -> list[Attempt]:
    """All of these cadres (the books' numbers), the one touched last first."""
    query = select(*(ATTEMPT.c[name] for name in Attempt.__dataclass_fields__))
    query = query.where(ATTEMPT.c.cadre.in_(cadres)).order_by(ATTEMPT.c.changed_ms.desc(), ATTEMPT.c.id)
    return [Attempt(*row) for row in connection.execute(query)]


def hold(connection: Connection, attempt: int) -> None:
    """Let no other process roll this attempt up at the same time: it would not see what this one is writing. SQLite has
    one writer; PostgreSQL locks the row until the transaction ends."""
    if connection.dialect.name != "sqlite":
        _HOLD.on(connection, attempt=attempt)


_HOLD = Statement("SELECT id FROM server_attempt WHERE id = :attempt FOR UPDATE")
