"""What text pasted from Word looks like when its lists and tables did not become Markdown."""

import re
from collections.abc import Iterator

from boiduong_vocabulary.problem import Problem

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.layout import Layout
from boiduong_packager.read.spacing import SEPARATOR

_BULLET = re.compile(r"[ \t]*[•·●○▪■][ \t]*\S")
_ITEM = re.compile(r"[ \t]*(?:[–—][ \t]*|[a-zđ0-9][)][ \t]+|[a-zđ][.][ \t]+)\S")
_ROW = re.compile(r"[ ]{0,3}\|[^\n]*")
_TABBED = re.compile(r"[ ]{0,3}(?!(?:[^\w\s]+|[^\t]{1,12}[.:)])\t+[^\t]*$)[^\s|][^|\t]*\t[^|]*\S[ \t]*")
"""A line whose cells a Tab holds apart; one Tab after the mark of a list is Word's own."""
_CAPTION = re.compile(r"^(?P<text>(?![#|>]|:::)[^{\n]*)\{:?[^}\n]*\.caption\b[^}\n]*\}[ \t]*$", re.MULTILINE)


def lists_are_markdown(layout: Layout) -> Iterator[Problem]:
    """A warning: the lines would run together into one paragraph."""
    before, told = "", False
    for offset, line in _lines(layout.outside, layout.start):
        was_told, told = told, bool(_BULLET.match(line) or (_ITEM.match(line) and before.strip() and "[" not in line))
        if told and not was_told:
            at = offset + len(line) - len(line.lstrip())
            hint = "bắt đầu mỗi ý bằng «- », hoặc «1. », hoặc để một dòng trống giữa các ý"
            message = f"dòng «{line.strip()[:20]}…» không thành danh sách, sẽ dính vào dòng trên"
            yield fault(Code.WORD_LIST, layout.source.place(at), message, hint)
        before = line


def tables_are_whole(layout: Layout) -> Iterator[Problem]:
    rows: list[tuple[int, str]] = []
    for offset, line in [*_lines(layout.masked, layout.start), (0, "")]:
        if _ROW.fullmatch(line):
            rows.append((offset, line))
        elif rows:
            yield from _table_faults(layout, rows)
            rows = []


def tables_are_drawn(layout: Layout) -> Iterator[Problem]:
    """A table of Word comes over the clipboard as lines with Tabs, and would run together into one paragraph."""
    rows: list[tuple[int, str]] = []
    for offset, line in [*_lines(layout.masked, layout.start), (0, "")]:
        if _TABBED.fullmatch(line):
            rows.append((offset, line))
            continue
        if len(rows) > 1:
            cells = [cell.strip() for cell in re.split(r"\t+", rows[0][1].strip())]
            hint = f"viết mỗi hàng dạng «| {' | '.join(cells)} |»; dưới hàng đầu thêm dòng |" + "---|" * len(cells)
            message = f"bảng dán từ Word, {len(rows)} hàng còn ngăn ô bằng phím Tab, sẽ dính thành một đoạn"
            yield _broken(layout, rows[0][0], message, hint)
        rows = []


def captions_stand_before_tables(layout: Layout) -> Iterator[Problem]:
    for match in _CAPTION.finditer(layout.masked, layout.start):
        if not _begins_table(layout.masked[match.end() :]):
            above = layout.masked[layout.start : match.start()].rstrip().rpartition("\n")[2]
            hint = "đặt dòng này ngay trên bảng, hoặc bỏ {.caption}; chú thích của hình ghi trong ngoặc kép sau tên tệp"
            if _ROW.fullmatch(above):
                hint = "chuyển dòng này lên trên bảng, giữa hai dòng trống"
            text = match["text"].strip() or layout.masked[: match.start()].rstrip().rpartition("\n")[2].strip()
            message = f"tên bảng «{text}» không đứng ngay trước bảng nào"
            yield _broken(layout, match.start(), message, hint)


def _begins_table(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and "|" in lines[0] and SEPARATOR.fullmatch(lines[1]) is not None


def _table_faults(layout: Layout, rows: list[tuple[int, str]]) -> Iterator[Problem]:
    columns = _columns(rows[0][1])
    if len(rows) < 2 or not SEPARATOR.fullmatch(rows[1][1]):
        hint = "dưới hàng đầu bảng thêm một dòng kẻ: |" + "---|" * max(columns, 1)
        yield _broken(layout, rows[0][0], "bảng thiếu dòng kẻ dưới hàng đầu", hint)
        return
    if _columns(rows[1][1]) != columns:
        message = f"đầu bảng có {columns} cột, dòng kẻ có {_columns(rows[1][1])}"
        yield _broken(layout, rows[1][0], message, "viết dòng kẻ: |" + "---|" * columns)
    for offset, row in rows[2:]:
        if _columns(row) > columns:
            message = f"hàng này có {_columns(row)} ô, đầu bảng chỉ có {columns} cột"
            yield _broken(
                layout, offset, message, "bỏ bớt dấu |, hoặc thêm cột ở hàng đầu; dấu | trong chữ viết là \\|"
            )


def _broken(layout: Layout, offset: int, message: str, hint: str) -> Problem:
    return fault(Code.BROKEN_TABLE, layout.source.place(offset), message, hint)


def _columns(row: str) -> int:
    inner = re.sub(r"^\s*\||(?<!\\)\|\s*$", "", row)
    return len(re.split(r"(?<!\\)\|", inner))


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for line in text[start:].split("\n"):
        yield start, line
        start += len(line) + 1
