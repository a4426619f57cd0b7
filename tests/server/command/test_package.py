"""`boiduong package add`: packages without a browser."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from boiduong_server.command.package import COMMAND
from boiduong_server.packages.faults import Code
from boiduong_server.store import open_store
from boiduong_server.tables import PACKAGE
from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Parser
from sqlalchemy import select

from tests.server.lam_giang import EDITION, TOPIC, LamGiang
from tests.server.packages import made
from tests.server.packages.broken import CASES


def run(lam_giang: LamGiang, *words: object) -> int:
    parser = Parser("boiduong package", COMMAND.summary)
    COMMAND.configure(parser)
    asked = ["add", *map(str, words), "--books", str(lam_giang.books), "--by", "Trần Thị Bình"]
    return COMMAND.run(parser.parse_args(asked))


def shelf(lam_giang: LamGiang) -> list[tuple[str, str, str]]:
    store = open_store(lam_giang.folder / "may-chu.sqlite")
    with store.reading() as connection:
        rows = [*connection.execute(select(PACKAGE.c.standard, PACKAGE.c.topic, PACKAGE.c.edition))]
    store.close()
    return [(row.standard, row.topic, row.edition) for row in rows]


def test_a_built_programme_comes_with_its_catalog_and_one_package_a_topic(
    lam_giang: LamGiang, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(lam_giang, lam_giang.catalog.parent) == FINE
    assert shelf(lam_giang) == [("scorm12", TOPIC, EDITION)]
    assert f"chuyên đề «{TOPIC}», bản {EDITION}" in capsys.readouterr().out


def test_a_catalog_that_the_books_do_not_have_yet_comes_into_them(lam_giang: LamGiang, tmp_path: Path) -> None:
    folder = shutil.copytree(lam_giang.catalog.parent, tmp_path / "dist")
    (folder / "catalog.json").write_text(lam_giang.catalog.read_text("utf-8").replace(EDITION, "2027.1"), "utf-8")
    assert run(lam_giang, folder) == FINE
    assert shelf(lam_giang) == [("scorm12", TOPIC, "2027.1")]


def test_a_package_of_others_is_said_to_wait_for_its_description(
    lam_giang: LamGiang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ngoai.zip"
    path.write_bytes(made.single12())
    assert [run(lam_giang, path), run(lam_giang, path)] == [FINE, FINE]
    told = capsys.readouterr().out
    assert "chưa có mô tả" in told
    assert "đã có từ trước" in told
    assert shelf(lam_giang) == [("scorm12", "", "")]


def test_faults_are_printed_and_end_with_problems(
    lam_giang: LamGiang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hong.zip"
    path.write_bytes(CASES[Code.NO_MANIFEST][0]())
    assert run(lam_giang, path) == PROBLEMS
    assert "hong.zip: X01" in capsys.readouterr().out


def test_what_is_not_there_is_a_matter_of_usage(lam_giang: LamGiang, tmp_path: Path) -> None:
    assert run(lam_giang, tmp_path / "khong-co.zip") == USAGE
    assert run(lam_giang, tmp_path) == USAGE


def test_the_commands_of_the_guide_are_ones_that_are_taken() -> None:
    guide = (Path(__file__).parents[3] / "docs/goi-bai.md").read_text("utf-8")
    lines = re.findall(r"^boiduong package (.+)$", guide, re.MULTILINE)
    assert lines
    for line in lines:
        parser = Parser("boiduong package", COMMAND.summary)
        COMMAND.configure(parser)
        parser.parse_args(shlex.split(line))
