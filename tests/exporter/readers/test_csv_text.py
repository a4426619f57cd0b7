"""CSV as Excel and other programs write it."""

import pytest

from tests.exporter.readers.books import AN, BA, HEADER, csv, read, table, told

ROWS = [["Mã lớp: L01", ""], HEADER, [*AN[:4], "2.5", "Chủ tịch; Bí thư"], BA]
TEXT = "Mã cán bộ,Họ và tên,Chức vụ\r\n00001,Nguyễn Văn An,a\r\n00002,Trần Thị Ba,b\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_by_the_header(separator: str) -> None:
    quoted = [[f'"{cell}"' for cell in row] for row in ROWS]
    found = table(csv(quoted, separator), file="a.csv")
    assert [row.values["code"] for row in found.rows] == ["00001", "00002"]
    assert found.rows[0].values["post"] == "Chủ tịch; Bí thư"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_in_any_of_its_encodings_is_read(encoding: str) -> None:
    assert table(TEXT.encode(encoding), file="a.csv").rows[1].values["name"] == "Trần Thị Ba"


@pytest.mark.parametrize(
    "data", ["a,b\r\n1,đ".encode("utf-16-le"), TEXT.encode("cp1258", "replace"), TEXT.encode("utf-16")[:-1]]
)
def test_another_encoding_is_refused(data: bytes) -> None:
    reading = read(data, file="a.csv")
    assert [problem.code for problem in reading.problems] == ["B06"]
    assert "CSV UTF-8" in reading.problems[0].hint


def test_the_line_that_declares_the_separator_is_no_row() -> None:
    rows = table(("sep=;\r\n" + TEXT.replace(",", ";")).encode(), file="a.csv").rows
    assert [(row.place.line, row.values["code"]) for row in rows] == [(2, "00001"), (3, "00002")]


def test_a_line_break_within_quotes_is_no_new_row() -> None:
    rows = table(TEXT.replace(",a", ',"a\r\nb"').encode(), file="a.csv").rows
    assert [(row.place.line, row.values["post"]) for row in rows] == [(2, "a b"), (3, "b")]


def test_a_quotation_mark_that_swallows_rows_is_told() -> None:
    for text, lost in ((TEXT.replace(",a", ',"a'), "1 dòng dưới"), (TEXT.replace("Trần", '"Trần'), "các ô bên phải")):
        (problem,) = [found for found in read(text.encode(), file="a.csv").all_problems() if found.code == "B16"]
        assert f"nuốt mất {lost}" in problem.message


def test_a_quotation_mark_closed_by_another_far_below_is_told_too() -> None:
    text = TEXT.replace(",a", ',"a') + '00003,C,c\r\n00004,D,d"\r\n'
    assert [(row.place.line, row.problems[0].code) for row in table(text.encode(), file="a.csv").rows] == [(2, "B16")]


def test_a_short_row_is_read_and_a_long_one_refused() -> None:
    rows = table((TEXT + "00003,C\r\n00004,D,a,b\r\n").encode(), file="a.csv").rows
    assert [row.sound for row in rows] == [True, True, True, False]
    assert [problem.code for problem in rows[-1].problems] == ["B17"]


def test_nul_bytes_and_trailing_separators_are_no_matter() -> None:
    data = TEXT.replace("An,", "A\0n,").replace("\r\n", ",,,\r\n") + ",,,,\r\n"
    found = table(data.encode(), file="a.csv")
    assert ([row.values["name"] for row in found.rows], found.notes) == (["Nguyễn Văn An", "Trần Thị Ba"], ())


def test_a_file_is_known_by_its_content_and_not_by_its_name() -> None:
    assert len(table(TEXT.encode(), file="a.xlsx").rows) == 2


def test_too_many_rows_are_refused() -> None:
    assert "B05" in told(read((TEXT + "1,A\n" * 200_001).encode(), file="a.csv"))
