"""Spans are numbers, and no piece of one crosses a local midnight."""

import pytest
from boiduong_exporter.study.spans import SPANS, launch_number, split_at_midnight
from boiduong_vocabulary.vietnamese import local_day
from hypothesis import given
from hypothesis import strategies as st

from tests.exporter.study.made import DAY, HOUR, MIDNIGHT, Span, rows, table

moments = st.integers(0, 400_000 * DAY) | st.integers(MIDNIGHT - 5, MIDNIGHT + 5)
lengths = st.integers(1, 60_000) | st.integers(1, 3 * DAY)
spans = st.lists(
    st.builds(lambda start, lasts, offline: Span(1, 2, 3, start, start + lasts, offline), moments, lengths,
              st.integers(0, 1)),
    max_size=8,
)  # fmt: skip


@given(spans)
def test_pieces_lie_within_one_day_and_make_up_the_span(whole: list[Span]) -> None:
    left = rows(split_at_midnight(table(whole)))
    for span in whole:
        pieces, moment = [], span.start_ms
        while moment < span.end_ms:
            piece = left.pop(0)
            assert piece.start_ms == moment < piece.end_ms
            assert local_day(piece.start_ms) == local_day(piece.end_ms - 1)
            pieces.append(piece)
            moment = piece.end_ms
        assert moment == span.end_ms
        assert len({local_day(piece.start_ms) for piece in pieces}) == len(pieces)
        assert {piece._replace(start_ms=0, end_ms=0) for piece in pieces} == {span._replace(start_ms=0, end_ms=0)}
    assert not left


@pytest.mark.parametrize(
    ("start", "end", "pieces"),
    [
        (-1, 0, [(-1, 0)]),
        (0, 1, [(0, 1)]),
        (-1, 1, [(-1, 0), (0, 1)]),
        (0, DAY, [(0, DAY)]),
        (-HOUR, DAY + HOUR, [(-HOUR, 0), (0, DAY), (DAY, DAY + HOUR)]),
    ],
)
def test_a_span_is_cut_at_seventeen_hours_utc(start: int, end: int, pieces: list[tuple[int, int]]) -> None:
    split = split_at_midnight(table([Span(1, 2, 3, MIDNIGHT + start, MIDNIGHT + end)]))
    assert [(span.start_ms - MIDNIGHT, span.end_ms - MIDNIGHT) for span in rows(split)] == pieces
    assert split.schema == SPANS


@pytest.mark.parametrize(
    ("text", "number"),
    [("", -2039914840885289964), ("phiên-1", -6130382818626445907), ("a", -3848465438864589366)],
)
def test_a_launch_has_the_same_number_everywhere(text: str, number: int) -> None:
    assert launch_number(text) == number
