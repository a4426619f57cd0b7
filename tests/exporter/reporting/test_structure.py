"""Whose people a unit's report shows, before and after the merger of 2025."""

from dataclasses import replace
from datetime import date

from boiduong_exporter.credit.facts import Post, Span
from boiduong_exporter.gathering.people import Who
from boiduong_exporter.gathering.structure import Structure, of_period

from tests.exporter.credit.case import ORGANIZATIONS, organization, world

MERGED = date(2025, 7, 1)
OLD = replace(organization("DU1", parent="HU"), span=Span(None, date(2025, 6, 30)))
DISTRICT = replace(organization("HU", parent="TU"), span=Span(None, date(2025, 6, 30)))
NEW = replace(organization("DUM", parent="TU"), span=Span(MERGED, None))
WORLD = world(organizations=(*ORGANIZATIONS, OLD, DISTRICT, NEW))
BEFORE = Post("Bí thư", "DU1", Span(None, date(2025, 6, 30)))
AFTER = Post("Phó Bí thư", "DUM", Span(MERGED, None))
SOMEONE = Who(1, "1", "Nguyễn Văn An", "1970", (BEFORE, AFTER), (), ("a",))


def test_by_the_structure_of_the_period_people_stand_where_they_stood() -> None:
    then = of_period(WORLD, date(2025, 3, 1))
    assert then.posts_in(SOMEONE, "HU", date(2025, 3, 1)) == (BEFORE,)
    assert then.posts_in(SOMEONE, "DUM", date(2025, 3, 1)) == ()
    now = of_period(WORLD, date(2026, 3, 1))
    assert now.posts_in(SOMEONE, "DUM", date(2026, 3, 1)) == (AFTER,)
    assert now.posts_in(SOMEONE, "HU", date(2026, 3, 1)) == ()


def test_by_todays_structure_a_unit_that_was_merged_counts_with_its_heir() -> None:
    today = Structure(WORLD, date(2026, 3, 1), {"DU1": ("DUM",), "HU": ("TU",)})
    assert today.posts_in(SOMEONE, "DUM", date(2025, 3, 1)) == (BEFORE,)
    assert today.posts_in(SOMEONE, "TU", date(2025, 3, 1)) == (BEFORE,)
    assert today.was_ever_in(SOMEONE, "DUM")


def test_heirs_in_a_circle_end_somewhere() -> None:
    circle = Structure(WORLD, date(2026, 3, 1), {"DU1": ("DUM",), "DUM": ("DU1",)})
    assert circle.unit_of("DU1") in {"DU1", "DUM"}
