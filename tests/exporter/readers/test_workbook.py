"""What kind of file it is, and the ways in which a workbook can be strange, huge or broken."""

import re
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import Workbook

from tests.exporter.readers.books import AN, BA, HEADER, data_rows, far_away, read, saved, table, told, xlsx

GOOD = xlsx([HEADER, AN, BA])


def codes(data: bytes, file: str = "a.xlsx") -> list[str]:
    reading = read(data, file=file)
    assert reading.tables == ()
    return [problem.code for problem in reading.problems]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    return packed({key: change(content) if key == name else content for key, content in parts(GOOD).items()})


SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "file", "code"),
    [
        (b"", "a.xlsx", "B04"),
        (b"\xef\xbb\xbf \r\n", "a.csv", "B04"),
        (saved(Workbook()), "a.xlsx", "B04"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "B02"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", "B03"),
        (packed({"xl/workbook.bin": b""}), "a.xlsb", "B03"),
        (b"<html><table><tr><td>A</td></tr></table></html>", "a.xls", "B03"),
        (packed({"word/document.xml": b"<a/>"}), "a.docx", "B01"),
        (packed({"readme.txt": b"?"}), "a.xlsx", "B01"),
        (GOOD[:-200], "a.xlsx", "B01"),
        (b"%PDF-1.7 \xff\xfe\x00", "a.xlsx", "B01"),
        (changed(SHEET, lambda xml: xml[:-40]), "a.xlsx", "B01"),
        (packed({name: content for name, content in parts(GOOD).items() if name != SHEET}), "a.xlsx", "B01"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_by_its_kind(data: bytes, file: str, code: str) -> None:
    assert codes(data, file) == [code]


@pytest.mark.parametrize(
    ("data", "file", "what"),
    [
        (packed({"word/document.xml": b"<a/>"}), "a.docx", "tệp là văn bản Word"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "tệp là văn bản Word"),
        (b"%PDF-1.7 \xff\xfe\x00", "a.pdf", "tệp là PDF"),
        (b"%PDF-1.4\n1 0 obj", "a.xlsx", "tệp là PDF"),
    ],
)
def test_of_a_word_or_pdf_file_the_table_must_be_copied(data: bytes, file: str, what: str) -> None:
    (problem,) = read(data, file=file).problems
    assert (problem.code, problem.message, problem.hint) == ("B01", what, "chép bảng sang Excel rồi lưu dạng .xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = changed(SHEET, lambda xml: xml.replace(b"</sheetData>", b" " * 70_000_000 + b"</sheetData>"))
    started = time.process_time()
    assert codes(bomb) == ["B05"]
    assert time.process_time() - started < 0.5


def test_entities_are_not_expanded() -> None:
    entity = b'<!DOCTYPE a [<!ENTITY x "Bomb"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    data = changed(SHEET, lambda xml: entity + xml.replace(b"00001", b"&x;&f;"))
    assert parts(data)[SHEET].count(b"&x;") == 1
    assert "Bomb" not in told(read(data)) + repr(read(data).tables)


def test_a_cell_beyond_all_columns_is_refused_and_named() -> None:
    reading = read(xlsx([HEADER, AN], far_away))
    assert [problem.code for problem in reading.problems] == ["B05"]
    assert "cột SF (dòng 9)" in reading.problems[0].message


def test_more_rows_than_any_list_has_are_refused() -> None:
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'
    many = b"".join(row % (number, number) for number in range(4, 200_010))
    assert codes(changed(SHEET, lambda xml: xml.replace(b"</sheetData>", many + b"</sheetData>"))) == ["B05"]


def test_a_sheet_that_is_huge_by_its_colours_alone_is_still_fast() -> None:
    cells = b'<c s="1"/>' * 50
    painted = b"".join(b'<row r="%d">%b</row>' % (number, cells) for number in range(4, 20_000))
    data = changed(SHEET, lambda xml: xml.replace(b"</sheetData>", painted + b"</sheetData>"))
    started = time.process_time()
    assert len(table(data).rows) == 2
    assert time.process_time() - started < 2


def test_ten_thousand_rows_of_twelve_columns_take_less_than_five_seconds() -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    old = book.add_format({"font_name": ".VnTime"})
    sheet.write_row(0, 0, [*HEADER, *"ABCDEF"])
    for row in range(1, 10_001):
        sheet.write_row(row, 0, [f"{row:06}", f"NguyÔn V¨n {'ABCDE'[row % 5]}"], old)
        sheet.write_row(row, 2, ["12/03/1970", "BTV", 2.5, f"Ủy viên {row}", 1, 2, 3, "a", "b", f"c{row}"])
    book.close()
    started = time.process_time()
    rows = data_rows(table(target.getvalue()))
    assert time.process_time() - started < 5
    assert sum(row.sound for row in rows) == 10_000


def test_names_of_parts_without_regard_to_case_and_a_foreign_prefix_are_fine() -> None:
    renamed = {name.replace("sharedStrings", "SharedStrings"): content for name, content in parts(GOOD).items()}
    assert len(table(packed(renamed)).rows) == 2


def test_cells_without_their_references_are_counted() -> None:
    bare = changed(SHEET, lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml))
    assert [row.values["code"] for row in table(bare).rows] == ["00001", "00002"]


def test_a_workbook_with_macros_or_links_elsewhere_is_fine() -> None:
    link = (
        b'<Relationship Id="x" Type="a/externalLink" Target="http://a/b.xlsx" TargetMode="External"/></Relationships>'
    )
    data = changed("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"</Relationships>", link))
    assert len(table(packed({**parts(data), "xl/vbaProject.bin": b"macro"}), file="a.xlsm").rows) == 2


def test_a_file_name_and_sheet_name_are_composed() -> None:
    found = table(xlsx([HEADER, AN]), file="lo\u031b\u0301p.xlsx")
    assert found.rows[0].place.path == "lớp.xlsx:DS"
