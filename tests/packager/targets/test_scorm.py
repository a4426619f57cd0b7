"""Both SCORM targets: manifests valid by schema and by eye, nothing missing, the same bytes from the same source."""

from pathlib import Path
from types import ModuleType

import pytest
from boiduong_packager.model import Program
from boiduong_packager.targets import manifest, scorm12, scorm2004
from boiduong_packager.targets.archive import content_bytes, write_zip
from boiduong_packager.targets.manifest import ManifestError, blind_spots
from lxml import etree
from msgspec.structs import replace

from tests.packager.targets import web_sample
from tests.packager.targets.golden_tree import assert_golden

TARGETS = (scorm12, scorm2004)
both = pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.__name__.rsplit(".", 1)[-1])


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return web_sample.program(web_sample.write_media(tmp_path))


def manifest_of(target: ModuleType, program: Program) -> etree._Element:
    data: bytes = target.package(program, program.topics[0]).files[manifest.NAME]
    return etree.fromstring(data)


@both
def test_the_package_is_the_golden_tree(target: ModuleType, program: Program) -> None:
    package = target.package(program, program.topics[0])
    assert_golden(package.standard, package.files)


@both
def test_all_that_is_shipped_is_listed_schemas_and_manifest_apart(target: ModuleType, program: Program) -> None:
    package = target.package(program, program.topics[0])
    listed = {file.get("href") for file in manifest_of(target, program).iterfind(".//{*}file")}
    others = {name for name in package.files if name.endswith((".xsd", ".dtd"))} | {manifest.NAME}
    assert listed == set(package.files) - others
    assert {"index.html", "player.js"} <= listed


@both
def test_there_is_one_sco_and_it_comes_first(target: ModuleType, program: Program) -> None:
    resources = list(manifest_of(target, program).iterfind(".//{*}resource"))
    assert [resource.get("href") for resource in resources] == ["index.html"]
    assert [value for name, value in resources[0].items() if name.lower().endswith("scormtype")] == ["sco"]


def test_versions_are_spelled_as_players_compare_them(program: Program) -> None:
    versions = [manifest_of(target, program).findtext(".//{*}schemaversion") for target in TARGETS]
    assert versions == ["1.2", "2004 4th Edition"]


def test_2004_leaves_completion_to_the_content(program: Program) -> None:
    controls = manifest_of(scorm2004, program).find(".//{*}deliveryControls")
    assert controls is not None
    assert dict(controls.items()) == {"completionSetByContent": "true", "objectiveSetByContent": "true"}


@both
def test_no_mastery_score_lets_an_lms_overrule_the_minutes(target: ModuleType, program: Program) -> None:
    assert b"mastery" not in target.package(program, program.topics[0]).files[manifest.NAME].lower()


@both
def test_the_manifest_is_raw_utf8_without_references_or_dtd(target: ModuleType, program: Program) -> None:
    data = target.package(program, program.topics[0]).files[manifest.NAME]
    assert "Chế độ" in data.decode()
    assert b"&#" not in data
    assert b"<!DOCTYPE" not in data


@both
def test_the_schema_set_lies_at_the_root(target: ModuleType, program: Program) -> None:
    names = target.package(program, program.topics[0]).files
    assert {"scorm12": "imscp_rootv1p1p2.xsd", "scorm2004": "imscp_v1p1.xsd"}[
        target.__name__.rsplit(".", 1)[-1]
    ] in names


@both
def test_a_title_of_any_length_and_any_letters_is_taken(target: ModuleType, program: Program) -> None:
    topic = replace(program.topics[0], title='Đổi mới & <phát triển> "2026" ' * 20)
    root = etree.fromstring(target.package(program, topic).files[manifest.NAME])
    titles = [title.text or "" for title in root.iterfind(".//{*}title")]
    assert all(title and len(title) <= 200 for title in titles)
    assert titles[0].startswith("Đổi mới & <phát triển>")


@both
def test_the_same_program_gives_the_same_bytes(target: ModuleType, program: Program, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_zip(tmp_path / name, target.package(program, program.topics[0]).files)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@both
def test_media_travel_with_the_topic(target: ModuleType, program: Program) -> None:
    topic = next(topic for topic in program.topics if topic.assets)
    files = target.package(program, topic).files
    for asset in topic.assets:
        assert content_bytes(files[f"media/{asset.name}"]) == Path(asset.path).read_bytes()


def test_a_schema_refuses_what_is_not_a_manifest(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_organizations", lambda content, *_: content.organisations())
    with pytest.raises(ManifestError):
        scorm12.package(program, program.topics[0])


NOTHING_WRONG = """<manifest><organizations default="o"><organization identifier="o"><title>T</title>
<item identifier="i" identifierref="r"><title>T</title></item></organization></organizations>
<resources><resource identifier="r" href="index.html"><file href="index.html"/></resource></resources></manifest>"""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('default="o"', 'default="x"'), "default organization"),
        (('identifierref="r"', 'identifierref="x"'), "refers to no resource"),
        (
            ('<file href="index.html"/>', '<file href="index.html"/><file href="a.png"/>'),
            "a.png is listed but not shipped",
        ),
        (('<file href="index.html"/>', ""), "index.html is shipped but not listed"),
        (("<title>T</title>", "<title> </title>"), "title is empty"),
    ],
)
def test_what_schemas_do_not_see_is_seen(change: tuple[str, str], says: str) -> None:
    assert not list(blind_spots(etree.fromstring(NOTHING_WRONG), {"index.html"}))
    faults = blind_spots(etree.fromstring(NOTHING_WRONG.replace(*change)), {"index.html"})
    assert any(says in fault for fault in faults)
