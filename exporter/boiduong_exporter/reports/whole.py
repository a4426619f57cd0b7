"""A file comes whole or not at all: it is written beside its place and then moved there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to; it replaces `path` when the block ends well, else nothing is left of it.

    Raises OSError that names `path`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        beside.unlink(missing_ok=True)


class Sink:
    """A file for an archive. Where the disk refuses, the library leaves its archive open, and an archive that is
    thrown away tries once more to write its end: to a file that is closed by then, nothing is done."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        return len(data) if self._file.closed else self._file.write(data)

    def seek(self, place: int) -> int:
        return place if self._file.closed else self._file.seek(place)

    def tell(self) -> int:
        return 0 if self._file.closed else self._file.tell()

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()
