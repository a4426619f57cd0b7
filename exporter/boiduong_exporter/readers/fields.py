"""What a table consists of: its columns, each with the way to read a cell, and the facts that stand above it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from boiduong_exporter.readers.cell import Cell, CellError, Kind
from boiduong_exporter.readers.dates import birth, day
from boiduong_exporter.readers.numbers import days, whole
from boiduong_exporter.readers.times import clock, span
from boiduong_exporter.readers.words import choice, code, name, text, yes_no

__all__ = [
    "Cell",
    "CellError",
    "Field",
    "Kind",
    "Spec",
    "birth",
    "choice",
    "clock",
    "code",
    "day",
    "days",
    "name",
    "span",
    "text",
    "whole",
    "yes_no",
]


@dataclass(frozen=True)
class Field:
    """A column. `label` is its header as the template prints it, `aliases` the other headers that mean it. `read` gives
    the value of a cell, None of an empty one, and raises CellError. `required`: the column must be there; `filled`:
    each row must have it."""

    key: str
    label: str
    read: Callable[[Cell], Any]
    aliases: tuple[str, ...] = ()
    required: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Spec:
    """A kind of table. `open_column` gives the value that a further header stands for ("05/03/2026 Sáng"), or None; the
    value must be hashable. `marks` are facts above the table: "Nhãn: giá trị", or two cells side by side. `optional`:
    beside another table it may stay empty. `beside`: headers of columns that lists of ours have for people to read,
    which the books do not keep."""

    key: str
    title: str
    fields: tuple[Field, ...]
    open_column: Callable[[str], Any | None] | None = None
    marks: tuple[Field, ...] = ()
    optional: bool = False
    beside: tuple[str, ...] = ()
