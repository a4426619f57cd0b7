"""How a line is refused: the code, what is wrong in Vietnamese, and what to do."""

import re

from boiduong_exporter.faults import Code
from boiduong_exporter.logs.record import Refused

_MISSING = re.compile(r"missing required field `(\w+)`(?: - at `\$\.?(.*)`)?")
_WHERE = re.compile(r" - at `\$\.?(.*)`")
_ASK_MAKER = "báo cho người quản trị hệ thống đã ghi nhật ký; các dòng khác vẫn được nhận"


def broken(line: int, why: str = "không phải JSON trọn vẹn") -> Refused:
    hint = "chép lại tệp từ máy chủ rồi nhập lại; nếu vẫn vậy thì dòng này hỏng từ khi ghi, các dòng khác vẫn được nhận"
    return Refused(line, Code.BROKEN_LINE, f"dòng hỏng: {why}", hint)


def too_long(line: int, megabytes: int) -> Refused:
    hint = "so với tệp gốc trên máy chủ: có thể nhiều dòng dính vào nhau; các dòng khác vẫn được nhận"
    return Refused(line, Code.LONG_LINE, f"dòng dài hơn {megabytes} MB", hint)


def cut_short(line: int) -> Refused:
    hint = "chép lại tệp cho đủ rồi nhập lại; phần đã nhận không bị ghi hai lần"
    return Refused(
        line, Code.CUT_SHORT, "tệp dừng giữa chừng, hoặc hỏng từ chỗ này; mọi dòng trước đó đã được đọc", hint
    )


def bad_field(line: int, field: str, why: str) -> Refused:
    return Refused(line, Code.BAD_FIELD, f"«{field}»: {why}", _ASK_MAKER)


def misfit(line: int, error: Exception) -> Refused:
    """The refusal of a line that is JSON, but not of its shape; `error` is msgspec's."""
    told = str(error)
    if found := _MISSING.search(told):
        return bad_field(line, ".".join(filter(None, (found[2], found[1]))), "thiếu trường này")
    found = _WHERE.search(told)
    field = found[1] if found else ""
    if "RFC3339" in told:
        return bad_moment(line, field)
    return bad_field(line, field or "cả dòng", "giá trị không đúng kiểu hoặc ngoài khoảng cho phép")


def bad_moment(line: int, field: str) -> Refused:
    message = f"«{field}»: thời điểm không đọc được, hoặc ngoài khoảng 2000–2100"
    return Refused(line, Code.BAD_MOMENT, message, "kiểm tra đồng hồ của máy chủ đã ghi nhật ký")


def old_claim(line: int) -> Refused:
    message = "thời gian học khi mất mạng gửi lên sau hơn 7 ngày"
    hint = "không tính được vào thời gian học; nối mạng trong vòng 7 ngày sau khi học ngoại tuyến"
    return Refused(line, Code.OLD_CLAIM, message, hint)


def unnamed(line: int, learner: str) -> Refused:
    """The refusal of a line without a learner, or with a name that has a NUL: no database keeps one."""
    return broken(line, "có ký tự NUL") if learner else nobody(line)


def nobody(line: int, why: str = "dòng không ghi tài khoản người học") -> Refused:
    hint = "người học phải đăng nhập bằng tài khoản của mình; nhật ký cần có tên tài khoản hoặc thư điện tử"
    return Refused(line, Code.NO_LEARNER, why, hint)
