"""Our own log."""

from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.logs.record import Beat, Progress, Record, Skipped, Where
from boiduong_exporter.logs.signs import NO_TIME, OPENING

from tests.exporter.logs.made import AT, OPENED, beat, commit, progress, read, text, told

HERE = Where("L01", "", "che-do", "2026.1")
DAY = 86_400_000


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (beat(), Beat(1, "an.nv", HERE, "7f3a", AT - 30_000, AT, False)),
        (beat(age_ms=DAY, opened_ms=1), Beat(1, "an.nv", HERE, "7f3a", AT - DAY - 30_000, AT - DAY, True)),
        (beat(elapsed_ms=900_000_000), Beat(1, "an.nv", HERE, "7f3a", AT - 35_000, AT, False)),
        (beat(elapsed_ms=0), Skipped(1, OPENING)),
        (beat(opened_ms=AT), Skipped(1, NO_TIME)),
        (progress(), Progress(1, "an.nv", HERE, AT, sections_done=3)),
        (progress(score=70), Progress(1, "an.nv", HERE, AT, sections_done=3, score=70)),
        (commit(), Progress(1, "an.nv", HERE, AT, True, score=90, reported_ms=2_700_000)),
        (commit(status="passed"), Progress(1, "an.nv", HERE, AT, True, score=90, reported_ms=2_700_000)),
        (commit(status="incomplete"), Progress(1, "an.nv", HERE, AT, False, score=90, reported_ms=2_700_000)),
        (commit(status="failed"), Progress(1, "an.nv", HERE, AT, None, score=90, reported_ms=2_700_000)),
        (commit(score=None), Progress(1, "an.nv", HERE, AT, True, reported_ms=2_700_000)),
    ],
)  # fmt: skip
def test_a_line_says(tmp_path: Path, line: dict[str, Any], expected: Record) -> None:
    assert read(tmp_path, text(line)) == [expected]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"topic": None}, "L05", "«topic»"),
        ({"elapsed_ms": -5}, "L05", "«elapsed_ms»"),
        ({"elapsed_ms": "30"}, "L05", "«elapsed_ms»"),
        ({"elapsed_ms": 10**30}, "L05", "«elapsed_ms»"),
        ({"sequence": 1.5}, "L05", "«sequence»"),
        ({"topic": ""}, "L05", "«topic»"),
        ({"topic": "x" * 300}, "L05", "«topic»"),
        ({"launch": ["a"]}, "L05", "«launch»"),
        ({"time_ms": 1000, "opened_ms": 0}, "L06", "thời điểm nhận"),
        ({"age_ms": 7 * DAY + 1}, "L07", "hơn 7 ngày"),
        ({"learner": ""}, "L08", "tài khoản"),
        *(({name: "a\0b"}, "L03", "NUL") for name in ("learner", "class", "topic", "edition", "launch")),
    ],
)
def test_a_wrong_beat_is_refused_and_its_neighbours_are_taken(
    tmp_path: Path, changed: dict[str, Any], code: str, field: str
) -> None:
    records = read(tmp_path, text(beat(), beat(**changed), beat()))
    assert told(records) == ["1:Beat", f"2:{code}", "3:Beat"]
    assert field in records[1].message  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (progress(score=101), "L05"),
        (progress(sections_done=None), "L05"),
        (commit(status="done"), "L05"),
        (commit(time_ms=0), "L06"),
        (progress(time_ms=0), "L06"),
        (commit(learner=""), "L08"),
        (progress(learner=""), "L08"),
        (progress(learner="a\0b"), "L03"),
        (commit(learner="a\0b"), "L03"),
        (commit(topic="a\0b"), "L03"),
        ('{"name": "boiduong.study.beat", "time_ms": 1', "L03"),
        ("khong phai json", "L03"),
        (b"\0\0\0", "L03"),
        (b'{"name": "boiduong.study.beat", "topic": "\xff\xfe"}', "L03"),
        ("[" * 5000 + '{"name": ' + "[" * 100_000, "L03"),
        ({"name": "gi-khac", "time_ms": 1}, "Skipped"),
        ({"name": 5}, "Skipped"),
        ("", "Skipped"),
    ],
)
def test_any_other_line_is_one_record(tmp_path: Path, line: Any, code: str) -> None:
    assert told(read(tmp_path, text(beat(), line, beat()))) == ["1:Beat", f"2:{code}", "3:Beat"]


def test_an_hour_of_study_before_the_launch_was_opened_is_not_made_up(tmp_path: Path) -> None:
    (found,) = read(tmp_path, text(beat(time_ms=OPENED + 10_000)))
    assert isinstance(found, Beat)
    assert (found.start_ms, found.end_ms) == (OPENED, OPENED + 10_000)
