"""Reports of an invented unit: verdicts counted by the shipped rules, so that their lines are real ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from boiduong_exporter.credit.verdict import Standing, Verdict
from boiduong_exporter.reports.compare import Change, Comparison, Difference, Reckoned
from boiduong_exporter.reports.figures import (
    Basis,
    Counting,
    Deeds,
    Issuer,
    Part,
    PersonFigures,
    PersonReport,
    PlanRow,
    ProvinceReport,
    TrendPoint,
    UnitReport,
    UnitSummary,
    YearRow,
)
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Evidence, Exemption, Presence, Question, Ruling

from tests.exporter.credit.case import (
    AS_OF,
    MONDAY,
    completed,
    half_days,
    judged,
    local_rule,
    managed,
    person,
    present,
    rulebook,
    studied,
    topic,
    training,
)

HEAD = "1204:9f3a5c1e77d0b2a4c6e8f0123456789abcdef0123456789abcdef0123456789a"
UPDATE = training("CN-01", half_days(4), name="Cập nhật kiến thức về tổ chức bộ máy hai cấp", topics=(topic("t1"),))
LATE = training(
    "CN-02", half_days(2, first=MONDAY + timedelta(days=7), starts=450, ends=690), name="Kỹ năng chủ trì cuộc họp"
)
RESOLUTION = training(
    "NQ-01", half_days(3, first=MONDAY + timedelta(days=14)), name="Học tập nghị quyết", kind="quan-triet-nghi-quyet"
)
OTHER = training("KH-01", half_days(2, first=MONDAY + timedelta(days=21)), name="Chuyên đề quốc tế", kind="khac")
LONG = training("CN-09", half_days(14, first=MONDAY + timedelta(days=40)), name="Lớp bảy ngày cho cán bộ chủ chốt")
FAR = training("TG-01", half_days(14, Delivery.BRIDGE, MONDAY + timedelta(days=60)), name="Lớp bảy ngày tại điểm cầu")
BRIDGE = training(
    "DC-01", half_days(2, Delivery.BRIDGE, MONDAY + timedelta(days=28)), name="Hội nghị trực tuyến toàn tỉnh"
)
CLASSES = (UPDATE, LATE, RESOLUTION, OTHER, LONG, BRIDGE, FAR)


def verdict(*evidence: Evidence, **more: Any) -> Verdict:
    managements = more.pop("managements", (managed(),))
    return judged(person(*evidence, managements=managements), *CLASSES, **more)


def much() -> list[Evidence]:
    """A bit of everything: whole, part, absent, excluded, waiting, at a bridge, alone and unfinished."""
    return [
        *present(UPDATE, 0, 1, 2),
        *present(UPDATE, 3, presence=Presence.ABSENT),
        *present(LATE, 0, check_in=511, check_out=690),
        *present(RESOLUTION),
        *present(OTHER),
        *present(BRIDGE),
        studied(168, code="CN-01"),
        completed("CN-01", sections_done=4, minimum_seconds=180 * 60),
    ]


def bridged() -> Verdict:
    """Seven days at a bridge, where a local letter wants seven in person."""
    letter = local_rule("01-CV/TU", ("TU",), minimum_days=Fraction(7), minimum_in_person_days=Fraction(7))
    return verdict(*present(FAR), book=rulebook(letter))


def figures(number: int = 1, name: str = "Nguyễn Thị Hòa", found: Verdict | None = None, **more: Any) -> PersonFigures:
    facts: dict[str, Any] = {
        "birth": "1970-03-12", "posts": ("Bí thư Đảng ủy – Đảng ủy xã An Hòa",), "unit": "Đảng ủy xã An Hòa",
    }  # fmt: skip
    return PersonFigures(f"CB{number:04}", name, verdict=found or verdict(*much()), **(facts | more))


def everyone() -> list[PersonFigures]:
    """One person of nearly every standing."""
    freed = Exemption(date(2026, 1, 5), None, "QĐ 12-QĐ/TU", "điều trị bệnh dài ngày")
    ruled = Ruling("KH-01", Question.CONTENT, True, "CV 5-CV/TU", "nội dung cập nhật")
    two_posts = (
        "Phó Bí thư Đảng ủy – Đảng ủy xã An Hòa",
        "Chủ tịch UBND – UBND xã An Hòa, kiêm Trưởng ban Pháp chế HĐND",
    )
    return [
        figures(1, "Nguyễn Thị Hòa"),
        figures(2, "Trần Văn Bình", verdict(*present(LONG)), birth="1975"),
        figures(3, "Lê Hoàng Dũng", verdict(*present(UPDATE), as_of=date(2029, 1, 10)), posts=two_posts),
        figures(4, "Phạm Minh Đức", verdict(*present(LATE), as_of=date(2030, 9, 30)), birth=""),
        figures(5, "Võ Thị Út", verdict(freed)),
        figures(6, "Hoàng Anh", verdict(managements=()), posts=()),
        figures(7, "Đỗ Quang", verdict(managements=(managed(""),))),
        figures(8, "Bùi Xuân", verdict(*present(LONG, *range(12)), *present(OTHER), rulings=())),
        figures(9, "Đặng Thu", verdict(*present(OTHER), rulings=(ruled,))),
    ]


def basis(**more: Any) -> Basis:
    book = rulebook()
    facts: dict[str, Any] = {
        "head": HEAD, "as_of": AS_OF, "period": "Quý III năm 2026",
        "documents": tuple(each for each in book.rulesets if each.number in ("145-QĐ/TW", "3315-CV/TU")),
        "readings": book.readings.said(frozenset(each.key for each in book.readings.entries)),
        "conversion": book.conversion, "structure": "today",
        "levels": {"tinh": "Tỉnh", "huyen": "Huyện", "xa": "Xã"}, "rulebook_version": book.version,
        "software": "0.1.0", "display_step": book.readings.display_step,
    }  # fmt: skip
    return Basis(**(facts | more))


YEARS = (
    YearRow(2026, "145", "Nhóm 3", "Bồi dưỡng, cập nhật kiến thức, kỹ năng", 4, 312, 280),
    YearRow(2024, "164", "Đối tượng 3", "Bồi dưỡng, cập nhật kiến thức, kỹ năng", 2, 150, 141),
    YearRow(2026, "145", "Nhóm 3", "Loại khác", 1, 40, 40),
)
PLAN = (
    PlanRow("1", "Nhóm 3, cấp xã", "đã duyệt", "Trường Chính trị tỉnh", 4, 2, 320, 155, "KH 15-KH/TU", True),
    PlanRow("2", "Nhóm 3, cấp tỉnh", "đề xuất", "Ban Tổ chức Tỉnh ủy", 2, 1, 90, 40, "KH 15-KH/TU", False),
)


def unit(people: list[PersonFigures] | Iterator[PersonFigures] | None = None, **more: Any) -> UnitReport:
    facts: dict[str, Any] = {
        "deeds": lambda: Deeds(more.get("years", YEARS), 420, more.get("plan", PLAN)),
        "notes": more.get("notes", ("Chưa có nhiệm kỳ của UBND xã An Hòa trong sổ.",)),
    }
    chosen = everyone() if people is None else people
    return UnitReport("Đảng ủy xã An Hòa", "DU", basis(), chosen, **facts)


def one(found: PersonFigures | None = None) -> PersonReport:
    return PersonReport(found or figures(), basis())


def summary(*people: PersonFigures) -> UnitSummary:
    counting = Counting()
    for each in people:
        counting.add(each)
    return counting.summary()


TREND = (
    TrendPoint("Quý I năm 2026", date(2026, 3, 31), 5, 0, 3),
    TrendPoint("Quý II năm 2026", date(2026, 6, 30), 6, 0, 2),
    TrendPoint("Quý III năm 2026", date(2026, 9, 30), 6, 1, 1),
)


def province(**more: Any) -> ProvinceReport:
    """The nine people of `everyone`: five in one commune (two of them in its committee), four in another."""
    people = everyone()
    units = (
        Part("DU01", "Đảng ủy xã An Hòa", summary(*people[:5]), 1),
        Part("UB01", "Ủy ban nhân dân xã An Hòa", summary(*people[3:5]), 2),
        Part("DU02", "Đảng ủy xã Bình Minh", summary(*people[5:]), 1),
    )
    groups = (
        Part("3", "Nhóm 3", summary(*people[:5], *people[7:])), Part("", "Chưa xác định nhóm", summary(people[5])),
        Part("outside", "Ngoài chế độ", summary(people[6])),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "issuer": Issuer("Tỉnh ủy Lam Giang", "", "party"), "unit_code": "TU", "basis": basis(),
        "whole": summary(*people), "units": units, "groups": groups,
        "tiers": (Part("tinh", "Tỉnh", summary(*people)),), "deeds": Deeds(YEARS, 420, PLAN), "trend": TREND,
    }  # fmt: skip
    return ProvinceReport(**(facts | more))


def nothing(**more: Any) -> ProvinceReport:
    """Of a unit in which nobody holds a post, and nothing was done."""
    none: dict[str, Any] = {"units": (), "groups": (), "tiers": (), "deeds": Deeds(), "trend": ()}
    return province(whole=summary(), notes=("Ngày này không có ai giữ chức vụ trong đơn vị.",), **none, **more)


def reckoned(standing: Standing = Standing.ENOUGH, **more: Any) -> Reckoned:
    facts: dict[str, Any] = {
        "required": Fraction(7), "in_person": Fraction(0), "credited": Fraction(7), "rooms": Fraction(7),
        "waiting": Fraction(0), "refused": Fraction(0), "shortfall": Fraction(0),
    }  # fmt: skip
    return Reckoned(standing, **(facts | more))


def compared(**more: Any) -> Comparison:
    """Two of three people change: one is no longer enough, one is short of more."""
    least = "Số ngày tối thiểu: 7 ngày/nhiệm kỳ → 8 ngày/nhiệm kỳ"
    short = reckoned(Standing.SHORT, required=Fraction(8), shortfall=Fraction(1))
    half = reckoned(Standing.SHORT, credited=Fraction(7, 2), shortfall=Fraction(7, 2))
    changes = (
        Change("CB1", "Nguyễn Văn An", ("Bí thư",), "Đảng ủy xã An Hòa", reckoned(), short, (least,)),
        Change(
            "CB2", "Trần Thị Bình", ("Phó Bí thư",), "Đảng ủy xã An Hòa", half,
            replace(half, required=Fraction(8), shortfall=Fraction(9, 2)), (least, "cách hiểu «A: b → c»"),
        ),
    )  # fmt: skip
    counts = {Standing.ENOUGH: (2, 1), Standing.SHORT: (1, 2)}
    facts: dict[str, Any] = {
        "basis": basis(), "draft": basis(rulebook_version="d4af7000"),
        "now": tuple((each, counts.get(each, (0, 0))[0]) for each in Standing),
        "then": tuple((each, counts.get(each, (0, 0))[1]) for each in Standing),
        "changes": changes,
        "differences": (Difference("145-QĐ/TW", "Nhóm 3: số ngày tối thiểu", "7 ngày", "8 ngày"),),
    }  # fmt: skip
    return Comparison("Tỉnh ủy Lam Giang", "TU", **(facts | more))
