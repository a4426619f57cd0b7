"""What an office has on its desk: workbooks, books, and the command that brings the ones into the others."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from boiduong_vocabulary.command import main

Rows = Iterable[Sequence[Any]]


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A real XLSX of these sheets; texts stay texts."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


class Office:
    """Books in a folder of their own, reached through the installed command only."""

    def __init__(self, folder: Path, rules: Path | None = None) -> None:
        self.folder = folder
        self.books = folder / "so.sqlite"
        self._rules = ["--rules", str(rules)] if rules else []

    def run(self, *words: object) -> int:
        """The exit code of `boiduong WORDS`."""
        rules = [] if words[0] == "ledger" else self._rules
        return main([*map(str, words), "--books", str(self.books), *rules])

    def bring(self, kind: str, sheets: Mapping[str, Rows], name: str = "", options: Sequence[str] = ()) -> int:
        path = workbook(self.folder / f"{name or kind}.xlsx", sheets)
        return self.run("import", kind, path, "--by", "Phép thử", *options)


ORGANIZATION_HEAD = (
    "Mã tổ chức",
    "Tên tổ chức",
    "Loại tổ chức",
    "Cấp",
    "Cấp trên",
    "Từ ngày",
    "Đến ngày",
    "Hợp nhất từ",
)
TERM_HEAD = ("Đảng bộ", "Nhiệm kỳ", "Bắt đầu", "Kết thúc")
ROSTER_HEAD = ("Mã cán bộ", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Giữ chức vụ từ", "Diện quản lý")
CLASS_HEAD = ("Mã lớp", "Tên lớp", "Loại lớp", "Theo Quy định", "Đối tượng", "Quyết định mở lớp", "Số ngày")
SESSION_HEAD = ("Mã lớp", "Ngày", "Buổi", "Hình thức", "Giờ học")
PLACE_HEAD = ("Mã lớp", "Điểm học", "Hình thức")
