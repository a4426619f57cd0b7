"""Real files to read: workbooks written by openpyxl or xlsxwriter, CSV as Excel saves it."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from boiduong_exporter.readers.fields import Cell, Field, Spec, birth, choice, code, day, days, name, text
from boiduong_exporter.readers.sheet import Reading, Row, Table, read_tables
from boiduong_vocabulary.problem import any_error
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

GROUPS = choice({"Ban Thường vụ": "btv", "Cấp ủy viên": "cuv"}, {"BTV": "btv"})
ROSTER = Spec(
    "roster",
    "Danh sách cán bộ",
    (
        Field("code", "Mã cán bộ", code, ("Mã CB",), required=True, filled=True),
        Field("name", "Họ và tên", name, ("Họ tên",), required=True, filled=True),
        Field("birth", "Ngày sinh", birth),
        Field("group", "Đối tượng", GROUPS),
        Field("days", "Số ngày", days),
        Field("post", "Chức vụ", text),
    ),
    marks=(Field("class", "Mã lớp", code), Field("opened", "Ngày khai giảng", day)),
)
HEADER = [field.label for field in ROSTER.fields]
AN = ["00001", "Nguyễn Văn An", "12/03/1970", "Ban Thường vụ", "2,5", "Chủ tịch"]
BA = ["00002", "Trần Thị Ba", "1975", "Cấp ủy viên", "1/2", "Bí thư"]


def session(header: str) -> str | None:
    """An attendance header: "05/03/2026 Sáng"."""
    words = header.split()
    return header if len(words) == 2 and words[0].count("/") == 2 and words[1] in ("Sáng", "Chiều") else None


ATTENDANCE = Spec("attendance", "Bảng điểm danh", ROSTER.fields[:2], open_column=session)


def xlsx(rows: Iterable[Sequence[Any]], shape: Callable[[Worksheet], None] = lambda sheet: None) -> bytes:
    """A workbook of one sheet "DS" with these rows, then shaped."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "DS"
    for row in rows:
        sheet.append(row)
    shape(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def far_away(sheet: Worksheet) -> None:
    """A stray letter beyond all columns."""
    sheet.cell(9, 500, "x")


def csv(rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    return "".join(separator.join(row) + "\r\n" for row in rows).encode("utf-8-sig")


def read(data: bytes, *specs: Spec, file: str = "a.xlsx") -> Reading:
    return read_tables(data, file, specs or (ROSTER,))


def table(data: bytes, *specs: Spec, file: str = "a.xlsx") -> Table:
    """The only table of a file without a fault of its own."""
    reading = read(data, *specs, file=file)
    assert [str(problem) for problem in reading.problems if any_error([problem])] == []
    (found,) = reading.tables
    return found


def data_rows(found: Table) -> list[Row]:
    return [row for row in found.rows if not row.skipped]


def told(reading: Reading) -> str:
    return "\n".join(map(str, reading.all_problems()))


Shape = Callable[[Worksheet], None]


def value(parse: Callable[[Cell], Any], content: Any, shown: str = "", shape: Shape = lambda sheet: None) -> Any:
    """What `parse` makes of a cell of a real workbook; of a refusal its code, message and hint."""

    def fill(sheet: Worksheet) -> None:
        sheet["B2"] = content
        if shown:
            sheet["B2"].number_format = shown
        shape(sheet)

    spec = Spec("one", "Một cột", (Field("key", "Khóa", text), Field("value", "Giá trị", parse)))
    return _outcome(table(xlsx([["Khóa", "Giá trị"], ["a", None]], fill), spec).rows[0])


def csv_value(parse: Callable[[Cell], Any], content: str) -> Any:
    """The same of a cell of CSV."""
    spec = Spec("one", "Một cột", (Field("key", "Khóa", text), Field("value", "Giá trị", parse)))
    return _outcome(table(csv([["Khóa", "Giá trị"], ["a", f'"{content}"']]), spec, file="a.csv").rows[0])


def _outcome(row: Row) -> Any:
    return " ".join(f"{p.code} {p.message} → {p.hint}" for p in row.problems) or row.values["value"]
