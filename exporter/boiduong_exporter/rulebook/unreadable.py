"""How a file that is no TOML, or not of the shape, is told."""

import re
from pathlib import Path

from boiduong_vocabulary.problem import Place, Problem

from boiduong_exporter.faults import Code, fault


def unreadable(path: Path, said: str) -> Problem:
    """A file that is no TOML, or not of the shape; `said` is the reader's own message."""
    line = re.search(r"at line (\d+)", said)
    message = "tệp viết chưa đúng dạng"
    if field := re.search(r"field `([^`]+)`", said):
        message = f"{'thiếu' if 'missing' in said else 'không hiểu'} khóa «{field[1]}»"
    if at := re.search(r"at `\$\.?(\w+)(?:\[(\d+)\])?", said):
        message += f", trong [[{at[1]}]]" + (f" thứ {int(at[2]) + 1}" if at[2] else "")
    hint = "so với các tệp khác trong content/rules; xem docs/quy-dinh.md"
    return fault(Code.BAD_RULES, Place(str(path), int(line[1]) if line else 0), message, hint)
