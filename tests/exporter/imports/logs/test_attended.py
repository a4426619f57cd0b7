"""Attendance of a course into the books: one entry a person and half day, by the rules of the office's own sheets."""

from datetime import date
from typing import Any

import pytest
from boiduong_exporter.imports.intake import Report
from boiduong_records.merging import merge
from boiduong_records.receipts import Outcome, read
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Half, Presence

from tests.exporter.imports import made
from tests.exporter.imports.made import told
from tests.exporter.studied import Study, ms, openedx

NAME = "boiduong.attendance.attended"
COURSE = "course-v1:truong+dot-1+L02"
TAKEN, KNOWN, REFUSED, SKIPPED = Outcome.TAKEN, Outcome.UNCHANGED, Outcome.REFUSED, Outcome.SKIPPED
IN_THE_HALL = Attendance("L02", date(2026, 3, 2), Half.MORNING, Delivery.HALL, Presence.PRESENT, "", 452, 675)


def line(
    learner: str = "00001", closed_ms: int = ms(2, 11, 40), course: str = COURSE, **changed: Any
) -> dict[str, Any]:
    said = {
        "class": "", "session": "buoi-1", "date": "2026-03-02", "half": "morning", "learner": learner,
        "presence": "present", "came_ms": ms(2, 7, 32), "left_ms": ms(2, 11, 15), "how": "code", "reason": "",
        "sheet": 1, **changed,
    }  # fmt: skip
    return openedx(closed_ms, NAME, said, "giao.vu", course)


def again(learner: str = "00001", **changed: Any) -> dict[str, Any]:
    """The session closed once more."""
    return line(learner, **{"closed_ms": ms(2, 12, 5), "sheet": 2, **changed})


AWAY: dict[str, Any] = {"presence": "excused", "came_ms": None, "left_ms": None, "how": "list", "reason": "họp"}


def bring(study: Study, *lines: Any, **more: Any) -> Report:
    return study.bring(lines, **{"name": "tracking.log", **more})


def places(study: Study, report: Report) -> dict[str, str]:
    with study.books.reading() as connection:
        found = read(connection, report.batch).receipts
    return {one.place.rpartition(":")[2]: f"{one.outcome} {one.code}".strip() for one in found}


def test_a_closed_sheet_is_attendance_of_the_class_that_the_course_is(hall: Study) -> None:
    report = bring(hall, line(), line("00002", **AWAY))
    assert report.counts == {TAKEN: 2}, told(report)
    assert hall.evidence(Attendance) == [
        IN_THE_HALL, Attendance("L02", date(2026, 3, 2), Half.MORNING, Delivery.HALL, Presence.EXCUSED),
    ]  # fmt: skip
    assert hall.bench.is_whole()


def test_a_scan_and_the_account_of_whoever_closed_the_sheet_are_kept_nowhere(hall: Study) -> None:
    scan = openedx(ms(2, 7, 32), "boiduong.attendance.scan", {"session": "buoi-1", "direction": "in"}, "00001", COURSE)
    report = bring(hall, scan, line(reason="lý do riêng của bảng"))
    assert places(hall, report) == {"1": "skipped", "2": "taken"}
    with hall.books.reading() as connection:
        (skipped, *_) = [one for one in read(connection, report.batch).receipts if one.outcome is SKIPPED]
    assert skipped.reason == "lượt nhập mã của học viên; điểm danh lấy theo danh sách gửi khi đóng buổi"
    assert "giao.vu" not in str(hall.bench.state())
    assert "lý do riêng" not in str(hall.bench.state())


def test_the_last_sheet_of_a_session_holds_in_whatever_order_its_lines_stand(hall: Study) -> None:
    report = bring(hall, again(**AWAY), line(), line("00002"), again("00002", left_ms=ms(2, 9, 0)))
    assert report.counts == {TAKEN: 4}
    assert [(each.presence.value, each.check_out) for each in hall.evidence(Attendance)] == [
        ("excused", None), ("present", 540),
    ]  # fmt: skip


def test_the_same_log_again_and_a_sheet_that_says_the_same_add_nothing(hall: Study) -> None:
    bring(hall, line())
    before = hall.bench.state()
    for lines in ([line()], [again()], [line(), again()]):
        assert bring(hall, *lines).counts == {KNOWN: len(lines)}
    assert hall.bench.state() == before


def test_a_later_sheet_that_differs_is_refused_in_the_words_of_an_attendance_sheet(hall: Study) -> None:
    bring(hall, line())
    ((seq, *_),) = hall.bench.entries()
    report = bring(hall, again(**AWAY), name="tracking.log-20260303")
    assert places(hall, report) == {"1": "refused C09"}
    words = told(report)
    assert f"1 dòng (1): buổi sáng 02/03/2026 đã ghi khác ở mục {seq} của sổ: 00001" in words
    assert f'boiduong ledger reverse {seq} --reason "…" --by "…" --approved-by "…"' in words
    sheet = made.attendance(("00001", "Nguyễn Văn An", "p"), head=("Mã cán bộ", "Họ và tên", made.MORNING), code="L02")
    assert f"buổi sáng 02/03/2026 đã ghi khác ở mục {seq} của sổ" in told(hall.bench.bring("attendance", sheet))
    assert hall.evidence(Attendance) == [IN_THE_HALL]


def test_after_a_reversal_the_later_sheet_holds_and_the_earlier_does_not_come_back(hall: Study) -> None:
    bring(hall, line())
    hall.bench.reverse(hall.bench.entries()[0][0])
    assert bring(hall, again(**AWAY)).counts == {TAKEN: 1}
    assert bring(hall, line()).counts == {REFUSED: 1}
    assert [each.presence for each in hall.evidence(Attendance)] == [Presence.EXCUSED]


def test_what_was_taken_back_is_not_said_to_be_there(hall: Study) -> None:
    bring(hall, line())
    hall.bench.reverse(hall.bench.entries()[0][0])
    assert "buổi sáng 02/03/2026 ghi như dòng này đã bị đảo khỏi sổ" in told(bring(hall, line()))


@pytest.mark.parametrize(
    ("changed", "expected", "words"),
    [
        ({"date": "2026-03-03", "came_ms": None, "left_ms": None}, "C05", "lớp «L02» không có buổi sáng 03/03/2026"),
        ({"learner": "ai.do"}, "L10", "tài khoản chưa có trong sổ: ai.do"),
        ({"course": "course-v1:truong+dot-1+khac"}, "L11", "không lớp nào mở bằng khóa học này"),
        ({"class": "L0l"}, "L11", "sổ không có lớp «L0l»"),
        ({"class": "L01"}, "C06", "lớp có hội trường và điểm cầu, dòng này chưa ghi học ở đâu"),
        ({"closed_ms": ms(21, 8)}, "L06", "muộn hơn lúc nhập"),
    ],
)
def test_what_the_books_cannot_place_is_refused_with_its_line(
    hall: Study, changed: dict[str, Any], expected: str, words: str
) -> None:
    report = bring(hall, line("00002"), line(**changed))
    assert places(hall, report) == {"1": "taken", "2": f"refused {expected}"}
    assert words in told(report)


def test_a_class_with_hall_and_bridges_is_told_the_way_that_says_where_people_sat(hall: Study) -> None:
    words = told(bring(hall, line(**{"class": "L01"})))
    assert "tải bảng điểm danh của buổi từ khóa học, thêm cột «Điểm học»" in words


def test_the_class_of_the_payload_or_of_the_officer_wins_over_the_course(hall: Study) -> None:
    other = "course-v1:truong+dot-1+khac"
    bring(hall, line(course=other, **{"class": "l02"}), line("00002", course=other, **{"class": "L02"}))
    assert bring(hall, line(course=other), class_code="L02").counts == {KNOWN: 1}
    assert "không phải lớp «L01» mà --class nêu" in told(bring(hall, line(**{"class": "L02"}), class_code="L01"))


def test_a_session_on_line_is_one_whatever_a_course_calls_it(hall: Study) -> None:
    times = {"half": "evening", "came_ms": ms(2, 19, 0), "left_ms": None}
    bring(hall, line(**times))
    assert [(each.delivery, each.check_in) for each in hall.evidence(Attendance)] == [(Delivery.LIVE, 1140)]


def test_two_sessions_of_a_course_on_one_half_day_must_say_the_same(hall: Study) -> None:
    report = bring(hall, line(), line(session="buoi-2"), line(session="buoi-3", **AWAY))
    assert places(hall, report) == {"1": "taken", "2": "unchanged", "3": "refused C09"}
    assert "đã ghi khác ở một dòng trên" in told(report)


def test_merged_files_are_one_person_in_a_course_too(hall: Study) -> None:
    hall.bench.brought("roster", made.roster(("00005", "Nguyễn Văn An", "1970", None, "X02", None, None, "TU")))
    bring(hall, line("00001"))
    with hall.books.writing() as connection:
        merge(connection, 1, 3, made.BY)
    for learner in ("00001", "00005"):
        assert bring(hall, line(learner)).counts == {KNOWN: 1}
    assert bring(hall, line("00005", **AWAY)).counts == {REFUSED: 1}
    assert hall.evidence(Attendance) == [IN_THE_HALL]


def test_an_email_address_is_matched_in_whatever_case_and_with_spaces(hall: Study) -> None:
    head = ("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản")
    rows = [
        head,
        ("00001", "Nguyễn Văn An", "Open edX", "An.Nguyen@tinh.example"),
        ("00002", "Trần Thị Ba", None, "ba"),
    ]
    hall.bench.brought("accounts", {"TK": rows})
    assert bring(hall, line(" an.nguyen@TINH.example"), line("BA")).counts == {TAKEN: 2}
    report = bring(hall, line("an.nguyen@tinh.exampl"), line("la"), line("an.nguyen@tinh.exampl"))
    assert places(hall, report) == {"1,3": "refused L10", "2": "refused L10"}
    assert "3 dòng (1-3): tài khoản chưa có trong sổ: an.nguyen@tinh.exampl, la" in told(report)
    assert "exampl'" not in str(hall.bench.state())
