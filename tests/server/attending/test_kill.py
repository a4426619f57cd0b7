"""kill -9 while people check in and monitors write: whatever was answered has a row afterwards."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from boiduong_records.store import open_books
from boiduong_records.tables import CADRE
from boiduong_server.store import open_store
from boiduong_server.tables import ENTERED, LINE, SCAN, USER
from sqlalchemy import func, select

from tools.bench_attending import made
from tools.bench_links import HUNG_UP, Link, Visitor
from tools.bench_phones import HOST, Room, check_in

PHONES, EACH, ENOUGH = 4, 100, 40
"""The kill comes when so many have been told, in the midst of all others."""


class Phone(threading.Thread):
    """Lent from one to the next; `told` are the cookies of those who read that they are here."""

    def __init__(self, port: int, room: Room) -> None:
        super().__init__(daemon=True)
        self.port, self.room, self.told, self.fault = port, room, list[str](), ""

    def run(self) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=10) as opened:
                link = Link(opened)
                for cookie in self.room.people:
                    follow(link, check_in(self.room, cookie, self.told.append))
        except OSError:
            return  # the server is gone
        except AssertionError as error:
            self.fault = str(error)


def follow(link: Link, visitor: Visitor) -> None:
    """All of a visitor's messages and their answers."""
    message = next(visitor)
    while True:
        link.socket.sendall(message.data)
        answer = link.receive()
        while answer is None:
            answer = link.receive()
        try:
            message = visitor.send(answer)
        except StopIteration:
            return


class Monitor(threading.Thread):
    """Writes of one after another that they are here; `told` are the numbers of the lines that were taken."""

    def __init__(self, port: int, room: Room, keys: list[str]) -> None:
        super().__init__(daemon=True)
        self.port, self.room, self.keys, self.told = port, room, keys, list[str]()

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Host": HOST, "Cookie": self.room.monitor}
        try:
            connection.request("GET", "/diem-danh/gui", headers=headers)
            token = answer_of(connection, headers)["token"]
            headers |= {"X-CSRFToken": token, "Content-Type": "application/json"}
            for key in self.keys:
                line = {"key": key, "mark": "present", "at_ms": int(time.time() * 1000), "nonce": token_hex(16)}
                body = json.dumps({"lines": [{**line, "reason": "quên điện thoại"}]})
                connection.request("POST", f"/buoi/{self.room.public}/ghi", body, headers)
                self.told += [each["nonce"] for each in answer_of(connection, headers)["answers"] if each["taken"]]
        except (OSError, HTTPException):
            return  # the server is gone


def answer_of(connection: HTTPConnection, headers: dict[str, str]) -> dict[str, Any]:
    """What is said in JSON; cookies go into the headers."""
    answer = connection.getresponse()
    said: dict[str, Any] = json.loads(answer.read())
    if answer.status != 200:
        raise AssertionError(said)
    if cookie := answer.headers["Set-Cookie"]:
        headers["Cookie"] = cookie.partition(";")[0]
    return said


@pytest.fixture
def rooms(tmp_path: Path) -> list[Room]:
    return made(tmp_path / "so", PHONES, EACH)


@pytest.fixture
def server(rooms: list[Room], tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-m", "tools.bench_attending", "--serve", str(tmp_path / "so")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def test_no_answered_check_in_and_no_answered_line_is_lost_by_a_kill(
    server: "subprocess.Popen[bytes]", rooms: list[Room], tmp_path: Path
) -> None:
    assert server.stdout
    port, folder = int(server.stdout.readline()), tmp_path / "so"
    phones = [Phone(port, room) for room in rooms]
    monitors = [Monitor(port, room, keys_of(folder, number)) for number, room in enumerate(rooms[:2])]
    for thread in (*phones, *monitors):
        thread.start()
    while told(phones) < ENOUGH and any(phone.is_alive() for phone in phones):
        time.sleep(0.01)
    server.send_signal(signal.SIGKILL)
    server.wait()
    for thread in (*phones, *monitors):
        thread.join()
    assert ENOUGH <= told(phones) < PHONES * EACH
    assert 0 < told(monitors) < 2 * EACH
    assert {"", HUNG_UP} >= {phone.fault for phone in phones}
    assert {cookie for phone in phones for cookie in phone.told} <= checked_in(folder, rooms)
    assert {nonce for monitor in monitors for nonce in monitor.told} <= written(folder)


def keys_of(folder: Path, number: int) -> list[str]:
    """How lists name the people of the room of this number."""
    with open_books(folder / "so.sqlite") as books, books.reading() as connection:
        keys = connection.execute(select(CADRE.c.subject).order_by(CADRE.c.cadre)).scalars().all()
    return [*keys[number * EACH : (number + 1) * EACH]]


def told(threads: Sequence[Phone | Monitor]) -> int:
    return sum(len(thread.told) for thread in threads)


def checked_in(folder: Path, rooms: list[Room]) -> set[str]:
    """The cookies of those who have a row: people were entered in the order of the rooms."""
    cookies = [cookie for room in rooms for cookie in room.people]
    store = open_store(folder / "may-chu.sqlite")
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(ENTERED)).scalar_one() == len(cookies) + PHONES
        users = connection.execute(select(USER.c.id).join(SCAN, SCAN.c.cadre == USER.c.cadre)).scalars().all()
    store.close()
    return {cookies[user - 1] for user in users}


def written(folder: Path) -> set[str]:
    """The numbers of the lines."""
    store = open_store(folder / "may-chu.sqlite")
    with store.reading() as connection:
        found = {*connection.execute(select(LINE.c.nonce)).scalars()}
    store.close()
    return found
