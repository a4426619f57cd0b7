"""The thirty classes of the sample province, 2020-2026: under Regulation 164 until 09/05/2024, then under 145."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

UPDATE, SECURITY, RESOLUTION, OTHER = (
    "Bồi dưỡng, cập nhật kiến thức, kỹ năng", "Bồi dưỡng kiến thức quốc phòng và an ninh", "Quán triệt nghị quyết",
    "Loại khác",
)  # fmt: skip
HALL, BRIDGE, SELF_PACED = "Trực tiếp tại hội trường", "Trực tuyến tại điểm cầu", "Tự học trên hệ thống"
MAIN_HALL = "Hội trường Tỉnh ủy"
BRIDGES = tuple(f"Điểm cầu khu vực {number}" for number in range(1, 9))
HOURS = {"sáng": "7:30-11:30", "chiều": "13:30-17:00"}
PERIODS_A_HALF_DAY = 4
_SINCE_145 = date(2024, 5, 10)
_SATURDAY = 5
COMMUNAL = "Cán bộ lãnh đạo, quản lý cấp xã (Nhóm 3)"
ALL = "Cán bộ lãnh đạo, quản lý các cấp (Nhóm 3)"
PROVINCIAL = "Cán bộ lãnh đạo, quản lý các cơ quan cấp tỉnh (Nhóm 3)"
_SCHOOL, _ORGANIZERS = "Trường Chính trị tỉnh", "Ban Tổ chức Tỉnh ủy"


class Form(Enum):
    """How a class is held: in a hall, in a hall with bridges, or in a hall with topics that are studied alone."""

    HALL = auto()
    BRIDGED = auto()
    BLENDED = auto()


class Crowd(Enum):
    """Who comes: nearly everyone, a share of them, or those who go to one class of many."""

    MOST = auto()
    MANY = auto()
    SOME = auto()


@dataclass(frozen=True)
class Course:
    """A class as decided: `length` days in rooms; a blended one has the topics of the programme beside them."""

    code: str
    name: str
    starts: date
    length: int
    form: Form = Form.HALL
    crowd: Crowd = Crowd.SOME
    audience: str = COMMUNAL
    kind: str = UPDATE
    by_periods: bool = False
    timed: bool = False
    monitor: str = ""
    at_bridges: str = "Cán bộ Văn phòng Đảng ủy nơi đặt điểm cầu"
    """The names by which the monitor of the hall, and that of each bridge, are known."""
    bridges: tuple[str, ...] = BRIDGES

    @property
    def scheme(self) -> str:
        return "145" if self.starts >= _SINCE_145 else "164"

    @property
    def days(self) -> list[date]:
        """The working days it is held on."""
        found: list[date] = []
        day = self.starts
        while len(found) < self.length:
            if day.weekday() < _SATURDAY:
                found.append(day)
            day += timedelta(days=1)
        return found

    @property
    def slots(self) -> list[tuple[date, str]]:
        return [(day, half) for day in self.days for half in HOURS]


COURSES = (
    Course("L2020-01", "Cập nhật kiến thức cho cấp ủy viên nhiệm kỳ mới", date(2020, 11, 23), 2),
    Course("L2021-01", "Cập nhật kiến thức về xây dựng Đảng", date(2021, 4, 12), 3),
    Course("L2021-02", "Cập nhật kiến thức về quản lý kinh tế ở cơ sở", date(2021, 10, 18), 2),
    Course("L2022-01", "Cập nhật kiến thức cho cán bộ cấp huyện", date(2022, 3, 21), 3, audience=ALL),
    Course("L2022-02", "Kiến thức quốc phòng và an ninh, đối tượng 3", date(2022, 9, 12), 2, kind=SECURITY),
    Course("L2023-01", "Cập nhật kiến thức về công tác dân vận", date(2023, 3, 13), 3),
    Course("L2023-02", "Cập nhật kiến thức về chuyển đổi số", date(2023, 8, 21), 2, audience=PROVINCIAL),
    Course("L2023-03", "Quán triệt nghị quyết, đợt cuối năm 2023", date(2023, 11, 6), 1, kind=RESOLUTION),
    Course("L2024-01", "Cập nhật kiến thức cho bí thư cấp ủy cơ sở", date(2024, 3, 11), 3),
    Course("L2024-02", "Cập nhật kiến thức, kỹ năng lãnh đạo, đợt 1 năm 2024", date(2024, 8, 19), 3, audience=ALL),
    Course("L2024-03", "Kỹ năng xử lý tình huống ở cơ sở", date(2024, 11, 4), 2),
    Course("L2025-01", "Chuẩn bị sắp xếp tổ chức bộ máy", date(2025, 3, 17), 2, audience=ALL),
    Course("L2025-02", "Kỹ năng điều hành trong thời gian chuyển tiếp", date(2025, 5, 19), 1, audience=PROVINCIAL),
    Course("L2025-03", "Vận hành chính quyền địa phương hai cấp", date(2025, 8, 11), 2, crowd=Crowd.MANY),
    Course(
        "L2025-04", "Cập nhật kiến thức, kỹ năng đầu nhiệm kỳ 2025-2030", date(2025, 11, 11), 3, Form.BRIDGED,
        Crowd.MOST, ALL,
    ),
    Course("L2025-05", "Kỹ năng tham mưu cho cán bộ cấp phòng", date(2025, 12, 8), 2, audience=PROVINCIAL),
    Course("L2026-01", "Kỹ năng lãnh đạo cho bí thư, phó bí thư đảng ủy xã", date(2026, 1, 12), 2),
    Course("L2026-02", "Chương trình Nhóm 3, cấp xã, khóa 1", date(2026, 3, 2), 2, Form.BLENDED),
    Course("L2026-03", "Chương trình Nhóm 3, cấp xã, khóa 2", date(2026, 3, 23), 2, Form.BLENDED),
    Course("L2026-04", "Chương trình Nhóm 3, cấp xã, khóa 3", date(2026, 4, 13), 2, Form.BLENDED),
    Course("L2026-05", "Quản trị địa phương, quyết định theo số tiết", date(2026, 5, 11), 3, by_periods=True),
    Course(
        "L2026-06", "Thông tin thời sự, kinh nghiệm xử lý vấn đề mới", date(2026, 6, 1), 2, Form.BRIDGED, Crowd.MOST,
        ALL,
    ),
    Course(
        "L2026-07", "Quán triệt nghị quyết, đợt giữa năm 2026", date(2026, 6, 22), 1, Form.BRIDGED, Crowd.MANY, ALL,
        RESOLUTION,
    ),
    Course("L2026-08", "Kỹ năng tiếp dân, đối thoại", date(2026, 7, 13), 3),
    Course("L2026-09", "Chương trình Nhóm 3, cấp xã, khóa 4", date(2026, 8, 10), 2, Form.BLENDED),
    Course("L2026-10", "Kiến thức quốc phòng và an ninh, đối tượng 3", date(2026, 8, 24), 2, kind=SECURITY),
    Course("L2026-11", "Trao đổi kinh nghiệm tại cơ sở", date(2026, 9, 14), 1, crowd=Crowd.MANY, kind=OTHER),
    Course("L2026-12", "Chương trình Nhóm 3, cấp xã, khóa 5", date(2026, 9, 28), 2, Form.BLENDED),
    Course("L2026-13", "Lãnh đạo chuyển đổi số", date(2026, 10, 12), 3, audience=ALL, timed=True),
    Course("L2026-14", "Cập nhật kiến thức cho cơ quan cấp tỉnh", date(2026, 11, 9), 2, audience=PROVINCIAL),
)  # fmt: skip
"""L2026-12 was studied on Open edX, the other blended ones on the school's own server."""


def class_tables(topics: tuple[str, ...], courses: tuple[Course, ...] = COURSES) -> dict[str, list[tuple[object, ...]]]:
    """The four tables of an office's class file, each with its head; `topics` are those of the programme's catalog."""
    return {
        "Lớp": [CLASS_HEAD, *(_class_row(number, course) for number, course in enumerate(courses))],
        "Buổi": [SESSION_HEAD, *_session_rows(courses)],
        "Điểm học": [PLACE_HEAD, *_place_rows(courses)],
        "Chuyên đề": [TOPIC_HEAD, *_topic_rows(courses, topics)],
    }


def open_course(today: date, monitor: str) -> Course:
    """The class that is under way whenever the sample is made: its topics are studied now, its hall comes after."""
    monday = today + timedelta(days=14 - today.weekday())
    name = "Chương trình Nhóm 3, cấp xã, khóa đang học"
    return Course(f"L{monday.year}-15", name, monday, 2, Form.BLENDED, monitor=monitor)


def held_course(today: date, monitor: str, at_bridges: str) -> Course:
    """The class that meets these days, in the hall and at bridges: its attendance can be tried at once."""
    name = "Thông tin thời sự, kinh nghiệm xử lý vấn đề mới, đợt đang họp"
    return Course(
        f"L{today.year}-16", name, today, 5, Form.BRIDGED, audience=ALL, monitor=monitor, at_bridges=at_bridges,
        bridges=BRIDGES[:2],
    )  # fmt: skip


CLASS_HEAD = (
    "Mã lớp", "Tên lớp", "Loại lớp", "Theo Quy định", "Đối tượng", "Cơ quan chủ trì", "Cơ quan phối hợp", "Địa điểm",
    "Quyết định mở lớp", "Ngày quyết định", "Số ngày", "Số tiết",
)  # fmt: skip
SESSION_HEAD = ("Mã lớp", "Ngày", "Buổi", "Hình thức", "Giờ học", "Số tiết", "Nội dung")
PLACE_HEAD = ("Mã lớp", "Điểm học", "Hình thức", "Người quản lý")
TOPIC_HEAD = ("Mã lớp", "Mã chuyên đề", "Hình thức")


def _class_row(number: int, course: Course) -> tuple[object, ...]:
    days = course.length + (1 if course.form is Form.BLENDED else 0)
    stated = ("", days * 2 * PERIODS_A_HALF_DAY) if course.by_periods else (days, "")
    decided = course.starts - timedelta(days=21)
    return (
        course.code, course.name, course.kind, course.scheme, course.audience, _SCHOOL, _ORGANIZERS, MAIN_HALL,
        f"QĐ {100 + 7 * number}-QĐ/TCT (mẫu)", decided, *stated,
    )  # fmt: skip


def _session_rows(courses: tuple[Course, ...]) -> Iterator[tuple[object, ...]]:
    for course in courses:
        periods = PERIODS_A_HALF_DAY if course.by_periods else ""
        for number, (day, half) in enumerate(course.slots, 1):
            yield course.code, day, half, HALL, HOURS[half], periods, f"Chuyên đề {number}"


def _place_rows(courses: tuple[Course, ...]) -> Iterator[tuple[object, ...]]:
    for course in courses:
        if course.form is Form.BRIDGED or course.monitor:
            yield course.code, MAIN_HALL, HALL, course.monitor
        if course.form is Form.BRIDGED:
            for bridge in course.bridges:
                yield course.code, bridge, BRIDGE, course.at_bridges


def _topic_rows(courses: tuple[Course, ...], topics: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for course in courses:
        if course.form is Form.BLENDED:
            yield from ((course.code, topic, SELF_PACED) for topic in topics)
