"""What the study clock says."""

from boiduong_xblocks.learner import Role
from boiduong_xblocks.words import marked

BAR = marked("Thời gian đã học so với thời gian tối thiểu")

SOME = marked("Đã học {studied} phút · tối thiểu {minimum} phút")
ENOUGH = marked("Đã học {studied} phút · đủ tối thiểu {minimum} phút")
FREELY = marked("Đã học {studied} phút")

RUNNING = marked("Đồng hồ đang chạy, tính chung mọi trang của chuyên đề.")
IDLE = marked("Đồng hồ đang nghỉ: chạm hoặc cuộn trang để tiếp tục.")
MEDIA = marked("Đã xem mười phút: chạm hoặc cuộn trang để đồng hồ tiếp tục.")
ELSEWHERE = marked("Đồng hồ đang chạy ở cửa sổ khác: chạm vào trang này để học tiếp ở đây.")
OFFLINE = marked("Đang chờ mạng, thời gian được giữ trên máy này.")
BUSY = marked("Máy chủ chưa trả lời, thời gian được giữ trên máy này.")
EXPIRED = marked("Phiên đăng nhập đã hết: tải lại trang rồi đăng nhập để thời gian tiếp tục được ghi.")

NO_SCRIPT = marked("Đồng hồ cần JavaScript: bật JavaScript trong trình duyệt để thời gian học được ghi.")
NOT_SET = marked("Đồng hồ của trang này chưa được đặt mã chuyên đề, mã mục và bản, nên chưa ghi thời gian.")

FOR = {
    Role.STAFF: marked("Đồng hồ chỉ chạy cho học viên. Học viên sẽ thấy:"),
    Role.WATCHING: marked("Đang xem như học viên: đồng hồ không chạy. Học viên sẽ thấy:"),
    Role.NOBODY: marked("Đồng hồ chỉ chạy sau khi đăng nhập. Học viên sẽ thấy:"),
}
"""Said to those whose time does not count."""

NOT_COUNTED = marked("Đồng hồ chỉ ghi thời gian của học viên đã đăng nhập.")
UNREADABLE = marked("Không đọc được tin của đồng hồ: tải lại trang.")
UNKNOWN_LAUNCH = marked("Lượt học này không còn được nhận: mở lượt mới.")

BAD_TOPIC = marked("Mã chuyên đề còn trống, quá dài hoặc có dấu cách: ghi mã viết liền, như trong sổ.")
BAD_SECTION = marked("Mã mục còn trống, quá dài hoặc có dấu cách: ghi mã viết liền.")
BAD_EDITION = marked("Bản chuyên đề còn trống hoặc quá dài: ghi bản như khi đóng gói.")
BAD_MINIMUM = marked("Thời gian tối thiểu phải là số giây, từ 0 trở lên.")
BAD_SHARE = marked("Phần của trang này phải là số giây, từ 0 trở lên.")

RESTING = (IDLE, MEDIA, ELSEWHERE, OFFLINE, BUSY, EXPIRED)
OF_THE_PAGE = {
    "some": SOME,
    "enough": ENOUGH,
    "freely": FREELY,
    "idle": IDLE,
    "media": MEDIA,
    "elsewhere": ELSEWHERE,
    "offline": OFFLINE,
    "busy": BUSY,
    "expired": EXPIRED,
}
"""What the script says, by the name it has there."""


def standing(studied_ms: int, minimum_seconds: int) -> str:
    """The text that fits the time of the topic so far."""
    if minimum_seconds <= 0:
        return FREELY
    return ENOUGH if studied_ms >= minimum_seconds * 1000 else SOME
