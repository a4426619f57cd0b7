"""A comparison with a draft, read back: it never passes for a report."""

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.compare import CHANGES, NO_REPORT, TITLE, Change, Difference, Move, summary_text
from boiduong_exporter.reports.writing import COMPARISON
from openpyxl import Workbook, load_workbook

from tests.exporter.reports.made import compared, reckoned

HEADED = 7
"""The row of the headings in «Người thay đổi»."""


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    COMPARISON[".xlsx"](compared(), tmp_path / "a.xlsx")
    return load_workbook(tmp_path / "a.xlsx")


def values(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_every_sheet_of_figures_says_that_it_compares(book: Workbook) -> None:
    assert book.sheetnames == [
        "Tóm tắt", "Người thay đổi", "Khác nhau của quy tắc", "Căn cứ hiện nay", "Căn cứ dự thảo",
    ]  # fmt: skip
    for sheet in book.sheetnames[:3]:
        head = " ".join(str(row[0]) for row in values(book, sheet)[:6])
        assert TITLE in head
        assert "không phải báo cáo kết quả" in head


def test_the_summary_counts_moves_and_standings(book: Workbook) -> None:
    rows = {row[0]: row[1:] for row in values(book, "Tóm tắt") if row[0]}
    assert rows["đủ → còn thiếu"][0] == 1
    assert rows["còn thiếu (kết quả như cũ, số ngày thay đổi)"][0] == 1
    assert (rows["Thay đổi"][0], rows["Không thay đổi"][0], rows["Tất cả"][0]) == (2, 1, 3)
    assert rows["đủ"] == (2, 1, -1)
    assert rows["còn thiếu"] == (1, 2, 1)


def test_who_changes_stands_with_figures_of_both_and_why(book: Workbook) -> None:
    sheet = book["Người thay đổi"]
    rows = values(book, "Người thay đổi")
    assert list(rows[HEADED - 1]) == [column.heading for column in CHANGES]
    first = dict(zip(rows[HEADED - 1], rows[HEADED], strict=True))
    assert (first["Kết quả hiện nay"], first["Kết quả theo dự thảo"]) == ("đủ", "còn thiếu")
    assert (first["Tối thiểu hiện nay"], first["Tối thiểu theo dự thảo"]) == (7, 8)
    assert (first["Còn thiếu hiện nay"], first["Còn thiếu theo dự thảo"]) == (0, 1)
    assert first["Vì sao"] == "Số ngày tối thiểu: 7 ngày/nhiệm kỳ → 8 ngày/nhiệm kỳ"
    assert sheet.freeze_panes == f"D{HEADED + 1}"
    assert sheet.auto_filter.ref == f"A{HEADED}:V{HEADED + 2}"


def test_whatever_days_change_stand_side_by_side_in_every_form(tmp_path: Path) -> None:
    now = reckoned(waiting=Fraction(1))
    then = reckoned(in_person=Fraction(7), credited=Fraction(6), rooms=Fraction(3), refused=Fraction(2))
    found = compared(changes=(Change("CB1", "Lê Văn Dũng", ("Bí thư",), "Tỉnh ủy", now, then, ("lý do",)),))
    for ending in COMPARISON:
        COMPARISON[ending](found, tmp_path / f"a{ending}")
    rows = values(load_workbook(tmp_path / "a.xlsx"), "Người thay đổi")
    (listed,) = csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    (data,) = json.loads((tmp_path / "a.json").read_text("utf-8"))["changes"]
    for key, heading, before, after in (
        ("required_in_person", "Tối thiểu trực tiếp", 0, 7), ("credited", "Được tính", 7, 6),
        ("in_person", "Trực tiếp", 7, 3), ("waiting", "Chờ quyết định", 1, 0), ("refused", "Không tính", 0, 2),
    ):  # fmt: skip
        sides = (f"{heading} hiện nay", f"{heading} theo dự thảo")
        shown = dict(zip(rows[HEADED - 1], rows[HEADED], strict=True))
        assert tuple(shown[side] for side in sides) == (before, after)
        assert tuple(listed[side] for side in sides) == (str(before), str(after))
        assert (data[f"{key}_now"]["shown"], data[f"{key}_then"]["shown"]) == (before, after)


def test_the_rules_differences_stand_side_by_side(book: Workbook) -> None:
    assert values(book, "Khác nhau của quy tắc")[-1] == (
        "145-QĐ/TW", "Nhóm 3: số ngày tối thiểu", "7 ngày", "8 ngày",
    )  # fmt: skip


def test_both_grounds_are_given_each_with_its_version(book: Workbook) -> None:
    assert "d4af7000" in str(values(book, "Căn cứ dự thảo"))
    assert "d4af7000" not in str(values(book, "Căn cứ hiện nay"))


def test_every_row_of_the_csv_says_what_it_is(tmp_path: Path) -> None:
    COMPARISON[".csv"](compared(), tmp_path / "a.csv")
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Mã cán bộ"] for row in rows] == ["CB1", "CB2"]
    assert all(row["Ghi chú"].startswith(TITLE) for row in rows)
    assert rows[1]["Vì sao"].endswith("; cách hiểu «A: b → c»")


def test_the_json_has_both_sides_exactly(tmp_path: Path) -> None:
    COMPARISON[".json"](compared(), tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (data["report"], data["title"], data["meaning"]) == ("comparison", TITLE, NO_REPORT)
    assert data["changes"][1]["shortfall_now"] == {"exact": "7/2", "shown": 3.5}
    assert data["changes"][1]["reasons"][1] == "cách hiểu «A: b → c»"
    assert data["standings"]["now"]["enough"] == 2
    assert data["moves"][0] == {"now": "enough", "then": "short", "people": 1}
    assert data["draft"]["rulebook_version"] == "d4af7000"
    assert data["differences"][0]["then"] == "8 ngày"


def test_the_screen_names_the_first_points_in_short_and_counts_the_rest() -> None:
    many = tuple(Difference("145-QĐ/TW", f"Điểm {number}", "", "chữ " * 60) for number in range(8))
    text = summary_text(compared(differences=many))
    assert "Quy tắc khác nhau ở 8 điểm." in text
    assert "  và 3 điểm khác, xem tệp." in text
    assert max(map(len, text.splitlines())) <= 130
    assert "Điểm 0: không có → chữ chữ" in text


def test_those_who_keep_their_standing_come_last() -> None:
    enough, short = reckoned(), reckoned(Standing.SHORT)
    pairs = ((short, enough), (enough, enough), (enough, short), (short, enough))
    changes = tuple(Change("", "", (), "", now, then, ()) for now, then in pairs)
    assert compared(changes=changes).moves == (
        Move(Standing.ENOUGH, Standing.SHORT, 1), Move(Standing.SHORT, Standing.ENOUGH, 2),
        Move(Standing.ENOUGH, Standing.ENOUGH, 1),
    )  # fmt: skip


def test_nobody_changed_is_said_so(tmp_path: Path) -> None:
    COMPARISON[".xlsx"](compared(changes=(), differences=()), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert "Không có ai thay đổi." in str(values(book, "Người thay đổi"))
    assert "Hai bản quy tắc như nhau." in str(values(book, "Khác nhau của quy tắc"))


@pytest.mark.parametrize("ending", list(COMPARISON))
def test_the_same_figures_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        COMPARISON[ending](compared(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
