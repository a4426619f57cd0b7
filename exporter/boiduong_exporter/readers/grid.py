"""A sheet as a sparse grid of filled cells: what workbooks and CSV have in common."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from boiduong_vocabulary.problem import Place, Problem

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.cell import Cell, Kind, letters
from boiduong_exporter.readers.legacy import old_texts

MAX_ROWS, MAX_COLUMNS = 200_000, 400


@dataclass(frozen=True)
class Merge:
    """A merged range; its value stands in the cell at the top left."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """`path` names the sheet in a Place. `converted` tells of each text that an old font gave: before and after."""

    path: str
    name: str
    rows: dict[int, dict[int, Cell]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    converted: tuple[tuple[str, str], ...] = ()
    faults: tuple[Problem, ...] = ()
    delimited: bool = False

    def place(self, row: int = 0) -> Place:
        return Place(self.path, row)


@dataclass(frozen=True)
class Opened:
    """What a file holds: its sheets, or why there are none."""

    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()


class TooLargeError(Exception):
    """A sheet beyond all bounds; its message says which."""


def within_bounds(rows: dict[int, dict[int, Cell]]) -> None:
    """Raises TooLargeError."""
    if len(rows) > MAX_ROWS:
        raise TooLargeError(f"có hơn {MAX_ROWS:,} dòng".replace(",", "."))
    for number, cells in rows.items():
        if max(cells) > MAX_COLUMNS:
            raise TooLargeError(f"có chữ ở tận cột {letters(max(cells))} (dòng {number}), quá {MAX_COLUMNS} cột")


def spread(grid: Grid, below: int) -> dict[int, dict[int, Cell]]:
    """The filled rows under `below`, the value of a range merged over several of them in each."""
    rows = {number: dict(cells) for number, cells in grid.rows.items() if number > below}
    ends: dict[int, int] = {}
    for merge in sorted(grid.merges, key=lambda merge: (merge.left, merge.top)):
        cell = rows.get(merge.top, {}).get(merge.left)
        if cell is None or merge.top <= ends.get(merge.left, 0):
            continue
        ends[merge.left] = merge.bottom
        for number in range(merge.top + 1, min(merge.bottom, merge.top + MAX_ROWS) + 1):
            if number in rows:
                rows[number].setdefault(merge.left, cell)
    return rows


def veil_old_text(grid: Grid) -> Grid:
    """`grid` with its texts of an old code marked as such, so that no parser takes them."""
    old = old_texts(cell.text for cell in _cells(grid) if cell.kind is Kind.TEXT and not cell.text.isascii())
    if not old:
        return grid
    rows = {number: {at: _marked(cell, old) for at, cell in cells.items()} for number, cells in grid.rows.items()}
    return replace(grid, rows=rows)


def _cells(grid: Grid) -> Iterable[Cell]:
    return (cell for cells in grid.rows.values() for cell in cells.values())


def _marked(cell: Cell, old: frozenset[str]) -> Cell:
    return replace(cell, kind=Kind.OLD_TEXT) if cell.kind is Kind.TEXT and cell.text in old else cell


def hidden_notes(grid: Grid) -> list[Problem]:
    """One warning for all that is hidden in `grid`."""
    rows = [number for number in grid.hidden_rows if number in grid.rows]
    used = {column for cells in grid.rows.values() for column in cells}
    columns = [letters(column) for column in grid.hidden_columns if column in used]
    told = ["cả trang này đang ẩn"] if grid.hidden else []
    told += [f"{len(rows)} dòng đang ẩn ({ranges(rows)})"] if rows else []
    told += [f"{len(columns)} cột đang ẩn ({', '.join(columns)})"] if columns else []
    hint = "phần ẩn vẫn được đọc như phần hiện; nếu không muốn nhập thì xóa hẳn khỏi tệp"
    return [fault(Code.HIDDEN, grid.place(), "; ".join(told), hint)] if told else []


_RANGES = 10


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as people list them: "3, 5–8"; no more than ten of them."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_RANGES]]
    return ", ".join(shown) + (", …" if len(runs) > _RANGES else "")
