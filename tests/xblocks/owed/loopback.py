"""Servers on this machine that do what a test says, in the place of the server of the books."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from boiduong_xblocks.owed import asking
from boiduong_xblocks.owed.asking import Server

TOKEN = "bd_khong-lo-ra-ngoai"
ANSWER: dict[str, Any] = {
    "code": "02",
    "as_of": "2026-11-26",
    "required": {"exact": "7", "text": "7"},
    "credited": {"exact": "5/2", "text": "2,5"},
    "waiting": {"exact": "0", "text": "0"},
    "shortfall": {"exact": "9/2", "text": "4,5"},
    "until": "2030-09-30",
    "standing": "short",
    "standing_text": "còn thiếu",
    "text": "Được tính 2,5 ngày trên tối thiểu 7 ngày; còn thiếu 4,5 ngày đến hết nhiệm kỳ (30/09/2030).",
    "notice": "",
    "head": "41:0a",
    "provisional_minutes": 25,
}
NOBODY = {"error": "Không có.", "hint": "", "person": None}
Behaviour = Callable[[socket.socket, "Loopback"], None]


@dataclass
class Loopback:
    """A server that does what `behaviour` says with each connection after it has read the request."""

    behaviour: Behaviour
    requests: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def server(self) -> Server:
        return Server(self.address, TOKEN)

    def close(self) -> None:
        self.stopped.set()
        with suppress(OSError):  # it was closed before
            self._listener.shutdown(socket.SHUT_RDWR)  # or the thread that accepts would keep it open
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            self.requests.append(connection.recv(10_000).decode("latin-1"))
            self.behaviour(connection, self)


Serve = Callable[[Behaviour], Loopback]


@pytest.fixture
def serve() -> Iterator[Serve]:
    opened: list[Loopback] = []

    def open_one(behaviour: Behaviour) -> Loopback:
        opened.append(Loopback(behaviour))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks waits less than two seconds, where it is not the waiting that is tried."""
    monkeypatch.setattr(asking, "PATIENCE_S", 0.4)


def sends(body: object = ANSWER, status: str = "200 OK", kind: str = "application/json", more: str = "") -> Behaviour:
    """Sends bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{more}\r\n"
    return lambda connection, _: connection.sendall(head.encode() + content)


def raw(said: bytes) -> Behaviour:
    return lambda connection, _: connection.sendall(said)


def sleeps(_: socket.socket, own: Loopback) -> None:
    own.stopped.wait(30)


def drips(head: bytes) -> Behaviour:
    """A byte every fifth of a second, which no timeout of a socket bounds."""

    def drip(connection: socket.socket, own: Loopback) -> None:
        connection.sendall(head)
        while not own.stopped.wait(0.2):
            connection.sendall(b" ")

    return drip


def floods(connection: socket.socket, own: Loopback) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not own.stopped.is_set():
        connection.sendall(b" " * 65_536)
