"""What is told can be found: the cell, the day as people write it, the command whole."""

from typing import Any

import pytest
from boiduong_exporter.faults import Code
from boiduong_records.receipts import read

from tests.exporter.imports import made
from tests.exporter.imports.made import AN, Bench, attendance, roster, told
from tests.exporter.imports.test_codes import CASES, cadre

HALL = (None, made.AT_HALL, "x", "x")
CELLS: dict[Code, list[tuple[str, Any, str]]] = {
    Code.UNKNOWN_ORGANIZATION: [
        ("roster", roster((*AN[:4], "Đảng ủy Đâu", *AN[5:])), "ô E2, cột «Đơn vị»: chưa có tổ chức «Đảng ủy Đâu»"),
        ("roster", roster((*AN[:7], "Đảng ủy Đâu")), "ô H2, cột «Diện quản lý»: chưa có"),
        ("organizations", made.organizations((*made.XA[:4], "Đâu")), "ô E2, cột «Cấp trên»: chưa có"),
        ("attendance", attendance(("", "Lý Lạ", "1990", "Đâu", *HALL[1:])), "ô D3, cột «Đơn vị»: chưa có"),
    ],
    Code.UNKNOWN_PLACE: [
        ("attendance", attendance(("00001", AN[1], None, None, "Đâu", "x", "x")), "ô E3, cột «Điểm học»: lớp"),
    ],
    Code.NOBODY: [("attendance", attendance(("00009", "Lý Lạ", None, *HALL)), "ô B3, cột «Họ và tên»: sổ chưa có")],
    Code.SEVERAL_PEOPLE: [
        ("attendance", attendance(("", "Nguyễn Văn An", "1971", "X01", *HALL[1:])), "ô B3, cột «Họ và tên»: chưa rõ"),
    ],
    Code.ANOTHER_PERSON: [("roster", roster(cadre("00001")), "ô A2, cột «Mã cán bộ»: mã cán bộ «00001»")],
}  # fmt: skip


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in CELLS.items() for case in cases])
def test_a_message_about_a_value_names_its_cell(office: Bench, code: Code, case: tuple[str, Any, str]) -> None:
    kind, file, words = case
    (problem,) = (each for each in office.bring(kind, file).problems if each.code == code)
    assert problem.message.startswith(words)


@pytest.mark.parametrize("code", [Code.SEVERAL_PEOPLE, Code.ANOTHER_PERSON])
def test_days_of_birth_are_told_as_people_write_them(office: Bench, code: Code) -> None:
    kind, file, _ = CELLS[code][0]
    assert "Nguyễn Văn An, sinh 12/03/1970, mã 00001" in told(office.bring(kind, file))


@pytest.mark.parametrize("code", CASES)
def test_no_message_and_no_receipt_has_a_gap_of_two_spaces(office: Bench, code: Code) -> None:
    report = office.bring(*CASES[code][:2])
    with office.books.reading() as connection:
        reasons = [receipt.reason for receipt in read(connection, report.batch).receipts]
    told_ = [*reasons, *(text for problem in report.problems for text in (problem.message, problem.hint))]
    assert [text for text in told_ if "  " in text or text != text.strip()] == []


@pytest.mark.parametrize("title", ["Mã số", "MÃ SỐ", "Mã CB"])
def test_a_code_may_stand_under_another_heading(office: Bench, title: str) -> None:
    office.brought("roster", {"DS": [(title, *made.ROSTER[1:]), cadre("00009", "Lý Lạ")]})
    office.brought("attendance", attendance(("00009", "Lý Lạ", None, *HALL), head=(title, *made.MARKED[1:])))
    assert len(office.entries()) == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([cadre(None, f"Người {letter}") for letter in "ABCD"], ["4 người chưa có mã cán bộ"]),
        ([cadre(None, "Người A"), (None, "Người A", "1980", "Phó ban", "X01", None, None, "TU")], ["1 người chưa"]),
        ([(None, *AN[1:])], []),
        ([cadre("00009")], []),
    ],
)
def test_a_roster_tells_how_many_of_its_people_have_no_code(office: Bench, rows: Any, words: list[str]) -> None:
    for _ in "ab":  # as well when the file is brought again
        notes = [each.message for each in office.brought("roster", roster(*rows)).problems if each.code == "N07"]
        assert [note[: len(word)] for note, word in zip(notes, words, strict=True)] == words
