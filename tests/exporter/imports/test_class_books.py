"""A class file that has some of the tables is held against what the books keep of the others."""

from typing import Any

import pytest
from boiduong_records.tables import CLASS, SESSION

from tests.exporter.imports import made
from tests.exporter.imports.made import HALL, L01, SELF, Bench, classes, told

BY_DAYS, HALF_A_DAY, BY_PERIODS = (*L01[:5], 1, None), (*L01[:5], "0,5", None), (*L01[:5], None, 8)
PERIODS: made.Rows = [made.SESSION, *(("L01", made.MONDAY, half, HALL, None, 4) for half in ("Sáng", "Chiều"))]
TOPICS: made.Rows = [made.TOPIC, ("L01", "cd-1", "Dân vận", None, 4, SELF)]


def refused(bench: Bench, *rows: Any, **parts: made.Rows) -> str:
    before = bench.state()
    report = bench.bring("classes", classes(*rows, **parts))
    assert bench.state() == before
    assert set(bench.receipts(report).values()) != {"taken"}
    return told(report)


def test_fewer_days_than_the_half_days_in_the_books_are_refused(office: Bench) -> None:
    assert "C03 2 buổi là 1 ngày, quyết định ghi 0,5 ngày" in refused(office, HALF_A_DAY)
    office.brought("classes", classes(BY_DAYS))
    assert [row["days"] for row in office.table(CLASS)] == ["1"]


def test_fewer_days_are_taken_with_the_half_days_that_fit(office: Bench) -> None:
    office.brought("classes", classes(HALF_A_DAY, sessions=made.SESSIONS[:2]))
    assert len(office.table(SESSION)) == 1


def test_a_class_cannot_turn_from_days_to_periods_while_its_half_days_have_none(office: Bench) -> None:
    assert "Lớp:2: C02 quyết định chỉ ghi số tiết" in refused(office, BY_PERIODS)
    office.brought("classes", classes(BY_PERIODS, sessions=PERIODS))
    assert "C03 các buổi và chuyên đề tự học cộng 8 tiết, quyết định ghi 7 tiết" in refused(office, (*L01[:5], None, 7))


@pytest.mark.parametrize(("periods", "words"), [(12, ""), (11, "cộng 12 tiết")])
def test_topics_in_the_books_count_against_the_periods(office: Bench, periods: int, words: str) -> None:
    office.brought("classes", classes((*L01[:5], None, 12), sessions=PERIODS, topics=TOPICS))
    file = classes((*L01[:5], None, periods), sessions=PERIODS)
    assert words in told(office.bring("classes", file))
    assert [row["periods"] for row in office.table(CLASS)] == [12]


def test_half_days_may_name_topics_that_the_books_have_and_no_others(office: Bench) -> None:
    office.brought("classes", classes((*L01[:5], 3, None), sessions=made.SESSIONS, topics=TOPICS))
    with_topic = [made.SESSION, (*made.SESSIONS[1], None, "cd-1")]
    office.brought("classes", classes((*L01[:5], 3, None), sessions=with_topic))
    other = [made.TOPIC, ("L01", "cd-2", "Dân vận", None, 4, SELF)]
    assert "Lớp:2: C07 lớp không có chuyên đề «cd-1»" in refused(office, (*L01[:5], 3, None), topics=other)
