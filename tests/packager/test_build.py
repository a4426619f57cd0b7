"""What a build promises: the same bytes from the same source, and nothing touched that has not changed."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from boiduong_packager.build import CATALOG, Request, UnknownTopicError, build, check, read_catalog
from boiduong_packager.faults import Code
from boiduong_packager.targets.package import Package
from boiduong_packager.write import write_package
from boiduong_vocabulary.catalog import from_json, to_json

from tests.packager.programs import SVG, age, built, name_topics, times, tree, write_program


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_the_same_source_gives_the_same_bytes_anywhere_at_any_time_in_any_number_of_processes(tmp_path: Path) -> None:
    first = write_program(tmp_path / "a" / "ct")
    second = write_program(tmp_path / "b" / "sâu hơn" / "ct")
    age(second)
    built(first, tmp_path / "out1", jobs=1)
    built(second, tmp_path / "out2", jobs=2)
    one, two = tree(tmp_path / "out1"), tree(tmp_path / "out2")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_decomposed_names_and_text_give_the_same_bytes_as_composed(tmp_path: Path) -> None:
    composed = write_program(tmp_path / "a" / "ct")
    (composed / "ba.md").rename(composed / "bài-ba.md")
    (composed / "mot.md").write_text((composed / "mot.md").read_text("utf-8") + "\n[Bài ba](bài-ba.md)\n", "utf-8")
    decomposed = tmp_path / "b" / "ct"
    for path in (path for path in composed.rglob("*") if path.is_file()):
        target = decomposed / unicodedata.normalize("NFD", str(path.relative_to(composed)))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        target.write_text(text if path.suffix == ".svg" else unicodedata.normalize("NFD", text), "utf-8")
    assert built(composed, tmp_path / "out1").written == 5
    built(decomposed, tmp_path / "out2")
    assert tree(tmp_path / "out1") == tree(tmp_path / "out2")


def test_nothing_is_written_when_nothing_has_changed(tmp_path: Path) -> None:
    program = write_program(tmp_path / "ct")
    built(program, tmp_path)
    age(tmp_path / "ct")
    before = {name: time for name, time in times(tmp_path / "ct").items() if name != CATALOG}
    assert built(program, tmp_path).written == 0
    assert {name: time for name, time in times(tmp_path / "ct").items() if name != CATALOG} == before


def test_a_changed_topic_rewrites_its_own_packages_and_those_of_the_whole_programme(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out)
    age(out)
    before = times(out / "ct")
    (program / "hai.md").write_text((program / "hai.md").read_text("utf-8") + "\nThêm một câu.\n", "utf-8")
    assert built(program, out).written == 3
    touched = changed(before, times(out / "ct"))
    assert {"scorm12/hai.zip", "olx/ct.tar.gz", CATALOG} <= touched
    assert not {"scorm12/mot.zip", "scorm12/ba.zip"} & touched


def test_a_changed_drawing_rewrites_every_topic_that_shows_it(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("scorm12",))
    before = tree(out / "ct")
    (program / "hinh" / "sơ-đồ.svg").write_text(SVG.format(width=480), "utf-8")
    built(program, out, ("scorm12",))
    after = tree(out / "ct")
    assert all(before[name] != after[name] for name in before)


def test_a_topic_that_is_gone_takes_its_packages_and_its_catalog_entry_along(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out)
    (program / "ba.md").unlink()
    name_topics(program, ("mot", "hai"))
    outcome = built(program, out)
    assert not (out / "ct" / "scorm12" / "ba.zip").exists()
    assert outcome.catalog is not None
    assert [topic.id for topic in outcome.catalog.topics] == ["mot", "hai"]
    assert [problem.code for problem in outcome.problems if problem.code == Code.VANISHED_ID] == ["I01"]


def test_a_renamed_topic_leaves_no_page_of_its_old_name(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("web",))
    (program / "ba.md").write_text((program / "ba.md").read_text("utf-8").replace("mã: ba", "mã: tu"), "utf-8")
    name_topics(program, ("mot", "hai", "tu"))
    built(program, out, ("web",))
    built(program, tmp_path / "fresh", ("web",))
    assert tree(out).keys() == tree(tmp_path / "fresh").keys()


def test_with_an_error_nothing_is_written(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    (program / "hai.md").write_text((program / "hai.md").read_text("utf-8") + "\n[x](#khong)\n", "utf-8")
    outcome = built(program, out)
    assert outcome.catalog is None
    assert tree(out) == {}


def test_a_classified_topic_leaves_no_trace_in_the_output_folder(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    text = (program / "hai.md").read_text("utf-8").replace("mã: hai\n", "mã: hai\nđộ mật: mật\n")
    (program / "hai.md").write_text(text.replace("Lời mở đầu", "Điều bí mật"), "utf-8")
    assert built(program, out).catalog is None
    kept = [path for path in out.rglob("*") if path.is_file()]
    assert [path for path in kept if "Điều bí mật".encode() in path.read_bytes()] == []


def test_only_the_asked_topic_is_packaged_and_the_catalog_keeps_the_others(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("scorm12",))
    (program / "mot.md").write_text((program / "mot.md").read_text("utf-8") + "\nThêm.\n", "utf-8")
    (program / "hai.md").write_text((program / "hai.md").read_text("utf-8") + "\nThêm.\n", "utf-8")
    outcome = build(Request(program, out, ("scorm12",), topics=("mot",)))
    assert outcome.written == 1
    assert outcome.catalog is not None
    assert {topic.id: len(topic.packages) for topic in outcome.catalog.topics} == {"mot": 1, "hai": 0, "ba": 1}


@pytest.mark.parametrize("path", ["scorm12/mot.zip", "olx/ct.tar.gz"])
def test_a_build_that_is_cut_off_leaves_the_last_good_package(path: str, tmp_path: Path) -> None:
    program = write_program(tmp_path / "src" / "ct")
    built(program, tmp_path / "out")
    good = (tmp_path / "out" / "ct" / path).read_bytes()
    cut = Package("scorm12", path, "ID", {"a.html": b"x" * 100_000, "b.svg": tmp_path / "gone"})
    with pytest.raises(FileNotFoundError):
        write_package(tmp_path / "out" / "ct", cut, "key")
    assert (tmp_path / "out" / "ct" / path).read_bytes() == good
    assert built(program, tmp_path / "out").problems is not None
    assert (tmp_path / "out" / "ct" / path).read_bytes() == good


def test_a_damaged_package_is_made_anew(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("scorm12",))
    package = out / "ct" / "scorm12" / "mot.zip"
    good = package.read_bytes()
    package.write_bytes(good[:100])
    assert built(program, out, ("scorm12",)).written == 1
    assert package.read_bytes() == good


def test_the_catalog_names_what_is_on_the_disk_and_reads_back(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    outcome = built(program, out)
    catalog = outcome.catalog
    assert catalog is not None
    assert read_catalog(out / "ct") == catalog
    assert from_json(to_json(catalog)) == catalog
    packages = [*catalog.packages, *(package for topic in catalog.topics for package in topic.packages)]
    assert len(packages) == 5
    assert all((out / "ct" / package.path).exists() for package in packages)
    assert [item.id for item in catalog.topics[0].sections] == ["mo-dau", "mot"]
    assert [item.title for item in catalog.topics[0].questions] == ["Đúng không?"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', '{"format": 1}', "null"])
def test_a_catalog_that_cannot_be_read_is_no_catalog(text: str, tmp_path: Path) -> None:
    (tmp_path / CATALOG).write_text(text, "utf-8")
    assert read_catalog(tmp_path) is None


def test_check_warns_when_an_id_of_the_last_build_has_vanished(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    outcome = built(program, out, ("scorm12",))
    assert outcome.catalog is not None
    path = program / "mot.md"
    path.write_text(path.read_text("utf-8").replace("{#mot}", "{#khac}").replace("{#q1}", "{#q2}"), "utf-8")
    told = check(program, out, date(2026, 1, 1))
    vanished = [problem.message for problem in told if problem.code == Code.VANISHED_ID]
    assert vanished == [
        "câu hỏi «q1» (Đúng không?) của lần đóng gói trước không còn",
        "mục «mot» (Mục một) của lần đóng gói trước không còn",
    ]


def test_a_damaged_page_is_made_anew(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("web",))
    page = out / "ct" / "web" / "mot.html"
    good = page.read_bytes()
    page.write_bytes(b"")
    assert built(program, out, ("web",)).written == 1
    assert page.read_bytes() == good


def test_what_was_built_with_options_stays_in_the_catalog_when_something_else_is_built(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    build(Request(program, out, ("olx", "web"), blocks=True, single_file=True))
    catalog = built(program, out, ("scorm12",)).catalog
    assert catalog is not None
    assert [package.standard for package in catalog.packages] == ["olx", "web"]


def test_a_topic_that_is_not_there_keeps_everything_from_being_written(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    with pytest.raises(UnknownTopicError):
        build(Request(program, out, ("scorm12",), topics=("mot", "khong-co")))
    assert tree(out) == {}


def test_an_escape_in_toml_brings_no_unprintable_character_into_a_package(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    toml = program / "program.toml"
    toml.write_text(toml.read_text("utf-8").replace("Chương trình", "Chương\\u0001trình"), "utf-8")
    catalog = built(program, out).catalog
    assert catalog is not None
    assert catalog.title == "Chương trình"
