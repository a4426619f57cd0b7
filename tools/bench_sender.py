"""Who sends to the servers that bench_server.py measures: a process of its own that speaks raw sockets, and costs
little beside what it measures."""

import json
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PIPES = 64
"""Connections that a proxy in front of the server would hold for 5,000 learners."""
STATE = "nhap " * 560
"""Makes a commit of 3 KB."""


@dataclass(frozen=True)
class Asked:
    """What is sent where, for how many seconds, each token's first sequence. With `every`, a token's message goes out
    once in so many seconds, whatever became of those before; else a connection for each token sends the next when the
    last was answered."""

    what: str
    port: int
    tokens: list[str]
    seconds: float
    first: int = 1
    every: float = 0


@dataclass(frozen=True)
class Run:
    """One closed or open loop: answers a second, latencies in milliseconds, how many were answered well; the server's
    CPU for each in milliseconds."""

    rate: float
    p50: float
    p99: float
    answered: int
    cpu: float = 0


def sent(asked: Asked) -> Run:
    """`send` in a process of its own."""
    words = [sys.executable, "-m", "tools.bench_sender"]
    done = subprocess.run(words, input=json.dumps(vars(asked)).encode(), stdout=subprocess.PIPE, check=True)
    return Run(**json.loads(done.stdout))


def send(asked: Asked) -> Run:
    loop = Open(asked) if asked.every else Closed(asked)
    return loop.run(asked.seconds)


def commit(token: str, sequence: int) -> bytes:
    core = {"lesson_status": "incomplete", "lesson_location": str(sequence), "session_time": "00:00:30"}
    body = {"item": "bai", "sequence": sequence, "cmi": {"core": core, "suspend_data": STATE}}
    return _posted(f"/phien/{token}/ghi", json.dumps(body))


def beat(token: str, sequence: int) -> bytes:
    sign = {"sequence": sequence, "elapsed_ms": 30_000, "age_ms": 0}
    return _posted(f"/phien/{token}/nhip", json.dumps({"signs": [sign]}))


def _posted(path: str, body: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: goi.boiduong.localhost\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


class Pipe:
    """A kept connection with one message under way at most."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun = 0.0
        self._got = b""

    def send(self, message: bytes, begun: float) -> None:
        self.begun = begun
        self.socket.sendall(message)

    def receive(self) -> int | None:
        """The status, once the whole answer is here."""
        self._got += self.socket.recv(65_536)
        head, found, body = self._got.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return None
        self._got = b""
        return int(head[9:12])


class Loop:
    """What both loops share: pipes, and what came back."""

    def __init__(self, asked: Asked, pipes: int) -> None:
        self.tokens, self.first = asked.tokens, asked.first
        self.write: Callable[[str, int], bytes] = commit if asked.what == "commits" else beat
        self.selector = selectors.DefaultSelector()
        self.pipes = [Pipe(asked.port) for _ in range(pipes)]
        for pipe in self.pipes:
            self.selector.register(pipe.socket, selectors.EVENT_READ, pipe)
        self.latencies: list[float] = []
        self.bad = 0

    def answers(self, timeout: float) -> Iterator[Pipe]:
        for key, _ in self.selector.select(timeout):
            pipe: Pipe = key.data
            status = pipe.receive()
            if status is not None:
                self.latencies.append((time.perf_counter() - pipe.begun) * 1000)
                self.bad += status != 200
                yield pipe

    def told(self, seconds: float) -> Run:
        assert not self.bad, f"{self.bad} were refused"
        cuts = statistics.quantiles(self.latencies, n=100, method="inclusive")
        return Run(len(self.latencies) / seconds, cuts[49], cuts[98], len(self.latencies))


class Closed(Loop):
    """A connection for each token."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked, len(asked.tokens))
        self._token = dict(zip(self.pipes, self.tokens, strict=True))
        self._sequence = dict.fromkeys(self.pipes, self.first)

    def run(self, seconds: float) -> Run:
        begun = time.perf_counter()
        for pipe in self.pipes:
            self._next(pipe)
        waiting = len(self.pipes)
        while waiting:
            for pipe in self.answers(1):
                if time.perf_counter() - begun < seconds:
                    self._next(pipe)
                else:
                    waiting -= 1
        return self.told(time.perf_counter() - begun)

    def _next(self, pipe: Pipe) -> None:
        self._sequence[pipe] += 1
        message = self.write(self._token[pipe], self._sequence[pipe])
        pipe.send(message, time.perf_counter())


class Open(Loop):
    """Messages go out when they are due; one that finds no pipe free waits, and its wait counts."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked, PIPES)
        self._step = asked.every / len(asked.tokens)

    def run(self, seconds: float) -> Run:
        begun, sent_so_far = time.perf_counter(), 0
        wanted, idle = int(seconds / self._step), list(self.pipes)
        while len(self.latencies) < wanted:
            due = begun + sent_so_far * self._step
            while sent_so_far < wanted and idle and due <= time.perf_counter():
                turn, who = divmod(sent_so_far, len(self.tokens))
                idle.pop().send(self.write(self.tokens[who], self.first + turn), due)
                sent_so_far += 1
                due = begun + sent_so_far * self._step
            pause = due - time.perf_counter() if idle and sent_so_far < wanted else 1
            idle += self.answers(max(0.0, min(pause, 1)))
        return self.told(time.perf_counter() - begun)


if __name__ == "__main__":
    print(json.dumps(vars(send(Asked(**json.load(sys.stdin))))))
