"""The workbooks, read back with another program's eyes."""

import errno
import gc
import resource
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.credit.facts import Term
from boiduong_exporter.credit.rules import Reporting
from boiduong_exporter.reports.columns import LINES, OWING, PEOPLE
from boiduong_exporter.reports.figures import UnitReport
from boiduong_exporter.reports.person import write_person_xlsx
from boiduong_exporter.reports.xlsx import write_unit_xlsx
from openpyxl import Workbook, load_workbook

from tests.exporter.credit.case import managed, present, studied
from tests.exporter.reports.made import HEAD, UPDATE, basis, figures, one, unit, verdict

HEADED = 7
"""The row of the headings in the lists."""


def opened(report: UnitReport, folder: Path) -> Workbook:
    write_unit_xlsx(report, folder / "a.xlsx")
    return load_workbook(folder / "a.xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return opened(unit(), tmp_path)


def values(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def cells(book: Workbook, sheet: str) -> set[Any]:
    return {cell for row in values(book, sheet) for cell in row}


def people(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    rows = values(book, sheet)
    return [dict(zip(rows[HEADED - 1], row, strict=True)) for row in rows[HEADED:]]


def test_the_sheets_stand_in_the_order_they_are_read_in(book: Workbook) -> None:
    assert book.sheetnames == [
        "Danh sách", "Còn thiếu", "Có khả năng chưa đủ", "Tổng hợp", "Lớp theo năm", "Kế hoạch", "Căn cứ",
    ]  # fmt: skip


def test_no_plan_has_no_sheet(tmp_path: Path) -> None:
    assert "Kế hoạch" not in opened(unit(plan=()), tmp_path).sheetnames


def test_the_list_says_of_whom_when_and_how_many(book: Workbook) -> None:
    head = [row[0] for row in values(book, "Danh sách")[:3]]
    assert head[1:] == [
        "Quý III năm 2026, tính đến ngày 01/11/2026",
        "Đơn vị: Đảng ủy xã An Hòa (DU). Số người: 9.",
    ]


def test_the_list_holds_everyone_under_the_twenty_headings(book: Workbook) -> None:
    rows = people(book, "Danh sách")
    assert list(rows[0]) == [column.heading for column in PEOPLE]
    assert [row["STT"] for row in rows] == list(range(1, 10))
    assert [row["Kết quả"] for row in rows] == [
        "còn thiếu", "đủ", "có khả năng chưa đủ", "chưa đủ", "được miễn", "chưa xác định", "ngoài chế độ",
        "chờ quyết định", "còn thiếu",
    ]  # fmt: skip


def test_figures_are_numbers_and_dates_are_dates(book: Workbook) -> None:
    row = people(book, "Danh sách")[0]
    assert (row["Số ngày tối thiểu"], row["Được tính"], row["Còn thiếu"]) == (7, 2.8, 4.2)
    assert row["Ngày sinh"] == datetime(1970, 3, 12)
    assert row["Hết nhiệm kỳ"] == datetime(2030, 9, 30)
    sheet = book["Danh sách"]
    formats = {sheet.cell(HEADED, place).value: sheet.cell(HEADED + 1, place).number_format for place in range(1, 21)}
    assert formats["Còn thiếu"] == "0.0##"
    assert formats["Ngày sinh"] == "dd/mm/yyyy"


def test_a_year_of_birth_alone_stays_text(book: Workbook) -> None:
    assert people(book, "Danh sách")[1]["Ngày sinh"] == "1975"


def test_the_list_of_shortfalls_leaves_out_those_who_are_enough_or_owe_nothing(book: Workbook) -> None:
    rows = people(book, "Còn thiếu")
    assert list(rows[0]) == [column.heading for column in OWING]
    assert [row["Mã cán bộ"] for row in rows] == ["CB0001", "CB0004", "CB0008", "CB0009"]
    assert [row["STT"] for row in rows] == [1, 2, 3, 4]


def test_those_at_risk_have_a_sheet_of_their_own(book: Workbook) -> None:
    rows = people(book, "Có khả năng chưa đủ")
    assert [(row["Mã cán bộ"], row["Còn thiếu"]) for row in rows] == [("CB0003", 5)]


def test_the_lists_keep_their_headings_in_sight_and_on_every_printed_page(book: Workbook) -> None:
    for name in ("Danh sách", "Còn thiếu", "Có khả năng chưa đủ"):
        sheet = book[name]
        assert sheet.freeze_panes == f"D{HEADED + 1}"
        assert sheet.print_title_rows == f"${HEADED}:${HEADED}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # one is the format's own
        assert sheet.auto_filter.ref.startswith(f"A{HEADED}:")


def test_every_page_carries_the_mark(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert "Mã đối chiếu 9f3a5c1e" in sheet.oddFooter.left.text


def test_the_summary_says_what_is_counted(book: Workbook) -> None:
    rows = {row[0].strip(): row[1:] for row in values(book, "Tổng hợp") if row[0]}
    assert rows["Tử số"] == (1, "người đủ số ngày")
    assert rows["Mẫu số"][0] == 6
    assert rows["Tỷ lệ"] == (0.166, "người đủ số ngày / người phải bồi dưỡng")  # down: never 100,0% too soon
    assert "Tỷ lệ làm tròn xuống đến 0,1%." in rows
    assert (rows["Phải bồi dưỡng (mẫu số)"][0], rows["Ngoài mẫu số"][0], rows["Tất cả"][0]) == (6, 3, 9)
    assert rows["chờ quyết định"][0] == rows["chưa xác định"][0] == 1
    assert rows["Lớp"][1] == "số lớp có người của đơn vị dự"


def test_attendances_are_added_up_and_people_are_counted_once(book: Workbook) -> None:
    rows = values(book, "Lớp theo năm")
    assert [row for row in rows if row[0] == "Năm 2026"] == [("Năm 2026", None, None, None, 5, 352, None)]
    assert rows[-1] == ("Tất cả", None, None, None, 7, 502, 420)


def test_the_plan_stands_beside_what_was_done(book: Workbook) -> None:
    total = (None, "Cộng các dòng đã duyệt", None, None, 4, 2, 320, None, None)
    assert values(book, "Kế hoạch")[-1] == total, "people are not added up over lines"
    assert values(book, "Kế hoạch")[-2][4:8] == (2, 1, 90, 40), "what is not approved stands on its own line alone"
    assert "dòng kế hoạch có cùng đối tượng, dòng đã duyệt trước; không xếp" in str(values(book, "Kế hoạch"))


def test_the_basis_holds_all_that_is_needed_to_redo_the_sums(book: Workbook) -> None:
    said = cells(book, "Căn cứ")
    assert {HEAD, "9f3a5c1e", "boiduong explain MÃ"} <= said
    text = "\n".join(str(cell) for cell in said)
    assert "145-QĐ/TW ngày 10/05/2024 của Bộ Chính trị" in text
    assert {"Trích theo nguồn đã đọc", "nguồn nói rõ, chưa đối chiếu văn bản gốc"} <= said
    assert "Bản của tệp quy tắc: " in text
    assert "chưa đối chiếu số điều, khoản" in text
    assert "«Nhóm 3: Ít nhất 7 ngày/nhiệm kỳ" in text
    assert "chưa rõ văn bản có còn được áp dụng" in text
    assert "Cách quy đổi: 1 ngày = 8 tiết, 1 tiết = 45 phút (đơn vị tạm xác định" in text
    assert "Nhóm biên soạn boiduong" in text


@pytest.mark.parametrize("name", ["=1+1", '=HYPERLINK("http://a.b")', "+84", "-2", "@SUM(A1)", "{=1}"])
def test_text_never_becomes_a_formula_or_a_link(tmp_path: Path, name: str) -> None:
    book = opened(unit([figures(name=name)]), tmp_path)
    assert people(book, "Danh sách")[0]["Họ và tên"] == name
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        sheets = [package.read(each) for each in package.namelist() if each.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_an_empty_unit_gives_a_whole_workbook(tmp_path: Path) -> None:
    book = opened(unit([], years=(), notes=()), tmp_path)
    assert values(book, "Danh sách")[2][0] == "Đơn vị: Đảng ủy xã An Hòa (DU). Số người: 0."
    assert {row[0]: row[1] for row in values(book, "Tổng hợp")}["Tỷ lệ"] is None


def test_no_cell_is_red(book: Workbook) -> None:
    fonts = {cell.font.color.rgb for sheet in book for row in sheet for cell in row if cell.font and cell.font.color}
    assert not any(str(colour).startswith("FFFF00") for colour in fonts)


def test_the_time_of_making_is_the_day_of_the_report(tmp_path: Path) -> None:
    write_unit_xlsx(unit(), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert package.read("docProps/core.xml").count(b"2026-11-01T00:00:00Z") == 2


@pytest.mark.parametrize("place", ["xlsxwriter.workbook.Workbook._store_workbook", "zipfile.ZipFile.write"])
def test_a_full_disk_is_told_once_and_with_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    noise: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", noise.append)
    monkeypatch.setattr(place, full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_unit_xlsx(unit(), tmp_path / "a.xlsx")
    assert caught.value.filename == str(tmp_path / "a.xlsx")
    del caught
    gc.collect()
    assert noise == [], "the archive that is thrown away says nothing more"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kilobytes", [0, 1, 8])
def test_a_disk_that_fills_up_keeps_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kilobytes: int) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, limits[1]))
    try:
        with pytest.raises(OSError, match="too large") as caught:
            write_unit_xlsx(unit(), tmp_path / "a.xlsx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.filename == str(tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_persons_workbook_has_the_lines_the_steps_and_the_basis(tmp_path: Path) -> None:
    write_person_xlsx(one(), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Các buổi, chuyên đề", "Số ngày phải học", "Căn cứ"]
    rows = values(book, "Các buổi, chuyên đề")
    assert rows[0][0] == "Kết quả bồi dưỡng: Nguyễn Thị Hòa (CB0001)"
    assert list(rows[6]) == [column.heading for column in LINES]
    assert len(rows) == 7 + 14 - 1  # 13 half days and a topic; its own completion is no line
    assert "«Nhóm 3: Ít nhất 7 ngày/nhiệm kỳ" in str(values(book, "Số ngày phải học"))


def test_a_long_text_gives_its_row_height(tmp_path: Path) -> None:
    book = opened(unit([figures(posts=("Phó Bí thư Đảng ủy " * 10,))]), tmp_path)
    assert book["Danh sách"].row_dimensions[HEADED + 1].height > 60


def row_of(book: Workbook, sheet: str, first: str) -> tuple[Any, ...]:
    return next(row for row in values(book, sheet) if str(row[0]).startswith(first))


def test_the_basis_says_who_does_what_and_by_which_words(book: Workbook) -> None:
    row = row_of(book, "Căn cứ", "Lập kế hoạch (Nhóm 3; cấp: Tỉnh, Huyện, Xã): Ban Tổ chức cấp ủy cấp tỉnh")
    assert row[1].startswith("«Chỉ đạo ban tổ chức cấp ủy cấp tỉnh")
    assert row_of(book, "Căn cứ", "Tổ chức (Nhóm 1, Nhóm 2): Học viện Chính trị quốc gia Hồ Chí Minh")
    assert "Ai làm gì" in cells(book, "Căn cứ")
    assert row_of(book, "Căn cứ", "Thời gian tổ chức")


def test_a_duty_of_some_years_and_a_report_due_say_so(tmp_path: Path) -> None:
    rules = basis().documents[0]
    duty = replace(rules.authority[0], starts=date(2025, 3, 1), ends=date(2026, 2, 28), levels=(), groups=())
    due = Reporting("Ban Tổ chức Trung ương", "trước 31/12 hằng năm", rules.groups[0].citation)
    grounds = basis(documents=(replace(rules, authority=(duty,), reporting=(due,)),))
    book = opened(replace(unit(), basis=grounds), tmp_path)
    assert row_of(book, "Căn cứ", "Lập kế hoạch (từ 01/03/2025 đến 28/02/2026): Ban Tổ chức Trung ương")
    assert row_of(book, "Căn cứ", "Gửi báo cáo: Ban Tổ chức Trung ương, trước 31/12 hằng năm")


def test_the_basis_gives_the_whole_head_and_the_command_that_takes_it(book: Workbook) -> None:
    assert {HEAD, "9f3a5c1e", "boiduong ledger verify --head 1204:9f3a5c1e"} <= cells(book, "Căn cứ")
    assert row_of(book, "Căn cứ", "Phần mềm")[1] == "boiduong, phiên bản 0.1.0"


def test_the_readings_come_last_under_headings_that_every_page_repeats(book: Workbook) -> None:
    rows = values(book, "Căn cứ")
    headed = next(number for number, row in enumerate(rows, 1) if row[0] == "Điều để ngỏ")
    assert book["Căn cứ"].print_title_rows == f"${headed}:${headed}"
    assert len(rows) == headed + len(basis().readings)


def test_a_list_of_nobody_says_so(tmp_path: Path) -> None:
    book = opened(unit([], years=(), plan=()), tmp_path)
    for name in ("Danh sách", "Còn thiếu", "Có khả năng chưa đủ"):
        assert values(book, name)[HEADED][0] == "Không có ai."
    assert "Chưa có lớp nào." in cells(book, "Lớp theo năm")


def test_hours_studied_alone_have_a_column_only_where_somebody_has_some(tmp_path: Path) -> None:
    place = "S"
    alone = figures(2, found=verdict(*present(UPDATE), studied(90, code="CN-01")))
    book = opened(unit([figures(1, found=verdict(*present(UPDATE))), alone]), tmp_path)
    assert [row["Giờ tự học"] for row in people(book, "Danh sách")] == [None, 1.5]
    assert not book["Danh sách"].column_dimensions[place].hidden
    book = opened(unit([figures(1, found=verdict(*present(UPDATE)))]), tmp_path)
    assert book["Danh sách"].cell(HEADED, 19).value == "Giờ tự học"
    assert book["Danh sách"].column_dimensions[place].hidden


def test_rounding_is_said_on_every_list(book: Workbook) -> None:
    for name in ("Danh sách", "Còn thiếu", "Có khả năng chưa đủ"):
        assert any("«Còn thiếu» làm tròn lên đến 0,1 ngày" in str(cell) for cell in cells(book, name))


def test_each_sheet_of_figures_says_whom_and_which_time_it_counts(book: Workbook) -> None:
    summary, years = str(cells(book, "Tổng hợp")), str(cells(book, "Lớp theo năm"))
    assert "Đếm những người giữ chức vụ ở đơn vị vào ngày 01/11/2026, mỗi người trong nhiệm kỳ của mình." in summary
    assert "Đếm mọi người đã từng giữ chức vụ ở đơn vị, mọi năm đến hết ngày 01/11/2026" in years


def mixed() -> list[Any]:
    older = Term("TU", "2024-2029", date(2024, 6, 1), date(2029, 5, 31))
    return [
        figures(1, found=verdict(*present(UPDATE))),
        figures(2, found=verdict(terms=(older,))),
        figures(3, found=verdict(managements=(managed(""),))),
    ]


def test_every_term_that_occurs_has_its_line_in_the_summary(tmp_path: Path) -> None:
    book = opened(unit(mixed()), tmp_path)
    assert row_of(book, "Tổng hợp", "2024-2029 (01/06/2024 – 31/05/2029)")[1:3] == (1, 0)
    assert row_of(book, "Tổng hợp", "2025-2030 (01/10/2025 – 30/09/2030)")[1:3] == (1, 0)
    note = "Có 2 nhiệm kỳ; mỗi người xét theo nhiệm kỳ của mình."
    assert note in cells(book, "Tổng hợp")
    assert note in cells(book, "Danh sách")


def test_a_single_term_needs_no_note(book: Workbook) -> None:
    assert "xét theo nhiệm kỳ của mình" not in str(cells(book, "Danh sách"))


def test_who_is_of_another_term_than_the_reports_is_counted(tmp_path: Path) -> None:
    found = replace(unit(mixed()), basis=basis(period="Nhiệm kỳ 2024-2029"))
    assert (
        "Báo cáo của Nhiệm kỳ 2024-2029 có 2 người thuộc nhiệm kỳ khác; mỗi người xét theo nhiệm kỳ của mình."
        in cells(opened(found, tmp_path), "Tổng hợp")
    )


def test_who_has_no_code_has_no_empty_brackets(tmp_path: Path) -> None:
    write_person_xlsx(one(replace(figures(), code="")), tmp_path / "a.xlsx")
    sheet = values(load_workbook(tmp_path / "a.xlsx"), "Các buổi, chuyên đề")
    assert sheet[0][0] == "Kết quả bồi dưỡng: Nguyễn Thị Hòa (chưa có mã)"


def test_a_person_without_lines_is_told_so(tmp_path: Path) -> None:
    write_person_xlsx(one(figures(found=verdict())), tmp_path / "a.xlsx")
    sheet = values(load_workbook(tmp_path / "a.xlsx"), "Các buổi, chuyên đề")
    assert sheet[-1][0] == "Chưa có buổi, chuyên đề nào."


def test_words_that_do_not_fit_a_narrow_column_have_their_rows(tmp_path: Path) -> None:
    left = "đã thôi giữ từ 01/04/2026: Phó Trưởng ban – Ban Tổ chức Tỉnh ủy Lam Giang"
    book = opened(unit([figures(posts=(left,), found=verdict(*present(UPDATE)))]), tmp_path)
    assert book["Còn thiếu"].row_dimensions[HEADED + 1].height >= 5 * 15


def test_the_unit_stands_beside_posts_that_do_not_name_it(tmp_path: Path) -> None:
    for number, (posts, said) in enumerate(
        [((), "Đảng ủy xã An Hòa"), (("Bí thư – Đảng ủy xã An Hòa",), "Bí thư – Đảng ủy xã An Hòa")]
    ):
        write_person_xlsx(one(figures(posts=posts)), tmp_path / f"{number}.xlsx")
        assert values(load_workbook(tmp_path / f"{number}.xlsx"), "Các buổi, chuyên đề")[2][0] == said
