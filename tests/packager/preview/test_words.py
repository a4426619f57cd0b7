"""What a saved attempt is called in Vietnamese."""

from typing import Any

import pytest
from boiduong_packager.preview.words import seconds, spoken, summary


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("00:03:12.00", 192),
        ("0012:00:01", 43201),
        ("PT1H2M3S", 3723),
        ("PT12.5S", 12),
        ("P1DT1M", 86460),
        ("", 0),
        ("x", 0),
    ],
)
def test_times_of_both_standards_are_read(text: str, length: int) -> None:
    assert seconds(text) == length


@pytest.mark.parametrize(("length", "words"), [(0, "0 giây"), (60, "1 phút"), (3723, "1 giờ 2 phút 3 giây")])
def test_times_are_said_as_people_say_them(length: int, words: str) -> None:
    assert spoken(length) == words


@pytest.mark.parametrize(
    ("standard", "cmi", "line"),
    [
        ("scorm12", {}, ""),
        (
            "scorm12",
            {"core": {"lesson_status": "passed", "score": {"raw": "82.5"}, "total_time": "00:01:05"}},
            "Đạt · 82,5 điểm · 1 phút 5 giây",
        ),
        ("scorm2004", {"completion_status": "incomplete", "success_status": "unknown"}, "Đang học"),
        (
            "scorm2004",
            {"completion_status": "completed", "success_status": "passed", "score": {"raw": 80}},
            "Đạt · 80 điểm",
        ),
    ],
)
def test_a_saved_attempt_is_one_line(standard: str, cmi: dict[str, Any], line: str) -> None:
    assert summary(standard, cmi) == line
