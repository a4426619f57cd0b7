"""Plans: each import a version of one body's plan of one year, whole or not at all."""

import pytest
from boiduong_records.receipts import Outcome
from boiduong_records.tables import PLAN_LINE

from tests.exporter.imports.made import Bench, plan

ONE, TWO = ("1", "Cấp ủy viên", 2, 100, "đã duyệt"), ("2", "Bí thư chi bộ", 1, None, "đề xuất")
MOVED = "chuyển sang kế hoạch khác"


def lines(bench: Bench, at_seq: int | None = None) -> dict[str, str]:
    return {row["number"]: row["state"] for row in bench.table(PLAN_LINE, at_seq)}


def test_a_later_file_replaces_the_plan_and_the_earlier_one_can_still_be_read(bench: Bench) -> None:
    first = bench.brought("plan", plan(ONE, TWO))
    second = bench.brought("plan", plan((*ONE[:4], "nghiên cứu")))
    assert lines(bench) == {"1": "nghiên cứu"}
    assert lines(bench, first.seq) == {"1": "đã duyệt", "2": "đề xuất"}
    assert second.counts == {Outcome.TAKEN: 1}


def test_a_line_left_out_is_a_change_though_no_row_is_new(bench: Bench) -> None:
    bench.brought("plan", plan(ONE, TWO))
    report = bench.brought("plan", plan(ONE))
    assert (report.counts, report.seq is None, lines(bench)) == ({Outcome.UNCHANGED: 1}, False, {"1": "đã duyệt"})


@pytest.mark.parametrize(("year", "owner"), [(2027, "Ban Tổ chức Tỉnh ủy"), (2026, "Huyện ủy Cao Lãnh")])
def test_plans_of_other_years_and_bodies_are_left_alone(bench: Bench, year: int, owner: str) -> None:
    bench.brought("plan", plan(ONE, TWO))
    bench.brought("plan", plan(ONE, year=year, owner=owner))
    assert len(bench.table(PLAN_LINE)) == 3


def test_a_body_is_the_same_however_its_name_is_typed(bench: Bench) -> None:
    bench.brought("plan", plan(ONE, TWO))
    assert bench.brought("plan", plan(ONE, TWO, owner="BAN TỔ CHỨC  TỈNH UỶ")).seq is None


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ((*TWO[:4], "đang nghĩ"), "V03"), ((*TWO[:4], MOVED), "V01"), (("1", *TWO[1:]), "C11"),
        (("2", "Bí thư", "vài", None, "đề xuất"), "V07"),
    ],
)  # fmt: skip
def test_a_broken_line_leaves_the_old_plan_whole(bench: Bench, bad: tuple[object, ...], code: str) -> None:
    bench.brought("plan", plan(ONE, TWO))
    report = bench.bring("plan", plan((*ONE[:4], "nghiên cứu"), bad))
    assert set(bench.receipts(report).values()) == {f"refused {code}"}
    assert [problem.code for problem in report.problems] == [code]
    assert lines(bench) == {"1": "đã duyệt", "2": "đề xuất"}


def test_a_moved_line_says_where_it_went(bench: Bench) -> None:
    bench.brought("plan", plan((*ONE[:4], MOVED, "Kế hoạch 2027, dòng 3")))
    assert [row["moved_to"] for row in bench.table(PLAN_LINE)] == ["Kế hoạch 2027, dòng 3"]


def test_a_second_sheet_that_cannot_be_read_keeps_the_plan_back(bench: Bench) -> None:
    bench.brought("plan", plan(ONE, TWO))
    good = plan(ONE)["KH"]
    bad = [*good[:2], ("Mã dòng", "Đối tượng", "Số lớp"), ("2", "Bí thư", 1)]
    assert bench.bring("plan", {"KH": good, "Tiếp": bad}).counts == {Outcome.REFUSED: 2}
    assert len(lines(bench)) == 2


@pytest.mark.parametrize("year", ["26", "năm nay", "20266"])
def test_a_year_is_four_digits_of_our_time(bench: Bench, year: str) -> None:
    report = bench.bring("plan", plan(ONE, year=year))
    assert (report.counts, [problem.code for problem in report.problems]) == ({Outcome.REFUSED: 1}, ["V07"])
