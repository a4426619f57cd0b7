"""A unit's people as a list: the same people, in the same order, with the same figures as its report."""

from datetime import date
from pathlib import Path

import pytest
from boiduong_exporter.gathering.people import everyone, some
from boiduong_exporter.gathering.structure import of_period, of_today
from boiduong_exporter.gathering.world import world
from boiduong_exporter.reporting.members import (
    Member,
    Roll,
    cadre_of,
    cadre_with,
    figures_of,
    meant,
    members,
    membership,
)
from boiduong_exporter.reporting.unit import unit_report
from boiduong_records.decision import Decision
from boiduong_records.merging import merge
from boiduong_records.people import subject_of
from boiduong_records.store import open_books
from boiduong_vocabulary.vietnamese import name_order
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.exporter.reporting.lam_giang import AS_OF, TODAY, asked, founded, rules

NAMES = ("Lý Văn Hoà", "Lý Văn Hòa", "An", "Lê An", "Đỗ Ân", "Vũ Văn Hòa", "", "Lý Hoa")
DAYS = (date(2026, 3, 1), AS_OF, TODAY)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("unit", ["TU", "DU01", "DU02", "DU03", "SO", "UB01"])
def test_a_list_has_whom_the_units_report_has(books: Connection, unit: str, day: date) -> None:
    known = world(books, rules().kinds)
    there = membership(books, of_period(known, day), unit, day)
    listed = [each.cadre for each in members(books, there.cadres).part(0, 100)]
    figures = [person for _, person in figures_of(books, rules(), known, listed, asked(day))]
    reported = list(unit_report(books, rules(), unit, asked(day)).people)
    assert [(each.code, each.name, each.verdict) for each in figures] == [
        (each.code, each.name, each.verdict) for each in reported
    ]


def test_today_what_was_merged_is_counted_with_its_heir(books: Connection) -> None:
    known = world(books, rules().kinds)
    there = membership(books, of_today(books, known, TODAY), "TU", TODAY)
    assert there.by_part() == {"DU01": 3, "DU02": 2, "SO": 1}


@pytest.mark.parametrize("at_seq", [None, 10, 20, 40])
def test_some_people_are_read_as_everyone_is(books: Connection, at_seq: int | None) -> None:
    whole = everyone(books, at_seq)
    for who in whole:
        assert some(books, [who.cadre], at_seq) == [who]
    assert some(books, [who.cadre for who in whole], at_seq) == whole
    assert some(books, [9_999], at_seq) == []


def test_some_people_are_named_by_any_of_their_merged_files(tmp_path: Path) -> None:
    with open_books(founded(tmp_path).books) as opened:
        with opened.reading() as connection:
            kept, absorbed = (cadre_with(connection, code) for code in ("02", "04"))
        assert kept
        assert absorbed
        with opened.writing() as connection:
            merge(connection, kept, absorbed, Decision("một người", "Người ghi", "Người duyệt", 1))
        with opened.reading() as connection:
            (one,) = (who for who in everyone(connection) if who.cadre == kept)
            assert (
                some(connection, [absorbed]) == some(connection, [kept]) == some(connection, [kept, absorbed]) == [one]
            )
            assert len(one.subjects) == 2
            assert cadre_of(connection, subject_of(connection, absorbed)) == kept
            assert cadre_with(connection, "04") == kept


@pytest.mark.parametrize(
    ("said", "is_meant"),
    [
        ("", True), ("hoà", True), ("hòa", True), ("Hoa", True), ("HÒA", True), ("hóa", False), ("ly  van", True),
        ("cb1", True), ("CB1", True), ("b1", False),
    ],
)  # fmt: skip
def test_whom_a_search_means(said: str, is_meant: bool) -> None:
    assert meant(said)(Member(1, "CB1", "Lý Văn Hoà")) is is_meant


def test_a_code_that_nobody_has_names_nobody(books: Connection) -> None:
    assert (cadre_with(books, "99"), cadre_with(books, ""), cadre_of(books, "0" * 32)) == (None, None, None)


@given(
    st.lists(
        st.sampled_from(["Lý Văn Hoà", "Lý Văn Hòa", "An", "Lê An", "Đỗ Ân", "Vũ Văn Hòa", "", "Lý Hoa"]), max_size=30
    ),
    st.integers(0, 35),
    st.integers(0, 10),
)
def test_a_part_of_a_roll_is_that_part_of_the_whole_list(names: list[str], first: int, count: int) -> None:
    roll = Roll([Member(number, "", name) for number, name in enumerate(names)])
    whole = sorted(roll.people, key=lambda each: (name_order(each.name), each.cadre))
    assert roll.part(first, count) == whole[first : first + count]
