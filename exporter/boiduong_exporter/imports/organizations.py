"""Organizations with their dates, what they grew out of, and the terms of their Party organization."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from boiduong_records.receipts import Outcome
from boiduong_records.tables import ORGANIZATION, SUCCESSION, TERM
from boiduong_records.versions import contents, find
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.intake import Desk, Intake
from boiduong_exporter.imports.organization_faults import State, circles, orphans, overlaps
from boiduong_exporter.imports.units import Units, units_of
from boiduong_exporter.readers.fields import Field, Spec, choice, code, day, text
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.rulebook.kinds import Kinds

ORGANIZATIONS, TERMS = "organizations", "terms"


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    return (
        Spec(
            ORGANIZATIONS,
            "Tổ chức",
            (
                Field("code", "Mã tổ chức", code, ("Mã đơn vị", "Mã"), required=True, filled=True),
                Field("name", "Tên tổ chức", text, ("Tên đơn vị", "Tên tổ chức, đơn vị"), required=True, filled=True),
                Field("kind", "Loại tổ chức", _choice(kinds.organizations), ("Loại",), required=True, filled=True),
                Field("level", "Cấp", _choice(kinds.levels), (), required=True, filled=True),
                Field("parent", "Cấp trên", text, ("Trực thuộc", "Tổ chức cấp trên")),
                Field("valid_from", "Từ ngày", day, ("Thành lập ngày", "Ngày thành lập")),
                Field("valid_to", "Đến ngày", day, ("Kết thúc ngày", "Ngày kết thúc")),
                Field("predecessors", "Hợp nhất từ", text, ("Kế thừa từ", "Sáp nhập từ")),
            ),
        ),
        Spec(
            TERMS,
            "Nhiệm kỳ",
            (
                Field("organization", "Đảng bộ", text, ("Tổ chức", "Đảng bộ, tổ chức"), required=True, filled=True),
                Field("name", "Nhiệm kỳ", text, ("Tên nhiệm kỳ",), required=True, filled=True),
                Field("starts", "Bắt đầu", day, ("Ngày bắt đầu",), required=True, filled=True),
                Field("ends", "Kết thúc", day, ("Ngày kết thúc",), required=True, filled=True),
            ),
            optional=True,
        ),
    )


def _choice(words: Any) -> Callable[[Any], Any]:
    offered = {label: id_ for id_, label in words.labels.items()}
    return choice(offered, {word: id_ for word, id_ in words.ids.items() if word not in offered})


def take(desk: Desk, reading: Reading, intake: Intake) -> None:
    """Organizations first, because the terms and one another's parents name them."""
    rows = {key: intake.sound(reading, key) for key in (ORGANIZATIONS, TERMS)}
    known = contents(desk.connection, ORGANIZATION)
    directory = units_of([*known, *(row.values for row in rows[ORGANIZATIONS])])
    taken = _take_organizations(desk, intake, rows[ORGANIZATIONS], known, directory)
    _take_terms(desk, intake, rows[TERMS], units_of([*known, *taken]))


def _take_organizations(
    desk: Desk, intake: Intake, rows: list[Row], known: list[dict[str, Any]], directory: Units
) -> list[dict[str, Any]]:
    """Enters what is sound of the rows, and gives it back."""
    wanted: dict[int, State] = {}
    for number, row in enumerate(rows):
        state, wrong = _state(row, directory)
        if wrong:
            intake.refuse(row, wrong)
        else:
            wanted[number] = state
    for fault_of in (overlaps, circles, orphans):
        for number, problem in [*fault_of(wanted, known)]:
            if wanted.pop(number, None) is not None:
                intake.refuse(rows[number], [problem])
    changes = find(desk.connection, ORGANIZATION, [each.values for each in wanted.values()], key=("code", "valid_from"))
    descent = [row for each in wanted.values() for row in each.descent()]
    succession = find(desk.connection, SUCCESSION, descent, key=("predecessor", "successor"))
    intake.changes += [(ORGANIZATION, changes), (SUCCESSION, succession)]
    heirs = {successor for _, successor in succession.groups}
    for number, each in wanted.items():
        touched = (each.code, each.starts) in changes.groups or (bool(each.former) and each.code in heirs)
        intake.receive(rows[number], Outcome.TAKEN if touched else Outcome.UNCHANGED)
    return [each.values for each in wanted.values()]


def _state(row: Row, directory: Units) -> tuple[State, list[Problem]]:
    """The organization as the row has it, and what is wrong."""
    values = row.values
    state: dict[str, Any] = {key: values.get(key) or "" for key in ("code", "name", "kind", "level")}
    state |= {"parent": "", "valid_from": values.get("valid_from"), "valid_to": values.get("valid_to")}
    wrong = [*_backwards(row, state["valid_from"], state["valid_to"])]
    if said := values.get("parent"):
        found = directory.find(said, row.place, row.at("parent"))
        wrong += [found] if isinstance(found, Problem) else []
        state["parent"] = "" if isinstance(found, Problem) else found
    former = [directory.find(said, row.place, row.at("predecessors")) for said in _listed(values.get("predecessors"))]
    wrong += [each for each in former if isinstance(each, Problem)]
    if former and state["valid_from"] is None:
        message = "«Từ ngày»: chưa ghi, mà «Hợp nhất từ» cần biết ngày tổ chức mới bắt đầu"
        wrong.append(fault(Code.EMPTY_VALUE, row.place, message, "ghi ngày hợp nhất vào cột «Từ ngày»"))
    return State(row.place, state, tuple(each for each in former if isinstance(each, str))), wrong


def _listed(said: str | None) -> list[str]:
    return [each.strip() for each in (said or "").split(";") if each.strip()]


def _backwards(row: Row, starts: date | None, ends: date | None) -> Iterator[Problem]:
    if starts and ends and ends < starts:
        message = f"kết thúc {show_date(ends)} trước khi bắt đầu {show_date(starts)}"
        yield fault(Code.ENDS_EARLY, row.place, message, "sửa một trong hai ngày")


# Terms ----------------------------------------------------------------------------------------------------------------


def _take_terms(desk: Desk, intake: Intake, rows: list[Row], directory: Units) -> None:
    wanted: dict[int, dict[str, Any]] = {}
    told: dict[Any, dict[str, Any]] = {}
    for number, row in enumerate(rows):
        term, wrong = _term(row, directory)
        if not wrong and _term_key(term) in told:
            message = f"nhiệm kỳ «{term['name']}» của «{term['organization']}» đã có ở một dòng trên"
            wrong = [fault(Code.SPANS_OVERLAP, row.place, message, "giữ một dòng cho mỗi nhiệm kỳ")]
        if wrong:
            intake.refuse(row, wrong)
        else:
            wanted[number] = told[_term_key(term)] = term
    together: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for term in ({_term_key(each): each for each in contents(desk.connection, TERM)} | told).values():
        together[term["organization"]].append(term)
    for number, term in [*wanted.items()]:
        if clashes := [*_clash_of_terms(rows[number], term, together[term["organization"]])]:
            intake.refuse(rows[number], clashes)
            del wanted[number]
    changes = find(desk.connection, TERM, wanted.values(), key=("organization", "name"))
    intake.changes.append((TERM, changes))
    for number, term in wanted.items():
        intake.receive(rows[number], Outcome.TAKEN if _term_key(term) in changes.groups else Outcome.UNCHANGED)


def _term_key(term: Mapping[str, Any]) -> tuple[str, str]:
    return term["organization"], term["name"]


def _term(row: Row, directory: Units) -> tuple[dict[str, Any], list[Problem]]:
    found = directory.find(row.values["organization"], row.place, row.at("organization"))
    wrong = [
        *([found] if isinstance(found, Problem) else []),
        *_backwards(row, row.values["starts"], row.values["ends"]),
    ]
    return {**row.values, "organization": found}, wrong


def _clash_of_terms(row: Row, term: dict[str, Any], terms: list[dict[str, Any]]) -> Iterator[Problem]:
    for each in terms:
        if each["name"] != term["name"] and each["starts"] <= term["ends"] and term["starts"] <= each["ends"]:
            message = f"nhiệm kỳ «{term['name']}» chồng lên «{each['name']}»"
            yield fault(Code.SPANS_OVERLAP, row.place, message, "sửa ngày bắt đầu hoặc kết thúc của một nhiệm kỳ")
