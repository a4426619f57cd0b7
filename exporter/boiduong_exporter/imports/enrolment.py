"""Enrolment: who is to study a class, and may open its topics. A list adds to what the books have; whom it passes over
stays, and only a row that says so lets someone leave: half a list must never shut the other half out."""

from collections.abc import Callable, Iterator

from boiduong_records.enrolment import Seat, changes, files_of
from boiduong_records.matching import Candidate, Directory, directory
from boiduong_records.receipts import Outcome
from boiduong_records.tables import CLASS, ENROLMENT
from boiduong_records.versions import contents
from boiduong_vocabulary.problem import Problem

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.class_faults import no_class
from boiduong_exporter.imports.intake import Desk, Intake, Take
from boiduong_exporter.imports.units import units
from boiduong_exporter.imports.whose import who
from boiduong_exporter.readers.fields import Field, Spec, birth, code, name, text, yes_no
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.rulebook.kinds import Kinds

ENROLMENTS = "enrolment"
Told = tuple[Row, Seat, bool]
"""A row, the class and the person that it means, and whether they leave."""


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    del kinds
    return (
        Spec(
            ENROLMENTS,
            "Học viên",
            (
                Field("class_code", "Mã lớp", code),
                Field("code", "Mã cán bộ", code, ("Mã CB", "Mã số cán bộ", "Mã số")),
                Field("name", "Họ và tên", name, ("Họ tên", "Họ và tên học viên"), required=True, filled=True),
                Field("birth", "Ngày sinh", birth, ("Năm sinh",)),
                Field("unit", "Đơn vị", text, ("Đơn vị công tác",)),
                Field("leaves", "Thôi học", yes_no),
            ),
            marks=(Field("class_code", "Mã lớp", code),),
        ),
    )


def take_within(cadres: Callable[[int], bool], class_code: str = "") -> Take:
    """How a list is taken from someone who has these people in their care: it finds nobody else, so that it cannot be
    asked either who there is. What names no class is of `class_code`."""

    def within(desk: Desk, reading: Reading, intake: Intake) -> None:
        told = [*_told(desk, reading, intake, _narrowed(directory(desk.connection), cadres), class_code)]
        there = files_of(desk.connection, {class_code for _, (class_code, _), _ in told})
        joining = [seat for _, seat, leaves in told if not leaves]
        leaving = [seat for _, seat, leaves in told if leaves]
        intake.changes.append((ENROLMENT, changes(desk.connection, joining, leaving)))
        for row, seat, leaves in told:
            intake.receive(row, Outcome.TAKEN if (seat in there) == leaves else Outcome.UNCHANGED)

    return within


take = take_within(lambda _: True)


def _narrowed(known: Directory, cadres: Callable[[int], bool]) -> Directory:
    def some(found: list[Candidate]) -> list[Candidate]:
        return [one for one in found if cadres(one.root)]

    return Directory(
        {code_: kept for code_, found in known.by_code.items() if (kept := some(found))},
        {name_: kept for name_, found in known.by_name.items() if (kept := some(found))},
    )


def _told(desk: Desk, reading: Reading, intake: Intake, people: Directory, own: str) -> Iterator[Told]:
    """What the sound rows say; the others are refused."""
    classes = {row["code"] for row in contents(desk.connection, CLASS)}
    organizations = units(desk.connection)
    marks = {id(row): table.marks.get("class_code") for table in reading.tables for row in table.rows}
    said: dict[Seat, bool] = {}
    for row in intake.sound(reading, ENROLMENTS):
        class_code: str = row.values.get("class_code") or marks.get(id(row)) or own
        if class_code not in classes:
            intake.refuse(row, [no_class(row, class_code, classes)])
            continue
        whose = who(row, people, organizations)
        leaves = bool(row.values.get("leaves"))
        if isinstance(whose, Problem):
            intake.refuse(row, [whose])
        elif said.setdefault((class_code, whose), leaves) != leaves:
            intake.refuse(row, [_contradicted(row, class_code)])
        else:
            yield row, (class_code, whose), leaves


def _contradicted(row: Row, class_code: str) -> Problem:
    message = f"{row.at('leaves')}: một dòng trên nói khác về người này ở lớp «{class_code}»"
    return fault(Code.TOLD_TWICE, row.place, message, "giữ một dòng: vào lớp, hoặc thôi học")
