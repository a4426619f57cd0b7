"""Reviews of an invented province: a full one, an empty one, one of sixty units."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.figures import (
    Deeds,
    Issuer,
    Part,
    ProvinceReport,
    TermCount,
    TrendPoint,
    UnitSummary,
)
from boiduong_exporter.rulebook.layout import Layout, read_layout

from tests.exporter.reports.made import PLAN, YEARS, basis

ROOT = Path(__file__).parents[3]
PARTY = Issuer("Tỉnh ủy Lam Giang", "", "party")
STATE = Issuer("Sở Nội vụ tỉnh Lam Giang", "Ủy ban nhân dân tỉnh Lam Giang", "state")
TERMS = (
    TermCount("2020-2025", date(2020, 10, 1), date(2025, 9, 30), 5, 4, 2),
    TermCount("2025-2030", date(2025, 10, 1), date(2030, 9, 30), 1137, 1096, 448),
)
TREND = (
    TrendPoint("Quý II năm 2026", date(2026, 6, 30), 1080, 402, 95),
    TrendPoint("Quý III năm 2026", date(2026, 9, 30), 1100, 450, 92),
)


@cache
def layout() -> Layout:
    found, problems = read_layout(ROOT / "content/rules")
    assert found, problems
    return found


def counts(*people: int, attendances: int = 0, events: int = 0, terms: tuple[TermCount, ...] = ()) -> UnitSummary:
    """People by standing, in the order of the standings; none, where not told."""
    told = (*people, *[0] * (len(Standing) - len(people)))
    return UnitSummary(tuple(zip(Standing, told, strict=True)), attendances, events, terms)


WHOLE = counts(450, 390, 200, 50, 10, 12, 30, 92, attendances=502, events=7, terms=TERMS)
UNITS = (
    Part("TU", "Riêng Tỉnh ủy Lam Giang (không kể đơn vị trực thuộc)", counts(20, 3, 0, 0, 0, 1), 1),
    Part("DU", "Đảng ủy xã An Hòa", counts(40, 10, 5, 2, 1, 0, 3, 4), 1),
    Part("UB", "UBND xã An Hòa & <Phụ trách>", counts(12, 4), 2),
    Part("TR", "Trạm Y tế xã An Hòa", counts(0, 0, 0, 0, 0, 0, 2), 3),
)
GROUPS = (Part("2", "Nhóm 2", counts(3, 1)), Part("3", "Nhóm 3", counts(447, 389, 200, 50, 10, 12, 0, 92)))
TIERS = (Part("tinh", "Tỉnh", counts(100, 20)), Part("xa", "Xã", counts(350, 370, 200, 50, 10, 12, 30, 92)))


def review(issuer: Issuer = PARTY, **more: Any) -> ProvinceReport:
    facts: dict[str, Any] = {
        "basis": basis(), "whole": WHOLE, "units": UNITS, "groups": GROUPS, "tiers": TIERS,
        "deeds": Deeds(YEARS, 420, PLAN), "trend": TREND, "notes": ("Chưa có nhiệm kỳ của UBND xã An Hòa trong sổ.",),
    }  # fmt: skip
    return ProvinceReport(issuer, "TU", **(facts | more))


def nobody(issuer: Issuer = PARTY) -> ProvinceReport:
    """No people, no classes, no plan, no trend."""
    return review(issuer, whole=counts(), units=(), groups=(), tiers=(), deeds=Deeds(), trend=(), notes=())


def sixty(issuer: Issuer = PARTY) -> ProvinceReport:
    name = "Đảng ủy phường Nguyễn Trường Tộ và các đơn vị sự nghiệp trực thuộc số"
    units = tuple(Part(f"D{n}", f"{name} {n}", counts(20, 5, n % 7, 1, 0, 1, 2, 3), 1 + n % 2) for n in range(60))
    return review(issuer, units=units, basis=replace(basis(), notice="DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ"))
