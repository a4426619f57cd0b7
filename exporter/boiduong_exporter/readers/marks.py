"""Facts that stand above a table: "Mã lớp: L01" in one cell, or "Mã lớp" and "L01" in two."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from boiduong_vocabulary.problem import Problem

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.cell import Cell, CellError, Kind
from boiduong_exporter.readers.fields import Field
from boiduong_exporter.readers.grid import Grid
from boiduong_exporter.readers.header import Header, key


def read_marks(grid: Grid, header: Header) -> tuple[dict[str, Any], list[Problem]]:
    """The value of each mark of the spec, None where it is not told; and what is wrong with them."""
    told = _told(grid, header.top)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for mark in header.spec.marks:
        cell = next((told[key(name)] for name in (mark.label, *mark.aliases) if key(name) in told), None)
        try:
            values[mark.key] = None if cell is None else mark.read(cell)
        except CellError as error:
            values[mark.key] = None
            problems.append(mark_fault(grid, mark, cell, error))
            continue
        if values[mark.key] is None and (mark.required or mark.filled):
            problems.append(_missing(grid, header, mark))
    return values, problems


def mark_fault(grid: Grid, mark: Field, cell: Cell | None, error: CellError) -> Problem:
    row, where = (cell.row, f"{cell.where}, ") if cell else (0, "")
    return fault(error.code, grid.place(row), f"{where}«{mark.label}»: {error.message}", error.hint)


def _missing(grid: Grid, header: Header, mark: Field) -> Problem:
    message = f"phía trên bảng thiếu «{mark.label}»"
    return fault(Code.MISSING_MARK, grid.place(header.top), message, f"thêm một dòng trên bảng: «{mark.label}: …»")


def _told(grid: Grid, top: int) -> dict[str, Cell]:
    """What stands above row `top`, by the key of its label; what is told first holds."""
    told: dict[str, Cell] = {}
    for number, cells in sorted(grid.rows.items()):
        if number >= top:
            break
        for label, cell in _pairs([cells[column] for column in sorted(cells)]):
            told.setdefault(key(label), cell)
    return told


def _pairs(cells: list[Cell]) -> Iterator[tuple[str, Cell]]:
    for cell, neighbour in zip(cells, [*cells[1:], None], strict=True):
        for line in cell.text.split("\n") if cell.kind is Kind.TEXT else []:
            label, colon, value = line.partition(":")
            if value.strip():
                yield label, replace(cell, text=value.strip(), bare=True)
            elif neighbour and (colon or neighbour.kind is not Kind.TEXT or not neighbour.text.endswith(":")):
                yield label, neighbour
