"""The whole sum as text: every figure of it can be redone by hand."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from boiduong_exporter.credit.explain import explain
from boiduong_exporter.credit.required import Step
from boiduong_exporter.credit.rules import Citation, Reporting
from boiduong_exporter.credit.telling import addition, reason_of, result_line
from boiduong_exporter.credit.verdict import Standing
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Presence, Question, Recognition, Ruling

from tests.exporter.credit.case import (
    F,
    completed,
    half_days,
    judged,
    local_rule,
    managed,
    person,
    present,
    rulebook,
    training,
)
from tests.exporter.reports.made import (
    BRIDGE,
    CLASSES,
    HEAD,
    LONG,
    OTHER,
    UPDATE,
    basis,
    bridged,
    everyone,
    figures,
    much,
    verdict,
)

EVERYONE = everyone()


def told(number: int = 0) -> str:
    return explain(EVERYONE[number].verdict, EVERYONE[number], basis())


def flat(text: str) -> str:
    return " ".join(text.split())


def in_figures(text: str) -> Fraction:
    """ "4 13/60" is a mixed number."""
    return sum((Fraction(part) for part in text.replace(",", ".").split()), Fraction(0))


@pytest.mark.parametrize("number", range(9))
def test_no_line_is_wider_than_a_printed_page(number: int) -> None:
    assert max(map(len, told(number).splitlines())) <= 100


@pytest.mark.parametrize("number", range(9))
def test_the_addition_gives_what_is_credited(number: int) -> None:
    found = re.search(r"Được tính: ([^n]+) ngày", flat(told(number)).split("3. CỘNG")[1])
    assert found
    parts, _, total = found.group(1).rpartition(" = ")
    assert in_figures(total) == EVERYONE[number].verdict.credited
    if parts:
        assert sum(in_figures(part) for part in parts.split(" + ")) == in_figures(total)


def test_every_entry_is_named_with_its_day_its_raw_time_and_its_reason() -> None:
    rows = [line.split() for line in told().splitlines() if re.match(r" +\d+  \d\d/", line)]
    lines = EVERYONE[0].verdict.tally.lines
    assert [int(row[0]) for row in rows] == [line.seq for line in lines]
    text = flat(told())
    assert "5 09/03/2026 sáng 179 0,5 179/480 0 được tính" in text
    assert "cả buổi" in text
    assert all(line.reason.label in text for line in lines)
    assert "vắng: vắng" not in text


def test_a_part_of_a_session_shows_its_multiplication() -> None:
    assert "179/240 phút; 0,5 x 179/240 = 179/480" in flat(told())


def test_what_is_excluded_is_quoted_in_full_once() -> None:
    text = flat(told())
    assert text.count("«quán triệt nghị quyết» (145-QĐ/TW; nguồn: Báo Đắk Nông") == 1
    assert text.count("«quán triệt nghị quyết» (145-QĐ/TW, như trên)") == 2
    assert "chưa đối chiếu số điều, khoản" in text


def test_the_days_owed_come_step_by_step_with_their_words() -> None:
    text = flat(told())
    assert "1) Nhóm 3: thuộc diện Tỉnh ủy Lam Giang quản lý; nhiệm kỳ 2025-2030" in text
    assert "2) Số ngày tối thiểu: 7 ngày/nhiệm kỳ." in text
    assert "=> Phải học: 7 ngày." in text


def test_the_shortfall_is_a_subtraction_with_its_deadline() -> None:
    text = flat(told())
    assert "Số ngày còn thiếu: 7 - 2 419/480 = 4 61/480 ngày." in text
    assert "=> Còn thiếu: 4 61/480 ngày (in là 4,2), thời hạn 30/09/2030." in text


def test_days_wanted_in_person_have_their_own_subtraction() -> None:
    book = rulebook(local_rule("01-CV/TU", ("TU",), minimum_days=F(7), minimum_in_person_days=F(7)))
    text = flat(explain(judged(person(*present(UPDATE)), UPDATE, book=book), figures(), basis()))
    assert "Số ngày trực tiếp còn thiếu: 7 - 2 = 5 ngày." in text


def test_open_readings_stand_with_their_alternatives_and_the_conversion_in_full() -> None:
    text = flat(told())
    assert "Loại lớp mà quy định không gọi tên: chờ cấp có thẩm quyền quyết định. Cách khác: " in text
    assert "(cách hiểu; Nhóm biên soạn boiduong)" in text
    used = [reading for reading in basis().readings if reading.key in EVERYONE[0].verdict.readings]
    assert all("; ".join(reading.alternatives) in text for reading in used)
    assert basis().conversion.statement in text


def test_the_head_of_the_ledger_stands_in_full_with_the_command_that_takes_it() -> None:
    assert HEAD in told()
    assert "boiduong ledger verify --head 1204:9f3a5c1e\n" in told()


def test_two_waiting_claims_of_one_half_day_are_no_false_addition() -> None:
    twin = training("KH-02", OTHER.sessions, kind="khac")
    found = judged(person(*present(OTHER), *present(twin)), *CLASSES, twin)
    assert found.tally.waiting == F(1)
    waiting = re.search(r"Chờ quyết định: ([^.]*)\.", flat(explain(found, figures(), basis())).split("CỘNG")[1])
    assert waiting
    parts, _, total = waiting.group(1).split(" ngày")[0].rpartition(" = ")
    assert not parts or sum(map(in_figures, parts.split(" + "))) == in_figures(total) == F(1)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "Được tính 2,8 ngày trên tối thiểu 7 ngày; còn thiếu 4,2 ngày đến hết nhiệm kỳ (30/09/2030)."),
        (1, "Đủ số ngày: được tính 7 ngày trên tối thiểu 7 ngày."),
        (
            2,
            (
                "Được tính 2 ngày trên tối thiểu 7 ngày; còn thiếu 5 ngày đến hết nhiệm kỳ (30/09/2030), "
                "có khả năng chưa đủ."
            ),
        ),
        (3, "Được tính 1 ngày trên tối thiểu 7 ngày; còn thiếu 6 ngày khi hết nhiệm kỳ (30/09/2030)."),
        (4, "Được miễn số ngày của nhiệm kỳ này; được tính 0 ngày."),
        (5, "Chưa xác định được số ngày tối thiểu; đã dự 0 ngày (chưa xét theo nhiệm kỳ)."),
        (6, "Đến ngày 01/11/2026 không thuộc đối tượng phải bồi dưỡng; đã dự 0 ngày."),
        (7, "Được tính 6 ngày trên tối thiểu 7 ngày; còn thiếu 1 ngày; đang chờ quyết định 1 ngày."),
    ],
)
def test_the_result_is_one_calm_sentence(number: int, said: str) -> None:
    assert result_line(EVERYONE[number].verdict, Fraction(1, 10)) == said


def test_without_a_step_the_result_is_exact() -> None:
    assert "2 419/480 ngày" in result_line(verdict(*much()))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "0"),
        ((F(1, 2),), "0,5"),
        ((F(1, 2), F(0), F(1, 4)), "0,5 + 0,25 = 0,75"),
        ((F(1, 3), F(1, 3)), "1/3 + 1/3 = 2/3"),
    ],
)
def test_an_addition_names_only_what_adds(values: tuple[Fraction, ...], said: str) -> None:
    assert addition(values) == said


def test_nobody_without_lines_is_left_without_an_answer() -> None:
    nothing = judged(person(), training("L1", half_days(2)), as_of=date(2026, 1, 1))
    assert "Chưa có buổi, chuyên đề nào." in explain(nothing, figures(found=nothing), basis())


def test_days_that_wait_to_be_in_person_are_waiting_days() -> None:
    said = result_line(bridged(), F(1, 10))
    assert said == (
        "Được tính 7 ngày trên tối thiểu 7 ngày, trực tiếp 0 ngày trên tối thiểu 7 ngày; còn thiếu 7 ngày trực tiếp; "
        "7 ngày đã được tính, chờ quyết định có là trực tiếp không."
    )
    text = flat(explain(bridged(), figures(), basis()))
    assert "Về trực tiếp: 7 ngày đã được tính, chờ quyết định có là trực tiếp không." in text
    assert "Chờ quyết định:" not in text


def test_days_that_wait_whether_they_count_are_told_apart_from_those_that_wait_to_be_in_person() -> None:
    letter = local_rule("01-CV/TU", ("TU",), minimum_days=F(7), minimum_in_person_days=F(7))
    rooms = present(LONG, *range(10))
    found = verdict(*rooms, *present(BRIDGE), *present(OTHER), book=rulebook(letter))
    assert (found.tally.waiting, found.room_open, found.waiting) == (F(1), F(1), F(2))
    assert result_line(found).endswith(
        "còn thiếu 2 ngày trực tiếp; đang chờ quyết định 1 ngày; "
        "1 ngày đã được tính, chờ quyết định có là trực tiếp không."
    )
    text = flat(explain(found, figures(), basis()))
    assert "Chờ quyết định: 0,5 + 0,5 = 1 ngày." in text
    assert "Về trực tiếp: 1 ngày đã được tính, chờ quyết định có là trực tiếp không." in text


@pytest.mark.parametrize(
    ("minimum", "in_person", "said"),
    [
        (7, 4, "còn thiếu 5 ngày, trong đó ít nhất 2 ngày trực tiếp đến"),
        (7, 7, "còn thiếu 5 ngày, trong đó ít nhất 5 ngày trực tiếp đến"),
        (7, 2, "còn thiếu 5 ngày đến"),
    ],
)
def test_days_missing_in_person_are_named_whenever_there_are_any(minimum: int, in_person: int, said: str) -> None:
    letter = local_rule("01-CV/TU", ("TU",), minimum_days=F(minimum), minimum_in_person_days=F(in_person))
    line = result_line(verdict(*present(UPDATE), book=rulebook(letter)))
    assert said in line
    assert (f"trực tiếp 2 ngày trên tối thiểu {in_person} ngày" in line) == (in_person > 2)


def test_the_score_that_is_missing_stands_in_the_persons_own_reckoning() -> None:
    found = verdict(*present(UPDATE), completed("CN-01", score=0))
    assert "chưa hoàn thành chuyên đề: điểm 0%, cần 70%" in flat(explain(found, figures(), basis()))


def test_who_is_outside_is_told_what_they_attended_whatever_it_counts() -> None:
    outside = verdict(*present(UPDATE), managements=(managed(""),))
    assert result_line(outside) == "Đến ngày 01/11/2026 không thuộc đối tượng phải bồi dưỡng; đã dự 2 ngày."
    unknown = verdict(*present(UPDATE, 0), managements=())
    assert result_line(unknown) == ("Chưa xác định được số ngày tối thiểu; đã dự 0,5 ngày (chưa xét theo nhiệm kỳ).")


def test_a_term_that_is_known_is_never_said_to_be_unknown() -> None:
    owed = replace(EVERYONE[0].verdict.obligation, required=None)
    found = replace(EVERYONE[0].verdict, obligation=owed, standing=Standing.UNDETERMINED, shortfall=None)
    assert result_line(found, F(1, 10)) == "Chưa xác định được số ngày tối thiểu; được tính 2,8 ngày."


def section(text: str, number: int) -> str:
    return flat(text).split(f" {number}. ")[1]


def test_who_does_what_is_told_for_the_persons_group_and_level_alone() -> None:
    text = section(told(), 6)
    assert "Lập kế hoạch: Ban Tổ chức cấp ủy cấp tỉnh, phối hợp trường chính trị cấp tỉnh. Trích: «" in text
    assert "Định hướng nội dung: Ban Tuyên giáo Trung ương. Trích: «định hướng về nội dung bồi dưỡng" in text
    assert "Kiểm tra, giám sát: Ban thường vụ tỉnh ủy" in text
    assert "Học viện Chính trị quốc gia" not in text, "of groups 1 and 2"
    assert "Cấp ủy, cơ quan quản lý cán bộ" not in text, "of districts and communes"
    order = [text.index(each) for each in ("Lập kế hoạch", "Định hướng nội dung", "Thẩm định", "Kiểm tra, giám sát")]
    assert order == sorted(order)


def test_a_duty_that_has_ended_is_not_told() -> None:
    found = EVERYONE[0].verdict
    (document,) = found.obligation.documents
    ended = tuple(replace(each, ends=date(2026, 10, 31)) for each in document.authority)
    grounds = basis(documents=(replace(document, authority=ended),))
    assert "Lập kế hoạch" not in explain(found, figures(), grounds)


def test_timing_and_reports_due_stand_with_their_words() -> None:
    found = EVERYONE[0].verdict
    (document,) = found.obligation.documents
    letter = next(each for each in basis().documents if each.number == "3315-CV/TU")
    due = Reporting(
        "Ban Tổ chức Trung ương", "trước 31/12 hằng năm", Citation("145-QĐ/TW", "báo cáo hằng năm", "nơi đọc")
    )
    grounds = basis(documents=(replace(document, printed=letter.printed, reporting=(due,)),))
    text = section(explain(found, figures(), grounds), 6)
    assert "Thời gian tổ chức. Trích: «Thời gian thực hiện định kỳ vào giữa nhiệm kỳ" in text
    assert (
        "Gửi báo cáo: Ban Tổ chức Trung ương, trước 31/12 hằng năm. Trích: «báo cáo hằng năm» (nguồn: nơi đọc;" in text
    )


def test_who_has_no_code_has_no_empty_brackets() -> None:
    text = explain(EVERYONE[0].verdict, replace(EVERYONE[0], code=""), basis())
    assert "Họ và tên: Nguyễn Thị Hòa (chưa có mã)\n" in text


def test_each_post_has_a_line_and_the_same_post_is_told_once() -> None:
    posts = ("Bí thư – Đảng ủy xã A", "Bí thư – Đảng ủy xã A", "đã thôi giữ từ 01/04/2026: Phó Trưởng ban – Ban B")
    text = explain(EVERYONE[0].verdict, replace(EVERYONE[0], posts=posts), basis())
    assert "\nChức vụ:   Bí thư – Đảng ủy xã A\n           đã thôi giữ từ 01/04/2026: Phó Trưởng ban – Ban B\n" in text


def test_no_step_of_the_reckoning_is_lost_however_many_there_are() -> None:
    owed = replace(EVERYONE[0].verdict.obligation, steps=tuple(Step(f"Bước thứ {n}.") for n in range(1, 41)))
    text = flat(explain(replace(EVERYONE[0].verdict, obligation=owed), figures(), basis()))
    assert "26) Bước thứ 26. 27) Bước thứ 27." in text
    assert "40) Bước thứ 40." in text


def test_an_entry_of_the_ledger_is_called_a_muc() -> None:
    assert re.search(r"^ +Mục  Ngày", told(), re.MULTILINE)


def test_how_figures_are_rounded_is_said_once() -> None:
    note = "«Được tính» làm tròn xuống, «Còn thiếu» làm tròn lên đến 0,1 ngày; đủ hay chưa đủ xét trên số chính xác."
    assert flat(told()).count(note) == 1


def test_an_absence_with_leave_is_told_without_stammering() -> None:
    (line,) = verdict(*present(UPDATE, 0, presence=Presence.EXCUSED)).tally.lines
    assert reason_of(line) == "vắng có phép"


def test_a_recognised_class_names_the_document_and_its_reason_in_brackets() -> None:
    day = UPDATE.sessions[0].date
    found = Recognition("Lớp ở Học viện", "cap-nhat", Delivery.HALL, day, day, F(1, 2), "TB 7", "có chứng nhận: số 5")
    (line,) = verdict(found).tally.lines
    assert reason_of(line) == "được công nhận theo TB 7 (có chứng nhận: số 5)"


def test_a_ruling_names_its_document_too() -> None:
    ruled = Ruling("KH-01", Question.CONTENT, False, "CV 5-CV/TU", "không thuộc chế độ")
    line = verdict(*present(OTHER), rulings=(ruled,)).tally.lines[0]
    assert reason_of(line) == "cấp có thẩm quyền quyết định không tính theo CV 5-CV/TU (không thuộc chế độ)"
    counted = replace(ruled, counts=True, reason="nội dung cập nhật")
    line = verdict(*present(OTHER), rulings=(counted,)).tally.lines[0]
    assert reason_of(line) == "đủ buổi, tính theo CV 5-CV/TU (nội dung cập nhật)"


def test_nought_of_nought_days_is_never_told() -> None:
    alone = training("TH-01", (), topics=UPDATE.topics, days=F(1))
    found = judged(person(completed("TH-01")), alone)
    assert "đã dự 0" not in explain(found, figures(found=found), basis())
