"""The same totals from every engine: cases worked by hand, and many spans at random."""

import random
from collections import defaultdict
from itertools import count as counter

import pytest
from boiduong_exporter.study.spans import split_at_midnight

from tests.exporter.study.conftest import Count
from tests.exporter.study.made import DAY, HOUR, MIDNIGHT, TODAY, Span, rows, swept, table

A, B, C = 1, 2, 3
TOMORROW = TODAY + 1

Piece = tuple[int, int, str, str] | tuple[int, int, str, str, int]

# study, launch, from, to (hours and minutes after TODAY's midnight), offline
# (day, study): minutes in the morning, afternoon, evening; of these offline
CASES: dict[str, tuple[list[Piece], dict[tuple[int, int], tuple[int, ...]]]] = {
    "one span": ([(A, 1, "8:00", "8:30")], {(TODAY, A): (30, 0, 0, 0, 0, 0)}),
    "two tabs of one topic count an overlap once": (
        [(A, 1, "8:00", "8:30"), (A, 2, "8:20", "8:50")],
        {(TODAY, A): (50, 0, 0, 0, 0, 0)},
    ),
    "two devices: the overlap belongs to the topic begun first": (
        [(B, 1, "8:20", "8:50"), (A, 2, "8:00", "8:30")],
        {(TODAY, A): (30, 0, 0, 0, 0, 0), (TODAY, B): (20, 0, 0, 0, 0, 0)},
    ),
    "begun together: the overlap belongs to the lower launch": (
        [(A, 2, "8:00", "8:30"), (B, -1, "8:00", "8:20")],
        {(TODAY, A): (10, 0, 0, 0, 0, 0), (TODAY, B): (20, 0, 0, 0, 0, 0)},
    ),
    "begun together in one launch: to the one that ends first": (
        [(A, 1, "8:00", "8:30", 1), (A, 1, "8:00", "8:20", 0)],
        {(TODAY, A): (30, 0, 0, 10, 0, 0)},
    ),
    "alike but for the topic: to the lower study": (
        [(B, 1, "8:00", "8:30"), (A, 1, "8:00", "8:30")],
        {(TODAY, A): (30, 0, 0, 0, 0, 0)},
    ),
    "alike but for being claimed: to the one seen live": (
        [(A, 1, "8:00", "8:30", 1), (A, 1, "8:00", "8:30", 0)],
        {(TODAY, A): (30, 0, 0, 0, 0, 0)},
    ),
    "a span within another gains nothing": (
        [(A, 1, "8:00", "9:00"), (B, 2, "8:10", "8:20")],
        {(TODAY, A): (60, 0, 0, 0, 0, 0)},
    ),
    "a nested span does not hide the longer one before it": (
        [(A, 1, "8:00", "9:00"), (B, 2, "8:10", "8:20"), (C, 3, "8:30", "9:10")],
        {(TODAY, A): (60, 0, 0, 0, 0, 0), (TODAY, C): (10, 0, 0, 0, 0, 0)},
    ),
    "a pause counts for nobody": (
        [(A, 1, "8:00", "8:10"), (A, 1, "8:40", "8:45"), (B, 2, "8:45", "8:46")],
        {(TODAY, A): (15, 0, 0, 0, 0, 0), (TODAY, B): (1, 0, 0, 0, 0, 0)},
    ),
    "the same span twice counts once": (
        [(A, 1, "8:00", "8:30", 1), (A, 1, "8:00", "8:30", 1)],
        {(TODAY, A): (30, 0, 0, 30, 0, 0)},
    ),
    "what a device claims is told apart": (
        [(A, 1, "8:00", "8:30"), (A, 1, "8:30", "8:50", 1)],
        {(TODAY, A): (50, 0, 0, 20, 0, 0)},
    ),
    "claimed after live: only what is new is claimed": (
        [(A, 1, "8:00", "8:30"), (A, 2, "8:10", "8:40", 1)],
        {(TODAY, A): (40, 0, 0, 10, 0, 0)},
    ),
    "claimed before live: the overlap stays claimed": (
        [(A, 1, "8:20", "8:40"), (A, 2, "8:00", "8:30", 1)],
        {(TODAY, A): (40, 0, 0, 30, 0, 0)},
    ),
    "over noon": ([(A, 1, "11:50", "12:20", 1)], {(TODAY, A): (10, 20, 0, 10, 20, 0)}),
    "over six": ([(A, 1, "17:50", "18:20")], {(TODAY, A): (0, 10, 20, 0, 0, 0)}),
    "an overlap over noon": (
        [(A, 1, "11:30", "12:10"), (B, 2, "11:50", "12:30")],
        {(TODAY, A): (30, 10, 0, 0, 0, 0), (TODAY, B): (0, 20, 0, 0, 0, 0)},
    ),
    "up to noon and from noon on": (
        [(A, 1, "11:30", "12:00"), (B, 1, "12:00", "12:10")],
        {(TODAY, A): (30, 0, 0, 0, 0, 0), (TODAY, B): (0, 10, 0, 0, 0, 0)},
    ),
    "a whole day": ([(A, 1, "0:00", "24:00", 1)], {(TODAY, A): (720, 360, 360, 720, 360, 360)}),
    "over midnight": (
        [(A, 1, "23:50", "24:20")],
        {(TODAY, A): (0, 0, 10, 0, 0, 0), (TOMORROW, A): (20, 0, 0, 0, 0, 0)},
    ),
    "two devices over midnight: each day has its own order": (
        [(A, 2, "23:40", "24:20"), (B, 1, "23:50", "24:30")],
        {(TODAY, A): (0, 0, 20, 0, 0, 0), (TOMORROW, B): (30, 0, 0, 0, 0, 0)},
    ),
    "two whole days": (
        [(A, 1, "12:00", "60:00")],
        {
            (TODAY, A): (0, 360, 360, 0, 0, 0),
            (TOMORROW, A): (720, 360, 360, 0, 0, 0),
            (TOMORROW + 1, A): (720, 0, 0, 0, 0, 0),
        },
    ),
}


def ms(clock: str) -> int:
    hours, minutes = map(int, clock.split(":"))
    return MIDNIGHT + hours * HOUR + minutes * 60_000


@pytest.fixture(scope="session")
def counted(count: Count) -> dict[int, dict[tuple[int, int], tuple[int, ...]]]:
    """All cases in one query, each a learner of its own; minutes."""
    spans = [
        Span(learner, piece[0], piece[1], ms(piece[2]), ms(piece[3]), *piece[4:])
        for learner, (pieces, _) in zip(counter(), CASES.values(), strict=False)
        for piece in pieces
    ]
    found: dict[int, dict[tuple[int, int], tuple[int, ...]]] = defaultdict(dict)
    for total in count(spans):
        found[total.learner][total.day, total.study] = tuple(ms // 60_000 for ms in total[3:])
    return found


@pytest.mark.parametrize("case", CASES)
def test_an_overlapped_moment_counts_once_and_belongs_to_the_span_begun_first(
    counted: dict[int, dict[tuple[int, int], tuple[int, ...]]], case: str
) -> None:
    assert counted[list(CASES).index(case)] == CASES[case][1]


def test_twenty_thousand_spans_have_the_totals_of_a_sweep(count: Count) -> None:
    spans = at_random(20_000)
    assert count(spans) == swept(rows(split_at_midnight(table(spans))))


def test_totals_are_plain_integers(count: Count) -> None:
    """Sums come back as decimals from some engines, and a decimal has no canonical bytes."""
    assert {type(value) for total in count(at_random(10)) for value in total} == {int}


def at_random(how_many: int) -> list[Span]:
    """People with several tabs, topics and devices on a few days, often at once, also over midnight."""
    chance = random.Random(4)
    spans = []
    for _ in range(how_many):
        begins = MIDNIGHT + chance.randrange(3) * DAY + chance.randrange(1_440) * 60_000 + chance.choice((0, 0, 17_123))
        lasts = chance.choice((1, 5_000, 30_000, 35_000, chance.randrange(1, 3 * HOUR)))
        who, what, launch = chance.randrange(300), chance.randrange(40), chance.choice((-(2**63), -1, 0, 1, 2**63 - 1))
        spans.append(Span(who, what, launch, begins, begins + lasts, int(chance.random() < 0.2)))
    return spans
