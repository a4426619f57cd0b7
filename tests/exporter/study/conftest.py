"""Engines are slow to open: each is opened once."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from boiduong_exporter.study.engines import DayTotal, Engine, open_engine
from boiduong_exporter.study.spans import split_at_midnight
from boiduong_exporter.study.union import Bounds

from tests.exporter.study.made import NOON_AND_SIX, Span, table

ENGINES = ["duckdb", "sqlite", *os.environ.get("BOIDUONG_TEST_ENGINES", "").split()]
"""Two in every run; `make test-engines` names the others."""
collect_ignore = [] if any(each.startswith("clickhouse:") for each in ENGINES) else ["test_openedx_clickhouse.py"]
"""What the guide counts in ClickHouse is counted where there is one."""

Count = Callable[..., list[DayTotal]]


@pytest.fixture(scope="session", params=ENGINES, ids=lambda url: url.partition(":")[0])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with open_engine(request.param) as opened:
        yield opened


@pytest.fixture(scope="session")
def duckdb() -> Iterator[Engine]:
    with open_engine() as opened:
        yield opened


@pytest.fixture(scope="session")
def count(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Count:
    return counting(engine, tmp_path_factory.mktemp("spans"))


@pytest.fixture(scope="session")
def count_in_duckdb(duckdb: Engine, tmp_path_factory: pytest.TempPathFactory) -> Count:
    return counting(duckdb, tmp_path_factory.mktemp("spans"))


def counting(engine: Engine, folder: Path) -> Count:
    """What becomes of spans: cut at midnight, put into a file, counted, sorted."""

    def count(spans: Iterable[Span], bounds: Bounds = NOON_AND_SIX) -> list[DayTotal]:
        path = folder / "spans.parquet"
        pq.write_table(split_at_midnight(table(spans)), path)
        return sorted(engine.day_totals(path, bounds))

    return count
