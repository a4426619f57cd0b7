"""Rows: none is lost, and what is no data says why."""

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exporter.readers.books import AN, BA, HEADER, csv, data_rows, read, saved, table, told, xlsx

FOOTER = [
    ["Tổng cộng", None, None, None, 3],
    [],
    [None, None, None, None, "Huế, ngày 5 tháng 3 năm 2026"],
    ["Người lập biểu", None, None, None, "THỦ TRƯỞNG CƠ QUAN"],
    ["(Ký, ghi rõ họ tên)"],
    [],
    [None, "Lê Văn Ký", None, None, "Phạm Thị Dấu"],
]


def test_a_place_names_file_sheet_and_row_and_the_message_its_cell() -> None:
    (row,) = table(xlsx([HEADER, [AN[0], AN[1], "31/02/1970"]]), file="lop 1.xlsx").rows
    assert str(row.problems[0]).startswith("lop 1.xlsx:DS:2: V05 ô C2, cột «Ngày sinh»: không có ngày «31/02/1970»")


def test_a_place_in_csv_names_file_and_row() -> None:
    (row,) = table(csv([HEADER, [AN[0], "An 2"]]), file="a.csv").rows
    assert str(row.problems[0]).startswith("a.csv:2: V02 ô B2, cột «Họ và tên»")


def test_footers_are_skipped_with_a_reason_and_blank_rows_alone_are_left_out() -> None:
    rows = table(xlsx([HEADER, AN, [], BA, *FOOTER])).rows
    assert [row.place.line for row in rows] == [2, 4, 5, 7, 8, 9, 11]
    assert [row.skipped.split(":")[0] for row in rows] == [
        "", "", "dòng tổng cộng", "dòng chữ ký", "dòng chữ ký", "dòng chữ ký", "dòng nằm sau phần ký",
    ]  # fmt: skip


def test_a_row_of_data_under_the_signatures_is_still_data() -> None:
    rows = table(xlsx([HEADER, AN, *FOOTER, BA])).rows
    assert rows[-1].values["code"] == "00002"
    assert rows[-1].skipped == ""


def test_a_person_whose_words_begin_like_a_footer_stays() -> None:
    rows = table(xlsx([HEADER, [*AN[:5], "Người lập biểu"], ["00003", "Tống Thị Cộng"]])).rows
    assert [row.skipped for row in rows] == ["", ""]


def test_a_header_repeated_on_the_next_page_and_names_of_groups_are_skipped() -> None:
    rows = [["STT", *HEADER], ["I", "Đảng ủy xã A"], [1, *AN], ["STT", *HEADER], ["II.", "Đảng ủy xã B"], [1, *BA]]
    reasons = [row.skipped for row in table(xlsx(rows)).rows]
    assert reasons == ["dòng tên nhóm: «Đảng ủy xã A»", "", "dòng tiêu đề lặp lại", "dòng tên nhóm: «Đảng ủy xã B»", ""]


@pytest.mark.parametrize(("title", "merged"), [("Đảng ủy xã A", "A2:F2"), ("I. Đảng ủy xã A", "")])
def test_the_name_of_a_group_stands_over_the_table_or_bears_a_number(title: str, merged: str) -> None:
    rows = table(xlsx([HEADER, [title], AN], lambda sheet: sheet.merge_cells(merged) if merged else None)).rows
    assert [row.skipped for row in rows] == [f"dòng tên nhóm: «{title}»", ""]


def test_a_lone_text_without_such_a_sign_is_refused_and_not_passed_over() -> None:
    assert [row.sound for row in table(xlsx([HEADER, ["Đảng ủy xã A"], AN])).rows] == [False, True]


def test_a_row_without_what_it_must_have_is_refused_not_lost() -> None:
    (row,) = table(xlsx([HEADER, [None, "Nguyễn Văn An", "1970"]])).rows
    assert [(problem.code, problem.message) for problem in row.problems] == [("V01", "ô A2: thiếu «Mã cán bộ»")]
    assert not row.sound


def test_a_value_merged_over_rows_holds_for_each() -> None:
    rows = [HEADER, [*AN[:5], "Ủy viên"], BA[:5], ["00003", "C"]]
    found = table(xlsx(rows, lambda sheet: sheet.merge_cells("F2:F3")))
    assert [row.values["post"] for row in found.rows] == ["Ủy viên", "Ủy viên", None]


def test_a_merged_range_over_blank_rows_makes_no_rows() -> None:
    found = table(xlsx([HEADER, AN], lambda sheet: sheet.merge_cells("F2:F900")))
    assert len(found.rows) == 1


def hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    found = table(xlsx([HEADER, AN, BA], hide))
    assert (len(found.rows), found.rows[0].values["birth"]) == (2, "1970-03-12")
    assert [note.message for note in found.notes] == ["1 dòng đang ẩn (2); 1 cột đang ẩn (C)"]


def test_a_hidden_sheet_is_read_and_told() -> None:
    book = Workbook()
    hidden = book.create_sheet("Ẩn")
    for row in (HEADER, AN):
        hidden.append(row)
    hidden.sheet_state = "veryHidden"
    found = table(saved(book))
    assert (found.sheet, len(found.rows)) == ("Ẩn", 1)
    assert [note.message for note in found.notes] == ["cả trang này đang ẩn"]


def test_a_header_without_rows_is_told() -> None:
    found = table(xlsx([HEADER]))
    assert (found.rows, [note.code for note in found.notes]) == ((), ["B15"])


@pytest.mark.parametrize("file", ["a.xlsx", "a.csv"])
def test_a_fault_in_one_row_leaves_the_others_whole(file: str) -> None:
    rows = [HEADER, AN, ["00002", "B 2"], ["00003", "C"]]
    data = csv([[f'"{cell}"' for cell in row] for row in rows]) if file == "a.csv" else xlsx(rows)
    found = table(data, file=file)
    assert [row.sound for row in found.rows] == [True, False, True]
    assert len(data_rows(found)) == 3


def test_all_problems_come_in_the_order_of_the_file() -> None:
    reading = read(xlsx([[*HEADER, "Quê"], ["1", "B 2"], [None, "C"]]))
    assert [problem.place.line for problem in reading.all_problems()] == [1, 2, 3]
    assert len(reading.digest) == 64
    assert "B10 (cảnh báo)" in told(reading)
