"""Measures the counting of studied time: `make bench` runs it last. See tools/bench.py.

Fifty million spans of invented learners go day by day through the archive's own door (cut at midnight, sorted, one
Parquet file a day). Then the exporter's expression and a query that was written for DuckDB by hand count them in turn,
each run a process of its own, at the same memory limit and with all cores; their totals must be the same.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from boiduong_exporter.study.day_file import write_day
from boiduong_exporter.study.engines import MEMORY_LIMIT, open_engine
from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS, SPANS, split_at_midnight
from boiduong_exporter.study.union import Bounds, totals

from tools.bench import Figure

SPANS_IN_ALL = 50_000_000
DAYS, PER_DAY, TOPICS = 50, 10, 40
"""Each of the 100,000 learners: ten beats a day on fifty days, over forty topics."""
FIRST_DAY = 20_700
RUNS = 3
BATCH = 100_000

# A launch of six beats, then one of four: of every hundred learners thirty open it in a second tab while the first goes
# on, ten just before midnight (one beat in a hundred then crosses it), the others later. Hashes stand for chance.
ONE_DAY = """
WITH drawn AS (
  SELECT learner, beat, hash(learner, $day, 1) AS a, hash(learner, $day, 2) AS b, hash(learner, $day, beat) AS c
  FROM range($learners) l(learner), range(10) k(beat)
), launched AS (
  SELECT learner, beat, c, beat >= 6 AS second, $midnight + 21600000 + (a % 39600000)::BIGINT AS first_ms,
         CASE WHEN b % 100 < 30 THEN first_ms + ((b >> 8) % 120000)::BIGINT
              WHEN b % 100 < 40 THEN $midnight + 86400000 - 15000 - 30000 * ((b >> 8) % 4)::BIGINT
              ELSE first_ms + 1800000 + ((b >> 8) % 14400000)::BIGINT END AS second_ms
  FROM drawn
)
SELECT learner, ((CASE WHEN second THEN learner + 7 * $day + 3 ELSE learner + 7 * $day END) % $topics)::BIGINT AS study,
       (hash(learner, $day, second) >> 1)::BIGINT AS launch,
       CASE WHEN second THEN second_ms + 30000 * (beat - 6) ELSE first_ms + 30000 * beat END AS start_ms,
       start_ms + CASE WHEN c % 10 = 0 THEN 5000 + (c % 25000)::BIGINT ELSE 30000 END AS end_ms,
       (c % 20 = 1)::TINYINT AS offline
FROM launched
"""

BARE = """
WITH clocked AS (
  SELECT learner, study, launch, start_ms, end_ms, offline, (start_ms + 25200000) // 86400000 AS day,
         day * 86400000 - 25200000 + 43200000 AS noon, day * 86400000 - 25200000 + 64800000 AS dusk
  FROM read_parquet($files)
), gained AS (
  SELECT learner, day, study, end_ms, offline, noon, dusk,
         greatest(start_ms, max(end_ms) OVER (
           PARTITION BY learner, day ORDER BY start_ms, launch, end_ms, study, offline
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS fresh
  FROM clocked
), cut AS (
  SELECT learner, day, study, offline, greatest(0, least(end_ms, noon) - fresh) AS morning,
         greatest(0, least(end_ms, dusk) - greatest(fresh, noon)) AS afternoon,
         greatest(0, end_ms - greatest(fresh, dusk)) AS evening
  FROM gained WHERE end_ms > fresh
)
SELECT learner, day, study, sum(morning), sum(afternoon), sum(evening), sum(morning * offline),
       sum(afternoon * offline), sum(evening * offline)
FROM cut GROUP BY learner, day, study
"""


@dataclass(frozen=True)
class Run:
    """One counting: `mark` tells totals apart, whatever order they come in."""

    wall: float
    cpu: float
    rows: int
    mark: int
    megabytes: float = 0


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--spans", type=int, default=SPANS_IN_ALL)
    parser.add_argument("--only", choices=["ours", "bare"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(words)
    if arguments.only:
        print(json.dumps(vars(counted(arguments.only, arguments.folder))))
        return 0
    figures = []
    with tempfile.TemporaryDirectory(prefix="boiduong-") as scratch:
        for figure in measure(Path(scratch), arguments.spans):
            print(figure, flush=True)
            figures.append(figure)
    return int(any(figure.value > figure.goal for figure in figures))


def measure(scratch: Path, spans: int) -> Iterator[Figure]:
    start = time.perf_counter()
    stored = write_days(scratch, spans // (DAYS * PER_DAY))
    rate = stored / (time.perf_counter() - start)
    size = sum(path.stat().st_size for path in scratch.iterdir()) / stored
    note = f"{rate:,.0f} a second, {size:.1f} bytes each"
    ours, bare = alternating(scratch)
    if len({(run.rows, run.mark) for run in (*ours, *bare)}) != 1:
        sys.exit(f"the totals differ: {ours} {bare}")
    name = f"study: union of {stored:,} pieces"
    for what, seconds in (("CPU", lambda run: run.cpu), ("wall", lambda run: run.wall)):
        own, by_hand = (statistics.median(map(seconds, runs)) for runs in (ours, bare))
        yield Figure(f"{name}, {what}, x bare DuckDB", own / by_hand, 1.5, "", f"{own:.1f} s, bare {by_hand:.1f} s")
    peak, bare_peak = (max(run.megabytes for run in runs) for runs in (ours, bare))
    note = f"bare {bare_peak:.0f}; stored at {note}"
    yield Figure(f"{name}: peak memory", peak, 1536, "MB", note)


def write_days(folder: Path, learners: int) -> int:
    """How many pieces there are in the files; what of a night belongs to the next day waits for it."""
    waiting, stored = SPANS.empty_table(), 0
    for day in range(FIRST_DAY, FIRST_DAY + DAYS + 1):
        begins = day * DAY_MS - LOCAL_MS
        new = split_at_midnight(one_day(day, learners)) if day < FIRST_DAY + DAYS else SPANS.empty_table()
        pieces = pa.concat_tables([waiting, new])
        tomorrow = pc.greater_equal(pieces["start_ms"], begins + DAY_MS)
        waiting = pieces.filter(tomorrow)
        write_day(folder / f"{day}.parquet", today := pieces.filter(pc.invert(tomorrow)))
        stored += today.num_rows
    return stored


def one_day(day: int, learners: int) -> pa.Table:
    values = {"day": day, "midnight": day * DAY_MS - LOCAL_MS, "learners": learners, "topics": TOPICS}
    with duckdb.connect() as connection:
        return connection.execute(ONE_DAY, values).to_arrow_table().cast(SPANS)


def alternating(folder: Path) -> tuple[list[Run], list[Run]]:
    pairs = [(child("ours", folder), child("bare", folder)) for _ in range(RUNS)]
    return [ours for ours, _ in pairs], [bare for _, bare in pairs]


def child(which: str, folder: Path) -> Run:
    words = [sys.executable, "-m", "tools.bench_study", "--only", which, "--folder", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{which} ended with {process.returncode}")
    return Run(**{**json.loads(said), "megabytes": usage.ru_maxrss / 1024})


def counted(which: str, folder: Path) -> Run:
    """From the question to the last row of the answer."""
    files = folder / "*.parquet"
    with ours(files) if which == "ours" else bare(files) as ask:
        wall, cpu = time.perf_counter(), time.process_time()
        rows = mark = 0
        for batch in ask():
            rows += batch.num_rows
            mark += marked(batch)
        return Run(time.perf_counter() - wall, time.process_time() - cpu, rows, mark % 2**64)


@contextmanager
def ours(files: Path) -> Iterator[Any]:
    with open_engine() as engine, engine.bring(files) as spans:
        yield lambda: totals(spans, Bounds()).to_pyarrow_batches(chunk_size=BATCH)


@contextmanager
def bare(files: Path) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as scratch:
        settings: dict[str, Any] = {
            "memory_limit": MEMORY_LIMIT, "temp_directory": scratch, "preserve_insertion_order": False,
        }  # fmt: skip
        with duckdb.connect(config=settings) as connection:
            yield lambda: connection.execute(BARE, {"files": str(files)}).to_arrow_reader(BATCH)


def marked(batch: Any) -> int:
    """A sum over rows of products in which each column has a weight of its own, modulo 2**64."""
    columns = [column.cast(pa.int64()).to_numpy().view(np.uint64) for column in batch.columns]
    key = columns[0] * np.uint64(1_000_003) + columns[1] * np.uint64(10_007) + columns[2] + np.uint64(1)
    weights = (np.uint64(2 * place + 3) ** np.uint64(17) for place in range(6))
    value = sum((column * weight for column, weight in zip(columns[3:], weights, strict=True)), start=np.uint64(0))
    return int((key * key * value).sum())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
