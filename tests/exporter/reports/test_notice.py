"""What is made from sample books says so: on every sheet, every page and every row, whatever is written."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.reports.explained import explain_text
from boiduong_exporter.reports.writing import COMPARISON, PERSON, PROVINCE, UNIT
from openpyxl import load_workbook

from tests.exporter.reports.made import basis, compared, one, province, unit
from tests.paper import sheets

NOTICE = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ"
Write = Callable[[Any, Path], None]
SCOPES = (("unit", unit(), UNIT), ("person", one(), PERSON), ("province", province(), PROVINCE),
          ("comparison", compared(), COMPARISON))  # fmt: skip


def cases(ending: str) -> Any:
    return pytest.mark.parametrize(
        ("report", "write"),
        [pytest.param(report, writers[ending], id=name) for name, report, writers in SCOPES if ending in writers],
    )


def written(report: Any, write: Write, path: Path, notice: str = NOTICE) -> Path:
    write(replace(report, basis=basis(notice=notice)), path)
    return path


@cases(".xlsx")
def test_every_sheet_begins_with_it_and_prints_it_on_every_page(tmp_path: Path, report: Any, write: Write) -> None:
    book = load_workbook(written(report, write, tmp_path / "a.xlsx"))
    for sheet in book.worksheets:
        assert sheet["A1"].value == NOTICE
        assert sheet["A1"].font.b
        assert NOTICE in sheet.oddHeader.center.text
    for sheet in book.chartsheets:
        assert NOTICE in sheet.headerFooter.oddHeader.center.text


@cases(".xlsx")
def test_real_books_have_none(tmp_path: Path, report: Any, write: Write) -> None:
    book = load_workbook(written(report, write, tmp_path / "a.xlsx", notice=""))
    for sheet in book.worksheets:
        assert sheet["A1"].font.sz == 15, "the title comes first"
        assert not sheet.oddHeader.center.text


@pytest.mark.parametrize(
    ("report", "write"),
    [pytest.param(unit(), UNIT[".pdf"], id="unit"), pytest.param(province(), PROVINCE[".pdf"], id="province")],
)
def test_every_page_of_a_paper_has_it(tmp_path: Path, report: Any, write: Write) -> None:
    found = sheets(written(report, write, tmp_path / "a.pdf").read_bytes())
    assert all(NOTICE in " ".join(sheet.text.split()) for sheet in found)
    bare = sheets(written(report, write, tmp_path / "b.pdf", notice="").read_bytes())
    assert not any("MẪU" in sheet.text for sheet in bare)


@cases(".json")
def test_data_has_it_under_its_own_key(tmp_path: Path, report: Any, write: Write) -> None:
    assert json.loads(written(report, write, tmp_path / "a.json").read_text("utf-8"))["notice"] == NOTICE
    assert "notice" not in json.loads(written(report, write, tmp_path / "b.json", notice="").read_text("utf-8"))


@cases(".csv")
def test_every_row_of_a_table_ends_with_it(tmp_path: Path, report: Any, write: Write) -> None:
    text = written(report, write, tmp_path / "a.csv").read_text("utf-8-sig")
    head, *rows = csv.reader(text.splitlines(), delimiter=";")
    assert head[-1] == "Lưu ý"
    assert {row[-1] for row in rows} == {NOTICE}
    assert "Lưu ý" not in written(report, write, tmp_path / "b.csv", notice="").read_text("utf-8-sig")


def test_the_text_of_a_sum_begins_and_ends_with_it() -> None:
    text = explain_text(replace(one(), basis=basis(notice=NOTICE)))
    assert text.startswith(f"{NOTICE}\n")
    assert text.endswith(f"{NOTICE}\n")
    assert NOTICE not in explain_text(one())
