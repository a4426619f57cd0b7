"""What a course knows of a person: the same for all its blocks, another for another person or course."""

from typing import Any

from boiduong_xblocks.known import Studied, with_spans
from boiduong_xblocks.spans import Time
from opaque_keys.edx.locator import CourseLocator

from tests.xblocks.runtime import LAN, MINH, NOON_MS, Runtime, World

DAY_MS = 86_400_000
CLOCK = '<boiduong_study_clock url_name="{0}" topic_id="cd" section_id="{0}" edition="1"/>'
STUDIED = Studied(Time(5, ((10, 20),)), frozenset({"muc-1"}), 30)


def known(runtime: Runtime, name: str = "a") -> Any:
    return runtime.get_block(runtime.parse(CLOCK.format(name)))


def test_one_block_keeps_and_another_of_the_person_knows() -> None:
    runtime = Runtime()
    first = known(runtime)
    first.keep_studied("khoa", "cd", STUDIED)
    first.save()
    second = known(runtime, "b")
    assert second.studied("khoa", "cd") == STUDIED
    assert second.studied("khoa", "cd").ms == 15


def test_another_person_course_or_topic_is_another_matter() -> None:
    runtime = Runtime(LAN)
    block = known(runtime)
    block.keep_studied("khoa", "cd", STUDIED)
    block.keep_studied("khoa-2", "cd", Studied())
    block.save()
    assert known(runtime.of(MINH), "b").studied("khoa", "cd") == Studied()
    again = known(runtime, "c")
    assert [again.studied(*place) for place in (("khoa-2", "cd"), ("khoa", "cd-2"))] == [Studied(), Studied()]
    assert again.studied("khoa", "cd") == STUDIED


def test_what_another_version_of_the_software_kept_is_read_as_far_as_it_goes() -> None:
    block = known(Runtime())
    block.boiduong_studied = {"khoa": {"cu": {"settled_ms": 5}, "moi": {"settled_ms": 6, "done": ["m"], "hon_nua": 1}}}
    assert block.studied("khoa", "cu") == Studied(Time(5))
    assert block.studied("khoa", "moi") == Studied(Time(6), frozenset({"m"}))


def test_attendance_of_one_session_leaves_the_others_alone() -> None:
    block = known(Runtime())
    block.keep_attended("khoa", "b1", {"came_ms": 1})
    block.keep_attended("khoa", "b2", {"came_ms": 2})
    block.keep_attended("khoa", "b1", {"came_ms": 3})
    assert block.boiduong_attended == {"khoa": {"b1": {"came_ms": 3}, "b2": {"came_ms": 2}}}


def test_spans_are_added_once_and_the_moment_is_noted() -> None:
    studied = with_spans(STUDIED, [(15, 25), (15, 25)], 40)
    assert (studied.ms, studied.done, studied.saved_ms) == (20, STUDIED.done, 40)


def test_topics_that_rest_are_settled_while_another_is_studied() -> None:
    block = known(Runtime(world=World(course=CourseLocator("o", "c", "r"))))
    block.keep_studied("khoa", "cu", with_spans(Studied(), [(NOON_MS, NOON_MS + 7)], NOON_MS))
    block.keep_studied("khoa", "cd", Studied(saved_ms=NOON_MS + 9 * DAY_MS))
    assert block.studied("khoa", "cu").time == Time(7)
    assert block.studied("khoa", "cu").saved_ms == NOON_MS
