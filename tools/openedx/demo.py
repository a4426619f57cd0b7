"""`make demo-openedx`: the demo program's course with our blocks, in the workbench on this machine."""

import errno
import sys
from pathlib import Path
from urllib.parse import quote

from tools.openedx.course import UnreadableError, course_of, program_at
from tools.openedx.people import FIRST, STAFF, WATCHING
from tools.openedx.serving import lay_out, serve
from tools.openedx.tracking import LOG
from tools.openedx.units import Course, Scenario

PORT = 8147
_OF_BLOCKS = {
    "Đồng hồ học tập": "boiduong_study_clock",
    "Điểm danh": "boiduong_attendance",
    "Số ngày bồi dưỡng": "boiduong_days",
}


def run(folder: Path, program: Path, port: int) -> int:
    try:
        course, media = course_of(program_at(program))
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return 1
    lay_out(folder, course, media)
    try:
        serve(folder, port, lambda address: print(told(address, folder, course), flush=True))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(
            f"Cổng {port} đang có chương trình khác dùng: dừng chương trình ấy, hoặc thêm «--port SỐ».", file=sys.stderr
        )
        return 1
    print("\nĐã dừng. Chạy lại thì mọi việc đã làm vẫn còn.")
    return 0


def told(address: str, folder: Path, course: Course) -> str:
    """Where to click, and what becomes of it."""
    lines = [f"Khóa học «{course.title}» với các khối của boiduong: {address}/", ""]
    for title, block in _OF_BLOCKS.items():
        found = next((each for each in course.scenarios if f"<{block} " in each.xml), None)
        if found:
            lines += [title, *_places(address, found), ""]
    log = folder / LOG
    lines += [
        f"Người khác: thêm ?student=TEN_TAI_KHOAN («{STAFF}…» là cán bộ quản lý, «{WATCHING}…» là xem như học viên).",
        f"Nhật ký theo dõi, như nền tảng ghi: {log}",
        f"Đưa vào sổ: .venv/bin/boiduong import log {log}   (sổ ở thư mục này, hoặc thêm --books TỆP)",
        "Dừng: Ctrl-C.",
    ]
    return "\n".join(lines)


def _places(address: str, scenario: Scenario) -> list[str]:
    place = f"{address}/scenario/{quote(scenario.name)}"
    return [
        f"  học viên:       {place}/?student={FIRST}",
        f"  cán bộ quản lý: {place}/?student={STAFF}",
        f"  người soạn:     {place}/studio_view/?student={STAFF}",
    ]
