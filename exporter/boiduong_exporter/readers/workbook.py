"""XLSX: the filled cells of every sheet, with what Excel shows of them.

The XML is read directly, in one pass: openpyxl tells neither a formula without a saved result nor the fonts within a
text without reading the file again (docs/decisions/0011).
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import nfc

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.cell import Cell, Kind, show_number
from boiduong_exporter.readers.grid import Grid, Merge, Opened, TooLargeError, within_bounds
from boiduong_exporter.readers.parts import (
    BROKEN,
    MAX_XML,
    Package,
    SheetPart,
    TooMuchXmlError,
    sheet_parts,
    walk,
    workbook_name,
)
from boiduong_exporter.readers.styles import Runs, Style, Styles, Texts, read_styles, runs_of

_EPOCH_1904 = 1462
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass
class _Book:
    """What all sheets of a workbook share."""

    styles: Styles
    shared: list[Runs]
    epoch: int
    texts: Texts = field(default_factory=Texts)


@dataclass
class _Sheet:
    """A sheet while it is read."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    converted: list[tuple[str, str]] = field(default_factory=list)


def open_workbook(data: bytes, name: str) -> Opened:
    """The sheets of the XLSX file `name`."""
    try:
        return Opened(tuple(_grids(Package(data), name)))
    except TooMuchXmlError:
        return Opened(problems=(_too_large(name, f"bung ra hơn {MAX_XML >> 20} MB"),))
    except TooLargeError as error:
        return Opened(problems=(_too_large(name, str(error)),))
    except BROKEN:
        return Opened(problems=(_broken(name),))


def _too_large(name: str, why: str) -> Problem:
    hint = "chép phần bảng cần nhập sang một tệp Excel mới rồi lưu lại; danh sách dài thì chia thành nhiều tệp"
    return fault(Code.TOO_LARGE, Place(name), f"tệp lớn bất thường: {why}", hint)


def _broken(name: str) -> Problem:
    hint = "mở tệp bằng Excel, chọn Lưu thành (Save as) dạng «Excel Workbook (*.xlsx)», rồi nhập tệp mới"
    return fault(Code.NOT_A_TABLE_FILE, Place(name), "tệp hỏng hoặc không phải tệp Excel (.xlsx)", hint)


def _grids(package: Package, name: str) -> Iterator[Grid]:
    main = workbook_name(package)
    workbook = package.tree(main)
    if workbook is None:
        raise KeyError(main)
    related = package.related(main)
    book = _book(package, workbook, related)
    for part in sheet_parts(package, workbook, related):
        yield _grid(part, book, name)


def _book(package: Package, workbook: Any, related: dict[str, tuple[str, str]]) -> _Book:
    by_kind = dict(related.values())
    texts = package.read(by_kind.get("sharedStrings", "xl/sharedStrings.xml"))
    shared = [runs_of(item) for item in walk(texts, "si")] if texts else []
    properties = workbook.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")
    styles = read_styles(package.tree(by_kind.get("styles", "xl/styles.xml")))
    return _Book(styles, shared, _EPOCH_1904 if from_1904 else 0)


def _grid(part: SheetPart, book: _Book, name: str) -> Grid:
    sheet = _Sheet()
    for element in walk(part.data, "row", "col", "mergeCell"):
        _READ[element.tag.rpartition("}")[2]](element, sheet, book)
    within_bounds(sheet.rows)
    title = nfc(part.name)
    return Grid(
        f"{name}:{title}", title, sheet.rows, tuple(sheet.merges), part.hidden,
        tuple(sheet.hidden_rows), tuple(sheet.hidden_columns), tuple(sheet.converted),
    )  # fmt: skip


def _read_column(element: Any, sheet: _Sheet, _: _Book) -> None:
    if element.get("hidden") in ("1", "true"):
        first, last = _whole(element.get("min"), 1), _whole(element.get("max"), 0)
        sheet.hidden_columns.extend(range(first, min(last, _LAST_COLUMN) + 1))


def _read_merge(element: Any, sheet: _Sheet, _: _Book) -> None:
    ends = [_reference(end) for end in (element.get("ref") or "").split(":")]
    if len(ends) == 2 and ends[0] and ends[1]:
        (top, left), (bottom, right) = ends[0], ends[1]
        sheet.merges.append(Merge(top, left, bottom, right))


def _read_row(element: Any, sheet: _Sheet, book: _Book) -> None:
    number = max(_whole(element.get("r"), 0), next(reversed(sheet.rows), 0) + 1)
    cells = {cell.column: cell for cell in _cells(element, number, sheet, book) if cell.kind is not Kind.BLANK}
    if cells:
        sheet.rows[number] = cells
        if element.get("hidden") in ("1", "true"):
            sheet.hidden_rows.append(number)
    if len(sheet.rows) & 0xFFFF == 0xFFFF:
        within_bounds(sheet.rows)


_READ = {"row": _read_row, "col": _read_column, "mergeCell": _read_merge}


def _cells(row: Any, number: int, sheet: _Sheet, book: _Book) -> Iterator[Cell]:
    last = 0
    for element in row.iterchildren("{*}c"):
        at = _reference(element.get("r"))
        last = max(at[1] if at else 0, last + 1)
        if len(element):
            yield _cell(element, number, last, sheet, book)


def _cell(element: Any, row: int, column: int, sheet: _Sheet, book: _Book) -> Cell:
    parts = {part.tag.rpartition("}")[2]: part for part in element.iterchildren("{*}*")}
    kind, style = element.get("t") or "n", book.styles[element.get("s")]
    runs = _text_runs(kind, parts, book)
    if runs is not None:
        text, typed = book.texts.text(runs, style.font)
        if typed:
            sheet.converted.append((typed, text))
        return Cell(row, column, Kind.TEXT if text else Kind.BLANK, text)
    value = (parts["v"].text or "").strip() if "v" in parts else ""
    if not value:
        return Cell(row, column, Kind.UNCOMPUTED if "f" in parts else Kind.BLANK)
    return _valued(Cell(row, column, format=style.format, epoch=book.epoch), kind, value, style)


def _text_runs(kind: str, parts: dict[str, Any], book: _Book) -> Runs | None:
    """The text of a cell that holds text; None for any other."""
    value = (parts["v"].text or "") if "v" in parts else ""
    match kind:
        case "s":
            place = _whole(value.strip(), -1)
            return book.shared[place] if 0 <= place < len(book.shared) else None
        case "inlineStr":
            return runs_of(parts["is"]) if "is" in parts else (("", value),)
        case "str" | "d":
            return (("", value),)
    return None


def _valued(cell: Cell, kind: str, value: str, style: Style) -> Cell:
    if kind == "b":
        return Cell(cell.row, cell.column, Kind.TRUTH, "TRUE" if value in ("1", "true") else "FALSE")
    number = _number(value) if kind == "n" else None
    if number is None:
        return Cell(cell.row, cell.column, Kind.ERROR, value)
    known = Kind.MOMENT if style.dated else Kind.NUMBER
    return Cell(cell.row, cell.column, known, show_number(number), number, cell.format, cell.epoch)


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _whole(value: str | None, otherwise: int) -> int:
    sound = value is not None and value.isascii() and value.isdecimal() and len(value) < 8
    return int(value) if sound and value else otherwise


def _reference(text: str | None) -> tuple[int, int] | None:
    """ "D12" -> (12, 4)."""
    found = _REFERENCE.fullmatch(text or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if 0 < row <= _LAST_ROW and column <= _LAST_COLUMN else None
