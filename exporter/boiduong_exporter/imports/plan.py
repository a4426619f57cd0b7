"""A year's plan: its lines as they stand, each import a version of the plan of that body and year."""

from dataclasses import dataclass, field
from typing import Any

from boiduong_records.receipts import Outcome
from boiduong_records.tables import PLAN_LINE
from boiduong_records.versions import contents, find
from boiduong_vocabulary.problem import Problem, Severity
from boiduong_vocabulary.vietnamese import fold

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.intake import Desk, Intake
from boiduong_exporter.readers.fields import Cell, CellError, Field, Spec, choice, code, text, whole
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.rulebook.kinds import Kinds

PLAN = "plan"
Key = tuple[Any, str]
_FIRST, _LAST = 1990, 2100
STATES = ("nghiên cứu", "đề xuất", "có chủ trương", "đã duyệt", "chuyển sang kế hoạch khác")


def year(cell: Cell) -> int | None:
    """A year of our time; "26" is none."""
    found = whole(cell)
    if found is not None and not _FIRST <= found <= _LAST:
        raise CellError(f"«{found}» không phải năm", "viết đủ bốn chữ số, ví dụ 2026", Code.BAD_NUMBER)
    return found


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    del kinds
    states = choice({state: state for state in STATES}, {"được duyệt": STATES[3], "chuyển": STATES[4]})
    return (
        Spec(
            PLAN,
            "Kế hoạch năm",
            (
                Field("number", "Mã dòng", code, ("Số dòng", "Mã kế hoạch"), required=True, filled=True),
                Field("audience", "Đối tượng", text, ("Đối tượng học",), required=True, filled=True),
                Field("classes", "Số lớp", whole, required=True, filled=True),
                Field("people", "Số người", whole, ("Số học viên", "Số lượng học viên")),
                Field("lead", "Cơ quan chủ trì", text, ("Chủ trì",)),
                Field("coordinators", "Cơ quan phối hợp", text, ("Phối hợp",)),
                Field("document", "Văn bản", text, ("Căn cứ", "Văn bản căn cứ")),
                Field("state", "Tình trạng", states, ("Trạng thái",), required=True, filled=True),
                Field("moved_to", "Chuyển sang", text),
            ),
            marks=(
                Field("year", "Năm", year, required=True),
                Field("owner", "Cơ quan lập kế hoạch", text, ("Cơ quan lập",), required=True),
            ),
        ),
    )


def take(desk: Desk, reading: Reading, intake: Intake) -> None:
    """The plan of the body and year that stand above the table, whole: a line left out is no longer planned. A plan of
    which a line cannot be read leaves the one in the books as it is."""
    plans = _plans(desk, reading, intake)
    kept = {key: plan for key, plan in plans.items() if plan.cause is None}
    for row, cause in ((row, plan.cause) for plan in plans.values() for row, _ in plan.lines):
        if cause:
            intake.refuse_with(row, cause)
    changes = find(desk.connection, PLAN_LINE, [line for plan in kept.values() for _, line in plan.lines])
    intake.changes.append((PLAN_LINE, changes))
    touched = {(row["year"], row["owner"], row["number"]) for row in changes.added}
    for plan in kept.values():
        for row, line in plan.lines:
            is_new = (line["year"], line["owner"], line["number"]) in touched
            intake.receive(row, Outcome.TAKEN if is_new else Outcome.UNCHANGED)


@dataclass
class _Plan:
    """The sound lines of one body and year, and the first thing wrong with any other."""

    owner: str
    lines: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    cause: Problem | None = None


def _plans(desk: Desk, reading: Reading, intake: Intake) -> dict[Key, _Plan]:
    plans = {(row["year"], fold(row["owner"])): _Plan(row["owner"]) for row in contents(desk.connection, PLAN_LINE)}
    heads = {id(row): table.marks for table in reading.tables for row in table.rows}
    for table in reading.tables:
        plan = plans.setdefault(_key(table.marks), _Plan(table.marks.get("owner") or ""))
        told = (*table.problems, *(each for row in table.rows if not row.skipped for each in row.problems))
        plan.cause = plan.cause or next((each for each in told if each.severity is Severity.ERROR), None)
    for row in intake.sound(reading, PLAN):
        plan = plans[_key(heads[id(row)])]
        line = _line(row, heads[id(row)]) | {"owner": plan.owner}
        if wrong := _wrong(row, line, any(line["number"] == each["number"] for _, each in plan.lines)):
            intake.refuse(row, [wrong])
            plan.cause = plan.cause or wrong
        else:
            plan.lines.append((row, line))
    return plans


def _key(marks: dict[str, Any]) -> Key:
    """A body is the same however its name is typed."""
    return marks.get("year"), fold(marks.get("owner") or "")


def _line(row: Row, marks: dict[str, Any]) -> dict[str, Any]:
    people = row.values.get("people")
    texts = {key: value or "" for key, value in row.values.items() if key not in ("classes", "people")}
    return texts | {"year": marks["year"], "owner": marks["owner"], "classes": row.values["classes"], "people": people}


def _wrong(row: Row, line: dict[str, Any], repeated: bool) -> Problem | None:
    if repeated:
        message = f"mã dòng «{line['number']}» đã dùng cho một dòng trên"
        return fault(Code.REPEATED_ROW, row.place, message, "mỗi dòng kế hoạch một mã")
    if line["state"] == STATES[4] and not line["moved_to"]:
        message = "«Chuyển sang»: dòng đã chuyển mà chưa ghi chuyển sang đâu"
        return fault(Code.EMPTY_VALUE, row.place, message, "điền cột «Chuyển sang»")
    return None
