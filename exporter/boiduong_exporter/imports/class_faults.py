"""What a class must hold before it is taken in."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from boiduong_records.tables import CLASS, SESSION, TOPIC
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Half
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import did_you_mean, fold, show_date
from sqlalchemy import Table

from boiduong_exporter.credit.facts import HALF_DAY
from boiduong_exporter.credit.words import number
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.class_tables import CLASSES, PLACES, SESSIONS, TOPICS
from boiduong_exporter.readers.sheet import Row


@dataclass
class Gathered:
    """All rows of one class, over the tables of the file."""

    head: Row
    parts: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[tuple[Row, Problem]] = field(default_factory=list)
    cause: Problem | None = None
    """What is wrong elsewhere in the file that keeps the class from being taken."""

    def rows(self) -> Iterator[Row]:
        yield self.head
        for rows in self.parts.values():
            yield from rows


def no_class(row: Row, class_code: str, known: Collection[str]) -> Problem:
    """Why a row is refused that names no class, or none of those that are known."""
    message = f"sổ chưa có lớp «{class_code}»" if class_code else "chưa rõ bảng này của lớp nào"
    hint = did_you_mean(class_code, known) or "ghi «Mã lớp: …» trên bảng, hoặc điền cột «Mã lớp»; nhập lớp trước"
    return fault(Code.UNKNOWN_CLASS, row.place, message, hint)


def listed(said: str | None) -> list[str]:
    """The codes in a cell, whatever stands between them."""
    return (said or "").replace(";", " ").replace(",", " ").split()


def class_faults(
    each: Gathered, merged: Mapping[Table, list[dict[str, Any]]], has_days: bool
) -> Iterator[tuple[Row, Problem]]:
    """`merged` is what the books will have of the class; `has_days` says that its regulation counts days."""
    yield from _told_once(each)
    yield from _repeated(each, SESSIONS, ("date", "half"), Code.REPEATED_SESSION)
    yield from _repeated(each, PLACES, ("name",), Code.REPEATED_ROW)
    yield from _repeated(each, TOPICS, ("topic",), Code.REPEATED_ROW)
    yield from _sessions_are_held(each)
    yield from _topics_are_known(each, merged)
    if has_days:
        yield from _stays_within_decision(each, merged)


def _told_once(each: Gathered) -> Iterator[tuple[Row, Problem]]:
    for row in each.parts[CLASSES]:
        message = f"lớp «{row.values['code']}» đã có ở dòng {each.head.place.line}"
        yield row, fault(Code.REPEATED_ROW, row.place, message, "giữ một dòng cho mỗi lớp")


def _repeated(each: Gathered, part: str, keys: tuple[str, ...], code_: Code) -> Iterator[tuple[Row, Problem]]:
    counts = Counter(_names(row, keys) for row in each.parts[part])
    for row in each.parts[part]:
        if (count := counts[_names(row, keys)]) > 1:
            found = tuple(row.values[key] for key in keys)
            message = f"lớp «{each.head.values['code']}» có {count} dòng cho {_said(found)}"
            yield row, fault(code_, row.place, message, "giữ một dòng")


def _names(row: Row, keys: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(fold(value) if isinstance(value, str) else value for value in (row.values[key] for key in keys))


def _said(found: tuple[Any, ...]) -> str:
    if len(found) == 2:
        return f"buổi {Half(found[1]).label} {show_date(found[0])}"
    return f"«{found[0]}»"


def _sessions_are_held(each: Gathered) -> Iterator[tuple[Row, Problem]]:
    for row in (*each.parts[SESSIONS], *each.parts[PLACES]):
        if row.values["delivery"] == Delivery.SELF_PACED.value:
            hint = "ghi chuyên đề tự học vào bảng «Chuyên đề», cột «Hình thức»: Tự học trên hệ thống"
            yield row, fault(Code.SELF_PACED_SESSION, row.place, "tự học không có buổi học, điểm học", hint)


def _topics_are_known(each: Gathered, merged: Mapping[Table, list[dict[str, Any]]]) -> Iterator[tuple[Row, Problem]]:
    known = {row.values["topic"] for row in each.parts[TOPICS]} | {topic["topic"] for topic in merged[TOPIC]}
    told = [(row, listed(row.values["topics"])) for row in each.parts[SESSIONS]]
    if not told:
        told = [(each.head, sorted({said for session in merged[SESSION] for said in listed(session["topics"])}))]
    for row, codes in told:
        for said in codes:
            if said not in known:
                hint = did_you_mean(said, known) or "thêm chuyên đề vào bảng «Chuyên đề»"
                yield row, fault(Code.UNKNOWN_TOPIC, row.place, f"lớp không có chuyên đề «{said}»", hint)


def _stays_within_decision(
    each: Gathered, merged: Mapping[Table, list[dict[str, Any]]]
) -> Iterator[tuple[Row, Problem]]:
    """Sessions and topics, of the file or the books, never make more days or periods than the decision states."""
    (found,), sessions, head = merged[CLASS], merged[SESSION], each.head
    if found["days"]:
        stated, held = Fraction(found["days"]), HALF_DAY * len(sessions)
        if held > stated:
            message = f"{len(sessions)} buổi là {number(held)} ngày, quyết định ghi {number(stated)} ngày"
            yield head, fault(Code.OVER_THE_DECISION, head.place, message, "sửa số ngày, hoặc bỏ buổi không học")
        return
    if found["periods"] is None:
        message = f"quyết định mở lớp «{found['code']}» chưa ghi số ngày, cũng chưa ghi số tiết"
        yield head, fault(Code.NO_DAYS, head.place, message, "điền cột «Số ngày» hoặc «Số tiết» theo quyết định")
        return
    for row in _without_periods(each, sessions):
        message = "quyết định chỉ ghi số tiết, nên mỗi buổi cần số tiết"
        yield row, fault(Code.NO_DAYS, row.place, message, "điền cột «Số tiết» của bảng «Buổi»")
    self_paced = [topic for topic in merged[TOPIC] if topic["delivery"] == Delivery.SELF_PACED.value]
    total = sum(session["periods"] or 0 for session in sessions) + sum(topic["periods"] for topic in self_paced)
    if total > found["periods"]:
        message = f"các buổi và chuyên đề tự học cộng {total} tiết, quyết định ghi {found['periods']} tiết"
        yield head, fault(Code.OVER_THE_DECISION, head.place, message, "sửa số tiết của lớp hoặc của các buổi")


def _without_periods(each: Gathered, sessions: list[dict[str, Any]]) -> Iterator[Row]:
    """The rows of half days that lack them; where the half days stand in the books, the row of the class."""
    if each.parts[SESSIONS]:
        yield from (row for row in each.parts[SESSIONS] if row.values["periods"] is None)
    elif any(session["periods"] is None for session in sessions):
        yield each.head
