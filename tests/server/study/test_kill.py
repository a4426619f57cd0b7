"""kill -9 under load: every commit and every beat that was answered is there afterwards."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from boiduong_server.store import open_store
from boiduong_server.study.commits import states
from boiduong_server.tables import BEAT, LAUNCH
from sqlalchemy import select

from tools.bench_sender import beat, commit
from tools.bench_server import furnish

LEARNERS = 8
SECONDS = 1.5


class Learner(threading.Thread):
    """Commits and beats as fast as they are answered; `answered` is the last sequence of each."""

    def __init__(self, port: int, token: str) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.answered, self.refused = port, token, {"ghi": 0, "nhip": 0}, 0

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        for sequence in range(1, 1_000_000):
            for what, write in (("ghi", commit), ("nhip", beat)):
                body = write(self.token, sequence).partition(b"\r\n\r\n")[2]
                headers = {"Host": "goi.boiduong.localhost"}
                try:
                    connection.request("POST", f"/phien/{self.token}/{what}", body, headers)
                    answer = connection.getresponse()
                    answer.read()
                except (OSError, HTTPException):
                    return  # the server is gone
                if answer.status != 200:
                    self.refused += 1
                    return
                self.answered[what] = sequence


@pytest.fixture
def tokens(tmp_path: Path) -> list[str]:
    return furnish(tmp_path, LEARNERS)


@pytest.fixture
def server(tokens: list[str], tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-m", "tools.bench_server", "--serve", "ours", "--folder", str(tmp_path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def test_no_answered_commit_or_beat_is_lost_by_a_kill(
    server: "subprocess.Popen[bytes]", tokens: list[str], tmp_path: Path
) -> None:
    assert server.stdout
    port = int(server.stdout.readline())
    learners = [Learner(port, token) for token in tokens]
    for learner in learners:
        learner.start()
    time.sleep(SECONDS)
    server.send_signal(signal.SIGKILL)
    server.wait()
    for learner in learners:
        learner.join()
    assert sum(learner.answered["nhip"] for learner in learners) > 20
    assert not any(learner.refused for learner in learners)
    assert_all_are_there(tmp_path, learners)


def assert_all_are_there(folder: Path, learners: list[Learner]) -> None:
    store = open_store(folder / "may-chu.sqlite")
    with store.reading() as connection:
        attempts = connection.execute(select(LAUNCH.c.attempt).order_by(LAUNCH.c.id)).scalars().all()
        for launch, (attempt, learner) in enumerate(zip(attempts, learners, strict=True), 1):
            beats = connection.execute(select(BEAT.c.sequence).where(BEAT.c.launch == launch)).scalars()
            assert {*range(1, learner.answered["nhip"] + 1)} <= {*beats}
            assert states(connection, attempt)["bai"].sequence >= learner.answered["ghi"]
    store.close()
