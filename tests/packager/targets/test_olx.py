"""The OLX target: the whole course as a tree, and what Studio's validator and our own checks say of it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import olxcleaner
import pytest
from boiduong_packager.model import Prose
from boiduong_packager.targets.archive import write_tar_gz
from boiduong_packager.targets.olx import package
from boiduong_packager.targets.olx_tree import url_name
from msgspec.structs import replace

from tests.packager.targets import olx_sample
from tests.packager.targets.golden_tree import assert_golden
from tests.packager.targets.olx_built import OURS, RUN, built, settings, text_of, unpacked, xml, xml_root


@pytest.fixture
def program(tmp_path):
    return olx_sample.program(tmp_path)


def test_the_course_is_the_golden_tree(program):
    """The cover is left out: its bytes are the zlib's."""
    assert_golden("olx", _without_cover(built(program)))


def _without_cover(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.endswith("bia.png")}


def test_the_package_is_named_by_the_program_and_its_edition(program):
    course = package(program, blocks=False)
    assert (course.standard, course.path) == ("olx", "olx/mau-2026.tar.gz")
    assert course.identifier == "course-v1:truong-chinh-tri-tinh-dak-mau+mau-2026+2026.1"
    assert dict(xml(built(program), "course").attrib) == {
        "url_name": RUN,
        "org": "truong-chinh-tri-tinh-dak-mau",
        "course": "mau-2026",
    }


@pytest.mark.parametrize("blocks", [False, True])
def test_olxcleaner_finds_nothing_to_say(program, tmp_path, blocks):
    files = built(program, blocks)
    course = unpacked(files, tmp_path / "unpacked")
    _, found, seen = olxcleaner.validate(str(course), allowed_xblocks=OURS if blocks else None)
    assert [f"{error.level} {error.filename}: {error.description}" for error in found.errors] == []
    assert set(seen) == {Path(name).stem for name in files if name.endswith(".xml")} - {"course"}


def test_olxcleaner_is_listened_to(program, tmp_path):
    files = built(program)
    del files["course/problem/problem_che-do_q1.xml"]
    _, found, _ = olxcleaner.validate(str(unpacked(files, tmp_path / "unpacked")))
    assert found.return_error(3)


def test_without_blocks_a_course_names_native_blocks_alone(program):
    files = built(program)
    tags = {element.tag for name in files if "/vertical/" in name for element in xml_root(files[name])}
    assert tags == {"html", "problem", "video"}
    assert "advanced_modules" not in settings(files)


@pytest.mark.parametrize("blocks", [False, True])
def test_every_name_is_plain_unique_and_short_enough_for_a_key(program, blocks):
    files = built(program, blocks)
    pointed = [
        element.get("url_name")
        for name in files
        if re.match(r"course/(course|chapter|sequential|vertical)/", name)
        for element in xml_root(files[name])
    ]
    assert len(pointed) == len(set(pointed))
    for name in pointed:
        assert re.fullmatch(r"[A-Za-z0-9_-]+", name)
        assert len(f"block-v1:{package(program, blocks).identifier[10:]}+type@boiduong_study_clock+block@{name}") <= 255


@pytest.mark.parametrize("blocks", [False, True])
def test_every_pointer_has_its_file_and_every_file_its_pointer(program, blocks):
    files = built(program, blocks)
    pointed = {f"course/course/{RUN}.xml"}
    for name in files:
        if re.match(r"course/(course|chapter|sequential|vertical)/", name):
            children = [child for child in xml_root(files[name]) if child.tag not in OURS]
            pointed |= {f"course/{child.tag}/{child.get('url_name')}.xml" for child in children}
    assert pointed == {name for name in files if name.endswith(".xml")} - {"course/course.xml"}


def test_every_reference_of_a_text_leads_somewhere(program):
    """olxcleaner does not look into CDATA, nor for files that nothing needs."""
    files = built(program)
    places = {name.split("/")[-1].removesuffix(".xml") for name in files}
    found = [link for name in files if name.endswith((".xml", ".html")) for link in _links(files[name].decode())]
    assert {link.removeprefix("/jump_to_id/") for link in found if link.startswith("/jump_to_id/")} <= places
    statics = {link.removeprefix("/static/") for link in found if link.startswith("/static/")}
    assert statics <= {name.removeprefix("course/static/") for name in files}
    assert not [link for link in found if link.startswith("media/")]


def _links(text: str) -> list[str]:
    return re.findall(r'(?:src|href)="([^"]*)"', text)


class _Ids(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, _tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]


def test_a_link_within_a_page_finds_its_place_on_that_page(program):
    text = text_of(built(program), "html_che-do_muc_mo-dau")
    local = [link[1:] for link in _links(text) if link.startswith("#")]
    assert local == ["fn-mo-dau-1", "fnref-mo-dau-1"]
    assert set(local) <= set(_Ids(text).ids)


def test_links_to_other_places_jump_and_lost_ones_are_plain_words(program):
    text = text_of(built(program), "html_che-do_muc_mo-dau")
    assert re.findall(r'<a href="/jump_to_id/([^"]*)">([^<]*)</a>', text) == [
        ("vertical_che-do_hinh-thuc", "mục sau"),
        ("problem_che-do_q1", "câu 1"),
        ("vertical_che-do_hinh-thuc", "bảng"),
        ("vertical_ke-hoach_lap", "kế hoạch"),
        ("vertical_ke-hoach_lap", "cả chuyên đề"),
    ]
    assert "<em>chuyên đề khác</em>" in text
    assert "<em>chỗ đã bỏ</em>" in text
    assert 'href="https://chinhphu.vn/"' in text


def test_media_of_one_name_in_two_topics_stay_two_files(program):
    files = built(program)
    assert {"course/static/che-do_so-do.svg", "course/static/ke-hoach_so-do.svg"} <= set(files)


def test_media_whose_names_studio_would_make_one_stay_two_files(program):
    files = built(program)
    sounds = {files[name] for name in files if name.endswith(".mp3")}
    assert sounds == {b"mp3\n", b"another mp3\n"}
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name.rsplit("/", 1)[1]) for name in files if "/static/" in name)


def test_a_text_put_in_elsewhere_renames_no_block(program):
    topic = program.topics[0]
    opening = topic.sections[0]
    more = replace(opening, parts=(Prose(html="<p>Mới.</p>"), Prose(html="<p>Nữa.</p>"), *opening.parts))
    edited = replace(program, topics=(replace(topic, sections=(more, *topic.sections[1:])), *program.topics[1:]))
    assert set(built(program)) <= set(built(edited)) | {"course/html/html_che-do_muc_mo-dau.html"}


def test_a_topic_says_who_wrote_it_and_from_what(program):
    files = built(program)
    imprint, sources = text_of(files, "imprint_che-do"), text_of(files, "sources_che-do")
    for words in ("Nguyễn Văn Mẫu, Trần Thị Thử", "Trường Chính trị", "Bản: 2026.1", "Cán bộ cấp xã"):
        assert words in imprint
    assert "Quy định 145-QĐ/TW &lt;bản tóm tắt&gt;" in sources


def test_a_reflection_is_read_and_never_scored(program):
    files = built(program)
    assert "course/problem/problem_che-do_r1.xml" not in files
    assert "Đồng chí sẽ đổi một việc gì?" in text_of(files, "html_che-do_r1")


def test_the_same_program_gives_the_same_bytes(program, tmp_path):
    for name in ("one", "two"):
        write_tar_gz(tmp_path / name, package(program, blocks=True).files)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_name_too_long_for_a_key_is_cut_and_stays_its_own():
    names = {url_name("problem", "a" * 90, "b" * 90 + end) for end in ("1", "2")}
    assert len(names) == 2
    assert {len(name) for name in names} == {100}


def test_two_questions_under_one_name_are_refused(program):
    topic = replace(program.topics[0], sections=(olx_sample.section("m", olx_sample.NUMBER, olx_sample.NUMBER),))
    with pytest.raises(ValueError, match="problem_che-do_q5"):
        package(replace(program, topics=(topic,)), blocks=False)


def test_a_text_beside_its_settings_uses_no_tag_that_an_older_studio_refuses(program):
    """olxcleaner upon libxml2 before 2.14: "Tag figure invalid"."""
    texts = [content.decode() for name, content in built(program).items() if re.match(r"course/html/.*\.html", name)]
    tags = {tag for text in texts for tag in re.findall(r"<([a-z0-9]+)", text)}
    assert tags & {"img", "table", "div"}
    assert not tags & {"audio", "details", "figcaption", "figure", "mark", "math", "section", "summary", "video"}
