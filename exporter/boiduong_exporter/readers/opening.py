"""Which kind of file it is, told by its first bytes and never by its name alone."""

import zipfile
from collections.abc import Callable
from io import BytesIO

from boiduong_vocabulary.problem import Place

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.readers.csv_text import open_csv
from boiduong_exporter.readers.grid import Grid, Opened
from boiduong_exporter.readers.parts import BROKEN
from boiduong_exporter.readers.workbook import open_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_COPY = "chép bảng sang Excel rồi lưu dạng .xlsx"
_WORD = "WordDocument".encode("utf-16-le")
_SAVE_AS = "mở tệp bằng Excel, chọn Lưu thành (Save as) dạng «Excel Workbook (*.xlsx)», rồi nhập tệp mới"


def open_file(data: bytes, name: str, score: Callable[[Grid], int]) -> Opened:
    """The sheets of a workbook, or the one table of a CSV file."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return _refused(Code.EMPTY_FILE, name, "tệp rỗng", "kiểm tra xem đã lưu và chọn đúng tệp chưa")
    for beginning, opened_as in ((_OLE, _compound), (b"PK", _archive), (b"%PDF", _pdf)):
        if data.startswith(beginning):
            return opened_as(data, name)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_MARKUP):
        return _refused(Code.OLD_WORKBOOK, name, "tệp là trang web hoặc XML, dù mang tên tệp Excel", _SAVE_AS)
    opened = open_csv(data, name, score)
    if opened.problems and not name.lower().endswith(_TEXT_NAMES) and opened.problems[0].code == Code.NOT_UTF8:
        return _refused(Code.NOT_A_TABLE_FILE, name, "tệp không phải tệp Excel (.xlsx) hay CSV", _SAVE_AS)
    return opened


def _refused(code: Code, name: str, message: str, hint: str) -> Opened:
    return Opened(problems=(fault(code, Place(name), message, hint),))


def _pdf(_: bytes, name: str) -> Opened:
    return _refused(Code.NOT_A_TABLE_FILE, name, "tệp là PDF", _COPY)


def _compound(data: bytes, name: str) -> Opened:
    if _ENCRYPTED in data:
        hint = "mở tệp bằng Excel, vào Tệp (File) → Thông tin (Info) → Bảo vệ sổ làm việc, bỏ mật khẩu rồi lưu lại"
        return _refused(Code.LOCKED, name, "tệp có mật khẩu mở", hint)
    if _WORD in data:
        return _refused(Code.NOT_A_TABLE_FILE, name, "tệp là văn bản Word", _COPY)
    return _refused(Code.OLD_WORKBOOK, name, "tệp Excel đời cũ (.xls)", _SAVE_AS)


def _archive(data: bytes, name: str) -> Opened:
    try:
        names = {member.lower() for member in zipfile.ZipFile(BytesIO(data)).namelist()}
    except BROKEN:
        return open_workbook(data, name)
    if "xl/workbook.bin" in names:
        return _refused(Code.OLD_WORKBOOK, name, "tệp Excel dạng nhị phân (.xlsb)", _SAVE_AS)
    if "word/document.xml" in names:
        return _refused(Code.NOT_A_TABLE_FILE, name, "tệp là văn bản Word", _COPY)
    if "content.xml" in names:
        return _refused(Code.NOT_A_TABLE_FILE, name, "tệp là tệp LibreOffice", _SAVE_AS)
    return open_workbook(data, name)
