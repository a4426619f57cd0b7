"""Connections to a server that is measured, and the loop that sends over them: for bench_phones.py.

A visitor is a generator: it yields messages and is handed their answers. Messages go out when they are due, over kept
connections as a proxy holds them; one that finds none free waits, and its wait counts. Over slow links each visitor has
a connection of its own, whose bytes trickle.
"""

import gzip
import heapq
import re
import selectors
import socket
import statistics
import time
from collections import defaultdict, deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

PIPES = 64
"""Connections that a proxy in front of the server would hold."""
RTT, PIECE, PIECES_A_SECOND = 0.3, 200, 10
"""A slow link: seconds there and back, bytes that go up at once, how often: 2 KB a second."""
HUNG_UP = "the server hung up"


@dataclass(frozen=True)
class Timed:
    """Of one kind of request: how many were answered, latencies in milliseconds."""

    answered: int
    p50: float
    p99: float


@dataclass(frozen=True)
class Message:
    kind: str
    data: bytes


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: str


Visitor = Generator[Message, Answer, None]


def timed(took: list[float]) -> Timed:
    cuts = statistics.quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
    return Timed(len(took), cuts[49], cuts[98])


@dataclass(eq=False)
class Link:
    """A connection with one message under way at most, for one visitor at a time."""

    socket: socket.socket
    visitor: Visitor | None = None
    kind: str = ""
    begun: float = 0
    out: bytes = b""
    got: bytes = b""
    first: float = 0

    def receive(self) -> Answer | None:
        """The answer, once all of it is here."""
        more = self.socket.recv(262_144)
        assert more, HUNG_UP
        self.got += more
        self.first = self.first or time.perf_counter()
        head, found, body = self.got.partition(b"\r\n\r\n")
        if not found:
            return None
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if length is None or len(body) < int(length[1]):
            return None
        text = gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body
        self.got = b""
        return Answer(int(head[9:12]), head.decode("latin-1"), text.decode())


@dataclass
class Loop:
    """What is due, who waits for a connection, what came back."""

    port: int
    slow: bool
    due: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    waiting: deque[tuple[Visitor, Message, float]] = field(default_factory=deque)
    idle: list[Link] = field(default_factory=list)
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bad: list[str] = field(default_factory=list)
    under_way: int = 0

    def __post_init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._number = 0
        if not self.slow:
            self.idle = [self._connect() for _ in range(PIPES)]

    def at(self, when: float, what: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self.due, (when, self._number, what))

    def visit(self, when: float, visitor: Callable[[], Visitor]) -> None:
        """Somebody comes then."""
        self.at(when, lambda: self._go_on(visitor(), None, when))

    def run(self) -> None:
        while self.due or self.under_way or self.waiting:
            now = time.perf_counter()
            while self.due and self.due[0][0] <= now:
                heapq.heappop(self.due)[2]()
            while self.waiting and self.idle:
                self._send(self.idle.pop(), *self.waiting.popleft())
            pause = self.due[0][0] - time.perf_counter() if self.due else 1
            for key, _ in self._selector.select(max(0.0, min(pause, 1))):
                self._hear(key.data)

    def _connect(self) -> Link:
        link = Link(socket.create_connection(("127.0.0.1", self.port)))
        link.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(link.socket, selectors.EVENT_READ, link)
        return link

    def _go_on(self, visitor: Visitor, answer: Answer | None, now: float, link: Link | None = None) -> None:
        """The visitor's next message, or none."""
        try:
            message = next(visitor) if answer is None else visitor.send(answer)
        except StopIteration:
            self._leave(link)
        except AssertionError as error:
            self.bad.append(str(error))
            self._leave(link)
        else:
            if self.slow:
                own = link or self._connect()
                self.at(now + RTT, lambda: self._send(own, visitor, message, now))
            else:
                self._leave(link)
                self.waiting.append((visitor, message, now))

    def _leave(self, link: Link | None) -> None:
        if link and self.slow:
            self._selector.unregister(link.socket)
            link.socket.close()
        elif link:
            self.idle.append(link)

    def _send(self, link: Link, visitor: Visitor, message: Message, begun: float) -> None:
        link.visitor, link.kind, link.begun, link.out, link.first = visitor, message.kind, begun, message.data, 0
        self.under_way += 1
        self._push(link)

    def _push(self, link: Link) -> None:
        """All of it; over a slow link its next bytes. There its time counts from the last of them."""
        piece, link.out = (link.out[:PIECE], link.out[PIECE:]) if self.slow else (link.out, b"")
        link.socket.sendall(piece)
        if link.out:
            self.at(time.perf_counter() + 1 / PIECES_A_SECOND, lambda: self._push(link))
        elif self.slow:
            link.begun = time.perf_counter()

    def _hear(self, link: Link) -> None:
        answer = link.receive()
        if answer is None:
            return
        now = time.perf_counter()
        self.under_way -= 1
        self.latencies[link.kind].append(((link.first if self.slow else now) - link.begun) * 1000)
        assert link.visitor
        self._go_on(link.visitor, answer, now, link)
