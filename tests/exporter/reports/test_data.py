"""CSV and JSON: one for a Vietnamese spreadsheet, one for programs; and files that come whole or not at all."""

import csv
import gc
import json
import weakref
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.reports.columns import LINES, PEOPLE
from boiduong_exporter.reports.data import write_unit_csv, write_unit_json
from boiduong_exporter.reports.figures import PersonFigures, UnitReport
from boiduong_exporter.reports.person import write_person_csv, write_person_json, write_person_xlsx
from boiduong_exporter.reports.xlsx import write_unit_xlsx

from tests.exporter.reports.made import HEAD, everyone, figures, one, unit

UNIT_WRITERS = (write_unit_csv, write_unit_json, write_unit_xlsx)


def csv_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def test_the_csv_opens_in_a_vietnamese_spreadsheet(tmp_path: Path) -> None:
    write_unit_csv(unit(), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfSTT;")
    assert b"\r\n" in (tmp_path / "a.csv").read_bytes()
    row = csv_rows(tmp_path / "a.csv")[0]
    assert (row["Được tính"], row["Còn thiếu"], row["Số ngày tối thiểu"]) == ("2,8", "4,2", "7")
    assert (row["Ngày sinh"], row["Hết nhiệm kỳ"]) == ("12/03/1970", "30/09/2030")


def test_every_row_of_a_csv_names_its_day_and_its_mark(tmp_path: Path) -> None:
    write_unit_csv(unit(), tmp_path / "a.csv")
    assert {(row["Tính đến ngày"], row["Mã đối chiếu"]) for row in csv_rows(tmp_path / "a.csv")} == {
        ("01/11/2026", "9f3a5c1e")
    }


@pytest.mark.parametrize("name", ["=1+1", "+84", "-2", "@SUM(A1)", "\tx"])
def test_text_in_a_csv_never_becomes_a_formula(tmp_path: Path, name: str) -> None:
    write_unit_csv(unit([figures(name=name)]), tmp_path / "a.csv")
    assert f";'{name};" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_separators_and_quotes_in_a_csv_stay_inside_their_cell(tmp_path: Path) -> None:
    write_unit_csv(unit([figures(name='A; "B"\nC')]), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";"))[1][2] == 'A; "B"\nC'


def test_the_json_has_exact_figures_beside_those_shown(tmp_path: Path) -> None:
    write_unit_json(unit(), tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    first = data["people"][0]
    assert first["credited"] == {"exact": "1379/480", "shown": 2.8}
    assert first["shortfall"] == {"exact": "1981/480", "shown": 4.2}
    assert (first["birth"], first["term_ends"]) == ("1970-03-12", "2030-09-30")
    assert [column["key"] for column in data["columns"]] == [column.key for column in PEOPLE] == list(first)


def test_the_json_carries_its_whole_basis_and_the_summary(tmp_path: Path) -> None:
    write_unit_json(unit(), tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert data["format"] == 1
    assert data["basis"]["head"] == HEAD
    assert data["basis"]["as_of"] == "2026-11-01"
    document = next(each for each in data["basis"]["documents"] if each["number"] == "145-QĐ/TW")
    assert "Ít nhất 7 ngày/nhiệm kỳ" in json.dumps(document["says"], ensure_ascii=False)
    assert data["basis"]["readings"][0]["decided_by"]
    rate = {"numerator": 1, "denominator": 6, "exact": "1/6"}
    assert (data["summary"]["people"], data["summary"]["rate"]) == (9, rate)
    assert (len(data["years"]), len(data["plan"]), len(data["notes"])) == (3, 2, 1)


def test_the_json_basis_says_who_does_what_and_what_is_due(tmp_path: Path) -> None:
    write_person_json(one(), tmp_path / "a.json")
    basis = json.loads((tmp_path / "a.json").read_text("utf-8"))["basis"]
    found = next(each for each in basis["documents"] if each["number"] == "145-QĐ/TW")
    duty = next(each for each in found["authority"] if each["duty"] == "plans" and each["groups"] == ["3"])
    assert (duty["label"], duty["levels"]) == ("Lập kế hoạch", ["tinh", "huyen", "xa"])
    assert duty["citation"]["quote"].startswith("Chỉ đạo ban tổ chức cấp ủy cấp tỉnh")
    assert found["reporting"] == []
    letter = next(each for each in basis["documents"] if each["number"] == "3315-CV/TU")
    assert [each["about"] for each in letter["printed"]] == ["Thời gian tổ chức"]
    assert basis["verify"] == "boiduong ledger verify --head 1204:9f3a5c1e"


def test_the_json_counts_people_by_their_own_term(tmp_path: Path) -> None:
    write_unit_json(unit(), tmp_path / "a.json")
    (row,) = json.loads((tmp_path / "a.json").read_text("utf-8"))["summary"]["terms"]
    assert row == {
        "name": "2025-2030", "starts": "2025-10-01", "ends": "2030-09-30", "people": 8, "owing": 6, "enough": 1,
    }  # fmt: skip


def test_an_empty_unit_is_a_whole_json_too(tmp_path: Path) -> None:
    write_unit_json(unit([]), tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["people"] == []


def test_a_persons_lines_are_the_same_in_csv_and_json(tmp_path: Path) -> None:
    write_person_csv(one(), tmp_path / "a.csv")
    write_person_json(one(), tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    rows = csv_rows(tmp_path / "a.csv")
    assert [str(line["seq"]) for line in data["lines"]] == [row["Mục trong sổ"] for row in rows]
    assert sum(Fraction(line["credited"]["exact"]) for line in data["lines"]) == Fraction(1379, 480)
    assert [column["key"] for column in data["columns"]] == [column.key for column in LINES]
    assert data["person"]["code"] == "CB0001"
    assert data["steps"][0]["citation"]["quote"].startswith("Nhóm 3")


@pytest.mark.parametrize("write", UNIT_WRITERS)
def test_the_same_figures_give_the_same_bytes(tmp_path: Path, write: Callable[[UnitReport, Path], None]) -> None:
    write(unit(), tmp_path / "one")
    write(unit(), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("write", UNIT_WRITERS)
def test_people_stream_by_and_are_never_all_held(tmp_path: Path, write: Callable[[UnitReport, Path], None]) -> None:
    found, alive, most = figures().verdict, weakref.WeakSet[PersonFigures](), 0

    def people() -> Iterator[PersonFigures]:
        nonlocal most
        for number in range(200):
            person = figures(number, found=found)
            alive.add(person)
            most = max(most, len(alive))
            yield person
            del person

    gc.collect()
    write(unit(people()), tmp_path / "a")
    assert most <= 3


@pytest.mark.parametrize("write", [*UNIT_WRITERS, write_person_csv, write_person_json, write_person_xlsx])
def test_a_path_that_cannot_be_written_is_named(tmp_path: Path, write: Callable[[Any, Path], None]) -> None:
    path = tmp_path / "no-such-folder" / "a"
    with pytest.raises(OSError, match=r"no-such-folder") as caught:
        write(unit() if write in UNIT_WRITERS else one(), path)
    assert caught.value.filename == str(path)


@pytest.mark.parametrize("write", UNIT_WRITERS)
def test_a_report_that_breaks_off_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, write: Callable[[UnitReport, Path], None]
) -> None:
    def people() -> Iterator[PersonFigures]:
        yield everyone()[0]
        raise RuntimeError

    (tmp_path / "a").write_text("cũ")
    with pytest.raises(RuntimeError):
        write(unit(people()), tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "cũ"
