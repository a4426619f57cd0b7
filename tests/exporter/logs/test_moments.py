"""Moments and spans of time as exports write them."""

import pytest
from boiduong_exporter.logs.moments import iso_moment, reported_span, written_moment

AT = 1_795_568_520_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1795568520", AT),
        ("2026-11-25T01:02:00Z", AT),
        ("2026-11-25T08:02:00+07:00", AT),
        ("2026-11-25 08:02:00", AT),
        ("25/11/2026 08:02", AT),
        ("25/11/2026, 08:02:59", AT),
        ("Wednesday, 25 November 2026, 8:02 AM", AT),
        ("25 Nov 2026, 08:02", AT),
        ("Thứ tư, 25 Tháng mười một 2026, 8:02 SA", AT),
        ("Thứ Tư, 25 tháng 11 2026, 08:02", AT),
        ("25 November 2026, 8:02 PM", AT + 12 * 3_600_000),
        ("25 November 2026, 12:02 AM", AT - 8 * 3_600_000),
        ("25/11/2026 12:02 CH", AT + 4 * 3_600_000),
        ("31/11/2026 08:02", None),
        ("25/11/2026 25:02", None),
        ("25 Brumaire 2026, 08:02", None),
        ("25/11/1999 08:02", None),
        ("123456789", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_a_moment_as_people_see_it_is_local(text: str, expected: int | None) -> None:
    assert written_moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-25T01:02:00Z", AT),
        ("2026-11-25T08:02:00+0700", AT),
        ("2026-11-25T01:02:00", AT),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-13-01T00:00:00Z", None),
    ],
)
def test_a_moment_as_servers_write_it_is_utc(text: str, expected: int | None) -> None:
    assert iso_moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:45:10", 2_710_000),
        ("0012:34:56.7", 45_296_700),
        ("0012:34:56.07", 45_296_070),
        ("PT1H2M3.5S", 3_723_500),
        ("PT90M", 5_400_000),
        ("P1DT1S", 86_401_000),
        ("P2W", 1_209_600_000),
        ("PT0.0009S", 0),
        ("P1Y", None),
        ("P1M", None),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("45 phút", None),
        ("00:60:00", None),
        ("-PT1S", None),
    ],
)
def test_a_reported_span_is_read_in_both_standards(text: str, expected: int | None) -> None:
    assert reported_span(text) == expected
