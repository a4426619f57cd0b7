"""The rules of a session in person, without a block."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from boiduong_xblocks.hall.attending import (
    CODE_LENGTH,
    LETTERS,
    PERIOD_MS,
    Own,
    Phase,
    code_of,
    due,
    is_code,
    period_at,
    remaining_ms,
)
from hypothesis import given
from hypothesis import strategies as st

KEY = "a" * 64
NOW = int(datetime(2026, 12, 15, 0, 31, tzinfo=UTC).timestamp() * 1000)
"""7:31 in Hà Nội."""
MINUTE, DAY = 60_000, 86_400_000
DIRECTIONS = st.sampled_from((Phase.IN, Phase.OUT))
MOMENTS = st.integers(min_value=NOW, max_value=NOW + DAY)
AFTER = st.integers(min_value=-3 * PERIOD_MS, max_value=4 * PERIOD_MS) | st.integers(min_value=-DAY, max_value=DAY)


# The code -------------------------------------------------------------------------------------------------------------


@given(shown=MOMENTS, after=AFTER, direction=DIRECTIONS)
def test_a_code_is_good_in_its_own_period_and_the_next_and_never_outside(
    shown: int, after: int, direction: Phase
) -> None:
    code = code_of(KEY, direction, period_at(shown))
    later = period_at(shown + after) - period_at(shown)
    assert is_code(KEY, direction, code, shown + after) is (later in {0, 1})


@given(now=MOMENTS)
def test_a_code_for_coming_does_not_open_leaving(now: int) -> None:
    assert not is_code(KEY, Phase.OUT, code_of(KEY, Phase.IN, period_at(now)), now)


@given(key=st.text(min_size=1), period=st.integers(min_value=0, max_value=10**9), direction=DIRECTIONS)
def test_a_code_has_six_letters_that_no_telex_keyboard_changes(key: str, period: int, direction: Phase) -> None:
    code = code_of(key, direction, period)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(LETTERS)
    assert not set(code) & set("AEIOUYDW")
    assert all(one != next_ for one, next_ in pairwise(code))


@pytest.mark.parametrize("as_typed", [str, str.lower, lambda code: f" {code[:3]} {code[3:]}\u00a0"])
def test_capitals_and_spaces_do_not_matter(as_typed) -> None:
    assert is_code(KEY, Phase.IN, as_typed(code_of(KEY, Phase.IN, period_at(NOW))), NOW)


@pytest.mark.parametrize("typed", ["", "ABCDEF", "Ổ ứng", "CFHJKM" * 100])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert not is_code(KEY, Phase.IN, typed, NOW)


def test_no_code_is_good_before_the_session_has_a_key() -> None:
    assert not is_code("", Phase.IN, code_of("", Phase.IN, period_at(NOW)), NOW)


def test_the_bar_ends_where_the_next_code_begins() -> None:
    assert period_at(NOW + remaining_ms(NOW)) == period_at(NOW) + 1
    assert 0 < remaining_ms(NOW) <= PERIOD_MS


# What a learner may do ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "own", "by_hand", "expected"),
    [
        (Phase.NEW, Own(), False, None),
        (Phase.IN, Own(), False, Phase.IN),
        (Phase.IN, Own(NOW), False, None),
        (Phase.OUT, Own(), False, None),
        (Phase.OUT, Own(), True, Phase.OUT),
        (Phase.OUT, Own(NOW), False, Phase.OUT),
        (Phase.OUT, Own(NOW, NOW), False, None),
        (Phase.CLOSED, Own(NOW), False, None),
    ],
)
def test_a_code_does_what_the_phase_asks(phase: Phase, own: Own, by_hand: bool, expected: Phase | None) -> None:
    assert due(phase, own, by_hand) is expected


def test_after_five_wrong_codes_there_is_a_minute_of_waiting() -> None:
    own = Own()
    for _ in range(4):
        own = own.missed(NOW)
        assert own.pause_ms(NOW) == 0
    own = own.missed(NOW)
    assert own.pause_ms(NOW) == MINUTE
    assert own.pause_ms(NOW + MINUTE) == 0
    assert own.missed(NOW + MINUTE).pause_ms(NOW + MINUTE) == 0, "the count begins anew"
