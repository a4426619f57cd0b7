"""What is told of a table as a whole, once."""

from dataclasses import replace
from typing import Any

import pytest
from boiduong_exporter.readers.fields import Field, Spec, text
from boiduong_exporter.readers.sheet import Reading, Table
from openpyxl import Workbook

from tests.exporter.readers.books import AN, HEADER, ROSTER, read, saved, table, xlsx

PLACES = Spec("places", "Điểm học", (Field("c", "Lớp", text), Field("p", "Điểm học", text)), optional=True)
NEEDED = replace(ROSTER, fields=(*ROSTER.fields[:4], replace(ROSTER.fields[4], required=True), ROSTER.fields[5]))


def test_several_missing_columns_are_one_problem_with_the_rows_they_hold_up() -> None:
    rows: list[list[Any]] = [
        ["Ho va ten", "Đối tượng", "Chức vụ"],
        ["A 2", "Ban Thường cụ"],
        [None, None, "B"],
        ["Tổng cộng"],
    ]
    found = table_of(read(xlsx(rows)))
    (problem,) = found.problems
    assert problem.message == "bảng thiếu cột «Mã cán bộ», «Họ và tên»; 2 dòng chưa được nhập"
    assert "cột A «Ho va ten»: có phải là cột «Họ và tên»?" in problem.hint
    assert problem.hint.endswith("thêm cột «Mã cán bộ», hoặc sửa dòng tiêu đề cho đúng tên này")


def test_nothing_is_told_of_the_rows_of_a_table_with_a_missing_column() -> None:
    reading = read(xlsx([HEADER[:4], AN[:4], [None, "B 2", "31/02/1970"]]), NEEDED)
    assert [problem.code for problem in reading.all_problems()] == ["B08"]
    assert [row.sound for row in table_of(reading).rows] == [False, False]


def table_of(reading: Reading) -> Table:
    (found,) = reading.tables
    return found


def empty_places(*above: list[str]) -> Reading:
    book = Workbook()
    for row in above:
        book.worksheets[0].append(row)
    book.create_sheet("Điểm học").append(["Lớp", "Điểm học"])
    return read(saved(book), ROSTER, PLACES)


def test_a_table_that_need_not_be_filled_is_not_told_of_beside_one_that_is() -> None:
    assert [problem.code for problem in empty_places(HEADER, AN).all_problems()] == []


def test_where_every_table_is_empty_each_is_told() -> None:
    assert [problem.code for problem in empty_places(HEADER).all_problems()] == ["B15", "B15"]


def test_a_table_that_must_be_filled_is_told_of_beside_one_that_is() -> None:
    book = Workbook()
    book.worksheets[0].append(HEADER)
    for row in (["Lớp", "Điểm học"], ["L01", "A"]):
        (book["P"] if "P" in book.sheetnames else book.create_sheet("P")).append(row)
    assert [problem.code for problem in read(saved(book), ROSTER, PLACES).all_problems()] == ["B15"]


@pytest.mark.parametrize("title", ["Số giờ", "Chức danh", "Số tiết", "Tên lớp"])
def test_a_header_that_is_not_near_is_not_proposed(title: str) -> None:
    found = table(xlsx([["Mã CB", "Họ tên", title], ["01", "A B", "x"]]))
    assert [note.code for note in found.notes] == ["B10"]


def test_a_cell_that_is_not_near_is_not_proposed_for_a_header_either() -> None:
    (problem,) = read(xlsx([["Số tiết", "Họ sinh viên"]])).problems
    assert (problem.code, problem.hint) == ("B07", "sửa tiêu đề theo mẫu «Danh sách cán bộ»")


@pytest.mark.parametrize(
    ("title", "field"), [("Chức vu", "Chức vụ"), ("Ngày sinh.", "Ngày sinh"), ("So ngay", "Số ngày")]
)
def test_a_slip_of_a_letter_is_proposed(title: str, field: str) -> None:
    found = table(xlsx([["Mã CB", "Họ tên", title], ["01", "A B", None]]))
    assert f"Có phải là cột «{field}»?" in found.notes[0].hint
