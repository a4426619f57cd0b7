"""Why a piece of evidence counts, waits or does not, in the words of a report."""

from enum import StrEnum


class Outcome(StrEnum):
    COUNTED = "counted"
    WAITING = "waiting"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {Outcome.COUNTED: "được tính", Outcome.WAITING: "chờ quyết định", Outcome.REFUSED: "không tính"}[self]


class Reason(StrEnum):
    WHOLE_SESSION = "whole_session"
    PART_SESSION = "part_session"
    PERIODS = "periods"
    RECOGNISED = "recognised"
    TOPIC_COMPLETED = "topic_completed"
    TOPIC_STUDIED = "topic_studied"

    KIND_UNDECIDED = "kind_undecided"
    FORM_UNDECIDED = "form_undecided"

    ABSENT = "absent"
    TOO_SHORT = "too_short"
    OUTSIDE_TERM = "outside_term"
    UNKNOWN_CLASS = "unknown_class"
    UNKNOWN_SESSION = "unknown_session"
    UNKNOWN_TOPIC = "unknown_topic"
    OTHER_EDITION = "other_edition"
    NO_RULE = "no_rule"
    OTHER_SCHEME = "other_scheme"
    NO_DAYS = "no_days"
    EXCLUDED_KIND = "excluded_kind"
    KIND_NOT_LISTED = "kind_not_listed"
    RULED_OUT = "ruled_out"
    FORM_NOT_ALLOWED = "form_not_allowed"
    ONLINE_ONLY = "online_only"
    NEEDS_ATTENDANCE = "needs_attendance"
    NO_RESULT = "no_result"
    SAME_SESSION = "same_session"
    REPEATED_TOPIC = "repeated_topic"
    TAUGHT_IN_CLASS = "taught_in_class"
    IN_CLASS_THEN = "in_class_then"
    INCOMPLETE = "incomplete"
    CLASS_FULL = "class_full"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Reason.WHOLE_SESSION: "đủ buổi",
    Reason.PART_SESSION: "có mặt một phần buổi, tính theo phút",
    Reason.PERIODS: "theo số tiết của quyết định",
    Reason.RECOGNISED: "lớp nơi khác được công nhận",
    Reason.TOPIC_COMPLETED: "hoàn thành chuyên đề tự học",
    Reason.TOPIC_STUDIED: "thời gian tự học thực tế",
    Reason.KIND_UNDECIDED: "loại lớp quy định không gọi tên, chờ quyết định",
    Reason.FORM_UNDECIDED: "học tại điểm cầu, văn bản chỉ nhận trực tiếp, chờ quyết định",
    Reason.ABSENT: "vắng",
    Reason.TOO_SHORT: "có mặt quá ít so với buổi học",
    Reason.OUTSIDE_TERM: "ngoài nhiệm kỳ đang xét",
    Reason.UNKNOWN_CLASS: "lớp không còn trong sổ",
    Reason.UNKNOWN_SESSION: "lớp không có buổi này",
    Reason.UNKNOWN_TOPIC: "lớp không có chuyên đề này",
    Reason.OTHER_EDITION: "bản chuyên đề khác với bản của lớp",
    Reason.NO_RULE: "ngày học chưa có quy định nào có hiệu lực",
    Reason.OTHER_SCHEME: "lớp theo quy định khác, không quy ra ngày",
    Reason.NO_DAYS: "quyết định mở lớp không ghi số ngày, số tiết",
    Reason.EXCLUDED_KIND: "loại lớp không thuộc chế độ này",
    Reason.KIND_NOT_LISTED: "loại lớp quy định không gọi tên",
    Reason.RULED_OUT: "cấp có thẩm quyền quyết định không tính",
    Reason.FORM_NOT_ALLOWED: "hình thức không được văn bản chấp nhận",
    Reason.ONLINE_ONLY: "lớp chỉ có trực tuyến",
    Reason.NEEDS_ATTENDANCE: "chưa dự đủ buổi trực tiếp của lớp",
    Reason.NO_RESULT: "chưa có kết quả đạt của lớp",
    Reason.SAME_SESSION: "trùng buổi đã tính",
    Reason.REPEATED_TOPIC: "chuyên đề đã được tính",
    Reason.TAUGHT_IN_CLASS: "chuyên đề đã tính trong buổi học trực tiếp",
    Reason.IN_CLASS_THEN: "trùng giờ với buổi học trực tiếp",
    Reason.INCOMPLETE: "chưa hoàn thành chuyên đề",
    Reason.CLASS_FULL: "các buổi đã hết số ngày của quyết định",
}
