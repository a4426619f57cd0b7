"""By which regulation a class is counted comes from the rulebook, as do the words of that column."""

from dataclasses import replace
from typing import Any

import pytest
from boiduong_exporter.imports.class_tables import specs
from boiduong_exporter.imports.schemes import asks_days, scheme_of
from boiduong_exporter.readers.fields import Cell, Kind
from boiduong_exporter.rulebook.read import Rules
from boiduong_records.tables import CLASS

from tests.exporter.imports import made
from tests.exporter.imports.made import HALL, L01, Bench, classes, told

HEAD = (*made.CLASS, "Ngày quyết định")


def head(days: Any, decided: Any = None, scheme: Any = None) -> tuple[Any, ...]:
    return (*L01[:3], scheme, L01[4], days, None, decided)


def brought(bench: Bench, head_: tuple[Any, ...], *days: str) -> str:
    sessions = [made.SESSION, *(("L01", day, "Sáng", HALL) for day in days)]
    bench.brought("classes", {"Lớp": [HEAD, head_], "Buổi": sessions})
    (row,) = bench.table(CLASS)
    return str(row["scheme"])


@pytest.mark.parametrize(
    ("days", "decided", "scheme"),
    [
        (("09/05/2024",), None, "164"),
        (("10/05/2024",), None, "145"),
        (("10/05/2024", "09/05/2024"), None, "164"),
        (("10/05/2024",), "01/05/2024", "145"),
        ((), "01/05/2024", "164"),
        ((), "01/06/2024", "145"),
        ((), None, "145"),
        (("05/03/2010",), None, "145"),
    ],
)
def test_a_class_is_of_the_regulation_in_force_on_its_first_day(
    bench: Bench, days: tuple[str, ...], decided: str | None, scheme: str
) -> None:
    assert brought(bench, head(2, decided), *days) == scheme


def test_the_half_days_in_the_books_say_the_first_day_of_a_class_told_again(bench: Bench) -> None:
    assert brought(bench, head(2), "09/05/2024") == "164"
    bench.brought("classes", {"Lớp": [HEAD, head(2)]})
    assert [row["scheme"] for row in bench.table(CLASS)] == ["164"]


def test_what_the_row_says_holds_and_a_regulation_without_groups_asks_no_days(bench: Bench) -> None:
    assert brought(bench, head(None, scheme="164"), "05/03/2026") == "164"
    assert brought(bench, head(None), "09/05/2024") == "164"
    report = bench.bring(
        "classes", {"Lớp": [HEAD, head(None)], "Buổi": [made.SESSION, ("L01", "05/03/2026", "Sáng", HALL)]}
    )
    assert {problem.code for problem in report.problems} == {"C02"}


def test_a_later_regulation_needs_no_change_of_code(rules: Rules) -> None:
    (latest,) = (each for each in rules.rulebook.rulesets if each.number == "145-QĐ/TW")
    later = replace(latest, number="200-QĐ/TW", scheme="200", in_force=made.MONDAY)
    book = replace(rules.rulebook, rulesets=(*rules.rulebook.rulesets, later))
    assert (scheme_of(book, {}, []), asks_days(book, "200"), asks_days(book, "164")) == ("200", True, False)
    scheme = next(field for field in specs(replace(rules.kinds, schemes=("200",)))[0].fields if field.key == "scheme")
    assert scheme.read(Cell(1, 1, Kind.TEXT, "200")) == "200"


def test_the_column_takes_the_schemes_of_the_rulebook_and_names_them(bench: Bench) -> None:
    assert bench.rules.kinds.schemes == ("145", "164")
    report = bench.bring("classes", classes((*L01[:3], "146", *L01[4:])))
    assert "Nhận: 145, 164" in told(report)
