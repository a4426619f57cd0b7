"""The sample province is as large and as mixed as it is said to be."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from tools.demo.attending import attendance
from tools.demo.cadres import OUTSIDE, Cadre, cadres
from tools.demo.classes import BRIDGES, COURSES, MAIN_HALL, Form, class_tables
from tools.demo.province import CENTRE, LAST_DAY, MERGED, PROVINCE, Unit, terms, units

ALL = units()


@pytest.fixture(scope="module")
def people() -> list[Cadre]:
    return cadres(ALL, 2_000, Random(7))


def standing(day: date) -> list[Unit]:
    own = (unit for unit in ALL if unit.code != CENTRE)
    return [unit for unit in own if unit.starts and unit.starts <= day <= (unit.ends or date.max)]


@pytest.mark.parametrize("day", [LAST_DAY, MERGED])
def test_sixty_organizations_stand_before_the_merger_and_sixty_after(day: date) -> None:
    assert len(standing(day)) == 60


def test_two_provincial_committees_became_one() -> None:
    committees = {day: [unit for unit in standing(day) if not unit.parent] for day in (LAST_DAY, MERGED)}
    assert [len(found) for found in committees.values()] == [2, 1]
    assert set(committees[MERGED][0].former) == {unit.code for unit in committees[LAST_DAY]}


def test_every_organization_that_ended_has_an_heir_and_every_parent_stands() -> None:
    codes = {unit.code for unit in ALL}
    assert len(codes) == len(ALL)
    heirs = {code for unit in ALL for code in unit.former}
    assert heirs == {unit.code for unit in standing(LAST_DAY)}
    for unit in ALL:
        assert not unit.parent or unit.parent in codes


def test_the_province_has_two_terms_without_a_gap() -> None:
    first, second = [term for term in terms() if term.organization == PROVINCE]
    assert (first.name, second.name) == ("2020-2025", "2025-2030")
    assert (second.starts - first.ends).days == 1


def test_cadres_are_managed_by_all_tiers_and_some_by_none(people: list[Cadre]) -> None:
    authorities = Counter(cadre.now.authority for cadre in people)
    assert authorities[OUTSIDE] == 40
    assert authorities[CENTRE] > 5
    assert authorities[PROVINCE] > 200
    levels = {unit.code: unit.level for unit in ALL}
    assert {levels[code] for code in authorities if code != OUTSIDE} >= {"Trung ương", "Tỉnh", "Xã", "Cơ sở", "Huyện"}


def test_some_came_moved_left_or_hold_two_posts(people: list[Cadre]) -> None:
    day = date(2026, 11, 1)
    held = [[post for post in cadre.held if post.starts <= day <= (post.ends or date.max)] for cadre in people]
    assert sum(len(posts) == 2 for posts in held) > 3
    assert sum(not posts for posts in held) > 3
    assert sum(cadre.held[0].starts > MERGED for cadre in people) > 150
    assert sum(sum(post.starts > MERGED for post in cadre.held[1:]) > 0 for cadre in people) > 10


def test_thirty_classes_from_2020_to_2026_each_under_its_regulation() -> None:
    assert len({course.code for course in COURSES}) == 30
    assert {course.starts.year for course in COURSES} == set(range(2020, 2027))
    assert {course.scheme for course in COURSES if course.starts < date(2024, 5, 10)} == {"164"}
    assert {course.scheme for course in COURSES if course.starts >= date(2024, 5, 10)} == {"145"}
    assert max(course.days[-1] for course in COURSES) <= date(2026, 11, 20)


def test_nothing_is_held_at_a_weekend() -> None:
    assert {day.weekday() for course in COURSES for day in course.days} <= set(range(5))


def test_a_large_class_sits_in_a_hall_and_at_eight_bridges(people: list[Cadre]) -> None:
    rows = attendance(people, Random(1))["L2025-04"]
    assert len(rows) > 1_200
    assert {row.place for row in rows} == {MAIN_HALL, *BRIDGES}
    places = class_tables(())["Điểm học"]
    assert sum(row[0] == "L2025-04" for row in places) == 1 + len(BRIDGES)


def test_about_five_hundred_study_alone(people: list[Cadre]) -> None:
    rows = attendance(people, Random(1))
    learners = {row.cadre.code for course in COURSES if course.form is Form.BLENDED for row in rows[course.code]}
    assert 400 < len(learners) < 900


def test_nobody_attends_before_or_after_a_post(people: list[Cadre]) -> None:
    rows = attendance(people, Random(1))
    for course in COURSES:
        assert all(row.cadre.post_on(course.starts) for row in rows[course.code])
