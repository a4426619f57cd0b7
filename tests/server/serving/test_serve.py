"""`boiduong serve` as it is run: a process that answers under both names, and ends when it is told to."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server.lam_giang import LamGiang

COMMAND = "import sys; from boiduong_vocabulary.command import main; sys.exit(main(sys.argv[1:]))"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def command(lam_giang: LamGiang, *more: str) -> list[str]:
    return [sys.executable, "-c", COMMAND, "serve", "--books", str(lam_giang.books), *more]


@contextmanager
def serving(lam_giang: LamGiang, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The process, once it says that it is there."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command(lam_giang, *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        try:
            assert process.stdout
            while "Ctrl+C" not in (line := process.stdout.readline()):
                assert line, "the server ended before it began"
            yield process
        finally:
            process.kill()


def ask(port: int, host: str, path: str = "/") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Location", "")


def test_one_process_answers_under_two_names(lam_giang: LamGiang) -> None:
    here, there = free_port(), free_port()
    application, content = f"boiduong.localhost:{here}", f"goi.boiduong.localhost:{there}"
    with serving(lam_giang, "--application", f"http://{application}", "--content", f"http://{content}") as process:
        assert ask(here, application) == (303, "/dang-nhap")
        assert ask(there, content, "/dang-nhap")[0] == 404
        assert ask(here, application, "/phien/x/")[0] == 404
        assert ask(there, application) == (303, "/dang-nhap")  # the name decides, not the port
        assert ask(here, f"127.0.0.1:{here}") == (307, f"http://{application}/")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert (lam_giang.folder / "may-chu.sqlite").is_file()


def test_a_port_that_is_taken_is_told(lam_giang: LamGiang) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        for door in ("--listen", "--listen-content"):
            free = f"127.0.0.1:{free_port()}"
            words = ("--listen", free, "--listen-content", free, door, listen)
            done = subprocess.run(command(lam_giang, *words), capture_output=True, text=True, check=False)
            assert done.returncode == 1
            assert "Không nghe được ở" in done.stderr
            assert listen in done.stderr
            assert "--listen" in done.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--content", "http://boiduong.localhost:8146"), "hai tên máy khác nhau"),
        (("--listen", "8145"), "không phải địa chỉ nghe"),
        (("--books", "khong-co.sqlite"), "không có tệp sổ"),
    ],
)
def test_a_wrong_start_is_told(lam_giang: LamGiang, tmp_path: Path, more: tuple[str, ...], said: str) -> None:
    done = subprocess.run(command(lam_giang, *more), capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert said in done.stderr.lower() or said in done.stderr
