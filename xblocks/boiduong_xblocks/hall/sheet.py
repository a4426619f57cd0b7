"""A session's list for the books: the events that are published when it is closed, and the table that
`boiduong import attendance` takes. Pure. Headers and marks of the table are that command's: they are never translated.
"""

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import Any

from boiduong_xblocks.hall.roll import Presence, Row
from boiduong_xblocks.moments import DAY_MS, clock, half, local, midnight_ms

_HALVES = {"morning": "Sáng", "afternoon": "Chiều", "evening": "Tối"}
_MARKS = {Presence.PRESENT: "x", Presence.ABSENT: "v", Presence.EXCUSED: "p"}
_HOW = {"code": "mã điểm danh", "list": "ghi tay"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MINUTE_MS = 60_000


@dataclass(frozen=True)
class Held:
    """Which session it was: `at_ms` is when it began by the arrangement, else when it was opened."""

    class_code: str
    session_id: str
    at_ms: int

    @property
    def date(self) -> str:
        """2026-12-15, local."""
        return local(self.at_ms).date().isoformat()

    @property
    def half(self) -> str:
        return half(self.at_ms)

    @property
    def file_name(self) -> str:
        """In letters that every system and every header takes."""
        return f"diem-danh-{re.sub('[^A-Za-z0-9_.-]', '-', self.session_id)}-{self.date}.csv"

    def times(self, row: Row) -> tuple[int | None, int | None]:
        """When the person came and left, on the session's day: the books refuse other days. A session may be opened
        again a day later, and one in the evening be left after midnight."""
        came, left = row.came_ms, row.left_ms
        first = midnight_ms(self.at_ms)
        if came is None or not first <= came < first + DAY_MS:
            return None, None
        return came, None if left is None else min(left, first + DAY_MS - 1)

    def attended(self, row: Row) -> dict[str, Any]:
        """What `boiduong.attendance.attended` says of one person, but for the sheet's number."""
        came, left = self.times(row)
        return {
            "class": self.class_code,
            "session": self.session_id,
            "date": self.date,
            "half": self.half,
            "learner": row.learner,
            "presence": str(row.presence),
            "came_ms": came,
            "left_ms": left,
            "how": row.how,
            "reason": row.reason,
        }

    def mark(self, row: Row) -> str:
        """7:31-11:15, 7:31, x, v or p."""
        came, left = self.times(row)
        if row.presence is not Presence.PRESENT or came is None:
            return _MARKS[row.presence]
        return clock(came) if left is None else _span(came, left)

    def table(self, rows: Iterable[Row]) -> bytes:
        """CSV in UTF-8 with a BOM, as Excel wants it."""
        text = StringIO()
        writer = csv.writer(text)
        slot = f"{_HALVES[self.half]} {local(self.at_ms):%d/%m/%Y}"
        writer.writerow(("Mã lớp", "Tài khoản", "Họ và tên", slot, "Cách ghi", "Lý do", "Người ghi"))
        for row in rows:
            cells = (self.class_code, row.learner, row.name, self.mark(row), _HOW[row.how], row.reason, row.by)
            writer.writerow(map(_harmless, cells))
        return text.getvalue().encode("utf-8-sig")


def _span(came_ms: int, left_ms: int) -> str:
    """A table knows minutes, and nobody leaves in the minute in which they came: that one is made two."""
    if left_ms // _MINUTE_MS > came_ms // _MINUTE_MS:
        return f"{clock(came_ms)}-{clock(left_ms)}"
    start = came_ms - _MINUTE_MS if clock(came_ms) == "23:59" else came_ms
    return f"{clock(start)}-{clock(start + _MINUTE_MS)}"


def _harmless(cell: str) -> str:
    """No spreadsheet takes the cell for a formula; our reader knows the apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def digest(said: dict[str, Any]) -> str:
    """Sixteen hexadecimal digits: whether a person's line is still what the books were told."""
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
