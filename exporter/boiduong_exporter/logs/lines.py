"""Lines of a log, in batches of one block each, whatever their number; and what stands at the end of a broken file."""

from collections.abc import Callable, Iterator

from boiduong_exporter.faults import Code
from boiduong_exporter.logs.record import Record, Refused
from boiduong_exporter.logs.refusing import broken, cut_short, too_long
from boiduong_exporter.logs.source import BrokenEndError

LONGEST = 4 * 1024 * 1024
"""No sign of study and no statement is that long; a longer line is passed over without being held."""
TOO_LONG = b"\xff too long"
"""Stands for such a line. Not JSON, so that every reader turns to what it does with broken lines."""
_UNENDED = (Code.BROKEN_LINE, Code.LONG_LINE)
"""What a last line is taken for that lacks its end."""

Read = Callable[[int, list[bytes]], list[Record]]
"""The records of consecutive lines, given the number of the first: one for each line."""


def read_lines(blocks: Iterator[bytes], read: Read) -> Iterator[Record]:
    """The records of all lines, in order. A last line that is broken, and a file that cannot be unpacked to its end,
    are told as such."""
    splitter = _Splitter()
    whole = True
    try:
        for block in blocks:
            first, lines = splitter.feed(block)
            yield from read(first, lines)
    except BrokenEndError:
        whole = False
    last = read(splitter.number, [splitter.rest]) if splitter.rest else []
    fragment = any(isinstance(record, Refused) and record.code in _UNENDED for record in last)
    yield from () if fragment else last
    if fragment or not whole:
        yield cut_short(splitter.number + (1 if last and not fragment else 0))


def unreadable(line: int, text: bytes) -> Refused:
    """The refusal of a line that is no JSON."""
    return too_long(line, LONGEST >> 20) if text is TOO_LONG else broken(line)


class _Splitter:
    """Cuts blocks into lines. `number` is that of the next line, `rest` what there is of it so far."""

    def __init__(self) -> None:
        self.number, self.rest, self._drops = 1, b"", False

    def feed(self, block: bytes) -> tuple[int, list[bytes]]:
        first = self.number
        lines = (self.rest + block).split(b"\n")
        self.rest = lines.pop()
        if lines and (self._drops or len(lines[0]) > LONGEST):
            lines[0], self._drops = TOO_LONG, False
        if len(self.rest) > LONGEST or self._drops:
            self.rest, self._drops = TOO_LONG, True
        self.number += len(lines)
        return first, lines
