"""Tracking logs of Open edX."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.logs.openedx import MADE_UP
from boiduong_exporter.logs.record import Beat, Grade, Progress, Skipped, Where
from boiduong_packager.targets.olx_tree import url_name

from tests.exporter.logs.made import (
    AT,
    COURSE,
    attended,
    beat,
    context,
    event,
    grade,
    only,
    payload,
    portion,
    progress,
    read,
    score,
    text,
    told,
)

BEAT, PROGRESS = "boiduong.study.beat", "boiduong.study.progress"
SIGN = payload(beat())
HERE = Where("", COURSE, "che-do", "2026.1")
OURS = event(BEAT, SIGN)
OTHER = event("edx.ui.lms.sequence.next_selected", {"old": 1, "new": 2})
EXPECTED = Beat(1, "an.nv", HERE, "7f3a", AT - 30_000, AT, False)


@pytest.mark.parametrize(
    "line",
    [
        OURS,
        {key: value for key, value in OURS.items() if key != "name"},
        dict(reversed(OURS.items())),
        f"Nov 25 01:02:03 lms [tracking] INFO [user 7] [ip 1.1.1.1] logger.py:42 - {json.dumps(OURS)}",
        json.dumps(OURS) + "\r",
        event(BEAT, SIGN, time="2026-11-25T08:02:03.123456+07:00"),
        event(BEAT, SIGN, time="2026-11-25T01:02:03.123456"),
        {**OURS, "name": ""},
    ],
    ids=[
        "plain",
        "without a name",
        "in another order",
        "syslog",
        "CRLF",
        "offset",
        "no offset",
        "an empty name",
    ],
)
def test_our_beat_is_read_however_the_platform_wrote_it(tmp_path: Path, line: Any) -> None:
    assert read(tmp_path, text(line)) == [EXPECTED]


FORGED = [
    event(BEAT, SIGN),
    event(PROGRESS, payload(progress())),
    event("boiduong.attendance.attended", attended(learner="an.nv")),
    event("boiduong.attendance.scan", {"session": "buoi-1", "direction": "in"}),
    grade(1),
    score(10, 10),
]


@pytest.mark.parametrize("line", FORGED, ids=[line["name"] for line in FORGED])
@pytest.mark.parametrize(
    "how",
    [
        {"event_source": "browser", "page": "https://hoc.example/courses/"},
        {"event_source": "mobile"},
        {"event_source": "task"},
        {"event_source": ""},
        {"event_source": None},
    ],
    ids=["posted to /event", "by the app", "by a task", "empty", "of nowhere"],
)
def test_a_line_that_the_server_did_not_write_counts_for_nothing(
    tmp_path: Path, line: dict[str, Any], how: dict[str, Any]
) -> None:
    in_a_string = {**line, **how, "event": json.dumps(line["event"])}
    for forged in ({**line, **how}, in_a_string, {**line, **how, "name": ""}, {**in_a_string, "event": 5}):
        assert read(tmp_path, text(forged)) == [Skipped(1, MADE_UP)]


def test_a_line_without_its_source_is_none_of_the_platforms(tmp_path: Path) -> None:
    bare = {key: value for key, value in OURS.items() if key != "event_source"}
    assert read(tmp_path, text(bare)) == [Skipped(1, MADE_UP)]


@pytest.mark.parametrize("line", FORGED, ids=[line["name"] for line in FORGED])
def test_what_another_block_publishes_for_a_page_counts_for_nothing(tmp_path: Path, line: dict[str, Any]) -> None:
    other = {"usage_key": "block-v1:TU+CD01+2026+type@drag-and-drop-v2+block@1"}
    kind = "boiduong_attendance" if ".study." in line["name"] else "boiduong_study_clock"
    ours = {"usage_key": f"block-v1:TU+CD01+2026+type@{kind}+block@1"}
    for module in (other, ours, {}, {"usage_key": None}, None):
        for event_ in (line["event"], {**line["event"], "user_id": []}, "5"):
            forged = {**line, "event": event_, "page": "x_module", "context": {**line["context"], "module": module}}
            assert read(tmp_path, text(forged)) == [Skipped(1, MADE_UP)]


def test_a_class_told_by_the_block_is_kept(tmp_path: Path) -> None:
    assert only(read(tmp_path, text(event(BEAT, {**SIGN, "class": "L01"})))).where.class_code == "L01"  # type: ignore[union-attr]


def test_progress_is_read(tmp_path: Path) -> None:
    expected = Progress(1, "an.nv", HERE, AT, sections_done=3, score=60)
    assert read(tmp_path, text(event(PROGRESS, payload(progress(score=60))))) == [expected]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([grade()], ("an.nv", Fraction("8.5"))),
        ([grade(1)], ("an.nv", Fraction(10))),
        ([grade(0.29)], ("an.nv", Fraction("2.9"))),
        ([OURS, grade(username="")], ("an.nv", Fraction("8.5"))),
        ([grade(username=""), OURS], ("an.nv", Fraction("8.5"))),
        ([OURS, grade(username="giao.vu", context={"user_id": 9})], ("an.nv", Fraction("8.5"))),
        ([OURS, grade(username="", user="77")], ("77", Fraction("8.5"))),
        ([OURS, grade(username="", user="bảy")], ("bảy", Fraction("8.5"))),
    ],
    ids=[
        "own", "full", "exact", "in the background", "named further down", "by staff",
        "of someone the file does not name", "of no number",
    ],
)  # fmt: skip
def test_a_grade_is_of_the_one_who_earned_it_out_of_ten(
    tmp_path: Path, lines: list[Any], expected: tuple[str, Fraction]
) -> None:
    found = portion(tmp_path, text(*lines))
    (told,) = found.told
    assert isinstance(told, Grade)
    assert (told.where, told.at_ms) == (Where(course=COURSE), AT)
    assert (found.learner_of(told), told.score) == expected


@pytest.mark.parametrize(
    ("lines", "learner", "per_cent"),
    [
        ([score()], "an.nv", 85),
        ([score(2, 3)], "an.nv", 66),
        ([score(0, 3)], "an.nv", 0),
        ([OURS, score(username="")], "an.nv", 85),
        ([score(username="", context={"user_id": None, "course_id": COURSE}), OURS], "an.nv", 85),
        ([OURS, score(username="giao.vu", context={"user_id": 9})], "an.nv", 85),
        ([score(username="")], "7", 85),
    ],
)
def test_the_score_of_a_topics_subsection_is_that_of_the_topic(
    tmp_path: Path, lines: list[Any], learner: str, per_cent: int
) -> None:
    found = portion(tmp_path, text(*lines))
    (told,) = found.told
    assert isinstance(told, Progress)
    assert (told.where, told.score, told.sections_done) == (Where(course=COURSE, topic="che-do"), per_cent, 0)
    assert found.learner_of(told) == learner


def test_the_packager_names_a_topics_subsection_so(tmp_path: Path) -> None:
    line = score()
    line["event"]["block_id"] = f"block-v1:TU+CD01+2026+type@sequential+block@{url_name('sequential', 'dan-van-kheo')}"
    assert only(read(tmp_path, text(line))).where.topic == "dan-van-kheo"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (OTHER, "Skipped"),
        ({**OTHER, "page": "https://hoc.example/?q=boiduong.study.beat"}, "Skipped"),
        (event("problem_check", "input_boiduong=1"), "Skipped"),
        (json.dumps(OTHER)[:-30], "L03"),
        (json.dumps(OURS)[:-30], "L03"),
        (json.dumps(OTHER)[:-30] + json.dumps(OURS), "L03"),
        (json.dumps(OTHER)[:-30] + json.dumps(grade()), "L03"),
        (event(BEAT, SIGN, time="hom qua"), "L06"),
        (event(BEAT, SIGN, time="1999-12-31T23:59:59+00:00"), "L06"),
        (event(BEAT, SIGN, time="2100-01-01T00:00:00+00:00"), "L06"),
        (event(BEAT, SIGN, username=""), "L08"),
        (event(BEAT, SIGN, username=None), "L08"),
        (event(BEAT, {**SIGN, "launch": None}), "L05"),
        (event(BEAT, "{cut"), "L05"),
        (event(BEAT, json.dumps({**SIGN, "age_ms": -1})), "L05"),
        ({key: value for key, value in event(BEAT, {**SIGN, "launch": "a\0b"}).items() if key != "name"}, "L03"),
        (event(BEAT, {**SIGN, "launch": "a\0b"}), "L03"),
        (event(BEAT, SIGN, username="a\0b"), "L03"),
        (event(BEAT, {**SIGN, "topic": "a\0b"}), "L03"),
        (event(BEAT, SIGN, context=context(BEAT, course_id="a\0b")), "L03"),
        (event(PROGRESS, payload(progress()), username="a\0b"), "L03"),
        (event(PROGRESS, {**payload(progress()), "edition": "a\0b"}), "L03"),
        (grade(username="a\0b"), "L03"),
        (grade(username="", user="a\0b"), "L03"),
        (score(topic="Khảo sát"), "Skipped"),
        (score(0, 0), "Skipped"),
        (score(11, 10), "L05"),
        (score(-1, 10), "L05"),
        (score("tám"), "L05"),
        (score(username="", topic="a\0b"), "Skipped"),
        (score(username="a\0b"), "L03"),
        (score(time="1970-01-01T00:00:00Z"), "L06"),
        (json.dumps(OTHER)[:-30] + json.dumps(score()), "L03"),
        (grade(1.5), "L05"),
        (grade("tám"), "L05"),
        (grade(10**40), "L05"),
        (grade(time="1970-01-01T00:00:00Z"), "L06"),
    ],
)
def test_any_other_line_is_one_record(tmp_path: Path, line: Any, expected: str) -> None:
    assert told(read(tmp_path, text(OURS, line, OURS))) == ["1:Beat", f"2:{expected}", "3:Beat"]


def test_lines_of_other_events_are_counted_even_where_there_is_nothing_of_ours(tmp_path: Path) -> None:
    assert told(read(tmp_path, text(OTHER, OTHER))) == ["1:Skipped", "2:Skipped"]
