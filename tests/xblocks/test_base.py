"""What all blocks share: their XML is read with patience and written whole, their pages are escaped."""

import time
from typing import Any

import pytest
from boiduong_xblocks.base import Block
from lxml import etree
from xblock.core import XBlock, XBlockMixin
from xblock.fields import DateTime, Integer, Scope, String

from tests.xblocks.runtime import COURSE, LAN, Runtime, World

TYPES = ("boiduong_attendance", "boiduong_days", "boiduong_study_clock")
CLOCK = (
    '<boiduong_study_clock url_name="c" topic_id="t" section_id="s" edition="1" minimum_seconds="60"{}>'
    "{}</boiduong_study_clock>"
)


class Platform(XBlockMixin):
    """Fields that edx-platform mixes into every block."""

    start = DateTime(scope=Scope.settings)
    visible_to_staff_only = String(scope=Scope.settings)
    days_early_for_beta = Integer(scope=Scope.settings)


def block(xml: str) -> Any:
    runtime = Runtime(mixins=(Platform,))
    return runtime.get_block(runtime.parse(xml))


@pytest.mark.parametrize("name", TYPES)
def test_every_block_is_found_by_its_entry_point_and_is_one_of_ours(name: str) -> None:
    cls = XBlock.load_class(name)
    assert issubclass(cls, Block)
    assert cls.has_author_view


@pytest.mark.parametrize("name", TYPES)
def test_no_field_of_ours_takes_a_name_of_the_platforms(name: str) -> None:
    ours = XBlock.load_class(name).fields
    theirs = {"start", "due", "graded", "format", "weight", "group_access", "visible_to_staff_only"}
    assert set(ours) & (theirs | {"days_early_for_beta"}) == set()


@pytest.mark.parametrize(
    "inside", ["", "chữ", "<!-- lời -->", "<problem/><problem/>", "<?php x?>", "<html><p>a</p></html>"],
)  # fmt: skip
def test_whatever_stands_in_the_element_the_block_is_read(inside: str) -> None:
    read = block(CLOCK.format("", inside))
    assert (read.topic_id, read.minimum_seconds, read.has_children) == ("t", 60, False)


@pytest.mark.parametrize("attribute", [' days_early_for_beta="sớm"', ' start="hôm qua"', ' la="1"'])
def test_a_value_that_cannot_be_read_is_left_out_and_the_block_stays(attribute: str) -> None:
    assert block(CLOCK.format(attribute, "")).topic_id == "t"


def test_the_platforms_own_settings_are_read_and_written_with_ours() -> None:
    runtime = Runtime(mixins=(Platform,))
    usage = runtime.parse(CLOCK.format(' visible_to_staff_only="true" start="2026-12-15T01:00:00Z"', ""))
    written = runtime.written(usage)
    assert written.tag == "boiduong_study_clock"
    assert (written.get("visible_to_staff_only"), written.get("topic_id")) == ("true", "t")
    assert written.get("start", "").startswith("2026-12-15T01:00:00")
    assert len(written) == 0


def test_an_element_that_was_read_is_left_as_it_was() -> None:
    node = etree.fromstring(CLOCK.format(' days_early_for_beta="sớm"', "<problem/>"))
    before = etree.tostring(node)
    runtime = Runtime(mixins=(Platform,))
    runtime.parse(etree.tostring(node).decode())
    assert etree.tostring(node) == before


def test_values_of_a_page_are_text_and_its_resources_are_our_own() -> None:
    page = block(CLOCK.format("", "")).live_page(
        "study_clock_still.html", "study_clock", {"a": 1},
        name='"<b>', sentence="<script>", time="&", bar="x", done=1, minimum=2, hidden="",
    )  # fmt: skip
    assert "<script>" not in page.content
    assert 'aria-label="&quot;&lt;b&gt;"' in page.content
    assert [each.data.rpartition("/public/")[2] for each in page.resources] == ["blocks.css", "study_clock.js"]
    assert (page.js_init_fn, page.json_init_args) == ("BoiduongStudyClock", {"a": 1})


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_block_without_a_name_has_the_one_of_its_kind(name: str, language: str) -> None:
    runtime = Runtime(language=language)
    nameless = runtime.get_block(runtime.parse(f'<{name} url_name="x" display_name=""/>'))
    assert nameless.heading == nameless.say(type(nameless).display_name.default)


@pytest.mark.parametrize("name", TYPES)
def test_the_platforms_app_for_phones_shows_every_block_itself(name: str) -> None:
    """To what does not say so it gives a link to the browser."""
    runtime = Runtime()
    made = runtime.get_block(runtime.parse(f'<{name} url_name="x"/>'))
    assert made.has_support(made.student_view, "multi_device")


def test_a_page_that_only_stands_has_no_script() -> None:
    page = block(CLOCK.format("", "")).page(
        "study_clock_still.html", name="n", sentence="s", time="t", bar="b", done=1, minimum=2, hidden=""
    )
    assert [each.data.rpartition("/public/")[2] for each in page.resources] == ["blocks.css"]
    assert page.js_init_fn is None


def test_a_block_knows_its_course_as_logs_name_it_or_that_there_is_none() -> None:
    assert block(CLOCK.format("", "")).course_id == str(COURSE)
    alone = Runtime(LAN, World(course=None))
    assert alone.get_block(alone.parse(CLOCK.format("", ""))).course_id == ""


def test_the_moment_is_the_servers_in_milliseconds() -> None:
    runtime = Runtime()
    made = runtime.get_block(runtime.parse(CLOCK.format("", "")))
    assert abs(Block.now_ms(made) - time.time() * 1000) < 5_000


def test_texts_are_filled_in_where_there_is_something_to_fill_in() -> None:
    made = block(CLOCK.format("", ""))
    assert made.say("Đã học {studied} phút", studied=3) == "Đã học 3 phút"
    assert made.say("Đã học {studied} phút") == "Đã học {studied} phút"
