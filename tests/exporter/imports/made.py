"""Books of an office, and the files that are brought to them: real workbooks, real SQLite, the command's own path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from boiduong_exporter.imports.catalog import take_of
from boiduong_exporter.imports.intake import Arrival, Report, import_file
from boiduong_exporter.imports.kinds import TABLES
from boiduong_exporter.imports.kinds import read as read_kind
from boiduong_exporter.readers.sheet import Reading
from boiduong_exporter.rulebook.read import Rules
from boiduong_records.decision import Decision
from boiduong_records.ledger import head, reverse
from boiduong_records.receipts import Outcome, read
from boiduong_records.store import Books
from boiduong_records.tables import CADRE, METADATA
from boiduong_records.verify import verify
from boiduong_records.versions import contents
from boiduong_vocabulary.canonical import digest
from sqlalchemy import Table, select

AT = 1_772_676_000_000
BY = Decision("theo biên bản 05/BB", "Trần Thị Bình", "Lê Văn Cường", AT)
Rows = Sequence[Sequence[Any]]
Sheets = Mapping[str, Rows]


def xlsx(sheets: Sheets) -> bytes:
    """A workbook of these sheets; texts stay texts, dates are dates."""
    target = BytesIO()
    options = {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


@dataclass
class Bench:
    """An officer at the books."""

    books: Books
    rules: Rules

    def bring(self, kind: str, file: Sheets | bytes, name: str = "tep.xlsx") -> Report:
        data = file if isinstance(file, bytes) else xlsx(file)
        if kind == "catalog":
            return self._arrive(kind, take_of(data, name), name, Reading((), (), digest(data)))
        _, take = TABLES[kind]
        return self._arrive(kind, take, name, read_kind(kind, data, name, self.rules.kinds))

    def _arrive(self, kind: str, take: Any, name: str, reading: Reading) -> Report:
        return import_file(self.books, self.rules, Arrival(kind, take, name, reading, "Phép thử (tự khai)", AT))

    def brought(self, kind: str, file: Sheets | bytes, name: str = "tep.xlsx") -> Report:
        """Bring a file in which nothing is wrong."""
        report = self.bring(kind, file, name)
        assert Outcome.REFUSED not in report.counts, told(report)
        return report

    def table(self, table: Table, at_seq: int | None = None) -> list[dict[str, Any]]:
        with self.books.reading() as connection:
            return contents(connection, table, at_seq)

    def entries(self) -> list[tuple[Any, ...]]:
        """Evidence that stands, by number: seq, cadre, kind, body."""
        from boiduong_records.bodies import live  # noqa: PLC0415

        with self.books.reading() as connection:
            cadres = {row.subject: row.cadre for row in connection.execute(select(CADRE))}
            return sorted((seq, cadres.get(subject), kind, body) for seq, subject, kind, body in live(connection))

    def receipts(self, report: Report) -> dict[int, str]:
        """By line of the file (or minus its number, of a second sheet): "taken", or "refused N01"."""
        with self.books.reading() as connection:
            found = read(connection, report.batch).receipts
        return {
            int(one.place.rpartition(":")[2]): f"{one.outcome} {one.code}".strip()
            for one in found
        }  # fmt: skip

    def places(self, report: Report) -> list[str]:
        with self.books.reading() as connection:
            return [one.place for one in read(connection, report.batch).receipts]

    def head(self) -> str:
        with self.books.reading() as connection:
            return str(head(connection))

    def state(self) -> list[Any]:
        """Everything in the books but the record of imports."""
        with self.books.reading() as connection:
            return [
                [tuple(row) for row in connection.execute(select(table))]
                for table in METADATA.sorted_tables
                if table.name not in ("batch", "receipt")
            ]

    def reverse(self, seq: int) -> None:
        with self.books.writing() as connection:
            reverse(connection, seq, BY)

    def is_whole(self) -> bool:
        with self.books.reading() as connection:
            return not verify(connection)


def told(report: Report) -> str:
    return "\n".join(map(str, report.problems))


ORGANIZATION = (
    "Mã tổ chức", "Tên tổ chức", "Loại tổ chức", "Cấp", "Cấp trên", "Từ ngày", "Đến ngày", "Hợp nhất từ",
)  # fmt: skip
TERM = ("Đảng bộ", "Nhiệm kỳ", "Bắt đầu", "Kết thúc")
ROSTER = (
    "Mã cán bộ", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Giữ chức vụ từ", "Giữ chức vụ đến", "Diện quản lý",
    "Thuộc diện từ",
)  # fmt: skip
CLASS = ("Mã lớp", "Tên lớp", "Loại lớp", "Theo Quy định", "Đối tượng", "Số ngày", "Số tiết")
SESSION = ("Mã lớp", "Ngày", "Buổi", "Hình thức", "Giờ học", "Số tiết", "Mã chuyên đề")
PLACE = ("Mã lớp", "Điểm học", "Hình thức")
TOPIC = ("Mã lớp", "Mã chuyên đề", "Tên chuyên đề", "Bản", "Số tiết", "Hình thức")
PLAN = ("Mã dòng", "Đối tượng", "Số lớp", "Số người", "Tình trạng", "Chuyển sang")

TU = ("TU", "Tỉnh ủy Đồng Tháp", "Tỉnh ủy", "Tỉnh")
XA = ("X01", "Đảng ủy xã Hòa An", "Đảng ủy xã", "Xã", "Tỉnh ủy Đồng Tháp")
XB = ("X02", "Đảng ủy xã Mỹ Hiệp", "Đảng ủy xã", "Xã", "TU")
AN = ("00001", "Nguyễn Văn An", "12/03/1970", "Bí thư Đảng ủy", "Đảng ủy xã Hòa An", None, None, "Tỉnh ủy Đồng Tháp")
BA = ("00002", "Trần Thị Ba", "1975", "Phó Bí thư", "X01", None, None, "X01")
HALL, BRIDGE, SELF = "Trực tiếp tại hội trường", "Trực tuyến tại điểm cầu", "Tự học trên hệ thống"
L01 = ("L01", "Lớp cập nhật kiến thức", "Cập nhật kiến thức", None, "Cấp ủy viên", 2, None)
MONDAY = date(2026, 3, 2)
MORNING, AFTERNOON = "02/03/2026 Sáng", "02/03/2026 Chiều"
AT_HALL, AT_BRIDGE = "Hội trường Tỉnh ủy", "Điểm cầu xã Hòa An"
SESSIONS: Rows = [SESSION, ("L01", MONDAY, "Sáng", HALL, "7:30-11:30"), ("L01", MONDAY, "Chiều", HALL, "13:30-17:00")]
PLACES: Rows = [PLACE, ("L01", AT_HALL, HALL), ("L01", AT_BRIDGE, BRIDGE)]
MARKED = ("Mã cán bộ", "Họ và tên", "Ngày sinh", "Đơn vị", "Điểm học", MORNING, AFTERNOON)


def organizations(*rows: Sequence[Any], terms: Rows = ()) -> Sheets:
    return {"Tổ chức": [ORGANIZATION, *rows], **({"Nhiệm kỳ": [TERM, *terms]} if terms else {})}


def roster(*rows: Sequence[Any]) -> Sheets:
    return {"DS": [ROSTER, *rows]}


def classes(*rows: Sequence[Any], sessions: Rows = (), places: Rows = (), topics: Rows = ()) -> Sheets:
    parts = {"Buổi": sessions, "Điểm học": places, "Chuyên đề": topics}
    return {"Lớp": [CLASS, *rows], **{title: part for title, part in parts.items() if part}}


def attendance(*rows: Sequence[Any], head: Sequence[Any] = MARKED, code: str = "L01") -> Sheets:
    return {"DD": [(f"Mã lớp: {code}",), head, *rows]}


def plan(*rows: Sequence[Any], year: object = 2026, owner: str = "Ban Tổ chức Tỉnh ủy") -> Sheets:
    return {"KH": [(f"Năm: {year}",), (f"Cơ quan lập kế hoạch: {owner}",), PLAN, *rows]}
