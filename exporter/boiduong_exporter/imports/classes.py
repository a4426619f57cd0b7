"""Classes as decided: the class, its half-day sessions, its halls and bridges, its topics. A class is taken whole, with
all its tables, or not at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from boiduong_records.receipts import Outcome
from boiduong_records.tables import CATALOG, CLASS, PLACE, SESSION, TOPIC
from boiduong_records.versions import contents, find
from boiduong_vocabulary.catalog import TopicEntry, from_json
from boiduong_vocabulary.problem import Problem, Severity
from boiduong_vocabulary.vietnamese import did_you_mean
from sqlalchemy import Table

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.class_faults import Gathered, class_faults, listed
from boiduong_exporter.imports.class_tables import CLASSES, PLACES, SESSIONS, TOPICS
from boiduong_exporter.imports.intake import Desk, Intake
from boiduong_exporter.imports.schemes import asks_days, scheme_of
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.readers.sheet import Table as Sheet

_KEYS = {CLASS.name: CLASSES, SESSION.name: SESSIONS, PLACE.name: PLACES, TOPIC.name: TOPICS}


def take(desk: Desk, reading: Reading, intake: Intake) -> None:
    """Each class of the file with the rows of the other tables that name it."""
    gathered = _gather(reading, intake)
    catalogs, believed = _catalogs(desk), _believed(desk, gathered)
    here = {table.spec.key for table in reading.tables}
    fixed = {(row["class_code"], row["topic"]): row for rows in believed[TOPIC].values() for row in rows}
    wanted: dict[Table, list[dict[str, Any]]] = {CLASS: [], SESSION: [], PLACE: [], TOPIC: []}
    taken: list[Gathered] = []
    for each in gathered.values():
        rows = _rows(each, catalogs, fixed)
        merged = {
            table: found if _KEYS[table.name] in here else believed[table].get(each.head.values["code"], [])
            for table, found in rows.items()
        }
        (head,) = rows[CLASS]
        head["scheme"] = scheme_of(desk.rules.rulebook, head, merged[SESSION])
        each.wrong += class_faults(each, merged, asks_days(desk.rules.rulebook, head["scheme"]))
        if each.wrong or each.cause:
            _refuse(intake, each)
            continue
        taken.append(each)
        for table, more in rows.items():
            wanted[table] += more
    _enter(desk, reading, intake, taken, wanted)


def _gather(reading: Reading, intake: Intake) -> dict[str, Gathered]:
    found: dict[str, Gathered] = {}
    unread = {said: problem for table in reading.tables for said, problem in _unread(table)}
    for row in intake.sound(reading, CLASSES):
        code_ = row.values["code"]
        if code_ in found:
            found[code_].parts[CLASSES].append(row)
        else:
            found[code_] = Gathered(row)
    for key in (SESSIONS, PLACES, TOPICS):
        for row in intake.sound(reading, key):
            code_ = row.values["class_code"]
            if code_ in found:
                found[code_].parts[key].append(row)
            elif code_ in unread:
                intake.refuse_with(row, unread[code_])
            else:
                intake.refuse(row, [_unknown_class(row, found)])
    for said, problem in unread.items():
        _hold_up(found, said, problem)
    return found


def _unread(table: Sheet) -> Iterator[tuple[str | None, Problem]]:
    """What cannot be read of a table, with the class that it belongs to; None where it may belong to any."""
    yield from ((None, problem) for problem in table.problems)
    for row in (row for row in table.rows if not row.skipped and not row.sound):
        said = row.values.get("class_code") or row.values.get("code")
        yield said, next(each for each in row.problems if each.severity is Severity.ERROR)


def _hold_up(found: Mapping[str, Gathered], said: str | None, problem: Problem) -> None:
    """A row that is not taken keeps its class from being taken without it."""
    for code_, each in found.items():
        if said in (None, code_):
            each.cause = each.cause or problem


def _unknown_class(row: Row, found: Mapping[str, Gathered]) -> Problem:
    said = row.values["class_code"]
    hint = did_you_mean(said, found) or "thêm lớp vào bảng «Lớp» của cùng tệp"
    return fault(Code.UNKNOWN_CLASS, row.place, f"bảng «Lớp» không có lớp «{said}»", hint)


Believed = Mapping[Table, Mapping[str, list[dict[str, Any]]]]
"""What the books have of each class, by its code; a table that the file does not have stays as it is there."""


def _believed(desk: Desk, codes: Mapping[str, Gathered]) -> Believed:
    found: dict[Table, dict[str, list[dict[str, Any]]]] = {SESSION: {}, PLACE: {}, TOPIC: {}}
    for table, by_code in found.items():
        for row in contents(desk.connection, table):
            if row["class_code"] in codes:
                by_code.setdefault(row["class_code"], []).append(row)
    return found


def _catalogs(desk: Desk) -> dict[str, TopicEntry]:
    """Each topic as the latest catalog has it."""
    topics: dict[str, TopicEntry] = {}
    for row in contents(desk.connection, CATALOG):
        topics |= {topic.id: topic for topic in from_json(row["body"]).topics}
    return topics


def _rows(
    each: Gathered, catalogs: Mapping[str, TopicEntry], fixed: Mapping[Any, dict[str, Any]]
) -> dict[Table, list[dict[str, Any]]]:
    return {
        CLASS: [_class_row(each.head)],
        SESSION: [_session_row(row) for row in each.parts[SESSIONS]],
        PLACE: [dict(row.values) | {"monitor": row.values.get("monitor") or ""} for row in each.parts[PLACES]],
        TOPIC: [found for row in each.parts[TOPICS] if (found := _topic_row(each, row, catalogs, fixed))],
    }


def _class_row(row: Row) -> dict[str, Any]:
    values = {key: "" if value is None else value for key, value in row.values.items()}
    stated = row.values.get("days")
    return values | {
        "document_date": row.values.get("document_date"),
        "days": "" if stated is None else str(stated),
        "periods": row.values.get("periods"),
    }


def _session_row(row: Row) -> dict[str, Any]:
    values = dict(row.values)
    starts, ends = values.pop("hours") or (None, None)
    return values | {
        "starts": starts,
        "ends": ends,
        "title": values["title"] or "",
        "topics": " ".join(listed(values["topics"])),
    }


def _topic_row(
    each: Gathered, row: Row, catalogs: Mapping[str, TopicEntry], fixed: Mapping[Any, dict[str, Any]]
) -> dict[str, Any] | None:
    """The topic with the edition and digest that hold for this class: those of its opening, once it is in the books."""
    values = row.values
    opened = fixed.get((values["class_code"], values["topic"]))
    built = catalogs.get(values["topic"])
    row_ = {"class_code": values["class_code"], "topic": values["topic"], "delivery": values["delivery"]}
    if opened and opened["digest"] and values["edition"] in (None, opened["edition"]):
        return opened | row_ | {"periods": opened["periods"] if values["periods"] is None else values["periods"]}
    if opened and values["edition"] in (None, opened["edition"]):  # described by hand
        said = {key: values[key] for key in ("title", "periods") if values[key] is not None}
        return opened | row_ | said
    if built and values["edition"] in (None, built.edition):
        periods = built.periods if values["periods"] is None else values["periods"]
        return row_ | {"title": built.title, "edition": built.edition, "digest": built.digest, "periods": periods}
    if values["periods"] is None or not values["title"]:
        message = (
            f"chuyên đề «{values['topic']}» chưa có trong danh mục nào đã nhập, và dòng này thiếu tên hoặc số tiết"
        )
        hint = did_you_mean(values["topic"], catalogs) or "nhập catalog.json của chương trình, hoặc ghi tên và số tiết"
        each.wrong.append((row, fault(Code.UNKNOWN_TOPIC, row.place, message, hint)))
        return None
    return row_ | {
        "title": values["title"],
        "edition": values["edition"] or "",
        "digest": "",
        "periods": values["periods"],
    }


def _refuse(intake: Intake, each: Gathered) -> None:
    """Every row of the class is refused: for its own fault, or for the class's."""
    own: dict[int, list[Problem]] = defaultdict(list)
    for row, problem in each.wrong:
        own[id(row)].append(problem)
    first = each.cause or each.wrong[0][1]
    for row in each.rows():
        if id(row) in own:
            intake.refuse(row, own[id(row)])
        else:
            intake.refuse_with(row, first)


def _enter(
    desk: Desk, reading: Reading, intake: Intake, taken: list[Gathered], wanted: Mapping[Table, list[dict[str, Any]]]
) -> None:
    """Each table of the file is the whole truth about its classes; one that the file does not have says nothing."""
    codes = [each.head.values["code"] for each in taken]
    here = {table.spec.key for table in reading.tables}
    touched: set[str] = set()
    for table, rows in wanted.items():
        if _KEYS[table.name] in here:
            changes = find(desk.connection, table, rows, groups=[(code_,) for code_ in codes])
            intake.changes.append((table, changes))
            touched |= {code_ for (code_,) in changes.groups}
    for each in taken:
        outcome = Outcome.TAKEN if each.head.values["code"] in touched else Outcome.UNCHANGED
        for row in each.rows():
            intake.receive(row, outcome)
