"""The day a report is made for."""

from collections.abc import Callable
from datetime import date

import pytest
from boiduong_exporter.reporting.periods import NotBegunError, Period, quarter, quarters, term, year

from tests.exporter.credit.case import TERM, world

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-Q3", Period(date(2026, 9, 30), "Quý III năm 2026")),
        ("Q1/2026", Period(date(2026, 3, 31), "Quý I năm 2026")),
        ("4/2025", Period(date(2025, 12, 31), "Quý IV năm 2025")),
        ("2024q1", Period(date(2024, 3, 31), "Quý I năm 2024")),
        ("2026-Q4", Period(TODAY, "Quý IV năm 2026")),
        ("2026-Q5", None),
        ("quý ba", None),
    ],
)
def test_a_quarter_ends_on_its_last_day_or_today(said: str, expected: Period | None) -> None:
    assert quarter(said, TODAY) == expected


@pytest.mark.parametrize(("number", "as_of"), [(2025, date(2025, 12, 31)), (2026, TODAY)])
def test_a_year_ends_on_its_last_day_or_today(number: int, as_of: date) -> None:
    assert year(number, TODAY) == Period(as_of, f"Năm {number}")


def test_a_term_is_found_above_the_unit() -> None:
    assert term(world(), "DU", "2025-2030", TODAY) == Period(TODAY, "Nhiệm kỳ 2025-2030")
    assert term(world(), "DU", "2025-2030", date(2031, 1, 1)) == Period(TERM.ends, "Nhiệm kỳ 2025-2030")
    assert term(world(), "TG", "2025-2030", TODAY) is None


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (
            date(2026, 3, 31),
            [(date(2025, 9, 30), "Quý III năm 2025"), (date(2025, 12, 31), "Quý IV năm 2025"),
             (date(2026, 3, 31), "Quý I năm 2026")],
        ),
        (
            date(2026, 2, 10),
            [(date(2025, 9, 30), "Quý III năm 2025"), (date(2025, 12, 31), "Quý IV năm 2025"),
             (date(2026, 2, 10), "Quý I năm 2026 (đến 10/02/2026)")],
        ),
    ],
)  # fmt: skip
def test_the_last_quarters_end_with_the_running_one(until: date, expected: list[tuple[date, str]]) -> None:
    assert [(each.as_of, each.name) for each in quarters(until, 3)] == expected


@pytest.mark.parametrize("ask", [lambda: quarter("2027-Q1", TODAY), lambda: year(2027, TODAY)])
def test_a_period_that_has_not_begun_cannot_be_reported(ask: Callable[[], object]) -> None:
    with pytest.raises(NotBegunError, match="bắt đầu từ 01/01/2027, chưa báo cáo được"):
        ask()
