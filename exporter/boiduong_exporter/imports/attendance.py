"""Attendance sheets: one row a person, one column a half day; marks, or times in and out; at the end the result.

Each mark becomes evidence. What the ledger has otherwise is never overwritten: it takes a reversal first."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from boiduong_records.matching import Directory, directory
from boiduong_records.receipts import Outcome
from boiduong_vocabulary.evidence import Attendance, Result
from boiduong_vocabulary.problem import Problem
from sqlalchemy import Connection

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.attendance_class import HeldClass, Slot, Venue, held_classes
from boiduong_exporter.imports.attendance_ledger import Files, Known, Said, files
from boiduong_exporter.imports.attendance_marks import ESSAY, mark, score, slot
from boiduong_exporter.imports.class_faults import no_class
from boiduong_exporter.imports.intake import Desk, Intake
from boiduong_exporter.imports.people import People
from boiduong_exporter.imports.units import Units, units
from boiduong_exporter.imports.whose import who
from boiduong_exporter.readers.fields import Cell, CellError, Field, Kind, Spec, birth, code, name, text
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.rulebook.kinds import Kinds

ATTENDANCE = "attendance"
OPEN_EDX = "Open edX"
"""Whose accounts a sheet means first: only the attendance block of a course writes them."""
UNMARKED = "chưa đánh dấu buổi nào"


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    del kinds
    return (
        Spec(
            ATTENDANCE,
            "Bảng điểm danh",
            (
                Field("class_code", "Mã lớp", code),
                Field("code", "Mã cán bộ", code, ("Mã CB", "Mã số cán bộ", "Mã số")),
                Field("name", "Họ và tên", name, ("Họ tên", "Họ và tên học viên"), required=True, filled=True),
                Field("birth", "Ngày sinh", birth, ("Năm sinh",)),
                Field("unit", "Đơn vị", text, ("Đơn vị công tác",)),
                Field("account", "Tài khoản", text, ("Tên đăng nhập", "Email", "Thư điện tử")),
                Field("place", "Điểm học", text, ("Điểm", "Điểm cầu")),
                Field("score", "Điểm kiểm tra", score, ("Điểm thi", "Điểm bài kiểm tra")),
                Field("essay", "Bài thu hoạch", ESSAY, ("Thu hoạch",)),
                Field("assessor", "Người đánh giá", text, ("Người chấm",)),
            ),
            open_column=slot,
            marks=(Field("class_code", "Mã lớp", code),),
            beside=("Cách ghi", "Lý do", "Người ghi"),
        ),
    )


@dataclass(frozen=True)
class _Register:
    """What the books know that a sheet may speak of."""

    classes: Mapping[str, HeldClass]
    people: Directory
    accounts: People
    units: Units
    files: Files


def take(desk: Desk, reading: Reading, intake: Intake) -> None:
    """Evidence from every sound row; a row with one bad mark is refused whole."""
    register = _register(desk.connection)
    read: list[tuple[Row, str, list[Said]]] = []
    marks = {id(row): table.marks.get("class_code") for table in reading.tables for row in table.rows}
    for row in _marked(reading, intake):
        found = _read(row, row.values.get("class_code") or marks.get(id(row)) or "", register)
        if isinstance(found, list):
            intake.refuse(row, found)
        else:
            read.append((row, *found))
    known = Known(desk.connection, register.files, {subject for _, subject, _ in read})
    for row, subject, said in read:
        if clashes := [*known.clashes(subject, said)]:
            intake.refuse(row, [fault(no.code, row.place, no.message, no.hint) for no in clashes])
        else:
            number = intake.receive(row, Outcome.UNCHANGED)
            intake.drafts += ((draft, number) for draft in known.drafts(subject, said, desk.author))


def _marked(reading: Reading, intake: Intake) -> Iterator[Row]:
    """The rows that say anything. Of those prepared for people who are not marked a sheet tells once."""
    unmarked_rows: Counter[str] = Counter()
    for row in intake.sound(reading, ATTENDANCE):
        if _says_something(row):
            yield row
        else:
            intake.receive(replace(row, skipped=UNMARKED), Outcome.SKIPPED)
            unmarked_rows[row.place.path] += 1
    for table in reading.tables:
        if count := unmarked_rows[table.place.path]:
            hint = "không cần làm gì nếu những người này không dự; có dự thì đánh x (có mặt), v (vắng), p (có phép)"
            message = f"{count} dòng {UNMARKED}, nên bỏ qua"
            intake.problems.append(fault(Code.NOTHING_MARKED, table.place, message, hint))


def _says_something(row: Row) -> bool:
    results = (row.values.get("score"), row.values.get("essay"))
    return any(map(_is_marked, row.open.values())) or any(each is not None for each in results)


def _is_marked(cell: Cell) -> bool:
    return not (cell.kind is Kind.BLANK or (cell.kind is Kind.TEXT and not cell.line))


def _register(connection: Connection) -> _Register:
    accounts = People(connection, OPEN_EDX)
    return _Register(held_classes(connection), directory(connection), accounts, units(connection), files(connection))


def _read(row: Row, class_code: str, register: _Register) -> tuple[str, list[Said]] | list[Problem]:
    """Whose row it is and what it says, or what is wrong with it."""
    found = register.classes.get(class_code)
    if found is None:
        return [no_class(row, class_code, register.classes)]
    cadre = who(row, register.people, register.units, register.accounts)
    venue = found.venue(row.values.get("place") or "", _slots(row))
    problems = [cadre] if isinstance(cadre, Problem) else []
    if isinstance(venue, No):
        problems.append(fault(venue.code, row.place, f"{row.at('place')}: {venue.message}", venue.hint))
        venue = ("", None)
    said: list[Said] = [*_attendances(row, found, venue, problems), *_result(row, found, problems)]
    return problems if problems or isinstance(cadre, Problem) else (register.files.subjects[cadre], said)


def _slots(row: Row) -> Iterator[Slot]:
    return (slot_ for slot_, cell in row.open.items() if _is_marked(cell))


def _attendances(row: Row, found: HeldClass, venue: Venue, problems: list[Problem]) -> Iterator[Attendance]:
    for slot_ in _slots(row):
        cell = row.open[slot_]
        delivery = found.session(slot_)
        if isinstance(delivery, No):
            hint = f"sửa tiêu đề cột, hoặc {delivery.hint}"
            problems.append(fault(delivery.code, row.place, f"{cell.where}: {delivery.message}", hint))
            continue
        try:
            said = mark(cell)
        except CellError as error:
            problems.append(fault(error.code, row.place, f"{cell.where}: {error.message}", error.hint))
            continue
        yield found.attendance(slot_, delivery, venue, said)


def _result(row: Row, found: HeldClass, problems: list[Problem]) -> Iterator[Result]:
    score_, essay = row.values.get("score"), row.values.get("essay")
    if score_ is None and essay is None:
        return
    if found.last is None:
        message = f"lớp «{found.code}» chưa có buổi nào, nên chưa rõ ngày của kết quả"
        problems.append(fault(Code.UNKNOWN_SESSION, row.place, message, "nhập các buổi của lớp trước"))
    else:
        yield Result(found.code, found.last, score_, essay, row.values.get("assessor") or "")
