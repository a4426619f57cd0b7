"""Spans: one rule with the exporter's, each moment once, never more than the wall clock."""

from itertools import pairwise

from boiduong_exporter.logs import clock
from boiduong_xblocks.spans import LONGEST_MS, NEAR_MS, OLDEST_MS, Span, Time, joined, length, span, union
from hypothesis import given
from hypothesis import strategies as st

DAY_MS = 86_400_000
NOW_MS = 1_797_224_400_000
numbers = st.integers(-(2**45), 2**45)
near = st.integers(0, 3 * OLDEST_MS)
spans = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda pair: (pair[0], sum(pair))))


@given(numbers, numbers, numbers, numbers)
def test_a_sign_vouches_for_what_the_exporter_finds_in_it(received: int, elapsed: int, age: int, opened: int) -> None:
    _agree(received, elapsed, age, opened)


@given(near, near, near)
def test_they_agree_about_what_can_happen_too(elapsed: int, age: int, open_for: int) -> None:
    _agree(NOW_MS, elapsed, age, NOW_MS - open_for)
    _agree(NOW_MS, min(elapsed, LONGEST_MS + 1), min(age, OLDEST_MS + 1), NOW_MS - open_for)


def _agree(*figures: int) -> None:
    theirs = clock.span(*figures)
    assert span(*figures) == (theirs[:2] if theirs else None)


def test_both_know_the_same_limits() -> None:
    assert (LONGEST_MS, OLDEST_MS) == (clock.LONGEST_MS, clock.OLDEST_MS)


@given(spans)
def test_a_union_has_each_moment_once_and_none_more(some: list[Span]) -> None:
    found = union(some)
    assert {moment for start, end in found for moment in range(start, end)} == {
        moment for start, end in some for moment in range(start, end)
    }
    assert all(before[1] < after[0] for before, after in pairwise(found))


@given(spans, spans)
def test_time_is_at_most_the_wall_clock_and_never_less_than_before(some: list[Span], more: list[Span]) -> None:
    before = Time().with_spans(some, 300)
    after = before.with_spans(more, 300)
    assert before.ms <= after.ms <= max((end for _, end in [*some, *more]), default=0)


def test_a_gap_of_milliseconds_between_two_messages_is_closed_without_adding_time() -> None:
    assert joined([(0, 30_000)], [(30_040, 60_040)]) == [(30_000, 60_000)]
    assert Time().with_spans([(0, 30_000)], 0).with_spans([(30_040, 60_040)], 0) == Time(0, ((0, 60_000),))


def test_a_gap_of_a_second_is_a_gap() -> None:
    assert joined([(0, 30_000)], [(30_000 + NEAR_MS, 40_000)]) == [(30_000 + NEAR_MS, 40_000)]


def test_what_no_sign_can_reach_any_more_is_settled_and_counts_on() -> None:
    old, late = (NOW_MS - 9 * DAY_MS, NOW_MS - 9 * DAY_MS + 1_000), (NOW_MS - DAY_MS, NOW_MS - DAY_MS + 500)
    time = Time().with_spans([old, late], NOW_MS)
    assert time == Time(1_000, (late,))
    assert time.ms == length([old, late])
