"""The columns: how figures are rounded, and how reasons are told."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from boiduong_exporter.reports.columns import LINES, OWING, PEOPLE, Column, shown
from boiduong_exporter.reports.why import why
from boiduong_vocabulary.evidence import Exemption, Presence

from tests.exporter.credit.case import completed, local_rule, managed, present, rulebook, studied
from tests.exporter.reports.made import (
    BRIDGE,
    LATE,
    LONG,
    OTHER,
    RESOLUTION,
    UPDATE,
    bridged,
    everyone,
    figures,
    verdict,
)

STEP = Fraction(1, 10)
FREED = Exemption(date(2026, 1, 5), Fraction(2), "TB 5-TB/TU", "đi công tác dài ngày")


def column(key: str, columns: tuple[Column[Any], ...] = PEOPLE) -> Column[Any]:
    return next(each for each in columns if each.key == key)


def test_the_list_has_twenty_columns_and_no_key_twice() -> None:
    assert len(PEOPLE) == 20
    assert len({each.key for each in PEOPLE}) == 20
    assert len({each.key for each in LINES}) == len(LINES)
    assert len({each.heading for each in PEOPLE}) == 20


def test_days_are_rounded_down_and_what_is_missing_up() -> None:
    assert shown(Fraction(1379, 480), STEP, False) == 2.8
    assert shown(Fraction(1981, 480), STEP, True) == 4.2
    assert [each.key for each in PEOPLE if each.up] == ["shortfall"]


def test_a_hairs_breadth_short_is_never_shown_as_enough() -> None:
    found = verdict(*present(LONG, *range(13)), *present(LATE, 0, check_in=451, check_out=690))
    short = verdict(*present(LONG, *range(13)), *present(LATE, 0, check_in=511, check_out=690))
    assert found.standing.label == "đủ"  # 3/4 of the session is a whole one
    row = {each.key: each.value(1, figures(found=short)) for each in PEOPLE}
    assert row["standing"] == "còn thiếu"
    assert shown(row["credited"], STEP, False) == 6.8
    assert shown(row["shortfall"], STEP, True) == 0.2


def test_what_nobody_knows_has_no_figure() -> None:
    unknown = next(each for each in everyone() if each.verdict.standing.value == "undetermined")
    assert column("required").value(1, unknown) is None
    assert column("shortfall").value(1, unknown) is None
    assert column("term_ends").value(1, unknown) is None


def test_a_birth_of_which_only_the_year_is_known_stays_a_year() -> None:
    assert column("birth").value(1, figures(birth="1970")) == "1970"
    assert column("birth").value(1, figures(birth="")) == ""


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ((), "chưa dự buổi nào"),
        (present(UPDATE, presence=Presence.EXCUSED), "vắng có phép 4 buổi"),
        ((FREED, *present(UPDATE)), "miễn 2 ngày theo TB 5-TB/TU"),
        ((FREED,), "miễn 2 ngày theo TB 5-TB/TU; chưa dự buổi nào"),
        (present(UPDATE), ""),
        (present(RESOLUTION), "3 buổi không tính: quán triệt nghị quyết"),
        (present(OTHER), "2 buổi chờ quyết định: loại khác"),
        (present(UPDATE, presence=Presence.ABSENT), "vắng 4 buổi"),
        (present(LATE, 0, check_in=511, check_out=690), "1 buổi tính một phần (179/240 phút)"),
        (
            (*present(UPDATE), studied(168, code="CN-01"), completed("CN-01", minimum_seconds=180 * 60)),
            "1 chuyên đề chưa hoàn thành",
        ),
        ((*present(UPDATE), completed("CN-01", score=0)), "1 chuyên đề chưa hoàn thành"),
        (
            (*present(RESOLUTION), *present(OTHER)),
            "3 buổi không tính: quán triệt nghị quyết; 2 buổi chờ quyết định: loại khác",
        ),
    ],
)
def test_a_reason_is_one_short_sentence(evidence: Any, said: str) -> None:
    assert why(figures(found=verdict(*evidence))) == said


def test_a_reason_without_a_kind_of_class_is_told_itself() -> None:
    unpassed = verdict(*present(UPDATE), book=rulebook(result_required=True))
    assert why(figures(found=unpassed)) == "4 buổi không tính: chưa có kết quả đạt của lớp"
    hall_only = rulebook(local_rule("01-CV/TU", ("TU",), minimum_days=Fraction(7), in_person_only=True))
    assert why(figures(found=verdict(*present(BRIDGE), book=hall_only))) == (
        "2 buổi chờ quyết định: học tại điểm cầu, văn bản chỉ nhận trực tiếp"
    )


def test_many_reasons_end_with_how_many_more_there_are() -> None:
    assert why(figures()).endswith("; và 1 lý do khác")


def test_who_owes_nothing_is_told_why() -> None:
    said = {each.verdict.standing.label: why(each) for each in everyone()}
    assert said["được miễn"] == "miễn toàn bộ nhiệm kỳ theo QĐ 12-QĐ/TU"
    assert said["ngoài chế độ"] == "Đến ngày 01/11/2026 không thuộc đối tượng phải bồi dưỡng; đã dự 0 ngày"
    assert said["chưa xác định"] == (
        "Chưa xác định được số ngày tối thiểu; đã dự 0 ngày (chưa xét theo nhiệm kỳ); "
        "chưa có diện quản lý cán bộ trong sổ"
    )


def test_who_no_longer_holds_a_managed_post_is_told_so() -> None:
    left = figures(found=verdict(*present(UPDATE), managements=(managed("TU", None, date(2026, 6, 30)),)))
    assert why(left) == (
        "Đến ngày 01/11/2026 không thuộc đối tượng phải bồi dưỡng; đã dự 2 ngày; "
        "không còn giữ chức vụ thuộc diện quản lý"
    )


def test_days_that_wait_to_be_in_person_stand_in_the_column_and_in_the_reason() -> None:
    found = figures(found=bridged())
    assert column("waiting").value(1, found) == 7
    assert (
        why(found) == "còn thiếu ngày trực tiếp (tối thiểu 7 ngày); "
        "7 ngày đã được tính, chờ quyết định có là trực tiếp không"
    )


def test_a_post_does_not_repeat_the_unit_beside_it_nor_itself() -> None:
    posts = (
        "Bí thư – Đảng ủy xã An Hòa",
        "Bí thư – Đảng ủy xã An Hòa",
        "Chủ tịch – HĐND xã An Hòa",
        "Đảng ủy xã An Hòa",
    )
    assert column("posts").value(1, figures(posts=posts)) == "Bí thư; Chủ tịch – HĐND xã An Hòa; Đảng ủy xã An Hòa"


def test_the_shorter_list_is_a_part_of_the_whole_one() -> None:
    assert set(OWING) < set(PEOPLE)
    assert {"shortfall", "term_ends", "why"} <= {each.key for each in OWING}
