"""Days written in words, in their cells and apart from the day over a signature."""

from typing import Any

import pytest
from boiduong_exporter.readers.fields import birth, day

from tests.exporter.readers.books import AN, HEADER, csv_value, data_rows, table, value, xlsx

WRITTEN = [
    "20 tháng 11 năm 1974",
    "ngày 20 tháng 11 năm 1974",
    "Ngày 20 Tháng 11, năm 1974",
    "ngày 20  tháng 11 năm 1974",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_may_be_written_in_words(written: str) -> None:
    assert value(day, written).isoformat() == value(birth, written) == csv_value(birth, written) == "1974-11-20"


@pytest.mark.parametrize("written", ["31 tháng 2 năm 1974", "20 tháng 11", "tháng 11 năm 1974", "20 tháng 11 năm 74"])
def test_a_day_in_words_must_be_whole_and_real(written: str) -> None:
    assert "V05" in value(day, written)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_person_born_on_a_day_in_words_is_no_signature(written: str) -> None:
    rows: list[list[Any]] = [HEADER, [*AN[:2], written], ["00002", "Trần Thị Ba", "1975"]]
    assert [row.values["birth"] for row in data_rows(table(xlsx(rows)))] == ["1974-11-20", "1975"]


def test_the_day_over_a_signature_is_none_of_a_person() -> None:
    rows: list[list[Any]] = [HEADER, AN, [None, None, "ngày 20 tháng 11 năm 2026"], [None, "Thủ trưởng"]]
    assert [row.skipped.partition(":")[0] for row in table(xlsx(rows)).rows] == ["", "dòng chữ ký", "dòng chữ ký"]
