"""Moments as people here write and say them."""

from datetime import UTC, datetime

import pytest
from boiduong_xblocks.moments import half, iso, local, midnight_ms, moment, moment_ms, typed_ms

NOW = int(datetime(2026, 12, 15, 0, 31, tzinfo=UTC).timestamp() * 1000)
"""7:31 in Hà Nội."""
MINUTE = 60_000


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening"), (23, "evening")],
)
def test_a_day_has_three_parts(hour: int, expected: str) -> None:
    assert half(midnight_ms(NOW) + hour * 60 * MINUTE) == expected


@pytest.mark.parametrize("after", [0, 1, 7 * 60 * MINUTE, 24 * 60 * MINUTE - 1])
def test_a_day_begins_at_midnight_in_hanoi(after: int) -> None:
    midnight = NOW - (7 * 60 + 31) * MINUTE
    assert midnight_ms(midnight + after) == midnight
    assert f"{local(midnight):%d/%m/%Y %H:%M}" == "15/12/2026 00:00"


@pytest.mark.parametrize(
    "typed",
    ["15/12/2026 7:31", " 15/12/2026  07:31 ", "15/12/2026, 7h31", "2026-12-15T00:31:00Z", "2026-12-15T07:31+07:00"],
)
def test_an_hour_is_typed_as_people_write_it_and_kept_in_utc(typed: str) -> None:
    assert typed_ms(typed) == NOW
    assert iso(NOW) == "2026-12-15T00:31:00Z"
    assert moment_ms(iso(NOW)) == NOW
    assert typed_ms(moment(NOW)) == NOW


@pytest.mark.parametrize("typed", ["", "mai", "31/02/2026 7:30", "15/12/2026", "15/12/2026 25:00"])
def test_what_is_no_hour_is_none(typed: str) -> None:
    assert typed_ms(typed) is None
