"""The statements of a JSON array, or of the "statements" of an LRS's answer, one by one without holding the file."""

import re
from collections.abc import Callable, Iterator

from boiduong_exporter.logs.lines import LONGEST, TOO_LONG
from boiduong_exporter.logs.record import Record
from boiduong_exporter.logs.refusing import cut_short
from boiduong_exporter.logs.source import BrokenEndError

OPENING = re.compile(rb'\s*(?:\[|\{(?:\s*"more"\s*:\s*(?:"[^"]*"|null)\s*,)?\s*"statements"\s*:\s*\[)')
"""How such a file begins. Answers of an LRS: section 2.5.2 of the xAPI specification (StatementResult)."""
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]]|"', re.DOTALL)
"""A whole string; a bracket; or the quotation mark of a string that is not whole yet."""


def read_statements(blocks: Iterator[bytes], read: Callable[[int, bytes], Record]) -> Iterator[Record]:
    """The records of the statements, `read` given the position of each (from 1) and its JSON. A file that ends before
    its array does is told as such."""
    splitter, position = _Splitter(), 0
    try:
        for block in blocks:
            for statement in splitter.feed(block):
                position += 1
                yield read(position, statement)
            if splitter.ended:
                return
    except BrokenEndError:
        pass
    yield cut_short(position + 1)


class _Splitter:
    """Finds the objects of the array by their brackets, so that one that is broken inside spoils no other."""

    def __init__(self) -> None:
        self.ended = False
        self._text, self._opened = b"", False
        self._depth, self._start, self._at = 0, -1, 0
        self._dropped = False

    def feed(self, block: bytes) -> Iterator[bytes]:
        self._text += block
        if not self._opened:
            self._open()
        if self._opened:
            yield from self._objects()
            self._forget()

    def _open(self) -> None:
        if found := OPENING.match(self._text):
            self._opened, self._at = True, found.end()

    def _objects(self) -> Iterator[bytes]:
        """The objects that end in what there is so far."""
        for token in _TOKEN.finditer(self._text, self._at):
            mark = token.group()
            if mark == b'"':
                return
            self._at = token.end()
            if mark in (b"{", b"["):
                self._start = token.start() if self._depth == 0 else self._start
                self._depth += 1
            elif mark in (b"}", b"]"):
                self._depth -= 1
                if self._depth < 0:
                    self.ended = True
                    return
                if self._depth == 0:
                    yield TOO_LONG if self._dropped else self._text[self._start : self._at]
                    self._start, self._dropped = -1, False
        self._at = len(self._text)

    def _forget(self) -> None:
        """Lets go of what is read, and of a statement beyond all size. Raises BrokenEndError for a string that never
        ends: all the rest would be one."""
        if self._start >= 0 and len(self._text) - self._start > LONGEST:
            self._dropped = True
        kept = self._at if self._start < 0 or self._dropped else self._start
        self._text, self._at = self._text[kept:], self._at - kept
        self._start = min(self._start, 0)
        if len(self._text) > 2 * LONGEST:
            raise BrokenEndError
