"""What the attendance block of an Open edX course publishes: a line for each person when staff close a session, and one
for each code that a learner scans. Only what staff closed is attendance; the scans lie under it."""

from datetime import date

from boiduong_vocabulary.evidence import Half, Presence
from msgspec import Struct, field

from boiduong_exporter.logs.moments import is_plausible
from boiduong_exporter.logs.record import Attended, Record, Where
from boiduong_exporter.logs.refusing import bad_field, bad_moment, unnamed
from boiduong_exporter.logs.signs import NUL, Count, Milliseconds, Name, Text

ATTENDED, SCAN = "boiduong.attendance.attended", "boiduong.attendance.scan"
SCANNED = "lượt nhập mã của học viên; điểm danh lấy theo danh sách gửi khi đóng buổi"
_EPOCH, _DAY = date(1970, 1, 1), 1440
_LOCAL = 7 * 60
"""Minutes that Asia/Ho_Chi_Minh is ahead of UTC."""


class AttendedSign(Struct, gc=False, kw_only=True):
    """One person on a closed sheet; `sheet` counts how often this session was closed so far. The payload also says how
    presence was taken and why by hand, which the books have no place for."""

    class_code: Text = field(name="class", default="")
    session: Name
    date: date
    half: Half
    learner: Text
    presence: Presence
    came_ms: Milliseconds | None
    left_ms: Milliseconds | None
    sheet: Count


def attended_record(line: int, course: str, at_ms: int, sign: AttendedSign) -> Record:
    """The attendance that `sign` tells, closed at `at_ms`. Whoever is absent came and left at no time."""
    learner = sign.learner.strip()
    if not learner or any(NUL in name for name in (learner, course, sign.class_code, sign.session)):
        return unnamed(line, learner)
    if not is_plausible(at_ms):
        return bad_moment(line, "thời điểm nhận")
    is_there = sign.presence is Presence.PRESENT
    times = {"came_ms": sign.came_ms, "left_ms": sign.left_ms} if is_there else {}
    minutes = {name: _minute(ms, sign.date) for name, ms in times.items() if ms is not None}
    for name, minute in minutes.items():
        if not 0 <= minute < _DAY:
            return bad_field(line, f"event.{name}", "không thuộc ngày của buổi")
    came, left = _apart(minutes.get("came_ms"), minutes.get("left_ms"))
    if came is not None and left is not None and left < came:
        return bad_field(line, "event.left_ms", "giờ ra trước giờ vào")
    where = Where(sign.class_code, course)
    return Attended(
        line, learner, where, at_ms, sign.session, sign.date, sign.half, sign.presence, came, left, sign.sheet
    )


def _minute(ms: int, day: date) -> int:
    """Whole minutes since the local midnight with which `day` begins."""
    return ms // 60_000 + _LOCAL - (day - _EPOCH).days * _DAY


def _apart(came: int | None, left: int | None) -> tuple[int | None, int | None]:
    """Both, a minute apart where they are one: a sheet knows no span without length, and the block's own table, which
    may be brought as well, must say the same."""
    if came is None or came != left:
        return came, left
    return (came, left + 1) if left < _DAY - 1 else (came - 1, left)
