"""`make demo-openedx` as it is started by hand."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.browser.openedx.conftest import ROOT


def command(folder: Path, port: int) -> list[str]:
    words = ["-m", "tools.openedx", "demo", "--folder", str(folder), "--port", str(port)]
    return [sys.executable, "-W", "ignore", *words]


@contextmanager
def shown(folder: Path, stop: int) -> Iterator[list[str]]:
    """What the demo prints until it is ready; ended by the signal `stop`, which it must take well."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    running = subprocess.Popen(command(folder, 0), cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    lines: list[str] = []
    while not lines or "Ctrl-C" not in lines[-1]:
        lines.append(running.stdout.readline())
        assert lines[-1], f"ended early: {lines}"
    try:
        yield lines
    finally:
        running.send_signal(stop)
        rest, _ = running.communicate(timeout=20)
    assert running.returncode == 0
    assert "Đã dừng" in rest


def addresses(lines: list[str]) -> list[str]:
    return [line.split()[-1] for line in lines if "/scenario/" in line]


def test_the_demo_says_where_to_click_and_ends_cleanly_and_keeps_what_was_done(tmp_path: Path) -> None:
    folder = tmp_path / "demo-openedx"
    with shown(folder, signal.SIGINT) as lines:
        assert len(addresses(lines)) == 9, "three blocks, each as a learner, staff and author see it"
        for address in addresses(lines):
            assert urlopen(address).status == 200
        text = "".join(lines)
        assert str(folder / "tracking.log") in text
        assert "boiduong import log" in text
    kept = (folder / "workbench.sqlite").stat().st_ino
    with shown(folder, signal.SIGTERM) as lines:
        assert urlopen(addresses(lines)[0]).status == 200
    assert (folder / "workbench.sqlite").stat().st_ino == kept


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(command(tmp_path / "d", port), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Cổng {port} đang có chương trình khác dùng" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_program_that_cannot_be_built_is_told(tmp_path: Path) -> None:
    words = [*command(tmp_path / "d", 0), "--program", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "program.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_machine_without_python_312_is_told_and_nothing_passes_for_tested(tmp_path: Path) -> None:
    words = [sys.executable, str(ROOT / "tools/openedx/python312.py")]
    environment = {"PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "KHÔNG chạy" in done.stderr
