"""What was done last to keep the machine: the night's work, a backup, a restore; when, and how it went."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from boiduong_server.tables import UPKEEP


class Work(StrEnum):
    """Of each kind the last is remembered."""

    NIGHT = "night"
    BACKUP = "backup"
    RESTORE = "restore"


@dataclass(frozen=True)
class Upkeep:
    """When it was done (milliseconds since 1970, UTC), whether to its end, and what it said, line by line."""

    at_ms: int
    done: bool
    said: tuple[str, ...]


def remember(connection: Connection, work: Work, upkeep: Upkeep) -> None:
    connection.execute(delete(UPKEEP).where(UPKEEP.c.name == work))
    connection.execute(
        insert(UPKEEP).values(name=work, at_ms=upkeep.at_ms, done=upkeep.done, said="\n".join(upkeep.said))
    )


def remembered(connection: Connection) -> dict[Work, Upkeep]:
    """The last of each kind that was ever done."""
    rows = connection.execute(select(UPKEEP))
    return {Work(row.name): Upkeep(row.at_ms, row.done, tuple(row.said.splitlines())) for row in rows}
