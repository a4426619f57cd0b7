"""A file for every fault of organizations, people, classes and attendance."""

from typing import Any

import pytest
from boiduong_exporter.faults import WARNINGS, Code
from boiduong_records.receipts import Outcome

from tests.exporter.imports import made
from tests.exporter.imports.made import AN, HALL, L01, SELF, SESSIONS, TU, XA, Bench, attendance, classes, roster

X = ("00001", "Nguyễn Văn An", None, None, made.AT_HALL, "x", "x")
EVENING = ("L01", made.MONDAY, "Tối", HALL)


def cadre(code: Any, name: str = "Lê Ca", **more: Any) -> tuple[Any, ...]:
    return (code, name, "1980", "Ủy viên", "X01", None, None, more.get("body", "TU"), more.get("since"))


def held(*sessions: Any, head: Any = L01, topics: Any = (), places: Any = ()) -> made.Sheets:
    return classes(head, sessions=[*SESSIONS, *sessions], topics=topics, places=places)


def seats(*rows: tuple[Any, ...]) -> made.Sheets:
    return {"HV": [("Mã lớp", "Mã cán bộ", "Họ và tên", "Tổ", "Tổ trưởng"), *(("L01", *row) for row in rows)]}


CASES: dict[Code, tuple[str, Any, str, str]] = {
    Code.UNKNOWN_ORGANIZATION: (
        "roster", roster((*AN[:4], "Đảng ủy xã Hòa Ann", *AN[5:])), "DS:2", "Có phải là «Đảng ủy xã Hòa An»?",
    ),
    Code.SPANS_OVERLAP: ("organizations", made.organizations(TU, TU), "Tổ chức:3", "giữ một dòng"),
    Code.IN_A_CIRCLE: ("organizations", made.organizations((*XA[:4], "X01")), "Tổ chức:2", "sửa cột «Cấp trên»"),
    Code.ENDS_EARLY: (
        "organizations", made.organizations((*XA, "02/01/2025", "01/01/2025")), "Tổ chức:2", "sửa một trong hai ngày",
    ),
    Code.NOBODY: ("attendance", attendance(("00009", "Lý Lạ", *X[2:])), "DD:3", "nhập danh sách cán bộ trước"),
    Code.SEVERAL_PEOPLE: (
        "roster", roster(cadre("00003"), cadre("00004"), cadre(None)), "DS:4", "ghi mã cán bộ; có thể là: Lê Ca",
    ),
    Code.ANOTHER_PERSON: ("roster", roster(cadre("00001")), "DS:2", "kiểm tra lại mã; trong sổ: Nguyễn Văn An"),
    Code.TOLD_TWICE: ("roster", roster(cadre("00003"), cadre("00003", "Lê Cam")), "DS:3", "sửa cho các dòng"),
    Code.UNDATED_CHANGE: ("roster", roster((*AN[:7], "X02")), "DS:2", "cột «Thuộc diện từ»"),
    Code.STILL_HELD: ("roster", roster((*AN[:3], "Trưởng ban", *AN[4:])), "DS:2", "«Giữ chức vụ đến»"),
    Code.WITHOUT_CODE: ("roster", roster(cadre(None)), "DS:1", "ghi mã khi tỉnh đã cấp"),
    Code.UNKNOWN_CLASS: ("attendance", attendance(X, code="L0l"), "DD:3", "Có phải là «L01»?"),
    Code.NO_DAYS: ("classes", classes((*L01[:5], None, None)), "Lớp:2", "điền cột «Số ngày» hoặc «Số tiết»"),
    Code.OVER_THE_DECISION: ("classes", held(head=(*L01[:5], "0,5", None)), "Lớp:2", "sửa số ngày"),
    Code.REPEATED_SESSION: ("classes", held(SESSIONS[1]), "Buổi:2", "giữ một dòng"),
    Code.UNKNOWN_SESSION: (
        "attendance", attendance(X, head=(*made.MARKED[:6], "09/03/2026 Sáng")), "DD:3", "sửa tiêu đề cột",
    ),
    Code.UNKNOWN_PLACE: (
        "attendance", attendance((*X[:4], "Điểm cầu xã Hoa An", *X[5:])), "DD:3", "Có phải là «Điểm cầu xã Hòa An»?",
    ),
    Code.UNKNOWN_TOPIC: ("classes", held((*EVENING, None, None, "cd-9")), "Buổi:4", "thêm chuyên đề"),
    Code.NOTHING_MARKED: ("attendance", attendance(X[:5]), "DD:2", "có dự thì đánh x (có mặt)"),
    Code.ENTERED_OTHERWISE: ("attendance", attendance(X, (*X[:5], "v", "x")), "DD:4", "giữ một dòng đúng"),
    Code.NOT_A_CATALOG: ("catalog", b"{}", "", "chọn tệp catalog.json"),
    Code.REPEATED_ROW: ("classes", held(places=[*made.PLACES, made.PLACES[1]]), "Điểm học:2", "giữ một dòng"),
    Code.SELF_PACED_SESSION: ("classes", held((*EVENING[:3], SELF)), "Buổi:4", "bảng «Chuyên đề», cột «Hình thức»"),
    Code.LEADER_WITHOUT_TEAM: ("enrolment", seats(("00001", "Nguyễn Văn An", None, "x")), "HV:2", "điền cột «Tổ»"),
    Code.SEVERAL_LEADERS: (
        "enrolment", seats(("00001", "Nguyễn Văn An", "1", "x"), ("00002", "Trần Thị Ba", "1", "x")), "HV:2", "«không»",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_a_file_with_this_fault_is_told_where_and_what_to_do(office: Bench, code: Code) -> None:
    kind, file, place, hint = CASES[code]
    report = office.bring(kind, file)
    first = next(problem for problem in report.problems if problem.code == code)
    assert str(first.place) == ("tep.xlsx:" + place).rstrip(":")
    assert hint in first.hint
    refused = report.counts.get(Outcome.REFUSED, 0)
    assert bool(refused) == (code not in WARNINGS)


def test_every_code_of_the_imports_has_a_case() -> None:
    assert list(CASES) == [code for code in Code if code[0] in "ONC"]
