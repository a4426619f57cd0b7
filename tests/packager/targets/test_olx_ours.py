"""Our own blocks in a built course: what the packager writes is what they read, and nothing of theirs is lost."""

import datetime
from itertools import product
from pathlib import Path

import olxcleaner
import pytest
from boiduong_packager.cache import Cache
from boiduong_packager.gather import gather
from lxml import etree
from xblock.core import XBlock
from xblock.fields import DateTime, Dict, Integer, Scope
from xblock.test.tools import blocks_are_equivalent

from tests.packager.targets import olx_sample
from tests.packager.targets.olx_built import OURS, built, unpacked, xml_root
from tests.packager.targets.olx_platform import BLOCKS, CourseRuntime

SET_IN_STUDIO = {
    "boiduong_study_clock": {"display_name"},
    "boiduong_attendance": {"class_code", "check_out"},
    "boiduong_days": set(),
}
"""What a course's staff may add; no programme knows it."""
TYPED = Integer | DateTime | Dict
REAL = Path("content/145-2026")


class Course:
    """A programme built with our blocks, read by the runtime; `ours` are their elements as written, by url_name."""

    def __init__(self, program, folder: Path):
        self.files = built(program, blocks=True)
        self.folder = unpacked(self.files, folder)
        self.runtime = CourseRuntime(self.folder)
        verticals = (xml_root(self.files[name]) for name in self.files if name.startswith("course/vertical/"))
        self.ours = {node.get("url_name"): node for vertical in verticals for node in vertical if node.tag in OURS}

    def again(self, node) -> XBlock:
        """The block that `node` gives in the place of the one with its url_name."""
        name = node.get("url_name")
        return self.runtime.parsed(node, self.runtime.blocks[name].scope_ids)


@pytest.fixture(scope="module", params=["sample", "programme"])
def course(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("olx")
    real = gather(REAL, str(REAL), Cache(None)).program if request.param == "programme" else None
    return Course(real or olx_sample.program(folder), folder / "course")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("olx")
    return Course(olx_sample.program(folder), folder / "course")


def test_every_unit_of_a_topic_has_its_clock_every_session_its_attendance_and_the_course_its_days(course):
    tags = [node.tag for node in course.ours.values()]
    verticals = [name for name in course.files if name.startswith("course/vertical/")]
    assert sorted(set(tags)) == sorted(OURS)
    assert len(tags) == len(verticals)


def test_no_block_of_ours_is_dropped_and_each_is_of_its_own_class(course):
    for name, node in course.ours.items():
        assert isinstance(course.runtime.blocks[name], BLOCKS[node.tag])


def test_the_import_of_studio_finds_nothing_to_say(course):
    _, found, _ = olxcleaner.validate(str(course.folder), allowed_xblocks=list(OURS))
    assert [f"{error.level} {error.filename}: {error.description}" for error in found.errors] == []


def test_every_value_arrives_in_its_field_as_it_was_written(course):
    for name, node in course.ours.items():
        block = course.runtime.blocks[name]
        for attribute, written in _authored(node).items():
            field = block.fields[attribute]
            assert field.is_set_on(block), (name, attribute)
            assert getattr(block, attribute) == field.from_string(written), (name, attribute)


def test_numbers_are_numbers_and_moments_are_utc(sample):
    clock = sample.runtime.blocks["clock_che-do_mo-dau"]
    assert (clock.topic_id, clock.section_id, clock.edition) == ("che-do", "mo-dau", "2026.1")
    assert (clock.minimum_seconds, clock.section_seconds) == (900, 450)
    attendance = sample.runtime.blocks["attendance_hop"]
    assert (attendance.session_id, attendance.periods) == ("hop", 4)
    assert attendance.starts_ms == datetime.datetime(2026, 10, 12, 0, 30, tzinfo=datetime.UTC).timestamp() * 1000
    assert sample.runtime.blocks["days"].topic_titles["che-do"] == "Chuyên đề che-do: học & làm"


def test_the_packager_writes_what_the_blocks_read_and_they_read_nothing_else_of_an_author(course):
    for tag in OURS:
        written = {name for node in course.ours.values() if node.tag == tag for name in _authored(node)}
        assert written == _authored_fields(tag) - SET_IN_STUDIO[tag], tag


def test_a_course_exported_and_imported_again_holds_the_same_blocks(course):
    for name, node in course.ours.items():
        assert _same(course, course.runtime.blocks[name]), etree.tostring(node)


def test_what_the_platform_has_set_on_a_block_comes_back_too(sample):
    for name in ("clock_che-do_mo-dau", "attendance_hop", "days"):
        block = sample.again(sample.ours[name])
        block.visible_to_staff_only = True
        block.group_access = {"50": [1, 2]}
        block.start = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
        assert _same(sample, block)


@pytest.mark.parametrize("name", ["clock_che-do_mo-dau", "attendance_hop", "days"])
def test_a_block_survives_what_it_does_not_know(sample, name):
    node = etree.fromstring(etree.tostring(sample.ours[name]))
    node.set("of_a_later_edition", "1")
    etree.SubElement(node, "note").text = "thêm tay"
    node.insert(0, etree.Comment("ghi chú"))
    assert blocks_are_equivalent(sample.again(node), sample.again(sample.ours[name]))


@pytest.mark.parametrize("tag", OURS)
def test_a_value_that_is_no_number_date_or_mapping_is_left_out_and_the_others_are_kept(sample, tag):
    node = next(node for node in sample.ours.values() if node.tag == tag)
    typed = [(name, field) for name, field in sample.again(node).fields.items() if isinstance(field, TYPED)]
    authored = [name for name, field in typed if field.scope in {Scope.content, Scope.settings}]
    assert len(authored) >= 2
    for spoiled, value in product(authored, ("chín trăm", "{")):
        changed = etree.fromstring(etree.tostring(node))
        changed.set(spoiled, value)
        block = sample.again(changed)
        assert getattr(block, spoiled) == block.fields[spoiled].default
        assert all(block.fields[each].is_set_on(block) for each in _authored(node) if each != spoiled)


def _authored(node) -> dict[str, str]:
    return {name: value for name, value in node.attrib.items() if name != "url_name"}


def _authored_fields(tag: str) -> set[str]:
    """What belongs to the block wherever it stands, rather than to people."""
    fields = BLOCKS[tag].fields.items()
    return {name for name, field in fields if field.scope in {Scope.content, Scope.settings}} - set(XBlock.fields)


def _same(course: Course, block: XBlock) -> bool:
    node = etree.Element("unknown")
    block.add_xml_to_node(node)
    written = etree.fromstring(etree.tostring(node))
    return written.tag == block.scope_ids.block_type and blocks_are_equivalent(
        course.runtime.parsed(written, block.scope_ids), block
    )
