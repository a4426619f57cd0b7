"""The roster: who is meant, what posts are held, who manages; nobody is guessed and nothing is lost."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from boiduong_records.merging import merge
from boiduong_records.receipts import Outcome
from boiduong_records.tables import IDENTITY, MANAGEMENT, POST

from tests.exporter.imports import made
from tests.exporter.imports.made import AN, BA, Bench, roster, told

YEAR = [date(2026, 1, 1), date(2025, 12, 31)]


def row(code: Any = "00003", name: Any = "Lê Văn Ca", birth: Any = "01/05/1980", **values: Any) -> tuple[Any, ...]:
    said = {"title": "Ủy viên", "unit": "X01", "starts": None, "ends": None, "authority": "TU", "since": None} | values
    return (code, name, birth, *said.values())


def people(bench: Bench) -> dict[int, tuple[str, str, str]]:
    return {each["cadre"]: (each["code"], each["name"], each["birth"]) for each in bench.table(IDENTITY)}


def posts(bench: Bench, cadre: int) -> set[tuple[Any, ...]]:
    return {
        (each["title"], each["organization"], each["valid_from"], each["valid_to"])
        for each in bench.table(POST)
        if each["cadre"] == cadre
    }


def managed(bench: Bench, cadre: int) -> list[tuple[Any, ...]]:
    spans = [each for each in bench.table(MANAGEMENT) if each["cadre"] == cadre]
    return sorted(
        ((each["authority"], each["valid_from"], each["valid_to"]) for each in spans),
        key=lambda span: span[1] or date.min,
    )


def bring(bench: Bench, *rows: tuple[Any, ...]) -> dict[int, str]:
    return bench.receipts(bench.bring("roster", roster(*rows)))


def test_new_people_are_taken_in_with_their_posts_and_managing_bodies(office: Bench) -> None:
    assert people(office) == {1: ("00001", "Nguyễn Văn An", "1970-03-12"), 2: ("00002", "Trần Thị Ba", "1975")}
    assert posts(office, 1) == {("Bí thư Đảng ủy", "X01", None, None)}
    assert (managed(office, 1), managed(office, 2)) == ([("TU", None, None)], [("X01", None, None)])


def test_several_rows_of_one_person_are_several_posts(office: Bench) -> None:
    assert bring(office, row(), row(title="Trưởng ban", unit="TU")) == {2: "taken", 3: "taken"}
    assert posts(office, 3) == {("Ủy viên", "X01", None, None), ("Trưởng ban", "TU", None, None)}
    assert len(people(office)) == 3


def test_posts_under_two_bodies_are_managed_by_both(office: Bench) -> None:
    bring(office, row(), row(title="Trưởng ban", unit="TU", authority="X01"))
    assert {body for body, *_ in managed(office, 3)} == {"TU", "X01"}


def test_a_new_managing_body_ends_the_earlier_one_the_day_before(office: Bench) -> None:
    assert bring(office, (*BA[:7], "TU", "01/01/2026")) == {2: "taken"}
    assert managed(office, 2) == [("X01", None, YEAR[1]), ("TU", YEAR[0], None)]
    assert bring(office, (*BA[:7], "TU", "01/01/2026")) == {2: "unchanged"}


def test_the_history_of_a_post_may_be_told_in_one_file(office: Bench) -> None:
    later = row(since="01/01/2026", authority="X01")
    assert bring(office, later, row(since="01/01/2020")) == {2: "taken", 3: "taken"}
    assert managed(office, 3) == [("TU", date(2020, 1, 1), YEAR[1]), ("X01", YEAR[0], None)]
    assert bring(office, later, row(since="01/01/2020")) == {2: "unchanged", 3: "unchanged"}


def test_history_told_afterwards_ends_where_the_books_go_on(office: Bench) -> None:
    bring(office, row(since="01/01/2026"))
    bring(office, row(since="01/01/2020", authority="X01"))
    assert managed(office, 3) == [("X01", date(2020, 1, 1), YEAR[1]), ("TU", YEAR[0], None)]


@pytest.mark.parametrize("since", [None, "01/01/2020"])
def test_another_managing_body_without_a_day_of_its_own_is_refused(office: Bench, since: str | None) -> None:
    bring(office, row(since=since))
    assert bring(office, row(since=since, authority="X01")) == {2: "refused N05"}
    assert len(managed(office, 3)) == 1


def test_two_managing_bodies_of_one_post_without_days_are_refused(office: Bench) -> None:
    assert bring(office, row(), row(authority="X01")) == {2: "refused N05", 3: "refused N05"}
    assert len(people(office)) == 2


def test_a_body_that_stopped_managing_does_not_come_back_without_a_day(office: Bench) -> None:
    bring(office, (*BA[:7], "TU", "01/01/2026"))
    assert bring(office, BA) == {2: "refused N05"}


def test_a_code_given_later_goes_to_the_one_of_that_name_birth_and_unit(office: Bench) -> None:
    bring(office, row(code=None))
    assert bring(office, row(title="Trưởng ban", unit="TU"), row()) == {2: "taken", 3: "taken"}
    assert people(office)[3] == ("00003", "Lê Văn Ca", "1980-05-01")
    assert posts(office, 3) == {("Ủy viên", "X01", None, None), ("Trưởng ban", "TU", None, None)}
    assert len(people(office)) == 3


def test_two_codes_are_two_people_whatever_else_is_alike(office: Bench) -> None:
    bring(office, row(code=None))
    assert bring(office, row("00003"), row("00004")) == {2: "taken", 3: "taken"}
    assert {code for code, *_ in people(office).values()} == {"00001", "00002", "00003", "00004"}
    assert bring(office, row("00003"), row("00004")) == {2: "unchanged", 3: "unchanged"}


def test_a_year_is_enough_and_gives_way_to_the_full_day_never_back(office: Bench) -> None:
    bring(office, (BA[0], BA[1], "20/11/1975", *BA[3:]))
    assert people(office)[2][2] == "1975-11-20"
    assert bring(office, BA) == {2: "unchanged"}
    assert people(office)[2][2] == "1975-11-20"


def test_a_code_of_someone_else_is_refused_and_says_whose_it_is(office: Bench) -> None:
    report = office.bring("roster", roster(row("00001")))
    assert office.receipts(report) == {2: "refused N03"}
    assert "Nguyễn Văn An, sinh 12/03/1970, mã 00001" in told(report)


def test_another_name_under_a_code_needs_the_whole_day_of_birth(office: Bench) -> None:
    assert bring(office, ("00002", "Lê Thị Bốn", *BA[2:])) == {2: "refused N03"}
    assert bring(office, (AN[0], "Nguyễn Văn Ân Em", *AN[2:])) == {2: "taken"}
    rows = (AN[0], "Lê Ca", *AN[2:]), (AN[0], "Lê Ca Em", "1999", *AN[3:])
    assert bring(office, *rows) == {2: "refused N03", 3: "refused N03"}


def test_namesakes_without_a_code_are_listed_never_chosen(office: Bench) -> None:
    bring(office, row("00003"), row("00004"))
    report = office.bring("roster", roster(row(None)))
    assert office.receipts(report) == {2: "refused N02"}
    assert "mã 00003" in told(report)
    assert "mã 00004" in told(report)


def test_someone_without_a_code_in_another_unit_is_asked_about(office: Bench) -> None:
    bring(office, row(None))
    assert bring(office, row(None, unit="X02")) == {2: "refused N02"}
    assert bring(office, row(None, name="Bùi Thị Dậu"), row(None, name="Bùi Thị Dậu", unit="X02")) == {
        2: "taken", 3: "refused N02",
    }  # fmt: skip


def test_a_name_without_its_marks_is_proposed_never_taken(office: Bench) -> None:
    report = office.bring("roster", roster((None, "Nguyen Van An", *AN[2:])))
    assert office.receipts(report) == {2: "refused N02"}
    assert "có thể là: Nguyễn Văn An" in told(report)


def test_a_row_without_a_code_joins_the_row_that_has_one(office: Bench) -> None:
    rows = row(None, title="Trưởng ban"), row()
    assert bring(office, *rows) == {2: "taken", 3: "taken"}
    assert len(people(office)) == 3
    assert bring(office, *rows) == {2: "unchanged", 3: "unchanged"}


@pytest.mark.parametrize(
    "other",
    [row(name="Lê Văn Cam"), row(birth="02/05/1980"), row(starts="01/01/2020", title="Bí thư")],
)
def test_rows_of_one_person_must_agree(office: Bench, other: tuple[Any, ...]) -> None:
    first = row(title="Bí thư", starts="01/01/2019")
    assert bring(office, first, other)[2] == "taken"
    before = office.state()
    assert bring(office, first, other) == {2: "unchanged", 3: "refused N04"}
    assert office.state() == before


def test_a_post_held_again_later_is_a_post_of_its_own(office: Bench) -> None:
    bring(office, row(starts="01/01/2010", ends="31/12/2015"))
    bring(office, row(starts="01/01/2020"))
    first, again = (date(2010, 1, 1), date(2015, 12, 31)), (date(2020, 1, 1), None)
    assert posts(office, 3) == {("Ủy viên", "X01", *first), ("Ủy viên", "X01", *again)}


def test_a_post_passed_over_is_told_and_kept(office: Bench) -> None:
    report = office.brought("roster", roster((*AN[:3], "Trưởng ban", "TU", None, None, "TU")))
    assert [problem.code for problem in report.problems] == ["N06"]
    assert len(posts(office, 1)) == 2


def test_a_roster_without_titles_passes_over_no_post(office: Bench) -> None:
    report = office.brought("roster", {"DS": [(*made.ROSTER[:3], "Đơn vị", "Diện quản lý"), (*AN[:3], "X01", "TU")]})
    assert (report.problems, report.counts) == ([], {Outcome.UNCHANGED: 1})


def test_a_post_ends_when_its_end_is_told(office: Bench) -> None:
    report = office.brought("roster", roster((*AN[:6], "30/06/2025", *AN[7:])))
    assert posts(office, 1) == {("Bí thư Đảng ủy", "X01", None, date(2025, 6, 30))}
    assert report.problems == []


@pytest.mark.parametrize(
    "said", ["Tỉnh uỷ Đồng Tháp", "Tỉnh ủy Đồng Tháp quản lý", "Diện Tỉnh ủy Đồng Tháp quản lý", "thuộc diện tu", "TU"]
)
def test_the_managing_body_is_named_as_people_name_it(office: Bench, said: str) -> None:
    found = bring(office, row(authority=said))
    assert found == {2: "taken"} if said != "thuộc diện tu" else {2: "refused O01"}


@pytest.mark.parametrize("said", ["Ngoài chế độ", "không", "NGOÀI CHẾ ĐỘ"])
def test_people_outside_the_regime_are_said_so(office: Bench, said: str) -> None:
    bring(office, row(authority=said))
    assert managed(office, 3) == [("", None, None)]


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"code": "001080012345"}, "V12", "…45"),
        ({"unit": "Đảng ủy xã Hòa Ann"}, "O01", "Có phải là «Đảng ủy xã Hòa An»?"),
        ({"authority": "Tỉnh ủy Đồng Thap"}, "O01", "Có phải là «Tỉnh ủy Đồng Tháp»?"),
        ({"starts": "01/01/2020", "ends": "01/01/2019"}, "O04", "01/01/2019"),
        ({"birth": "31/02/1980"}, "V05", "31/02/1980"),
    ],
)
def test_a_row_with_a_slip_is_refused_with_what_to_do(
    office: Bench, changed: dict[str, Any], code: str, words: str
) -> None:
    report = office.bring("roster", roster(row(**changed)))
    assert office.receipts(report) == {2: f"refused {code}"}
    assert words in told(report)
    assert len(people(office)) == 2


def test_decomposed_text_is_the_same_text(office: Bench) -> None:
    decomposed = [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in AN]
    assert bring(office, tuple(decomposed)) == {2: "unchanged"}


def test_the_code_of_a_merged_file_does_not_replace_that_of_the_kept_one(office: Bench) -> None:
    bring(office, row())
    with office.books.writing() as connection:
        merge(connection, 1, 3, made.BY)
    bring(office, (row()[0], *AN[1:]))
    assert {code for code, *_ in people(office).values()} >= {"00001", "00003"}
