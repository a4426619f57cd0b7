"""SQLite by its own backup: a copy as of one moment while others write, and back into a file that others have open."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from boiduong_server.errors import ServerError

_WAIT_SECONDS = 60
"""How long a long import may hold the books before a restore gives up."""


def copy(source: Path, target: Path) -> None:
    """The whole of `source`, as of one moment, in a new file without a journal beside it.

    Raises ServerError where either cannot be read or written, or the copy is not sound.
    """
    with _told(source), closing(_opened(source)) as theirs, closing(sqlite3.connect(target)) as ours:
        _carry(theirs, ours)
    settle(target)
    require_sound(target)


def put(source: Path, target: Path) -> None:
    """Make the content of `target` that of `source`, in one transaction of SQLite's: whoever has it open sees the old
    or the new, and a kill leaves the old. A `target` that is not there is made by the same way, which also does away
    with a journal that a lost file left behind.

    Raises ServerError where the disk refuses or others hold on to the file; it is as it was.
    """
    with _told(target), closing(_opened(source)) as theirs, closing(sqlite3.connect(target, timeout=0.1)) as ours:
        _carry(theirs, ours)
        ours.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # as far as readers let it


def settle(path: Path) -> None:
    """Fold the journal into the file: a copy must be one file."""
    with _told(path), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def require_sound(path: Path) -> None:
    """Raises ServerError where pages or indexes do not fit together."""
    with _told(path), closing(sqlite3.connect(path)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise ServerError(f"cơ sở dữ liệu «{path.name}» bị hỏng ({said})", "dùng một bản sao lưu khác")


def _opened(path: Path) -> sqlite3.Connection:
    """Never makes a file of a name that is mistyped."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)


def _carry(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All pages in one step. Python's own loop waits for ever where somebody writes."""
    ends = time.monotonic() + _WAIT_SECONDS

    def look(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > ends:
            raise sqlite3.OperationalError("database is locked")

    source.backup(target, pages=-1, progress=look, sleep=0.1)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ServerError(
            f"không đọc hoặc ghi được cơ sở dữ liệu «{path.name}» ({error})",
            "xem chỗ trống trên đĩa, quyền ghi, và việc đang ghi dở; rồi làm lại",
        ) from error
