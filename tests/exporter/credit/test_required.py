"""What is owed: groups, terms, local rules, and each reading of what the regulation leaves open."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from boiduong_exporter.credit.facts import Management, Person, Post, Span, Term
from boiduong_exporter.credit.reasons import Reason
from boiduong_exporter.credit.required import State
from boiduong_exporter.credit.spells import months
from boiduong_exporter.credit.verdict import Standing
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Designation, Exemption, Question, Ruling

from tests.exporter.credit.case import (
    AS_OF,
    MONDAY,
    OPEN,
    ORGANIZATIONS,
    TERM,
    F,
    half_days,
    judged,
    local_rule,
    managed,
    organization,
    person,
    present,
    rulebook,
    training,
)

RUNNING = Term("TU", "2020-2025", date(2020, 10, 1), date(2025, 9, 30))
"""The term in which Quy định 145 came out (10/5/2024)."""


def with_(*managements: Management, **more: Any) -> Person:
    return person(managements=managements, **more)


@pytest.mark.parametrize(("authority", "group", "required"), [("TU", "3", F(7)), ("DU", "3", F(7)), ("BCT", "2", F(5))])
def test_the_group_follows_from_the_managing_body(authority: str, group: str, required: Any) -> None:
    terms = (TERM, Term("BCT", "XIV", date(2026, 1, 1), date(2030, 12, 31)))
    owed = judged(with_(managed(authority)), terms=terms).obligation
    assert owed.group is not None
    assert (owed.state, owed.group.id, owed.required) == (State.OWED, group, required)
    assert all(step.citation is None or step.citation.quote for step in owed.steps)


def test_group_1_has_no_number_but_a_deciding_body() -> None:
    designated = Designation("1", date(2026, 1, 1), None, "TB 1", "danh sách của Bộ Chính trị")
    owed = judged(person(designated)).obligation
    assert (owed.state, owed.required) == (State.UNDETERMINED, None)
    assert "Bộ Chính trị quyết định" in owed.steps[-1].text
    assert owed.steps[-1].citation is not None


@pytest.mark.parametrize(
    ("managements", "standing", "words"),
    [
        ((), Standing.UNDETERMINED, "Chưa có diện quản lý"),
        ((managed(""),), Standing.OUTSIDE, "ngoài chế độ"),
        ((managed("TU", None, date(2026, 6, 30)),), Standing.OUTSIDE, "không còn giữ chức vụ"),
        ((managed("TU", date(2027, 1, 1)),), Standing.OUTSIDE, "chưa giữ chức vụ"),
        ((managed("TU"), managed("X")), Standing.UNDETERMINED, "chưa có trong danh sách tổ chức"),
        ((managed("X"),), Standing.UNDETERMINED, "chưa có trong danh sách tổ chức"),
        ((managed("TG"),), Standing.UNDETERMINED, "Sổ chưa có nhiệm kỳ"),
        ((managed("CTY"),), Standing.UNDETERMINED, "không thuộc nhóm nào"),
    ],
)
def test_nothing_is_guessed_about_who_owes(managements: tuple[Management, ...], standing: Standing, words: str) -> None:
    company = organization("CTY", "doanh-nghiep", "co-so", "TU")
    verdict = judged(with_(*managements), organizations=(*ORGANIZATIONS, company))
    assert verdict.standing is standing
    assert words in verdict.obligation.steps[-1].text
    assert verdict.shortfall is None


def test_a_person_outside_the_regime_keeps_attendance_and_owes_nothing() -> None:
    found = training("L1", half_days(2))
    verdict = judged(person(*present(found), managements=(managed(""),)), found)
    assert (verdict.standing, verdict.credited, verdict.required) == (Standing.OUTSIDE, F(1), None)


@pytest.mark.parametrize(
    ("reading", "required"), [("not_determined", None), ("full", F(7)), ("pro_rata", 7 * F(509, 1826))]
)
def test_the_term_running_in_2024(reading: str, required: Any) -> None:
    verdict = judged(
        with_(managed()), terms=(RUNNING,), book=rulebook(running_term_2024=reading), as_of=date(2025, 9, 1)
    )
    assert verdict.required == required  # 10/5/2024..30/9/2025 = 509 days of 1826
    assert "running_term_2024" in verdict.readings


def test_before_145_the_old_scheme_gives_no_days() -> None:
    owed = judged(with_(managed()), terms=(RUNNING,), as_of=date(2023, 9, 1)).obligation
    assert owed.state is State.UNDETERMINED
    assert owed.steps[-1].text == "164-QĐ/TW: số ngày chưa biết, không quy đổi từ quy định khác."


HALF_TERM = managed("TU", date(2028, 4, 1))
"""From half of the term on: 30 of 60 months, 913 of 1826 days."""


@pytest.mark.parametrize(("reading", "required"), [("none", F(7)), ("by_month", F(7, 2)), ("by_day", 7 * F(913, 1826))])
def test_who_was_appointed_in_mid_term(reading: str, required: Any) -> None:
    verdict = judged(with_(HALF_TERM), book=rulebook(pro_rata=reading), as_of=date(2028, 5, 1))
    assert verdict.required == required
    assert "pro_rata" in verdict.readings


def test_two_spells_side_by_side_owe_what_one_owes() -> None:
    for reading in ("by_month", "by_day"):
        book = rulebook(pro_rata=reading)
        split = with_(managed("TU", None, date(2027, 1, 13)), managed("TU", date(2027, 1, 14)))
        assert judged(split, book=book, as_of=date(2028, 1, 1)).required == F(7)


def test_months_of_a_split_add_up() -> None:
    assert months(date(2026, 1, 1), date(2026, 12, 31)) == 12
    assert months(date(2026, 1, 1), date(2026, 2, 10)) + months(date(2026, 2, 11), date(2026, 3, 31)) == 3


@pytest.mark.parametrize(
    ("reading", "required"), [("at_reference_date", F(5)), ("higher", F(7)), ("pro_rata", F(7 * 365 + 5 * 1461, 1826))]
)
def test_who_changed_the_group(reading: str, required: Any) -> None:
    terms = (TERM, Term("BCT", "2025-2030", TERM.starts, TERM.ends))
    moved = with_(managed("TU", None, date(2026, 9, 30)), managed("BCT", date(2026, 10, 1)))
    verdict = judged(moved, terms=terms, book=rulebook(group_change=reading))
    assert verdict.required == required
    assert "group_change" in verdict.readings


def test_two_bodies_side_by_side_are_no_change_of_group() -> None:
    terms = (TERM, Term("BCT", "2025-2030", TERM.starts, TERM.ends))
    both = with_(managed("TU"), managed("BCT"))
    for reading in ("at_reference_date", "higher", "pro_rata"):
        verdict = judged(both, terms=terms, book=rulebook(group_change=reading))
        assert verdict.required == F(5), reading
        assert "group_change" not in verdict.readings


def test_a_change_to_come_is_not_counted_yet() -> None:
    terms = (TERM, Term("BCT", "2025-2030", TERM.starts, TERM.ends))
    later = with_(managed("BCT", None, date(2027, 12, 31)), managed("TU", date(2028, 1, 1)))
    for reading in ("higher", "pro_rata"):
        assert judged(later, terms=terms, book=rulebook(group_change=reading)).required == F(5), reading


@pytest.mark.parametrize(
    ("reading", "required"), [("at_reference_date", F(5)), ("higher", F(7)), ("pro_rata", F(7 * 365 + 5 * 1461, 1826))]
)
def test_a_designation_is_a_change_of_group_too(reading: str, required: Any) -> None:
    named = Designation("2", date(2026, 10, 1), None, "TB 2", "danh sách kèm văn bản")
    assert judged(person(named), book=rulebook(group_change=reading)).required == required


@pytest.mark.parametrize("order", [("2", "3"), ("3", "2")])
def test_two_designations_of_one_day_contradict_each_other(order: tuple[str, str]) -> None:
    named = [Designation(group, date(2026, 1, 1), None, f"TB {group}", "danh sách") for group in order]
    owed = judged(person(*named)).obligation
    assert owed.state is State.UNDETERMINED
    assert owed.steps[-1].text == "Không xác định được nhóm: nhóm 2 theo TB 2; nhóm 3 theo TB 3."


def test_a_body_that_has_ended_manages_nobody() -> None:
    gone = replace(organization("HU", name="Huyện ủy Cũ", parent="TU"), span=Span(None, date(2025, 6, 30)))
    owed = judged(with_(managed("HU")), organizations=(*ORGANIZATIONS, gone)).obligation
    assert owed.state is State.UNDETERMINED
    assert "đã kết thúc ngày 30/06/2025" in owed.steps[-1].text


@pytest.mark.parametrize(("reading", "required"), [("highest", F(5)), ("decision", None)])
def test_who_holds_several_posts(reading: str, required: Any) -> None:
    terms = (TERM, Term("BCT", "XIV", date(2026, 1, 1), date(2030, 12, 31)))
    verdict = judged(with_(managed("TU"), managed("BCT")), terms=terms, book=rulebook(several_posts=reading))
    assert verdict.required == required
    assert "several_posts" in verdict.readings


@pytest.mark.parametrize(("reading", "ends"), [("managing_authority", 2030), ("own_organization", 2031)])
def test_whose_term_is_counted(reading: str, ends: int) -> None:
    terms = (TERM, Term("DU", "riêng", date(2025, 6, 1), date(2031, 5, 31)))
    someone = Person((Post("Bí thư", "DU", OPEN),), (managed("TU"),), ())
    verdict = judged(someone, terms=terms, book=rulebook(term_of=reading))
    assert verdict.obligation.term is not None
    assert verdict.obligation.term.ends.year == ends


@pytest.mark.parametrize(
    ("days", "standing", "required"),
    [(None, Standing.EXEMPT, F(0)), (F(2), Standing.SHORT, F(5)), (F(9), Standing.EXEMPT, F(0))],
)
def test_an_exemption_is_by_document_and_reason(days: Any, standing: Standing, required: Any) -> None:
    verdict = judged(person(Exemption(MONDAY, days, "TB 7", "nghỉ chữa bệnh")))
    assert (verdict.standing, verdict.required) == (standing, required)
    assert any("TB 7: nghỉ chữa bệnh" in step.text for step in verdict.obligation.steps)


def test_one_document_frees_a_person_once() -> None:
    spelt = ("TB 7-TB/TU", "TB 7 - TB/TU", "tb7-TB/TU")
    entered = [Exemption(day, F(2), document, "nghỉ chữa bệnh") for day, document in zip(APRIL, spelt, strict=True)]
    assert judged(person(*entered)).required == F(5)


APRIL = tuple(date(2026, 4, number) for number in (1, 2, 3))


# Local rules ----------------------------------------------------------------------------------------------------------


def test_a_managing_body_may_raise_the_minimum_for_its_own_cadres() -> None:
    raised = local_rule("10-QĐ/TU", ("Tỉnh ủy Lam Giang",), minimum_days=F(10))
    assert judged(with_(managed("DU")), book=rulebook(raised)).required == F(10)
    terms = (Term("TG", "khác", TERM.starts, TERM.ends),)
    assert judged(with_(managed("TG")), book=rulebook(raised), terms=terms).required == F(7)


TIEN_GIANG_TERM = Term("TG", "2024-2029", date(2024, 6, 1), date(2029, 5, 31))


def test_tien_giang_wants_seven_days_in_person_where_the_centre_takes_blended_ones() -> None:
    hall = training("L1", half_days(8, first=date(2024, 9, 2)))
    live = training("L2", (*half_days(1, first=date(2024, 9, 16)), *half_days(5, Delivery.LIVE, date(2024, 9, 17))))
    evidence = [*present(hall), *present(live)]  # 4 + 1/2 in halls, 5/2 live: 7 days in all
    there = judged(with_(managed("TG")), hall, live, terms=(TIEN_GIANG_TERM,), as_of=date(2024, 12, 31))
    assert there.obligation.in_person == F(7)
    verdict = judged(
        person(*evidence, managements=(managed("TG"),)), hall, live, terms=(TIEN_GIANG_TERM,), as_of=date(2024, 12, 31)
    )
    assert (verdict.credited, verdict.tally.in_person, verdict.shortfall) == (F(7), F(9, 2), F(5, 2))
    central = Term("TU", "2024-2029", TIEN_GIANG_TERM.starts, TIEN_GIANG_TERM.ends)
    elsewhere = judged(person(*evidence), hall, live, terms=(central,), as_of=date(2024, 12, 31))
    assert (elsewhere.credited, elsewhere.standing) == (F(7), Standing.ENOUGH)


def test_tien_giangs_letter_ends_with_its_issuer() -> None:
    before = judged(with_(managed("TG")), terms=(TIEN_GIANG_TERM,), as_of=date(2025, 6, 30)).obligation
    after = judged(with_(managed("TG")), terms=(TIEN_GIANG_TERM,), as_of=date(2025, 7, 1)).obligation
    assert [each.number for each in before.documents] == ["145-QĐ/TW", "3315-CV/TU"]
    assert [each.number for each in after.documents] == ["145-QĐ/TW"]
    assert (before.in_person, after.in_person) == (F(7), F(0))
    assert "chưa rõ" in before.documents[1].after


def test_bridges_that_a_local_rule_asks_about_are_told_as_waiting() -> None:
    bridged = training("L1", half_days(14, first=date(2024, 9, 2)))
    evidence = present(bridged, delivery=Delivery.BRIDGE)
    someone = person(*evidence, managements=(managed("TG"),))
    verdict = judged(someone, bridged, terms=(TIEN_GIANG_TERM,), as_of=date(2024, 12, 31))
    assert (verdict.credited, verdict.shortfall, verdict.waiting) == (F(7), F(7), F(7))
    assert verdict.standing is Standing.WAITING
    assert "bridge_form" in verdict.readings
    settled = judged(
        someone, bridged, terms=(TIEN_GIANG_TERM,), as_of=date(2024, 12, 31), book=rulebook(bridge_form="in_person")
    )
    assert settled.standing is Standing.ENOUGH
    assert "bridge_form" in settled.readings, "what made it enough is named"


def test_days_in_person_that_lag_behind_are_a_risk() -> None:
    halls = training("L1", half_days(1, first=date(2026, 9, 2)))
    live = training("L2", (*half_days(1, first=date(2026, 9, 9)), *half_days(15, Delivery.LIVE, date(2026, 9, 10))))
    raised = local_rule("12-QĐ/TU", ("Tỉnh ủy Lam Giang",), minimum_in_person_days=F(7))
    someone = person(*present(halls), *present(live))
    verdict = judged(someone, halls, live, book=rulebook(raised), as_of=date(2030, 9, 29))
    assert verdict.credited == F(17, 2)
    assert verdict.standing is Standing.AT_RISK


def test_study_before_an_appointment_is_judged_by_the_body_that_counts_it() -> None:
    found = training("L1", (*half_days(1), *half_days(2, Delivery.LIVE, date(2026, 3, 3))))
    book = rulebook(IN_PERSON_ONLY)
    for starts in (None, date(2026, 4, 1)):
        someone = person(*present(found), managements=(managed("TU", starts),))
        assert judged(someone, found, book=book).credited == F(1, 2), starts


# One hall and sixty bridges -------------------------------------------------------------------------------------------

FRIDAY = date(2026, 3, 6)
BRIDGED = training("L60", half_days(6, first=FRIDAY))
"""Friday, Saturday and Sunday."""
IN_PERSON_ONLY = local_rule("11-CV/TU", ("Tỉnh ủy Lam Giang",), in_person_only=True)


def test_everyone_at_a_bridge_has_three_days_under_145() -> None:
    for number in range(60):
        evidence = present(BRIDGED, delivery=Delivery.BRIDGE, place=f"Điểm cầu {number + 1}")
        verdict = judged(person(*evidence), BRIDGED)
        assert (verdict.credited, verdict.tally.in_person, verdict.tally.in_person_waiting) == (F(3), F(0), F(3))
    assert judged(person(*present(BRIDGED)), BRIDGED).tally.in_person == F(3)


@pytest.mark.parametrize(
    ("reading", "credited", "waiting"), [("decision", F(0), F(3)), ("in_person", F(3), F(0)), ("online", F(0), F(0))]
)
def test_under_an_in_person_letter_the_bridges_wait_for_a_decision(reading: str, credited: Any, waiting: Any) -> None:
    evidence = present(BRIDGED, delivery=Delivery.BRIDGE)
    verdict = judged(person(*evidence), BRIDGED, book=rulebook(IN_PERSON_ONLY, bridge_form=reading))
    assert (verdict.credited, verdict.tally.waiting) == (credited, waiting)
    assert "bridge_form" in verdict.readings


@pytest.mark.parametrize(("counts", "credited"), [(True, F(3)), (False, F(0))])
def test_a_decision_on_the_form_settles_the_bridges(counts: bool, credited: Any) -> None:
    ruling = Ruling("L60", Question.FORM, counts, "KL 3", "điểm cầu có người quản lý")
    evidence = present(BRIDGED, delivery=Delivery.BRIDGE)
    verdict = judged(person(*evidence), BRIDGED, book=rulebook(IN_PERSON_ONLY), rulings=(ruling,))
    assert (verdict.credited, verdict.tally.waiting) == (credited, F(0))
    assert all("KL 3: điểm cầu có người quản lý" in line.detail for line in verdict.tally.lines)


@pytest.mark.parametrize(("reading", "credited"), [("event", F(3)), ("reference_date", F(0))])
def test_form_is_judged_by_the_rule_of_the_day_of_study(reading: str, credited: Any) -> None:
    later = local_rule("12-CV/TU", ("Tỉnh ủy Lam Giang",), in_person_only=True, in_force=date(2026, 6, 1))
    evidence = present(BRIDGED, delivery=Delivery.BRIDGE)
    verdict = judged(person(*evidence), BRIDGED, book=rulebook(later, rule_at=reading))
    assert verdict.credited == credited


def test_bridges_read_as_online_need_a_hall() -> None:
    book = rulebook(bridge_form="online")
    evidence = present(BRIDGED, delivery=Delivery.BRIDGE)
    assert judged(person(*evidence), BRIDGED, book=book).credited == F(0), "no hall attended"
    mixed = [*present(BRIDGED, 0), *present(BRIDGED, *range(1, 6), delivery=Delivery.BRIDGE)]
    assert judged(person(*mixed), BRIDGED, book=book).credited == F(3)
    alone = training("L61", half_days(6, Delivery.BRIDGE))
    verdict = judged(person(*present(alone)), alone, book=book)
    assert {line.reason for line in verdict.tally.lines} == {Reason.ONLINE_ONLY}
    assert "bridge_form" in verdict.readings


def test_a_ruling_that_bridges_are_not_in_person_makes_them_online() -> None:
    alone = training("L61", half_days(2, Delivery.BRIDGE))
    ruling = Ruling("L61", Question.FORM, False, "KL 4", "không có người quản lý")
    assert judged(person(*present(alone)), alone).credited == F(1)
    assert judged(person(*present(alone)), alone, rulings=(ruling,)).credited == F(0)


# Standing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("half", "as_of", "standing"),
    [
        (14, AS_OF, Standing.ENOUGH),
        (13, AS_OF, Standing.SHORT),
        (4, date(2028, 3, 30), Standing.SHORT),  # 912 of 1826 days: before half of the term
        (4, date(2028, 4, 2), Standing.AT_RISK),  # 2 of 7 days, more than half of the term gone
        (8, date(2028, 4, 2), Standing.SHORT),  # 4 of 7 keeps pace
        (13, date(2030, 9, 30), Standing.MISSED),
        (14, date(2030, 9, 30), Standing.ENOUGH),
    ],
)
def test_how_a_cadre_stands(half: int, as_of: date, standing: Standing) -> None:
    found = training("L1", half_days(half))
    assert judged(person(*present(found)), found, as_of=as_of).standing is standing


def test_when_to_warn_is_a_reading() -> None:
    found = training("L1", half_days(4))
    early = judged(person(*present(found)), found, book=rulebook(at_risk_from=F(0)), as_of=date(2027, 10, 1))
    late = judged(person(*present(found)), found, book=rulebook(at_risk_from=F(1)), as_of=date(2030, 9, 1))
    assert (early.standing, late.standing) == (Standing.AT_RISK, Standing.SHORT)
    assert early.standing.label == "có khả năng chưa đủ"


def test_a_day_before_any_regulation_owes_nothing_that_is_known() -> None:
    term = Term("TU", "2010-2015", date(2010, 1, 1), date(2015, 12, 31))
    owed = judged(with_(managed()), terms=(term,), as_of=date(2012, 1, 1)).obligation
    assert owed.steps[-1].text == "Ngày 01/01/2012 không có quy định nào có hiệu lực."


def test_who_would_have_enough_by_an_open_decision_waits() -> None:
    known, asked = training("L1", half_days(8)), training("L2", half_days(6, first=date(2026, 4, 6)), kind="khac")
    verdict = judged(person(*present(known), *present(asked)), known, asked)
    assert (verdict.standing, verdict.credited, verdict.tally.waiting) == (Standing.WAITING, F(4), F(3))


def test_enough_is_decided_on_the_exact_sum() -> None:
    found = training("L1", half_days(14, starts=450, ends=690))
    evidence = [*present(found, *range(13)), *present(found, 13, check_in=520)]  # 170 of 240 minutes
    verdict = judged(person(*evidence), found)
    assert verdict.credited == F(13, 2) + F(170, 480)
    assert verdict.standing is Standing.SHORT


def test_an_open_span_holds_every_day() -> None:
    assert OPEN.holds(MONDAY)
    assert not Span(None, date(2026, 1, 1)).holds(MONDAY)
