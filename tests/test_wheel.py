"""What a school installs is the wheel: it must carry all that the hook brought in, and need no Node."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import unpack_archive
from zipfile import ZipFile

import pytest

from tests.exporter.office import ROSTER_HEAD, workbook

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_schemas_player_preview_and_data(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for needed in (
        "boiduong_packager/vendor/player/player.js",
        "boiduong_packager/vendor/player/player.css",
        "boiduong_packager/vendor/player/web.css",
        "boiduong_packager/vendor/scorm-again/scorm12.js",
        "boiduong_packager/vendor/schemas/scorm12/imscp_rootv1p1p2.xsd",
        "boiduong_packager/vendor/schemas/scorm2004/imscp_v1p1.xsd",
        "boiduong_packager/preview/static/lms.js",
        "boiduong_packager/templates/topic.md",
        "boiduong_packager/assumptions.toml",
        "boiduong_vocabulary/catalog.py",
        "boiduong_records/migrations/env.py",
        "boiduong_exporter/rules/145-qd-tw.toml",
        "boiduong_exporter/rules/cach-hieu.toml",
        "boiduong_exporter/reports/slip.typ",
        "boiduong_server/vendor/frame.js",
        "boiduong_server/vendor/desk.css",
        "boiduong_server/vendor/htmx.js",
        "boiduong_server/desk/templates/base.html",
        "boiduong_server/accounts/commonest.txt",
        "boiduong_server/migrations/env.py",
    ):
        assert needed in names, needed
    assert not [name for name in names if name.startswith("tests/") or "node_modules" in name]


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made of the source distribution, far from this repository and its Node."""
    folder = tmp_path_factory.mktemp("blocks")
    words = [sys.executable, "-m", "hatchling", "build", "-d", folder, "-t"]
    subprocess.run([*words, "sdist"], cwd=ROOT / "xblocks", check=True)
    (source,) = folder.glob("*.tar.gz")
    unpack_archive(source, folder, filter="data")
    subprocess.run([*words, "wheel"], cwd=folder / source.name.removesuffix(".tar.gz"), env={"PATH": ""}, check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_of_the_blocks_carries_scripts_style_and_translations(blocks: Path) -> None:
    names = ZipFile(blocks).namelist()
    for needed in (
        "boiduong_xblocks/public/study_clock.js",
        "boiduong_xblocks/public/attendance.js",
        "boiduong_xblocks/public/days.js",
        "boiduong_xblocks/public/editor.js",
        "boiduong_xblocks/public/blocks.css",
        "boiduong_xblocks/translations/en/LC_MESSAGES/text.mo",
        "boiduong_xblocks/assets/study_clock.html",
    ):
        assert needed in names, needed


def test_the_blocks_ask_for_xblock_and_web_fragments_alone(blocks: Path) -> None:
    (metadata,) = [name for name in ZipFile(blocks).namelist() if name.endswith("METADATA")]
    asked = re.findall(r"^Requires-Dist: ([\w\[\]-]+)", ZipFile(blocks).read(metadata).decode(), re.MULTILINE)
    assert sorted(asked) == ["web-fragments", "xblock"]


def test_the_wheel_imports_and_reports_far_from_the_working_copy(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path / "site")
    units = [
        ("Mã tổ chức", "Tên tổ chức", "Loại tổ chức", "Cấp"),
        ("TU", "Tỉnh ủy Lam Giang", "Cấp ủy", "Tỉnh"),
    ]
    workbook(tmp_path / "to-chuc.xlsx", {"Tổ chức": units})
    terms = [("Đảng bộ", "Nhiệm kỳ", "Bắt đầu", "Kết thúc"), ("TU", "2025-2030", "01/10/2025", "30/09/2030")]
    workbook(tmp_path / "nhiem-ky.xlsx", {"Nhiệm kỳ": terms})
    cadre = ("00012", "Nguyễn Văn An", "1970", "Bí thư", "TU", "01/10/2025", "TU")
    workbook(tmp_path / "can-bo.xlsx", {"Cán bộ": [ROSTER_HEAD, cadre]})
    for words in (
        ["import", "organizations", "to-chuc.xlsx", "nhiem-ky.xlsx"],
        ["import", "roster", "can-bo.xlsx"],
        ["report", "unit", "TU", "--as-of", "30/06/2026", "--out", "bao-cao.json"],
        ["explain", "00012", "--as-of", "30/06/2026", "--pdf", "phieu.pdf"],
    ):
        run_far_away(tmp_path, words)
    report = json.loads((tmp_path / "bao-cao.json").read_text("utf-8"))
    assert [document["number"] for document in report["basis"]["documents"]] == ["145-QĐ/TW", "164-QĐ/TW"]
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")


def run_far_away(folder: Path, words: list[str]) -> str:
    """What the unpacked wheel prints, in a folder that knows nothing of the working copy."""
    code = (
        "import sys, boiduong_exporter as e; assert e.__file__.startswith(sys.argv[1]), e.__file__; "
        "from boiduong_vocabulary.command import main; sys.exit(main(sys.argv[2:]))"
    )
    environment = {"PATH": os.fspath(folder), "PYTHONPATH": os.fspath(folder / "site"), "LANG": "C.UTF-8"}
    ran = subprocess.run(
        [sys.executable, "-c", code, folder, *words],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_wheel_builds_a_program_without_node(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path / "site")
    code = "import sys, boiduong_packager as p; print(p.__file__); from boiduong_vocabulary.command import main; "
    environment = {"PATH": os.fspath(tmp_path), "PYTHONPATH": os.fspath(tmp_path / "site"), "LANG": "C.UTF-8"}
    program = os.fspath(ROOT / "content/145-2026")
    ran = subprocess.run(
        [sys.executable, "-c", code + f"sys.exit(main(['build', {program!r}, '--out', 'dist']))"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert str(tmp_path) in ran.stdout
    assert len(list((tmp_path / "dist/145-2026/scorm12").glob("*.zip"))) == 8
