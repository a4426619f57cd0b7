"""Spans for the tests, and a slow way of counting them that has nothing in common with the fast one."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa
from boiduong_exporter.study.spans import SPANS
from boiduong_exporter.study.union import Bounds

HOUR, DAY = 3_600_000, 86_400_000
TODAY = 20_700
"""A local day, counted from 1970."""
MIDNIGHT = TODAY * DAY - 7 * HOUR
"""When it begins, in UTC."""
NOON_AND_SIX = Bounds(12 * 60, 18 * 60)


class Span(NamedTuple):
    """The columns of SPANS."""

    learner: int
    study: int
    launch: int
    start_ms: int
    end_ms: int
    offline: int = 0


def table(spans: Iterable[Span]) -> pa.Table:
    return pa.Table.from_pylist([span._asdict() for span in spans], SPANS)


def rows(spans: pa.Table) -> list[Span]:
    return [Span(**row) for row in spans.to_pylist()]


def swept(spans: Iterable[Span], bounds: Bounds = NOON_AND_SIX) -> list[tuple[int, ...]]:
    """The totals, moment by moment: between any two neighbouring edges, whose moment is it?"""
    by_learner_and_day = defaultdict(list)
    for span in spans:
        by_learner_and_day[span.learner, (span.start_ms + 7 * HOUR) // DAY].append(span)
    sums: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0] * 6)
    for (learner, day), some in by_learner_and_day.items():
        cuts = [day * DAY - 7 * HOUR + minutes * 60_000 for minutes in (bounds.afternoon, bounds.evening)]
        edges = sorted({*cuts, *(span.start_ms for span in some), *(span.end_ms for span in some)})
        for begin, end in pairwise(edges):
            there = [span for span in some if span.start_ms <= begin < span.end_ms]
            if there:
                first = min(there, key=lambda span: (span.start_ms, span.launch, span.end_ms, span.study, span.offline))
                half = sum(begin >= cut for cut in cuts)
                sums[learner, day, first.study][half] += end - begin
                sums[learner, day, first.study][half + 3] += (end - begin) * first.offline
    return sorted((*key, *values) for key, values in sums.items())
