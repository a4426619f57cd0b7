"""What `--blocks` adds to a course: days, study clocks and attendance, and when they are shown."""

import pytest
from boiduong_packager.targets.olx_topic import section_seconds
from msgspec.structs import replace

from tests.packager.targets import olx_sample
from tests.packager.targets.golden_tree import assert_golden
from tests.packager.targets.olx_built import OURS, RUN, built, settings, text_of, xml, xml_root


@pytest.fixture
def program(tmp_path):
    return olx_sample.program(tmp_path)


def test_the_course_with_our_blocks_is_the_golden_tree(program):
    """What the two have in common stands in the other tree."""
    plain, ours = built(program), built(program, blocks=True)
    assert set(plain) < set(ours)
    assert_golden("olx-blocks", {name: ours[name] for name in ours if ours[name] != plain.get(name)})


def test_with_blocks_days_time_and_attendance_stand_on_top_of_every_page(program):
    files = built(program, blocks=True)
    first = {name: xml_root(files[name])[0] for name in files if name.startswith("course/vertical/")}
    assert {element.tag for element in first.values()} == set(OURS)
    assert dict(first["course/vertical/vertical_che-do_mo-dau.xml"].attrib) == {
        "url_name": "clock_che-do_mo-dau",
        "topic_id": "che-do",
        "section_id": "mo-dau",
        "edition": "2026.1",
        "minimum_seconds": "900",
        "section_seconds": "450",
    }
    assert dict(first["course/vertical/session-vertical_hop.xml"].attrib) == {
        "url_name": "attendance_hop",
        "display_name": "Điểm danh: Chủ trì họp",
        "session_id": "hop",
        "periods": "4",
        "starts_at": "2026-10-12T00:30:00Z",
    }
    assert dict(first["course/vertical/days-vertical.xml"].attrib) == {
        "url_name": "days",
        "display_name": "Số ngày bồi dưỡng",
        "topic_titles": '{"che-do": "Chuyên đề che-do: học & làm", "ke-hoach": "Chuyên đề ke-hoach: học & làm"}',
    }
    assert settings(files)["advanced_modules"] == OURS


def test_the_days_stand_before_all_topics_in_a_unit_of_their_own(program):
    plain, ours = built(program), built(program, blocks=True)
    names = [[chapter.get("url_name") for chapter in xml(files, f"course/{RUN}")] for files in (plain, ours)]
    assert names[1] == ["days-chapter", *names[0]]
    assert [element.tag for element in xml(ours, "vertical/days-vertical")] == ["boiduong_days", "html"]
    assert "số ngày còn thiếu" in text_of(ours, "days-page")


@pytest.mark.parametrize(
    ("minimum", "reading", "shares"),
    [
        (900, (60, 60), (450, 450)),
        (900, (100, 200), (300, 600)),
        (100, (1, 1, 1), (34, 34, 34)),
        (900, (60,), (900,)),
        (900, (60, 0), (900, 1)),
        (900, (0, 0), (900, 900)),
        (0, (60, 60), (0, 0)),
    ],
)
def test_the_shares_of_sections_add_up_to_the_minimum_at_least(minimum, reading, shares):
    sections = tuple(replace(olx_sample.section(f"m{n}"), seconds=seconds) for n, seconds in enumerate(reading))
    topic = replace(olx_sample.topic("t", sections), minimum_seconds=minimum)
    assert tuple(section_seconds(topic, section) for section in sections) == shares
    assert sum(shares) >= minimum


def test_attendance_is_shown_from_the_first_minute_of_its_day_for_people_who_come_early(program):
    opens = [xml(built(program, blocks), "sequential/session_hop").get("start") for blocks in (False, True)]
    assert opens == ["2026-10-12T00:30:00Z", "2026-10-11T17:00:00Z"]


def test_a_session_without_an_hour_gives_attendance_none(program):
    """Midnight would make a morning of it."""
    assert "starts_at" not in xml(built(program, blocks=True), "vertical/session-vertical_tinh-hinh")[0].attrib
