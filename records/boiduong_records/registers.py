"""The registers under the ledger's eye. After an import, one more entry holds the digest of the rows that it added and
of those that it closed, so that a post, a managing body or a class cannot be altered unseen.

Whose key is whose, and who was merged with whom, is sealed too. Identities and accounts are left out, because they may
be erased.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from boiduong_vocabulary.canonical import canonical, digest
from sqlalchemy import Connection, RowMapping, or_, select

from boiduong_records.decision import Decision
from boiduong_records.entry import REGISTERS
from boiduong_records.findings import Fault, Finding
from boiduong_records.ledger import append_act
from boiduong_records.tables import ACCOUNT, BODY, IDENTITY, LEDGER, METADATA
from boiduong_records.versions import BOOKKEEPING

WATCHED = tuple(table for table in METADATA.sorted_tables if "since" in table.c and table not in (IDENTITY, ACCOUNT))
_AT_A_TIME = 2_000
Marks = dict[int, list[str]]
"""By the number of an entry: a line for each row that it added or closed."""


def seal_registers(connection: Connection, seq: int, by: Decision) -> int | None:
    """Enter the digest of what entry `seq` did to the registers; the entry's number, None where it did nothing."""
    marks = _marks(connection, seq).get(seq)
    return append_act(connection, REGISTERS, "", {"of": seq, "rows": _digest(marks)}, by) if marks else None


def register_findings(connection: Connection) -> Iterator[Finding]:
    """Rows that are no longer what was sealed, and rows that no sealed import has entered or closed."""
    marks = _marks(connection)
    sealed = dict(_sealed(connection))
    for seq in sorted(marks.keys() | sealed.keys()):
        if seq not in sealed:
            yield Finding(Fault.REGISTER, seq, "danh sách có dòng ghi theo mục này mà mục này không nhập danh sách nào")
        elif _digest(marks.get(seq, [])) != sealed[seq]:
            message = "dòng danh sách (tổ chức, chức vụ, lớp…) ghi ở mục này đã bị sửa, thêm hoặc mất"
            yield Finding(Fault.REGISTER, seq, message)


def _sealed(connection: Connection) -> Iterator[tuple[int, str]]:
    """What the ledger says of each import's rows. A body that is no longer legible is told elsewhere."""
    query = select(BODY.c.body).join(LEDGER, LEDGER.c.seq == BODY.c.seq).where(LEDGER.c.kind == REGISTERS)
    for body in connection.execute(query).scalars():
        try:
            said = json.loads(body)
            yield said["of"], said["rows"]
        except (ValueError, TypeError, KeyError):
            continue


def _marks(connection: Connection, seq: int | None = None) -> Marks:
    """The marks of every entry, or of entry `seq` alone."""
    found: Marks = defaultdict(list)
    for table in WATCHED:
        query = select(table)
        if seq is not None:
            query = query.where(or_(*(table.c[name] == seq for name in ("since", "until") if name in table.c)))
        for row in connection.execute(query, execution_options={"yield_per": _AT_A_TIME}).mappings():
            mark = f"{table.name} {digest(canonical(_content(row)))}"
            found[row["since"]].append(f"+ {mark}")
            if row.get("until") is not None:
                found[row["until"]].append(f"- {mark}")
    return found


def _content(row: RowMapping) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in BOOKKEEPING}


def _digest(marks: Iterable[str]) -> str:
    return digest("\n".join(sorted(marks)).encode())
