"""A code is good in its own period and the next: at no other millisecond, nowhere else, and not by guessing."""

from collections import Counter

import pytest
from boiduong_server.attending.codes import LENGTH, LETTERS, PERIOD_MS, code_of, is_good, period_at, plain
from boiduong_server.attending.scanning import Claim, No, Taken, Why, admit, claim
from boiduong_server.attending.sittings import Sitting, close, reopen
from boiduong_server.attending.stamps import Stamp
from boiduong_server.house import House
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.server.attending.held import BRIDGE, HALL, Held
from tests.server.conftest import Clock
from tests.server.lam_giang import ms

KEYS = st.binary(min_size=32, max_size=32)
PERIODS = st.integers(min_value=100_000_000, max_value=200_000_000)
CODES = len(LETTERS) * (len(LETTERS) - 1) ** (LENGTH - 1)
"""How many there are, for no two neighbours are alike: some three million."""
OPENS, CLOSES = ms(26, 8), ms(26, 9)
FROM, TO = ms(26, 5, 30), ms(26, 13, 30)


@given(KEYS, PERIODS)
def test_a_code_is_good_to_the_millisecond_in_its_own_period_and_the_next(key: bytes, period: int) -> None:
    code = code_of(key, period)
    assume(code not in {code_of(key, period + each) for each in (-2, -1, 1, 2, 3)})
    for edge in (0, PERIOD_MS, 2 * PERIOD_MS):
        for off in range(edge - 3, edge + 4):
            assert is_good(key, code, period * PERIOD_MS + off) is (0 <= off < 2 * PERIOD_MS)


@given(KEYS, PERIODS, st.integers(min_value=-3_000, max_value=3_000))
def test_a_code_is_good_in_no_other_period_of_the_day(key: bytes, period: int, away: int) -> None:
    at = (period + away) * PERIOD_MS
    assume(away not in {0, 1} and code_of(key, period) not in {code_of(key, period + away - each) for each in (0, 1)})
    assert not is_good(key, code_of(key, period), at)


@given(KEYS, KEYS, PERIODS)
def test_another_sittings_key_makes_other_codes(key: bytes, other: bytes, period: int) -> None:
    assume(key != other)
    assume(code_of(key, period) not in {code_of(other, period), code_of(other, period - 1)})
    assert not is_good(other, code_of(key, period), period * PERIOD_MS)


@given(KEYS, PERIODS)
def test_no_code_holds_a_letter_twice_in_a_row_and_each_is_read_as_it_was_typed(key: bytes, period: int) -> None:
    code = code_of(key, period)
    assert len(code) == LENGTH
    assert {*code} <= {*LETTERS}
    assert all(code[at] != code[at + 1] for at in range(LENGTH - 1))
    for typed in (code.lower(), f"{code[:3]} {code[3:]}", f" {code[:3]}-{code[3:]} "):
        assert plain(typed) == code


def test_a_guess_is_right_less_than_once_in_a_million_and_a_half() -> None:
    """Two of the codes are good at a time. That every one is as likely as any other is measured: letter by letter, each
    as often as in an even draw, and of 40,000 periods' codes as many are alike as chance makes alike (about 247)."""
    key, many = b"k" * 32, 40_000
    codes = [code_of(key, period) for period in range(many)]
    assert CODES / 2 > 1_500_000
    for at in range(LENGTH):
        seen = Counter(code[at] for code in codes)
        assert all(abs(seen[letter] - many / len(LETTERS)) < 6 * (many / len(LETTERS)) ** 0.5 for letter in LETTERS)
    alike = sum(count * (count - 1) // 2 for count in Counter(codes).values())
    chance = many * (many - 1) / 2 / CODES
    assert abs(alike - chance) < 6 * chance**0.5


# At sittings ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def hall(held: Held, clock: Clock) -> Sitting:
    """Opened at eight, closed at nine."""
    clock.at_ms = OPENS
    made = held.sitting(HALL)
    clock.at_ms = CLOSES
    close(held.house.store, made, "Phép thử", 3, CLOSES)
    return held.now(made)


def asked(held: Held, sitting: Sitting, at_ms: int, named: bool = True) -> Why | None:
    """Why An, who reads this moment's code then, is refused; None where it is taken."""
    name = sitting.public if named else ""
    read = Stamp(name, code_of(sitting.key, period_at(at_ms)), at_ms, f"lần {name} {at_ms}", typed=not name)
    answer = admit(held.house.store, held.reader("01"), read, max(at_ms, held.house.now_ms()))
    return answer.why if isinstance(answer, No) else None


def test_a_code_is_taken_from_the_opening_to_the_closing(held: Held, hall: Sitting, clock: Clock) -> None:
    for at_ms, why, typed in (
        (OPENS - 1, Why.NOT_OPEN, Why.NO_SITTING),
        (OPENS, None, None),
        (CLOSES, None, None),
        (CLOSES + 1, Why.NOT_OPEN, Why.NO_SITTING),
    ):
        clock.at_ms = at_ms
        assert (asked(held, hall, at_ms), asked(held, hall, at_ms, named=False)) == (why, typed), at_ms - OPENS


def test_no_code_is_taken_outside_the_sessions_hours(held: Held, clock: Clock) -> None:
    clock.at_ms = FROM
    sitting = held.sitting(HALL)
    for at_ms, why in ((FROM - 1, Why.NOT_OPEN), (FROM, None), (TO, None), (TO + 1, Why.NOT_OPEN)):
        clock.at_ms = max(at_ms, FROM)
        kept = Claim(sitting.public, code_of(sitting.key, period_at(at_ms)), at_ms, f"giữ {at_ms}")
        answer = claim(held.house.store, held.reader("02"), kept, clock.at_ms)
        assert asked(held, sitting, at_ms) is why
        assert (answer.why if isinstance(answer, No) else None) is why


def test_a_claim_is_judged_by_the_hours_alone_for_the_monitor_may_have_been_without_a_connection(
    house: House, held: Held
) -> None:
    sitting = held.prepared(HALL)
    for named in (sitting.public, ""):
        kept = Claim(named, held.code(sitting), house.now_ms(), f"giữ «{named}»")
        assert isinstance(claim(house.store, held.reader("01"), kept, house.now_ms()), Taken)


def test_a_photograph_of_the_screen_is_worth_nothing_two_periods_later(held: Held, clock: Clock) -> None:
    sitting = held.sitting(HALL)
    code, shown_ms = held.code(sitting), clock.at_ms
    for late, why in ((1, None), (2, Why.OUTDATED), (3, Why.OUTDATED), (40, Why.OUTDATED)):
        clock.at_ms = shown_ms + late * PERIOD_MS
        read = Stamp(sitting.public, code, clock.at_ms, f"ảnh {late}", typed=False)
        answer = admit(held.house.store, held.reader("01"), read, clock.at_ms)
        assert (answer.why if isinstance(answer, No) else None) is why, late


def test_a_code_of_the_hall_is_no_good_at_the_bridge(house: House, held: Held) -> None:
    hall, bridge = held.sitting(HALL), held.sitting(BRIDGE)
    now_ms = house.now_ms()
    answer = admit(
        house.store, held.reader("06"), Stamp(bridge.public, held.code(hall), now_ms, "chéo", typed=False), now_ms
    )
    assert answer == No(Why.OUTDATED, bridge)
    typed = admit(house.store, held.reader("06"), Stamp("", held.code(bridge), now_ms, "gõ", typed=True), now_ms)
    assert typed == Taken(bridge, now_ms, again=False)


def test_what_was_read_before_the_closing_is_taken_after_it(house: House, held: Held, clock: Clock) -> None:
    """Whoever had to log in first: also where the code was typed."""
    sitting = held.sitting(HALL)
    read_ms, code = clock.at_ms, held.code(sitting)
    clock.at_ms += 60_000
    close(house.store, sitting, "Phép thử", 3, clock.at_ms)
    clock.at_ms += 60_000
    for number, name in enumerate((sitting.public, "")):
        read = Stamp(name, code, read_ms, f"trước {number}", typed=not name)
        assert isinstance(admit(house.store, held.reader("01"), read, clock.at_ms), Taken), name


def test_a_sitting_closed_by_mistake_takes_codes_again(held: Held, hall: Sitting, clock: Clock) -> None:
    clock.at_ms = CLOSES + 60_000
    assert asked(held, hall, clock.at_ms) is Why.NOT_OPEN
    reopen(held.house.store, hall)
    assert asked(held, held.now(hall), clock.at_ms) is None
