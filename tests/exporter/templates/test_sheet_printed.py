"""What is on the attendance sheet for people at the door, and how it comes out of a printer."""

import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

from boiduong_exporter.templates.sheet import MARKS, ROOM, write_sheet
from openpyxl import load_workbook

from tests.exporter.templates.test_sheet import AN, FOUND, HEAD, column, put, read, sheet


def test_the_class_its_marks_and_who_signs_are_on_the_sheet(tmp_path: Path) -> None:
    page = sheet(FOUND, tmp_path)["Điểm danh"]
    told = {cell for row in page.iter_rows(values_only=True) for cell in row}
    assert {"Mã lớp: L01", "Lớp: Cập nhật kiến thức", "Địa điểm: Hội trường A", MARKS} <= told
    assert {"Cán bộ quản lý lớp", "Người lập bảng", "(ký, ghi rõ họ tên)"} <= told


def test_empty_rows_show_their_numbers_and_signatures_their_heading(tmp_path: Path) -> None:
    page = sheet(FOUND, tmp_path)["Điểm danh"]
    first, last = page.cell(HEAD + 2, 1), page.cell(HEAD + 31, 1)
    assert [(cell.value, cell.number_format) for cell in (first, last)] == [(" ", ';;;"1"'), (" ", ';;;"30"')]
    assert page.cell(HEAD + 1, column(page, "05/03/2026 Sáng") + 1).number_format == ';;;"Ký"'


def test_thirty_people_fill_a_page_and_the_head_is_on_each(tmp_path: Path) -> None:
    people = tuple(replace(AN, code=f"{number:05}") for number in range(31))
    page = sheet(replace(FOUND, people=people), tmp_path)["Điểm danh"]
    assert [found.id for found in page.row_breaks.brk] == [HEAD + 31]
    assert page.print_title_rows == f"${HEAD}:${HEAD + 1}"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    numbers = [page.cell(row, 1).number_format for row in (HEAD + 32, HEAD + 33, HEAD + 61)]
    assert numbers == ["0", ';;;"32"', ';;;"60"']


def test_each_page_says_at_its_foot_which_class_and_sheet_it_is_of(tmp_path: Path) -> None:
    write_sheet(replace(FOUND, code="A&B"), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        footer = unescape(package.read("xl/worksheets/sheet1.xml").decode()).partition("<oddFooter>")[2]
    assert "Lớp A&&B – Điểm danh" in footer.partition("</oddFooter>")[0]


def test_the_sheet_of_one_place_names_it_above_and_at_its_foot(tmp_path: Path) -> None:
    write_sheet(FOUND.part("Cầu An Hòa", ()), tmp_path / "a.xlsx")
    page = load_workbook(tmp_path / "a.xlsx")["Điểm danh"]
    assert (page.cell(3, 1).value, "Điểm học" in [cell.value for cell in page[HEAD]]) == (
        "Tại điểm học: Cầu An Hòa", False,
    )  # fmt: skip
    assert "Lớp L01 – Cầu An Hòa – Điểm danh" in str(page.oddFooter.left.text)


def test_the_sheet_says_for_how_many_it_has_room_and_where_to_go_on(tmp_path: Path) -> None:
    for count, room in ((0, 30), (30, 30), (31, 60)):
        write_sheet(replace(FOUND, people=(AN,) * count), tmp_path / f"{count}.xlsx")
        page = load_workbook(tmp_path / f"{count}.xlsx")["Điểm danh"]
        told = [str(cell) for row in page.iter_rows(max_row=HEAD - 1, values_only=True) for cell in row if cell]
        assert ROOM.format(room) in told
    assert "Bảng có chỗ cho 30 người; thêm người thì chèn dòng" in ROOM.format(30)


def test_rows_put_in_above_the_signatures_are_people(tmp_path: Path) -> None:
    book = sheet(replace(FOUND, people=(AN,) * 30), tmp_path)
    page = book["Điểm danh"]
    page.insert_rows(HEAD + 32)
    put(page, 31, code="00031", name="Lê Thị Mới", morning="x")
    (table,) = read(book).tables
    assert [row.values["name"] for row in table.rows if not row.skipped][-1] == "Lê Thị Mới"


def test_a_day_stands_in_the_middle_over_mark_and_signature(tmp_path: Path) -> None:
    page = sheet(FOUND, tmp_path)["Điểm danh"]
    at = column(page, "05/03/2026 Sáng")
    assert [page.cell(HEAD, each).alignment.horizontal for each in (at, at + 1)] == ["centerContinuous"] * 2
    assert page.cell(HEAD, at + 1).value is None


def test_a_class_without_places_asks_for_none(tmp_path: Path) -> None:
    page = sheet(replace(FOUND, places=()), tmp_path)["Điểm danh"]
    assert "Điểm học" not in [cell.value for cell in page[HEAD]]


def test_the_places_of_the_class_and_the_outcomes_of_an_essay_are_offered(tmp_path: Path) -> None:
    page = sheet(FOUND, tmp_path)["Điểm danh"]
    offered = {str(found.formula1) for found in page.data_validations.dataValidation}
    assert offered == {'"Hội trường A,Cầu An Hòa"', '"Đạt,Chưa đạt"'}


def test_a_very_long_class_name_goes_over_several_lines_and_is_still_read(tmp_path: Path) -> None:
    found = replace(FOUND, name="Cập nhật kiến thức " * 12, venue="Hội trường " * 12, people=(AN,))
    write_sheet(found, tmp_path / "a.xlsx")
    (table,) = read(load_workbook(tmp_path / "a.xlsx")).tables
    assert (table.marks, [row.values["name"] for row in table.rows if not row.skipped]) == (
        {"class_code": "L01", "place": None}, [AN.name],
    )  # fmt: skip
