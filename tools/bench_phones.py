"""Who sends to the server that bench_attending.py measures: telephones that check in, screens that fetch codes, lists
that ask what is new. A process of its own that speaks raw sockets, and costs little beside what it measures.
A visitor's messages go out when they are due: see bench_links.py.
"""

import html
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from urllib.parse import urlencode, urlsplit

from boiduong_server.attending.codes import code_of, period_at

from tools.bench_links import Answer, Loop, Message, Timed, Visitor, timed

SCREEN_EVERY, LIST_EVERY = 5.0, 10.0
BATCH, BATCH_EVERY = 40, 15.0
"""As assets/screen-link.js fetches QR codes ahead while people check in."""
HOST = "boiduong.localhost"
_AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_FORM = re.compile(r'<form[^>]*action="(/diem-danh/ghi[^"]*)"[^>]*>(.*?)</form>', re.DOTALL)


@dataclass(frozen=True)
class Room:
    """A sitting by its public name, its key (hexadecimal), the cookie of its monitor, and those of its people."""

    public: str
    key: str
    monitor: str
    people: list[str]


@dataclass(frozen=True)
class Asked:
    """`rooms` check in their people within so many seconds, in no order; `watched`: screens and lists ask meanwhile."""

    port: int
    rooms: list[Room]
    seconds: float
    slow: bool = False
    watched: bool = False


@dataclass(frozen=True)
class Run:
    """`checked` people were told that they are checked in; `bad` answers were others than expected."""

    kinds: dict[str, Timed]
    checked: int
    bad: list[str]
    seconds: float


def sent(asked: Asked) -> Run:
    """`send` in a process of its own."""
    words = [sys.executable, "-m", "tools.bench_phones"]
    done = subprocess.run(words, input=json.dumps(asdict(asked)).encode(), stdout=subprocess.PIPE, check=True)
    said = json.loads(done.stdout)
    return Run(**{**said, "kinds": {kind: Timed(**times) for kind, times in said["kinds"].items()}})


# Visitors -------------------------------------------------------------------------------------------------------------


@dataclass
class Browser:
    """Its cookies."""

    cookies: dict[str, str]

    def get(self, path: str, kind: str) -> Message:
        return Message(
            kind, self._head(f"GET {path}", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document") + b"\r\n"
        )

    def post(self, path: str, fields: dict[str, str], kind: str) -> Message:
        body = urlencode(fields).encode()
        more = (
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nOrigin: http://{HOST}"
        )
        return Message(kind, self._head(f"POST {path}", more) + b"\r\n" + body)

    def _head(self, what: str, more: str) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return (
            f"{what} HTTP/1.1\r\nHost: {HOST}\r\nUser-Agent: {_AGENT}\r\nAccept-Encoding: gzip, deflate\r\n"
            f"Accept: text/html\r\nAccept-Language: vi\r\nCookie: {cookies}\r\n{more}\r\n"
        ).encode()

    def keep(self, answer: Answer) -> None:
        for line in answer.head.split("\r\n")[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content


def browser(cookie: str) -> Browser:
    name, _, value = cookie.partition("=")
    return Browser({name: value})


def check_in(room: Room, cookie: str, told: Callable[[str], None]) -> Visitor:
    """The camera opens the address, and the page sends its form. `told` is called with the cookie when it says
    that somebody is here."""
    own = browser(cookie)
    code = code_of(bytes.fromhex(room.key), period_at(int(time.time() * 1000)))
    page = yield own.get(f"/D/{room.public}{code}", "address")
    own.keep(page)
    found = _FORM.search(page.body)
    assert found, f"no form: {page.status} {page.body[:2000]}"
    answer = yield own.post(html.unescape(found[1]), hidden(found[2]), "check-in")
    own.keep(answer)
    if answer.status == 303:
        answer = yield own.get(place_of(answer), "result")
    assert "có mặt" in answer.body.lower(), f"{answer.status} {answer.body[:2000]}"
    told(cookie)


def hidden(form: str) -> dict[str, str]:
    """The hidden fields of a form."""
    fields = {}
    for tag in _HIDDEN.findall(form):
        said = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        fields[said["name"]] = html.unescape(said.get("value", ""))
    return fields


def place_of(answer: Answer) -> str:
    found = re.search(r"^location: (.*?)\r?$", answer.head, re.IGNORECASE | re.MULTILINE)
    assert found
    parts = urlsplit(found[1])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def screen(room: Room) -> Visitor:
    """One question of the codes' page: how the sitting stands."""
    answer = yield browser(room.monitor).get(f"/buoi/{room.public}/ma", "screen")
    assert answer.status == 200, answer.status


def drawings(room: Room, turn: int) -> Visitor:
    """The page fetches the QR codes of ten minutes at a time, those of its last hour too."""
    first = period_at(int(time.time() * 1000)) + turn * BATCH
    answer = yield browser(room.monitor).get(f"/buoi/{room.public}/ma?tu={first}&den={first + BATCH - 1}", "QR codes")
    assert answer.status == 200, answer.status


def roll(room: Room, marks: dict[str, str]) -> Visitor:
    """One question of the monitor's list: what is new since the last."""
    mark = marks.get(room.public, ".".join("0" * 4))
    answer = yield browser(room.monitor).get(f"/buoi/{room.public}/tinh-hinh?tu={mark}", "list")
    assert answer.status == 200, answer.status
    marks[room.public] = json.loads(answer.body)["mark"]


# Together -------------------------------------------------------------------------------------------------------------


def send(asked: Asked) -> Run:
    loop, begun = Loop(asked.port, asked.slow), time.perf_counter()
    checked: list[str] = []
    for when, room, cookie in arrivals(asked):
        loop.visit(begun + when, partial(check_in, room, cookie, checked.append))
    for when, visitor in watchers(asked) if asked.watched else ():
        loop.visit(begun + when, visitor)
    loop.run()
    kinds = {kind: timed(took) for kind, took in loop.latencies.items()}
    return Run(kinds, len(checked), loop.bad, time.perf_counter() - begun)


def arrivals(asked: Asked) -> Iterator[tuple[float, Room, str]]:
    """When whom the code is read by: as people come, not in step."""
    chance = random.Random(145)  # noqa: S311
    for room in asked.rooms:
        for cookie in room.people:
            yield chance.uniform(0, asked.seconds), room, cookie


def watchers(asked: Asked) -> Iterator[tuple[float, Callable[[], Visitor]]]:
    """A screen and a list at each place, each at its own moments; the screen was opened when the first people came."""
    chance, marks = random.Random(146), dict[str, str]()  # noqa: S311
    for room in asked.rooms:
        for every, visitor in (
            (SCREEN_EVERY, lambda _, room=room: screen(room)),
            (LIST_EVERY, lambda _, room=room: roll(room, marks)),
            (BATCH_EVERY, lambda turn, room=room: drawings(room, turn)),
        ):
            first = chance.uniform(0, every)
            for turn in range(int((asked.seconds - first) / every) + 1):
                yield first + turn * every, partial(visitor, turn)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    rooms = [Room(**room) for room in given.pop("rooms")]
    print(json.dumps(asdict(send(Asked(rooms=rooms, **given)))))
