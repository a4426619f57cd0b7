"""Finding the header: which row it is, how many rows it fills, and which column is which field."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from boiduong_vocabulary.vietnamese import fold, slug

from boiduong_exporter.readers.cell import display
from boiduong_exporter.readers.fields import Field, Spec
from boiduong_exporter.readers.grid import Grid

_SEARCHED, _DEEPEST = 30, 3
_NEAR = 0.8
"""How alike a header and a name must be to be asked about, marks aside: "Số tiết" is no slip for "Họ và tên"."""
_DECORATION = re.compile(r"\(\*\)|\*|\((?:dd|ngày)\s?/\s?(?:mm|tháng)\s?/\s?(?:yyyy|năm)\)|:\s*$")
_NUMBERS = frozenset(("stt", "tt", "số tt", "số thứ tự", "thứ tự", "no", "no.", "#"))
_IDENTIFIERS = re.compile(
    r"(?:số )?(?:thẻ )?(?:cccd|cmnd|cmtnd|căn cước|định danh|đdcn)\b|số chứng minh|chứng minh nhân dân"
    r"|thẻ đảng|số thẻ đv|thẻ đảng viên"
)


@dataclass(frozen=True)
class Column:
    """A column of the header: its texts from top to bottom."""

    index: int
    parts: tuple[str, ...]

    @property
    def title(self) -> str:
        return " ".join(self.parts)


@dataclass(frozen=True)
class Header:
    """Where the header of `spec` stands, and what each column is: a field, an open value, or nothing of ours."""

    spec: Spec
    top: int
    bottom: int
    columns: tuple[Column, ...]
    fields: dict[int, Field]
    open: dict[int, Any]

    @property
    def score(self) -> int:
        """How many of the expected columns are here."""
        return len({field.key for field in self.fields.values()}) + (1 if self.open else 0)

    @property
    def missing(self) -> list[Field]:
        found = {field.key for field in self.fields.values()}
        return [field for field in self.spec.fields if field.key not in found]

    @property
    def is_complete(self) -> bool:
        """Every column is here that must be."""
        return not any(field.required for field in self.missing)

    @property
    def read(self) -> set[int]:
        """The columns that are understood."""
        return {*self.fields, *self.open}

    @property
    def unread(self) -> list[Column]:
        return [column for column in self.columns if column.index not in self.fields and column.index not in self.open]


class Head:
    """The texts that a header may be made of: the first rows of a sheet, horizontal merges spread over their width."""

    def __init__(self, grid: Grid) -> None:
        rows = sorted(number for number in grid.rows if number <= _SEARCHED + _DEEPEST)
        self.texts = {number: {at: display(cell) for at, cell in grid.rows[number].items()} for number in rows}
        self.wide: dict[int, set[int]] = {number: set() for number in rows}
        self.tall: set[tuple[int, int]] = set()
        for merge in grid.merges:
            text = self.texts.get(merge.top, {}).get(merge.left)
            if text is not None:
                self._spread(merge.top, merge.left, min(merge.right, merge.left + 400), text)
                if merge.bottom > merge.top:
                    self.tall.add((merge.top, min(merge.bottom, merge.top + _DEEPEST)))

    def _spread(self, top: int, left: int, right: int, text: str) -> None:
        if right > left:
            self.texts[top].update(dict.fromkeys(range(left, right + 1), text))
            self.wide[top].update(range(left, right + 1))

    def columns(self, top: int, depth: int) -> tuple[Column, ...]:
        rows = [self.texts.get(number, {}) for number in range(top, top + depth)]
        indexes = sorted({index for row in rows for index in row})
        return tuple(Column(index, tuple(row[index] for row in rows if index in row)) for index in indexes)

    def continues(self, top: int, depth: int) -> bool:
        """Is the row below a header of `depth` rows still part of it? Yes when the header is merged down into it, or
        when it fills just the columns that stand under cells merged over several."""
        if any(top <= start < top + depth <= end for start, end in self.tall):
            return top + depth in self.texts
        below = set(self.texts.get(top + depth, ()))
        return len(below) > 1 and below <= self.wide.get(top + depth - 1, set())


def find_header(grid: Grid, specs: Sequence[Spec]) -> Header | None:
    """The header in `grid` that fits one of `specs` best; None when none fits."""
    head = Head(grid)
    found = [header for spec in specs for top in head.texts if top <= _SEARCHED if (header := _at(head, spec, top))]
    return max(found, key=_fitness) if found else None


def _fitness(header: Header) -> tuple[int, float, int, int]:
    """Most columns; then the first one (a header may be repeated on each page), with no title above it."""
    return header.score, header.score / max(1, len(header.spec.fields)), -header.bottom, header.top


def _at(head: Head, spec: Spec, top: int) -> Header | None:
    depth = _depth(head, spec, top)
    columns = head.columns(top, depth)
    fields = _matched(spec, columns)
    opened = _opened(spec, (column for column in columns if column.index not in fields))
    header = Header(spec, top, top + depth - 1, columns, fields, opened)
    return header if header.score >= min(2, len(spec.fields)) and fields else None


def _depth(head: Head, spec: Spec, top: int) -> int:
    depth = 1
    while depth < _DEEPEST and (head.continues(top, depth) or _gains(head, spec, top, depth)):
        depth += 1
    return depth


def _gains(head: Head, spec: Spec, top: int, depth: int) -> bool:
    """Does one row more name fields that are not named without it, or open columns beside those of the fields?"""
    below = head.texts.get(top + depth)
    columns = head.columns(top, depth)
    now = _matched(spec, columns)
    if below is None or not now:
        return False
    deeper = head.columns(top, depth + 1)
    then = _matched(spec, deeper)
    if {field.key for field in now.values()} < {field.key for field in then.values()}:
        return True
    return not below.keys() & now.keys() and len(_opened(spec, deeper)) > len(_opened(spec, columns))


def _matched(spec: Spec, columns: Iterable[Column]) -> dict[int, Field]:
    names = _names(spec)
    found = ((column.index, next((names[key] for key in _keys(column) if key in names), None)) for column in columns)
    return {index: field for index, field in found if field is not None}


@lru_cache(maxsize=64)
def _names(spec: Spec) -> dict[str, Field]:
    return {key(name): field for field in reversed(spec.fields) for name in (field.label, *field.aliases)}


def _phrases(column: Column) -> Iterator[str]:
    """What a column may be called: all its texts together, then fewer and fewer of the upper ones, then each alone."""
    yield from (" ".join(column.parts[start:]) for start in range(len(column.parts)))
    yield from reversed(column.parts[:-1])


def _keys(column: Column) -> Iterator[str]:
    return map(key, _phrases(column))


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What two spellings of one header share; marks of "must be filled" and of a date's form are no part of it."""
    return fold(_DECORATION.sub(" ", name))


def _opened(spec: Spec, columns: Iterable[Column]) -> dict[int, Any]:
    recognise = spec.open_column
    if recognise is None:
        return {}
    values = ((column.index, (recognise(phrase) for phrase in _phrases(column))) for column in columns)
    opened = ((index, next((value for value in found if value is not None), None)) for index, found in values)
    return {index: value for index, value in opened if value is not None}


def is_number_column(column: Column) -> bool:
    return key(column.title) in _NUMBERS


def is_identifier_column(column: Column) -> bool:
    return _IDENTIFIERS.search(key(column.title)) is not None


def near_field(title: str, fields: Iterable[Field]) -> Field | None:
    """The field that `title` was probably meant to name."""
    named = {slug(name): field for field in fields for name in (field.label, *field.aliases)}
    match = difflib.get_close_matches(slug(title), named, n=1, cutoff=_NEAR)
    return named[match[0]] if match else None
