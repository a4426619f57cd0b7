"""`boiduong template`, called as a person calls it."""

from pathlib import Path

import pytest
from boiduong_exporter.command.template import COMMAND, KINDS
from boiduong_records.store import open_books
from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Parser
from openpyxl import load_workbook

from tests.exporter.templates.made import FOLDER
from tests.exporter.templates.test_sheet import enter


def call(*words: str) -> int:
    parser = Parser("boiduong template", COMMAND.summary)
    COMMAND.configure(parser)
    return COMMAND.run(parser.parse_args([*words, "--rules", str(FOLDER)]))


@pytest.fixture
def books(tmp_path: Path) -> str:
    path = str(tmp_path / "so.db")
    with open_books(path, create=True) as opened:
        enter(opened)
    return path


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("attendance", "review")])
def test_every_list_has_a_template_under_its_own_name(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(kind) == FINE
    assert capsys.readouterr().out == f"Đã ghi mau-{kind}.xlsx\n"
    assert "Hướng dẫn" in load_workbook(tmp_path / f"mau-{kind}.xlsx").sheetnames


def test_the_sheet_of_a_class_is_written_where_it_is_wanted(books: str, tmp_path: Path) -> None:
    path = tmp_path / "bang.xlsx"
    assert call("attendance", "--class", "L01", "--books", books, "--out", str(path)) == FINE
    assert load_workbook(path).sheetnames == ["Điểm danh"]


def test_attendance_without_a_class_asks_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("attendance") == USAGE
    assert "thêm --class MÃ_LỚP" in capsys.readouterr().err


def test_an_unknown_class_is_answered_with_the_nearest(books: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("attendance", "--class", "L001", "--books", books) == PROBLEMS
    assert capsys.readouterr().err == "Sổ không có lớp «L001». Có phải là «L01»?\n"


def test_the_sheet_of_one_place_and_day_says_so_in_its_name(
    books: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = ("--place", "cầu an hoà", "--date", "05/03/2026")
    assert call("attendance", "--class", "L01", "--books", books, *said) == FINE
    assert capsys.readouterr().out == "Đã ghi diem-danh-L01-cau-an-hoa-2026-03-05.xlsx\n"
    page = load_workbook(tmp_path / "diem-danh-L01-cau-an-hoa-2026-03-05.xlsx")["Điểm danh"]
    assert "Tại điểm học: Cầu An Hòa" in [cell.value for cell in page["A"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--place", "Cầu An Hoa"), "Lớp không có điểm học «Cầu An Hoa». Có phải là «Cầu An Hòa»?"),
        (("--date", "06/03/2026"), "Lớp không có buổi nào ngày 06/03/2026."),
    ],
)
def test_a_place_or_day_that_the_class_does_not_have_is_told(
    books: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert call("attendance", "--class", "L01", "--books", books, *words) == PROBLEMS
    assert capsys.readouterr().err == f"{said}\n"


def test_places_and_days_are_asked_of_attendance_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("roster", "--place", "Cầu An Hòa") == USAGE
    assert "chỉ dùng với attendance" in capsys.readouterr().err
