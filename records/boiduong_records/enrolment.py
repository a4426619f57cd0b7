"""Who is enrolled in which class: these alone may open its topics. A row names the file under which someone was
enrolled; a person is enrolled where any of their merged files is."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from boiduong_records.decision import Decision
from boiduong_records.entry import ENROLLED
from boiduong_records.ledger import append_act, lock
from boiduong_records.merging import roots
from boiduong_records.registers import seal_registers
from boiduong_records.seating import Seat
from boiduong_records.seating import changes as seating_changes
from boiduong_records.tables import ENROLMENT, SEATING
from boiduong_records.versions import Changes, apply, current, find, in_chunks


def classes_of(connection: Connection, cadres: Collection[int]) -> list[str]:
    """The codes of the classes that a person, by all their files, is enrolled in."""
    return sorted({row["class_code"] for row in in_chunks(connection, ENROLMENT, ENROLMENT.c.cadre, cadres)})


def enrolled(connection: Connection, class_code: str) -> list[int]:
    """The people of a class, each by the file that counts after merging."""
    rows = select(ENROLMENT.c.cadre).where(current(ENROLMENT), ENROLMENT.c.class_code == class_code)
    root = roots(connection)
    return sorted({root.get(cadre, cadre) for cadre in connection.execute(rows).scalars()})


def may_study(connection: Connection, cadres: Collection[int], class_code: str) -> bool:
    """Whether a person, by all their files, is enrolled in the class."""
    row = select(ENROLMENT.c.row_id).where(
        current(ENROLMENT), ENROLMENT.c.class_code == class_code, ENROLMENT.c.cadre.in_(cadres)
    )
    return connection.execute(row.limit(1)).first() is not None


def files_of(connection: Connection, classes: Iterable[str]) -> dict[Seat, set[int]]:
    """Of each class and person in it: the files under which they were enrolled."""
    root = roots(connection)
    found: dict[Seat, set[int]] = defaultdict(set)
    for row in in_chunks(connection, ENROLMENT, ENROLMENT.c.class_code, {*classes}):
        found[row["class_code"], root.get(row["cadre"], row["cadre"])].add(row["cadre"])
    return dict(found)


def changes(connection: Connection, joining: Collection[Seat], leaving: Collection[Seat]) -> Changes:
    """What it takes that those who join are enrolled and those who leave are not; everybody else stays."""
    there = files_of(connection, {class_code for class_code, _ in (*joining, *leaving)})
    wanted = [{"class_code": code, "cadre": cadre} for code, cadre in joining if (code, cadre) not in there]
    emptied = [(code, file) for code, cadre in leaving for file in there.get((code, cadre), ())]
    return find(connection, ENROLMENT, wanted, groups=emptied)


def enrol(
    connection: Connection, class_code: str, joining: Collection[int], leaving: Collection[int], by: Decision
) -> int | None:
    """Enrol people in a class and let others leave it and their seats; the entry's number, None where that changes
    nothing."""
    lock(connection)
    left = [(class_code, cadre) for cadre in leaving]
    changed = changes(connection, [(class_code, cadre) for cadre in joining], left)
    if not changed:
        return None
    body: dict[str, object] = {"class": class_code, "joined": len(changed.added), "left": len(changed.closed)}
    seq = append_act(connection, ENROLLED, "", body, by)
    apply(connection, ENROLMENT, changed, seq)
    apply(connection, SEATING, seating_changes(connection, {}, left), seq)
    seal_registers(connection, seq, by)
    return seq
