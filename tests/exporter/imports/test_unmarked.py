"""Sheets are prepared for everyone; whom nobody marked is no fault."""

from typing import Any

import pytest
from boiduong_records.receipts import Outcome, read

from tests.exporter.imports import made
from tests.exporter.imports.made import MARKED, Bench, attendance, told


def row(*marks: Any, code: str = "00001", name: str = "Nguyễn Văn An") -> tuple[Any, ...]:
    return (code, name, None, None, made.AT_HALL, *marks)


def test_a_row_without_a_mark_is_skipped_and_says_why(office: Bench) -> None:
    report = office.bring("attendance", attendance(row("x", "x"), row(None, None, code="00002", name="Trần Thị Ba")))
    assert report.counts == {Outcome.TAKEN: 1, Outcome.SKIPPED: 1}
    with office.books.reading() as connection:
        reasons = [receipt.reason for receipt in read(connection, report.batch).receipts]
    assert reasons == ["", "chưa đánh dấu buổi nào"]


def test_the_unmarked_are_told_once_for_each_sheet_with_their_number(office: Bench) -> None:
    empty = [row(None, None, code="00002", name="Trần Thị Ba"), row(" ", None, name="Không có trong sổ")]
    one = attendance(row("x", "x"), *empty)["DD"]
    report = office.bring("attendance", {"A": one, "B": one[:4], "C": one[:3]})
    assert [(str(problem.place), problem.message) for problem in report.problems] == [
        ("tep.xlsx:A:2", "2 dòng chưa đánh dấu buổi nào, nên bỏ qua"),
        ("tep.xlsx:B:2", "1 dòng chưa đánh dấu buổi nào, nên bỏ qua"),
    ]
    assert Outcome.REFUSED not in report.counts


def test_a_result_alone_is_something(office: Bench) -> None:
    head = (*MARKED[:2], "Điểm kiểm tra")
    assert office.brought("attendance", attendance(("00001", "Nguyễn Văn An", 0), head=head)).problems == []
    assert len(office.entries()) == 1


@pytest.mark.parametrize("word", ["muộn", "đến muộn", "Trễ", "muộn 20p"])
def test_coming_late_is_no_mark_but_a_time(office: Bench, word: str) -> None:
    report = office.bring("attendance", attendance(row(word, "x")))
    assert office.receipts(report) == {3: "refused V03"}
    assert "đến muộn thì ghi giờ vào-ra, ví dụ 8:20-11:15" in told(report)
