"""The cache is a convenience: it may be lost, damaged or old, and never changes what comes out."""

import shutil
from pathlib import Path

import pytest
from boiduong_packager.cache import Cache, Written
from boiduong_packager.gather import gather
from boiduong_vocabulary.catalog import PackageEntry

from tests.packager.programs import SVG, built, tree, write_program


def rendered(program: Path, out: Path) -> list[str]:
    """The topics that gathering had to render."""
    told: list[str] = []
    cache = Cache(out / "ct" / ".cache")
    gather(program, str(program), cache, report=lambda what, done, total: told.append(f"{what} {done}/{total}"))
    return told


def test_an_unchanged_topic_is_not_rendered_again(tmp_path: Path) -> None:
    program = write_program(tmp_path / "src" / "ct")
    built(program, tmp_path / "out", ("scorm12",))
    assert rendered(program, tmp_path / "out") == []


@pytest.mark.parametrize("what", ["text", "drawing", "pass mark", "the id of another topic"])
def test_whatever_a_topic_shows_makes_it_be_rendered_again(what: str, tmp_path: Path) -> None:
    program = write_program(tmp_path / "src" / "ct")
    built(program, tmp_path / "out", ("scorm12",))
    if what == "text":
        (program / "mot.md").write_text((program / "mot.md").read_text("utf-8") + "\nThêm.\n", "utf-8")
    elif what == "drawing":
        (program / "hinh" / "sơ-đồ.svg").write_text(SVG.format(width=1), "utf-8")
    elif what == "pass mark":
        toml = program / "program.toml"
        toml.write_text(toml.read_text("utf-8").replace("70", "80"), "utf-8")
    else:
        (program / "mot.md").write_text((program / "mot.md").read_text("utf-8").replace("mã: mot", "mã: tu"), "utf-8")
    assert rendered(program, tmp_path / "out") != []


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff" * 50, b"{}"])
def test_a_damaged_cache_is_as_good_as_none(damage: bytes, tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("scorm12",))
    before = tree(out)
    for path in (out / "ct" / ".cache").iterdir():
        path.write_bytes(damage)
    built(program, out, ("scorm12",))
    assert tree(out) == before


def test_without_its_cache_a_build_gives_the_same(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("scorm12",))
    before = tree(out)
    shutil.rmtree(out / "ct" / ".cache")
    built(program, out, ("scorm12",))
    assert tree(out) == before


def test_a_warning_is_told_again_from_the_cache(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    (program / "mot.md").write_text((program / "mot.md").read_text("utf-8") + "\n[^1]: Không ai nhắc.\n", "utf-8")
    first = built(program, out, ("scorm12",)).problems
    assert [problem.code for problem in first].count("S11") == 1
    assert built(program, out, ("scorm12",)).problems == first


def test_a_topic_with_faults_is_read_anew_each_time(tmp_path: Path) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    (program / "hinh" / "sơ-đồ.svg").rename(program / "hinh" / "khac.svg")
    assert built(program, out, ("scorm12",)).catalog is None
    (program / "hinh" / "khac.svg").rename(program / "hinh" / "sơ-đồ.svg")
    assert built(program, out, ("scorm12",)).catalog is not None


@pytest.mark.parametrize(("path", "files"), [("../../mat.zip", ()), ("web/", ("../../../mat.zip",))])
def test_a_cache_from_someone_else_deletes_nothing_outside_the_output_folder(
    path: str, files: tuple[str, ...], tmp_path: Path
) -> None:
    program, out = write_program(tmp_path / "src" / "ct"), tmp_path / "out"
    built(program, out, ("scorm12",))
    (tmp_path / "mat.zip").write_bytes(b"x")
    cache = Cache(out / "ct" / ".cache")
    cache.packages[path] = Written("key", PackageEntry("scorm12", path, "id", "digest"), 1, files)
    cache.keep_packages()
    built(program, out, ("scorm12", "web"))
    assert (tmp_path / "mat.zip").exists()
