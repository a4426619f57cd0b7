"""What a school installs is the wheel: it must carry all that the hook brought in, and need no Node."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

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
    ):
        assert needed in names, needed
    assert not [name for name in names if name.startswith("tests/") or "node_modules" in name]


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
