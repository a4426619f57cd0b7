"""Attendance sheets: one row a person, one column a half day; marks, or times in and out; at the end the result.

Each mark becomes evidence. What the ledger has otherwise is never overwritten: it takes a reversal first."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from boiduong_records.matching import Directory, directory
from boiduong_records.receipts import Outcome
from boiduong_vocabulary.evidence import Attendance, Presence, Result
from boiduong_vocabulary.problem import Place, Problem, in_order
from boiduong_vocabulary.vietnamese import fold, show_date
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
AT_PLACE, TEAMS = "Tại điểm học", "Tổ"
"""What stands above the sheet of one place, and a column of its people that is only read by them."""
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
            marks=(Field("class_code", "Mã lớp", code), Field("place", AT_PLACE, text)),
            beside=("Cách ghi", "Lý do", "Người ghi", TEAMS),
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
    marks = {id(row): table.marks for table in reading.tables for row in table.rows}
    for row in _marked(reading, intake):
        found = _read(row, marks[id(row)], register)
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


def _read(row: Row, marks: Mapping[str, str | None], register: _Register) -> tuple[str, list[Said]] | list[Problem]:
    """Whose row it is and what it says, or what is wrong with it. What it does not say itself stands above it."""
    class_code = row.values.get("class_code") or marks["class_code"] or ""
    found = register.classes.get(class_code)
    if found is None:
        return [no_class(row, class_code, register.classes)]
    cadre = who(row, register.people, register.units, register.accounts)
    venue = found.venue(row.values.get("place") or marks["place"] or "", _slots(row))
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


# A sheet that is looked at ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ticked:
    """What a row says of one person at one session; `where` is the row."""

    cadre: int
    presence: Presence
    came: int | None
    left: int | None
    where: Place


def ticked(
    connection: Connection, reading: Reading, class_code: str, slot_: Slot, place: str = ""
) -> tuple[list[Ticked], list[Problem]]:
    """What a sheet says of one session of a class, at one place of it (empty: wherever): nothing is entered. Rows that
    cannot be told, and of each person all but one, are Problems."""
    register, intake = _register(connection), Intake(problems=reading.all_problems())
    rows = [row for row in intake.sound(reading, ATTENDANCE) if slot_ in row.open and _is_marked(row.open[slot_])]
    if not any(slot_ in row.open for table in reading.tables for row in table.rows) and reading.tables:
        intake.problems.append(_no_column(reading, slot_))
    marks = {id(row): table.marks for table in reading.tables for row in table.rows}
    found: dict[int, Ticked] = {}
    for row in rows:
        one = _ticked(row, {**marks[id(row)]}, register, (class_code, slot_, place))
        if isinstance(one, Problem):
            intake.problems.append(one)
        elif one.cadre in found:
            message = f"{row.at('name')}: người này đã có ở {found[one.cadre].where}"
            intake.problems.append(fault(Code.TOLD_TWICE, row.place, message, "bỏ một trong hai dòng"))
        else:
            found[one.cadre] = one
    return [*found.values()], in_order(dict.fromkeys(intake.problems))


def _ticked(
    row: Row, marks: Mapping[str, str | None], register: _Register, wanted: tuple[str, Slot, str]
) -> Ticked | Problem:
    class_code, slot_, place = wanted
    said = row.values.get("class_code") or marks["class_code"] or class_code
    if said != class_code:
        message = f"dòng này của lớp «{said}», không phải lớp «{class_code}»"
        return fault(Code.UNKNOWN_CLASS, row.place, message, "chọn bảng điểm danh của đúng lớp")
    sits = row.values.get("place") or marks["place"] or place
    if place and fold(sits) != fold(place):
        message = f"dòng này của điểm học «{sits}», không phải «{place}»"
        return fault(Code.UNKNOWN_PLACE, row.place, message, "đưa dòng này vào danh sách của điểm học ấy")
    cadre = who(row, register.people, register.units, register.accounts)
    if isinstance(cadre, Problem):
        return cadre
    try:
        return Ticked(cadre, *mark(row.open[slot_]), row.place)
    except CellError as error:
        return fault(error.code, row.place, f"{row.open[slot_].where}: {error.message}", error.hint)


def _no_column(reading: Reading, slot_: Slot) -> Problem:
    day, half = slot_
    message = f"bảng không có cột buổi {half.label} {show_date(day)}"
    return fault(Code.UNKNOWN_SESSION, reading.tables[0].place, message, "chọn bảng ký có cột của buổi này")
