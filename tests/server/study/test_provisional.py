"""Provisional time is what the next seal will say, less what was sealed already."""

from datetime import date

import pytest
from boiduong_exporter.sealing.seal import Sealer
from boiduong_exporter.study.engines import open_engine
from boiduong_records.decision import Decision
from boiduong_records.merging import merge
from boiduong_server.house import House
from boiduong_server.study.beats import take_beats
from boiduong_server.study.handing import hand_over
from boiduong_server.study.launches import LiveLaunch
from boiduong_server.study.provisional import Part, provisional
from boiduong_vocabulary.evidence import StudyDay
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exporter.office import Office
from tests.server.conftest import Clock
from tests.server.lam_giang import CLASS, EDITION, TOPIC, LamGiang, ms
from tests.server.study.conftest import Open, shelve
from tests.server.study.test_beats import beat
from tests.server.study.test_handing import evidence, study, tomorrow

STUDY = (CLASS, TOPIC, EDITION)
BY = Decision("niêm phong ngày học", "Phép thử (tự khai)", "", ms(26, 1))
WEDNESDAY = date(2026, 11, 25)


def seal(house: House, today: date) -> None:
    with open_engine("sqlite") as engine:
        list(Sealer(house.books, house.archive, engine, house.rules.rulebook.readings, BY).seal(today))


def sealed_ms(house: House, cadre: int) -> int:
    """By the last seal of each day."""
    last = {said.date: said for said in evidence(house, cadre) if isinstance(said, StudyDay)}
    return sum(part.ms for said in last.values() for part in said.parts)


def ms_of(house: House, *cadres: int) -> int:
    return sum(provisional(house, cadres).by_study.values())


def test_minutes_show_at_once_and_move_into_evidence_with_the_seal(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    cadre = lam_giang.cadres["02"]
    clock.at_ms = ms(25, 20)
    study(house, clock, launched(), 20)
    assert provisional(house, [cadre]).parts == (Part(cadre, WEDNESDAY, STUDY, 600_000, 0),)
    clock.at_ms = ms(26, 0, 30)
    hand_over(house)
    assert provisional(house, [cadre]).by_day == {WEDNESDAY: 600_000}
    seal(house, house.today)
    assert provisional(house, [cadre]).parts == ()
    assert sealed_ms(house, cadre) == 600_000


def test_two_tabs_at_once_are_worth_one(house: House, clock: Clock, launched: Open, lam_giang: LamGiang) -> None:
    one, other = launched(), launched(class_code="L1")
    for sequence in range(1, 11):
        clock.at_ms += 15_000
        take_beats(house.store, one, [beat(2 * sequence)], clock.at_ms)
        clock.at_ms += 15_000
        take_beats(house.store, other, [beat(2 * sequence + 1)], clock.at_ms)
    assert ms_of(house, lam_giang.cadres["02"]) == 300_000


def test_what_comes_late_to_a_sealed_day_is_shown_without_what_was_sealed(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    cadre = lam_giang.cadres["02"]
    clock.at_ms = ms(25, 20)
    launch = launched()
    study(house, clock, launch, 10)
    clock.at_ms = ms(26, 0, 30)
    hand_over(house)
    seal(house, house.today)
    clock.at_ms = ms(26, 7)
    late = [beat(10 + number, age_ms=clock.at_ms - ms(25, 20, 5) - number * 30_000) for number in range(3)]
    take_beats(house.store, launch, late, clock.at_ms)
    assert provisional(house, [cadre]).parts == (Part(cadre, WEDNESDAY, STUDY, 60_000, 60_000),)


def test_the_hall_wins_over_the_clock(house: House, clock: Clock, launched: Open, lam_giang: LamGiang) -> None:
    clock.at_ms = ms(18, 7, 20)
    study(house, clock, launched(), 40)  # until 7:40, ten minutes into the session
    assert ms_of(house, lam_giang.cadres["02"]) == 1_200_000
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "18/11/2026 sáng")
    marks = {"Điểm danh": [head, (CLASS, "02", "Trần Thị Bình", "x")]}
    assert Office(lam_giang.folder).bring("attendance", marks) == 0
    assert ms_of(house, lam_giang.cadres["02"]) == 600_000


def test_files_that_were_merged_are_one_person(house: House, clock: Clock, launched: Open, lam_giang: LamGiang) -> None:
    kept, absorbed = lam_giang.cadres["02"], lam_giang.cadres["08"]
    one, other = launched(), launched(cadre=absorbed)
    study(house, clock, one, 4)
    with house.books.writing() as connection:
        merge(connection, kept, absorbed, Decision("cùng một người", "Trần Thị Bình", "Lê Văn Cường", clock.at_ms))
    clock.at_ms -= 60_000
    study(house, clock, other, 4)  # a minute of it at the same time
    assert ms_of(house, absorbed) == ms_of(house, kept) == ms_of(house, kept, absorbed) == 180_000
    assert {part.cadre for part in provisional(house, [absorbed]).parts} == {kept}


def test_what_the_books_refused_is_no_longer_shown(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    study(house, clock, launched(class_code="MOI"), 2)
    assert ms_of(house, lam_giang.cadres["02"]) == 60_000
    hand_over(tomorrow(house))
    assert ms_of(house, lam_giang.cadres["02"]) == 0


def test_nobody_elses_time_is_shown(house: House, clock: Clock, launched: Open, lam_giang: LamGiang) -> None:
    study(house, clock, launched(), 4)
    hand_over(tomorrow(house))
    study(house, clock, launched(), 4)
    assert provisional(house, [lam_giang.cadres["03"]]).parts == ()


@pytest.fixture
def tabs(house: House, clock: Clock, launched: Open) -> list[LiveLaunch]:
    """Two packages of one topic, each in a tab of its own."""
    clock.at_ms = ms(27, 23, 50)
    return [launched(), launched(package=shelve(house.store, "khac"))]


@pytest.mark.parametrize("handed", ["before", "in the middle"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(st.integers(0, 1), st.integers(1, 90_000), st.integers(0, 60_000)), max_size=20))
def test_the_next_seal_says_what_was_shown(
    handed: str, said: list[tuple[int, int, int]], house: House, tabs: list[LiveLaunch], clock: Clock
) -> None:
    cadre = tabs[0].cadre
    before = sealed_ms(house, cadre)
    for number, (tab, later, age_ms) in enumerate(said):
        clock.at_ms += later
        take_beats(house.store, tabs[tab], [beat(clock.at_ms % 1_000_000_000, 30_000, age_ms)], clock.at_ms)
        if handed == "in the middle" and number == 10:
            hand_over(tomorrow(house))
    shown = ms_of(house, cadre)
    hand_over(tomorrow(house))
    assert ms_of(house, cadre) == shown
    seal(house, date(2027, 1, 1))
    assert sealed_ms(house, cadre) - before == shown
    assert ms_of(house, cadre) == 0
