"""What the attendance block says: to a learner in each state, to the monitor, and the words of its pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from boiduong_xblocks.hall.attending import Own, Phase
from boiduong_xblocks.hall.roll import Entry, Mark, Presence
from boiduong_xblocks.moments import clock, moment
from boiduong_xblocks.words import EXPIRED, marked

Said = tuple[str, dict[str, object]]
"""A text and its values."""

_TELL = marked("Nếu chưa đúng, báo cán bộ quản lý lớp.")
_BY_HAND = {
    Mark.PRESENT: marked("Cán bộ quản lý lớp đã ghi có mặt trong buổi này."),
    Mark.EXCUSED: marked("Cán bộ quản lý lớp đã ghi vắng có phép. Lý do: {reason}"),
    Mark.ABSENT: marked("Cán bộ quản lý lớp đã ghi vắng. Lý do: {reason}"),
    Mark.OFF: marked("Cán bộ quản lý lớp đã bỏ tên khỏi danh sách buổi này. Lý do: {reason}"),
}
_WITHOUT = {
    Phase.NEW: marked("Buổi học chưa mở điểm danh."),
    Phase.IN: marked("Nhập mã đang hiện trên màn hình của lớp để điểm danh."),
    Phase.OUT: marked("Chưa điểm danh vào buổi này. Nếu đang dự, báo cán bộ quản lý lớp để được ghi tên."),
    Phase.CLOSED: marked("Buổi đã đóng và không có lượt điểm danh nào. Nếu đã dự, báo cán bộ quản lý lớp."),
}
ASKED = {Phase.IN: marked("Điểm danh vào"), Phase.OUT: marked("Điểm danh ra")}
WRONG = marked("Mã chưa đúng. Xem lại mã đang hiện trên màn hình rồi nhập lại.")
PAUSED = marked("Đã nhập sai mã nhiều lần. Nhập lại được sau {seconds} giây.")
STARTS = marked("Giờ bắt đầu: {moment}.")

LEARNER_PAGE = {
    "code_label": marked("Mã điểm danh"),
    "refresh": marked("Cập nhật"),
}
WATCHING = marked("Đang xem như học viên, nên không điểm danh được ở đây.")
NOBODY = marked("Đăng nhập để điểm danh.")
NO_LINE = marked("Mất kết nối với máy chủ. Kiểm tra mạng rồi thử lại.")
PAUSE_OVER = marked("Nhập lại mã được rồi.")
LEARNER_SCRIPT = {"offline": NO_LINE, "over": PAUSE_OVER, "expired": EXPIRED}

PHASES = {
    Phase.NEW: marked("Chưa mở điểm danh."),
    Phase.IN: marked("Đang mở điểm danh vào."),
    Phase.OUT: marked("Đang mở điểm danh ra."),
    Phase.CLOSED: marked("Buổi đã đóng lúc {time}."),
}
OPENED = {Phase.IN: marked("Mở điểm danh vào"), Phase.OUT: marked("Mở điểm danh ra")}
REOPENED = {Phase.IN: marked("Mở lại điểm danh vào"), Phase.OUT: marked("Mở lại điểm danh ra")}
CLOSE, SEND_AGAIN = marked("Đóng buổi và gửi danh sách"), marked("Gửi lại danh sách")
HINT = marked("Học viên mở bài «{title}» của khóa học trên điện thoại rồi nhập mã. Mã đổi sau mỗi 30 giây.")
COUNT = marked("Đã có mặt: {count} người")
CHANGED = marked("Danh sách đã thay đổi sau khi gửi. Gửi lại để sổ theo dõi có danh sách mới.")
OTHER_DAY = marked("Theo lịch, buổi này vào {arranged}. Danh sách ghi theo ngày mở điểm danh: {held}.")
SENT = marked("Đã gửi danh sách lần {sheet}: {present} người có mặt, {excused} vắng có phép, {absent} vắng.")
RECORDED = marked("Đã ghi: {name}: {mark}.")

PRESENCES = {
    Presence.PRESENT: marked("có mặt"),
    Presence.EXCUSED: marked("vắng có phép"),
    Presence.ABSENT: marked("vắng"),
}
MARKS = {
    Mark.PRESENT: marked("có mặt"),
    Mark.EXCUSED: marked("vắng có phép"),
    Mark.ABSENT: marked("vắng"),
    Mark.OFF: marked("bỏ khỏi danh sách"),
    Mark.UNDONE: marked("hủy dòng ghi tay, lấy lại theo mã"),
}
STAFF_PAGE = {
    "full": marked("Phóng to mã"),
    "sure": marked("Đóng buổi? Danh sách sẽ được gửi vào sổ theo dõi; khi cần vẫn mở lại được."),
    "yes": marked("Đóng và gửi"),
    "no": marked("Chưa đóng"),
    "roll": marked("Danh sách và ghi tay"),
    "table": marked("Danh sách điểm danh của buổi"),
    "download": marked("Tải danh sách (CSV)"),
    "record": marked("Ghi tay"),
    "learner": marked("Tài khoản"),
    "name": marked("Họ và tên"),
    "name_hint": marked("Có thể để trống: hệ thống lấy theo tài khoản."),
    "mark": marked("Ghi là"),
    "reason": marked("Lý do"),
    "write": marked("Ghi vào danh sách"),
    "journal": marked("Những dòng đã ghi tay"),
}
STAFF_SCRIPT = {
    "expired": EXPIRED,
    "offline": marked("Mất kết nối với máy chủ. Mã đang hiện có thể đã cũ; đang thử nối lại."),
    "old": marked("Mã này đã cũ, đừng nhập. Đang chờ nối lại với máy chủ."),
    "unsaved": marked("Chưa ghi được. Kiểm tra mạng rồi bấm lại."),
    "lost": marked("Dòng vừa ghi không còn trong danh sách vì hai người ghi cùng lúc. Ghi lại dòng này."),
    "empty": marked("Chưa có ai trong danh sách."),
    "none": marked("Chưa có dòng nào."),
    "columns": marked("Họ và tên|Tài khoản|Ghi là|Vào|Ra|Cách ghi"),
    "edit": marked("Sửa"),
    "edit_of": marked("Sửa dòng của {name}"),
}
BY_CODE = marked("mã điểm danh")
BY_LIST = marked("{by} ghi tay. Lý do: {reason}")
LINE = marked("{time}, {by}: {name} ({learner}): {mark}. Lý do: {reason}")


@dataclass(frozen=True)
class Standing:
    """How things stand with one learner; `entry` as it holds (`roll.holding`), `checks_out` where that is asked."""

    phase: Phase
    own: Own
    entry: Entry | None
    checks_out: bool


def to_learner(stands: Standing, starts_ms: int | None, *, is_listed: bool) -> Iterator[Said]:
    """The sentences for one person."""
    phase, own, entry = stands.phase, stands.own, stands.entry
    if entry:
        yield _BY_HAND[entry.mark], {"reason": entry.reason}
        if entry.mark is not Mark.PRESENT:
            yield _TELL, {}
    elif own.came_ms is None:
        yield _WITHOUT[phase], {}
        if phase is Phase.NEW and starts_ms is not None:
            yield STARTS, {"moment": moment(starts_ms)}
    else:
        yield _came(phase, own)
        if is_listed:
            yield marked("Đã có tên trong danh sách."), {}
        else:
            yield marked("Đang chờ có tên trong danh sách; giữ trang này mở thêm ít giây."), {}
    if stands.checks_out and phase is Phase.IN and own.came_ms is not None:
        yield marked("Cuối buổi, mở lại trang này để điểm danh ra."), {}


def _came(phase: Phase, own: Own) -> Said:
    values: dict[str, object] = {"came": clock(own.came_ms or 0), "left": clock(own.left_ms or 0)}
    if phase is Phase.CLOSED:
        if own.left_ms is None:
            return marked("Đã điểm danh lúc {came}; buổi đã đóng."), values
        return marked("Đã điểm danh vào lúc {came}, ra lúc {left}; buổi đã đóng."), values
    if own.left_ms is None:
        return marked("Đã điểm danh vào lúc {came}."), values
    return marked("Đã điểm danh vào lúc {came}, ra lúc {left}."), values
