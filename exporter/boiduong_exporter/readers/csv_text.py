"""CSV and Excel's "Unicode Text": bytes to a grid, whatever the separator."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO

from boiduong_vocabulary.problem import Place, Problem

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.cell import Cell, Kind, clean
from boiduong_exporter.readers.grid import MAX_COLUMNS, MAX_ROWS, Grid, Opened

SEPARATORS = ",;\t"
_HEAD = 60
_DECLARED = re.compile(r'"?sep=([,;\t|:~^])"?\r?(?:\n|$)', re.IGNORECASE)
csv.field_size_limit(64 * 1024 * 1024)


def open_csv(data: bytes, name: str, score: Callable[[Grid], int]) -> Opened:
    """The one table of the CSV file `name`; `score` says how well a grid's head fits what is looked for, by which the
    separator is found."""
    text = _decoded(data)
    if text is None:
        hint = "mở tệp bằng Excel, chọn Lưu thành (Save as) dạng «CSV UTF-8 (Comma delimited)», rồi nhập tệp mới"
        return Opened(problems=(fault(Code.NOT_UTF8, Place(name), "tệp không lưu bằng mã UTF-8", hint),))
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else ""
    text = (text[declared.end() :] if declared else text).replace("\0", "")
    separator = separator or _separator(text, name, score)
    rows = _rows(text, separator, MAX_ROWS + 1)
    if len(rows) > MAX_ROWS or any(max(cells) > MAX_COLUMNS for cells in rows.values()):
        return Opened(problems=(_too_large(name),))
    faults = tuple(_open_quotes(rows, separator, text.count('"') % 2 == 1, name))
    return Opened((Grid(name, "", rows, faults=faults, delimited=True),))


def _too_large(name: str) -> Problem:
    message = f"tệp lớn bất thường: hơn {MAX_ROWS // 1000}.000 dòng hoặc {MAX_COLUMNS} cột"
    return fault(Code.TOO_LARGE, Place(name), message, "chia danh sách thành nhiều tệp; bỏ các cột thừa")


def _decoded(data: bytes) -> str | None:
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not utf16 and data.count(0) * 4 > len(data):
        return None
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _separator(text: str, name: str, score: Callable[[Grid], int]) -> str:
    def fitness(separator: str) -> tuple[int, int]:
        rows = _rows(text, separator, _HEAD)
        return score(Grid(name, "", rows, delimited=True)), sum(len(cells) - 1 for cells in rows.values())

    return max(SEPARATORS, key=fitness)


def _rows(text: str, separator: str, at_most: int) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for number, record in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1):
        if len(rows) >= at_most:
            break
        cells = {cell.column: cell for cell in _cells(record, number)}
        if cells:
            rows[number] = cells
    return rows


def _cells(record: list[str], number: int) -> Iterator[Cell]:
    for column, value in enumerate(record, start=1):
        text = clean(value)
        if text:
            yield Cell(number, column, Kind.TEXT, text, bare=True)


def _open_quotes(rows: dict[int, dict[int, Cell]], separator: str, odd: bool, name: str) -> Iterator[Problem]:
    """A quotation mark that is never closed makes one cell of all that follows: its lines look like lines of the
    table, or it ends the file and leaves the marks `odd`."""
    usual = max(1, max((len(cells) for cells in rows.values()), default=0) - 1)
    last = max(rows, default=0)
    for number, cells in rows.items():
        for cell in cells.values():
            lines = cell.text.split("\n")[1:]
            unclosed = odd and number == last and (lines or separator in cell.text)
            if unclosed or any(line.count(separator) >= usual for line in lines):
                lost = f"{len(lines)} dòng dưới" if lines else "các ô bên phải"
                message = f"{cell.where}: dấu ngoặc kép mở ở ô này nuốt mất {lost}"
                hint = 'mở tệp bằng Notepad, xóa hoặc đóng dấu ngoặc kép (") ở dòng này; hoặc lưu lại từ Excel'
                yield fault(Code.OPEN_QUOTE, Place(name, number), message, hint)
