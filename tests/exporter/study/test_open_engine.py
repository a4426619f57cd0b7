"""An engine that cannot be had, or that fails, is told in one sentence and a hint."""

import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from boiduong_exporter.study.day_file import write_day
from boiduong_exporter.study.engines import Engine, open_engine
from boiduong_exporter.study.errors import StudyError

from tests.exporter.study.made import MIDNIGHT, NOON_AND_SIX, Span, table

ONE = Span(1, 2, 3, MIDNIGHT, MIDNIGHT + 60_000)


def refused(url: str) -> StudyError:
    with pytest.raises(StudyError) as raised, open_engine(url):
        pass
    return raised.value


@pytest.mark.parametrize("url", ["mysql://may", "", "DuckDB2", "//"])
def test_an_unknown_engine_is_answered_with_the_known_ones(url: str) -> None:
    error = refused(url or " ")
    assert "không biết công cụ tính toán" in error.message_vi
    assert "clickhouse://…" in error.hint_vi


@pytest.mark.parametrize(
    ("url", "library", "part"),
    [
        ("postgresql://may/so", "psycopg", "postgres"),
        ("clickhouse://may", "clickhouse_connect", "clickhouse"),
        ("pyspark", "pyspark", "spark"),
        ("duckdb", "duckdb", "exporter"),
    ],
)
def test_a_missing_library_is_named_with_the_part_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, url: str, library: str, part: str
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)  # type: ignore[arg-type]  how Python says "not there"
    error = refused(url)
    assert f"chưa cài thư viện «{library}" in error.message_vi
    assert f"{part}]'" in error.hint_vi


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    error = refused("postgresql+psycopg://can-bo:mat-khau@127.0.0.1:1/so")
    assert "không kết nối được tới công cụ tính toán «postgresql+psycopg»: connection failed" in error.message_vi
    assert "mat-khau" not in str(error)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("mysql://can-bo:bimat@may/so", "không biết công cụ tính toán «mysql»"),
        ("can-bo:bimat@may/so", "không biết công cụ tính toán «»"),
        ("postgres://can-bo:bimat@127.0.0.1:1/so", "không kết nối được tới công cụ tính toán «postgres»: connection"),
        ("postgresql:can-bo:bimat@may/so", "«postgresql»: địa chỉ viết chưa đúng"),
        ("postgresql://can-bo:x bimat@may/so", "«postgresql»: địa chỉ viết chưa đúng"),
        ("postgresql://can-bo:x@bimat@127.0.0.1:1/so", "«postgresql»: địa chỉ viết chưa đúng"),
    ],
)
def test_no_address_is_told_with_its_password(url: str, expected: str) -> None:
    error = refused(url)
    assert expected in error.message_vi
    assert "bimat" not in str(error)


def test_a_damaged_or_missing_file_is_told(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "2026-03-02.parquet"
    for content in (None, b"PAR1"):
        if content:
            path.write_bytes(content)
        with pytest.raises(StudyError, match=r"từ tệp «2026-03-02\.parquet» bằng"):
            list(engine.day_totals(path, NOON_AND_SIX))


def test_after_a_failure_the_engine_goes_on(engine: Engine, tmp_path: Path) -> None:
    damaged, sound = tmp_path / "a.parquet", tmp_path / "b.parquet"
    write_day(sound, table([ONE]))
    damaged.write_bytes(sound.read_bytes()[:-9])
    with pytest.raises(StudyError):
        list(engine.day_totals(damaged, NOON_AND_SIX))
    assert [total.morning_ms for total in engine.day_totals(sound, NOON_AND_SIX)] == [60_000]


def test_a_day_written_anew_is_read_anew(engine: Engine, tmp_path: Path) -> None:
    """Under its old name, as long as before, within a second: DuckDB's cache of files would answer with old bytes."""
    path = tmp_path / "a.parquet"
    for minutes in range(1, 7):
        spans = [ONE._replace(launch=launch, end_ms=MIDNIGHT + minutes * 60_000) for launch in range(3)]
        pq.write_table(table(spans), path, compression="none", use_dictionary=False)
        with engine.bring(path) as brought:
            assert brought.end_ms.max().to_pyarrow().as_py() == MIDNIGHT + minutes * 60_000


def test_a_day_without_spans_has_no_totals(engine: Engine, tmp_path: Path) -> None:
    write_day(tmp_path / "a.parquet", table([]))
    assert list(engine.day_totals(tmp_path / "a.parquet", NOON_AND_SIX)) == []
