"""Signs of the clock: kept once, bounded by the wall clock, refused from a launch that was replaced."""

from typing import Any

import pytest
from boiduong_exporter.logs.clock import LONGEST_MS, OLDEST_MS, span
from boiduong_server.house import House
from boiduong_server.study.beats import Sign, Taken, take_beats
from boiduong_server.study.launches import LIFE_MS, LiveLaunch
from boiduong_server.tables import BEAT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.server.conftest import Clock
from tests.server.study.conftest import Open

BEAT_MS = 30_000


def beat(sequence: int, elapsed_ms: int = BEAT_MS, age_ms: int = 0) -> Sign:
    return Sign(sequence, elapsed_ms, age_ms)


def kept(house: House) -> list[tuple[int, ...]]:
    columns = (BEAT.c.sequence, BEAT.c.received_ms, BEAT.c.elapsed_ms, BEAT.c.age_ms)
    with house.store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(BEAT.c.id))]


def test_a_sign_that_is_sent_again_is_kept_once_and_answered_alike(house: House, clock: Clock, launched: Open) -> None:
    launch = launched()
    clock.at_ms += BEAT_MS
    first = take_beats(house.store, launch, [beat(1)], clock.at_ms)
    clock.at_ms += 4_000
    again = take_beats(house.store, launch, [beat(1, age_ms=4_000)], clock.at_ms)
    assert first == again == Taken(1, stale=False)
    assert kept(house) == [(1, clock.at_ms - 4_000, BEAT_MS, 0)]


def test_a_sign_that_opens_a_run_is_heard_and_leaves_no_row(house: House, clock: Clock, launched: Open) -> None:
    clock.at_ms += 1
    assert take_beats(house.store, launched(), [beat(0, elapsed_ms=0)], clock.at_ms) == Taken(1, stale=False)
    assert kept(house) == []


def test_what_a_replaced_launch_vouched_for_before_still_counts_when_it_comes_late(
    house: House, clock: Clock, launched: Open
) -> None:
    old = launched()
    clock.at_ms += 60_000
    launched()
    clock.at_ms += 60_000
    signs = [beat(1, age_ms=90_000), beat(2, age_ms=60_000), beat(3, age_ms=24_999), beat(4)]
    assert take_beats(house.store, old, signs, clock.at_ms) == Taken(2, stale=True)
    assert [row[0] for row in kept(house)] == [1, 2]


def test_the_last_words_of_a_replaced_launch_are_kept_and_it_is_told(
    house: House, clock: Clock, launched: Open
) -> None:
    old = launched()
    clock.at_ms += 10_000
    launched()  # the page is loaded anew; what the old one says in leaving comes after
    clock.at_ms += LONGEST_MS
    assert take_beats(house.store, old, [beat(1)], clock.at_ms) == Taken(1, stale=True)
    clock.at_ms += 1
    assert take_beats(house.store, old, [beat(2)], clock.at_ms) == Taken(0, stale=True)
    assert [row[0] for row in kept(house)] == [1]


@pytest.mark.parametrize(("waits_ms", "stale"), [(LIFE_MS, False), (LIFE_MS + 1, True)])
def test_a_launch_is_over_a_day_after_its_last_sign(
    waits_ms: int, stale: bool, house: House, clock: Clock, launched: Open
) -> None:
    launch = launched()
    clock.at_ms += LIFE_MS
    assert not take_beats(house.store, launch, [beat(1)], clock.at_ms).stale
    clock.at_ms += waits_ms
    assert take_beats(house.store, launch, [beat(2)], clock.at_ms).stale is stale


def test_days_without_a_connection_are_kept_up_to_seven(house: House, clock: Clock, launched: Open) -> None:
    launch = launched()
    clock.at_ms += OLDEST_MS + 60_000
    signs = [beat(day, age_ms=OLDEST_MS + 30_000 - day * 86_400_000) for day in range(8)]
    taken = take_beats(house.store, launch, signs, clock.at_ms)
    assert taken == Taken(8, stale=False)
    assert [row[0] for row in kept(house)] == [1, 2, 3, 4, 5, 6, 7]  # the first waited more than seven days


def test_a_day_of_signs_in_one_message_is_one_work(house: House, clock: Clock, launched: Open) -> None:
    launch = launched()
    clock.at_ms += 86_400_000
    signs = [beat(number, age_ms=86_400_000 - (number + 1) * BEAT_MS) for number in range(2_000)]
    assert take_beats(house.store, launch, signs, clock.at_ms).kept == 2_000
    assert len(kept(house)) == 2_000


SIGNS = st.tuples(
    st.integers(0, 2),  # which of three tabs
    st.integers(0, 120_000),  # how long after the one before it arrives
    st.integers(0, 10**12),  # elapsed, as the page says
    st.integers(0, 2 * OLDEST_MS),  # age, as the page says
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(SIGNS, max_size=25))
def test_no_signs_over_any_tabs_earn_more_than_the_wall_clock(
    said: list[tuple[int, ...]], house: House, launched: Open, clock: Clock
) -> None:
    house.store.write(lambda connection: connection.exec_driver_sql("DELETE FROM server_beat"))
    opened_ms = clock.at_ms
    tabs: list[LiveLaunch] = [launched(class_code=code) for code in "ABC"]
    for sequence, (tab, later, elapsed_ms, age_ms) in enumerate(said):
        clock.at_ms += later
        take_beats(house.store, tabs[tab], [beat(sequence, elapsed_ms, age_ms)], clock.at_ms)
    assert _earned(house, opened_ms) <= clock.at_ms - opened_ms


def _earned(house: House, opened_ms: int) -> int:
    """The union of what the kept signs vouch for."""
    until, earned = 0, 0
    spans: list[Any] = [span(received, elapsed, age, opened_ms) for _, received, elapsed, age in kept(house)]
    for start, end, _ in sorted(found for found in spans if found):
        earned += max(0, end - max(start, until))
        until = max(until, end)
    return earned
