"""Measures the server under learners: `make bench` runs it last. See tools/bench.py.

Commits (3 KB of run-time data) and beats go over loopback to the real content host behind waitress, and in turn to a
bare Flask route, behind a waitress of the same settings, that does one INSERT at the same `synchronous` through a
connection of its thread's own: the share of its rate is the figure. Then 5,000 learners send a beat every 30 seconds,
evenly spread, and each beat that was answered must be a row. At the end, what a page view of provisional time costs
among all these.

Whoever sends is a process of its own that speaks raw sockets. Latency with learners counts from when a beat was due.
"""

import argparse
import logging
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from boiduong_exporter.rulebook.read import read_rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.store import open_books
from boiduong_server.house import House
from boiduong_server.packages.structure import Item, Organization, Structure, to_json
from boiduong_server.serving.web import PLAYER_THREADS
from boiduong_server.store import open_store
from boiduong_server.study.launches import Opening, open_launch
from boiduong_server.study.provisional import provisional
from boiduong_server.tables import PACKAGE
from sqlalchemy import insert

from tools.bench import ROOT, Figure
from tools.bench_books import province
from tools.bench_pages import page_times
from tools.bench_sender import Asked, Run, sent

APPLICATION, CONTENT = "http://boiduong.localhost", "http://goi.boiduong.localhost"
SECONDS, ROUNDS = 3.0, 5
"""Of one closed loop; how often ours and the bare one take turns."""
LEARNERS, EVERY, LASTS = 5_000, 30.0, 120.0
AN_HOUR = """
WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 119)
INSERT INTO server_beat (launch, sequence, received_ms, elapsed_ms, age_ms)
SELECT id, 100000000 + n, ?1 + 30000 * n, 30000, 0 FROM server_launch, n"""


@dataclass(frozen=True)
class Server:
    """A process that serves."""

    port: int
    pid: int

    @property
    def cpu(self) -> float:
        """Milliseconds so far, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--lasts", type=float, default=LASTS)
    parser.add_argument("--serve", choices=["ours", "bare"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    if arguments.serve:
        return serve(arguments.serve, arguments.folder)
    missed = 0
    with tempfile.TemporaryDirectory(prefix="boiduong-") as scratch:
        for figure in measure(Path(scratch), arguments):
            print(figure, flush=True)
            missed += figure.value > figure.goal
    return int(missed > 0)


def measure(scratch: Path, arguments: Any) -> Iterator[Figure]:
    tokens = furnish(scratch, arguments.learners + 72)
    with served("ours", scratch) as ours, served("bare", scratch) as bare:
        for what in ("commits", "beats"):
            for connections in (4, 32):
                some, tokens = tokens[:connections], tokens[connections:]
                yield from share(what, Asked(what, ours.port, some, arguments.seconds), ours, bare)
        yield from learners(scratch, Asked("beats", ours.port, tokens, arguments.lasts, every=EVERY))
    yield provisional_time(scratch)
    yield own_page(scratch / "trang")


def share(what: str, asked: Asked, ours: Server, bare: Server) -> Iterator[Figure]:
    """Bare rate over ours, turn by turn: at most 1/0.7."""
    turns = []
    for turn in range(ROUNDS):
        own = replace(asked, first=1 + turn * 1_000_000)
        turns.append((costed(own, ours), costed(replace(own, port=bare.port), bare)))
    cpu, bare_cpu = (statistics.median(turn[side].cpu for turn in turns) for side in (0, 1))
    rate, bare_rate = (statistics.median(turn[side].rate for turn in turns) for side in (0, 1))
    p50, p99 = (statistics.median(getattr(turn[0], name) for turn in turns) for name in ("p50", "p99"))
    bare_p99 = statistics.median(turn[1].p99 for turn in turns)
    name = f"server: {what} over {len(asked.tokens)} connections"
    note = f"{rate:,.0f} a second, bare {bare_rate:,.0f}; p50 {p50:.1f} ms"
    note = f"{note}; CPU {cpu:.2f} ms each, bare {bare_cpu:.2f}"
    ratio = statistics.median(bare_run.rate / own_run.rate for own_run, bare_run in turns)
    yield Figure(f"{name}, bare rate over ours", ratio, 1 / 0.7, "x", note)
    yield Figure(f"{name}, p99", p99, 60, "ms", f"bare {bare_p99:.1f} ms")


def costed(asked: Asked, server: Server) -> Run:
    before = server.cpu
    run = sent(asked)
    return replace(run, cpu=(server.cpu - before) / run.answered)


def learners(scratch: Path, asked: Asked) -> Iterator[Figure]:
    before = count(scratch)
    run = sent(asked)
    name = f"server: {len(asked.tokens):,} learners for {asked.seconds:.0f} s"
    yield Figure(f"{name}, p99", run.p99, 100, "ms", f"{run.rate:.0f} beats a second, p50 {run.p50:.1f} ms")
    lost = max(int(len(asked.tokens) * asked.seconds / EVERY), run.answered) - (count(scratch) - before)
    yield Figure(f"{name}, lost", lost, 0, "", f"{run.answered:,} answered, as many rows")


def own_page(scratch: Path) -> Figure:
    """«Của tôi» of some, where the books have as many as there are learners."""
    scratch.mkdir()
    with open_books(scratch / "so.sqlite", create=True) as books:
        province(books, LEARNERS)
    times = page_times(house_of(scratch), range(1, 101))
    note = f"{LEARNERS:,} people; p99 {times.p99:.0f} ms, first {times.first:.0f} ms"
    return Figure("server: the page of one's own, median", times.p50, 60, "ms", note)


def provisional_time(scratch: Path) -> Figure:
    """One learner's provisional time, where everybody has an hour of beats that the books do not have yet."""
    store = open_store(scratch / "may-chu.sqlite")
    store.write(lambda connection: connection.exec_driver_sql(AN_HOUR, (int(time.time() * 1000),)))
    store.close()
    house = house_of(scratch)
    seconds = []
    for learner in range(1_000, 1_020):
        begun = time.perf_counter()
        assert provisional(house, [learner]).parts
        seconds.append(time.perf_counter() - begun)
    note = f"first {seconds[0] * 1000:.0f} ms, {count(scratch):,} beats"
    return Figure("server: provisional time of one learner", statistics.median(seconds) * 1000, 50, "ms", note)


def count(scratch: Path) -> int:
    with sqlite3.connect(scratch / "may-chu.sqlite") as connection:
        return int(connection.execute("SELECT count(*) FROM server_beat").fetchone()[0])


# The servers ----------------------------------------------------------------------------------------------------------


def furnish(scratch: Path, many: int) -> list[str]:
    """A store where that many learners have opened a topic; their tokens."""
    open_books(scratch / "so.sqlite", create=True).close()
    items = (Item(identifier="bai", title="Bài", href="index.html", kind="sco"),)
    organization = Organization(identifier="to-chuc", title="Gói", items=items)
    structure = Structure(
        standard="scorm12",
        edition="1.2",
        identifier="goi",
        title="Gói",
        organizations=(organization,),
        default="to-chuc",
    )
    row = insert(PACKAGE).values(
        id=1,
        key="goi",
        digest="0",
        standard="scorm12",
        structure=to_json(structure),
        topic="cd",
        edition="1",
        added_ms=0,
    )
    store = open_store(scratch / "may-chu.sqlite")
    store.write(lambda connection: connection.execute(row))
    opened_ms = int(time.time() * 1000) - 60_000
    tokens = [
        open_launch(store, Opening(number, number, "L01", "cd", "1", 1), opened_ms).token
        for number in range(1, many + 1)
    ]
    store.close()
    return tokens


def serve(which: str, folder: Path) -> int:
    """Serve until the standard input is closed; the first line told is the port."""
    from waitress.server import create_server  # noqa: PLC0415

    logging.getLogger("waitress").setLevel(logging.ERROR)  # a queue is what is asked for here
    app = ours(folder) if which == "ours" else bare(folder)
    server = create_server(app, listen="127.0.0.1:0", threads=PLAYER_THREADS)
    print(server.effective_port, flush=True)
    threading.Thread(target=server.run, daemon=True).start()
    sys.stdin.read()
    return 0


def ours(folder: Path) -> Any:
    from boiduong_server.play.app import create  # noqa: PLC0415

    return create(house_of(folder))


def house_of(folder: Path) -> House:
    rules, problems = read_rules(ROOT / "content" / "rules")
    assert rules, problems
    return House(
        open_books(folder / "so.sqlite"), open_store(folder / "may-chu.sqlite"), Archive(folder / "so.beats"), rules,
        folder, APPLICATION, CONTENT, lambda: int(time.time() * 1000),
    )  # fmt: skip


def bare(folder: Path) -> Any:
    from flask import Flask, request  # noqa: PLC0415

    app = Flask("bare")
    own = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(folder / "tran.sqlite", timeout=10, isolation_level=None)
            own.connection.execute("PRAGMA journal_mode=WAL")
            own.connection.execute("PRAGMA synchronous=NORMAL")
            own.connection.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, token TEXT, body TEXT)")
        found: sqlite3.Connection = own.connection
        return found

    @app.post("/phien/<token>/<_what>")
    def keep(token: str, _what: str) -> dict[str, object]:
        connection().execute("INSERT INTO kept (token, body) VALUES (?, ?)", (token, request.get_data(as_text=True)))
        return {"result": True, "errorCode": 0}

    return app


@contextmanager
def served(which: str, folder: Path) -> Iterator[Server]:
    words = [sys.executable, "-m", "tools.bench_server", "--serve", which, "--folder", str(folder)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield Server(int(process.stdout.readline()), process.pid)
        finally:
            process.communicate()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main(sys.argv[1:]))
