"""The list of the officer's faults, a real file for each, and the page that explains them."""

import re
from datetime import date
from pathlib import Path

import pytest
from boiduong_exporter.faults import WARNINGS, Code, fault
from boiduong_exporter.readers.fields import Field, Spec, clock, text
from boiduong_exporter.readers.sheet import read_tables
from boiduong_vocabulary.problem import Place, Severity
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.exporter.imports.test_codes import CASES as IMPORTS
from tests.exporter.logs.test_codes import CASES as LOGS
from tests.exporter.logs.test_codes import IMPORTED as IMPORTED_LOGS
from tests.exporter.papers.test_template import CASES as TEMPLATES
from tests.exporter.readers.books import AN, ATTENDANCE, HEADER, ROSTER, csv, far_away, saved, xlsx
from tests.exporter.readers.test_rows import hide
from tests.exporter.readers.test_workbook import GOOD, OLE
from tests.exporter.rulebook.test_rules import TOLD as RULES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "loi-nhap-lieu.md").read_text("utf-8")
READERS = [code for code in Code if code[0] in "BV"]
MARKED = Spec(
    "m", "M", (*ROSTER.fields, Field("in", "Giờ vào", clock)), marks=(Field("c", "Mã lớp", text, required=True),)
)
SESSION = "05/03/2026 Sáng"
OTHERS = {"pairs": [Spec("p", "Cặp", (Field("k", "Khóa", text, required=True), Field("v", "Giá trị", text)))]}


def dressed(sheet: Worksheet) -> None:
    sheet["B2"].font = Font(name=".VnTime")


def sheets() -> bytes:
    book = Workbook()
    book.worksheets[0].append(["Hướng dẫn"])
    for row in (HEADER, AN):
        (book["Lớp"] if "Lớp" in book.sheetnames else book.create_sheet("Lớp")).append(row)
    return saved(book)


def by_sex(sheet: Worksheet) -> None:
    sheet.merge_cells("C1:D1")


def row(*cells: object) -> bytes:
    return xlsx([HEADER, cells])


CASES: dict[Code, tuple[bytes, Spec]] = {
    Code.NOT_A_TABLE_FILE: (GOOD[:-99], ROSTER),
    Code.LOCKED: (OLE + "EncryptedPackage".encode("utf-16-le"), ROSTER),
    Code.OLD_WORKBOOK: (OLE, ROSTER),
    Code.EMPTY_FILE: (saved(Workbook()), ROSTER),
    Code.TOO_LARGE: (xlsx([HEADER, AN], far_away), ROSTER),
    Code.NOT_UTF8: ("Mã cán bộ".encode("utf-16-le"), ROSTER),
    Code.NO_TABLE: (xlsx([["Ho va ten"]]), ROSTER),
    Code.MISSING_COLUMN: (xlsx([["Mã cán bộ", "Chức vụ"], ["1", "a"]]), ROSTER),
    Code.NEAR_HEADER: (xlsx([["Mã CB", "Họ tên", "dối tượng"]]), ROSTER),
    Code.UNKNOWN_COLUMN: (xlsx([[*HEADER, "Quê quán"]]), ROSTER),
    Code.IDENTIFIER_COLUMN: (xlsx([[*HEADER, "CCCD"]]), ROSTER),
    Code.REPEATED_COLUMN: (xlsx([["Mã CB", "Họ tên", SESSION, SESSION]]), ATTENDANCE),
    Code.HIDDEN: (xlsx([HEADER, AN], hide), ROSTER),
    Code.SHEET_LEFT_OUT: (sheets(), ROSTER),
    Code.EMPTY_TABLE: (xlsx([HEADER]), ROSTER),
    Code.OPEN_QUOTE: (csv([HEADER, ["1", '"A'], AN]), ROSTER),
    Code.LONG_ROW: (csv([HEADER, [*AN, "x"]]), ROSTER),
    Code.MISSING_MARK: (xlsx([HEADER, AN]), MARKED),
    Code.CONVERTED: (xlsx([HEADER, ["1", "NguyÔn"]], dressed), ROSTER),
    Code.ANOTHER_KIND: (xlsx([["Khóa", "Giá trị"], ["a", "b"]]), ROSTER),
    Code.EMPTY_VALUE: (row(None, "A", "1970"), ROSTER),
    Code.BAD_VALUE: (row("1", "A 2"), ROSTER),
    Code.UNKNOWN_CHOICE: (row("1", "A", None, "Ban Thường cụ"), ROSTER),
    Code.LOST_ZERO: (xlsx([HEADER, AN, [123, "B"]]), ROSTER),
    Code.BAD_DATE: (row("1", "A", "31/02/1970"), ROSTER),
    Code.MADE_A_DATE: (xlsx([HEADER, ["1", "A", None, None, date(2026, 4, 3)]]), ROSTER),
    Code.BAD_NUMBER: (row("1", "A", None, None, "nhiều"), ROSTER),
    Code.BAD_TIME: (xlsx([["Mã CB", "Họ tên", "Giờ vào"], ["1", "A", "25:00"]]), MARKED),
    Code.CELL_ERROR: (row("1", "#N/A"), ROSTER),
    Code.NOT_COMPUTED: (row("1", "=A1"), ROSTER),
    Code.OLD_TEXT: (row("1", "NguyÔn V¨n An"), ROSTER),
    Code.PERSONAL_NUMBER: (row("001070012345", "A"), ROSTER),
    Code.CONFLICT: (
        xlsx([["Mã CB", "Họ tên", "Ngày sinh"], [None, None, "Nam", "Nữ"], ["1", "A", "1970", "1980"]], by_sex), ROSTER,
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_a_file_with_this_fault_is_told_so(code: Code) -> None:
    data, spec = CASES[code]
    file = "a.csv" if code in (Code.NOT_UTF8, Code.OPEN_QUOTE, Code.LONG_ROW) else "a.xlsx"
    found = [problem for problem in read_tables(data, file, [spec], OTHERS).all_problems() if problem.code == code]
    assert found
    assert all(problem.message and problem.hint for problem in found)


def test_every_code_of_the_readers_has_a_case() -> None:
    assert list(CASES) == READERS


def test_codes_are_a_letter_and_two_digits_in_order() -> None:
    by_letter: dict[str, list[str]] = {}
    for code in Code:
        by_letter.setdefault(code[0], []).append(code)
    assert all(codes == [f"{letter}{n:02}" for n in range(1, len(codes) + 1)] for letter, codes in by_letter.items())


def test_a_fault_is_an_error_unless_its_code_is_a_warning() -> None:
    severities = {code: fault(code, Place("a.xlsx"), "m", "h").severity for code in Code}
    assert {code for code, severity in severities.items() if severity is Severity.WARNING} == WARNINGS


def test_every_code_has_a_case_in_one_of_the_rooms() -> None:
    ruled = {code for code, *_ in RULES}
    assert [*CASES, *IMPORTS, *sorted(ruled), *TEMPLATES, *LOGS, *IMPORTED_LOGS] == list(Code)


def test_every_code_is_explained_in_the_docs_and_no_other_is() -> None:
    assert re.findall(r"^### ([A-Z]\d\d)\b", PAGE, re.MULTILINE) == [code.value for code in Code]


def test_each_paragraph_says_what_to_do_and_the_page_names_each_letter() -> None:
    paragraphs = re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
    assert [each[:3] for each in paragraphs if "\nSửa: " not in each] == []
    letters = list(dict.fromkeys(code[0] for code in Code))
    assert re.findall(r"^## ([A-Z])\. ", PAGE, re.MULTILINE) == letters


def test_the_page_marks_just_the_warnings_as_such() -> None:
    marked = re.findall(r"^### ([A-Z]\d\d)\b.*\(cảnh báo\)$", PAGE, re.MULTILINE)
    assert marked == [code.value for code in Code if code in WARNINGS]
