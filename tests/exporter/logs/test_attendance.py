"""Attendance in the tracking log of Open edX: what staff closed, never what a learner scanned."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.logs.attendance import SCANNED
from boiduong_exporter.logs.record import Attended, Skipped, Where
from boiduong_vocabulary.evidence import Half, Presence

from tests.exporter.logs.made import AT, COURSE, attended, beat, event, payload, portion, read, text, told

ATTENDED, SCAN = "boiduong.attendance.attended", "boiduong.attendance.scan"
HOURS = 1_795_539_600_000
"""2026-11-25, midnight in Hanoi."""
EXPECTED = Attended(
    1, "ba.tt", Where(course=COURSE), AT, "buoi-1", date(2026, 11, 25), Half.MORNING, Presence.PRESENT, 481, 675, 1
)


def line(**changed: Any) -> dict[str, Any]:
    return event(ATTENDED, attended(**changed), username="giao.vu")


def hours(came: int | None, left: int | None) -> dict[str, Any]:
    """Minutes after local midnight, and half a minute."""
    times = {"came_ms": came, "left_ms": left}
    return {name: None if minute is None else HOURS + minute * 60_000 + 30_000 for name, minute in times.items()}


@pytest.mark.parametrize(
    "said",
    [
        line(),
        {key: value for key, value in line().items() if key != "name"},
        f"Nov 25 01:02:03 lms [tracking] INFO [user 9] logger.py:42 - {json.dumps(line())}",
        line(learner=" ba.tt "),
    ],
    ids=["plain", "without a name", "syslog", "spaces"],
)
def test_a_line_is_of_the_person_on_the_sheet_and_not_of_whoever_closed_it(tmp_path: Path, said: Any) -> None:
    assert read(tmp_path, text(said)) == [EXPECTED]


def test_the_class_that_the_block_names_is_kept(tmp_path: Path) -> None:
    (found,) = read(tmp_path, text(line(**{"class": "L01"})))
    assert isinstance(found, Attended)
    assert found.where == Where("L01", COURSE)


@pytest.mark.parametrize(
    ("changed", "came", "left"),
    [
        (hours(450, None), 450, None),
        (hours(None, None), None, None),
        (hours(0, 1439), 0, 1439),
        (hours(450, 450), 450, 451),
        (hours(1439, 1439), 1438, 1439),
        ({"presence": "absent", **hours(450, 675)}, None, None),
        ({"presence": "excused", **hours(-5, None)}, None, None),
    ],
    ids=["in alone", "by hand", "all day", "within a minute", "the last minute", "absent", "excused"],
)
def test_times_are_minutes_after_local_midnight(
    tmp_path: Path, changed: dict[str, Any], came: int | None, left: int | None
) -> None:
    (found,) = read(tmp_path, text(line(**changed)))
    assert isinstance(found, Attended)
    assert (found.came, found.left) == (came, left)


def test_a_scan_is_skipped_for_a_reason_of_its_own(tmp_path: Path) -> None:
    for said in ({"session": "buoi-1", "direction": "in"}, '{"session": "buoi-1"', None):
        assert read(tmp_path, text(event(SCAN, said))) == [Skipped(1, SCANNED)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"presence": "here"}, "L05"), ({"half": "noon"}, "L05"), ({"date": "15/12/2026"}, "L06"),
        ({"session": ""}, "L05"), ({"sheet": -1}, "L05"), ({"came_ms": "8:00"}, "L05"), ({"learner": "x" * 256}, "L05"),
        (hours(-1, None), "L05"), (hours(None, 1440), "L05"), (hours(675, 450), "L05"), ({"learner": " "}, "L08"),
        ({"learner": "a\0b"}, "L03"), ({"class": "a\0b"}, "L03"), ({"session": "a\0b"}, "L03"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_right_is_refused_and_spares_its_neighbours(
    tmp_path: Path, changed: dict[str, Any], expected: str
) -> None:
    assert told(read(tmp_path, text(line(), line(**changed), line()))) == ["1:Attended", f"2:{expected}", "3:Attended"]


def test_a_clock_of_another_century_is_refused(tmp_path: Path) -> None:
    assert told(read(tmp_path, text({**line(), "time": "1999-12-31T23:59:59+00:00"}))) == ["1:L06"]


def test_a_line_stuck_to_one_that_broke_off_is_not_passed_over(tmp_path: Path) -> None:
    stuck = json.dumps(event("problem_check", {}))[:-30] + json.dumps(line())
    assert told(read(tmp_path, text(line(), stuck, line()))) == ["1:Attended", "2:L03", "3:Attended"]


def test_two_stretches_of_a_log_join_with_their_lines(tmp_path: Path) -> None:
    first = portion(tmp_path, text(event("boiduong.study.beat", payload(beat())), line()))
    first.join(portion(tmp_path, text(line(learner="an.nv"))))
    assert [(each.line, each.learner) for each in first.told] == [(2, "ba.tt"), (3, "an.nv")]
