"""A unit's list on paper, read back."""

from dataclasses import replace
from pathlib import Path

import pytest
from boiduong_exporter.reports.figures import UnitReport
from boiduong_exporter.reports.list_pdf import write_unit_pdf
from pypdfium2 import PdfDocument

from tests.exporter.credit.case import present
from tests.exporter.reports.made import HEAD, LONG, everyone, figures, unit, verdict
from tests.paper import sheets


def pages(report: UnitReport, folder: Path) -> list[str]:
    write_unit_pdf(report, folder / "a.pdf")
    return [" ".join(sheet.text.split()) for sheet in sheets((folder / "a.pdf").read_bytes())]


def test_the_list_is_a4_landscape(tmp_path: Path) -> None:
    write_unit_pdf(unit(), tmp_path / "a.pdf")
    for sheet in sheets((tmp_path / "a.pdf").read_bytes()):
        assert sheet.size == pytest.approx((841.9, 595.3), abs=0.5)


def test_everyone_is_on_it_with_their_days_and_why(tmp_path: Path) -> None:
    text = " ".join(pages(unit(), tmp_path))
    for person in everyone():
        assert person.code in text
    assert "Nguyễn Thị Hòa 12/03/1970" in text
    assert "7 2,8 1,8 1 4,2 còn thiếu" in text, "least, credited, in person, waiting, missing"
    assert "Đảng ủy xã An Hòa (DU)" in text
    assert "«Còn thiếu» làm tròn lên đến 0,1 ngày" in text
    assert "Chưa có nhiệm kỳ của UBND xã An Hòa trong sổ." in text


def test_its_figures_say_what_they_count(tmp_path: Path) -> None:
    first = pages(unit(), tmp_path)[0]
    for label in ("Tổng số người", "Phải bồi dưỡng", "Đủ số ngày", "Tỷ lệ đủ", "Lượt dự lớp", "Lớp có người dự"):
        assert label in first
    assert "Tỷ lệ làm tròn xuống đến 0,1%." in first


def test_its_head_stands_on_every_page_of_the_list_and_pages_are_numbered(tmp_path: Path) -> None:
    found = verdict(*present(LONG))
    report = unit([figures(number, f"Nguyễn Văn Thứ {number}", found) for number in range(120)])
    told = pages(report, tmp_path)
    listed = [page for page in told if "Nguyễn Văn Thứ" in page]
    assert len(listed) > 3
    assert all("STT Mã cán bộ Họ và tên" in page for page in listed)
    for number, page in enumerate(told, 1):
        assert f"Mã đối chiếu: 9f3a5c1e Trang {number}/{len(told)}" in page


def test_the_annex_follows_the_list(tmp_path: Path) -> None:
    told = pages(unit(), tmp_path)
    assert "PHỤ LỤC" not in told[0]
    assert HEAD in next(page for page in told if "PHỤ LỤC" in page)
    assert "«Nhóm 3: Ít nhất 7 ngày/nhiệm kỳ" in " ".join(told)


def test_a_list_of_nobody_says_so(tmp_path: Path) -> None:
    assert "Không có ai." in pages(unit([]), tmp_path)[0]


def test_a_name_is_text_and_never_typst(tmp_path: Path) -> None:
    name = '#panic("x") $x$ *đậm* @a'
    assert name in pages(unit([figures(name=name)]), tmp_path)[0]


def test_the_same_figures_give_the_same_paper_made_on_the_day_of_the_report(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_unit_pdf(unit(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    with PdfDocument((tmp_path / "one").read_bytes()) as document:
        assert document.get_metadata_value("CreationDate").startswith("D:20261101")


def test_other_figures_give_another_paper(tmp_path: Path) -> None:
    write_unit_pdf(unit(), tmp_path / "one")
    write_unit_pdf(replace(unit(), unit_name="Đảng ủy xã Bình Minh"), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() != (tmp_path / "two").read_bytes()
