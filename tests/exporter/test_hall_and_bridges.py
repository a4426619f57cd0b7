"""A three-day class in one hall and at sixty bridges, Saturday and Sunday included, brought from an office's files."""

import shutil
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.periods import Period
from boiduong_exporter.reporting.unit import unit_report
from boiduong_exporter.reports.figures import PersonFigures
from boiduong_exporter.rulebook.read import read_rules
from boiduong_records.store import open_books

from tests.exporter.office import (
    CLASS_HEAD,
    ORGANIZATION_HEAD,
    PLACE_HEAD,
    ROSTER_HEAD,
    SESSION_HEAD,
    TERM_HEAD,
    Office,
)

SHIPPED = Path(__file__).parents[2] / "content/rules"
DAYS = (date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 8))
"""Friday to Sunday."""
SLOTS = tuple((day, half) for day in DAYS for half in ("sáng", "chiều"))
BRIDGES = 60
LETTER = """
number = "99-CV/TU"
issuer = "Tỉnh ủy Lam Giang"
title = "văn bản giả định của phép thử"
date = 2026-01-05
in_force = 2026-01-05
scheme = "145"
scope = ["Tỉnh ủy Lam Giang"]
implements = "145-QĐ/TW"
source = "văn bản giả định"

[form]
allowed = ["in_person"]
quote = "chỉ tổ chức bằng hình thức trực tiếp"
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = Office(tmp_path_factory.mktemp("diem-cau"))
    units = [("TU", "Tỉnh ủy Lam Giang", "Cấp ủy", "Tỉnh", "", "", "", "")]
    units += [(f"DU{n:02}", f"Đảng ủy xã {n}", "Cấp ủy", "Xã", "TU", "", "", "") for n in range(1, BRIDGES + 1)]
    terms = [("TU", "2025-2030", date(2025, 10, 1), date(2030, 9, 30))]
    assert office.bring("organizations", {"Tổ chức": [ORGANIZATION_HEAD, *units], "Nhiệm kỳ": [TERM_HEAD, *terms]}) == 0
    cadres = [
        (f"CB{n:03}", "Người Giả Định", "1975", "Bí thư", f"DU{n:02}" if n else "TU", "", "TU") for n in range(61)
    ]
    assert office.bring("roster", {"Cán bộ": [ROSTER_HEAD, *cadres]}) == 0
    found = ("L60", "Lớp ba ngày", "Cập nhật kiến thức, kỹ năng", "145", "Nhóm 3", "QĐ 60", 3)
    sessions = [("L60", day, half, "Hội trường", "") for day, half in SLOTS]
    places = [("L60", "Hội trường tỉnh", "Hội trường")]
    places += [("L60", f"Điểm cầu xã {n}", "Điểm cầu") for n in range(1, BRIDGES + 1)]
    tables = {"Lớp": [CLASS_HEAD, found], "Buổi": [SESSION_HEAD, *sessions], "Điểm học": [PLACE_HEAD, *places]}
    assert office.bring("classes", tables) == 0
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "Điểm học", *(f"{day:%d/%m/%Y} {half}" for day, half in SLOTS))
    marks = [
        ("L60", f"CB{n:03}", "Người Giả Định", f"Điểm cầu xã {n}" if n else "Hội trường tỉnh", *"xxxxxx")
        for n in range(61)
    ]
    assert office.bring("attendance", {"Điểm danh": [head, *marks]}) == 0
    return office.books


def people(books: Path, rules_folder: Path) -> Iterator[PersonFigures]:
    rules, problems = read_rules(rules_folder)
    assert rules, problems
    day = date(2026, 6, 30)
    with open_books(books) as opened, opened.reading() as connection:
        yield from unit_report(connection, rules, "TU", Asked(Period(day), day)).people


def test_everyone_has_three_days_under_145(books: Path) -> None:
    found = list(people(books, SHIPPED))
    assert len(found) == 1 + BRIDGES
    assert {person.verdict.credited for person in found} == {Fraction(3)}
    assert [person.code for person in found if person.verdict.tally.in_person == 3] == ["CB000"], "the hall alone"


def test_under_an_in_person_letter_each_at_a_bridge_waits(books: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(SHIPPED, rules)
    (rules / "99-cv-tu.toml").write_text(LETTER, "utf-8")
    hall, *bridged = sorted(people(books, rules), key=lambda person: person.code)
    assert hall.verdict.credited == 3
    assert {(person.verdict.credited, person.verdict.tally.waiting) for person in bridged} == {(0, Fraction(3))}
    assert {person.verdict.standing for person in bridged} == {Standing.SHORT}, "three days more would not be seven"
    for person in bridged:
        assert all(line.citation and line.citation.document == "99-CV/TU" for line in person.verdict.tally.lines)
