"""Cadres in the books: a number that never leaves them, a random key for the ledger, and dated identities, posts and
managing authorities."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from boiduong_vocabulary.vietnamese import fold, nfc
from sqlalchemy import Connection, Table, func, insert, select

from boiduong_records.chunks import chunks
from boiduong_records.ledger import lock
from boiduong_records.tables import CADRE, IDENTITY, MANAGEMENT, POST
from boiduong_records.versions import Changes, Group, apply, find


@dataclass(frozen=True, slots=True)
class Post:
    """A post held in an organization (its code); days are inclusive, None is open."""

    title: str
    organization: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Management:
    """The organization that manages the cadre; empty: said to be outside the regime."""

    authority: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What a roster says of one cadre. `birth` is "1970-03-12" or "1970". None leaves posts or managements as they
    are; an empty tuple says that there are none."""

    code: str
    name: str
    birth: str
    posts: tuple[Post, ...] | None = None
    managements: tuple[Management, ...] | None = None


@dataclass(frozen=True, slots=True)
class PeopleChanges:
    """What an update would change, table by table."""

    tables: tuple[tuple[Table, Changes], ...]

    @property
    def cadres(self) -> frozenset[int]:
        """Those of whom anything changes."""
        return frozenset(group[0] for _, changes in self.tables for group in changes.groups)

    def __bool__(self) -> bool:
        return any(changes for _, changes in self.tables)


def register(connection: Connection, people: Sequence[Person], seq: int) -> list[int]:
    """Take in cadres that the books do not have yet, as of ledger entry `seq`; their numbers, in the same order."""
    lock(connection)
    first: int = connection.execute(select(func.coalesce(func.max(CADRE.c.cadre), 0) + 1)).scalar_one()
    known = dict(enumerate(people, first))
    for piece in chunks(known):
        rows = [{"cadre": cadre, "subject": secrets.token_hex(16), "since": seq} for cadre in piece]
        connection.execute(insert(CADRE), rows)
    for table, rows_of in _TABLES:
        apply(connection, table, Changes(added=tuple(_rows(rows_of, known))), seq)
    return list(known)


def changes(connection: Connection, known: Mapping[int, Person], post_key: Sequence[str] = ("cadre",)) -> PeopleChanges:
    """What a roster changes of cadres that the books have. With `post_key` ("cadre", "organization") a roster of one
    organization leaves posts held elsewhere alone."""
    found = []
    for table, rows_of in _TABLES:
        spoken = {cadre: person for cadre, person in known.items() if rows_of(cadre, person) is not None}
        key = tuple(post_key) if table is POST else ("cadre",)
        groups: Iterable[Group] = [(cadre,) for cadre in spoken] if len(key) == 1 else ()
        found.append((table, find(connection, table, _rows(rows_of, spoken), key=key, groups=groups)))
    return PeopleChanges(tuple(found))


def update(connection: Connection, changed: PeopleChanges, seq: int) -> None:
    """Enter what `changes` found, as of ledger entry `seq`."""
    for table, rows in changed.tables:
        apply(connection, table, rows, seq)


def subject_of(connection: Connection, cadre: int) -> str:
    """The key under which the ledger knows a cadre."""
    subject: str = connection.execute(select(CADRE.c.subject).where(CADRE.c.cadre == cadre)).scalar_one()
    return subject


def _identity(cadre: int, person: Person) -> list[dict[str, Any]]:
    name = " ".join(nfc(person.name).split())
    code = nfc(person.code).strip()
    return [{"cadre": cadre, "code": code, "name": name, "name_fold": fold(name), "birth": person.birth}]


def _posts(cadre: int, person: Person) -> list[dict[str, Any]] | None:
    return _dated(cadre, person.posts)


def _managements(cadre: int, person: Person) -> list[dict[str, Any]] | None:
    return _dated(cadre, person.managements)


def _dated(cadre: int, facts: tuple[Post, ...] | tuple[Management, ...] | None) -> list[dict[str, Any]] | None:
    return None if facts is None else [{"cadre": cadre, **asdict(fact)} for fact in facts]


def _rows(rows_of: Any, people: Mapping[int, Person]) -> list[dict[str, Any]]:
    return [row for cadre, person in people.items() for row in rows_of(cadre, person) or ()]


_TABLES = ((IDENTITY, _identity), (POST, _posts), (MANAGEMENT, _managements))
