"""A log of any kind that is known, told by what is in it and never by its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from boiduong_exporter.faults import Code
from boiduong_exporter.logs.lines import Read, read_lines
from boiduong_exporter.logs.moodle import TRACKS, find_table
from boiduong_exporter.logs.moodle_report import read_report
from boiduong_exporter.logs.moodle_tracks import read_tracks
from boiduong_exporter.logs.named import MALFORMED
from boiduong_exporter.logs.openedx import TrackingLog
from boiduong_exporter.logs.own import OwnLog
from boiduong_exporter.logs.portion import Names, Portion, portion_of
from boiduong_exporter.logs.record import Record, Refused
from boiduong_exporter.logs.source import BrokenEndError, Source, open_source, read_between
from boiduong_exporter.logs.statements import OPENING, read_statements
from boiduong_exporter.logs.xapi import Statements

Reading = Callable[[Iterator[bytes], Names], Iterator[Record]]
"""The records of a text, in blocks; accounts and their numbers are noted in the names."""
_READERS: dict[str, Callable[[Names], Read]] = {
    "own": lambda _: OwnLog().read,
    "openedx": lambda names: TrackingLog(names).read,
    "xapi": lambda _: Statements().read,
}
_FORMATS = {"own": "Nhịp học", "openedx": "Open edX", "xapi": "xAPI"}
"""Of files that have several kinds of lines, the first is meant."""
_HEAD, _LOOKED_AT = 1024 * 1024, 200
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class _ByLine:
    """The Reading of a log of this kind that has a record on each line."""

    kind: str

    def __call__(self, blocks: Iterator[bytes], names: Names) -> Iterator[Record]:
        return read_lines(blocks, _READERS[self.kind](names))


@dataclass(frozen=True)
class Stretch:
    """Whole lines of a file that is not packed, from byte `start` to before `end`: what another process may be asked
    to read."""

    path: Path
    start: int
    end: int
    reading: _ByLine

    def portion(self) -> Portion:
        """What they say, numbered from 1. Raises OSError."""
        blocks, names = read_between(self.path, self.start, self.end), Names()
        return portion_of(self.reading(blocks if self.start else _unmarked(blocks), names), names)


@dataclass(frozen=True)
class Log:
    """A log file: `format` names the system that it comes from, for people ("Open edX"), and is "" when it is no log.

    Each iteration reads the file and gives its records in order of lines, one for every line: line 1 is the first of
    the unpacked text. Where the file is one JSON document (an array of statements, an answer of an LRS), `line` is the
    position of the statement in it, from 1. In a table it is the line of the row; the rows of one attempt in Moodle's
    tracks make one record at the first of them. A file that is none of the known logs gives one Refused, at line 0.

    What cannot be read is a Refused, never an exception; OSError alone comes through."""

    format: str
    _source: Source
    _reading: Reading

    @property
    def digest(self) -> str:
        """The SHA-256 of the file's bytes, hex. Raises OSError."""
        return self._source.digest

    def __iter__(self) -> Iterator[Record]:
        return self._records({})

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._source.size

    def portion(self) -> Portion:
        """All that it says. Raises OSError."""
        names: Names = {}
        return portion_of(self._records(names), names)

    def cut(self, at: int) -> tuple[Stretch, Stretch] | None:
        """The log cut behind the line in which this byte lies. None where it is packed, not of lines, or nothing would
        follow. Raises OSError."""
        source, reading = self._source, self._reading
        if not isinstance(reading, _ByLine) or source.is_packed:
            return None
        end = source.line_end(at)
        first, second = Stretch(source.path, 0, end, reading), Stretch(source.path, end, source.size, reading)
        return (first, second) if end < source.size else None

    def _records(self, names: Names) -> Iterator[Record]:
        return self._reading(_unmarked(self._source.blocks()), names)


def read_log(path: Path) -> Log:
    """Raises OSError."""
    source = open_source(path)
    head = _head(_unmarked(source.blocks()))
    if not head and source.sound < source.size:
        return Log(
            "", source, _refusing("tệp .gz bị hỏng, không giải nén được", "chép lại tệp từ máy chủ rồi nhập lại")
        )
    name, reading = _recognised(head)
    return Log(name, source, reading)


def _unmarked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The text without the mark that Windows puts before UTF-8."""
    for place, block in enumerate(blocks):
        yield block if place else block.removeprefix(_BOM)


def _head(blocks: Iterator[bytes]) -> bytes:
    head = b""
    try:
        for block in blocks:
            head += block
            if len(head) >= _HEAD:
                break
    except BrokenEndError:
        pass
    return head


def _recognised(head: bytes) -> tuple[str, Reading]:
    if not head.strip(b"\0 \t\r\n"):
        return "", _refusing("tệp rỗng", "kiểm tra xem đã chép và chọn đúng tệp chưa")
    if (found := OPENING.match(head)) and head[found.end() :].lstrip()[:1] in (b"{", b"]", b""):
        return "xAPI", lambda blocks, _: read_statements(blocks, Statements().record)
    kinds = {kind for line in head.split(b"\n")[:_LOOKED_AT] if (kind := _kind(line))}
    for kind, name in _FORMATS.items():
        if kind in kinds:
            return name, _ByLine(kind)
    return _as_table(head)


def _kind(line: bytes) -> str:
    """Which log a line is of; "" when that does not show."""
    try:
        keys = msgspec.json.decode(line[max(line.find(b"{"), 0) :], type=dict[str, msgspec.Raw]).keys()
    except MALFORMED:
        return ""
    if {"actor", "verb"} <= keys:
        return "xapi"
    if {"name", "time_ms"} <= keys:
        return "own"
    return "openedx" if {"event", "time"} <= keys and keys & {"event_type", "name"} else ""


def _as_table(head: bytes) -> tuple[str, Reading]:
    table = find_table(head)
    if table is None:
        hint = "các loại đọc được: nhật ký của phần mềm này, tracking log của Open edX, câu xAPI, CSV SCORM của Moodle"
        return "", _refusing("tệp không phải nhật ký học tập nào mà phần mềm đọc được", hint)
    if table.missing:
        columns = ", ".join(f"«{column}»" for column in table.missing)
        message, hint = f"thiếu cột {columns}", "xuất lại từ Moodle cho có các cột này (xem docs/nhat-ky-hoc-tap.md)"
        return "Moodle", lambda *_: iter((Refused(table.header.bottom, Code.MISSING_COLUMN, message, hint),))
    read = read_tracks if table.header.spec is TRACKS else read_report
    return "Moodle", lambda blocks, _: read(table, blocks)


def _refusing(message: str, hint: str) -> Reading:
    return lambda *_: iter((Refused(0, Code.NOT_A_LOG, message, hint),))
