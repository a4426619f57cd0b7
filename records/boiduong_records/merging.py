"""Two files of one person made one, and apart again. The files stay as they are; a row says which counts for which."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, select

from boiduong_records.decision import Decision
from boiduong_records.entry import MERGED, UNMERGED
from boiduong_records.errors import BooksError
from boiduong_records.ledger import append_act, lock
from boiduong_records.registers import seal_registers
from boiduong_records.tables import CADRE, MERGE
from boiduong_records.versions import Changes, apply, current


def merge(connection: Connection, kept: int, absorbed: int, by: Decision) -> int:
    """Let `absorbed` count as `kept`; the entry's number.

    Raises BooksError where either is unknown or merged into another already, without a reason, or unless two people
    answer for it.
    """
    by.require()
    lock(connection)
    subjects = _subjects(connection, kept, absorbed)
    if kept == absorbed:
        raise BooksError(f"hồ sơ {kept} không gộp được với chính nó", "chọn hai hồ sơ khác nhau")
    into = _into(connection)
    for cadre in (kept, absorbed):
        if cadre in into:
            raise BooksError(
                f"hồ sơ {cadre} đã được gộp vào hồ sơ {into[cadre]}", f"gộp vào hồ sơ {into[cadre]}, hoặc tách ra trước"
            )
    body: dict[str, object] = {"kept": subjects[kept], "absorbed": subjects[absorbed], "reason": by.reason}
    seq = append_act(connection, MERGED, subjects[kept], body, by)
    apply(connection, MERGE, Changes(added=({"absorbed": absorbed, "kept": kept},)), seq)
    seal_registers(connection, seq, by)
    return seq


def unmerge(connection: Connection, absorbed: int, by: Decision) -> int:
    """Let `absorbed` stand for itself again, with all that it had absorbed; the entry's number.

    Raises BooksError where it is not merged, without a reason, or unless two people answer for it.
    """
    by.require()
    lock(connection)
    row = connection.execute(
        select(MERGE.c.row_id, MERGE.c.kept).where(current(MERGE), MERGE.c.absorbed == absorbed)
    ).one_or_none()
    if row is None:
        raise BooksError(f"hồ sơ {absorbed} không được gộp vào hồ sơ nào", "xem lại số hồ sơ cần tách")
    subjects = _subjects(connection, row.kept, absorbed)
    body: dict[str, object] = {"kept": subjects[row.kept], "absorbed": subjects[absorbed], "reason": by.reason}
    seq = append_act(connection, UNMERGED, subjects[row.kept], body, by)
    apply(connection, MERGE, Changes(closed=(row.row_id,)), seq)
    seal_registers(connection, seq, by)
    return seq


_PAIRS = select(MERGE.c.absorbed, MERGE.c.kept)
_NOW = _PAIRS.where(current(MERGE))
"""Put together once, for almost every page asks it several times."""


def people_of(connection: Connection, cadre: int, at_seq: int | None = None) -> tuple[int, ...]:
    """A cadre and all whom it has absorbed, those in turn included: their evidence together is the person's."""
    absorbed_by: dict[int, list[int]] = defaultdict(list)
    for absorbed, kept in _into(connection, at_seq).items():
        absorbed_by[kept].append(absorbed)
    found = [cadre]
    for one in found:  # grows while it is walked
        found += absorbed_by[one]
    return tuple(sorted(found))


def roots(connection: Connection, at_seq: int | None = None) -> dict[int, int]:
    """Each absorbed cadre, and the one that counts for it in the end."""
    into = _into(connection, at_seq)
    return {absorbed: _root(into, absorbed) for absorbed in into}


def subjects(connection: Connection, at_seq: int | None = None) -> dict[str, int]:
    """Whose evidence it is: each subject of the ledger, and the cadre that it counts for."""
    root = roots(connection, at_seq)
    rows = select(CADRE.c.subject, CADRE.c.cadre)
    if at_seq is not None:
        rows = rows.where(CADRE.c.since <= at_seq)
    return {subject: root.get(cadre, cadre) for subject, cadre in connection.execute(rows)}


def _root(into: Mapping[int, int], cadre: int) -> int:
    while cadre in into:
        cadre = into[cadre]
    return cadre


def _into(connection: Connection, at_seq: int | None = None) -> dict[int, int]:
    return dict(connection.execute(_NOW if at_seq is None else _PAIRS.where(current(MERGE, at_seq))).all())


def _subjects(connection: Connection, *cadres: int) -> dict[int, str]:
    rows = select(CADRE.c.cadre, CADRE.c.subject).where(CADRE.c.cadre.in_(cadres))
    found = dict(connection.execute(rows).all())
    for cadre in cadres:
        if cadre not in found:
            raise BooksError(f"sổ không có hồ sơ số {cadre}", "xem lại số hồ sơ")
    return found
