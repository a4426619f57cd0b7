"""What holds for any spans: small numbers around midnight and the bounds, so that overlaps and ties abound. A query
costs far more than a row, so each example has people enough for many cases."""

from collections import Counter
from collections.abc import Iterable
from random import Random

from boiduong_exporter.study.spans import split_at_midnight
from boiduong_exporter.study.union import Bounds
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exporter.study.conftest import Count
from tests.exporter.study.made import DAY, HOUR, MIDNIGHT, Span, rows, swept, table

few = settings(max_examples=8, deadline=None)
PEOPLE = 12
moments = st.builds(
    lambda anchor, offset: MIDNIGHT + anchor + offset,
    st.sampled_from([0, 12 * HOUR, 18 * HOUR, DAY]),
    st.integers(-12, 12),
)
keys = st.integers(-1, 1)
spans_of_one = st.lists(
    st.builds(
        lambda study, launch, start, lasts, offline: Span(0, study, launch, start, start + lasts, offline),
        keys, keys, moments, st.integers(1, 30) | st.sampled_from([6 * HOUR, DAY]), st.integers(0, 1),
    ), max_size=10,
)  # fmt: skip
spans_of_many = st.lists(spans_of_one, min_size=PEOPLE, max_size=PEOPLE).map(
    lambda people: [span._replace(learner=learner) for learner, spans in enumerate(people) for span in spans]
)


def by_day(totals: Iterable[tuple[int, ...]]) -> Counter[tuple[int, int]]:
    """Milliseconds of a learner on a day."""
    sums: Counter[tuple[int, int]] = Counter()
    for learner, day, _, *ms in totals:
        sums[learner, day] += sum(ms[:3])
    return sums


def by_learner(totals: Iterable[tuple[int, ...]]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for (learner, _), ms in by_day(totals).items():
        sums[learner] += ms
    return sums


def length_of_union(spans: list[Span]) -> Counter[int]:
    """By learner, days and midnights aside."""
    sums: Counter[int] = Counter()
    for learner in {span.learner for span in spans}:
        until = 0
        for span in sorted((span for span in spans if span.learner == learner), key=lambda span: span.start_ms):
            sums[learner] += max(0, span.end_ms - max(span.start_ms, until))
            until = max(until, span.end_ms)
    return sums


@few
@given(spans_of_many)
def test_the_expression_counts_what_a_sweep_counts(count: Count, spans: list[Span]) -> None:
    assert count(spans) == swept(rows(split_at_midnight(table(spans))))


@few
@given(spans_of_many, st.tuples(st.integers(0, 1440), st.integers(0, 1440)).map(sorted))
def test_the_bounds_move_time_between_halves_only(
    count_in_duckdb: Count, spans: list[Span], minutes: list[int]
) -> None:
    bounds = Bounds(*minutes)
    counted = count_in_duckdb(spans, bounds)
    assert counted == swept(rows(split_at_midnight(table(spans))), bounds)
    assert by_day(counted) == by_day(count_in_duckdb(spans))


@few
@given(spans_of_many, spans_of_many)
def test_adding_a_launch_never_lowers_a_total(count_in_duckdb: Count, spans: list[Span], more: list[Span]) -> None:
    launch = [span._replace(launch=7) for span in more]
    assert by_day(count_in_duckdb(spans)) <= by_day(count_in_duckdb([*spans, *launch]))


@few
@given(spans_of_many)
def test_the_split_between_studies_sums_to_the_total(count_in_duckdb: Count, spans: list[Span]) -> None:
    in_one_study = [span._replace(study=0) for span in spans]
    assert by_day(count_in_duckdb(spans)) == by_day(count_in_duckdb(in_one_study))


@few
@given(spans_of_many)
def test_midnight_never_changes_a_total(count_in_duckdb: Count, spans: list[Span]) -> None:
    assert by_learner(count_in_duckdb(spans)) == length_of_union(spans)


@few
@given(spans_of_many, moments)
def test_cutting_spans_anywhere_never_changes_a_day(count_in_duckdb: Count, spans: list[Span], cut: int) -> None:
    pieces = [
        piece
        for span in spans
        for piece in (span._replace(end_ms=min(span.end_ms, cut)), span._replace(start_ms=max(span.start_ms, cut)))
        if piece.start_ms < piece.end_ms
    ]
    assert by_day(count_in_duckdb(spans)) == by_day(count_in_duckdb(pieces))


@few
@given(spans_of_many, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(count: Count, spans: list[Span], chance: Random) -> None:
    shuffled = [*spans]
    chance.shuffle(shuffled)
    assert count(shuffled) == count(spans)


@few
@given(spans_of_many)
def test_what_is_claimed_is_never_more_than_what_is_counted(count_in_duckdb: Count, spans: list[Span]) -> None:
    for total in count_in_duckdb(spans):
        assert all(0 <= claimed <= ms for ms, claimed in zip(total[3:6], total[6:], strict=True))
        assert sum(total[3:6]) > 0
