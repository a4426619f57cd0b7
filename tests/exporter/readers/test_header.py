"""Finding the header, whatever stands above it, beside it and in it."""

from datetime import date

import pytest
from boiduong_exporter.readers.fields import Field, Spec, text
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exporter.readers.books import (
    AN,
    ATTENDANCE,
    BA,
    HEADER,
    ROSTER,
    csv,
    data_rows,
    read,
    saved,
    table,
    told,
    xlsx,
)

TITLES = [["TỈNH ỦY A", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"], ["BAN TỔ CHỨC"], [], ["DANH SÁCH CÁN BỘ"], []]


def test_titles_above_the_header_are_passed_over() -> None:
    assert [row.values["code"] for row in table(xlsx([*TITLES, HEADER, AN, BA])).rows] == ["00001", "00002"]


@pytest.mark.parametrize(("above", "found"), [(0, 1), (29, 1), (30, 0)])
def test_the_header_is_looked_for_in_the_first_thirty_rows(above: int, found: int) -> None:
    assert len(read(xlsx([*[["x"]] * above, HEADER, AN])).tables) == found


def test_the_order_of_columns_is_free_and_a_number_column_is_no_news() -> None:
    found = table(xlsx([["STT", *reversed(HEADER)], [1, *reversed(AN)]]))
    assert found.rows[0].values["name"] == "Nguyễn Văn An"
    assert (found.notes, found.problems) == ((), ())


@pytest.mark.parametrize("title", ["HỌ VÀ TÊN", "Họ  và\ntên", "Họ và tên", "Họ và tên (*)", "Họ tên:"])
def test_a_header_is_known_in_any_case_form_and_spacing(title: str) -> None:
    assert table(xlsx([["Mã cán bộ", title], AN[:2]])).rows[0].values["name"] == "Nguyễn Văn An"


def test_both_places_of_a_tone_name_one_column() -> None:
    spec = Spec("a", "A", (Field("key", "Khóa", text), Field("done", "Hòa giải", text)))
    assert table(xlsx([["Khóa", "Hoà giải"], ["a", "b"]]), spec).rows[0].values["done"] == "b"


def by_sex(sheet: Worksheet) -> None:
    for area in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(area)


def test_a_header_of_two_rows_gives_both_its_columns_to_the_field_above_them() -> None:
    rows = [
        ["Mã CB", "Họ tên", "Ngày sinh"],
        [None, None, "Nam", "Nữ"],
        ["01", "A B", "1970"],
        ["02", "C D", None, "1980"],
    ]
    assert [row.values["birth"] for row in table(xlsx(rows, by_sex)).rows] == ["1970", "1980"]


def test_a_header_of_two_rows_needs_no_cell_merged_downward() -> None:
    rows = [["Mã CB", "Họ tên", "Ngày sinh"], [None, None, "Nam", "Nữ"], ["01", "A B", "1970"]]
    assert [row.values["birth"] for row in table(xlsx(rows, lambda sheet: sheet.merge_cells("C1:D1"))).rows] == ["1970"]


def test_two_cells_for_one_value_that_disagree_are_refused() -> None:
    rows = [["Mã CB", "Họ tên", "Ngày sinh"], [None, None, "Nam", "Nữ"], ["01", "A B", "1970", "1980"]]
    (row,) = table(xlsx(rows, by_sex)).rows
    assert (row.values["birth"], row.problems[0].code) == (None, "V13")
    assert "ô C3 và D3" in row.problems[0].message


def sessions(sheet: Worksheet) -> None:
    for area in ("A1:A3", "B1:B3", "C1:E1", "C2:D2"):
        sheet.merge_cells(area)


def test_sessions_are_recognised_over_three_rows() -> None:
    rows = [
        ["Mã CB", "Họ tên", "Buổi học"],
        [None, None, date(2026, 3, 5), None, "06/03/2026"],
        [None, None, "Sáng", "Chiều", "Sáng"],
        ["01", "A B", "x", None, "x"],
    ]
    (row,) = table(xlsx(rows, sessions), ATTENDANCE).rows
    seen = {header: cell.text for header, cell in row.open.items()}
    assert seen == {"05/03/2026 Sáng": "x", "05/03/2026 Chiều": "", "06/03/2026 Sáng": "x"}


def test_sessions_are_recognised_under_a_title_that_is_not_merged() -> None:
    rows = [["Mã CB", "Họ tên", "Buổi"], [None, None, "05/03/2026 Sáng", "05/03/2026 Chiều"], ["01", "A B", None, "x"]]
    (row,) = table(xlsx(rows), ATTENDANCE).rows
    assert [cell.text for cell in row.open.values()] == ["", "x"]


def test_a_header_broken_over_two_rows_is_put_together() -> None:
    rows = [["Mã CB", "Họ tên", "Ngày"], [None, None, "sinh"], ["01", "A B", "1970"]]
    assert table(xlsx(rows)).rows[0].values["birth"] == "1970"


@pytest.mark.parametrize("numbers", [["(1)", "(2)", "(3)"], ["A", "B", 1], [1, 2, 3]])
def test_a_row_of_column_numbers_is_skipped_and_said(numbers: list[object]) -> None:
    rows = table(xlsx([HEADER[:3], numbers, AN[:3]])).rows
    assert [row.skipped for row in rows] == ["dòng đánh số cột", ""]


def test_unknown_columns_are_told_once_in_one_note() -> None:
    found = table(xlsx([[*HEADER, "Quê quán", "Dân tộc"], [*AN, "Huế", "Kinh", "x"], BA]))
    (note,) = found.notes
    assert (note.code, len(data_rows(found))) == ("B10", 2)
    assert all(word in note.message for word in ("G «Quê quán»", "H «Dân tộc»", "I (không có tiêu đề)"))


@pytest.mark.parametrize("title", ["CCCD", "Số CCCD", "CMND", "Số định danh cá nhân", "Số thẻ đảng", "Số Căn cước"])
def test_columns_of_personal_numbers_are_not_read_and_a_note_says_so(title: str) -> None:
    found = table(xlsx([[*HEADER, title], [*AN, "001070012345"]]))
    assert [note.code for note in found.notes] == ["B11"]
    assert "001070012345" not in repr(found)


@pytest.mark.parametrize("title", ["dối tượng", "Doi tuong", "Đối tượg"])
def test_a_near_header_is_proposed_and_never_taken(title: str) -> None:
    found = table(xlsx([["Mã CB", "Họ tên", title], ["01", "A B", "Cấp ủy viên"]]))
    assert [note.code for note in found.notes] == ["B09"]
    assert "Có phải là cột «Đối tượng»?" in found.notes[0].hint
    assert found.rows[0].values["group"] is None


def test_a_missing_column_refuses_the_table_and_proposes_the_near_one() -> None:
    found = table(xlsx([["Mã cán bộ", "Ho va ten", "Chức vụ"], ["01", "A B", "C"]]))
    assert [problem.code for problem in found.problems] == ["B08"]
    assert "B «Ho va ten»: có phải là cột «Họ và tên»" in found.problems[0].hint


def test_a_sheet_that_matches_nothing_lists_what_was_expected_and_what_came_near() -> None:
    reading = read(xlsx([["Ma can bo", "Ho va ten"], ["01", "A"]]), ROSTER, ATTENDANCE)
    assert [problem.code for problem in reading.problems] == ["B07"]
    assert all(word in told(reading) for word in ("«Mã cán bộ»", "ô B1 «Ho va ten»: có phải là cột «Họ và tên»?"))


def test_a_sheet_belongs_to_the_spec_that_its_header_fits_best() -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in {
        "Lớp": [HEADER, AN],
        "Điểm danh": [["Mã CB", "Họ tên", "05/03/2026 Sáng"], ["1", "A", "x"]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for title in ("Ghi chú", "Hướng dẫn"):
        book.create_sheet(title).append(["Đọc kỹ trước khi điền"])
    reading = read(saved(book), ROSTER, ATTENDANCE)
    assert [(found.sheet, found.spec.key) for found in reading.tables] == [
        ("Lớp", "roster"),
        ("Điểm danh", "attendance"),
    ]
    assert [str(problem.place) for problem in reading.problems if problem.code == "B14"] == ["a.xlsx:Ghi chú"]


def test_two_columns_for_one_session_refuse_the_table() -> None:
    found = table(xlsx([["Mã CB", "Họ tên", "05/03/2026 Sáng", "05/03/2026 Sáng"], ["01", "A", "x", "x"]]), ATTENDANCE)
    assert [problem.code for problem in found.problems] == ["B12"]


@pytest.mark.parametrize(
    "above",
    [[["Mã lớp: L01"], ["Ngày khai giảng:", date(2026, 3, 5)]], [["mã lớp", "L01", None, "Ngày khai giảng: 5/3/2026"]]],
)
def test_marks_are_read_beside_their_label_or_after_its_colon(above: list[list[object]]) -> None:
    assert table(xlsx([["DANH SÁCH"], *above, HEADER, AN])).marks == {"class": "L01", "opened": date(2026, 3, 5)}


def test_a_mark_that_must_stand_there_is_missed_and_a_bad_one_is_told_in_its_place() -> None:
    spec = Spec("r", "R", ROSTER.fields, marks=(Field("class", "Mã lớp", text, required=True), ROSTER.marks[1]))
    found = table(xlsx([["Ngày khai giảng: 31/02/2026"], HEADER, AN]), spec)
    assert [(problem.code, problem.place.line) for problem in found.problems] == [("B18", 2), ("V05", 1)]


def test_marks_and_titles_above_a_csv_table_are_read_too() -> None:
    assert table(csv([["Mã lớp: L01", ""], HEADER, ["1", "A"]]), file="a.csv").marks["class"] == "L01"


def test_a_title_merged_over_the_table_takes_nothing_from_it() -> None:
    def title(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A2:F2")

    found = table(xlsx([["DANH SÁCH"], ["Mã lớp: L01"], HEADER, AN, BA], title))
    assert (found.marks["class"], len(found.rows), found.notes) == ("L01", 2, ())
