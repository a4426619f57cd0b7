"""What the course says of its sessions, dates and grading."""

import json
from datetime import date

import olxcleaner
import pytest
from boiduong_packager.targets.olx import package
from boiduong_packager.targets.olx_session import starts_at, when
from boiduong_vocabulary.catalog import Delivery
from msgspec.structs import replace

from tests.packager.targets import olx_sample
from tests.packager.targets.olx_built import RUN, built, settings, text_of, unpacked, xml


@pytest.fixture
def program(tmp_path):
    return olx_sample.program(tmp_path)


def test_only_topics_with_scored_questions_are_graded(program):
    files = built(program)
    graded = xml(files, "sequential/sequential_che-do")
    grading = json.loads(files[f"course/policies/{RUN}/grading_policy.json"])
    assert (graded.get("graded"), graded.get("format")) == ("true", grading["GRADER"][0]["type"])
    assert xml(files, "sequential/sequential_ke-hoach").get("graded") is None
    assert [(grader["weight"], grader["min_count"]) for grader in grading["GRADER"]] == [(1.0, 1)]
    assert grading["GRADE_CUTOFFS"] == {"Pass": 0.7}


def test_a_session_without_a_date_waits_for_its_summons(program):
    files = built(program)
    assert "Thời gian: theo thông báo triệu tập" in text_of(files, "session-page_trao-doi")
    assert xml(files, "sequential/session_trao-doi").get("start") is None


def test_a_sessions_page_says_how_when_and_where(program):
    page = text_of(built(program), "session-page_hop")
    for words in ("Trực tiếp tại hội trường", "4 tiết", "7 giờ 30, ngày 12/10/2026", "Địa điểm: Hội trường A"):
        assert words in page
    assert "/jump_to_id/vertical_ke-hoach_lap" in page


def test_self_paced_sessions_have_no_page_of_their_own(program):
    pages = [pointer.get("url_name") for pointer in xml(built(program), "chapter/sessions")]
    assert pages == ["session_hop", "session_tinh-hinh", "session_trao-doi"]


def test_a_program_of_self_paced_sessions_alone_has_no_chapter_of_sessions(program):
    alone = [session for session in program.sessions if session.delivery is Delivery.SELF_PACED]
    assert "course/chapter/sessions.xml" not in built(replace(program, sessions=tuple(alone)))


def test_a_local_hour_is_written_in_utc(program):
    hall, bridge = program.sessions[1:3]
    assert starts_at(hall) == "2026-10-12T00:30:00Z"
    assert starts_at(bridge) == "2026-10-12T17:00:00Z"
    assert when(bridge) == "ngày 13/10/2026"


def test_the_course_is_open_from_before_its_first_session_until_after_its_last(program):
    dates = settings(built(program))
    assert (dates["start"], dates["end"]) == ("2025-12-31T17:00:00Z", "2027-12-31T16:59:59Z")
    late = replace(program.sessions[1], date=date(2029, 5, 2))
    dates = settings(built(replace(program, sessions=(late,))))
    assert dates["end"] == "2029-05-02T16:59:59Z"


def test_a_program_without_topics_or_dates_is_still_a_course(program, tmp_path):
    empty = replace(program, topics=(), sessions=program.sessions[3:], edition="đầu", summary="")
    course = unpacked(built(empty), tmp_path / "unpacked")
    _, found, _ = olxcleaner.validate(str(course))
    assert not found.return_error(2)
    assert package(empty, blocks=False).identifier.endswith("+dau")


def test_the_cover_is_a_png_of_the_size_that_open_edx_shows(program):
    cover = built(program)["course/static/bia.png"]
    assert cover[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(cover[16:20]), int.from_bytes(cover[20:24])) == (378, 225)
