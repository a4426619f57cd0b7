"""From the cells under a header to rows of values; every row that holds anything comes out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from boiduong_vocabulary.problem import Place, Problem, any_error

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.cell import Cell, CellError, Kind, letters
from boiduong_exporter.readers.fields import Field
from boiduong_exporter.readers.grid import Grid, spread
from boiduong_exporter.readers.header import Header
from boiduong_exporter.readers.skipping import Skipper

_PADDED = re.compile(r'(?:"[^"]*")?(0{2,})')


@dataclass(frozen=True)
class Row:
    """A row under the header: its values by the keys of the fields, and the cells of its open columns by their values
    (an empty cell where the row has none). `skipped` says why the row is no data. `columns`: the letters and the label
    of each field's column, no letters where the table has none."""

    place: Place
    values: dict[str, Any]
    open: dict[Any, Cell]
    problems: tuple[Problem, ...] = ()
    skipped: str = ""
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)

    def at(self, key: str) -> str:
        """Where the value of a field stands, to begin a message with: "ô F12, cột «Đơn vị»"."""
        where, label = self.columns.get(key, ("", key))
        return f"ô {where}{self.place.line}, cột «{label}»" if where else f"«{label}»"

    @property
    def sound(self) -> bool:
        """True for a row of data with nothing wrong in it: the only kind that is taken in."""
        return not self.skipped and not any_error(self.problems)


def read_rows(grid: Grid, header: Header) -> tuple[Row, ...]:
    """The rows of the table under `header`, from top to bottom."""
    reader = _Reader(grid, header)
    return tuple(reader.rows())


class _Reader:
    def __init__(self, grid: Grid, header: Header) -> None:
        self._grid, self._header = grid, header
        self._rows = spread(grid, header.bottom)
        self._columns = [(field, _columns_of(header, field)) for field in header.spec.fields]
        self._named = {
            field.key: (letters(columns[0]) if columns else "", field.label) for field, columns in self._columns
        }
        self._zeros = {column: _zeros(self._rows, column) for column in header.fields}
        self._last = max((column.index for column in header.columns), default=0)
        self._faults: dict[int, list[Problem]] = {}
        for problem in grid.faults:
            self._faults.setdefault(problem.place.line, []).append(problem)

    def rows(self) -> Iterator[Row]:
        skipper = Skipper(self._grid, self._header)
        for number, cells in self._rows.items():
            place = self._grid.place(number)
            reason = skipper.reason(number, self._grid.rows[number], cells)
            faults = tuple(self._faults.get(number, ()))
            yield Row(place, {}, {}, faults, skipped=reason) if reason else self._row(number, cells, faults)

    def _row(self, number: int, cells: Mapping[int, Cell], faults: tuple[Problem, ...]) -> Row:
        problems = [*faults, *self._too_long(number, cells)]
        values = {field.key: self._value(field, columns, number, cells, problems) for field, columns in self._columns}
        opened: dict[Any, Cell] = {}
        for column, value in sorted(self._header.open.items()):
            opened.setdefault(value, cells.get(column) or Cell(number, column))
        return Row(self._grid.place(number), values, opened, tuple(problems), columns=self._named)

    def _value(
        self, field: Field, columns: list[int], number: int, cells: Mapping[int, Cell], problems: list[Problem]
    ) -> Any:
        """The value of `field`; what is wrong with it is added to `problems`."""
        found: dict[int, Any] = {}
        for column in columns:
            try:
                found[column] = field.read(self._zeroed(column, cells)) if column in cells else None
            except CellError as error:
                where = f"{cells[column].where}, cột «{field.label}»"
                problems.append(fault(error.code, self._grid.place(number), f"{where}: {error.message}", error.hint))
                return None
        told = [value for value in found.values() if value is not None]
        if any(value != told[0] for value in told):
            problems.append(self._conflict(field, columns, number))
            return None
        if not told and field.filled and columns:
            problems.append(self._empty(field, columns[0], number))
        return told[0] if told else None

    def _zeroed(self, column: int, cells: Mapping[int, Cell]) -> Cell:
        width = self._zeros[column]
        return replace(cells[column], zeros=width) if width else cells[column]

    def _conflict(self, field: Field, columns: list[int], number: int) -> Problem:
        where = " và ".join(f"{letters(column)}{number}" for column in columns)
        message = f"ô {where}: hai giá trị khác nhau cho «{field.label}»"
        return fault(Code.CONFLICT, self._grid.place(number), message, "chỉ giữ giá trị đúng, xóa ô kia")

    def _empty(self, field: Field, column: int, number: int) -> Problem:
        message = f"ô {letters(column)}{number}: thiếu «{field.label}»"
        hint = "điền ô này; dòng không phải dữ liệu thì xóa cả dòng"
        return fault(Code.EMPTY_VALUE, self._grid.place(number), message, hint)

    def _too_long(self, number: int, cells: Mapping[int, Cell]) -> Iterator[Problem]:
        if self._grid.delimited and max(cells) > self._last:
            message = f"dòng có chữ ở cột {letters(max(cells))}, ngoài {self._last} cột của dòng tiêu đề"
            hint = 'giá trị có dấu phân cách bên trong thì đặt trong ngoặc kép, ví dụ "2,5"; hoặc lưu lại từ Excel'
            yield fault(Code.LONG_ROW, self._grid.place(number), message, hint)


def _columns_of(header: Header, field: Field) -> list[int]:
    return sorted(column for column, found in header.fields.items() if found.key == field.key)


def _zeros(rows: Mapping[int, Mapping[int, Cell]], column: int) -> int:
    """The one length of the column's codes of digits, when some of them begin with zeros; else 0."""
    shown = [_digits(cells[column]) for cells in rows.values() if column in cells]
    padded = {len(digits) for digits, _ in shown if digits.startswith("0")}
    sure = {len(digits) for digits, bare in shown if digits and not bare}
    longest = max((len(digits) for digits, _ in shown), default=0)
    return longest if padded == {longest} and sure <= padded else 0


def _digits(cell: Cell) -> tuple[str, bool]:
    """A code of digits as it is shown, and whether it may have lost zeros; nothing for other cells."""
    if cell.kind is Kind.TEXT and cell.text.isdecimal():
        return cell.text, cell.bare
    padded = _PADDED.fullmatch(cell.format) if cell.kind is Kind.NUMBER else None
    return (cell.text.zfill(len(padded[1])), False) if padded else ("", False)
