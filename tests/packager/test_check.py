"""`boiduong check` on a whole programme: all faults at once, sorted, as an author sees them."""

from pathlib import Path

import pytest
from boiduong_vocabulary.command import PROBLEMS, main

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests" / "packager" / "cases" / "broken.txt"


def test_the_broken_example_shows_every_fault_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = main(["check", "examples/broken", "--as-of", "22/11/2026", "--out", str(tmp_path)])
    assert (capsys.readouterr().out, code) == (BROKEN.read_text("utf-8"), PROBLEMS)


def test_the_real_programme_has_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = main(["check", "content/145-2026", "--as-of", "22/11/2026", "--out", str(tmp_path)])
    assert (capsys.readouterr().out, code) == ("Không có lỗi.\n", 0)
