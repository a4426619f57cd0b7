"""What a sign vouches for, worked by hand; the days that people really have."""

import pytest
from boiduong_exporter.logs.clock import span

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
OPENED = 1_795_568_400_000


def at(hours: int = 0, minutes: int = 0, seconds: int = 0) -> int:
    """Server time after the launch was opened."""
    return OPENED + hours * HOUR + minutes * MINUTE + seconds * SECOND


@pytest.mark.parametrize(
    ("received", "elapsed", "age", "expected"),
    [
        (at(minutes=5), 30_000, 0, (at(minutes=4, seconds=30), at(minutes=5), False)),
        (at(minutes=5), 35_000, 0, (at(minutes=4, seconds=25), at(minutes=5), False)),
        (at(minutes=5), 35_001, 0, (at(minutes=4, seconds=25), at(minutes=5), False)),
        (at(minutes=5), 0, 0, None),
        (at(seconds=30), 30_000, 0, (at(), at(seconds=30), False)),
        (at(seconds=20), 30_000, 0, (at(), at(seconds=20), False)),
        (at(), 30_000, 0, None),
        (at(hours=3), 30_000, 2 * HOUR, (at(minutes=59, seconds=30), at(hours=1), True)),
        (at(hours=1), 30_000, 2 * HOUR, None),
        (OPENED + 8 * DAY, 30_000, 7 * DAY, (at(hours=24) - 30_000, at(hours=24), True)),
        (OPENED + 8 * DAY, 30_000, 7 * DAY + 1, None),
    ],
    ids=[
        "a beat vouches for the time since the sign before",
        "for 35 seconds in full",
        "for no more than 35 seconds",
        "an opening sign for nothing",
        "the first beat since the opening",
        "never for time before the launch was opened",
        "not at the very opening",
        "an offline span lies where it was studied, and is marked",
        "no wait reaches before the launch",
        "a wait of seven days is taken",
        "a longer one is not",
    ],
)
def test_a_sign_vouches_for(received: int, elapsed: int, age: int, expected: object) -> None:
    assert span(received, elapsed, age, OPENED) == expected


def total(signs: list[tuple[int, int]]) -> int:
    """What the signs of one tab add up to: each is received at a time, so long after the one before."""
    spans = [span(received, elapsed, 0, OPENED) for received, elapsed in signs]
    return sum(found[1] - found[0] for found in spans if found)


def test_a_tab_left_open_for_eight_hours_earns_two_minutes() -> None:
    """The last input at the opening; the page sends four beats, falls idle after 120 s and sends no more."""
    signs = [(at(), 0), *((at(seconds=s), 30_000) for s in (30, 60, 90, 120))]
    assert total(signs) == 2 * MINUTE


def test_a_crash_ends_at_the_last_beat() -> None:
    """The battery fails 20 s after the second beat: nobody vouches for them."""
    assert total([(at(), 0), (at(seconds=30), 30_000), (at(seconds=60), 30_000)]) == MINUTE


def test_a_laptop_that_slept_eight_hours_gains_35_seconds() -> None:
    """The lid closes after one beat. On waking the page's clock says eight hours, and a sign is sent at once."""
    assert total([(at(), 0), (at(seconds=30), 30_000), (at(hours=8), 8 * HOUR - 30_000)]) == 65 * SECOND
