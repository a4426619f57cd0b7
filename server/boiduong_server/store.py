"""The server's own tables as a store: opened, migrated, and entered by one door for reading and one for writing.

Writers queue: on SQLite they would else meet its busy wait, which lets some of them starve. A work is answered when its
transaction has been committed, so whatever was answered survives the end of the process. What a power cut can lose
docs/operations.md tells: SQLite runs at synchronous NORMAL here, where a commit does not wait for the disk, so that
sharing one among several works would gain nothing.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from boiduong_records.store import url_of
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from boiduong_server.errors import StoreError
from boiduong_server.migrating import migrate

BUSY_SECONDS = 10
_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA wal_autocheckpoint=20000",
)
_FOLD_SECONDS = 1.0
"""How often SQLite's journal is folded into the file, by a thread of its own: whoever commits would else wait for the
disk every few hundred beats. Pages beyond `wal_autocheckpoint` are folded by whoever commits, as ever."""
_WRITER = "server_writes"
_Answer = TypeVar("_Answer")
Work = Callable[[Connection], _Answer]


class Statement:
    """SQL that both databases understand, for the few statements that run with every beat: it goes to the driver as it
    stands, past SQLAlchemy, whose own way costs several times what SQLite needs. Parameters are `:named`."""

    def __init__(self, sql: str) -> None:
        self._sql = sql
        self._postgres = ""

    def on(self, connection: Connection, **values: int | str | None) -> Any:
        """The driver's cursor."""
        return _driver(connection).execute(self._for(connection), values)

    def _for(self, connection: Connection) -> str:
        if connection.dialect.name == "sqlite":
            return self._sql
        self._postgres = self._postgres or str(text(self._sql).compile(dialect=connection.dialect))
        return self._postgres


class Store:
    """An opened store. Close it when nobody writes or reads any more."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._refusals = (DBAPIError, engine.dialect.loaded_dbapi.Error)
        self._clash = engine.dialect.loaded_dbapi.IntegrityError
        self._turn = Lock()
        self._writer: Connection | None = None
        self._readers: deque[Connection] = deque()
        self._grown, self._closing = Event(), Event()
        self._folder = Thread(target=self._fold, name="checkpoints", daemon=True)
        if engine.dialect.name == "sqlite":
            self._folder.start()

    def write(self, work: Work[_Answer]) -> _Answer:
        """Do the work in a transaction and answer what it answers, once that is committed. What it raises is raised
        here, and nothing of it is kept. A work must be short: others wait.

        Raises StoreError where the database is busy or refuses.
        """
        with self._turn:
            try:
                answer = self._transaction(work)
            except self._refusals as error:
                self._let_go()
                if isinstance(getattr(error, "orig", error), self._clash):
                    raise  # a name that is taken: for the caller to say
                raise _refused(error) from error
        self._grown.set()
        return answer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The tables as they stand now.

        Raises StoreError where the database refuses.
        """
        try:
            connection = self._reader()
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                connection.close()
                raise
            self._readers.append(connection)
        except self._refusals as error:
            raise _refused(error) from error

    def close(self) -> None:
        self._closing.set()
        if self._folder.is_alive():
            self._folder.join()
        self._let_go()
        self.engine.dispose()

    def _fold(self) -> None:
        with suppress(*self._refusals), self.engine.connect() as connection:  # what is no database is told who opens it
            while not self._closing.wait(_FOLD_SECONDS):
                if self._grown.is_set():
                    self._grown.clear()
                    with suppress(*self._refusals):  # a full disk is told to those who write
                        _driver(connection).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _reader(self) -> Connection:
        """Connections are kept, as the writer's is."""
        try:
            return self._readers.pop()
        except IndexError:
            return self.engine.connect()

    def _transaction(self, work: Work[_Answer]) -> _Answer:
        """The writer's connection is kept: to fetch one from the pool takes longer than to insert a row."""
        if self._writer is None:
            self._writer = self.engine.connect().execution_options(**{_WRITER: True})
        with self._writer.begin():
            return work(self._writer)

    def _let_go(self) -> None:
        """Of the connections that are kept: after a failure they may be the reason."""
        kept, self._writer = [self._writer] if self._writer else [], None
        while self._readers:
            kept.append(self._readers.pop())
        for connection in kept:
            connection.close()


def store_of(books: str) -> str | Path:
    """Where the tables of the server are whose books are in this file or at this address: a file beside, or the same
    database."""
    return books if "://" in books else Path(books).parent / "may-chu.sqlite"


def open_store(where: str | Path) -> Store:
    """The store in a SQLite file, made where there is none, or at a URL (postgresql+psycopg://…), brought up to this
    version.

    Raises StoreError where it cannot be opened.
    """
    url = url_of(where)
    engine = create_engine(url, **_options(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin_sqlite)
    store = Store(engine)
    store.write(migrate)
    return store


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}, "pool_size": 32}
    return {"pool_pre_ping": True, "pool_size": 32}


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITER)
    _driver(connection).execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _driver(connection: Connection) -> Any:
    """The connection of sqlite3 or psycopg."""
    return connection.connection.driver_connection


def _refused(error: Exception) -> StoreError:
    message = f"máy chủ chưa ghi hoặc đọc được dữ liệu lúc này ({getattr(error, 'orig', error)})"
    hint = "thử lại sau ít phút; nếu vẫn vậy, báo người quản trị xem chỗ trống trên đĩa"
    return StoreError(message, hint)
