"""What packages say of themselves, in the words of both standards."""

import pytest
from boiduong_server.study.cmi import Told, duration_ms, read, timespan_ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("00:00:00", 0), ("0001:02:03", 3_723_000), ("9999:59:59.99", 35_999_999_990), ("00:00:01.5", 1_500),
        ("00:00:01.05", 1_050), ("00:60:00", None), ("1:00:00", None), ("00:00:01.234", None), ("", None),
        ("PT1H", None), ("00:00:01 ", None), ("-1:00:00", None),
    ],
)  # fmt: skip
def test_a_timespan_is_read_as_scorm_1_2_writes_it(text: str, ms: int | None) -> None:
    assert timespan_ms(text) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("PT0S", 0), ("PT1H5M", 3_900_000), ("PT0.5S", 500), ("PT0.05S", 50), ("P1DT2H3M4.05S", 93_784_050),
        ("P1D", 86_400_000), ("P1Y", 31_536_000_000), ("PT90M", 5_400_000), ("P", None), ("PT", None), ("", None),
        ("P1DT", None), ("PT1.234S", None), ("PT-1S", None), ("01:00:00", None), ("PT1S2M", None),
        ("PT99999999999999999999H", None), ("P9999999999Y", None), ("PT1764137683S", None), ("PT9999H", 35_996_400_000),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_scorm_2004_writes_it(text: str, ms: int | None) -> None:
    assert duration_ms(text) == ms


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("passed", "passed"), ("completed", "completed"), ("failed", "failed"), ("incomplete", "incomplete"),
        ("browsed", "browsed"), ("not attempted", "incomplete"), ("", "incomplete"), (None, "incomplete"),
        ("xong", "incomplete"), (["passed"], "incomplete"),
    ],
)  # fmt: skip
def test_a_lesson_status_is_taken_by_its_word(said: object, status: str) -> None:
    assert read({"core": {"lesson_status": said}}).status == status


@pytest.mark.parametrize(
    ("completion", "success", "status"),
    [
        ("completed", "passed", "passed"), ("completed", "unknown", "completed"), ("completed", "failed", "failed"),
        ("incomplete", "passed", "incomplete"), ("unknown", "passed", "passed"), ("incomplete", "failed", "failed"),
        ("not attempted", "unknown", "incomplete"), (None, None, "incomplete"),
    ],
)  # fmt: skip
def test_completion_and_success_make_one_word(completion: object, success: object, status: str) -> None:
    assert read({"completion_status": completion, "success_status": success}).status == status


@pytest.mark.parametrize(
    ("score", "percent"),
    [
        ({"raw": "85"}, 85), ({"raw": 85}, 85), ({"raw": "85.9"}, 85), ({"raw": "17", "min": "0", "max": "20"}, 85),
        ({"raw": "-5", "min": "-10", "max": "0"}, 50), ({"raw": "120"}, None), ({"raw": ""}, None), ({}, None),
        ({"raw": "NaN"}, None), ({"raw": True}, None), ({"raw": "1e400"}, None), ("85", None),
    ],
)  # fmt: skip
def test_a_score_becomes_whole_per_cent(score: object, percent: int | None) -> None:
    assert read({"core": {"score": score}}).score == percent


@pytest.mark.parametrize(
    ("score", "percent"),
    [({"scaled": "0.7"}, 70), ({"scaled": "0.699"}, 69), ({"scaled": "-0.5"}, 0), ({"scaled": 1}, 100),
     ({"scaled": "", "raw": "3", "min": "0", "max": "4"}, 75), ({"scaled": "7"}, None)],
)  # fmt: skip
def test_a_scaled_score_goes_before_a_raw_one(score: object, percent: int | None) -> None:
    assert read({"score": score}).score == percent


def test_times_are_read_where_each_standard_keeps_them() -> None:
    core = {"total_time": "00:10:00", "session_time": "00:01:00"}
    assert read({"core": core}) == Told("incomplete", None, 600_000, 60_000)
    assert read({"total_time": "PT10M", "session_time": "PT1M"}) == Told("incomplete", None, 600_000, 60_000)
    assert read({"session_time": 5}) == Told("incomplete", None, None, 0)
