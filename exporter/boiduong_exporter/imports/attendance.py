"""Attendance sheets: one row a person, one column a half day; marks, or times in and out; at the end the result.

Each mark becomes evidence. What the ledger has otherwise is never overwritten: it takes a reversal first."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from boiduong_records.matching import Directory, directory
from boiduong_records.receipts import Outcome
from boiduong_records.tables import CLASS, PLACE, SESSION
from boiduong_records.versions import contents
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Half, Result
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import did_you_mean, fold, show_date
from sqlalchemy import Connection

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.attendance_ledger import Files, Known, Said, files
from boiduong_exporter.imports.attendance_marks import ESSAY, Slot, mark, score, slot
from boiduong_exporter.imports.class_faults import no_class
from boiduong_exporter.imports.intake import Desk, Intake
from boiduong_exporter.imports.units import Units, units
from boiduong_exporter.imports.whose import who
from boiduong_exporter.readers.fields import Cell, CellError, Field, Kind, Spec, birth, code, name, text
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.rulebook.kinds import Kinds

ATTENDANCE = "attendance"
_SHOWN = 3
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
                Field("place", "Điểm học", text, ("Điểm", "Điểm cầu")),
                Field("score", "Điểm kiểm tra", score, ("Điểm thi", "Điểm bài kiểm tra")),
                Field("essay", "Bài thu hoạch", ESSAY, ("Thu hoạch",)),
                Field("assessor", "Người đánh giá", text, ("Người chấm",)),
            ),
            open_column=slot,
            marks=(Field("class_code", "Mã lớp", code),),
        ),
    )


@dataclass(frozen=True)
class _Class:
    """A class as a sheet needs it."""

    code: str
    last: date | None
    """The day of its last session."""
    deliveries: Mapping[Slot, Delivery]
    places: Mapping[str, tuple[str, Delivery]]
    """By folded name."""

    def meets(self, slot_: Slot) -> bool:
        """A half day that is held in halls or at bridges. A live one is live for each, wherever they sit."""
        return self.deliveries.get(slot_) in (Delivery.HALL, Delivery.BRIDGE)

    @property
    def has_several_ways(self) -> bool:
        """Some attend in the hall and some at bridges, so that a row must say which."""
        return len({delivery for _, delivery in self.places.values()}) > 1


@dataclass(frozen=True)
class _Register:
    """What the books know that a sheet may speak of."""

    classes: Mapping[str, _Class]
    people: Directory
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
        if clashes := [*known.clashes(row, subject, said)]:
            intake.refuse(row, clashes)
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
    sessions: dict[str, dict[Slot, Delivery]] = defaultdict(dict)
    for row in contents(connection, SESSION):
        sessions[row["class_code"]][(row["date"], Half(row["half"]))] = Delivery(row["delivery"])
    places: dict[str, dict[str, tuple[str, Delivery]]] = defaultdict(dict)
    for row in contents(connection, PLACE):
        places[row["class_code"]][fold(row["name"])] = (row["name"], Delivery(row["delivery"]))
    classes = {
        row["code"]: _Class(
            row["code"], max((day for day, _ in sessions[row["code"]]), default=None),
            sessions[row["code"]], places[row["code"]],
        )
        for row in contents(connection, CLASS)
    }  # fmt: skip
    return _Register(classes, directory(connection), units(connection), files(connection))


def _read(row: Row, class_code: str, register: _Register) -> tuple[str, list[Said]] | list[Problem]:
    """Whose row it is and what it says, or what is wrong with it."""
    found = register.classes.get(class_code)
    if found is None:
        return [no_class(row, class_code, register.classes)]
    cadre = who(row, register.people, register.units)
    where = _where(row, found)
    problems = [each for each in (cadre, where) if isinstance(each, Problem)]
    venue = ("", None) if isinstance(where, Problem) else where
    said: list[Said] = [*_attendances(row, found, venue, problems), *_result(row, found, problems)]
    return problems if problems or isinstance(cadre, Problem) else (register.files.subjects[cadre], said)


def _where(row: Row, found: _Class) -> tuple[str, Delivery | None] | Problem:
    """The hall or bridge, and how it is held; None where each session says it."""
    said = row.values.get("place") or ""
    if not said and found.has_several_ways and any(found.meets(slot_) for slot_ in _slots(row)):
        message = f"{row.at('place')}: lớp có hội trường và điểm cầu, dòng này chưa ghi học ở đâu"
        some = ", ".join(f"«{name_}»" for name_, _ in list(found.places.values())[:_SHOWN])
        return fault(Code.UNKNOWN_PLACE, row.place, message, f"ghi «Điểm học», ví dụ {some}")
    if not said:
        return "", None
    place = found.places.get(fold(said))
    if place:
        return place
    names = [name_ for name_, _ in found.places.values()]
    hint = did_you_mean(said, names) or "ghi đúng tên điểm học của lớp, hoặc thêm điểm vào bảng «Điểm học»"
    return fault(Code.UNKNOWN_PLACE, row.place, f"{row.at('place')}: lớp không có điểm học «{said}»", hint)


def _slots(row: Row) -> Iterator[Slot]:
    return (slot_ for slot_, cell in row.open.items() if _is_marked(cell))


def _attendances(
    row: Row, found: _Class, where: tuple[str, Delivery | None], problems: list[Problem]
) -> Iterator[Attendance]:
    for (day, half), cell in row.open.items():
        if not _is_marked(cell):
            continue
        delivery = found.deliveries.get((day, half))
        if delivery is None:
            message = f"{cell.where}: lớp «{found.code}» không có buổi {half.label} {show_date(day)}"
            problems.append(fault(Code.UNKNOWN_SESSION, row.place, message, "sửa tiêu đề cột, hoặc thêm buổi vào lớp"))
            continue
        try:
            presence, came, left = mark(cell)
        except CellError as error:
            problems.append(fault(error.code, row.place, f"{cell.where}: {error.message}", error.hint))
            continue
        place, how = where if found.meets((day, half)) else ("", None)
        yield Attendance(found.code, day, half, how or delivery, presence, place, came, left)


def _result(row: Row, found: _Class, problems: list[Problem]) -> Iterator[Result]:
    score_, essay = row.values.get("score"), row.values.get("essay")
    if score_ is None and essay is None:
        return
    if found.last is None:
        message = f"lớp «{found.code}» chưa có buổi nào, nên chưa rõ ngày của kết quả"
        problems.append(fault(Code.UNKNOWN_SESSION, row.place, message, "nhập các buổi của lớp trước"))
    else:
        yield Result(found.code, found.last, score_, essay, row.values.get("assessor") or "")
