"""What holds for any evidence under any readings."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from boiduong_exporter.credit.facts import Person, TrainingClass
from boiduong_exporter.credit.rules import Rulebook
from boiduong_exporter.credit.spells import union
from boiduong_exporter.credit.verdict import Verdict
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Completion, Evidence, Half, Presence, Recognition, StudyDay
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exporter.credit.case import (
    MONDAY,
    TERM,
    F,
    completed,
    half_days,
    judged,
    managed,
    person,
    rulebook,
    studied,
    topic,
    training,
)

HOURS = {"starts": 450, "ends": 690}
CLASSES = (
    training("L1", half_days(4, topics=("t1", "t2"), **HOURS), days=F(3), topics=(topic("t1"), topic("t2", 8))),
    training("L2", half_days(3, first=MONDAY + timedelta(days=1), **HOURS), days=F(2), topics=(topic("t1"),)),
    training("L3", half_days(4, periods=5, topics=("t3",), **HOURS), days=None, periods=24, topics=(topic("t3", 4),)),
    training("L4", (*half_days(1), *half_days(2, Delivery.LIVE, MONDAY + timedelta(days=2))), topics=(topic("t2"),)),
    training("L5", half_days(2), kind="khac", topics=(topic("t1"),)),
)
BY_CODE = {each.code: each for each in CLASSES}

minutes = st.integers(400, 720)
days_on = st.integers(0, 5)
readings = st.fixed_dictionaries(
    {
        "self_paced_needs": st.sampled_from(["some_attendance", "all_attendance", "class_is_blended", F(1, 2)]),
        "online_credit": st.sampled_from(["completed_topic", "studied_minutes"]),
        "topic_repeat": st.sampled_from(["once_per_edition", "once_per_term", "each_class"]),
        "cap": st.sampled_from(["nominal", "none"]),
        "result_required": st.booleans(),
        "offline_claimed": st.sampled_from(["counts_marked", "refused"]),
        "below": st.sampled_from(["minutes", "none"]),
        "whole_from": st.sampled_from([F(0), F(1, 2), F(3, 4), F(1)]),
        "bridge_form": st.sampled_from(["decision", "in_person", "online"]),
    }
)


@st.composite
def attendances(draw: st.DrawFn) -> Attendance:
    found: TrainingClass = draw(st.sampled_from(CLASSES))
    session = draw(st.sampled_from(found.sessions))
    delivery = (
        draw(st.sampled_from([Delivery.HALL, Delivery.BRIDGE]))
        if session.delivery is Delivery.HALL
        else session.delivery
    )
    times = draw(st.one_of(st.just((None, None)), st.tuples(minutes, minutes).map(sorted)))
    presence = draw(st.sampled_from([Presence.PRESENT, Presence.PRESENT, Presence.ABSENT]))
    return Attendance(found.code, session.date, session.half, delivery, presence, "", *times)


@st.composite
def completions(draw: st.DrawFn) -> Completion:
    found: TrainingClass = draw(st.sampled_from(CLASSES))
    name = draw(st.sampled_from(found.topics)).topic
    sections, score = draw(st.sampled_from([(5, 80), (5, 60), (3, 90)]))
    facts = {"sections_done": sections, "score": score, "minimum_seconds": draw(st.sampled_from([0, 1800]))}
    facts |= {
        "edition": draw(st.sampled_from(["2026", "2026", "2025"])),
        "date": MONDAY + timedelta(days=draw(days_on)),
    }
    return completed(found.code, name, **facts)


@st.composite
def study_days(draw: st.DrawFn) -> StudyDay:
    found: TrainingClass = draw(st.sampled_from(CLASSES))
    name = draw(st.sampled_from(found.topics)).topic
    day = MONDAY + timedelta(days=draw(st.integers(0, 3)))
    length = draw(st.integers(1, 240))
    return studied(
        length, found.code, name, draw(st.sampled_from(Half)), date=day, offline=draw(st.integers(0, length))
    )


@st.composite
def recognitions(draw: st.DrawFn) -> Recognition:
    starts = MONDAY + timedelta(days=draw(st.integers(-1, 3)))
    days = F(draw(st.integers(1, 8)), draw(st.sampled_from([1, 2, 4])))
    delivery = draw(st.sampled_from([Delivery.HALL, Delivery.BRIDGE]))
    return Recognition("Lớp", "cap-nhat", delivery, starts, starts + timedelta(days=3), days, "TB", "có chứng nhận")


pieces = st.lists(st.one_of(attendances(), attendances(), completions(), study_days(), recognitions()), max_size=9)
another = st.one_of(attendances(), completions(), study_days(), recognitions())


def verdict(evidence: list[Evidence], book: Rulebook) -> Verdict:
    return judged(person(*evidence), *CLASSES, book=book)


@given(pieces, st.randoms(), readings)
def test_the_order_of_evidence_never_matters(evidence: list[Evidence], random: Any, read: dict[str, Any]) -> None:
    book = rulebook(**read)
    shuffled = list(person(*evidence).pieces)
    random.shuffle(shuffled)
    again = judged(replace(person(*evidence), pieces=tuple(shuffled)), *CLASSES, book=book)
    assert again == verdict(evidence, book)


@given(pieces, st.randoms(), readings)
def test_the_order_in_which_evidence_was_entered_never_matters(
    evidence: list[Evidence], random: Any, read: dict[str, Any]
) -> None:
    book, entered = rulebook(**read), list(evidence)
    random.shuffle(entered)
    one, other = verdict(evidence, book), verdict(entered, book)
    assert (one.credited, one.tally.in_person, one.waiting) == (other.credited, other.tally.in_person, other.waiting)


@given(pieces, another, readings)
@settings(max_examples=400)
def test_another_piece_never_lowers_what_counts(evidence: list[Evidence], more: Evidence, read: dict[str, Any]) -> None:
    book = rulebook(**read)
    before, after = verdict(evidence, book), verdict([*evidence, more], book)
    assert after.credited >= before.credited
    assert after.tally.in_person >= before.tally.in_person
    assert after.credited + after.tally.waiting >= before.credited + before.tally.waiting


@given(pieces, readings)
def test_the_same_evidence_twice_counts_once(evidence: list[Evidence], read: dict[str, Any]) -> None:
    rooms = [each for each in evidence if not isinstance(each, StudyDay)]  # a study day is sealed once
    book = rulebook(**read)
    once, twice = verdict(rooms, book), verdict(rooms * 2, book)
    assert (twice.credited, twice.tally.in_person) == (once.credited, once.tally.in_person)


@given(st.lists(st.one_of(attendances(), completions(), study_days()), max_size=12), readings)
def test_no_class_gives_more_than_its_decision(evidence: list[Evidence], read: dict[str, Any]) -> None:
    book = rulebook(**(read | {"cap": "nominal"}))
    for found in CLASSES:
        own = [each for each in evidence if _class_of(each) == found.code]
        stated = found.days if found.days is not None else F(found.periods or 0, 8)
        assert verdict(own, book).credited <= stated


def _class_of(evidence: Evidence) -> str:
    return evidence.parts[0].class_code if isinstance(evidence, StudyDay) else evidence.class_code  # type: ignore[union-attr]


@given(pieces, readings)
def test_the_lines_add_up_to_the_sum(evidence: list[Evidence], read: dict[str, Any]) -> None:
    found = verdict(evidence, rulebook(**read)).tally
    assert sum(line.credited for line in found.lines) == found.credited
    assert all(F(0) <= line.credited + line.waiting for line in found.lines)
    assert all(line.credited <= line.offered or line.minutes for line in found.lines)


@given(pieces, pieces, readings)
def test_merging_two_records_gives_what_one_record_would_have(
    one: list[Evidence], other: list[Evidence], read: dict[str, Any]
) -> None:
    """Merge and taking it back only change whose pieces they are."""
    book = rulebook(**read)
    whole = person(*one, *other)
    merged = replace(whole, pieces=(*whole.pieces[len(one) :], *whole.pieces[: len(one)]))
    assert judged(merged, *CLASSES, book=book).credited == verdict([*one, *other], book).credited
    assert verdict([*one, *other], book).credited >= max(verdict(one, book).credited, verdict(other, book).credited)


days = st.dates(TERM.starts - timedelta(days=60), TERM.ends + timedelta(days=60))


@given(st.lists(days, min_size=1, max_size=4, unique=True), st.sampled_from(["by_month", "by_day"]))
def test_pro_rata_over_a_split_equals_the_whole(cuts: list[date], reading: str) -> None:
    starts = [TERM.starts, *sorted(cuts)]
    ends = [*(each - timedelta(days=1) for each in sorted(cuts)), None]
    spells = tuple(managed("TU", first, last) for first, last in zip(starts, ends, strict=True))
    whole = judged(
        Person((), (managed("TU", TERM.starts),), ()), book=rulebook(pro_rata=reading), as_of=date(2026, 5, 1)
    )
    split = judged(Person((), spells, ()), book=rulebook(pro_rata=reading), as_of=date(2026, 5, 1))
    assert split.required == whole.required == F(7)


@given(st.lists(st.tuples(days, days).map(sorted).map(tuple), max_size=6))
def test_a_union_holds_the_same_days(spans: list[tuple[date, date]]) -> None:
    covered = {first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)}
    joined = union(spans)
    assert {first + timedelta(days=n) for first, last in joined for n in range((last - first).days + 1)} == covered
    assert sum((last - first).days + 1 for first, last in joined) == len(covered)


def test_a_half_that_is_not_in_the_class_is_told() -> None:
    stray = Attendance("L1", MONDAY, Half.EVENING, Delivery.HALL, Presence.PRESENT)
    assert [line.reason for line in verdict([stray], rulebook()).tally.lines] == ["unknown_session"]
