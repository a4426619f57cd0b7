"""Organizations and terms: any order, no circle, one state a day, and what a merger leaves behind."""

import unicodedata
from datetime import date

import pytest
from boiduong_records.tables import ORGANIZATION, SUCCESSION, TERM

from tests.exporter.imports import made
from tests.exporter.imports.made import TU, XA, Bench, organizations, told

END, START = date(2025, 6, 30), date(2025, 7, 1)


def codes(bench: Bench) -> set[str]:
    return {row["code"] for row in bench.table(ORGANIZATION)}


@pytest.mark.parametrize("turn", [1, -1])
def test_parents_may_stand_below_or_above_their_children(bench: Bench, turn: int) -> None:
    below = ("C1", "Chi bộ 1", "Chi bộ", "Cơ sở", "Đảng ủy xã Hòa An")
    bench.brought("organizations", organizations(*[TU, XA, below][::turn]))
    assert {row["code"]: row["parent"] for row in bench.table(ORGANIZATION)} == {"TU": "", "X01": "TU", "C1": "X01"}


def test_both_places_of_a_tone_and_both_forms_of_unicode_name_one_organization(bench: Bench) -> None:
    bench.brought("organizations", organizations(TU, ("X01", "Đảng uỷ xã Hoà An", "Đảng ủy xã", "Xã", "TU")))
    decomposed = unicodedata.normalize("NFD", "Đảng ủy xã Hòa An")
    bench.brought("organizations", organizations(("C1", "Chi bộ 1", "Chi bộ", "Cơ sở", decomposed)))
    assert bench.table(ORGANIZATION)[-1]["parent"] == "X01"


def test_a_circle_refuses_all_in_it_and_below_it(bench: Bench) -> None:
    report = bench.bring("organizations", organizations(
        ("A", "A", "Xã", "Xã", "B"), ("A", "A", "Đảng ủy xã", "Xã", "B"), ("B", "B", "Đảng ủy xã", "Xã", "A"),
        ("C", "C", "Đảng ủy xã", "Xã", "B"), ("D", "D", "Đảng ủy xã", "Xã", "D"), TU,
    ))  # fmt: skip
    assert bench.receipts(report) == {
        2: "refused V03", 3: "refused O03", 4: "refused O03", 5: "refused O01", 6: "refused O03", 7: "taken",
    }  # fmt: skip


def test_who_stood_above_whom_at_another_time_is_no_circle(bench: Bench) -> None:
    bench.brought("organizations", organizations(
        ("A", "Đảng ủy A", "Đảng ủy xã", "Xã", "B", "01/01/2010", "31/12/2019"),
        ("A", "Đảng ủy A", "Đảng ủy xã", "Xã", "", "01/01/2020"),
        ("B", "Đảng ủy B", "Đảng ủy xã", "Xã", "", "01/01/2000", "31/12/2019"),
        ("B", "Đảng ủy B", "Đảng ủy xã", "Xã", "A", "01/01/2020"),
    ))  # fmt: skip
    assert len(bench.table(ORGANIZATION)) == 4


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (("X01", "Tên mới", "Đảng ủy xã", "Xã", "TU", "01/07/2025"), "O02"),
        (("X01", "Tên mới", "Đảng ủy xã", "Xã", "TU", "01/07/2025", "01/06/2025"), "O04"),
        (("X01", "Tên mới", "Đảng ủy xã", "Xã", "TU"), ""),
    ],
)
def test_a_second_state_must_begin_after_the_first_ended(office: Bench, state: tuple[str, ...], code: str) -> None:
    report = office.bring("organizations", organizations(state))
    assert office.receipts(report) == {2: f"refused {code}" if code else "taken"}


def test_two_rows_of_one_day_refuse_the_second(bench: Bench) -> None:
    report = bench.bring("organizations", organizations(TU, TU))
    assert bench.receipts(report) == {2: "taken", 3: "refused O02"}


def test_a_merger_ends_the_old_and_names_them_as_predecessors(office: Bench) -> None:
    office.brought("organizations", organizations(
        (*XA, None, END), (*made.XB, None, END),
        ("X10", "Đảng ủy xã Hòa Hiệp", "Đảng ủy xã", "Xã", "TU", START, None, "Đảng uỷ xã Hoà An; X02"),
    ))  # fmt: skip
    descent = {(row["predecessor"], row["successor"], row["on_date"]) for row in office.table(SUCCESSION)}
    assert descent == {("X01", "X10", START), ("X02", "X10", START)}
    assert {row["code"]: row["valid_to"] for row in office.table(ORGANIZATION)} == {
        "TU": None, "X01": END, "X02": END, "X10": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("former", "starts", "code"), [("X99", START, "O01"), ("X01", None, "V01"), ("Đảng ủy xã Hòa", START, "O01")]
)
def test_a_merger_needs_its_day_and_known_predecessors(
    office: Bench, former: str, starts: date | None, code: str
) -> None:
    row = ("X10", "Đảng ủy xã Hòa Hiệp", "Đảng ủy xã", "Xã", "TU", starts, None, former)
    assert office.receipts(office.bring("organizations", organizations(row))) == {2: f"refused {code}"}
    assert office.table(SUCCESSION) == []


def test_what_grew_out_of_a_refused_row_is_refused_with_it(bench: Bench) -> None:
    report = bench.bring("organizations", organizations(
        TU, ("X01", "Đảng ủy xã Hòa An", "Đảng ủy xã", "Xã", "X01"),
        ("X10", "Đảng ủy xã Hòa Hiệp", "Đảng ủy xã", "Xã", "TU", START, None, "X01"),
        terms=[("X01", "2025-2030", "01/01/2025", "31/12/2029")],
    ))  # fmt: skip
    assert [problem.code for problem in report.problems] == ["O01", "O03", "O01"]
    assert (codes(bench), bench.table(SUCCESSION), bench.table(TERM)) == ({"TU"}, [], [])


def test_a_name_that_two_bear_is_asked_for_by_code(office: Bench) -> None:
    office.brought("organizations", organizations(("X03", "Đảng ủy xã Hòa An", "Đảng ủy xã", "Xã", "TU")))
    report = office.bring("organizations", organizations(("C1", "Chi bộ", "Chi bộ", "Cơ sở", "Đảng ủy xã Hòa An")))
    assert "ghi mã: X01, X03" in told(report)


FIRST, SECOND = ("TU", "2020-2025", "01/10/2020", "30/09/2025"), ("TU", "2025-2030", "01/10/2025", "30/09/2030")


def test_a_later_file_with_only_a_new_term_keeps_the_old_one(office: Bench) -> None:
    office.brought("organizations", {"Nhiệm kỳ": [made.TERM, FIRST]})
    office.brought("organizations", {"Nhiệm kỳ": [made.TERM, SECOND]})
    assert {row["name"] for row in office.table(TERM)} == {"2020-2025", "2025-2030"}


def test_terms_of_one_organization_never_overlap(office: Bench) -> None:
    early = ("TU", "2025-2030", "01/09/2025", "30/09/2030")
    report = office.bring("organizations", {"Nhiệm kỳ": [made.TERM, FIRST, early, ("X01", *early[1:])]})
    assert office.receipts(report) == {2: "refused O02", 3: "refused O02", 4: "taken"}


def test_a_term_told_twice_is_refused_the_second_time(office: Bench) -> None:
    report = office.bring("organizations", {"Nhiệm kỳ": [made.TERM, FIRST, (*FIRST[:3], "01/01/2025")]})
    assert office.receipts(report) == {2: "taken", 3: "refused O02"}
    assert len(office.table(TERM)) == 1


def test_a_term_is_held_against_the_others_as_the_file_corrects_them(office: Bench) -> None:
    office.brought("organizations", {"Nhiệm kỳ": [made.TERM, (*FIRST[:3], "31/12/2025")]})
    office.brought("organizations", {"Nhiệm kỳ": [made.TERM, SECOND, FIRST]})
    assert len(office.table(TERM)) == 2
