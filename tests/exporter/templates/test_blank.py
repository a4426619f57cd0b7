"""Templates, filled in and read as an import reads them."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.faults import Code
from boiduong_exporter.imports.kinds import TABLES
from boiduong_exporter.readers.sheet import GUIDE
from boiduong_exporter.templates.blank import ROWS, write_blank

from tests.exporter.templates.made import (
    KINDS,
    blank,
    by_key,
    codes,
    fill,
    header_row,
    headings,
    reading,
    row_of,
    specs_of,
)

EXPECTED: dict[str, dict[str, Any]] = {
    "organizations": {
        "code": "XA-01", "name": "Đảng ủy xã An Hòa", "kind": "cap-uy", "level": "xa", "parent": "TU-01",
        "valid_from": date(2025, 7, 1), "valid_to": date(2030, 12, 31), "predecessors": "XA-11; XA-12",
    },
    "terms": {
        "organization": "XA-01", "name": "2025-2030", "starts": date(2025, 8, 1), "ends": date(2030, 7, 31),
    },
    "roster": {
        "code": "00123", "name": "Nguyễn Văn An", "birth": "1970-03-12", "title": "Bí thư Đảng ủy",
        "unit": "Đảng ủy xã An Hòa", "post_from": date(2025, 7, 1), "post_to": date(2030, 6, 30),
        "authority": "Tỉnh ủy", "managed_from": date(2025, 7, 1), "managed_to": date(2030, 6, 30),
    },
    "classes": {
        "code": "L01", "name": "Cập nhật kiến thức cho cấp ủy viên cấp xã", "kind": "cap-nhat", "scheme": "145",
        "audience": "Cấp ủy viên cấp xã", "lead": "Ban Tổ chức Tỉnh ủy", "coordinators": "Trường Chính trị tỉnh",
        "venue": "Hội trường A, Trường Chính trị tỉnh", "program": "145-2026", "document": "12-QĐ/TU",
        "document_date": date(2026, 2, 10), "days": Fraction(5, 2), "periods": 20,
    },
    "sessions": {
        "class_code": "L01", "date": date(2026, 3, 5), "half": "morning", "delivery": "hall", "hours": (450, 675),
        "periods": 4, "title": "Xây dựng Đảng về tổ chức", "topics": "xay-dung-dang; dan-van",
    },
    "places": {
        "class_code": "L01", "name": "Điểm cầu xã An Hòa", "delivery": "bridge", "monitor": "Trần Thị Bình",
    },
    "topics": {
        "class_code": "L01", "topic": "xay-dung-dang", "title": "Xây dựng Đảng về tổ chức", "edition": "2026.1",
        "periods": 4, "delivery": "self_paced",
    },
    "enrolment": {
        "class_code": "L01", "code": "00123", "name": "Nguyễn Văn An", "birth": "1970-03-12",
        "unit": "Đảng ủy xã An Hòa", "place": "Điểm cầu xã An Hòa", "team": "Tổ 1", "leads": True, "leaves": False,
    },
    "attendance": {
        "class_code": "L01", "code": "00123", "name": "Nguyễn Văn An", "birth": "1970-03-12",
        "unit": "Đảng ủy xã An Hòa", "place": "Điểm cầu xã An Hòa", "score": Fraction(17, 2), "essay": True,
        "assessor": "Lê Văn Cường", "account": "an.nguyen",
    },
    "accounts": {
        "code": "00123", "name": "Nguyễn Văn An", "birth": "1970-03-12", "unit": "Đảng ủy xã An Hòa",
        "system": "Open edX", "account": "an.nguyen", "removed": False,
    },
    "plan": {
        "number": "01", "audience": "Cấp ủy viên cấp xã", "classes": 2, "people": 120,
        "lead": "Trường Chính trị tỉnh", "coordinators": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "document": "12-KH/TU", "state": "đã duyệt", "moved_to": "Kế hoạch năm 2027",
    },
}  # fmt: skip
MARKS = {
    "plan": {"year": 2026, "owner": "Ban Tổ chức Tỉnh ủy"},
    "enrolment": {"class_code": "L01"},
    "attendance": {"class_code": "L01", "place": "Điểm cầu xã An Hòa"},
}
every_kind = pytest.mark.parametrize("kind", list(TABLES))


@every_kind
def test_a_filled_template_is_read_whole_and_right(kind: str, tmp_path: Path) -> None:
    book = blank(kind, tmp_path)
    for spec in specs_of(kind):
        fill(book[spec.title], spec)
    read = reading(book, kind)
    assert {key: row_of(table) for key, table in by_key(read).items()} == {
        spec.key: EXPECTED[spec.key] for spec in specs_of(kind)
    }
    assert {key: table.marks for key, table in by_key(read).items() if table.marks} == {
        spec.key: MARKS[spec.key] for spec in specs_of(kind) if spec.marks
    }
    assert codes(read) == set(), "nobody needs to be told that the guide is no table"


@every_kind
def test_an_untouched_template_has_its_tables_and_not_one_row(kind: str, tmp_path: Path) -> None:
    read = reading(blank(kind, tmp_path), kind)
    assert [table.sheet for table in read.tables] == [spec.title for spec in specs_of(kind)]
    assert [row for table in read.tables for row in table.rows] == []
    missing = {Code.MISSING_MARK} if kind == "plan" else set()
    assert codes(read) == {Code.EMPTY_TABLE} | missing


def test_an_office_that_fills_only_its_classes_hears_nothing_of_halls_and_topics(tmp_path: Path) -> None:
    book = blank("classes", tmp_path)
    for spec in specs_of("classes")[:2]:
        fill(book[spec.title], spec)
    assert codes(reading(book, "classes")) == set()


@every_kind
def test_the_headings_are_the_labels_with_a_star_where_the_column_must_be_there(kind: str, tmp_path: Path) -> None:
    book = blank(kind, tmp_path)
    for spec in specs_of(kind):
        told = [heading.partition("\n")[0] for heading in headings(book[spec.title], spec)]
        assert told == [field.label + (" *" if field.required else "") for field in spec.fields]


@every_kind
def test_the_guide_stands_last_and_names_every_column(kind: str, tmp_path: Path) -> None:
    book = blank(kind, tmp_path)
    assert book.sheetnames == [*(spec.title for spec in specs_of(kind)), GUIDE]
    told = {str(cell).removesuffix(" *") for (cell,) in book[GUIDE].iter_rows(max_col=1, values_only=True)}
    assert told >= {field.label for spec in specs_of(kind) for field in (*spec.marks, *spec.fields)}


@every_kind
def test_the_guide_says_what_is_never_asked_and_how_to_import(kind: str, tmp_path: Path) -> None:
    told = "\n".join(str(cell) for (cell,) in blank(kind, tmp_path)[GUIDE].iter_rows(max_col=1, values_only=True))
    assert "Không ghi số định danh cá nhân (căn cước) và số thẻ Đảng" in told
    assert f"boiduong import {kind} TỆP" in told


def test_codes_days_and_births_are_kept_as_typed_down_to_the_last_row(tmp_path: Path) -> None:
    sheet = blank("roster", tmp_path)["Danh sách cán bộ"]
    top = header_row(sheet, "Mã cán bộ")
    assert {sheet.cell(top + place, column).number_format for place in (1, ROWS) for column in (1, 3, 6)} == {"@"}


def test_choices_are_offered_in_every_row_from_the_list_of_the_guide(tmp_path: Path) -> None:
    book = blank("organizations", tmp_path)
    offered = {str(found.sqref): found.formula1 for found in book["Tổ chức"].data_validations.dataValidation}
    assert list(offered) == ["C5:C504", "D5:D504"]
    lists = [book[GUIDE][formula.partition("!")[2].replace("$", "")] for formula in offered.values()]
    words = [[str(cell.value) for (cell,) in cells] for cells in lists]
    assert words == [list(KINDS.organizations.labels.values()), list(KINDS.levels.labels.values())]


def test_the_head_stays_in_sight_and_on_every_page_of_a4(tmp_path: Path) -> None:
    sheet = blank("roster", tmp_path)["Danh sách cán bộ"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C5", "$4:$4")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


@every_kind
def test_the_same_template_has_the_same_bytes(kind: str, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_blank(kind, specs_of(kind), KINDS, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_workbook_that_stands_there_already_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(b"filled in by somebody")
    with pytest.raises(FileExistsError) as raised:
        write_blank("roster", specs_of("roster"), KINDS, path)
    assert (raised.value.filename, path.read_bytes()) == (str(path), b"filled in by somebody")
    assert [*tmp_path.iterdir()] == [path]


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "khong-co" / "mau.xlsx"
    with pytest.raises(OSError, match="No such file") as raised:
        write_blank("roster", specs_of("roster"), KINDS, path)
    assert raised.value.filename == str(path)
    assert [*tmp_path.iterdir()] == []
