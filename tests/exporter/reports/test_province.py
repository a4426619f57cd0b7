"""A province's report: the workbook with its charts, the CSV, the JSON and the paper, read back."""

import csv
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.reports.figures import Part, ProvinceReport
from boiduong_exporter.reports.province_columns import DATA, GROUPS, UNITS
from boiduong_exporter.reports.writing import PROVINCE
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from tests.exporter.reports.made import HEAD, TREND, basis, everyone, nothing, province, summary
from tests.paper import sheets

HEADED = 7
"""The row of the headings in «Theo đơn vị»."""


def opened(report: ProvinceReport, folder: Path) -> Workbook:
    PROVINCE[".xlsx"](report, folder / "a.xlsx")
    return load_workbook(folder / "a.xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return opened(province(), tmp_path)


def values(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def row_of(book: Workbook, sheet: str, first: str, column: int = 0) -> tuple[Any, ...]:
    return next(row for row in values(book, sheet) if str(row[column]).strip() == first)


def paper(report: ProvinceReport, folder: Path) -> list[str]:
    """Its pages, in words."""
    PROVINCE[".pdf"](report, folder / "a.pdf")
    return [" ".join(sheet.text.split()) for sheet in sheets((folder / "a.pdf").read_bytes())]


# The workbook ---------------------------------------------------------------------------------------------------------


def test_the_sheets_stand_in_the_order_they_are_read_in(book: Workbook) -> None:
    assert book.sheetnames == [
        "Tổng hợp", "Theo đơn vị", "Theo nhóm và cấp", "Lớp theo năm", "Kế hoạch", "Diễn biến", "Biểu đồ diễn biến",
        "Biểu đồ đơn vị", "Căn cứ",
    ]  # fmt: skip


def test_units_keep_their_headings_in_sight_and_on_every_printed_page(book: Workbook) -> None:
    sheet = book["Theo đơn vị"]
    assert [cell.value for cell in sheet[HEADED]] == [column.heading for column in UNITS]
    assert sheet.freeze_panes == f"C{HEADED + 1}"
    assert sheet.print_title_rows == f"${HEADED}:${HEADED}"
    assert sheet.auto_filter.ref == f"A{HEADED}:O{HEADED + 3}", "the sum is not filtered away"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_a_units_row_counts_by_standing_and_the_sum_counts_each_once(book: Workbook) -> None:
    named = {column.heading: place for place, column in enumerate(UNITS)}
    row = row_of(book, "Theo đơn vị", "DU01")
    assert (row[named["Tổng số người"]], row[named["Phải bồi dưỡng"]], row[named["Đủ"]]) == (5, 4, 1)
    assert row[named["Tỷ lệ đủ"]] == 0.25
    total = row_of(book, "Theo đơn vị", "Tất cả (mỗi người một lần)", 1)
    assert (total[named["Tổng số người"]], total[named["Phải bồi dưỡng"]], total[named["Tỷ lệ đủ"]]) == (9, 6, 0.166)


def test_what_stands_further_down_is_indented(book: Workbook) -> None:
    names = [row[1] for row in values(book, "Theo đơn vị")[HEADED : HEADED + 3]]
    assert names == ["Đảng ủy xã An Hòa", "    Ủy ban nhân dân xã An Hòa", "Đảng ủy xã Bình Minh"]


def test_standings_up_to_the_rate_add_up_to_those_who_owe() -> None:
    part = Part("", "", summary(*everyone()))
    row = {column.key: column.value(1, part) for column in GROUPS}
    owing = ("enough", "short", "at_risk", "waiting", "missed")
    assert sum(int(str(row[key])) for key in owing) == row["owing"] == 6
    assert sum(int(str(row[key])) for key in (*owing, "exempt", "outside", "undetermined")) == row["people"] == 9


def test_groups_and_tiers_have_the_same_sum(book: Workbook) -> None:
    rows = [row for row in values(book, "Theo nhóm và cấp") if row[0] == "Tất cả (mỗi người một lần)"]
    assert len(rows) == 2
    assert rows[0] == rows[1]
    assert row_of(book, "Theo nhóm và cấp", "Chưa xác định nhóm")[1] == 1


def test_who_owes_nothing_has_no_rate(book: Workbook) -> None:
    assert row_of(book, "Theo nhóm và cấp", "Ngoài chế độ")[8] is None


def test_a_quarter_says_for_how_many_nobody_could_tell_what_they_owed(book: Workbook, tmp_path: Path) -> None:
    assert row_of(book, "Diễn biến", "Quý I năm 2026")[2:] == (5, 0, 0, 3)
    assert row_of(book, "Diễn biến", "Đảng ủy xã Bình Minh")[2:] == (2, 0, 0, 1)
    assert "Quý I năm 2026 31/03/2026 5 0 0,0% 3" in " ".join(paper(province(), tmp_path))


def test_rounding_of_rates_is_said_wherever_rates_stand(book: Workbook, tmp_path: Path) -> None:
    for sheet in ("Tổng hợp", "Theo đơn vị", "Theo nhóm và cấp", "Diễn biến"):
        assert "Tỷ lệ làm tròn xuống đến 0,1%." in str(values(book, sheet)), sheet
    assert "Tỷ lệ làm tròn xuống đến 0,1%." in paper(province(), tmp_path)[0]


# The charts -----------------------------------------------------------------------------------------------------------


def series(folder: Path, number: int) -> list[tuple[str, str, list[str]]]:
    """Name, range of the values and the values that it carries, of each series of a chart."""
    with zipfile.ZipFile(folder / "a.xlsx") as package:
        text = package.read(f"xl/charts/chart{number}.xml").decode()
    found = []
    for each in re.findall(r"<c:ser>.*?</c:ser>", text, re.DOTALL):
        (name,) = re.findall(r"<c:tx><c:v>(.*?)</c:v>", each) or re.findall(r"<c:tx>.*?<c:v>(.*?)</c:v>", each)
        body = each.partition("<c:val>")[2]
        (where,) = re.findall(r"<c:f>(.*?)</c:f>", body)
        found.append((name, where, re.findall(r"<c:v>(.*?)</c:v>", body)))
    return found


def cells(book: Workbook, where: str) -> list[Any]:
    """What stands in a range such as 'Diễn biến'!$C$7:$C$9."""
    name, _, range_ = where.rpartition("!")
    first_column, first, last_column, last = range_boundaries(range_.replace("$", ""))
    assert first_column == last_column
    return [book[name.strip("'")].cell(row, first_column).value for row in range(first, last + 1)]


def test_the_charts_have_sheets_of_their_own(book: Workbook) -> None:
    assert [sheet.title for sheet in book.chartsheets] == ["Biểu đồ diễn biến", "Biểu đồ đơn vị"]


def test_the_trend_is_drawn_from_the_cells_of_its_figures(book: Workbook, tmp_path: Path) -> None:
    found = series(tmp_path, 1)
    told = {name: cells(book, where) for name, where, _ in found}
    assert told == {
        "Phải bồi dưỡng": [point.owing for point in TREND],
        "Đủ số ngày": [point.enough for point in TREND],
        "Tỷ lệ đủ": [0, 0, 0.166],
    }
    for _, where, carried in found:
        assert [float(value) for value in carried] == cells(book, where), "a viewer that does not count shows the same"


def test_the_bars_are_the_rates_of_those_right_below(book: Workbook, tmp_path: Path) -> None:
    ((_, where, carried),) = series(tmp_path, 2)
    assert cells(book, where) == [float(value) for value in carried] == [0.25, 0]
    assert cells(book, where.replace("$E", "$A")) == ["Đảng ủy xã An Hòa", "Đảng ủy xã Bình Minh"]


@pytest.mark.parametrize("trend", [(), TREND[:1]])
def test_fewer_than_two_quarters_are_no_chart(tmp_path: Path, trend: tuple[Any, ...]) -> None:
    book = opened(province(trend=trend), tmp_path)
    assert [sheet.title for sheet in book.chartsheets] == ["Biểu đồ đơn vị"]


def test_a_unit_of_nobody_gives_a_whole_workbook(tmp_path: Path) -> None:
    book = opened(nothing(), tmp_path)
    assert book.chartsheets == []
    assert "Không có đơn vị trực thuộc." in str(values(book, "Theo đơn vị"))
    assert "Chưa có diễn biến" in str(values(book, "Diễn biến"))
    assert "Kế hoạch" not in book.sheetnames
    assert "không có ai giữ chức vụ" in str(values(book, "Tổng hợp"))


def test_a_name_never_becomes_a_formula(tmp_path: Path) -> None:
    part = Part("DU", '=HYPERLINK("http://a.b")', summary(*everyone()), 1)
    book = opened(province(units=(part,)), tmp_path)
    assert row_of(book, "Theo đơn vị", "DU")[1] == '=HYPERLINK("http://a.b")'


# Data -----------------------------------------------------------------------------------------------------------------


def test_the_csv_has_the_whole_first_and_then_the_units(tmp_path: Path) -> None:
    PROVINCE[".csv"](province(), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [(row["Bậc"], row["Mã"], row["Tổng số người"], row["Tỷ lệ đủ"]) for row in rows] == [
        ("0", "TU", "9", "16,6%"), ("1", "DU01", "5", "25,0%"), ("2", "UB01", "2", "0,0%"), ("1", "DU02", "4", "0,0%"),
    ]  # fmt: skip
    assert {row["Mã đối chiếu"] for row in rows} == {"9f3a5c1e"}


def test_the_json_has_everything(tmp_path: Path) -> None:
    PROVINCE[".json"](province(), tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (data["format"], data["report"], data["basis"]["head"]) == (1, "province", HEAD)
    assert data["issuer"] == {"name": "Tỉnh ủy Lam Giang", "superior": "", "form": "party"}
    assert data["summary"]["rate"] == {"numerator": 1, "denominator": 6, "exact": "1/6"}
    assert [row["code"] for row in data["units"]] == ["DU01", "UB01", "DU02"]
    assert data["units"][0]["rate"] == {"exact": "1/4", "shown": 0.25}
    assert {column.key for column in DATA} <= data["units"][0].keys()
    assert [row["people"] for row in data["groups"]] == [7, 1, 1]
    assert data["trend"][2] == {
        "name": "Quý III năm 2026", "as_of": "2026-09-30", "owing": 6, "enough": 1, "rate": "1/6",
        "undetermined": 1,
    }  # fmt: skip
    assert (len(data["years"]), data["people_of_all_years"], len(data["plan"])) == (3, 420, 2)


# The paper ------------------------------------------------------------------------------------------------------------


def test_the_paper_tells_all_figures_and_ends_with_what_they_rest_on(tmp_path: Path) -> None:
    pages = paper(province(), tmp_path)
    text = " ".join(pages)
    for said in (
        "KẾT QUẢ BỒI DƯỠNG, CẬP NHẬT KIẾN THỨC, KỸ NĂNG", "Tỉnh ủy Lam Giang (TU)", "16,6%",
        "Quý III năm 2026, tính đến ngày 01/11/2026", "Đảng ủy xã Bình Minh", "Chưa xác định nhóm",
        "Tất cả 7 502 420", "7. Diễn biến theo quý", "PHỤ LỤC", HEAD, "boiduong ledger verify --head 1204:9f3a5c1e",
        "«Nhóm 3: Ít nhất 7 ngày/nhiệm kỳ", "Cách quy đổi: 1 ngày = 8 tiết", "Nhóm biên soạn boiduong",
        "Trích theo nguồn đã đọc", "nguồn nói rõ, chưa đối chiếu văn bản gốc", "Bản của tệp quy tắc: ",
    ):  # fmt: skip
        assert said in text, said


def test_of_whom_nothing_is_known_nobody_says_that_they_owe_nothing(tmp_path: Path) -> None:
    text = " ".join(paper(province(), tmp_path))
    assert "Ngoài mẫu số 3" in text
    assert "Phải bồi dưỡng (mẫu số) 6" in text
    assert "Ngoài số phải bồi dưỡng" not in text


def test_the_paper_says_how_classes_are_matched_with_the_plan(tmp_path: Path) -> None:
    text = " ".join(paper(province(), tmp_path))
    assert "có cùng đối tượng, dòng đã duyệt trước; không xếp lớp thuộc loại mà quy định không tính." in text


def test_every_page_has_its_number_and_the_mark_and_only_the_annex_the_head(tmp_path: Path) -> None:
    pages = paper(province(), tmp_path)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Mã đối chiếu: 9f3a5c1e Trang {number}/{len(pages)}" in page
    annex = next(place for place, page in enumerate(pages) if "PHỤ LỤC" in page)
    assert all(HEAD not in page for page in pages[:annex])


def test_a_table_of_many_units_repeats_its_head(tmp_path: Path) -> None:
    found = summary(*everyone())
    units = tuple(Part(f"U{number}", f"Đảng ủy xã số {number}", found, 1) for number in range(120))
    pages = [page for page in paper(province(units=units), tmp_path) if "Đảng ủy xã số" in page]
    assert len(pages) > 2
    assert all("Đơn vị Tổng số người Phải bồi dưỡng" in page for page in pages)


def test_paper_has_the_columns_that_somebody_is_counted_in(tmp_path: Path) -> None:
    assert "Chưa đủ (hết nhiệm kỳ)" in " ".join(paper(province(), tmp_path))
    few = province(whole=summary(*everyone()[:2]))
    text = " ".join(paper(few, tmp_path))
    assert "Chưa đủ (hết nhiệm kỳ)" not in text
    assert "Đơn vị Tổng số người Phải bồi dưỡng Đủ Còn thiếu Tỷ lệ đủ" in text


def test_a_paper_of_nobody_is_whole(tmp_path: Path) -> None:
    text = " ".join(paper(nothing(), tmp_path))
    assert "không có ai giữ chức vụ" in text
    assert "Chưa có lớp nào." in text
    assert "6. Diễn biến theo quý Chưa có diễn biến" in text


def test_a_name_on_paper_is_text_and_never_typst(tmp_path: Path) -> None:
    part = Part("DU", '#panic("x") *đậm* @a <b>', summary(), 1)
    assert '#panic("x") *đậm* @a <b>' in " ".join(paper(province(units=(part,)), tmp_path))


# All ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", list(PROVINCE))
def test_the_same_figures_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    write: Callable[[ProvinceReport, Path], None] = PROVINCE[ending]
    for name in ("one", "two"):
        write(province(), tmp_path / name)
    write(province(basis=basis(head="1205:00000000")), tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() != (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("ending", list(PROVINCE))
def test_a_path_that_cannot_be_written_is_named(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "no-such-folder" / "a"
    with pytest.raises(OSError, match="no-such-folder"):
        PROVINCE[ending](province(), path)
