"""A person's right to be forgotten, within the law's time for keeping records.

Erasing removes identities and accounts, and on order the bodies of the ledger with their salts; what remains proves
nothing about anyone, and an entry says what was removed and on what basis.
"""

from dataclasses import dataclass
from datetime import date

from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import Connection, Table, Text, cast, delete, func, or_, select, update

from boiduong_records.chunks import chunks
from boiduong_records.decision import Decision
from boiduong_records.entry import ERASED
from boiduong_records.errors import BooksError
from boiduong_records.ledger import append_act, lock
from boiduong_records.merging import people_of, roots
from boiduong_records.tables import ACCOUNT, BATCH, BODY, CADRE, IDENTITY, LEDGER, RECEIPT

_BLANK = "[đã xóa]"


@dataclass(frozen=True, slots=True)
class Duty:
    """Until which day a record must be kept, and on what basis."""

    until: date
    basis: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed; `seqs` are the entries that say so."""

    identities: int
    accounts: int
    bodies: int
    seqs: tuple[int, ...]


def erase(connection: Connection, cadre: int, by: Decision, *, duty: Duty | None, bodies: bool = False) -> Erased:
    """Remove a person's identities and accounts, under all files merged into one, and with `bodies` what the ledger
    says of them. The decision's reason is the basis.

    Raises BooksError while the `duty` to keep the record runs, where nothing is left to erase, without a basis, and
    unless two people answer for it.
    """
    by.require()
    _require_end_of(duty, by)
    lock(connection)
    files = everyone(connection, cadre)
    names, accounts = _names(connection, files), _count(connection, ACCOUNT, files)
    gone = {subject: _bodies_of(connection, subject) if bodies else [] for subject in _subjects(connection, files)}
    if not (names or accounts or any(gone.values())):
        raise BooksError(f"hồ sơ {cadre} không còn gì để xóa", "xem lại số hồ sơ")
    said = tuple(
        append_act(connection, ERASED, subject, {"basis": by.reason, "bodies": seqs}, by)
        for subject, seqs in gone.items()
    )
    _blank_names(connection, names)
    connection.execute(delete(ACCOUNT).where(ACCOUNT.c.cadre.in_(files)))
    identities = connection.execute(delete(IDENTITY).where(IDENTITY.c.cadre.in_(files))).rowcount
    erased = _delete_bodies(connection, [seq for seqs in gone.values() for seq in seqs])
    return Erased(identities, accounts, erased, said)


def everyone(connection: Connection, cadre: int) -> tuple[int, ...]:
    """All files of one person, whichever of them is asked for."""
    return people_of(connection, roots(connection).get(cadre, cadre))


def _require_end_of(duty: Duty | None, by: Decision) -> None:
    if duty is not None and by.day <= duty.until:
        raise BooksError(
            f"chưa hết thời hạn phải giữ hồ sơ, đến hết ngày {show_date(duty.until)}: {duty.basis}",
            "chờ hết thời hạn; muốn đổi thời hạn thì sửa mục «retention» trong cach-hieu.toml, có căn cứ",
        )


def _subjects(connection: Connection, files: tuple[int, ...]) -> list[str]:
    rows = select(CADRE.c.subject).where(CADRE.c.cadre.in_(files)).order_by(CADRE.c.cadre)
    return list(connection.execute(rows).scalars())


def _names(connection: Connection, files: tuple[int, ...]) -> set[str]:
    return set(connection.execute(select(IDENTITY.c.name).where(IDENTITY.c.cadre.in_(files))).scalars())


def _count(connection: Connection, table: Table, files: tuple[int, ...]) -> int:
    return connection.execute(select(func.count()).where(table.c.cadre.in_(files))).scalar_one()


def _bodies_of(connection: Connection, subject: str) -> list[int]:
    """What says that something was erased stays."""
    query = select(BODY.c.seq).join(LEDGER, LEDGER.c.seq == BODY.c.seq)
    query = query.where(LEDGER.c.subject == subject, LEDGER.c.kind != ERASED).order_by(BODY.c.seq)
    return list(connection.execute(query).scalars())


def _delete_bodies(connection: Connection, seqs: list[int]) -> int:
    return sum(connection.execute(delete(BODY).where(BODY.c.seq.in_(piece))).rowcount for piece in chunks(seqs))


def _blank_names(connection: Connection, names: set[str]) -> None:
    """Receipts hold places and reasons; a file called after a person, or a reason that quotes one, must not stay. A
    single word is no full name, and would be found within others."""
    for name in names:
        if " " in name:
            _blank(connection, RECEIPT, ("place", "reason"), name)
            _blank(connection, BATCH, ("file_name",), name)


def _blank(connection: Connection, table: Table, columns: tuple[str, ...], name: str) -> None:
    values = {column: func.replace(table.c[column], cast(name, Text), _BLANK) for column in columns}
    holds = or_(*(table.c[column].contains(name, autoescape=True) for column in columns))
    connection.execute(update(table).where(holds).values(values))
