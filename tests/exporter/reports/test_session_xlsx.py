"""The result of one session: who was there, and what differs."""

from pathlib import Path

import pytest
from boiduong_exporter.reports.session_xlsx import Attendee, SessionResult, write_session_xlsx
from openpyxl import load_workbook

from tests.exporter.reports.made import basis

THERE = Attendee("Nguyễn Văn An", "01", "Đảng ủy xã An Hòa", "", "Có mặt", True, "7:41", late=11, how="quét mã")
AWAY = Attendee("Đỗ Thị Hoa", "05", "Tỉnh ủy", "", "Vắng", False)


def written(tmp_path: Path, *people: Attendee, headcount: int | None = None) -> list[list[object]]:
    path = tmp_path / "kq.xlsx"
    facts = (("Lớp", "Lớp mùa hạ (L2)"), ("Buổi", "sáng 26/11/2026"))
    write_session_xlsx(SessionResult("Kết quả điểm danh", facts, headcount, people, ("ghi chú",), basis()), path)
    (sheet,) = load_workbook(path).worksheets
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_columns_that_nobody_fills_are_left_out(tmp_path: Path) -> None:
    rows = written(tmp_path, THERE, AWAY)
    (head,) = (row for row in rows if row[:1] == ["TT"])
    assert head == [
        "TT", "Họ và tên", "Mã cán bộ", "Đơn vị", "Kết quả", "Giờ vào", "Muộn (phút)", "Cách ghi", "Lý do, ghi chú",
    ]  # fmt: skip
    assert [1, "Nguyễn Văn An", "01", "Đảng ủy xã An Hòa", "Có mặt", "7:41", 11, "quét mã"] in rows
    assert [2, "Đỗ Thị Hoa", "05", "Tỉnh ủy", "Vắng"] in rows


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (1, ["Sĩ số: đếm được 1, điểm danh 1, khớp."]),
        (3, ["Sĩ số: đếm được 3, điểm danh 1, chênh 2."]),
        (0, ["Sĩ số: đếm được 0, điểm danh 1, chênh 1."]),
    ],
)
def test_a_headcount_that_differs_stays_visible(tmp_path: Path, heads: int, said: list[object]) -> None:
    assert said in written(tmp_path, THERE, AWAY, headcount=heads)


def test_sums_are_by_result(tmp_path: Path) -> None:
    rows = written(tmp_path, THERE, AWAY, AWAY)
    for said in ("Trong danh sách: 3 người.", "Có mặt: 1 người.", "Vắng: 2 người.", "Vào muộn: 1 người.", "ghi chú"):
        assert [said] in rows


def test_nobody_is_said(tmp_path: Path) -> None:
    assert ["Không có ai trong danh sách."] in written(tmp_path)


def test_a_name_is_never_a_formula(tmp_path: Path) -> None:
    evil = Attendee("=HYPERLINK(1)", "01", "", "", "Có mặt", True)
    assert [1, "=HYPERLINK(1)", "01", "Có mặt"] in written(tmp_path, evil)
