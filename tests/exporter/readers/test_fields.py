"""The parsers, each on a cell of a real workbook or CSV file."""

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import pytest
from boiduong_exporter.readers.fields import birth, clock, code, day, days, name, span, text, whole, yes_no
from openpyxl.worksheet.worksheet import Worksheet

from tests.exporter.readers.books import GROUPS, csv, csv_value, table, value, xlsx

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "content",
    [
        DAY,
        datetime(2026, 3, 5, 8, 30),
        46086,
        "05/03/2026",
        "5-3-2026",
        "2026-03-05",
        "05.03.2026",
        "05/03/2026 00:00",
        "2026-03-05T00:00:00",
        " 5/3/2026 ",
    ],
)
def test_a_day_is_read_however_it_is_written(content: Any) -> None:
    assert value(day, content) == DAY


def test_a_day_of_a_workbook_that_counts_from_1904_is_the_same_day() -> None:
    def from_1904(sheet: Worksheet) -> None:
        sheet.parent.epoch = datetime(1904, 1, 1)  # type: ignore[union-attr]
        sheet["B2"] = DAY

    assert value(day, None, shape=from_1904) == DAY
    assert value(day, None, shape=lambda sheet: (from_1904(sheet), sheet.__setitem__("B2", 46086 - 1462))[0]) == DAY


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("5/3/26", "viết đủ bốn chữ số của năm: 5/3/1926 hay 5/3/2026"),
        ("31/02/2026", "xem lại ngày"),
        ("12/31/2026", "có phải 31/12/2026?"),
        ("hôm qua", "viết đủ ngày/tháng/năm"),
        ("2026", "chỉ có năm thì chưa đủ"),
        (2026, "chỉ có năm thì chưa đủ"),
        (46086.5, "viết đủ"),
        ("05/03/1026", "xem lại năm"),
        (True, "viết đủ"),
    ],
)
def test_what_is_no_day_is_refused_with_a_way_out(content: Any, hint: str) -> None:
    refusal = value(day, content)
    assert refusal.startswith("V05 ")
    assert hint in refusal


@pytest.mark.parametrize("content", ["1970", 1970])
def test_a_birth_may_be_a_year_alone(content: Any) -> None:
    assert value(birth, content) == "1970"


def test_a_birth_is_a_day_or_a_year_but_no_month() -> None:
    assert value(birth, date(1970, 3, 12)) == value(birth, "12/3/1970") == "1970-03-12"
    assert "V05" in value(birth, "03/1970")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("1/2", "1/2"),
        ("2,5", "5/2"),
        ("2.5", "5/2"),
        (2.5, "5/2"),
        (0.1, "1/10"),
        (0, "0"),
        ("2 ngày", "2"),
        ("1 1/2", "3/2"),
    ],
)
def test_days_are_exact_fractions(content: Any, found: str) -> None:
    assert value(days, content) == Fraction(found)


@pytest.mark.parametrize("content", [-1, "-2,5", "1/0", "nhiều", "1.000,5", "NaN", "inf", True, 1e300])
def test_what_is_no_number_of_days_is_refused(content: Any) -> None:
    assert value(days, content).startswith("V07 ")


@pytest.mark.parametrize("parse", [days, code, whole])
def test_what_excel_made_a_date_of_is_refused_and_explained(parse: Any) -> None:
    refusal = value(parse, date(2026, 4, 3), "d-mmm")
    assert refusal.startswith("V06 ")
    assert all(words in refusal for words in ("03/04/2026", "«3/4»", "0,75", "'3/4"))


def test_days_in_csv_are_read_alike() -> None:
    assert csv_value(days, "2,5") == Fraction(5, 2)


@pytest.mark.parametrize(("content", "found"), [(3, 3), ("12", 12), (0, 0)])
def test_whole_numbers_are_read(content: Any, found: int) -> None:
    assert value(whole, content) == found


@pytest.mark.parametrize("content", [2.5, "2,5", -1, "ba", 1e12])
def test_what_is_no_whole_number_is_refused(content: Any) -> None:
    assert value(whole, content).startswith("V07 ")


@pytest.mark.parametrize("content", ["7:35", "07h35", "7g35", "7 giờ 35", "7:35:00", time(7, 35), 0.3159722222])
def test_a_clock_is_minutes_after_midnight(content: Any) -> None:
    assert value(clock, content) == 455


@pytest.mark.parametrize(
    ("content", "found"), [("04:13:00 PM", 973), ("4:13 CH", 973), ("7:35 SA", 455), ("12:05 am", 5), ("12:05 PM", 725)]
)
def test_a_clock_that_a_spreadsheet_wrote_back_in_halves_of_a_day_is_read(content: str, found: int) -> None:
    assert csv_value(clock, content) == found


@pytest.mark.parametrize("content", ["25:00", "7:60", "16:13 PM", "0:10 CH", "sáng", 7, -0.5, DAY])
def test_what_is_no_time_is_refused(content: Any) -> None:
    assert value(clock, content).startswith("V08 ")


@pytest.mark.parametrize("content", ["7:30-11:15", "07h30 – 11h15", "7g30 đến 11g15"])
def test_a_span_is_in_and_out(content: str) -> None:
    assert value(span, content) == (450, 675)


@pytest.mark.parametrize("content", ["7:30", "11:15-7:30", "7:30-", 0.5])
def test_what_is_no_span_is_refused(content: Any) -> None:
    assert value(span, content).startswith("V08 ")


@pytest.mark.parametrize(
    ("content", "found"), [("có", True), ("X", True), (1, True), (True, True), ("Không", False), (0, False)]
)
def test_yes_and_no_are_read_however_they_are_marked(content: Any, found: bool) -> None:
    assert value(yes_no, content) is found


def test_a_choice_is_taken_by_its_word_or_alias_and_a_near_one_is_proposed() -> None:
    assert value(GROUPS, "BAN  THƯỜNG VỤ") == value(GROUPS, "btv") == "btv"
    refusal = value(GROUPS, "Ban Thường cụ")
    assert refusal.startswith("V03 ")
    assert "Có phải là «Ban Thường vụ»?" in refusal


@pytest.mark.parametrize(
    ("content", "found"), [("Y Moan Êban", "Y Moan Êban"), ("ສົມສັກ", "ສົມສັກ"), ("D'Arc-Lý", "D'Arc-Lý"), ("An", "An")]
)
def test_a_name_is_of_any_alphabet(content: str, found: str) -> None:
    assert value(name, content) == found


@pytest.mark.parametrize("content", ["An 2", 12, "...", DAY])
def test_a_name_has_letters_and_no_digit(content: Any) -> None:
    assert value(name, content).startswith("V02 ")


@pytest.mark.parametrize("parse", [text, code, name, day, birth, whole, days, clock, span, yes_no, GROUPS])
def test_an_empty_cell_is_none_and_what_nobody_can_read_is_refused(parse: Any) -> None:
    assert value(parse, None) is None
    assert value(parse, " \u00a0\u200b") is None
    assert value(parse, "#N/A").startswith("V09 ")
    assert "#REF!" in value(parse, "#REF!")
    assert value(parse, "=1+1").startswith("V10 ")


@pytest.mark.parametrize(
    "typed",
    [
        "Nguye\u0302\u0303n Va\u0306n An",
        "Nguyễn\u00a0Văn  An",
        "Nguyễn Văn\u200b An ",
        "'Nguyễn Văn An",
        "Nguyễn\nVăn An",
    ],
)
def test_what_is_unseen_between_letters_is_gone(typed: str) -> None:
    assert value(name, typed) == csv_value(name, typed) == "Nguyễn Văn An"


def test_icelandic_look_alikes_become_vietnamese() -> None:
    assert value(name, "Ðỗ Văn ðạo") == "Đỗ Văn đạo"


@pytest.mark.parametrize(
    ("content", "shown", "found"),
    [
        ("00123", "", "00123"),
        (123, "", "123"),
        (123, "00000", "00123"),
        (7, '"CB"000', "CB007"),
        ("'00123", "", "00123"),
    ],
)
def test_a_code_is_what_excel_shows(content: Any, shown: str, found: str) -> None:
    assert value(code, content, shown) == found


@pytest.mark.parametrize(("content", "shown"), [(1.5, ""), (-1, ""), (1e15, ""), (123, "000\\-000"), (True, "")])
def test_a_number_that_shows_no_sure_code_is_refused(content: Any, shown: str) -> None:
    assert value(code, content, shown).startswith("V02 ")


def codes(*found: Any) -> list[Any]:
    rows = table(xlsx([["Mã CB", "Họ tên"], *([one, "A"] for one in found)])).rows
    return [row.problems[0].message if row.problems else row.values["code"] for row in rows]


def test_a_lost_zero_is_proposed_and_never_taken() -> None:
    assert codes("00001", 123) == ["00001", "ô A3, cột «Mã cán bộ»: 123: có phải 00123? Excel đã bỏ số 0 ở đầu"]


def test_no_zero_is_missed_where_no_other_code_has_one_or_their_lengths_differ() -> None:
    assert codes("10001", 123) == ["10001", "123"]
    assert codes("00001", "0002", 123) == ["00001", "0002", "123"]
    assert codes("00001", "123") == ["00001", "123"]


def test_a_lost_zero_is_seen_in_csv_too() -> None:
    rows = table(csv([["Mã CB", "Họ tên"], ["00001", "A"], ["123", "B"], ["10000", "C"]]), file="a.csv").rows
    assert [[problem.code for problem in row.problems] for row in rows] == [[], ["V04"], []]


@pytest.mark.parametrize("content", ["001070012345", "001 070 012 345", 1070012345 * 10 + 1, "12.345678", "12 345678"])
def test_a_personal_number_is_refused_and_never_repeated(content: Any) -> None:
    refusal = value(code, content)
    assert refusal.startswith("V12 ")
    assert str(content) not in refusal
    assert f"«…{str(content)[-2:]}»" in refusal


def test_a_citizen_id_without_its_zero_is_seen_in_csv_and_its_value_is_never_in_a_message() -> None:
    assert csv_value(code, "10700123456").startswith("V12 ")
    for parse in (name, day, days, clock, span, whole, GROUPS):
        refusal = csv_value(parse, "Số 001070012345")
        assert refusal.startswith("V")
        assert "0010700123" not in refusal


def test_text_is_what_excel_shows() -> None:
    assert [value(text, content) for content in ("a  b", 12, 2.5, DAY, True)] == [
        "a b",
        "12",
        "2.5",
        "05/03/2026",
        "TRUE",
    ]
