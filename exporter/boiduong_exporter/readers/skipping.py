"""Rows under a header that are no data: column numbers, headers repeated, groups, totals, signatures."""

import re
from collections.abc import Mapping
from itertools import pairwise

from boiduong_vocabulary.vietnamese import fold

from boiduong_exporter.readers.cell import Cell, Kind, veiled
from boiduong_exporter.readers.dates import in_words
from boiduong_exporter.readers.grid import Grid
from boiduong_exporter.readers.header import Header, is_number_column, key

Cells = Mapping[int, Cell]

_TOTAL = re.compile(r"(?:tổng cộng|tổng số|cộng dồn)\b|(?:tổng|cộng)\s*(?:[:(.\d]|$)")
_SIGNED = re.compile(
    r"người (?:lập|tổng hợp|điểm danh)\b|lập (?:biểu|bảng)\b|thủ trưởng\b|t/m\b|tm\.|kt\.|tl\.|tuq\.|nơi nhận\b"
    r"|xác nhận (?:của|cơ quan|đơn vị)\b|\(ký|\(đã ký|ký, |ký tên"
    r"|(?:[^,]{1,60}, )?ngày\s+[\d.…_]*\s*tháng\s+[\d.…_]*\s*năm"
)
_REMARK = re.compile(r"(?:ghi chú|lưu ý|chú thích)\s*:|(?:ấn định )?danh sách (?:này |trên |gồm |có )+")
_COLUMN_NUMBER = re.compile(r"\(?(?:(\d{1,2})|[A-Za-z])\)?")
_GROUP = re.compile(r"(?:[IVXLC]{1,6}|[A-Z])[.)]?")
_GROUP_TITLE = re.compile(r"(?:[IVXLC]{1,6}|[A-Z])[.)]\s*\S")
_WIDE = 3


class Skipper:
    """Says of each row, from top to bottom, why it is no data; "" when it is."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._header = header
        self._number_columns = {column.index for column in header.columns if is_number_column(column)}
        self._key_columns = _key_columns(header)
        self._titles = {
            column.index: {key(part) for part in (*column.parts, column.title)} for column in header.columns
        }
        self._wide = {(merge.top, merge.left) for merge in grid.merges if merge.right - merge.left + 1 >= _WIDE}
        self._signed = False
        self._usual = 0
        self._first = True

    def reason(self, number: int, own: Cells, cells: Cells) -> str:
        """Why the row is no data. `own` are the cells that stand in it, `cells` also those merged down into it."""
        reason = self._unfilled(cells) or self._frame(cells) or self._footer(cells) or self._group(number, own, cells)
        self._first = False
        if not reason and not self._usual:
            self._usual = len(cells)
        return reason

    def _unfilled(self, cells: Cells) -> str:
        return "dòng chỉ có số thứ tự" if cells.keys() <= self._number_columns else ""

    def _frame(self, cells: Cells) -> str:
        if self._first and self._numbers_columns(cells):
            return "dòng đánh số cột"
        titled = [column for column in cells if key(cells[column].line) in self._titles.get(column, ())]
        return "dòng tiêu đề lặp lại" if len(titled) > 1 and len(titled) * 2 > len(cells) else ""

    def _numbers_columns(self, cells: Cells) -> bool:
        found = [_COLUMN_NUMBER.fullmatch(cells[column].line) for column in sorted(cells)]
        numbers = [int(match[1]) for match in found if match and match[1]]
        in_order = all(later == earlier + 1 for earlier, later in pairwise(numbers))
        whole = len(cells) * 2 > len(self._header.columns)
        return all(found) and len(found) > 2 and whole and in_order and numbers[:1] in ([], [1], [2])

    def _footer(self, cells: Cells) -> str:
        phrases = {column: kind for column, cell in cells.items() if (kind := _phrase(cell))}
        if phrases and all(in_words(cells[column].line) for column in phrases) and self._is_data(cells):
            phrases = {}  # a day of birth in words begins like the place and day over a signature
        data = self._is_data({column: cell for column, cell in cells.items() if column not in phrases})
        if phrases and not data:
            self._signed |= "chữ ký" in phrases.values()
            column = min(phrases)
            return f"dòng {phrases[column]}: «{veiled(cells[column].line)}»"
        if self._signed and not (data and len(cells) * 2 >= self._usual):
            return "dòng nằm sau phần ký"
        return ""

    def _group(self, number: int, own: Cells, cells: Cells) -> str:
        if self._is_data(cells):
            return ""
        texts = [own[column] for column in sorted(own) if own[column].kind is Kind.TEXT]
        if not texts:
            return ""
        counted = any(column in self._number_columns and _GROUP.fullmatch(own[column].line) for column in own)
        alone = len(own) == 1 and (
            (number, texts[0].column) in self._wide or _GROUP_TITLE.match(texts[0].line) is not None
        )
        return f"dòng tên nhóm: «{veiled(texts[-1].line)}»" if counted or alone else ""

    def _is_data(self, cells: Cells) -> bool:
        """Has the row every value that a row of this table must have?"""
        return all(any(column in cells for column in columns) for columns in self._key_columns)


def _key_columns(header: Header) -> list[set[int]]:
    """The columns of each field that makes a row one: those that must be filled, else those that must be there, else
    all."""
    fields = {field.key: field for field in header.fields.values()}.values()
    chosen = (
        [field for field in fields if field.filled] or [field for field in fields if field.required] or list(fields)
    )
    return [{column for column, other in header.fields.items() if other.key == field.key} for field in chosen]


def _phrase(cell: Cell) -> str:
    """The kind of footer that `cell` begins, if any."""
    if cell.kind is not Kind.TEXT:
        return ""
    words = fold(cell.text)
    kinds = (("tổng cộng", _TOTAL), ("chữ ký", _SIGNED), ("ghi chú cuối bảng", _REMARK))
    return next((kind for kind, pattern in kinds if pattern.match(words)), "")
