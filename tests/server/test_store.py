"""The store: whatever was answered is there, whatever failed left nothing, and nobody disturbs anybody."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from boiduong_server.errors import ServerError, StoreError
from boiduong_server.migrating import context_of
from boiduong_server.store import Store, open_store
from boiduong_server.tables import METADATA, SECRET
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from tests.records.conftest import where

__all__ = ["where"]


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    opened = open_store(where)
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """In SQLite, whose file and locks the test can reach."""
    opened = open_store(tmp_path / "may-chu.sqlite")
    yield opened
    opened.close()


def put(name: str, size: int = 1) -> Any:
    """A work that keeps a row and answers its name."""

    def work(connection: Connection) -> str:
        connection.execute(insert(SECRET).values(name=name, value=b"x" * size))
        return name

    return work


def names(store: Store) -> set[str]:
    with store.reading() as connection:
        return {*connection.execute(select(SECRET.c.name)).scalars()} - {"session"}


def at_once(store: Store, *works: Any) -> list["Future[Any]"]:
    """The works begin while another is at it, so that they wait together."""
    begun = Event()

    def hold(_connection: Connection) -> None:
        begun.set()
        time.sleep(0.1)

    with ThreadPoolExecutor(len(works) + 1) as threads:
        threads.submit(store.write, hold)
        begun.wait(10)
        return [threads.submit(store.write, work) for work in works]


def fail(connection: Connection) -> None:
    put("that-bai")(connection)
    raise ServerError("không được")


def test_works_that_come_together_are_all_done(store: Store) -> None:
    at_once(store, *(put(f"n{number}") for number in range(20)))
    assert len(names(store)) == 20


def test_a_work_that_fails_keeps_nothing_and_disturbs_no_other(store: Store) -> None:
    futures = at_once(store, put("mot"), fail, put("mot"), put("hai"))
    errors = [type(future.exception()) for future in futures]
    assert sorted(error.__name__ for error in errors) == ["IntegrityError", "NoneType", "NoneType", "ServerError"]
    assert names(store) == {"mot", "hai"}


def test_a_work_that_fails_leaves_the_store_as_it_was(store: Store) -> None:
    with pytest.raises(ServerError, match="không được"):
        store.write(fail)
    assert store.write(put("mot")) == "mot"
    with pytest.raises(IntegrityError):  # the name is taken: for the caller to say
        store.write(put("mot"))
    assert names(store) == {"mot"}


def test_what_is_read_is_what_was_committed(store: Store) -> None:
    with store.reading() as connection:
        count = select(func.count()).select_from(SECRET)
        before = connection.execute(count).scalar_one()
        with ThreadPoolExecutor(1) as threads:
            threads.submit(store.write, put("mot")).result()
        if store.engine.dialect.name == "sqlite":  # PostgreSQL shows each statement what stands when it begins
            assert connection.execute(count).scalar_one() == before
    assert names(store) == {"mot"}


def test_a_locked_database_is_told_and_loses_nothing(file_store: Store, tmp_path: Path) -> None:
    file_store.write(put("truoc"))
    file_store.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=50").fetchall())
    other = sqlite3.connect(tmp_path / "may-chu.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as error:
        file_store.write(put("giua"))
    assert error.value.status == 503
    assert "locked" in error.value.message_vi
    other.execute("ROLLBACK")
    other.close()
    file_store.write(put("sau"))
    assert names(file_store) == {"truoc", "sau"}


def test_a_full_disk_is_told_and_loses_nothing(file_store: Store) -> None:
    file_store.write(put("truoc"))

    def fill_up(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    file_store.write(fill_up)
    with pytest.raises(StoreError) as error:
        file_store.write(put("to", 1_000_000))
    assert error.value.status == 503
    assert names(file_store) == {"truoc"}
    assert file_store.write(put("sau", 1_000_000)) == "sau"  # there is room again: a new connection has no such limit


_FILLS = """
import resource, signal, sys
from boiduong_server.errors import StoreError
from boiduong_server.store import open_store
from boiduong_server.tables import SECRET
from sqlalchemy import insert

store = open_store(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
answered = 0
try:
    for number in range(1_000):
        store.write(lambda c: c.execute(insert(SECRET).values(name=f"n{number}", value=b"x" * 20_000)) and None)
        answered += 1
except StoreError as error:
    print(answered, error.status, flush=True)
"""


def test_a_disk_that_is_really_full_gives_a_clear_answer_and_keeps_what_was_answered(tmp_path: Path) -> None:
    path = tmp_path / "may-chu.sqlite"
    done = subprocess.run([sys.executable, "-c", _FILLS, str(path)], capture_output=True, text=True, check=True)
    answered, status = map(int, done.stdout.split())
    assert answered > 10
    assert status == 503
    store = open_store(path)
    assert names(store) == {f"n{number}" for number in range(answered)}
    store.close()


def test_the_journal_is_folded_while_others_write(file_store: Store, tmp_path: Path) -> None:
    """SQLite's own wal_autocheckpoint of 1,000 pages would let the journal grow to four megabytes at least."""
    file = tmp_path / "may-chu.sqlite"
    before = file.stat().st_size
    file_store.write(put("to", 1_000_000))
    deadline = time.monotonic() + 10
    while file.stat().st_size < before + 1_000_000:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_migrations_lay_out_what_the_tables_say(store: Store) -> None:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415

    with store.reading() as connection:
        found = compare_metadata(context_of(connection), METADATA)
    assert found == []
