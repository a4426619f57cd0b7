"""Rows set aside on disk, so that a sheet can say at its head how many follow, and no list is held in memory."""

import marshal
from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType

Cells = list[str | int | float | None]


class Spool:
    """Rows go in, and come out in the same order. The file has no name, and ends with the block."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  closed by __exit__
        self.count = 0

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, cells: Cells) -> None:
        marshal.dump(cells, self._file)
        self.count += 1

    def __iter__(self) -> Iterator[Cells]:
        self._file.seek(0)
        for _ in range(self.count):
            yield marshal.load(self._file)  # noqa: S302  what was just put there
