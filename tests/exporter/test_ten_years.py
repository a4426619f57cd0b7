"""The ten years of Càng Long under Quy định 164, rebuilt from records: what the article of seed 001 counts, our books
count too, with people and attendances apart. The names are invented."""

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import pytest
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.periods import Period
from boiduong_exporter.reporting.unit import unit_report
from boiduong_exporter.reports.figures import UnitReport, YearRow
from boiduong_exporter.rulebook.read import read_rules, rules_folder
from boiduong_records.store import open_books

from tests.exporter.office import (
    CLASS_HEAD,
    ORGANIZATION_HEAD,
    ROSTER_HEAD,
    SESSION_HEAD,
    Office,
)

YEARS = ((2014, "Đối tượng 4", 2, 223), (2019, "Đối tượng 5", 11, 2_900), (2022, "Đối tượng 5", 23, 3_300))
"""Year, audience, classes, attendances: seed 001."""
PEOPLE = 2_000
KIND = "Bồi dưỡng, cập nhật kiến thức, kỹ năng"


def sizes(classes: int, attendances: int) -> list[int]:
    """The attendances of a year shared out among its classes."""
    return [attendances // classes + (number < attendances % classes) for number in range(classes)]


def codes() -> Iterator[tuple[str, str, date, int]]:
    for year, audience, classes, attendances in YEARS:
        for number, size in enumerate(sizes(classes, attendances), start=1):
            yield f"L{year}-{number:02}", audience, date(year, 1 + number % 12, 1 + number), size


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitReport]:
    office = Office(tmp_path_factory.mktemp("cang-long"))
    unit = ("HU", "Huyện ủy giả định", "Cấp ủy", "Huyện", "", "", "", "")
    assert office.bring("organizations", {"Tổ chức": [ORGANIZATION_HEAD, unit]}) == 0
    cadres = [(f"CB{number:05}", "Người Giả Định", "1970", "Bí thư", "HU", "", "HU") for number in range(PEOPLE)]
    assert office.bring("roster", {"Cán bộ": [ROSTER_HEAD, *cadres]}) == 0
    classes = [(code, code, KIND, "164", audience, "QĐ", "") for code, audience, _, _ in codes()]
    sessions = [(code, day, "sáng", "Hội trường", "") for code, _, day, _ in codes()]
    assert office.bring("classes", {"Lớp": [CLASS_HEAD, *classes], "Buổi": [SESSION_HEAD, *sessions]}) == 0
    turn = cycle(range(PEOPLE))
    for code, _, day, size in codes():
        head = ("Mã lớp", "Mã cán bộ", "Họ và tên", f"{day:%d/%m/%Y} Sáng")
        rows = [(code, f"CB{number:05}", "Người Giả Định", "x") for number in islice(turn, size)]
        assert office.bring("attendance", {"Điểm danh": [head, *rows]}, code) == 0
    yield from _report(office.books)


def _report(path: Path) -> Iterator[UnitReport]:
    rules, problems = read_rules(rules_folder(None))
    assert rules, problems
    day = date(2022, 12, 31)
    with open_books(path) as books, books.reading() as connection:
        yield unit_report(connection, rules, "HU", Asked(Period(day), day))


def test_ten_years_are_thirty_six_classes_and_6423_attendances(report: UnitReport) -> None:
    people = list(report.people)
    rows = report.deeds().years
    assert rows == (
        YearRow(2014, "164", "Đối tượng 4", KIND, 2, 223, 223),
        YearRow(2019, "164", "Đối tượng 5", KIND, 11, 2_900, PEOPLE),
        YearRow(2022, "164", "Đối tượng 5", KIND, 23, 3_300, PEOPLE),
    )
    assert sum(row.classes for row in rows) == 36
    assert sum(row.attendances for row in rows) == 223 + 6_200
    assert len(people) == report.deeds().people == PEOPLE
    assert {person.verdict.credited for person in people} == {0}, "history is never turned into days"
