"""What stands in the cells of an attendance sheet: half days in its header, marks and times below, and the result."""

import re
from fractions import Fraction

from boiduong_vocabulary.evidence import Half, Presence
from boiduong_vocabulary.vietnamese import parse_date

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.attendance_class import Mark, Slot
from boiduong_exporter.readers.fields import Cell, CellError, Kind, choice, clock, days, span

_BETWEEN = r"[\s,:;()–-]*"
_SLOT = re.compile(rf"(.+?){_BETWEEN}\b(?:buổi\s+)?(sáng|chiều|tối|s|c|t)\b[.)]*", re.IGNORECASE)
_HALF_FIRST = re.compile(rf"(?:buổi\s+)?(sáng|chiều|tối){_BETWEEN}(.+)", re.IGNORECASE)
_WEEKDAY = re.compile(rf"(?:(?:thứ\s+\w+|t[2-7]|chủ nhật|cn){_BETWEEN})?(?:ngày{_BETWEEN})?", re.IGNORECASE)
_HALVES = {"s": Half.MORNING, "c": Half.AFTERNOON, "t": Half.EVENING} | {half.label: half for half in Half}
MARKS = choice(
    {"x": Presence.PRESENT, "v": Presence.ABSENT, "p": Presence.EXCUSED},
    {
        "có": Presence.PRESENT, "có mặt": Presence.PRESENT, "+": Presence.PRESENT, "1": Presence.PRESENT,
        "✓": Presence.PRESENT, "✔": Presence.PRESENT, "đủ": Presence.PRESENT,
        "vắng": Presence.ABSENT, "k": Presence.ABSENT, "0": Presence.ABSENT, "-": Presence.ABSENT,
        "không": Presence.ABSENT, "phép": Presence.EXCUSED, "vắng có phép": Presence.EXCUSED, "cp": Presence.EXCUSED,
    },
)  # fmt: skip
ESSAY = choice({"đạt": True, "chưa đạt": False}, {"không đạt": False, "đ": True, "cđ": False})
TEN = 10
_LATE = re.compile(r"\b(?:muộn|trễ)\b", re.IGNORECASE)
_LATE_HINT = "đến muộn thì ghi giờ vào-ra, ví dụ 8:20-11:15"


def slot(header: str) -> Slot | None:
    """The half day that a column's header names: "05/03/2026 Sáng", "Sáng ngày 5/3/2026"."""
    line = " ".join(header.split())
    for pattern, (day, half) in ((_SLOT, (1, 2)), (_HALF_FIRST, (2, 1))):
        found = pattern.fullmatch(line)
        if not found:
            continue
        try:
            return parse_date(_WEEKDAY.sub("", found[day], count=1).strip(" ,:;()–-")), _HALVES[found[half].casefold()]
        except ValueError:
            continue
    return None


def mark(cell: Cell) -> Mark:
    """A mark, the times in and out, or the time in alone."""
    if cell.kind is Kind.MOMENT:
        return Presence.PRESENT, clock(cell), None
    line = cell.line
    if line[:1].isdigit() and len(line) > 1:
        try:
            return (Presence.PRESENT, *(span(cell) or (None, None)))
        except CellError:
            if "-" in line or "–" in line:
                raise
            return Presence.PRESENT, clock(cell), None
    try:
        return MARKS(cell) or Presence.ABSENT, None, None
    except CellError as error:
        raise CellError(error.message, _LATE_HINT if _LATE.search(line) else error.hint, error.code) from None


def score(cell: Cell) -> Fraction | None:
    """A score out of ten: 7, 7,5."""
    try:
        found = days(cell)
    except CellError as error:
        message = error.message.replace("số ngày", "điểm")
        raise CellError(message, "ghi điểm theo thang 10, ví dụ 7,5", error.code) from None
    if found is not None and found > TEN:
        raise CellError(f"điểm «{cell.line}» lớn hơn {TEN}", "ghi điểm theo thang 10, ví dụ 7,5", Code.BAD_NUMBER)
    return found
