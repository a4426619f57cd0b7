"""How pages say moments, lengths of time and pieces of evidence."""

from datetime import date
from fractions import Fraction

import pytest
from boiduong_exporter.credit.facts import World
from boiduong_exporter.rulebook.read import Rules
from boiduong_server.desk.proof_words import label_of, words_of
from boiduong_server.desk.words import clock, exactly, figure, hours, minutes, moment
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import (
    KINDS,
    NAMES,
    Attendance,
    Completion,
    Designation,
    Evidence,
    Exemption,
    Half,
    Presence,
    Question,
    Recognition,
    Reported,
    Result,
    Ruling,
    StudyDay,
    StudyPart,
)

DAY = date(2026, 3, 5)
SAID: tuple[tuple[Evidence, tuple[str, str]], ...] = (
    (
        Attendance("L1", DAY, Half.MORNING, Delivery.BRIDGE, Presence.PRESENT, "Điểm cầu A", 450),
        ("Điểm danh vào", "7:30"),
    ),
    (Result("L1", DAY, Fraction(17, 2), essay_passed=True, assessor="Hội đồng"), ("Điểm", "8,5/10")),
    (Completion("L1", "cd-1", "2026.1", DAY, 3, 9, 85, 70, 900), ("Điểm cao nhất", "85% (cần 70%)")),
    (
        StudyDay(DAY, (StudyPart("L1", "cd-1", "2026.1", Half.EVENING, 3_900_000, 60_000),)),
        ("cd-1, bản 2026.1, lớp L1", "tối: 1 giờ 5 phút, trong đó 1 phút tự báo khi mất mạng"),
    ),
    (StudyDay(DAY, ()), ("Thời gian học", "không còn (đã thay bằng mục khác, hoặc trùng giờ lên lớp)")),
    (
        Reported("L1", "cd-1", "2026.1", DAY, 120_000, "Moodle"),
        ("Gói bài tự báo", "2 phút, đến 05/03/2026 (Moodle)"),
    ),
    (
        Recognition("Lớp trên", "other", Delivery.HALL, DAY, DAY, Fraction(5, 2), "TB 7", "có chứng nhận"),
        ("Được công nhận", "2,5 ngày"),
    ),
    (Exemption(DAY, None, "QĐ 3", "theo quy định"), ("Miễn", "toàn bộ số ngày của nhiệm kỳ")),
    (Exemption(DAY, Fraction(2), "QĐ 3", "theo quy định"), ("Miễn", "2 ngày")),
    (Designation("nhom-3", DAY, None, "QĐ 4", "kiêm nhiệm"), ("Thời gian", "05/03/2026 – nay")),
    (Ruling("L1", Question.CONTENT, counts=True, document="TB 9", reason="đúng đối tượng"), ("Văn bản", "TB 9")),
)  # fmt: skip


@pytest.mark.parametrize(("said", "pair"), SAID)
def test_each_kind_of_evidence_is_told_fact_by_fact(said: Evidence, pair: tuple[str, str], rules: Rules) -> None:
    assert pair in list(words_of(said, World((), (), {}), rules.kinds))
    assert label_of(NAMES[type(said)])


def test_no_kind_of_evidence_is_forgotten() -> None:
    assert {type(said) for said, _ in SAID} == set(KINDS.values())


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "0 phút"),
        (59_999, "chưa đến 1 phút"),
        (60_000, "1 phút"),
        (3_600_000, "1 giờ"),
        (5_459_999, "1 giờ 30 phút"),
        (90_000_000, "25 giờ"),
    ],
)
def test_a_length_of_time_is_never_more_than_was_studied(ms: int, said: str) -> None:
    assert minutes(ms) == said


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "0 giây"),
        (59_999, "59 giây"),
        (588_000, "9 phút 48 giây"),
        (3_600_000, "1 giờ"),
        (4_188_000, "1 giờ 9 phút 48 giây"),
    ],
)
def test_a_length_of_time_that_is_added_up_is_told_to_the_second(ms: int, said: str) -> None:
    assert exactly(ms) == said


def test_moments_are_local() -> None:
    assert moment(1_795_654_800_000) == "08:00 ngày 26/11/2026"
    assert moment(1_795_626_000_000 - 1) == "23:59 ngày 25/11/2026"
    assert clock(1_795_626_000_000 - 1) == "23:59:59"


def test_hours_that_nobody_said_are_not_made_up() -> None:
    assert (hours(450, 690), hours(None, 690), hours(450, None)) == ("7:30 – 11:30", "", "")


def test_what_is_missing_is_rounded_up_and_what_is_unknown_has_no_figure() -> None:
    step, value = Fraction(1, 10), Fraction(1, 3)
    assert (figure(value, step), figure(value, step, up=True), figure(None, step)) == ("0,3", "0,4", "–")
