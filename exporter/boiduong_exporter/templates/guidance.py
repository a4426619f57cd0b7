"""What the guide says of each column: what it takes, and an example. The examples of one kind fit together."""

from typing import NamedTuple

from boiduong_exporter.readers.fields import Field, Spec


class Hint(NamedTuple):
    takes: str
    example: str


_CLASS_CODE = Hint("Mã của lớp, đúng như trong bảng «Lớp»", "L01")
_DELIVERY = "Chọn trong danh sách"
_DAY = "Ngày/tháng/năm"
_BIRTH = Hint("Ngày/tháng/năm; chỉ biết năm thì ghi năm", "12/03/1970")
_CADRE_CODE = "Mã do tỉnh cấp; chưa có thì để trống"

_HINTS: dict[str, dict[str, Hint]] = {
    "organizations": {
        "code": Hint("Mỗi tổ chức một mã, không đổi qua các năm", "XA-01"),
        "name": Hint("Tên đầy đủ", "Đảng ủy xã An Hòa"),
        "kind": Hint("Chọn trong danh sách", "Cấp ủy"),
        "level": Hint("Chọn trong danh sách", "Xã"),
        "parent": Hint("Mã hoặc tên của tổ chức cấp trên trực tiếp; không có thì để trống", "TU-01"),
        "valid_from": Hint(f"{_DAY}; từ trước đến nay vẫn thế thì để trống", "01/07/2025"),
        "valid_to": Hint("Ngày cuối cùng còn hoạt động; còn hoạt động thì để trống", "31/12/2030"),
        "predecessors": Hint("Mã các tổ chức được hợp nhất, cách nhau bằng dấu chấm phẩy", "XA-11; XA-12"),
    },
    "terms": {
        "organization": Hint("Mã hoặc tên của đảng bộ", "XA-01"),
        "name": Hint("Hai năm, nối bằng dấu gạch", "2025-2030"),
        "starts": Hint(_DAY, "01/08/2025"),
        "ends": Hint(_DAY, "31/07/2030"),
    },
    "roster": {
        "code": Hint(_CADRE_CODE, "00123"),
        "name": Hint("Đầy đủ, có dấu", "Nguyễn Văn An"),
        "birth": _BIRTH,
        "title": Hint("Mỗi chức vụ một dòng; một người giữ hai chức vụ thì ghi hai dòng", "Bí thư Đảng ủy"),
        "unit": Hint("Mã hoặc tên, đúng như trong bảng «Tổ chức»", "Đảng ủy xã An Hòa"),
        "post_from": Hint("Ngày bổ nhiệm hoặc bầu", "01/07/2025"),
        "post_to": Hint("Ngày thôi giữ; đang giữ thì để trống", "30/06/2030"),
        "authority": Hint("Tổ chức quản lý cán bộ (mã hoặc tên), hoặc «Ngoài chế độ»", "Tỉnh ủy"),
        "managed_from": Hint("Để trống thì lấy theo «Giữ chức vụ từ»", "01/07/2025"),
        "managed_to": Hint("Để trống thì lấy theo «Giữ chức vụ đến»", "30/06/2030"),
    },
    "classes": {
        "code": Hint("Mỗi lớp một mã", "L01"),
        "name": Hint("Tên trong quyết định mở lớp", "Cập nhật kiến thức cho cấp ủy viên cấp xã"),
        "kind": Hint("Chọn trong danh sách", "Bồi dưỡng, cập nhật kiến thức, kỹ năng"),
        "scheme": Hint("Số của Quy định; để trống thì theo Quy định có hiệu lực vào buổi đầu", "145"),
        "audience": Hint("Ai học", "Cấp ủy viên cấp xã"),
        "lead": Hint("Cơ quan chủ trì mở lớp", "Ban Tổ chức Tỉnh ủy"),
        "coordinators": Hint("Cách nhau bằng dấu chấm phẩy", "Trường Chính trị tỉnh"),
        "venue": Hint("Nơi học", "Hội trường A, Trường Chính trị tỉnh"),
        "program": Hint("Mã chương trình, nếu học theo chương trình đã có", "145-2026"),
        "document": Hint("Số, ký hiệu văn bản", "12-QĐ/TU"),
        "document_date": Hint(_DAY, "10/02/2026"),
        "days": Hint("Số ngày theo quyết định; phần lẻ sau dấu phẩy", "2,5"),
        "periods": Hint("Số tiết theo quyết định; phải có số ngày hoặc số tiết", "20"),
    },
    "sessions": {
        "class_code": _CLASS_CODE,
        "date": Hint(f"{_DAY}; mỗi nửa ngày học một dòng", "05/03/2026"),
        "half": Hint("Chọn trong danh sách", "Sáng"),
        "delivery": Hint(_DELIVERY, "Trực tiếp tại hội trường"),
        "hours": Hint("Giờ bắt đầu - giờ kết thúc", "7:30-11:15"),
        "periods": Hint("Số tiết của buổi", "4"),
        "title": Hint("Nội dung của buổi", "Xây dựng Đảng về tổ chức"),
        "topics": Hint("Mã các chuyên đề học trong buổi, cách nhau bằng dấu chấm phẩy", "xay-dung-dang; dan-van"),
    },
    "places": {
        "class_code": _CLASS_CODE,
        "name": Hint("Tên hội trường hoặc điểm cầu", "Điểm cầu xã An Hòa"),
        "delivery": Hint(_DELIVERY, "Trực tuyến tại điểm cầu"),
        "monitor": Hint("Cán bộ quản lý lớp tại điểm học", "Trần Thị Bình"),
    },
    "topics": {
        "class_code": _CLASS_CODE,
        "topic": Hint("Mã trong danh mục của chương trình", "xay-dung-dang"),
        "title": Hint("Cần ghi khi danh mục chưa có chuyên đề này", "Xây dựng Đảng về tổ chức"),
        "edition": Hint("Để trống là bản mới nhất trong danh mục", "2026.1"),
        "periods": Hint("Cần ghi khi danh mục chưa có chuyên đề này", "4"),
        "delivery": Hint(_DELIVERY, "Tự học trên hệ thống"),
    },
    "enrolment": {
        "class_code": Hint("Để trống khi phía trên bảng đã ghi mã lớp", "L01"),
        "code": Hint(_CADRE_CODE, "00123"),
        "name": Hint("Đầy đủ, có dấu", "Nguyễn Văn An"),
        "birth": _BIRTH,
        "unit": Hint("Mã hoặc tên, đúng như trong danh sách cán bộ", "Đảng ủy xã An Hòa"),
        "place": Hint("Hội trường hoặc điểm cầu của lớp; chưa xếp thì để trống", "Điểm cầu xã An Hòa"),
        "team": Hint("Số hoặc tên tổ; chưa chia tổ thì để trống", "Tổ 1"),
        "leads": Hint("Ghi «Có» cho tổ trưởng; người khác để trống", "Có"),
        "leaves": Hint("Ghi «Có» khi người này thôi học lớp; vào lớp thì để trống", "Không"),
    },
    "attendance": {
        "class_code": Hint("Để trống khi phía trên bảng đã ghi mã lớp", "L01"),
        "code": Hint(_CADRE_CODE, "00123"),
        "name": Hint("Đầy đủ, có dấu", "Nguyễn Văn An"),
        "birth": _BIRTH,
        "unit": Hint("Mã hoặc tên, đúng như trong danh sách cán bộ", "Đảng ủy xã An Hòa"),
        "account": Hint("Cần ghi khi bảng không có mã cán bộ; đúng như trong danh sách tài khoản", "an.nguyen"),
        "place": Hint("Hội trường hoặc điểm cầu, đúng như trong bảng «Điểm học»", "Điểm cầu xã An Hòa"),
        "score": Hint("Theo thang 10", "8,5"),
        "essay": Hint("Chọn trong danh sách", "Đạt"),
        "assessor": Hint("Họ và tên người chấm", "Lê Văn Cường"),
    },
    "accounts": {
        "code": Hint(_CADRE_CODE, "00123"),
        "name": Hint("Đầy đủ, có dấu", "Nguyễn Văn An"),
        "birth": _BIRTH,
        "unit": Hint("Cần ghi khi người ấy chưa có mã cán bộ", "Đảng ủy xã An Hòa"),
        "system": Hint("Chọn trong danh sách; để trống khi tài khoản dùng chung cho mọi hệ thống", "Open edX"),
        "account": Hint("Tên đăng nhập hoặc thư điện tử, đúng như trong nhật ký", "an.nguyen"),
        "removed": Hint("Ghi «Có» để gỡ tài khoản đã ghi nhầm cho người này", "Không"),
    },
    "plan": {
        "year": Hint("Năm của kế hoạch", "2026"),
        "owner": Hint("Tên cơ quan", "Ban Tổ chức Tỉnh ủy"),
        "number": Hint("Mỗi dòng một mã trong kế hoạch", "01"),
        "audience": Hint("Ai học", "Cấp ủy viên cấp xã"),
        "classes": Hint("Số nguyên", "2"),
        "people": Hint("Số nguyên; chưa dự kiến thì để trống", "120"),
        "lead": Hint("Cơ quan chủ trì mở lớp", "Trường Chính trị tỉnh"),
        "coordinators": Hint("Cách nhau bằng dấu chấm phẩy", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        "document": Hint("Văn bản nêu chủ trương hoặc phê duyệt", "12-KH/TU"),
        "state": Hint("Chọn trong danh sách", "Đã duyệt"),
        "moved_to": Hint("Khi đã chuyển: sang kế hoạch nào", "Kế hoạch năm 2027"),
    },
}
_SESSIONS = Hint(
    "Thêm cho mỗi buổi một cột; ghi x (có mặt), v (vắng), p (có phép) hoặc giờ vào-ra", "«05/03/2026 Sáng»"
)


def hint_of(spec: Spec, field: Field) -> Hint:
    """Raises KeyError for a column that nobody has explained."""
    return _HINTS[spec.key][field.key]


def open_hint(spec: Spec) -> Hint | None:
    """What to say of the columns that an officer adds."""
    return _SESSIONS if spec.open_column else None
