"""Templates, and what an officer types into them."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from boiduong_exporter.imports.kinds import TABLES
from boiduong_exporter.readers.fields import Field, Spec, whole
from boiduong_exporter.readers.sheet import Reading, Table, read_tables
from boiduong_exporter.rulebook.kinds import Kinds
from boiduong_exporter.rulebook.read import Rules, read_rules
from boiduong_exporter.templates.blank import write_blank
from boiduong_exporter.templates.guidance import hint_of
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parents[3] / "content/rules"


def rules() -> Rules:
    found, problems = read_rules(FOLDER)
    assert found is not None, problems
    return found


RULES = rules()
KINDS: Kinds = RULES.kinds


def specs_of(kind: str) -> tuple[Spec, ...]:
    return TABLES[kind][0](KINDS)


EVERY = [(spec, field) for kind in TABLES for spec in specs_of(kind) for field in (*spec.marks, *spec.fields)]


def blank(kind: str, folder: Path) -> Workbook:
    path = folder / f"{kind}.xlsx"
    write_blank(kind, specs_of(kind), KINDS, path)
    return load_workbook(path)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def header_row(sheet: Worksheet, first: str) -> int:
    """The row of the headings, the first of which is `first`, with or without a star."""
    return next(row for row in range(3, 30) if str(sheet.cell(row, 1).value).removesuffix(" *") == first)


def headings(sheet: Worksheet, spec: Spec) -> list[str]:
    row = header_row(sheet, spec.fields[0].label)
    return [str(sheet.cell(row, column).value) for column in range(1, len(spec.fields) + 1)]


def typed(spec: Spec, field: Field) -> str | int:
    """What an officer types for the example: Excel makes a number of it where the cell takes numbers."""
    example = hint_of(spec, field).example
    return int(example) if field.read is whole else example


def fill(sheet: Worksheet, spec: Spec) -> None:
    """The examples of the guide, as one row and the facts above it."""
    row = header_row(sheet, spec.fields[0].label)
    for column, field in enumerate(spec.fields, 1):
        sheet.cell(row + 1, column).value = typed(spec, field)
    for mark, at in zip(spec.marks, range(3, row), strict=False):
        sheet.cell(at, 2).value = hint_of(spec, mark).example


def reading(book: Workbook, kind: str) -> Reading:
    return read_tables(saved(book), f"{kind}.xlsx", specs_of(kind))


def by_key(read: Reading) -> Mapping[str, Table]:
    return {table.spec.key: table for table in read.tables}


def codes(read: Reading) -> set[str]:
    return {problem.code for problem in read.all_problems()}


def row_of(found: Any) -> dict[str, Any]:
    (row,) = found.rows
    assert row.sound, row.problems
    return dict(row.values)
