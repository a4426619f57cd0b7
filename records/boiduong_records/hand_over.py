"""All that the books hold of one person, to be given to them or to another office."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from boiduong_records.entry import GENESIS
from boiduong_records.errors import BooksError
from boiduong_records.ledger import head
from boiduong_records.personal import everyone
from boiduong_records.receiving import FORMAT
from boiduong_records.tables import ACCOUNT, BODY, CADRE, ENROLMENT, IDENTITY, LEDGER, MANAGEMENT, MERGE, POST, SEATING


def hand_over(connection: Connection, cadre: int) -> dict[str, Any]:
    """Everything on a person, under all merged files, in values that JSON holds. Each entry comes with its body and
    salt, its hash and the hash before it, so that `receiving.check_hand_over` can prove it.

    Raises BooksError for a cadre that the books do not have.
    """
    files = everyone(connection, cadre)
    subjects = list(connection.execute(select(CADRE.c.subject).where(CADRE.c.cadre.in_(files))).scalars())
    if not subjects:
        raise BooksError(f"sổ không có hồ sơ số {cadre}", "xem lại số hồ sơ")
    return {
        "format": FORMAT,
        "head": str(head(connection)),
        "subjects": sorted(subjects),
        "identities": _facts(connection, IDENTITY, files),
        "accounts": _facts(connection, ACCOUNT, files),
        "posts": _facts(connection, POST, files),
        "managements": _facts(connection, MANAGEMENT, files),
        "enrolments": _facts(connection, ENROLMENT, files),
        "seats": _facts(connection, SEATING, files),
        "merges": _merges(connection, files),
        "entries": _entries(connection, subjects),
    }


def _facts(connection: Connection, table: Table, files: tuple[int, ...]) -> list[dict[str, Any]]:
    """Every version of them, not only those believed now; the books' inner numbers stay inside."""
    facts = [column for column in table.c if column.name not in ("row_id", "cadre")]
    rows = select(CADRE.c.subject, *facts).join(table, table.c.cadre == CADRE.c.cadre)
    rows = rows.where(CADRE.c.cadre.in_(files)).order_by(table.c.row_id)
    return [_plain(row) for row in connection.execute(rows).mappings()]


def _merges(connection: Connection, files: tuple[int, ...]) -> list[dict[str, Any]]:
    kept, absorbed = CADRE.alias("kept"), CADRE.alias("absorbed")
    rows = (
        select(kept.c.subject.label("kept"), absorbed.c.subject.label("absorbed"), MERGE.c.since, MERGE.c.until)
        .select_from(MERGE.join(kept, kept.c.cadre == MERGE.c.kept))
        .join(absorbed, absorbed.c.cadre == MERGE.c.absorbed)
        .where(or_(MERGE.c.absorbed.in_(files), MERGE.c.kept.in_(files)))
        .order_by(MERGE.c.row_id)
    )
    return [_plain(row) for row in connection.execute(rows).mappings()]


def _entries(connection: Connection, subjects: list[str]) -> list[dict[str, Any]]:
    before = LEDGER.alias("before")
    rows = (
        select(LEDGER, BODY.c.salt, BODY.c.body, before.c.hash.label("prev"))
        .select_from(
            LEDGER.outerjoin(BODY, BODY.c.seq == LEDGER.c.seq).outerjoin(before, before.c.seq == LEDGER.c.seq - 1)
        )
        .where(LEDGER.c.subject.in_(subjects))
        .order_by(LEDGER.c.seq)
    )
    return [{**_plain(row), "prev": row["prev"] or GENESIS} for row in connection.execute(rows).mappings()]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
    return value
