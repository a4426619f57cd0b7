"""Text of the typefaces from before Unicode."""

from io import BytesIO

import pytest
import xlsxwriter
from boiduong_exporter.readers.legacy import to_unicode
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.exporter.readers.books import HEADER, csv, table, xlsx

LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
TCVN3 = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ"
VNI = [
    *("aø", "aû", "aõ", "aù", "aï", "aê", "aè", "aú", "aü", "aé", "aë", "aâ", "aà", "aå", "aã", "aá", "aä", "ñ"),
    *("eø", "eû", "eõ", "eù", "eï", "eâ", "eà", "eå", "eã", "eá", "eä", "ì", "æ", "ó", "í", "ò"),
    *("oø", "oû", "oõ", "où", "oï", "oâ", "oà", "oå", "oã", "oá", "oä", "ô", "ôø", "ôû", "ôõ", "ôù", "ôï"),
    *("uø", "uû", "uõ", "uù", "uï", "ö", "öø", "öû", "öõ", "öù", "öï", "yø", "yû", "yõ", "yù", "î"),
]


def test_every_letter_of_both_codes_is_known() -> None:
    assert to_unicode(TCVN3, ".VnTime") == LETTERS
    assert [to_unicode(sign, "VNI-Times") for sign in VNI] == list(LETTERS)
    assert [to_unicode(sign.upper(), "VNI-Times") for sign in VNI if sign != "î"] == list(LETTERS.upper()[:-1])
    assert to_unicode("¡¢£¤¥¦§", ".VnTime") == "ĂÂÊÔƠƯĐ"


def test_a_text_with_letters_that_no_old_font_has_is_unicode() -> None:
    assert to_unicode("Koâ ສົມ", "VNI-Times") == "Koâ ສົມ"


def in_font(font: str, typed: str) -> bytes:
    def dress(sheet: Worksheet) -> None:
        sheet["B2"].font = Font(name=font)

    return xlsx([HEADER, ["01", typed]], dress)


@pytest.mark.parametrize(
    ("font", "typed", "told"),
    [
        (".VnTime", "NguyÔn V¨n §øc", "Nguyễn Văn Đức"),
        (".VnTimeH", "nguyÔn v¨n ®øc", "NGUYỄN VĂN ĐỨC"),
        (".VnArial", "Lª ThÞ Ph\u00ad¬ng", "Lê Thị Phương"),
        ("VNI-Times", "Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
        ("VNI-Helve", "TRAÀN THÒ HÖÔNG", "TRẦN THỊ HƯƠNG"),
    ],
)
def test_a_cell_in_an_old_font_is_converted_and_told(font: str, typed: str, told: str) -> None:
    found = table(in_font(font, typed))
    assert found.rows[0].values["name"] == told
    assert [note.code for note in found.notes] == ["B19"]
    assert "1 ô" in found.notes[0].message


@pytest.mark.parametrize("typed", ["Nguyễn Văn Đức", "Hà Mê", "An", "Kê ສົມສັກ"])
def test_unicode_in_an_old_font_stays(typed: str) -> None:
    found = table(in_font(".VnTime", typed))
    assert (found.rows[0].values["name"], found.notes) == (typed, ())


def test_a_text_of_two_fonts_is_converted_where_it_is_old() -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("DS")
    old, new = book.add_format({"font_name": ".VnTime"}), book.add_format({"font_name": "Times New Roman"})
    sheet.write_row(0, 0, HEADER[:2])
    sheet.write(1, 0, "01")
    sheet.write_rich_string(1, 1, old, "NguyÔn", new, " Văn Đức")
    book.close()
    assert table(target.getvalue()).rows[0].values["name"] == "Nguyễn Văn Đức"


@pytest.mark.parametrize("typed", ["NguyÔn V¨n Anh", "Nguyeãn Vaên Anh"])
def test_old_text_without_its_font_is_refused(typed: str) -> None:
    for found in (table(csv([HEADER, ["01", typed]]), file="a.csv"), table(xlsx([HEADER, ["01", typed]]))):
        assert [problem.code for problem in found.rows[0].problems] == ["V11"]
        assert "UniKey" in found.rows[0].problems[0].hint


@pytest.mark.parametrize("foreign", ["Raúl Castro", "Müller", "José Ibáñez", "Zoë", "Hoàng Hoá", "Quý Uyên", "LÊ HOÀN"])
def test_a_foreign_name_or_old_spelling_is_no_old_text(foreign: str) -> None:
    assert table(xlsx([HEADER, ["01", foreign]])).rows[0].values["name"] == foreign
