"""The books as a store: SQLite for one office, PostgreSQL for a province; opened, migrated, and entered by one door for
writing and one for reading."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from boiduong_records.errors import BooksError
from boiduong_records.ledger import WRITER
from boiduong_records.migrating import Age, age_of, migrate
from boiduong_records.tables import HEAD

BUSY_SECONDS = 30
_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # an erased name must not linger in free pages
    "PRAGMA cache_size=-65536",
)
_LOOK = select(HEAD.c.seq)
_NEEDS_POSTGRES = "cài thêm phần «postgres»: pip install 'boiduong[postgres]'"


@dataclass(frozen=True)
class Books:
    """Opened books. Use as a context manager, or call `close`."""

    engine: Engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or, when the block raises, nothing. Writers wait for one another.

        Raises BooksError where the disk or the server refuses.
        """
        with _told(), self.engine.connect() as connection:
            writer = connection.execution_options(**{WRITER: True})
            with _begin(writer):
                yield writer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The books as they stand now, whatever is written meanwhile."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if self._is_postgres else {}
        with _told(), self.engine.connect() as connection:
            reader = connection.execution_options(**{WRITER: False}, **options)
            with _begin(reader):
                reader.execute(_LOOK)  # the snapshot is taken by the first look
                yield reader

    @property
    def _is_postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def close(self) -> None:
        """Let go of the file; the last to do so has SQLite fold its journal into it."""
        self.engine.dispose()

    def __enter__(self) -> "Books":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_books(where: str | Path, create: bool = False) -> Books:
    """The books in a SQLite file, or at a URL (sqlite:///…, postgresql+psycopg://…), brought up to this version.

    Raises BooksError when there are none and `create` is not set, when they are of a newer version, and when what is
    there cannot be opened as books.
    """
    url = url_of(where)
    if url.get_backend_name() == "sqlite":
        _require_file(url, create)
    with ExitStack() as opened:
        books = opened.enter_context(Books(_engine(url)))
        _bring_up(books, create)
        opened.pop_all()  # they stay open unless bringing them up has failed
    return books


def _bring_up(books: Books, create: bool) -> None:
    name = books.engine.url.render_as_string(hide_password=True)
    try:
        with books.engine.connect() as connection:
            age = age_of(connection)
        if age is Age.NEWER:
            raise BooksError(
                f"sổ «{name}» do phiên bản mới hơn của chương trình ghi", "cập nhật chương trình rồi mở lại"
            )
        if age is Age.NONE and not create:
            raise BooksError(f"«{name}» không phải sổ theo dõi bồi dưỡng", "kiểm tra lại đường dẫn, hoặc lập sổ mới")
        if age is not Age.CURRENT:
            with books.writing() as connection:
                migrate(connection)
    except DatabaseError as error:
        raise BooksError(
            f"không mở được sổ «{name}»: {error.orig}", "kiểm tra đường dẫn, chỗ trống trên đĩa, quyền ghi và máy chủ"
        ) from error


def url_of(where: str | Path) -> URL:
    """The address of the books in this file, or at this URL however people write it ("postgres://…").

    Raises BooksError for a URL that cannot be read.
    """
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise BooksError(
            f"không hiểu địa chỉ sổ «{where}»", "dùng đường dẫn tệp, hoặc postgresql+psycopg://…"
        ) from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _require_file(url: URL, create: bool) -> None:
    """SQLite would make an empty file of any name that is mistyped."""
    path = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise BooksError("sổ phải nằm trong một tệp", "nêu đường dẫn tệp sổ")
    if not create and not path.is_file():
        hint = (
            "chuyển về thư mục có sổ, hoặc chỉ đúng bằng --books; sổ mới bắt đầu bằng «boiduong import organizations»"
        )
        raise BooksError(f"không có tệp sổ «{path}»", hint)
    if not path.parent.is_dir():
        raise BooksError(f"không có thư mục «{path.parent}»", "tạo thư mục trước khi lập sổ")


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, **_options(url))
    except ModuleNotFoundError as error:
        raise BooksError(f"máy này thiếu {error.name} để mở «{url.drivername}»", _NEEDS_POSTGRES) from error
    except ArgumentError as error:
        raise BooksError(f"không mở được loại sổ «{url.drivername}»", "dùng SQLite hoặc postgresql+psycopg") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _options(url: URL) -> dict[str, Any]:
    return (
        {"connect_args": {"timeout": BUSY_SECONDS}} if url.get_backend_name() == "sqlite" else {"pool_pre_ping": True}
    )


def _prepare(connection: Any, _record: object) -> None:
    """The driver must not open transactions of its own accord: it would take the write lock too late."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writer = connection.get_execution_options().get(WRITER)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writer else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """A full disk, a folder without rights, a server that is gone: all is taken back, and people are told."""
    try:
        yield
    except OperationalError as error:
        message = f"không đọc hoặc ghi được sổ, sổ giữ nguyên như trước lệnh này ({error.orig})"
        raise BooksError(message, "kiểm tra chỗ trống trên đĩa, quyền ghi và máy chủ, rồi làm lại") from error


@contextmanager
def _begin(connection: Connection) -> Iterator[None]:
    try:
        transaction = connection.begin()
    except OperationalError as error:
        message = f"sổ đang bận hoặc không với tới được: {error.orig}"
        raise BooksError(message, "chờ việc đang ghi xong rồi thử lại") from error
    with transaction:
        yield
