"""Moodle's SCORM data as CSV: which table it is, and its rows one by one.

Two tables are read. The **tracks**, one value a row, as scorm_scoes_track holds them (mod/scorm/db/install.xml: userid,
scormid, scoid, attempt, element, value, timemodified; since Moodle 4.3 scorm_scoes_value with scorm_attempt and
scorm_element), exported by a query of the site's administrator together with the account. And the **basic report** that
every teacher can download (mod/scorm/report/basic/classes/report.php: name, the site's identity fields, attempt,
started, last accessed, score, and in the detailed form one column a SCO), a row for each attempt.
"""

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from boiduong_exporter.faults import Code
from boiduong_exporter.logs.lines import LONGEST
from boiduong_exporter.logs.record import Record, Refused
from boiduong_exporter.logs.refusing import broken, cut_short
from boiduong_exporter.logs.source import BrokenEndError
from boiduong_exporter.readers.cell import Cell, Kind, clean
from boiduong_exporter.readers.csv_text import SEPARATORS
from boiduong_exporter.readers.fields import Field, Spec, text
from boiduong_exporter.readers.grid import Grid
from boiduong_exporter.readers.header import Header, find_header

_ACCOUNTS = (
    Field("username", "username", text, ("tên đăng nhập", "tên tài khoản", "tài khoản", "user name")),
    Field("idnumber", "idnumber", text, ("id number", "mã số", "mã số id", "mã cán bộ", "số id")),
    Field("email", "email", text, ("email address", "thư điện tử", "địa chỉ thư điện tử", "địa chỉ email")),
)
ACCOUNTS = tuple(field.key for field in _ACCOUNTS)
"""By which a learner is named: the first of these that a row has."""
_ATTEMPT = Field("attempt", "Lần thử", text, ("attempt", "lần học", "lần làm bài"), required=True)
_PACKAGE = Field("package", "Gói", text, ("manifest", "package", "mã gói", "identifier", "sco", "scorm", "tên gói"))
_STATUS = Field("status", "Trạng thái", text, ("status", "lesson_status", "completion_status"))
TRACKS = Spec(
    "tracks",
    "dữ liệu SCORM từng phần tử",
    (
        *_ACCOUNTS,
        _PACKAGE,
        Field("activity", "Tên hoạt động", text, ("name", "scorm name", "activity", "scormname")),
        _ATTEMPT,
        Field("element", "element", text, ("phần tử", "tên phần tử"), required=True),
        Field("value", "value", text, ("giá trị",), required=True),
        Field("changed", "timemodified", text, ("time modified", "sửa lúc", "thời điểm sửa")),
    ),
)
REPORT = Spec(
    "report",
    "báo cáo SCORM cơ bản",
    (
        *_ACCOUNTS,
        _PACKAGE,
        _ATTEMPT,
        Field("started", "Bắt đầu lúc", text, ("started on", "started", "bắt đầu", "đã bắt đầu vào")),
        Field("last", "Truy cập lần cuối", text, ("last accessed on", "lần truy cập cuối", "lần cuối"), required=True),
        _STATUS,
        Field("score", "Điểm", text, ("score", "điểm số", "grade"), required=True),
        Field("most", "Điểm tối đa", text, ("max score", "maximum score", "score max")),
        Field("total", "Tổng thời gian", text, ("total time", "total_time")),
    ),
)
_HEAD = 40


@dataclass(frozen=True)
class Table:
    """The table of a file: its header, and what stands between the cells."""

    header: Header
    separator: str
    encoding: str

    @property
    def missing(self) -> list[str]:
        """The columns that must be there, and are not."""
        found = {field.key for field in self.header.fields.values()}
        missing = [field.label for field in self.header.missing if field.required]
        return missing if found & set(ACCOUNTS) else ["username", *missing]


@dataclass(frozen=True)
class Row:
    """A row: what is in the columns that are read, by key, and in the others, by title. An empty cell is ""."""

    line: int
    cells: Mapping[str, str]
    others: Mapping[str, str]

    @property
    def learner(self) -> str:
        return next((self.cells[key] for key in ACCOUNTS if self.cells.get(key)), "")


def find_table(head: bytes) -> Table | None:
    """The table that a file with this `head` has; None when it has none of ours."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    start = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    found = [(header, separator) for separator in SEPARATORS if (header := _header(start, separator))]
    if not found:
        return None
    header, separator = max(found, key=lambda pair: pair[0].score)
    return Table(header, separator, encoding)


def _header(start: str, separator: str) -> Header | None:
    rows: dict[int, dict[int, Cell]] = {}
    try:
        for number, record in enumerate(csv.reader(StringIO(start, newline=""), delimiter=separator), 1):
            cells = (Cell(number, at, Kind.TEXT, clean(value), bare=True) for at, value in enumerate(record, 1))
            rows[number] = {cell.column: cell for cell in cells if cell.text}
            if number >= _HEAD:
                break
    except csv.Error:
        pass
    header = find_header(Grid("", "", {number: cells for number, cells in rows.items() if cells}), (TRACKS, REPORT))
    return header if header and header.score >= 3 else None


def read_rows(table: Table, blocks: Iterator[bytes], take: Callable[[Row], Record | None]) -> Iterator[Record]:
    """What `take` makes of each row under the header, and what cannot be read."""
    lines = _Lines(table.encoding, blocks)
    reader = csv.reader(lines, delimiter=table.separator)
    while True:
        first = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error:
            yield _open_quote(first, reader.line_num - first)
            return
        if record is None:
            break
        if lines.open_end and len(record) < len(table.header.columns):
            lines.whole = False
            break
        if reader.line_num > table.header.bottom and any(record):
            found = _spoiled(record, table, first, reader.line_num) or take(_row(record, table, first))
            yield from [found] if found else []
    if not lines.whole:
        yield cut_short(first)


class _Lines:
    """The lines of a text that comes in blocks. `whole`: no line is known to be lacking; `open_end`: the last one was
    given, and has no line break."""

    def __init__(self, encoding: str, blocks: Iterator[bytes]) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._blocks = blocks
        self.whole, self.open_end = True, False

    def __iter__(self) -> Iterator[str]:
        rest = ""
        try:
            for block in self._blocks:
                *lines, rest = (rest + self._decoder.decode(block)).split("\n")
                yield from (line + "\n" for line in lines)
                if len(rest) > LONGEST:
                    raise BrokenEndError
        except BrokenEndError:
            self.whole = False  # the last line may lack its end
            return
        rest += self._decoder.decode(b"", final=True)
        self.open_end = bool(rest)
        yield from [rest] if rest else []


def _spoiled(record: list[str], table: Table, first: int, last: int) -> Refused | None:
    """Why a row cannot be trusted: bytes that are no text, or a quotation mark that swallows the rows below."""
    if any("\ufffd" in value or "\0" in value for value in record):
        return broken(first, "có byte không phải chữ UTF-8")
    usual = max(1, len(table.header.columns) - 1)
    swallowed = (line for value in record for line in value.split("\n")[1:]) if last > first else iter(())
    return _open_quote(first, last - first) if any(line.count(table.separator) >= usual for line in swallowed) else None


def _open_quote(line: int, lost: int) -> Refused:
    message = f"một dấu ngoặc kép mở ở dòng này nuốt mất {lost} dòng dưới"
    return Refused(line, Code.OPEN_QUOTE, message, "xuất lại tệp từ Moodle, không sửa bằng tay")


def _row(record: list[str], table: Table, line: int) -> Row:
    cells: dict[str, str] = {}
    fields = table.header.fields
    for at, value in enumerate(record, 1):
        if at in fields and not cells.get(fields[at].key):
            cells[fields[at].key] = clean(value)
    others = {
        column.title: clean(record[column.index - 1]) for column in table.header.unread if column.index <= len(record)
    }
    return Row(line, cells, others)
