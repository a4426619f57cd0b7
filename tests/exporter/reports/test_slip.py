"""Phiếu tính ngày: one page, read back."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from boiduong_exporter.reports.figures import PersonReport
from boiduong_exporter.reports.slip import page_data, slip_pdf, write_slips
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Evidence, Question, Recognition, Ruling
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from tests.exporter.credit.case import (
    MONDAY,
    completed,
    half_days,
    judged,
    local_rule,
    person,
    present,
    rulebook,
    topic,
    training,
)
from tests.exporter.reports.made import (
    BRIDGE,
    OTHER,
    UPDATE,
    basis,
    bridged,
    everyone,
    figures,
    one,
    verdict,
)
from tests.paper import sheets


def words(pdf: bytes) -> str:
    return " ".join(sheets(pdf)[0].text.split())


def many(classes: int, sessions: int) -> PersonReport:
    """One person in so many classes of so many half days each."""
    found = [
        training(
            f"L{number}",
            half_days(sessions, first=MONDAY + timedelta(days=number * (sessions + 1) // 2)),
            name=f"Lớp số {number}",
        )
        for number in range(classes)
    ]
    evidence: list[Evidence] = [each for one_class in found for each in present(one_class)]
    return one(figures(found=judged(person(*evidence), *found)))


def test_the_slip_is_one_a4_page_with_result_reckoning_law_and_mark() -> None:
    pages = sheets(slip_pdf(one()))
    assert len(pages) == 1
    assert pages[0].size == pytest.approx((595.3, 841.9), abs=0.5)
    text = words(slip_pdf(one()))
    for said in (
        "PHIẾU TÍNH NGÀY", "Nguyễn Thị Hòa", "CB0001", "12/03/1970",
        "Được tính 2,8 ngày trên tối thiểu 7 ngày; còn thiếu 4,2 ngày đến hết nhiệm kỳ (30/09/2030).",
        "Kỹ năng chủ trì cuộc họp", "«quán triệt nghị quyết»", "chưa đối chiếu số điều, khoản",
        "Cách quy đổi: 1 ngày = 8 tiết, 1 tiết = 45 phút", "Mã đối chiếu 9f3a5c1e (mục 1204)", "phiên bản 0.1.0",
        "Người lập phiếu",
    ):  # fmt: skip
        assert said in text


@pytest.mark.parametrize(("classes", "sessions"), [(1, 60), (60, 1), (20, 3), (3, 20)])
def test_sixty_lines_stay_on_one_page_and_lose_no_day(classes: int, sessions: int) -> None:
    report = many(classes, sessions)
    assert len(report.person.verdict.tally.lines) == 60
    pages = sheets(slip_pdf(report))
    assert len(pages) == 1
    text = words(slip_pdf(report))
    assert "Lớp (gộp các buổi)" in text
    assert "Cộng 30 0" in text


def test_classes_that_do_not_fit_are_summed_in_one_row() -> None:
    text = words(slip_pdf(many(60, 1)))
    assert "45 dòng khác, gồm 45 buổi HT được tính: đủ buổi 22,5 22,5 0" in text


def test_as_many_classes_as_fit_are_each_named() -> None:
    text = words(slip_pdf(many(16, 2)))
    assert "Lớp số 15" in text
    assert "dòng khác" not in text


def test_the_page_was_made_on_the_day_of_the_report() -> None:
    with PdfDocument(slip_pdf(one())) as document:
        assert document.get_metadata_value("CreationDate").startswith("D:20261101")


@pytest.mark.parametrize("who", range(9))
def test_every_standing_fits_and_says_its_result(who: int) -> None:
    report = one(everyone()[who])
    assert len(sheets(slip_pdf(report))) == 1


def test_long_names_and_posts_stay_on_the_page() -> None:
    someone = figures(name="Công Tằng Tôn Nữ " * 6, posts=("Phó Trưởng ban chuyên trách " * 8,) * 5)
    assert len(sheets(slip_pdf(one(someone)))) == 1


def test_a_name_is_text_and_never_typst() -> None:
    name = '#panic("x") $x^2$ *đậm* \\ @a <b> "c'
    text = words(slip_pdf(one(figures(name=name))))
    assert '#panic("x") $x^2$ *đậm* \\ @a <b> "c' in text


def test_the_same_figures_give_the_same_page() -> None:
    assert slip_pdf(one()) == slip_pdf(one())
    assert slip_pdf(one()) != slip_pdf(PersonReport(figures(), basis(head="1205:00000000")))


def test_the_name_of_who_signs_is_left_blank() -> None:
    end = words(slip_pdf(one())).split("Người lập phiếu")[1]
    assert end.startswith(" (ký, ghi rõ họ tên)")


def test_only_the_documents_that_hold_for_the_person_are_named() -> None:
    assert "3315-CV/TU" not in words(slip_pdf(one()))
    assert "3315-CV/TU" in [rules.number for rules in basis().documents]


def credited(report: PersonReport, *forms: str) -> Fraction:
    """What the rows say was credited in these forms."""
    rows = page_data(report)["rows"]
    return sum((in_figures(row[5]) for row in rows if row[2] in forms), Fraction(0))


def in_figures(text: str) -> Fraction:
    """ "7 1/84,\\nin là 7": the exact number, not what else is printed."""
    return sum((Fraction(part.replace(",", ".")) for part in text.split(",\n", maxsplit=1)[0].split()), Fraction(0))


def assert_adds_up(report: PersonReport) -> None:
    """The rows as printed against the sums as printed, and these against the books."""
    page = page_data(report)
    sums = [sum((in_figures(row[place]) for row in page["rows"]), Fraction(0)) for place in (5, 6)]
    assert sums == [in_figures(total) for total in page["total"]]
    lines = report.person.attended.lines
    assert sums == [report.person.verdict.credited, sum((line.waiting for line in lines), Fraction(0))]


@pytest.mark.parametrize("who", range(9))
def test_the_rows_of_a_slip_add_up_to_its_sums(who: int) -> None:
    assert_adds_up(one(everyone()[who]))


@given(st.lists(st.tuples(st.integers(0, 240), st.sampled_from(["cap-nhat", "khac"])), min_size=1, max_size=40))
@settings(max_examples=30, deadline=None)
def test_rows_add_up_to_the_last_minute_also_when_put_together(held: list[tuple[int, str]]) -> None:
    classes = [
        training(
            f"L{n:02}", half_days(1, first=MONDAY + timedelta(days=n), starts=450, ends=690 - n), kind=kind,
        )
        for n, (_, kind) in enumerate(held)
    ]  # fmt: skip
    late = [
        each
        for found, (minutes, _) in zip(classes, held, strict=True)
        for each in present(found, check_in=450 + min(minutes, 230), check_out=690)
    ]
    assert_adds_up(one(figures(found=judged(person(*late), *classes))))


def test_a_sum_that_the_box_rounds_says_so_and_stays_exact() -> None:
    page = page_data(one())
    assert page["total"] == ["2\u00a0419/480,\nin là 2,8", "1"]
    assert ["Được tính", "2,8"] in page["figures"]
    assert "Cộng 2 419/480, in là 2,8 1" in words(slip_pdf(one()))


def test_days_that_wait_whether_they_count_are_apart_from_those_that_wait_to_be_in_person() -> None:
    letter = local_rule("01-CV/TU", ("TU",), minimum_days=Fraction(7), minimum_in_person_days=Fraction(7))
    report = one(figures(found=verdict(*present(BRIDGE), *present(OTHER), book=rulebook(letter))))
    assert_adds_up(report)
    page = page_data(report)
    assert page["total"] == ["1", "1"]
    assert ["Chờ quyết định", "2"] in page["figures"]
    assert "1 ngày đã được tính, chờ quyết định có là trực tiếp không." in page["notes"]


def test_classes_that_wait_in_one_half_day_are_said_to_exclude_each_other() -> None:
    twin = training("KH-02", OTHER.sessions, kind="khac")
    report = one(figures(found=judged(person(*present(OTHER), *present(twin)), OTHER, twin)))
    assert_adds_up(report)
    said = "Cột «Chờ» có buổi, chuyên đề trùng nhau, mỗi buổi chỉ tính một lần: nhiều nhất thêm 1 ngày."
    assert said in page_data(report)["notes"]
    assert said not in page_data(one())["notes"]


def test_a_folded_row_says_how_many_sessions_or_topics_it_holds() -> None:
    topics = tuple(topic(f"t{n}", periods=1) for n in range(14))
    found = training("CN-03", half_days(5), name="Lớp tổ chức bộ máy", topics=topics, days=Fraction(7))
    done = [completed("CN-03", each.topic) for each in topics]
    report = one(figures(found=judged(person(*present(found), *done), found)))
    assert [row[1] for row in page_data(report)["rows"]] == [
        "Lớp tổ chức bộ máy (5 buổi)", "14 chuyên đề tự học (lớp CN-03)",
    ]  # fmt: skip
    assert_adds_up(report)


def test_the_days_in_person_can_be_added_up_from_the_rows() -> None:
    found = verdict(*present(UPDATE), *present(BRIDGE))
    report = one(figures(found=found))
    assert credited(report, "HT") == found.tally.in_person == 2
    text = words(slip_pdf(report))
    assert "HT: trực tiếp tại hội trường; ĐC: trực tuyến tại điểm cầu." in text
    assert "«Trong đó trực tiếp» là tổng cột «Tính» của các dòng HT." in text
    assert "TH: " not in text


def test_bridges_that_are_read_as_in_person_are_named_in_the_sum() -> None:
    found = verdict(*present(UPDATE), *present(BRIDGE), book=rulebook(bridge_form="in_person"))
    report = one(figures(found=found))
    assert credited(report, "HT", "ĐC") == found.tally.in_person == 3
    assert "«Trong đó trực tiếp» là tổng cột «Tính» của các dòng HT, ĐC." in words(slip_pdf(report))


def test_a_sum_that_decisions_make_uneven_is_not_explained_by_forms() -> None:
    morning = BRIDGE.sessions[0]
    ruled = Ruling("DC-01", Question.FORM, True, "CV 5", "có giảng viên", morning.date, morning.half)
    found = verdict(*present(UPDATE), *present(BRIDGE), rulings=(ruled,))
    assert found.tally.in_person == Fraction(5, 2)
    said = words(slip_pdf(one(figures(found=found))))
    assert "«Trong đó trực tiếp» gồm cả buổi tại điểm cầu theo quyết định từng buổi." in said


def test_rows_that_are_grouped_can_be_added_up_too() -> None:
    halls = [training(f"H{n:02}", half_days(2, first=MONDAY + timedelta(days=n))) for n in range(30)]
    far = [training(f"T{n:02}", half_days(1, Delivery.LIVE, MONDAY + timedelta(days=40 + n))) for n in range(3)]
    rooms = [replace(each, sessions=(*each.sessions, *half_days(1, first=MONDAY + timedelta(days=80)))) for each in far]
    evidence = [found for one_class in (*halls, *rooms) for found in present(one_class)]
    found = judged(person(*evidence), *halls, *rooms)
    assert found.tally.in_person < found.credited
    report = one(figures(found=found))
    assert len(page_data(report)["rows"]) <= 16
    assert credited(report, "HT") == found.tally.in_person


def test_a_grouped_row_keeps_the_document_that_recognised_its_class() -> None:
    first, last = MONDAY + timedelta(days=90), MONDAY + timedelta(days=99)
    found = Recognition("Lớp ở Học viện", "cap-nhat", Delivery.HALL, first, last, Fraction(10), "TB 7", "có chứng nhận")
    text = words(slip_pdf(one(figures(found=verdict(found)))))
    assert "Lớp (gộp các buổi)" in text
    assert "được tính: được công nhận theo TB 7 (có chứng nhận)" in text


def test_days_that_wait_to_be_in_person_stand_on_the_slip() -> None:
    text = words(slip_pdf(one(figures(found=bridged()))))
    assert text.count("7 ngày đã được tính, chờ quyết định có là trực tiếp không.") == 2, "in the result and below"
    assert "Cộng 7 0" in text


def test_the_slip_says_how_its_figures_are_rounded() -> None:
    assert (
        "Bảng ghi số chính xác; trong khung kết quả, «Được tính» làm tròn xuống, «Còn thiếu» làm tròn lên đến 0,1 ngày"
        in words(slip_pdf(one()))
    )


def test_who_has_no_code_is_told_so_on_the_slip() -> None:
    assert "Mã cán bộ chưa có mã" in words(slip_pdf(one(replace(figures(), code=""))))


def test_each_post_stands_on_a_line_of_its_own_once() -> None:
    posts = ("Bí thư – Đảng ủy xã A", "Bí thư – Đảng ủy xã A", "đã thôi giữ từ 01/04/2026: Phó Trưởng ban – Ban B")
    page = sheets(slip_pdf(one(figures(posts=posts))))[0].text
    lines = [" ".join(line.split()) for line in page.splitlines()]
    assert "Chức vụ Bí thư – Đảng ủy xã A" in lines
    assert "đã thôi giữ từ 01/04/2026: Phó Trưởng ban – Ban B" in lines


def test_many_slips_are_a_page_each_with_a_bookmark_a_name(tmp_path: Path) -> None:
    reports = [one(each) for each in everyone()] + [many(3, 20)]
    assert write_slips(iter(reports), tmp_path / "phieu.pdf") == 10
    pdf = (tmp_path / "phieu.pdf").read_bytes()
    pages = sheets(pdf)
    assert len(pages) == 10
    for page, report in zip(pages, reports, strict=True):
        assert report.person.name in page.text
        assert "Trang 1/1" in page.text
        assert "Mã đối chiếu 9f3a5c1e (mục 1204)" in page.text
    with PdfDocument(pdf) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks == [(report.person.name, place) for place, report in enumerate(reports)]


def test_a_slip_among_many_is_the_one_that_stands_alone() -> None:
    among = sheets(slip_pdf(*(one(each) for each in everyone())))
    assert among[2] == sheets(slip_pdf(one(everyone()[2])))[0]


def test_more_slips_than_are_measured_at_a_time_stay_a_page_each() -> None:
    first, *_ = everyone()
    pages = sheets(slip_pdf(*(one(replace(first, name=f"Người {n}")) for n in range(60))))
    assert [f"Người {n}" in page.text for n, page in enumerate(pages)] == [True] * 60


def test_of_nobody_no_slips_are_written(tmp_path: Path) -> None:
    assert write_slips([], tmp_path / "phieu.pdf") == 0
    assert list(tmp_path.iterdir()) == []


def test_the_notice_of_sample_books_stands_on_every_slip() -> None:
    noticed = [PersonReport(each, basis(notice="DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ")) for each in everyone()]
    assert all("DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ" in page.text for page in sheets(slip_pdf(*noticed)))
    assert "DỮ LIỆU MẪU" not in words(slip_pdf(one()))


def test_the_largest_size_that_fits_is_taken() -> None:
    short, long = height(slip_pdf(one(everyone()[5]))), height(slip_pdf(many(16, 2)))
    assert 4 / 11 * short < long < short


def height(pdf: bytes) -> float:
    """How tall a letter of the page's text is, in points."""
    with PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        _, bottom, _, top = text.get_charbox(text.get_text_range().index("Họ và tên"))
        return float(top - bottom)
