"""`boiduong report`: by scope and by the ending of a file's name."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exporter.office import Office
from tests.exporter.rulebook.folder import Folder
from tests.paper import sheets

DAY = ("--as-of", "30/09/2026")


def told(capsys: pytest.CaptureFixture[str]) -> str:
    output = capsys.readouterr()
    return output.out + output.err


def test_a_province_is_one_truth_in_four_formats(lam_giang: Office, tmp_path: Path) -> None:
    paths = [tmp_path / f"tinh.{ending}" for ending in ("xlsx", "pdf", "csv", "json")]
    outs = [word for path in paths for word in ("--out", path)]
    assert lam_giang.run("report", "province", "Tỉnh ủy Lam Giang", *DAY, *outs) == 0
    assert "Theo đơn vị" in load_workbook(paths[0]).sheetnames
    assert "Tỉnh ủy Lam Giang (TU)" in sheets(paths[1].read_bytes())[0].text
    assert "Đảng ủy xã Bình Minh" in paths[2].read_text("utf-8-sig")
    assert json.loads(paths[3].read_text("utf-8"))["summary"]["people"] == 7


@pytest.mark.parametrize(("scope", "who"), [("unit", "DU01"), ("person", "01"), ("province", "DU01")])
def test_every_scope_has_a_paper(lam_giang: Office, tmp_path: Path, scope: str, who: str) -> None:
    assert lam_giang.run("report", scope, who, *DAY, "--out", tmp_path / "a.pdf") == 0
    assert "An Hòa" in sheets((tmp_path / "a.pdf").read_bytes())[0].text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("unit", "TU"), "bao-cao-tu-2026-09-30.xlsx"),
        (("person", "01"), "bao-cao-01-2026-09-30.xlsx"),
        (("province", "TU"), "tong-hop-tu-2026-09-30.xlsx"),
        (("province", "TU", "--compare", "RULES"), "so-sanh-tu-2026-09-30.xlsx"),
    ],
)
def test_a_file_without_a_name_is_called_by_what_it_is(
    lam_giang: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], name: str
) -> None:
    rules = Folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    chosen = [str(rules.path) if word == "RULES" else word for word in words]
    assert lam_giang.run("report", *chosen, *DAY, "--rules", rules.path) == 0
    assert (tmp_path / name).exists()


def test_a_comparison_is_summed_up_on_the_screen(
    lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = Folder(tmp_path)
    draft.set_value("kinds_not_listed", '"refused"')
    capsys.readouterr()
    out = tmp_path / "a.xlsx"
    assert lam_giang.run("report", "unit", "TU", *DAY, "--compare", draft.path, "--out", out) == 0
    words = told(capsys)
    assert "SO SÁNH VỚI DỰ THẢO QUY TẮC" in words
    assert "không phải báo cáo kết quả" in words
    assert "Cách hiểu, Loại lớp mà quy định không gọi tên: chờ cấp có thẩm quyền quyết định → không tính" in words
    assert "Số người: 7; thay đổi: 2." in words
    assert "còn thiếu (kết quả như cũ, số ngày thay đổi): 1 người" in words
    assert "ngoài chế độ (kết quả như cũ, số ngày thay đổi): 1 người" in words


def test_a_draft_that_does_not_hold_is_told_and_compared_with_nothing(
    lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = Folder(tmp_path)
    draft.set_value("kinds_not_listed", '"maybe"')
    out = tmp_path / "a.xlsx"
    assert lam_giang.run("report", "unit", "TU", "--compare", draft.path, "--out", out) == 1
    assert "kinds_not_listed" in told(capsys)
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("person", "01", "--compare", "x"), "--compare chỉ dùng với unit, province."),
        (("province", "TU", "--out", "a.docx"), "đuôi tệp phải là một trong .xlsx, .pdf, .csv, .json"),
        (("unit", "TU", "--compare", "x", "--out", "a.pdf"), "đuôi tệp phải là một trong .xlsx, .csv, .json"),
        (("province", "Tỉnh ủy Lam Gian"), "Có phải là «Tỉnh ủy Lam Giang»?"),
        (("province", "TU", "--quarter", "2026-Q7"), "Không có quý"),
    ],
)
def test_what_cannot_be_reported_says_why(
    lam_giang: Office, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    capsys.readouterr()
    assert lam_giang.run("report", *words) != 0
    assert expected in told(capsys)
