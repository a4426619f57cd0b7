"""What counts, worked out by hand: one session, one topic, one reading at a time."""

from datetime import date
from typing import Any

import pytest
from boiduong_exporter.credit.facts import Term
from boiduong_exporter.credit.reasons import Outcome, Reason
from boiduong_exporter.credit.verdict import Standing
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Half, Presence, Question, Recognition, Result, Ruling

from tests.exporter.credit.case import (
    AS_OF,
    MONDAY,
    TERM,
    F,
    completed,
    half_days,
    judged,
    local_rule,
    person,
    present,
    rulebook,
    studied,
    topic,
    training,
)

HOURS = {"starts": 450, "ends": 690}
"""07:30-11:30: 240 minutes."""


def test_three_days_in_a_hall_are_six_half_days() -> None:
    found = training("L1", half_days(6))
    verdict = judged(person(*present(found)), found)
    assert verdict.credited == F(3)  # 6 x 1/2
    assert verdict.tally.in_person == F(3)
    assert verdict.shortfall == F(4)  # 7 - 3
    assert verdict.standing is Standing.SHORT


@pytest.mark.parametrize(
    ("came", "left", "reading", "credited", "reason"),
    [
        (450, 690, {}, F(1, 2), Reason.WHOLE_SESSION),
        (510, 690, {}, F(1, 2), Reason.WHOLE_SESSION),  # 180 of 240 minutes = 3/4
        (511, 690, {}, F(179, 480), Reason.PART_SESSION),  # 179/240 x 1/2
        (511, 690, {"below": "none"}, F(0), Reason.TOO_SHORT),
        (570, 690, {"whole_from": F(1, 2)}, F(1, 2), Reason.WHOLE_SESSION),
        (400, 800, {}, F(1, 2), Reason.WHOLE_SESSION),  # early and late do not add
        (510, None, {}, F(1, 2), Reason.WHOLE_SESSION),  # no check-out: until the end
        (None, 570, {}, F(1, 4), Reason.PART_SESSION),  # no check-in: from the beginning
        (700, 720, {}, F(0), Reason.PART_SESSION),
    ],
)
def test_who_comes_late_or_leaves_early_is_cut_by_the_half_day_reading(
    came: int | None, left: int | None, reading: dict[str, F], credited: F, reason: Reason
) -> None:
    found = training("L1", half_days(1, **HOURS))
    verdict = judged(person(*present(found, check_in=came, check_out=left)), found, book=rulebook(**reading))
    assert verdict.credited == credited
    assert [line.reason for line in verdict.tally.lines] == [reason]


@pytest.mark.parametrize(
    ("times", "credited"),
    [
        ({}, F(5, 8)),  # 5 periods of 8 a day
        ({"check_in": 450, "check_out": 540}, F(2, 8)),  # 90 minutes = 2 periods
        ({"check_in": 450, "check_out": 800}, F(5, 8)),  # never above the session's own
    ],
)
def test_a_decision_in_periods_counts_minutes_up_to_the_sessions_periods(times: dict[str, int], credited: F) -> None:
    found = training("L1", half_days(1, starts=450, ends=690, periods=5), days=None, periods=5)
    verdict = judged(person(*present(found, **times)), found)
    assert verdict.credited == credited
    assert "conversion" in verdict.readings


@pytest.mark.parametrize(
    ("completion", "credited", "missing"),
    [
        ({}, F(1, 2), ""),  # 4 periods / 8
        ({"sections_done": 3}, F(0), "còn 2 mục"),
        ({"score": 60}, F(0), "điểm 60%, cần 70%"),
        ({"minimum_seconds": 3600}, F(0), "còn 30 phút"),
        ({"minimum_seconds": 1800}, F(1, 2), ""),
        ({"score": None}, F(1, 2), ""),
    ],
)
def test_a_topic_counts_its_periods_once_complete_and_else_says_what_is_missing(
    completion: dict[str, int], credited: F, missing: str
) -> None:
    found = training("L1", half_days(2), days=F(3), topics=(topic(),))
    evidence = [*present(found), completed(**completion), studied(30)]
    verdict = judged(person(*evidence), found)
    assert verdict.credited == F(1) + credited
    (line,) = (line for line in verdict.tally.lines if line.delivery is Delivery.SELF_PACED)
    assert line.detail == missing
    assert line.minutes == 30


@pytest.mark.parametrize(
    ("minutes", "reading", "credited"),
    [
        (90, {}, F(90, 360)),  # 8 x 45 = 360 minutes a day
        (300, {}, F(1, 2)),  # capped at 4 periods
        (300, {"cap": "none"}, F(300, 360)),
    ],
)
def test_studied_minutes_count_up_to_the_topics_periods(minutes: int, reading: dict[str, str], credited: F) -> None:
    found = training("L1", half_days(2), days=F(3), topics=(topic(),))
    book = rulebook(online_credit="studied_minutes", **reading)
    verdict = judged(person(*present(found), studied(minutes)), found, book=book)
    assert verdict.credited == F(1) + credited


def test_topics_share_what_the_decision_leaves_beside_its_sessions() -> None:
    found = training("L1", half_days(2), days=F(3, 2), topics=(topic("t1"), topic("t2")))
    verdict = judged(person(*present(found), completed(), completed(name="t2")), found)
    assert verdict.credited == F(3, 2)  # 1 + (1/2 + 1/2) cut to the 1/2 that is left


@pytest.mark.parametrize(
    ("reading", "attended", "counts"),
    [
        ("some_attendance", 0, False),
        ("some_attendance", 1, True),
        ("all_attendance", 3, False),
        ("all_attendance", 4, True),
        (F(1, 2), 1, False),
        (F(1, 2), 2, True),
        ("class_is_blended", 0, True),
    ],
)
def test_self_paced_study_needs_the_rooms_of_its_class(reading: str | F, attended: int, counts: bool) -> None:
    found = training("L1", half_days(4), days=F(3), topics=(topic(),))
    there = present(found, *range(attended)) if attended else []
    verdict = judged(person(*there, completed()), found, book=rulebook(self_paced_needs=reading))
    assert verdict.credited == F(attended, 2) + (F(1, 2) if counts else 0)
    assert (Reason.NEEDS_ATTENDANCE in {line.reason for line in verdict.tally.lines}) is not counts


def test_a_class_without_a_room_earns_nothing_online() -> None:
    found = training("L1", half_days(2, Delivery.LIVE), days=F(3), topics=(topic(),))
    verdict = judged(person(*present(found), completed()), found)
    assert verdict.credited == 0
    assert {line.reason for line in verdict.tally.lines} == {Reason.ONLINE_ONLY}
    assert all(line.citation and "trực tiếp" in line.citation.quote for line in verdict.tally.lines)


def test_a_live_session_on_ones_own_device_counts_beside_a_room_but_not_as_in_person() -> None:
    found = training("L1", (*half_days(1), *half_days(1, Delivery.LIVE, date(2026, 3, 4))))
    verdict = judged(person(*present(found)), found)
    assert verdict.credited == F(1)
    assert verdict.tally.in_person == F(1, 2)


@pytest.mark.parametrize(
    ("reading", "credited"), [("once_per_edition", F(3)), ("once_per_term", F(5, 2)), ("each_class", F(7, 2))]
)
def test_a_topic_done_again_counts_by_the_reading(reading: str, credited: F) -> None:
    one = training("L1", half_days(2), days=F(3), topics=(topic(),))
    two = training("L2", half_days(2, first=date(2026, 4, 6)), days=F(3), topics=(topic(),))
    evidence = [
        *present(one), *present(two), completed("L1"), completed("L2"), completed("L3", edition="2027"),
    ]  # fmt: skip
    book = rulebook(topic_repeat=reading, self_paced_needs="class_is_blended")
    new = training("L3", half_days(1, first=date(2026, 6, 1)), days=F(3), topics=(topic(edition="2027"),))
    verdict = judged(person(*evidence), one, two, new, book=book)
    assert verdict.credited == credited  # 2 days in rooms + 1/2 for each topic that counts


def test_a_topic_taught_in_a_session_attended_is_not_counted_again_online() -> None:
    taught = training("L1", half_days(1, topics=("t1",)), days=F(3), topics=(topic(),))
    verdict = judged(person(*present(taught), completed()), taught)
    assert verdict.credited == F(1, 2)
    assert Reason.TAUGHT_IN_CLASS in {line.reason for line in verdict.tally.lines}


def test_the_hall_wins_over_the_clock_of_the_same_half_day() -> None:
    found = training("L1", half_days(2), days=F(3), topics=(topic(),))
    book = rulebook(online_credit="studied_minutes")
    verdict = judged(person(*present(found), studied(90, half=Half.MORNING)), found, book=book)
    assert verdict.credited == F(1)
    assert Reason.IN_CLASS_THEN in {line.reason for line in verdict.tally.lines}


def test_one_half_day_in_two_classes_counts_once() -> None:
    one, two = training("L1", half_days(2)), training("L2", half_days(2))
    verdict = judged(person(*present(one), *present(two)), one, two)
    assert verdict.credited == F(1)
    assert [line.reason for line in verdict.tally.lines].count(Reason.SAME_SESSION) == 2


@pytest.mark.parametrize(
    ("results", "reading", "credited"),
    [
        ([], {}, F(1)),
        ([], {"result_required": True}, F(0)),
        ([Result("L1", MONDAY, essay_passed=True)], {"result_required": True}, F(1)),
        ([Result("L1", MONDAY, essay_passed=False, score=F(9))], {"result_required": True}, F(0)),
        ([Result("L1", MONDAY, score=F(5))], {"result_required": True}, F(1)),
        ([Result("L1", MONDAY, score=F(49, 10))], {"result_required": True}, F(0)),
    ],
)
def test_a_result_is_needed_only_where_the_reading_says_so(
    results: list[Result], reading: dict[str, bool], credited: F
) -> None:
    found = training("L1", half_days(2))
    assert judged(person(*present(found), *results), found, book=rulebook(**reading)).credited == credited


@pytest.mark.parametrize(("reading", "credited"), [("counts_marked", F(1, 4)), ("refused", F(1, 6))])
def test_time_claimed_while_offline_is_marked_or_refused(reading: str, credited: F) -> None:
    found = training("L1", half_days(2), days=F(3), topics=(topic(),))
    book = rulebook(online_credit="studied_minutes", offline_claimed=reading)
    verdict = judged(person(*present(found), studied(90, offline=30)), found, book=book)
    assert verdict.credited == F(1) + credited  # 90/360, or 60/360
    (line,) = (line for line in verdict.tally.lines if line.delivery is Delivery.SELF_PACED)
    assert line.detail == "trong đó 30 phút tự báo khi mất mạng"


EXCLUDED = (
    "chuyen-mon", "nghiep-vu", "chuc-danh-nghe-nghiep", "quan-ly-nha-nuoc", "du-nguon", "quoc-phong-an-ninh",
    "quan-triet-nghi-quyet", "dao-tao-dai-hoc", "dang-vien-moi", "so-cap-ly-luan", "nghiep-vu-doan-the",
)  # fmt: skip


@pytest.mark.parametrize("kind", EXCLUDED)
def test_an_excluded_kind_earns_nothing_and_shows_its_quotation(kind: str) -> None:
    found = training("L1", half_days(2), kind=kind)
    verdict = judged(person(*present(found)), found)
    assert verdict.credited == verdict.tally.waiting == 0
    assert all(
        line.reason is Reason.EXCLUDED_KIND and line.citation and line.citation.quote for line in verdict.tally.lines
    )


@pytest.mark.parametrize(("counts", "credited"), [(True, F(1)), (False, F(0))])
def test_a_resolution_session_counts_only_by_a_decision_with_a_reason(counts: bool, credited: F) -> None:
    found = training("L1", half_days(2), kind="quan-triet-nghi-quyet")
    ruling = Ruling("L1", Question.CONTENT, counts, "KL 12", "chuyên đề theo nghị quyết")
    assert judged(person(*present(found)), found, rulings=(ruling,)).credited == credited


def test_no_decision_brings_back_a_kind_that_the_regulation_names() -> None:
    found = training("L1", half_days(2), kind="chuyen-mon")
    ruling = Ruling("L1", Question.CONTENT, True, "KL 12", "đề nghị tính")
    assert judged(person(*present(found)), found, rulings=(ruling,)).credited == 0


def test_a_decision_on_one_session_leaves_the_others() -> None:
    found = training("L1", half_days(2))
    ruling = Ruling("L1", Question.CONTENT, False, "KL 12", "buổi quán triệt", MONDAY, Half.MORNING)
    verdict = judged(person(*present(found)), found, rulings=(ruling,))
    assert verdict.credited == F(1, 2)
    assert Reason.RULED_OUT in {line.reason for line in verdict.tally.lines}


@pytest.mark.parametrize(
    ("reading", "waiting", "reason"),
    [("decision", F(1), Reason.KIND_UNDECIDED), ("refused", F(0), Reason.KIND_NOT_LISTED)],
)
def test_a_kind_the_regulation_does_not_name_waits_or_is_refused(reading: str, waiting: F, reason: Reason) -> None:
    found = training("L1", half_days(2), kind="khac")
    verdict = judged(person(*present(found)), found, book=rulebook(kinds_not_listed=reading))
    assert (verdict.credited, verdict.tally.waiting) == (0, waiting)
    assert {line.reason for line in verdict.tally.lines} == {reason}


@pytest.mark.parametrize(("presence", "detail"), [(Presence.ABSENT, ""), (Presence.EXCUSED, "vắng có phép")])
def test_an_absence_is_told_and_earns_nothing(presence: Presence, detail: str) -> None:
    found = training("L1", half_days(1))
    (line,) = judged(person(*present(found, presence=presence)), found).tally.lines
    assert (line.credited, line.outcome, line.detail) == (0, Outcome.REFUSED, detail)


def test_what_lies_outside_the_term_or_after_the_date_earns_nothing() -> None:
    before = training("L1", half_days(2, first=date(2025, 9, 1)))
    after = training("L2", half_days(2, first=date(2026, 12, 1)))
    verdict = judged(person(*present(before), *present(after)), before, after)
    assert verdict.credited == 0
    assert [line.reason for line in verdict.tally.lines] == [Reason.OUTSIDE_TERM] * 2


@pytest.mark.parametrize("first", [date(2022, 3, 7), date(2026, 3, 2)])
@pytest.mark.parametrize("stated", [F(1), None])
def test_a_class_under_the_old_regulation_is_never_turned_into_days(first: date, stated: F | None) -> None:
    old = training("L1", half_days(2, first=first), scheme="164", days=stated)
    term = Term("TU", "2020-2025", date(2020, 10, 1), date(2025, 9, 30))
    for reading in ("not_determined", "full", "pro_rata"):
        book = rulebook(running_term_2024=reading)
        for as_of, terms in ((date(2025, 3, 1), (term,)), (AS_OF, (TERM,))):
            verdict = judged(person(*present(old)), old, book=book, terms=terms, as_of=as_of)
            assert verdict.credited == 0


def test_only_the_edition_that_the_class_fixed_counts() -> None:
    found = training("L1", half_days(1), days=F(1), topics=(topic(edition="2026"),))
    evidence = [*present(found), completed(), completed(edition="2025")]
    verdict = judged(person(*evidence), found)
    assert verdict.credited == F(1)
    assert Reason.OTHER_EDITION in {line.reason for line in verdict.tally.lines}


def test_a_later_completion_of_harder_terms_takes_nothing_back() -> None:
    found = training("L1", half_days(1), days=F(2), topics=(topic(),))
    easy, hard = completed(), completed(date=date(2026, 5, 1), minimum_seconds=3600)
    for pair in ((easy, hard), (hard, easy)):
        assert judged(person(*present(found), *pair), found).credited == F(1)


def test_a_topic_of_a_class_that_is_full_says_so() -> None:
    found = training("L1", half_days(2), days=F(1), topics=(topic(),))
    verdict = judged(person(*present(found), completed()), found)
    assert verdict.credited == F(1)
    assert Reason.CLASS_FULL in {line.reason for line in verdict.tally.lines}
    assert "cap" in verdict.readings


def recognition(days: F, starts: date = MONDAY, ends: date = AS_OF, **more: Any) -> Recognition:
    facts: dict[str, Any] = {"kind": "cap-nhat", "delivery": Delivery.HALL} | more
    return Recognition(
        "Lớp của Học viện", starts=starts, ends=ends, days=days, document="TB 5", reason="có chứng nhận", **facts
    )  # type: ignore[arg-type]


def test_a_class_recognised_fills_half_days_and_what_was_attended_there_too_counts_once() -> None:
    found = training("L1", half_days(2))
    assert judged(person(recognition(F(5, 2))), found).credited == F(5, 2)
    assert judged(person(recognition(F(5, 2)), *present(found)), found).credited == F(5, 2)


@pytest.mark.parametrize(
    ("more", "credited"),
    [({"kind": "chuyen-mon"}, F(0)), ({"delivery": Delivery.LIVE}, F(0)), ({"kind": "khac"}, F(1))],
)
def test_a_recognition_does_not_bring_in_what_the_regulation_excludes(more: dict[str, Any], credited: F) -> None:
    assert judged(person(recognition(F(1), **more))).credited == credited


def test_a_recognition_of_the_old_regulations_time_gives_no_days() -> None:
    old = recognition(F(2), date(2022, 3, 7), date(2022, 3, 8))
    term = Term("TU", "2020-2025", date(2020, 10, 1), date(2025, 9, 30))
    for rule_at in ("event", "reference_date"):
        book = rulebook(running_term_2024="full", rule_at=rule_at)
        verdict = judged(person(old), terms=(term,), as_of=date(2025, 3, 1), book=book)
        assert verdict.credited == 0
        assert {line.reason for line in verdict.tally.lines} == {Reason.OTHER_SCHEME}


def test_a_day_without_any_regulation_counts_for_nothing() -> None:
    early = training("L1", half_days(2, first=date(2012, 3, 5)))
    term = Term("TU", "2010-2030", date(2010, 1, 1), date(2030, 12, 31))
    book = rulebook(running_term_2024="full")
    verdict = judged(person(*present(early), recognition(F(1), date(2012, 5, 7))), early, terms=(term,), book=book)
    assert {line.reason for line in verdict.tally.lines} == {Reason.NO_RULE}


def test_studies_outside_the_term_or_of_no_topic_are_told_and_left() -> None:
    found = training("L1", half_days(1), days=F(2), topics=(topic("t1"), topic("t2", self_paced=False)))
    stray = [completed(date=date(2025, 9, 1)), completed(name="t9"), completed(name="t2"), completed("L9")]
    verdict = judged(person(*present(found), *stray), found)
    assert verdict.credited == F(1, 2)
    told = [line.reason for line in verdict.tally.lines if line.delivery is Delivery.SELF_PACED]
    assert sorted(told) == sorted([Reason.OUTSIDE_TERM, *[Reason.UNKNOWN_TOPIC] * 2, Reason.UNKNOWN_CLASS])


def test_a_newer_edition_taught_in_another_class_leaves_the_older_one_studied_alone() -> None:
    taught = training("L1", half_days(1, topics=("t1",)), topics=(topic(edition="2027", self_paced=False),))
    alone = training("L2", half_days(1, first=date(2026, 4, 6)), days=F(2), topics=(topic(),))
    verdict = judged(person(*present(taught), *present(alone), completed("L2")), taught, alone)
    assert verdict.credited == F(3, 2)  # two half days, and the edition that nobody taught


def test_a_topic_of_an_in_person_only_body_earns_nothing() -> None:
    found = training("L1", half_days(1), days=F(2), topics=(topic(),))
    book = rulebook(local_rule("11-CV/TU", ("Tỉnh ủy Lam Giang",), in_person_only=True))
    verdict = judged(person(*present(found), completed()), found, book=book)
    assert verdict.credited == F(1, 2)
    assert Reason.FORM_NOT_ALLOWED in {line.reason for line in verdict.tally.lines}


@pytest.mark.parametrize(
    ("session", "times", "credited"),
    [
        ({}, {"check_in": 500}, F(1, 2)),  # one time and no hours: there, nothing to measure by
        ({"periods": 5}, {"check_in": 450, "check_out": 540}, F(1, 2) * F(90, 225)),  # 5 x 45 minutes
        ({}, {"check_in": 450, "check_out": 540}, F(1, 2) * F(90, 180)),  # half of 8 x 45
    ],
)
def test_a_session_without_hours_is_as_long_as_its_periods(
    session: dict[str, int], times: dict[str, int], credited: F
) -> None:
    found = training("L1", half_days(1, **session))
    assert judged(person(*present(found, **times)), found).credited == credited


def test_a_local_exclusion_without_exception_is_not_softened_by_a_decision() -> None:
    found = training("L1", half_days(2), kind="quan-triet-nghi-quyet")
    ruling = Ruling("L1", Question.CONTENT, True, "KL 12", "chuyên đề theo nghị quyết")
    letter = local_rule("13-CV/TU", ("Tỉnh ủy Lam Giang",), excluded=("quan-triet-nghi-quyet",))
    assert judged(person(*present(found)), found, rulings=(ruling,), book=rulebook(letter)).credited == 0
