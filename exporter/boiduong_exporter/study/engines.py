"""Where studied time is counted: the one expression of union.py, live on the engine that an office has.

DuckDB, inside the process and within its memory limit, needs nothing beside the package. SQLite is its second opinion.
PostgreSQL, ClickHouse and Spark are for a province's or a country's own machines; the day's spans are brought to the
first two and dropped again, Spark reads the file where it lies.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from boiduong_exporter.study.errors import StudyError
from boiduong_exporter.study.spans import SPANS
from boiduong_exporter.study.union import Bounds, totals

MEMORY_LIMIT = "1GB"
_ROWS_AT_ONCE = 100_000
_TABLE = "boiduong_spans"
_SCHEME = re.compile(r"([A-Za-z]\w*)(?=[+:]|$)")
_WORDS = re.compile(r"\w+")


class DayTotal(NamedTuple):
    """One learner's studied time in one study on one local day (days since 1970), in milliseconds; the last three are
    the claimed part of the three before. The columns of union.totals."""

    learner: int
    day: int
    study: int
    morning_ms: int
    afternoon_ms: int
    evening_ms: int
    morning_offline_ms: int
    afternoon_offline_ms: int
    evening_offline_ms: int


@dataclass(frozen=True)
class Engine:
    """An open engine. `bring` gives the spans of a file as an Ibis table for as long as its block lasts; `failures`
    are what the engine raises."""

    name: str
    bring: Callable[[Path], AbstractContextManager[Any]]
    failures: tuple[type[Exception], ...]

    def day_totals(self, path: Path, bounds: Bounds) -> Iterator[DayTotal]:
        """The totals of a Parquet file of spans (spans.SPANS, cut at midnight), in no order.

        Raises StudyError when the engine fails: a damaged file, no room, no longer there.
        """
        try:
            with self.bring(path) as spans:
                for batch in totals(spans, bounds).to_pyarrow_batches(chunk_size=_ROWS_AT_ONCE):
                    columns = (column.cast(pa.int64()).to_pylist() for column in batch.columns)
                    yield from map(DayTotal, *columns)
        except (*self.failures, OSError, pa.ArrowException) as error:
            said = str(error).strip().partition("\n")[0]
            raise StudyError(
                f"không tính được thời gian học từ tệp «{path.name}» bằng «{self.name}»: {said}",
                "kiểm tra tệp, chỗ trống trên đĩa và kết nối, rồi làm lại; chưa có gì được ghi vào sổ",
            ) from error


@contextmanager
def open_engine(url: str | None = None) -> Iterator[Engine]:
    """The engine at `url`: "duckdb" (what None means), "sqlite", "pyspark" (the session that Spark's own settings
    name), "postgresql://…" (or "postgres://…"), "clickhouse://…".

    Raises StudyError for another address, when the engine's library is not installed, and when nobody answers there.
    """
    said = _SCHEME.match(url or "duckdb")
    kind = said[1] if said else ""
    kind = _OTHERWISE.get(kind, kind)
    if kind not in _KINDS:  # the rest of the address may hold a password
        raise StudyError(f"không biết công cụ tính toán «{kind}»", f"chọn một trong các loại: {', '.join(KNOWN)}")
    with ExitStack() as stack:
        try:
            engine = stack.enter_context(_KINDS[kind](url or kind))
        except ImportError as error:
            raise StudyError(
                f"chưa cài thư viện «{error.name}» mà công cụ tính toán «{kind}» cần", f"pip install '{_NEEDS[kind]}'"
            ) from error
        yield engine


@contextmanager
def _duckdb(_url: str) -> Iterator[Engine]:
    import duckdb  # noqa: PLC0415  each engine's library is loaded by those who chose it
    import ibis  # noqa: PLC0415

    with TemporaryDirectory(prefix="boiduong-") as scratch:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY_LIMIT, "temp_directory": scratch, "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "enable_external_file_cache": False,  # it tells files apart by whole seconds
        }  # fmt: skip
        with duckdb.connect(config=settings) as opened:
            connection = ibis.duckdb.from_connection(opened)
            yield Engine("duckdb", lambda path: _reading(connection, str(path)), (duckdb.Error,))


@contextmanager
def _sqlite(_url: str) -> Iterator[Engine]:
    import sqlite3  # noqa: PLC0415

    import ibis  # noqa: PLC0415

    connection = ibis.sqlite.connect("")  # a file without a name, which SQLite removes itself
    insert = f"INSERT INTO {_TABLE} VALUES ({', '.join('?' * len(SPANS))})"  # noqa: S608  no word of a user's

    def fill(batch: Any) -> None:
        connection.con.executemany(insert, zip(*(column.to_pylist() for column in batch.columns), strict=True))

    try:
        yield Engine("sqlite", lambda path: _brought(connection, path, fill, temp=True), (sqlite3.Error,))
    finally:
        connection.disconnect()


@contextmanager
def _postgresql(url: str) -> Iterator[Engine]:
    import ibis  # noqa: PLC0415
    import psycopg  # noqa: PLC0415

    try:
        opened = psycopg.connect(url.replace("+psycopg:", ":", 1), autocommit=True)
    except psycopg.Error as error:
        raise _no_answer(url, error) from error
    with opened:
        connection = ibis.postgres.from_connection(opened)

        def fill(batch: Any) -> None:
            with opened.cursor() as cursor, cursor.copy(f"COPY {_TABLE} FROM STDIN") as copy:
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    copy.write_row(row)

        yield Engine("postgresql", lambda path: _brought(connection, path, fill, temp=True), (psycopg.Error,))


@contextmanager
def _clickhouse(url: str) -> Iterator[Engine]:
    import ibis  # noqa: PLC0415
    from clickhouse_connect.driver.exceptions import ClickHouseError  # noqa: PLC0415

    try:
        connection = ibis.connect(url)
    except ClickHouseError as error:
        raise _no_answer(url, error) from error

    def fill(batch: Any) -> None:
        connection.con.insert_arrow(_TABLE, pa.Table.from_batches([batch]))

    try:
        yield Engine(
            "clickhouse", lambda path: _brought(connection, path, fill, temp=True, engine="Memory"), (ClickHouseError,)
        )
    finally:
        connection.disconnect()


@contextmanager
def _pyspark(_url: str) -> Iterator[Engine]:
    import ibis  # noqa: PLC0415
    import pyspark.errors  # noqa: PLC0415
    import pyspark.sql  # noqa: PLC0415
    from py4j.protocol import Py4JError  # noqa: PLC0415

    try:
        session = pyspark.sql.SparkSession.builder.appName("boiduong").getOrCreate()
    except pyspark.errors.PySparkException as error:
        raise StudyError(f"Spark không khởi động được: {error}", "cài Java 17 hoặc 21 và đặt JAVA_HOME") from error
    connection = ibis.pyspark.connect(session)
    try:
        failures = (pyspark.errors.PySparkException, Py4JError)
        yield Engine("pyspark", lambda path: _reading(connection, path.resolve().as_uri()), failures)
    finally:
        session.stop()


@contextmanager
def _reading(connection: Any, path: str) -> Iterator[Any]:
    """The file read where it lies."""
    spans = connection.read_parquet(path)
    try:
        yield spans
    finally:
        connection.drop_view(spans.get_name(), force=True)


@contextmanager
def _brought(connection: Any, path: Path, fill: Callable[[Any], None], **options: Any) -> Iterator[Any]:
    """A table of the session's own with the file's rows, a batch at a time."""
    spans = connection.create_table(_TABLE, schema=SPANS, **options)
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=SPANS.names):
                fill(batch)
        yield spans
    finally:
        connection.drop_table(_TABLE, force=True)


def _no_answer(url: str, error: Exception) -> StudyError:
    """Without the address's password: what an officer copies into a letter must not carry it. Where the address is not
    well written, a driver may quote pieces of it; then it is not quoted."""
    said = str(error).strip().partition("\n")[0]
    password = url.rpartition("@")[0].partition(":")[2].partition(":")[2]
    if {*_WORDS.findall(password)} & {*_WORDS.findall(said)}:
        said = "địa chỉ viết chưa đúng; trong mật khẩu, ký tự đặc biệt viết dạng %40 (là @), %2F (là /)"
    return StudyError(
        f"không kết nối được tới công cụ tính toán «{url.partition(':')[0]}»: {said}",
        "kiểm tra địa chỉ, tên, mật khẩu, và máy chủ có đang chạy không",
    )


_KINDS: dict[str, Callable[[str], AbstractContextManager[Engine]]] = {
    "duckdb": _duckdb,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "clickhouse": _clickhouse,
    "pyspark": _pyspark,
}
_OTHERWISE = {"postgres": "postgresql"}
"""What an address may say as well."""
KNOWN = ("duckdb", "sqlite", "pyspark", "postgresql://…", "clickhouse://…")
_NEEDS = {
    "duckdb": "boiduong[exporter]",
    "sqlite": "boiduong[exporter]",
    "postgresql": "boiduong[exporter,postgres]",
    "clickhouse": "boiduong[exporter,clickhouse]",
    "pyspark": "boiduong[exporter,spark]",
}
