"""A small world to count in: an invented province, its rules the shipped ones, every fact an argument."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from boiduong_exporter.credit.facts import (
    ClassTopic,
    Management,
    Organization,
    Person,
    Piece,
    Post,
    Session,
    Span,
    Term,
    TrainingClass,
    World,
)
from boiduong_exporter.credit.rules import Citation, Form, FormRule, Group, Kind, Rulebook, RuleSet
from boiduong_exporter.credit.verdict import Assessor, Verdict
from boiduong_exporter.rulebook.read import Rules, read_rules
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Completion, Evidence, Half, Presence, StudyDay, StudyPart

F = Fraction
"""Days are written out by hand in these tests: F(1, 2) is half a day."""
ROOT = Path(__file__).parents[3]
TERM = Term("TU", "2025-2030", date(2025, 10, 1), date(2030, 9, 30))
MONDAY = date(2026, 3, 2)
AS_OF = date(2026, 11, 1)
OPEN = Span(None, None)


@cache
def shipped() -> Rules:
    rules, problems = read_rules(ROOT / "content/rules")
    assert rules, problems
    return rules


def rulebook(*extra: RuleSet, **readings: Any) -> Rulebook:
    """The shipped rules, with further documents and other readings."""
    book = shipped().rulebook
    return replace(book, rulesets=(*book.rulesets, *extra), readings=replace(book.readings, **readings))


def local_rule(number: str, scope: tuple[str, ...], **more: Any) -> RuleSet:
    """An invented local letter under 145, for group 3."""
    citation = Citation(number, "văn bản giả định", "giả định của phép thử")
    days, in_person = more.get("minimum_days"), more.get("minimum_in_person_days")
    group = Group("3", "Nhóm 3", frozenset(), days, in_person, "Ban Thường vụ", "", citation)
    form = FormRule(frozenset({Form.IN_PERSON}), citation) if more.get("in_person_only") else None
    central = shipped().rulebook.central(AS_OF)
    assert central
    return replace(
        central, number=number, scope=scope, implements=central.number, in_force=more.get("in_force", date(2024, 6, 1)),
        groups=(group,), form=form, covered=(),
        excluded=tuple(Kind(kind, kind, citation) for kind in more.get("excluded", ())),
    )  # fmt: skip


def organization(
    code: str, kind: str = "cap-uy", level: str = "tinh", parent: str = "", name: str = ""
) -> Organization:
    return Organization(code, name or f"Tổ chức {code}", kind, level, parent, OPEN)


ORGANIZATIONS = (
    organization("BCT", "bo-chinh-tri", "trung-uong", name="Bộ Chính trị"),
    organization("TU", "cap-uy", "tinh", name="Tỉnh ủy Lam Giang"),
    organization("DU", "cap-uy", "xa", "TU", "Đảng ủy xã An Hòa"),
    organization("TG", "cap-uy", "tinh", name="Tỉnh ủy Tiền Giang"),
)


def half_days(count: int, delivery: Delivery = Delivery.HALL, first: date = MONDAY, **more: Any) -> tuple[Session, ...]:
    """`count` half days in a row, morning and afternoon."""
    slots = (
        (date.fromordinal(first.toordinal() + n // 2), (Half.MORNING, Half.AFTERNOON)[n % 2]) for n in range(count)
    )
    return tuple(Session(day, half, delivery, **more) for day, half in slots)


def training(code: str = "L1", sessions: tuple[Session, ...] = (), **more: Any) -> TrainingClass:
    """A class of the regime whose decision states the days its half-day sessions make."""
    facts = {
        "name": f"Lớp {code}", "kind": "cap-nhat", "scheme": "145", "document": "QĐ 01",
        "days": Fraction(len(sessions), 2), "periods": None,
    }  # fmt: skip
    return TrainingClass(code, sessions=sessions, **(facts | more))


def topic(name: str = "t1", periods: int = 4, edition: str = "2026", self_paced: bool = True) -> ClassTopic:
    return ClassTopic(name, f"Chuyên đề {name}", edition, periods, self_paced)


def world(*classes: TrainingClass, **more: Any) -> World:
    facts: dict[str, Any] = {
        "organizations": ORGANIZATIONS, "terms": (TERM,), "rulings": (),
        "authority_kinds": shipped().kinds.authority_kinds, "levels": tuple(shipped().kinds.levels.labels),
    }  # fmt: skip
    return World(classes={each.code: each for each in classes}, **(facts | more))


def present(found: TrainingClass, *numbers: int, delivery: Delivery | None = None, **more: Any) -> list[Attendance]:
    """There in the class's sessions of these numbers (all, where none is given)."""
    chosen = [found.sessions[number] for number in numbers or range(len(found.sessions))]
    facts = {"presence": Presence.PRESENT} | more
    return [Attendance(found.code, each.date, each.half, delivery or each.delivery, **facts) for each in chosen]


def completed(code: str = "L1", name: str = "t1", **more: Any) -> Completion:
    facts: dict[str, Any] = {
        "edition": "2026", "date": MONDAY, "sections_done": 5, "sections": 5, "score": 80, "pass_mark": 70,
        "minimum_seconds": 0,
    }  # fmt: skip
    return Completion(code, name, **(facts | more))


def studied(minutes: int, code: str = "L1", name: str = "t1", half: Half = Half.EVENING, **more: Any) -> StudyDay:
    day, offline = more.get("date", MONDAY), more.get("offline", 0)
    part = StudyPart(code, name, more.get("edition", "2026"), half, minutes * 60_000, offline * 60_000)
    return StudyDay(day, (part,))


def managed(authority: str = "TU", starts: date | None = None, ends: date | None = None) -> Management:
    return Management(authority, Span(starts, ends))


def person(*evidence: Evidence, managements: tuple[Management, ...] = (managed(),)) -> Person:
    pieces = tuple(Piece(seq, each) for seq, each in enumerate(evidence, start=1))
    return Person((Post("Phó Giám đốc", "TU", OPEN),), managements, pieces)


def judged(
    someone: Person, *classes: TrainingClass, book: Rulebook | None = None, as_of: date = AS_OF, **more: Any
) -> Verdict:
    return Assessor(world(*classes, **more), book or rulebook()).verdict(someone, as_of)
