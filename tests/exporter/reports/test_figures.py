"""Figures: what is counted, of whom, and what stays apart."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from boiduong_exporter.credit.facts import Term
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.figures import Counting, UnitSummary
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Presence, Recognition

from tests.exporter.credit.case import MONDAY, completed, half_days, judged, managed, person, present, studied, training
from tests.exporter.reports.made import HEAD, LATE, RESOLUTION, UPDATE, basis, everyone, figures, verdict


def counted() -> UnitSummary:
    counting = Counting()
    for each in everyone():
        counting.add(each)
    return counting.summary()


def test_those_outside_the_regime_the_exempt_and_the_undetermined_are_in_no_denominator() -> None:
    summary = counted()
    assert (summary.people, summary.owing, summary.enough) == (9, 6, 1)
    assert summary.rate == Fraction(1, 6)
    outside = {Standing.OUTSIDE, Standing.EXEMPT, Standing.UNDETERMINED}
    assert {standing: count for standing, count in summary.standings if standing in outside} == dict.fromkeys(
        outside, 1
    )


def test_who_waits_for_a_decision_is_counted_apart_from_who_is_enough() -> None:
    assert dict(counted().standings)[Standing.WAITING] == 1


def test_nobody_who_owes_days_gives_no_rate() -> None:
    counting = Counting()
    counting.add(figures(found=verdict(managements=(managed(""),))))
    assert counting.summary().rate is None


def test_one_person_in_two_classes_is_two_attendances_and_many_in_one_class_are_one_event() -> None:
    counting = Counting()
    counting.add(figures(1, found=verdict(*present(UPDATE), *present(RESOLUTION))))
    counting.add(figures(2, found=verdict(*present(UPDATE))))
    counting.add(figures(3, found=verdict(*present(UPDATE))))
    summary = counting.summary()
    assert (summary.people, summary.attendances, summary.events) == (3, 4, 2)


def test_attendances_are_of_people_with_a_term_and_of_classes_of_the_books() -> None:
    day = MONDAY + timedelta(days=50)
    elsewhere = Recognition("Lớp ở Học viện", "cap-nhat", Delivery.HALL, day, day, Fraction(1, 2), "TB 7", "chứng nhận")
    counting = Counting()
    counting.add(figures(1, found=verdict(*present(UPDATE), elsewhere)))
    counting.add(figures(2, found=verdict(*present(UPDATE), *present(RESOLUTION), terms=())))
    summary = counting.summary()
    assert (summary.people, summary.attendances, summary.events) == (2, 1, 1)


def test_people_of_several_terms_are_counted_by_their_own() -> None:
    counting = Counting()
    older = Term("TU", "2024-2029", date(2024, 6, 1), date(2029, 5, 31))
    counting.add(figures(1, found=verdict(*present(UPDATE))))
    counting.add(figures(2, found=verdict(terms=(older,))))
    counting.add(figures(3, found=verdict(managements=())))
    terms = counting.summary().terms
    assert [(each.name, each.people, each.owing, each.enough) for each in terms] == [
        ("2024-2029", 1, 1, 0), ("2025-2030", 1, 1, 0),
    ]  # fmt: skip


def test_an_absence_is_no_attendance() -> None:
    found = figures(found=verdict(*present(UPDATE, presence=Presence.ABSENT))).attended
    assert (found.half_days, found.days, found.classes) == (0, 0, frozenset())


def test_a_half_day_claimed_twice_is_attended_once() -> None:
    twin = training("L2", half_days(4))
    found = figures(found=judged(person(*present(UPDATE), *present(twin)), UPDATE, twin)).attended
    assert (found.half_days, found.days, found.refused) == (4, 2, 0)


def test_days_refused_are_those_attended_that_neither_count_nor_wait() -> None:
    found = figures()
    attended = found.attended
    assert attended.days == Fraction(11, 2)  # 3 + 1 + 3 + 2 + 2 half days
    assert attended.refused == Fraction(3, 2) + Fraction(1, 2) * Fraction(61, 240)  # resolutions, and what was missed
    assert found.verdict.credited + found.verdict.tally.waiting + attended.refused == attended.days


def test_what_lies_outside_the_term_is_not_in_the_figures_of_the_term() -> None:
    before = training("L0", half_days(4, first=MONDAY - timedelta(days=365)))
    found = figures(found=judged(person(*present(before), *present(UPDATE)), before, UPDATE)).attended
    assert (found.days, found.classes) == (2, {"CN-01"})


def test_time_studied_alone_is_raw_minutes_whatever_it_is_worth() -> None:
    beside = present(LATE, 0, check_in=450, check_out=460)
    found = figures(found=verdict(*beside, studied(168, code="CN-01"), completed("CN-01", sections_done=1)))
    assert found.attended.minutes == 168


def test_the_mark_is_the_beginning_of_the_ledgers_head() -> None:
    assert basis().head == HEAD
    assert basis().mark == "9f3a5c1e"


@pytest.mark.parametrize(
    ("period", "said"),
    [("", "Tính đến ngày 01/11/2026"), ("Quý III năm 2026", "Quý III năm 2026, tính đến ngày 01/11/2026")],
)
def test_a_basis_says_its_period_and_its_day(period: str, said: str) -> None:
    assert basis(period=period).when == said
