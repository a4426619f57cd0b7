"""Whatever the bytes, nothing raises; whatever the cells, no row is lost."""

from io import BytesIO
from typing import Any

import xlsxwriter
from boiduong_exporter.readers.cell import clean
from boiduong_exporter.readers.sheet import Reading, read_tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exporter.readers.books import AN, ATTENDANCE, BA, HEADER, ROSTER, csv, xlsx
from tests.exporter.readers.test_workbook import packed, parts

SPECS = (ROSTER, ATTENDANCE)
BOOK = xlsx([["Mã lớp: L01"], HEADER, AN, BA, ["Tổng cộng"]], lambda sheet: sheet.merge_cells("F3:F4"))
PARTS = parts(BOOK)
TEXT = csv([HEADER, AN, BA])
quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def reading(data: bytes, file: str) -> Reading:
    found = read_tables(data, file, SPECS)
    assert found.tables or found.problems
    assert all(str(problem) for problem in found.all_problems())
    return found


@quick
@given(
    st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.csv"]), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"])
)
def test_any_bytes_are_read_or_refused(data: bytes, file: str, start: bytes) -> None:
    reading(start + data, file)


def mutated(data: bytes, at: int, put: bytes, drop: int) -> bytes:
    at %= len(data)
    return data[:at] + put + data[at + drop :]


edits = {"at": st.integers(0, 10**6), "put": st.binary(max_size=6), "drop": st.integers(0, 8)}


@quick
@given(**edits)
def test_a_damaged_workbook_is_read_or_refused(at: int, put: bytes, drop: int) -> None:
    reading(mutated(BOOK, at, put, drop), "a.xlsx")


tokens = st.sampled_from(
    [
        b"",
        b'"',
        b"<",
        b"/>",
        b"999999999999",
        b"-1",
        b"NaN",
        b"1e999",
        b"A0",
        b"ZZZZ9",
        b"&x;",
        b"e",
        b"\xc4\x90",
        b"<c/>",
    ]
)


@quick
@given(st.sampled_from(sorted(PARTS)), edits["at"], st.one_of(tokens, edits["put"]), st.integers(0, 30))
def test_a_workbook_with_damaged_parts_is_read_or_refused(name: str, at: int, put: bytes, drop: int) -> None:
    reading(packed({**PARTS, name: mutated(PARTS[name], at, put, drop)}), "a.xlsx")


@quick
@given(**edits)
def test_a_damaged_csv_is_read_or_refused(at: int, put: bytes, drop: int) -> None:
    reading(mutated(TEXT, at, put, drop), "a.csv")


words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"'), max_size=12)
usual = st.sampled_from(
    [
        "1",
        "00123",
        "Nguyễn Văn An",
        "12/03/1970",
        "2,5",
        "Tổng cộng",
        "I",
        "(1)",
        "Người lập biểu",
        "",
        "#N/A",
        "Họ và tên",
    ]
)
values = st.one_of(st.none(), words, usual, st.integers(-5, 10**6), st.floats(allow_nan=False, allow_infinity=False))
grids = st.lists(st.lists(values, min_size=1, max_size=6), max_size=12)


def written(rows: list[list[Any]]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("DS")
    for number, row in enumerate([HEADER, *rows]):
        for column, content in enumerate(row):
            if isinstance(content, str):
                sheet.write_string(number, column, content)
            elif content is not None:
                sheet.write_number(number, column, content)
    book.close()
    return target.getvalue()


def filled(rows: list[list[Any]], start: int = 2) -> list[int]:
    """The rows that show anything at all."""
    return [n for n, row in enumerate(rows, start=start) if any(clean(str(v)) for v in row if v is not None)]


@quick
@given(grids)
def test_every_filled_row_of_a_workbook_comes_out_once(rows: list[list[Any]]) -> None:
    (table,) = reading(written(rows), "a.xlsx").tables
    assert [row.place.line for row in table.rows] == filled(rows)


@quick
@given(grids, st.sampled_from(",;\t"))
def test_every_filled_row_of_csv_comes_out_once(rows: list[list[Any]], separator: str) -> None:
    texts = [["" if cell is None else f'"{cell}"' for cell in row] for row in rows]
    (table,) = reading(csv([HEADER, *texts], separator), "a.csv").tables
    assert [row.place.line for row in table.rows] == filled(rows)
