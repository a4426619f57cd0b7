"""A file brought with the wrong command is told the right one."""

import pytest
from boiduong_exporter.imports.kinds import TABLES

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench, Sheets, told

X = ("00001", "Nguyễn Văn An", None, None, made.AT_HALL, "x", "x")
FILES: dict[str, tuple[Sheets, str]] = {
    "organizations": (made.organizations(made.TU, terms=[("TU", "2025-2030", "01/01/2025", "31/12/2029")]), "Tổ chức"),
    "roster": (made.roster(made.AN), "Danh sách cán bộ"),
    "classes": (made.classes(made.L01, sessions=made.SESSIONS, places=made.PLACES), "Lớp"),
    "enrolment": (
        {"HV": [("Mã lớp", "Mã cán bộ", "Họ và tên", "Thôi học"), ("L01", "00001", "Nguyễn Văn An", "x")]}, "Học viên",
    ),
    "attendance": (made.attendance(X), "Bảng điểm danh"),
    "plan": (made.plan(("1", "Cấp ủy viên", 2, 100, "đã duyệt")), "Kế hoạch năm"),
}  # fmt: skip
WRONG = [(kind, asked) for kind in FILES for asked in TABLES if asked != kind]


@pytest.mark.parametrize(("kind", "asked"), WRONG)
def test_a_file_of_another_kind_is_refused_with_the_command_that_takes_it(bench: Bench, kind: str, asked: str) -> None:
    file, title = FILES[kind]
    report = bench.bring(asked, file, "lop.xlsx")
    assert [str(problem) for problem in report.problems] == [
        f"lop.xlsx: B20 tệp này giống bảng «{title}», không phải bảng cần nhập\n    → boiduong import {kind} lop.xlsx"
    ]
    assert (report.counts, report.seq) == ({}, None)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_the_kind_asked_for_is_read(bench: Bench, kind: str) -> None:
    assert "B20" not in {problem.code for problem in bench.bring(kind, FILES[kind][0]).problems}


def test_a_name_with_spaces_is_quoted(bench: Bench) -> None:
    assert 'boiduong import roster "can bo.xlsx"' in told(bench.bring("plan", FILES["roster"][0], "can bo.xlsx"))


def test_a_column_too_few_is_told_as_such(bench: Bench) -> None:
    head = [title for title in made.ROSTER if title not in ("Diện quản lý", "Thuộc diện từ")]
    report = bench.bring("roster", {"DS": [head, made.AN[:7]]})
    assert [problem.code for problem in report.problems] == ["B08"]


def test_an_attendance_sheet_may_have_the_columns_of_a_roster_as_well(office: Bench) -> None:
    head = (*made.ROSTER, "Điểm học", made.MORNING)
    office.brought("attendance", made.attendance((*made.AN, None, made.AT_HALL, "x"), head=head))
    assert len(office.entries()) == 1
