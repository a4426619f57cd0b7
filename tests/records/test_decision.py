"""A decision is made on a local day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.records.samples import AT, DECISION

HOUR = 3_600_000


@pytest.mark.parametrize(
    ("hours", "day"),
    [(-9, date(2026, 3, 5)), (-9.001, date(2026, 3, 4)), (14.999, date(2026, 3, 5)), (15, date(2026, 3, 6))],
)
def test_a_day_begins_at_midnight_in_ho_chi_minh_city(hours: float, day: date) -> None:
    assert replace(DECISION, at_ms=AT + int(hours * HOUR)).day == day
