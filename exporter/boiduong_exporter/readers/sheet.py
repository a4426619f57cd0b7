"""The reader of officers' tables: the bytes of an XLSX or CSV file come in, rows of typed values and problems go out.

Nothing raises on what a file holds, and no row is lost: each row under a header is data, or is skipped for a reason
that it carries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from boiduong_vocabulary.canonical import digest
from boiduong_vocabulary.problem import Place, Problem, Severity, in_order
from boiduong_vocabulary.vietnamese import fold, nfc

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.elsewhere import another_kind
from boiduong_exporter.readers.fields import Spec
from boiduong_exporter.readers.grid import Grid, hidden_notes, veil_old_text
from boiduong_exporter.readers.header import Header, find_header
from boiduong_exporter.readers.marks import read_marks
from boiduong_exporter.readers.notes import converted_notes, header_problems, no_table
from boiduong_exporter.readers.opening import open_file
from boiduong_exporter.readers.rows import Row, read_rows

__all__ = ["Reading", "Row", "Table", "read_tables"]


GUIDE = "Hướng dẫn"
"""The sheet of our templates that explains them; it is no table, and nobody needs to be told."""


@dataclass(frozen=True)
class Table:
    """A table found in a sheet. `problems` refuse it as a whole (a column or a mark is missing), `notes` are warnings;
    what is wrong with one row stands in the row."""

    spec: Spec
    sheet: str
    place: Place
    marks: dict[str, Any]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a file gave. `problems` are those of the file and its sheets that belong to no table."""

    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    digest: str

    def all_problems(self) -> list[Problem]:
        """Everything to tell, of the file, its tables and their rows, each once and in order."""
        told = [*self.problems]
        for table in self.tables:
            told += [*table.problems, *table.notes, *(problem for row in table.rows for problem in row.problems)]
        return in_order(told)


def read_tables(
    data: bytes, name: str, specs: Sequence[Spec], elsewhere: Mapping[str, Sequence[Spec]] | None = None
) -> Reading:
    """The tables in the file `name`, each as the one of `specs` that its header fits best. Where one of the tables
    `elsewhere`, those of other commands, fits better, the file is refused with the command that takes it."""
    opened = open_file(data, nfc(name), lambda grid: _score(grid, specs))
    filled = [veil_old_text(grid) for grid in opened.grids if grid.rows and fold(grid.name) != fold(GUIDE)]
    problems = list(opened.problems)
    if not opened.problems and not filled:
        hint = "kiểm tra xem đã lưu và chọn đúng tệp chưa"
        problems.append(fault(Code.EMPTY_FILE, Place(nfc(name)), "tệp không có ô nào được điền", hint))
    found = [(grid, find_header(grid, specs)) for grid in filled]
    if another := another_kind(found, elsewhere or {}, nfc(name)):
        return Reading((), (*problems, another), digest(data))
    tables = _without_needless(tuple(_table(grid, header) for grid, header in found if header))
    if filled and not tables:
        problems.append(no_table(filled, specs, nfc(name)))
    elif tables:
        problems += [_left_out(grid) for grid, header in found if header is None]
    return Reading(tables, tuple(problems), digest(data))


def _score(grid: Grid, specs: Sequence[Spec]) -> int:
    header = find_header(grid, specs)
    return header.score if header else 0


def _left_out(grid: Grid) -> Problem:
    hint = "không cần làm gì nếu trang này không chứa bảng cần nhập"
    return fault(Code.SHEET_LEFT_OUT, grid.place(), f"không đọc trang «{grid.name}»: không có bảng theo mẫu", hint)


def _table(grid: Grid, header: Header) -> Table:
    rows = read_rows(grid, header)
    marks, wrong = read_marks(grid, header)
    told = [*header_problems(grid, header), *wrong, *hidden_notes(grid), *converted_notes(grid)]
    told += [problem for problem in grid.faults if problem.place.line <= header.bottom]
    if all(row.skipped for row in rows):
        told.append(_empty(grid, header))
    errors = tuple(problem for problem in told if problem.severity is Severity.ERROR)
    notes = tuple(problem for problem in told if problem.severity is Severity.WARNING)
    table = Table(header.spec, grid.name, grid.place(header.top), marks, rows, errors, notes)
    return table if header.is_complete else _held_up(table)


def _held_up(table: Table) -> Table:
    """Where a column is missing, that is told once with the rows it holds up, and nothing of the rows themselves."""
    count = sum(not row.skipped for row in table.rows)
    wrong = tuple(
        replace(each, message=f"{each.message}; {count} dòng chưa được nhập")
        if each.code == Code.MISSING_COLUMN and count
        else each
        for each in table.problems
    )
    rows = tuple(row if row.skipped else replace(row, problems=wrong) for row in table.rows)
    return replace(table, rows=rows, problems=wrong)


def _empty(grid: Grid, header: Header) -> Problem:
    message = f"bảng «{header.spec.title}» không có dòng dữ liệu nào"
    hint = "điền bảng từ dòng ngay dưới tiêu đề, rồi nhập lại"
    return fault(Code.EMPTY_TABLE, grid.place(header.bottom), message, hint)


def _without_needless(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables, without a word of an empty one that need not be filled where another is."""
    if all(row.skipped for table in tables for row in table.rows):
        return tables
    return tuple(
        replace(table, notes=tuple(note for note in table.notes if note.code != Code.EMPTY_TABLE))
        if table.spec.optional
        else table
        for table in tables
    )
