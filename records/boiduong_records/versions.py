"""The one way every register is written: what is wanted is held against what is believed now, and only the difference
is entered. Rows are closed, never altered, so that each past state of a register can be read again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, bindparam, insert, or_, select, update

from boiduong_records.chunks import chunks
from boiduong_records.ledger import lock

BOOKKEEPING = ("row_id", "since", "until")
KEYS: dict[str, tuple[str, ...]] = {
    "organization": ("code",),
    "succession": ("predecessor",),
    "term": ("organization",),
    "identity": ("cadre",),
    "post": ("cadre",),
    "management": ("cadre",),
    "merge": ("absorbed",),
    "account": ("cadre",),
    "catalog": ("program",),
    "training_class": ("code",),
    "class_session": ("class_code",),
    "class_place": ("class_code",),
    "class_topic": ("class_code",),
    "enrolment": ("class_code", "cadre"),
    "seating": ("class_code", "cadre"),
    "plan_line": ("year", "owner"),
    "beat_day": ("day",),
}
"""What each register is spoken of by: the rows of one key (all posts of a cadre, all sessions of a class) are one
statement, and a new statement replaces them as a whole."""

Row = Mapping[str, Any]
Group = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What must happen to a table: rows to close, rows to add, and the keys that are touched."""

    closed: tuple[int, ...] = ()
    added: tuple[Row, ...] = ()
    groups: frozenset[Group] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.closed or self.added)


def current(table: Table, at_seq: int | None = None) -> ColumnElement[bool]:
    """The rows believed now, or those believed after ledger entry `at_seq`."""
    if at_seq is None:
        return table.c.until.is_(None)
    return and_(table.c.since <= at_seq, or_(table.c.until.is_(None), table.c.until > at_seq))


def find(  # noqa: PLR0913
    connection: Connection,
    table: Table,
    wanted: Iterable[Row],
    *,
    key: Sequence[str] | None = None,
    groups: Iterable[Group] | None = None,
    scope: ColumnElement[bool] | None = None,
) -> Changes:
    """What `wanted` changes. It is the whole truth about the rows within `scope`, or else about `groups`: those that it
    speaks of, unless more are given (a group without a wanted row is emptied). Columns left out have their defaults.

    Raises ValueError for a column that the table does not have.
    """
    lock(connection)
    names = tuple(key or KEYS[table.name])
    rows = [_complete(table, row) for row in wanted]
    if scope is not None:
        believed = _believed(connection, table, scope)
    else:
        believed = _of_groups(connection, table, names, set(groups or ()) | {_group(row, names) for row in rows})
    return compare(believed, rows, names)


def compare(believed: Iterable[Row], wanted: Iterable[Row], key: Sequence[str]) -> Changes:
    """The difference of two sets of rows; `believed` have their `row_id`, `wanted` have none."""
    old = {_content(row): row for row in believed}
    new = {_content(row): row for row in wanted}
    closed = [row for content, row in old.items() if content not in new]
    added = [row for content, row in new.items() if content not in old]
    groups = frozenset(_group(row, key) for row in (*closed, *added))
    return Changes(tuple(row["row_id"] for row in closed), tuple(added), groups)


def apply(connection: Connection, table: Table, changes: Changes, seq: int) -> None:
    """Enter the changes as known from ledger entry `seq` on."""
    if changes.closed:
        close = update(table).where(table.c.row_id == bindparam("row")).values(until=seq)
        connection.execute(close, [{"row": row} for row in changes.closed])
    for piece in chunks(changes.added):
        connection.execute(insert(table), [{**row, "since": seq} for row in piece])


def contents(
    connection: Connection, table: Table, at_seq: int | None = None, scope: ColumnElement[bool] | None = None
) -> list[dict[str, Any]]:
    """A register's rows (of them those within `scope`) without their bookkeeping, as believed now or after entry
    `at_seq`."""
    query = _register(table).where(current(table, at_seq)).order_by(table.c.row_id)
    rows = connection.execute(query if scope is None else query.where(scope))
    return [dict(row) for row in rows.mappings()]


def in_chunks(
    connection: Connection, table: Table, column: Column[Any], values: Collection[Any]
) -> list[dict[str, Any]]:
    """The rows believed now whose `column` is one of many values."""
    found: list[dict[str, Any]] = []
    for piece in chunks(values):
        found += _believed(connection, table, column.in_(piece))
    return found


def _of_groups(connection: Connection, table: Table, key: Sequence[str], groups: set[Group]) -> list[dict[str, Any]]:
    rows = in_chunks(connection, table, table.c[key[0]], {group[0] for group in groups})
    return [row for row in rows if _group(row, key) in groups]


def _believed(connection: Connection, table: Table, scope: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = _register(table).add_columns(table.c.row_id).where(current(table), scope)
    return [dict(row) for row in connection.execute(query).mappings()]


@cache
def _register(table: Table) -> Select[Any]:
    """What is asked of a register, put together once: that takes as long as to ask it."""
    return select(*_columns(table))


def _columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if column.name not in BOOKKEEPING]


def _complete(table: Table, row: Row) -> Row:
    defaults = {column.name: "" if column.default is not None else None for column in _columns(table)}
    if unknown := row.keys() - defaults.keys():
        raise ValueError(f"{table.name} has no column {sorted(unknown)}")
    return {**defaults, **row}


def _content(row: Row) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((name, value) for name, value in row.items() if name not in BOOKKEEPING))


def _group(row: Row, key: Sequence[str]) -> Group:
    return tuple(row[name] for name in key)
