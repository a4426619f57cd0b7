"""Books and tables as of one moment, laid aside as files that go into a backup."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from boiduong_records.store import open_books

from boiduong_server.backups import postgres, sqlite
from boiduong_server.backups.known import Known, known_of
from boiduong_server.backups.manifest import BOOKS, DUMP, STORE
from boiduong_server.backups.places import Places
from boiduong_server.errors import ServerError
from boiduong_server.store import open_store


@dataclass(frozen=True)
class Snapshot:
    """`files` by their names in a backup; `schema` is PostgreSQL's."""

    known: Known
    files: dict[str, Path]
    schema: str = ""


def take(places: Places, scratch: Path) -> Snapshot:
    """A snapshot, its files in `scratch`.

    Raises ServerError or BooksError where something cannot be read, is not sound or not ours.
    """
    return _of_server(places, scratch) if places.on_server else _of_files(places, scratch)


def _of_files(places: Places, scratch: Path) -> Snapshot:
    """The server's tables first: what they hand over is in the books before it leaves them, so that books which are a
    moment younger know it already, while younger tables would have lost what the books do not know yet."""
    if not places.books_file.is_file():
        raise ServerError(f"không có tệp sổ «{places.books}»", "chỉ đúng sổ bằng --books")
    sources = {STORE: places.store_file, BOOKS: places.books_file}
    files = {name: scratch / name for name, path in sources.items() if path.is_file()}
    for name, path in files.items():
        path.unlink(missing_ok=True)
        sqlite.copy(sources[name], path)
    return Snapshot(read(scratch), files)


def read(scratch: Path) -> Known:
    """What copies of books and tables say, once they were brought up to this version; they stay single files."""
    books, store = scratch / BOOKS, scratch / STORE
    with opened(books, store) as known:
        pass
    for path in (books, store):
        if path.is_file():
            sqlite.settle(path)
    return known


@contextmanager
def opened(books: str | Path, store: str | Path) -> Iterator[Known]:
    """What they say, while they are open."""
    with ExitStack() as stack:
        reading = stack.enter_context(stack.enter_context(open_books(books)).reading())
        if isinstance(store, Path) and not store.is_file():
            yield known_of(reading, None)
            return
        tables = open_store(store)
        stack.callback(tables.close)
        yield known_of(reading, stack.enter_context(tables.reading()))


def _of_server(places: Places, scratch: Path) -> Snapshot:
    with open_books(places.books):  # they are ours, and of this version
        pass
    with postgres.snapshot(places.books) as taken:
        known = known_of(taken.connection, taken.connection if taken.has_store else None)
        postgres.write_dump(places.books, taken, scratch / DUMP)
        return Snapshot(known, {DUMP: scratch / DUMP}, taken.schema)
