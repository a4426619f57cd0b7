"""Lines of a log by what became of them: as few receipts as say it of each one."""

from collections.abc import Iterable, Iterator

import numpy as np
from boiduong_records.receipts import Outcome, Receipt

Lines = np.ndarray[tuple[int], np.dtype[np.int64]]
_AT_ONCE = 200
"""Ranges that one receipt names."""


def receipts(name: str, lines: Iterable[int], outcome: Outcome, code: str = "", reason: str = "") -> Iterator[Receipt]:
    """Receipts for these lines of the file `name`, each naming ranges ("log:1-400,402")."""
    starts, ends = _ranges(distinct(lines))
    for first in range(0, len(starts), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        count = int((ends[some] - starts[some] + 1).sum())
        yield Receipt(f"{name}:{_said(starts[some], ends[some])}", outcome, code, reason, count)


def told(lines: Iterable[int], at_most: int = 5) -> str:
    """The first of them, for the screen: "3, 7-9 và 12 dòng nữa"."""
    found = distinct(lines)
    starts, ends = _ranges(found)
    said = _said(starts[:at_most], ends[:at_most]).replace(",", ", ")
    left = int((ends[at_most:] - starts[at_most:] + 1).sum())
    return f"{said} và {left} dòng nữa" if left else said


def distinct(lines: Iterable[int]) -> Lines:
    """The numbers in order, each once. (They come nearly sorted, which numpy's own `unique` makes no use of.)"""
    found = np.sort(np.asarray(lines, dtype=np.int64), kind="stable")
    once: Lines = found[np.diff(found, prepend=found[:1] - 1) != 0]
    return once


def _ranges(lines: Lines) -> tuple[Lines, Lines]:
    """The first and last of each unbroken run of sorted numbers."""
    breaks = np.flatnonzero(np.diff(lines) != 1)
    return lines[np.concatenate(([0], breaks + 1))] if len(lines) else lines, (
        lines[np.concatenate((breaks, [len(lines) - 1]))] if len(lines) else lines
    )


def _said(starts: Lines, ends: Lines) -> str:
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in pairs)
