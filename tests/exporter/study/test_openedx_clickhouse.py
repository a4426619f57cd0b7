"""Studied time out of ClickHouse, as docs/openedx.md tells an analyst to count it; `make test-engines` has one."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count as counter
from typing import Any

import ibis
from boiduong_exporter.logs.openedx import TrackingLog
from boiduong_exporter.logs.record import Beat
from boiduong_exporter.study.spans import launch_number

from tests.exporter.study.conftest import ENGINES, Count
from tests.exporter.study.made import Span
from tests.openedx_guide import event, names_of, tracking_line, transformer

COURSE = "course-v1:truong+145-2026+L01"
ADDRESSES = [each for each in ENGINES if each.startswith("clickhouse:")]
TABLE = """CREATE TABLE xapi.xapi_events_all
(event_id UUID NOT NULL, emission_time DateTime64(6) NOT NULL, event String NOT NULL)
ENGINE ReplacingMergeTree ORDER BY (emission_time, event_id)
PARTITION BY toYYYYMM(emission_time) PRIMARY KEY (emission_time, event_id)"""
"""As Aspects makes it (tutor-contrib-aspects, migrations 0030 and 0032)."""


def test_the_guides_code_counts_in_clickhouse_what_the_books_count_from_the_log(count_in_duckdb: Count) -> None:
    (address,) = ADDRESSES
    events = list(_events())
    con = ibis.connect(address)
    con.raw_sql("DROP DATABASE IF EXISTS xapi")
    con.raw_sql("CREATE DATABASE xapi")
    con.raw_sql(TABLE)
    made = [transformer()(each).transform() for each in events]
    # An LRS may be sent a statement twice, and holds statements of other kinds.
    for statement in [*made, *made[:5], _other(made[0])]:
        text = json.dumps(statement).replace("\\", "\\\\").replace("'", "\\'")
        time = statement["timestamp"].removesuffix("+00:00").replace("T", " ")
        con.raw_sql(f"INSERT INTO xapi.xapi_events_all VALUES ('{statement['id']}', '{time}', '{text}')")
    rows = names_of("hoc.py")["studied"](address, "xapi").execute().to_dict("records")
    found = {(row["person"], row["day"], row["topic"]): _halves(row) for row in rows}
    assert found == _from_the_log(events, count_in_duckdb)
    assert {(row["course"], row["edition"]) for row in rows} == {(COURSE, "2026.1")}
    assert len(found) == 6


SITTINGS = [
    ("an.nv", "che-do", "a1", "2026-11-24T03:00:00", 40, 30_000, 0),
    ("an.nv", "che-do", "a2", "2026-11-24T03:10:05", 40, 30_000, 0),
    ("an.nv", "ke-hoach", "a3", "2026-11-24T03:15:00", 30, 30_000, 0),
    ("an.nv", "che-do", "a4", "2026-11-24T16:55:10", 30, 30_000, 0),
    ("binh.tt", "che-do", "b1", "2026-11-24T04:50:00", 40, 30_000, 0),
    ("binh.tt", "che-do", "b2", "2026-11-24T08:00:00", 2, 8 * 3_600_000, 0),
    ("binh.tt", "ke-hoach", "b5", "2026-11-24T01:00:00", 2, 34_000, 0),
    ("binh.tt", "ke-hoach", "b3", "2026-11-25T04:55:00", 20, 30_000, 3_600_000),
    ("binh.tt", "ke-hoach", "b4", "2026-11-25T01:00:00", 2, 30_000, 8 * 86_400_000),
]
"""Learner, topic, launch, opened at, signs, elapsed before each, age of each: two tabs at once, two topics, past local
midnight, past noon, a laptop that slept, a sign that claims more
than its launch has lasted, an hour and then eight days without a connection."""


def _events() -> Iterator[dict[str, Any]]:
    for learner, topic, launch, opened, signs, elapsed_ms, age_ms in SITTINGS:
        opened_ms = int(datetime.fromisoformat(f"{opened}+00:00").timestamp()) * 1000
        for n in range(signs):
            beat = {"topic": topic, "edition": "2026.1", "launch": launch, "sequence": n, "opened_ms": opened_ms}
            received_ms = opened_ms + n * (elapsed_ms // 30_000 * 30_000) + age_ms + 123
            times = {"elapsed_ms": elapsed_ms if n else 0, "age_ms": age_ms}
            yield event(learner, _iso(received_ms), COURSE, {**beat, **times})


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000 + 456).isoformat()


def _other(statement: dict[str, Any]) -> dict[str, Any]:
    return {**statement, "id": "00000000-0000-4000-8000-000000000001", "context": {"extensions": {}}}


def _halves(row: dict[str, Any]) -> tuple[int, ...]:
    halves = ("morning_ms", "afternoon_ms", "evening_ms")
    return tuple(int(row[name]) for name in (*halves, *(half.replace("_ms", "_offline_ms") for half in halves)))


def _from_the_log(events: list[dict[str, Any]], count: Count) -> dict[tuple[str, int, str], tuple[int, ...]]:
    """The same, as an import reads the tracking log and the seal counts it."""
    numbers: dict[str, int] = defaultdict(counter().__next__)
    spans = [
        Span(
            numbers[one.learner],
            numbers[one.where.topic],
            launch_number(one.launch),
            one.start_ms,
            one.end_ms,
            int(one.offline),
        )
        for one in TrackingLog({}).read(1, [tracking_line(each) for each in events])
        if isinstance(one, Beat)
    ]
    named = {number: name for name, number in numbers.items()}
    return {(named[total.learner], total.day, named[total.study]): tuple(total[3:]) for total in count(spans)}
