"""Measures checking in: `make bench` runs it after bench_server.py. See tools/bench.py.

A check-in is what a telephone sends: the address that its camera opened, then the form of the page, with the cookies of
somebody who has entered. It goes over loopback to both doors of the real server behind waitress.

First the processor's share: check-ins one after another beside a bare Flask route that does one INSERT
(bench_server.py). Then 500 people in five minutes over slow links: their bytes trickle, and what counts is the time
from the last byte sent to the first received. Then 20,000 in ten minutes at 200 bridges, each with a screen that asks
every five seconds and a list that asks every ten; what counts is the time from when a request was due. Whatever was
answered must be a row.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boiduong_exporter.rulebook.read import read_rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.store import open_books
from boiduong_server.house import House
from boiduong_server.serving.web import Doors, opened
from boiduong_server.store import open_store

from tools.bench import ROOT, Figure
from tools.bench_class import furnish
from tools.bench_phones import HOST, Asked, Room, Run, sent
from tools.bench_sender import Asked as Beats
from tools.bench_sender import sent as beats_sent
from tools.bench_server import Server
from tools.bench_server import served as served_bare

MINUTES, PEOPLE, BRIDGES = 10.0, 20_000, 200
SLOW_MINUTES, SLOW_PEOPLE = 5.0, 500
WARM, COUNTED, SHARE_SECONDS = 40, 200, 1.0
"""For the processor's share: people who check in first, while everything is done for the first time; those who are
measured, and within how long they come: sooner than they are answered, so that nothing is idle."""
GOAL_MS, GOAL_SHARE = 300, 50
THREADS = 8
"""What `boiduong serve` has for pages."""


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    if arguments.serve:
        return serve(arguments.serve)
    missed = 0
    with tempfile.TemporaryDirectory(prefix="boiduong-") as scratch:
        for figure in measure(Path(scratch), arguments.minutes, arguments.people):
            print(figure, flush=True)
            missed += figure.value > figure.goal
    return int(missed > 0)


def measure(scratch: Path, minutes: float, people: int) -> Iterator[Figure]:
    few, many = scratch / "it", scratch / "nhieu"
    shorter = minutes / MINUTES
    slow = int(SLOW_PEOPLE * min(1, people * 10 / PEOPLE))
    rooms = made(few, 2, (WARM + COUNTED + slow) // 2)
    with served(few) as server:
        yield share(scratch, few, server, rooms)
        late = [part(room, (WARM + COUNTED) // 2) for room in rooms]
        yield from slow_links(few, server, Asked(server.port, late, SLOW_MINUTES * 60 * shorter, slow=True))
    rooms = made(many, BRIDGES, people // BRIDGES)
    with served(many) as server:
        yield from bridges(many, server, Asked(server.port, rooms, minutes * 60, watched=True))


def part(room: Room, first: int, last: int | None = None) -> Room:
    """The same with fewer people."""
    return Room(room.public, room.key, room.monitor, room.people[first:last])


def share(scratch: Path, folder: Path, server: Server, rooms: list[Room]) -> Figure:
    sent(Asked(server.port, [part(room, 0, WARM // 2) for room in rooms], SHARE_SECONDS / 5))
    before, counted = server.cpu, [part(room, WARM // 2, (WARM + COUNTED) // 2) for room in rooms]
    run = sent(Asked(server.port, counted, SHARE_SECONDS))
    own = (server.cpu - before) / run.checked
    assert not lost(folder, run, WARM, COUNTED), run.bad[:1]
    with served_bare("bare", scratch) as bare:
        before = bare.cpu
        beats = beats_sent(Beats("beats", bare.port, [str(each) for each in range(4)], 3))
        cost = (bare.cpu - before) / beats.answered
    note = f"{own:.2f} ms of CPU each; the bare route {cost:.2f} ms"
    return Figure("attending: a check-in (two requests), CPU over bare INSERT", own / cost, GOAL_SHARE, "x", note)


def slow_links(folder: Path, server: Server, asked: Asked) -> Iterator[Figure]:
    before = count(folder)
    run = sent(asked)
    people = sum(len(room.people) for room in asked.rooms)
    yield from told(f"attending: {people} over slow links in {asked.seconds / 60:g} min", run)
    yield Figure("attending: slow links, lost", lost(folder, run, before, people), 0, "", first_fault(run))


def bridges(folder: Path, server: Server, asked: Asked) -> Iterator[Figure]:
    before = server.cpu
    run = sent(asked)
    people = sum(len(room.people) for room in asked.rooms)
    yield from told(f"attending: {people:,} at {len(asked.rooms)} bridges in {asked.seconds / 60:g} min", run)
    load = (server.cpu - before) / 10 / run.seconds
    note = f"{first_fault(run)} processor {load:.0f} % of one, ended {run.seconds - asked.seconds:+.1f} s"
    yield Figure("attending: bridges, lost", lost(folder, run, 0, people), 0, "", note.strip())


def told(name: str, run: Run) -> Iterator[Figure]:
    for kind, times in sorted(run.kinds.items()):
        note = f"{times.answered:,} answered; p50 {times.p50:.1f} ms"
        yield Figure(f"{name}, {kind}, p99", times.p99, GOAL_MS, "ms", note)


def lost(folder: Path, run: Run, before: int, people: int) -> int:
    """Those who were told that they are here and have no row, or were told nothing of the kind."""
    rows = count(folder) - before
    return max(people, run.checked) - min(rows, run.checked) + len(run.bad)


def first_fault(run: Run) -> str:
    return next(iter(run.bad), "")[:200]


def count(folder: Path) -> int:
    with sqlite3.connect(folder / "may-chu.sqlite") as connection:
        return int(connection.execute("SELECT count(DISTINCT cadre) FROM server_scan").fetchone()[0])


# The server -----------------------------------------------------------------------------------------------------------


def made(folder: Path, bridges: int, people_each: int) -> list[Room]:
    """A folder with the class in it."""
    folder.mkdir()
    open_books(folder / "so.sqlite", create=True).close()
    house = house_of(folder)
    rooms = furnish(house, bridges, people_each)
    house.store.close()
    house.books.close()
    return rooms


def house_of(folder: Path) -> House:
    rules, problems = read_rules(ROOT / "content" / "rules")
    assert rules, problems
    return House(
        open_books(folder / "so.sqlite"), open_store(folder / "may-chu.sqlite"), Archive(folder / "so.beats"), rules,
        folder, f"http://{HOST}", f"http://goi.{HOST}", lambda: int(time.time() * 1000),
    )  # fmt: skip


def serve(folder: Path) -> int:
    """Serve until the standard input is closed; the first line told is the port."""
    with opened(house_of(folder), Doors("127.0.0.1:0", "127.0.0.1:0", THREADS, "")) as server:
        print(server.effective_port, flush=True)
        threading.Thread(target=server.run, daemon=True).start()
        sys.stdin.read()
    return 0


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    words = [sys.executable, "-m", "tools.bench_attending", "--serve", str(folder)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield Server(int(process.stdout.readline()), process.pid)
        finally:
            process.communicate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
