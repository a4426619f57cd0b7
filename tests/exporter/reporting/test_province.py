"""A province's figures, worked by hand on small books."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reporting.basis import SAMPLE
from boiduong_exporter.reporting.periods import Period
from boiduong_exporter.reporting.province import province_report
from boiduong_exporter.reporting.trend import Trend
from boiduong_exporter.reporting.unit import unit_report
from boiduong_exporter.reports.figures import Issuer, Part, ProvinceReport
from boiduong_records.store import open_books
from sqlalchemy import Connection

from tests.exporter.reporting.lam_giang import AS_OF, asked, founded, rules


def report(books: Connection, unit: str = "TU", **more: Any) -> ProvinceReport:
    return province_report(books, rules(), unit, asked(**more))


def rows(parts: Iterable[Part]) -> list[tuple[str, str, int, int, int, int]]:
    """Code, name, depth, people, owing, enough."""
    return [
        (part.code, part.name, part.depth, part.summary.people, part.summary.owing, part.summary.enough)
        for part in parts
    ]


def test_the_whole_counts_everyone_once(books: Connection) -> None:
    whole = report(books).whole
    assert (whole.people, whole.owing, whole.enough) == (7, 5, 2)
    standings = {standing: count for standing, count in whole.standings if count}
    assert standings == {Standing.ENOUGH: 2, Standing.SHORT: 3, Standing.OUTSIDE: 1, Standing.UNDETERMINED: 1}
    assert (whole.attendances, whole.events) == (4, 3)


def test_units_stand_in_the_order_of_the_tree_each_with_all_under_it(books: Connection) -> None:
    """Bình has a post in two of them; DU03 ended, and Khải's post in it was never ended."""
    assert rows(report(books).units) == [
        ("TU", "Riêng Tỉnh ủy Lam Giang (không kể đơn vị trực thuộc)", 1, 2, 0, 0),
        ("DU01", "Đảng ủy xã An Hòa", 1, 3, 3, 1),
        ("UB01", "Ủy ban nhân dân xã An Hòa", 2, 1, 1, 0),
        ("DU03", "Đảng ủy xã Bến Mai", 1, 1, 1, 0),
        ("DU02", "Đảng ủy xã Bình Minh", 1, 1, 1, 1),
        ("SO", "Sở Nội vụ tỉnh Lam Giang", 1, 1, 1, 0),
    ]


def test_by_todays_structure_what_was_merged_stands_in_its_heir(books: Connection) -> None:
    units = {row[0]: row for row in rows(report(books, structure="today").units)}
    assert "DU03" not in units
    assert units["DU02"] == ("DU02", "Đảng ủy xã Bình Minh", 1, 2, 2, 1)


def test_a_unit_under_one_that_was_merged_hangs_from_the_next_above(tmp_path: Path) -> None:
    office = founded(tmp_path, attended=False)
    head = ("Mã tổ chức", "Tên tổ chức", "Loại tổ chức", "Cấp", "Cấp trên", "Từ ngày", "Đến ngày", "Hợp nhất từ")
    left = ("CB", "Chi bộ thôn Đông", "Chi bộ", "Cơ sở", "DU03", "", "", "")
    assert office.bring("organizations", {"Tổ chức": [head, left]}, "them") == 0
    with open_books(office.books) as found, found.reading() as connection:
        units = rows(report(connection, structure="today").units)
    assert ("CB", "Chi bộ thôn Đông", 1, 0, 0, 0) in units


def test_groups_and_tiers_are_told_by_the_rules_own_labels(books: Connection) -> None:
    found = report(books)
    assert rows(found.groups) == [
        ("2", "Nhóm 2", 0, 1, 0, 0), ("3", "Nhóm 3", 0, 5, 5, 2), ("outside", "Ngoài chế độ", 0, 1, 0, 0),
    ]  # fmt: skip
    assert rows(found.tiers) == [
        ("trung-uong", "Trung ương", 0, 1, 0, 0), ("tinh", "Tỉnh", 0, 4, 4, 2), ("xa", "Xã", 0, 1, 1, 0),
        ("outside", "Ngoài chế độ", 0, 1, 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("as_of", [date(2025, 9, 1), date(2025, 12, 31), AS_OF, date(2031, 1, 1)])
@pytest.mark.parametrize("structure", ["period", "today"])
def test_groups_and_tiers_add_up_to_the_whole(books: Connection, as_of: date, structure: str) -> None:
    found = report(books, as_of=as_of, structure=structure)
    for parts in (found.groups, found.tiers):
        for standing, count in found.whole.standings:
            assert sum(dict(part.summary.standings)[standing] for part in parts) == count
        assert sum(part.summary.attendances for part in parts) == found.whole.attendances


def test_who_has_no_group_yet_has_a_row_of_their_own(books: Connection) -> None:
    """Before 2025 the books have no term, and under 164 no managing body makes a group."""
    found = report(books, as_of=date(2023, 1, 1))
    assert found.whole.people == sum(part.summary.people for part in found.groups)
    assert {part.name for part in found.groups} <= {"Chưa xác định nhóm", "Ngoài chế độ"}


def test_the_trend_judges_who_held_posts_at_the_end_of_each_quarter(books: Connection) -> None:
    """Dũng's class was in the autumn of 2025, An's in May; Lan came in February, Thu left at the end of March. No
    quarter before the term, though Khải has been in a class."""
    trend = report(books, as_of=AS_OF).trend
    assert [(point.name, point.owing, point.enough) for point in trend] == [
        ("Quý IV năm 2025", 5, 1),
        ("Quý I năm 2026", 6, 1),
        ("Quý II năm 2026", 5, 2),
        ("Quý III năm 2026", 5, 2),
    ]


def test_a_quarter_says_for_how_many_nobody_could_tell_what_they_owed(books: Connection) -> None:
    """Minh's managing body has no term in these books."""
    before = Period(date(2025, 12, 31), "Quý IV năm 2025")
    counts = {Standing.ENOUGH: 1, Standing.SHORT: 2, Standing.UNDETERMINED: 4, Standing.OUTSIDE: 8}
    standings = Counter({(before, standing): count for standing, count in counts.items()})
    found = Trend({before: frozenset({1})}, Period(AS_OF, ""), before.as_of, standings).points(report(books).whole)
    assert [(point.owing, point.enough, point.undetermined) for point in found] == [(3, 1, 4), (5, 2, 1)]


def test_the_trend_of_a_unit_begins_with_its_own_first_evidence(books: Connection) -> None:
    assert [point.name for point in report(books, "DU01").trend] == ["Quý II năm 2026", "Quý III năm 2026"]


def test_the_last_point_of_the_trend_is_the_report_itself(books: Connection) -> None:
    found = report(books, as_of=date(2026, 5, 20))
    last = found.trend[-1]
    assert (last.name, last.as_of) == ("Quý II năm 2026 (đến 20/05/2026)", date(2026, 5, 20))
    assert (last.owing, last.enough) == (found.whole.owing, found.whole.enough) == (5, 2)


@pytest.mark.parametrize("as_of", [date(2025, 4, 30), date(2031, 6, 30)])
def test_there_is_no_trend_without_a_running_term(books: Connection, as_of: date) -> None:
    assert report(books, as_of=as_of).trend == ()


def test_there_is_no_trend_where_the_books_have_no_evidence(books: Connection) -> None:
    assert report(books, "UB01").trend == ()


@pytest.mark.parametrize(
    ("unit", "issuer"),
    [
        ("TU", Issuer("Tỉnh ủy Lam Giang", "", "party")),
        ("DU01", Issuer("Đảng ủy xã An Hòa", "Tỉnh ủy Lam Giang", "party")),
        ("UB01", Issuer("Ủy ban nhân dân xã An Hòa", "", "state")),
    ],
)
def test_who_issues_is_named_with_the_body_above_where_both_papers_have_one_form(
    books: Connection, unit: str, issuer: Issuer
) -> None:
    assert report(books, unit).issuer == issuer


def test_an_organization_with_none_under_it_has_its_own_row_alone(books: Connection) -> None:
    own = "Riêng Ủy ban nhân dân xã An Hòa (không kể đơn vị trực thuộc)"
    assert rows(report(books, "UB01").units) == [("UB01", own, 1, 1, 1, 0)]


def test_a_province_and_a_units_list_count_alike(books: Connection) -> None:
    listed = unit_report(books, rules(), "TU", asked())
    standings = [person.verdict.standing for person in listed.people]
    found = report(books)
    assert {standing: standings.count(standing) for standing in Standing} == dict(found.whole.standings)
    assert listed.deeds() == found.deeds
    assert listed.basis == found.basis


def test_the_deeds_are_those_of_the_unit(books: Connection) -> None:
    found = report(books).deeds
    assert [(row.year, row.kind_label, row.classes, row.attendances) for row in found.years] == [
        (2025, "Bồi dưỡng, cập nhật kiến thức, kỹ năng", 2, 2),
        (2026, "Bồi dưỡng, cập nhật kiến thức, kỹ năng", 1, 1),
        (2026, "Loại khác", 1, 2),
    ]
    assert found.people == 5


def test_what_is_made_from_sample_books_says_so(tmp_path: Path, books: Connection) -> None:
    office = founded(tmp_path, sample=True, attended=False)
    with open_books(office.books) as found, found.reading() as connection:
        assert report(connection).basis.notice == SAMPLE
    assert report(books).basis.notice == ""


def test_the_trend_leaves_out_quarters_before_the_unit_had_anybody(books: Connection) -> None:
    empty, peopled = (Period(date(2025, month, day), "") for month, day in ((9, 30), (12, 31)))
    found = Trend({empty: frozenset(), peopled: frozenset({1})}, Period(AS_OF, ""), date(2025, 1, 1))
    assert [point.as_of for point in found.points(report(books).whole)] == [peopled.as_of, AS_OF]
