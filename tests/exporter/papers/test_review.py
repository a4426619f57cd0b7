"""Báo cáo sơ kết, read back from Word: its form, its figures, and that it says nothing else."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from boiduong_exporter.papers.review import write_review
from boiduong_exporter.papers.sheet import HINT, NOTICE, STYLES
from boiduong_exporter.reports.figures import Deeds, Issuer, PlanRow, ProvinceReport, TermCount
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.exporter.papers.made import PARTY, STATE, WHOLE, counts, layout, nobody, review, sixty
from tests.exporter.papers.reading import footers, headers, lines, tables, text
from tests.exporter.reports.made import HEAD, PLAN, basis


def written(path: Path, report: ProvinceReport) -> Path:
    (path / "so-ket.docx").write_bytes(paper(report))
    return path / "so-ket.docx"


@cache
def paper(report: ProvinceReport) -> bytes:
    """Most tests look at the same review: it is written once."""
    with TemporaryDirectory() as folder:
        return written_anew(Path(folder), report).read_bytes()


def written_anew(path: Path, report: ProvinceReport) -> Path:
    assert write_review(report, path / "so-ket.docx", layout()) is None
    return path / "so-ket.docx"


def test_the_partys_form_has_its_heading_its_star_and_its_abbreviation(tmp_path: Path) -> None:
    said = lines(written(tmp_path, review(PARTY)))
    assert said[0] == "DỰ THẢO"
    assert said[1:4] == ["TỈNH ỦY LAM GIANG", "*", "Số              -BC/………"]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in said
    assert not [line for line in said if "Độc lập" in line or "CỘNG HÒA" in line]
    assert [line for line in said if line.startswith("T/M …")]


def test_the_states_form_has_heading_motto_and_its_abbreviation(tmp_path: Path) -> None:
    said = lines(written(tmp_path, review(STATE)))
    assert said[:3] == ["DỰ THẢO", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG", "SỞ NỘI VỤ TỈNH LAM GIANG"]
    place = said.index("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert said[place + 1] == "Độc lập - Tự do - Hạnh phúc"
    assert "*" not in said
    assert [line for line in said if line.startswith("TM. …")]


@pytest.mark.parametrize("issuer", [PARTY, STATE], ids=lambda issuer: issuer.form)
def test_paper_margins_and_font_are_those_of_the_layout(tmp_path: Path, issuer: Issuer) -> None:
    document = Document(str(written(tmp_path, review(issuer))))
    section, form = document.sections[0], layout().form(issuer.form)
    margins = form.margins
    found = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in found] == [210, 297, margins.left_mm, margins.right_mm]
    assert [round(each.mm) for each in (section.top_margin, section.bottom_margin)] == [
        margins.top_mm,
        margins.bottom_mm,
    ]
    assert document.styles["Tên loại"].font.size == Pt(form.elements["type"].size)
    assert document.styles["Tên loại"].font.bold
    assert {document.styles[name].font.name for name in ("Normal", "Nội dung", "Trích yếu")} == {"Times New Roman"}


def test_number_date_addressees_and_signer_are_blank(tmp_path: Path) -> None:
    said = lines(written(tmp_path, review()))
    assert "…………, ngày …… tháng …… năm ……" in said
    end = said[said.index("Nơi nhận:") + 1 : said.index("PHỤ LỤC")]
    assert {line.strip("-T/M …\u00a0") for line in end} == {""}


def test_judgement_causes_and_proposals_are_left_to_the_office(tmp_path: Path) -> None:
    said = lines(written(tmp_path, review()))
    for heading, following in (("III. ĐÁNH GIÁ, NGUYÊN NHÂN", "IV."), ("IV. PHƯƠNG HƯỚNG, KIẾN NGHỊ", "Nơi nhận:")):
        start = said.index(heading)
        assert said[start + 1] == "[Đơn vị viết phần này]"
        part = said[
            start + 2 : next(place for place in range(start + 1, len(said)) if said[place].startswith(following))
        ]
        assert all(line.startswith("- ") or not line for line in part)
        assert not re.search(r"\d", "".join(part))


def test_the_rate_comes_with_numerator_denominator_and_their_meaning(tmp_path: Path) -> None:
    said = text(written(tmp_path, review()))
    assert "Có 450 trên 1.100 người phải bồi dưỡng đã đủ số ngày tối thiểu, bằng 40,9%" in said
    assert "mẫu số là người phải bồi dưỡng và đã xác định được số ngày). Tỷ lệ làm tròn xuống đến 0,1%." in said


def test_all_but_everyone_is_not_a_hundred_percent(tmp_path: Path) -> None:
    said = text(written(tmp_path, review(whole=counts(9999, 1))))
    assert "9.999 trên 10.000" in said
    assert "99,9%" in said
    assert "100%" not in said


def test_each_units_figures_stand_in_its_row_and_add_up(tmp_path: Path) -> None:
    rows = tables(written(tmp_path, review()))["Đơn vị 12"]
    assert rows[0][2:] == [
        "Tổng số", "Phải bồi dưỡng", "Đủ", "Tỷ lệ đủ", "Còn thiếu", "Có khả năng chưa đủ", "Chờ quyết định",
        "Chưa đủ, hết nhiệm kỳ", "Miễn, ngoài chế độ", "Chưa xác định",
    ]  # fmt: skip
    assert rows[2] == ["2", "Đảng ủy xã An Hòa", "65", "58", "40", "68,9%", "10", "5", "2", "1", "3", "4"]
    assert rows[-1] == ["", "Tất cả", "1.234", "1.100", "450", "40,9%", "390", "200", "50", "10", "42", "92"]
    for row in rows[1:]:
        figures = [int(cell.replace(".", "")) for place, cell in enumerate(row) if place > 1 and place != 5]
        assert figures[1] == sum(figures[2:7])
        assert figures[0] == figures[1] + figures[7] + figures[8]


def test_tables_repeat_their_header_and_break_no_row(tmp_path: Path) -> None:
    for table in Document(str(written(tmp_path, sixty()))).tables:
        if len(table.rows) > 1:
            assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)


def test_figures_stand_on_the_right_and_numbers_of_rows_in_the_middle(tmp_path: Path) -> None:
    table = next(
        each for each in Document(str(written(tmp_path, review()))).tables if each.rows[0].cells[1].text == "Đơn vị"
    )
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [1, None, *[2] * 10]


def test_organizations_under_others_are_set_in(tmp_path: Path) -> None:
    table = next(
        each for each in Document(str(written(tmp_path, review()))).tables if each.rows[0].cells[1].text == "Đơn vị"
    )
    names = {row.cells[1].text: row.cells[1].paragraphs[0].paragraph_format.left_indent for row in table.rows[1:]}
    assert names["Đảng ủy xã An Hòa"] is None
    assert names["UBND xã An Hòa & <Phụ trách>"]
    assert names["– Trạm Y tế xã An Hòa"]


def test_classes_attendances_and_people_are_counted_apart(tmp_path: Path) -> None:
    found = written(tmp_path, review())
    assert "Tính mọi năm đến hết ngày 01/11/2026, những người đã từng giữ chức vụ ở đơn vị dự 7 lớp" in text(found)
    assert "dự 7 lớp với 502 lượt, gồm 420 người, mỗi người đếm một lần" in text(found)
    assert tables(found)["Quy định 7"][-1] == ["Cộng", "", "", "", "7", "502", "420"]


def test_a_plan_stands_beside_what_was_done_and_is_left_out_where_there_is_none(tmp_path: Path) -> None:
    said = text(written(tmp_path, review()))
    assert "Kế hoạch đã duyệt có 4 lớp, 320 người dự kiến, cộng theo dòng; đã mở 2 lớp." in said
    assert "Ngoài ra có 1 dòng chưa duyệt hoặc đã chuyển sang kế hoạch khác, 2 lớp; đã mở 1 lớp." in said
    assert "dòng đã duyệt trước; không xếp lớp thuộc loại mà quy định không tính." in said
    without = text(written(tmp_path, review(deeds=replace(review().deeds, plan=()))))
    assert "ế hoạch" not in without.split("PHỤ LỤC")[0]
    assert "3. Diễn biến" in without
    assert PLAN[0].lead not in without


@pytest.mark.parametrize(
    ("plan", "expected", "unsaid"),
    [
        (PLAN[:1], "Kế hoạch đã duyệt có 4 lớp", "Ngoài ra có"),
        (PLAN[1:], "Kế hoạch chưa có dòng nào được duyệt. Ngoài ra có 1 dòng chưa duyệt", "Kế hoạch đã duyệt có"),
    ],
)
def test_only_approved_lines_are_told_as_the_plan(
    tmp_path: Path, plan: tuple[PlanRow, ...], expected: str, unsaid: str
) -> None:
    found = written(tmp_path, review(deeds=replace(review().deeds, plan=plan)))
    assert expected in text(found)
    assert unsaid not in text(found)
    sums = ["4", "2", "320"] if plan[0].approved else ["0", "0", "0"]
    assert tables(found)["Đối tượng 9"][-1] == ["", "Cộng các dòng đã duyệt", "", "", *sums, "", ""]


def test_people_who_came_are_not_added_up_over_the_plan(tmp_path: Path) -> None:
    assert tables(written(tmp_path, review()))["Đối tượng 9"][-1][7] == ""


def test_the_trend_has_a_row_a_quarter(tmp_path: Path) -> None:
    assert tables(written(tmp_path, review()))["Đến ngày 6"] == [
        ["Kỳ", "Đến ngày", "Phải bồi dưỡng", "Đủ", "Tỷ lệ đủ", "Chưa xác định"],
        ["Quý II năm 2026", "30/06/2026", "1.080", "402", "37,2%", "95"],
        ["Quý III năm 2026", "30/09/2026", "1.100", "450", "40,9%", "92"],
    ]


def test_the_minimum_days_are_those_of_the_documents_in_force(tmp_path: Path) -> None:
    said = text(written(tmp_path, review()))
    assert "theo văn bản số 145-QĐ/TW: Nhóm 1: do Bộ Chính trị quyết định; Nhóm 2: ít nhất 5 ngày/nhiệm kỳ" in said
    assert "theo văn bản số 3315-CV/TU" not in said


EMPTY = {
    "nobody": (nobody(), "sổ theo dõi bồi dưỡng chưa có cán bộ nào giữ chức vụ ở Tỉnh ủy Lam Giang."),
    "no class": (nobody(), "sổ chưa ghi lớp nào có người của đơn vị dự."),
    "no rate": (nobody(), "Chưa có ai phải bồi dưỡng mà xác định được số ngày, nên chưa tính tỷ lệ."),
    "nobody owes": (
        review(whole=counts(0, 0, 0, 0, 0, 1, 0, 2)),
        "được số ngày tối thiểu: 1 người được miễn theo văn bản; 2 người chưa xác định được số ngày tối thiểu.",
    ),
    "everybody owes": (review(whole=counts(3, 1)), "Tất cả đều phải bồi dưỡng và đã xác định được số ngày tối thiểu."),
    "all enough": (review(whole=counts(3)), "Có 3 trên 3 người phải bồi dưỡng đã đủ số ngày tối thiểu, bằng 100,0%"),
    "no period": (review(basis=basis(period="")), "Quy định số 145-QĐ/TW, tính đến ngày 01/11/2026, như sau:"),
    "no regulation": (
        review(basis=basis(documents=())),
        "Sơ kết việc thực hiện chế độ bồi dưỡng, cập nhật kiến thức, kỹ năng đối với cán bộ lãnh đạo, quản lý (Quý III",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("report", "sentence"), EMPTY.values(), ids=EMPTY)
def test_what_there_is_none_of_is_said_in_a_true_sentence(
    tmp_path: Path, report: ProvinceReport, sentence: str
) -> None:
    assert sentence in text(written(tmp_path, report))


def test_the_others_are_told_by_how_they_stand(tmp_path: Path) -> None:
    said = text(written(tmp_path, review()))
    assert "1.100 người phải bồi dưỡng và đã xác định được số ngày tối thiểu; số còn lại gồm 12 người được miễn" in said
    assert "Số người chưa đủ gồm: 390 người còn thiếu ngày và còn thời gian trong nhiệm kỳ để dự tiếp; 200" in said


def test_nothing_empty_is_left_standing(tmp_path: Path) -> None:
    found = written(tmp_path, nobody())
    said = text(found).split("PHỤ LỤC")[0]
    assert not re.search(r"\(\)|: ?[;.]|\s[;,.]|None|\{|\b0 người", said)
    assert not [name for name in tables(found) if name.startswith(("Nhóm", "Đơn vị", "Quy định", "Đối tượng"))]
    assert "Số người chưa đủ" not in text(written(tmp_path, review(whole=counts(3))))


def test_the_terms_add_up_to_those_who_owe_days(tmp_path: Path) -> None:
    said = text(written(tmp_path, review()))
    assert (
        "Trong 1.100 người phải bồi dưỡng: nhiệm kỳ 2020-2025 (đến 30/09/2025): 4 người; nhiệm kỳ 2025-2030 "
        "(đến 30/09/2030): 1.096 người."
    ) in said


@pytest.mark.parametrize("terms", [WHOLE.terms[1:], (replace(WHOLE.terms[0], owing=0), WHOLE.terms[1])])
def test_a_single_term_needs_no_word_about_terms(tmp_path: Path, terms: tuple[TermCount, ...]) -> None:
    said = text(written(tmp_path, review(whole=replace(WHOLE, terms=terms))))
    assert "Mỗi người được xét theo nhiệm kỳ của mình" not in said


def test_marks_of_markup_in_names_are_text(tmp_path: Path) -> None:
    odd = "A & B <w:p/> {{ x }} {% y %} \x07\x0c\ufffe\n\"'"
    said = text(written(tmp_path, review(replace(PARTY, name=odd), deeds=Deeds())))
    assert "A & B <w:p/> {{ x }} {% y %} \"'" in said


def test_the_mark_stands_below_every_page_and_no_notice_above(tmp_path: Path) -> None:
    found = written(tmp_path, review())
    assert footers(found) == ["Mã đối chiếu: 9f3a5c1e"] * 2
    assert [each.strip() for each in headers(found)] == ["", ""]


def test_the_notice_of_sample_books_stands_above_every_page(tmp_path: Path) -> None:
    document = Document(str(written(tmp_path, sixty())))
    for header in (document.sections[0].first_page_header, document.sections[0].header):
        (notice,) = [line for line in header.paragraphs if line.text == "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ"]
        assert notice.runs[0].bold


def test_pages_are_numbered_above_from_the_second_on(tmp_path: Path) -> None:
    section = Document(str(written(tmp_path, review()))).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_annex_begins_a_page_and_has_all_that_the_figures_rest_on(tmp_path: Path) -> None:
    found = written(tmp_path, review())
    (top,) = [line for line in Document(str(found)).paragraphs if line.text == "PHỤ LỤC"]
    assert top.paragraph_format.page_break_before
    annex = text(found).split("PHỤ LỤC")[1]
    for said in (
        HEAD, "01/11/2026", "theo tổ chức hiện nay", basis().rulebook_version, "phiên bản 0.1.0",
        "Cách quy đổi: 1 ngày = 8 tiết, 1 tiết = 45 phút", "Bản của tệp quy tắc: ",
        "145-QĐ/TW ngày 10/05/2024 của Bộ Chính trị", "Có hiệu lực từ 10/05/2024",
        "«Nhóm 3: Ít nhất 7 ngày/nhiệm kỳ", "chưa đối chiếu số điều, khoản", "Người đến muộn hoặc về sớm",
        "tạm xác định; Nhóm biên soạn boiduong", "boiduong ledger verify --head 1204:9f3a5c1e", "boiduong explain MÃ",
    ):  # fmt: skip
        assert said in annex
    assert "Quy đổi: " not in annex
    assert HEAD not in text(found).split("PHỤ LỤC")[0]


def test_a_quotation_whose_article_was_not_read_is_told_as_its_sources(tmp_path: Path) -> None:
    rows = tables(written(tmp_path, review()))["Trích theo nguồn đã đọc 4"][1:]
    for _, _, source, status in rows:
        assert ("chưa đối chiếu số điều" in source) is (status == "nguồn nói rõ, chưa đối chiếu văn bản gốc")


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    first, second = written_anew(tmp_path, review()), written_anew(tmp_path / "a", review())
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Document(str(first)).core_properties.created == datetime(2026, 11, 1, tzinfo=UTC)
    assert first.read_bytes() != written(tmp_path, review(basis=basis(head="1205:00000000"))).read_bytes()


ORDER = {
    "tblPr": ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"),
    "tcPr": ("tcW", "gridSpan", "tcBorders", "shd", "vAlign"),
    "trPr": ("cantSplit", "tblHeader"),
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "rPr",
        "sectPr",
    ),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "sz", "szCs", "u", "lang"),
}  # fmt: skip
"""The parts of each, in the order of ISO/IEC 29500-1, which Word insists on."""


@pytest.mark.parametrize("issuer", [PARTY, STATE], ids=lambda issuer: issuer.form)
def test_properties_stand_in_the_order_of_the_standard(tmp_path: Path, issuer: Issuer) -> None:
    document = Document(str(written(tmp_path, review(issuer))))
    ours = [style.element for style in document.styles if style.name in (*STYLES.values(), HINT, NOTICE)]
    for root in (document.element.body, *ours):
        for name, order in ORDER.items():
            for properties in root.iter(qn(f"w:{name}")):
                found = [order.index(str(child.tag).partition("}")[2]) for child in properties]
                assert found == sorted(found), properties.xml
