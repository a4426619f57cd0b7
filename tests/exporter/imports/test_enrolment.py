"""The list of a class: it adds, never takes away unless a row says so, and guesses at nobody."""

from random import Random
from typing import Any

import pytest
from boiduong_exporter.imports.enrolment import specs, take_within
from boiduong_exporter.imports.intake import Arrival, Report, import_file
from boiduong_exporter.readers.sheet import read_tables
from boiduong_records.enrolment import enrolled
from boiduong_records.merging import merge
from boiduong_records.receipts import Outcome
from boiduong_records.seating import Seated, seating_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench, Sheets, told

HEAD = ("Mã cán bộ", "Họ và tên", "Ngày sinh", "Đơn vị", "Thôi học")
AN = ("00001", "Nguyễn Văn An", None, None, None)
BA = ("00002", "Trần Thị Ba", None, None, None)


def listed(*rows: tuple[object, ...], code: str = "L01") -> Sheets:
    return {"HV": [(f"Mã lớp: {code}",), HEAD, *rows]}


def leaving(row: tuple[object, ...], how: str = "x") -> tuple[object, ...]:
    return (*row[:4], how)


def of(bench: Bench, code: str = "L01") -> list[int]:
    with bench.books.reading() as connection:
        return enrolled(connection, code)


def test_a_list_enrols_its_people_and_again_changes_nothing(office: Bench) -> None:
    assert office.brought("enrolment", listed(AN, BA)).counts == {Outcome.TAKEN: 2}
    again = office.brought("enrolment", listed(AN, BA))
    assert (again.counts, again.seq) == ({Outcome.UNCHANGED: 2}, None)
    assert of(office) == [1, 2]
    assert office.is_whole()


def test_whom_the_next_list_passes_over_stays(office: Bench) -> None:
    office.brought("enrolment", listed(AN))
    office.brought("enrolment", listed(BA))
    assert of(office) == [1, 2]


@pytest.mark.parametrize("how", ["x", "có", "Có"])
def test_only_a_row_that_says_so_lets_someone_leave(office: Bench, how: str) -> None:
    office.brought("enrolment", listed(AN, BA))
    assert office.brought("enrolment", listed(leaving(AN, how))).counts == {Outcome.TAKEN: 1}
    assert office.brought("enrolment", listed(leaving(AN, how))).counts == {Outcome.UNCHANGED: 1}
    assert of(office) == [2]


def test_one_list_may_be_of_several_classes(office: Bench) -> None:
    office.brought("classes", made.classes(("L02", *made.L01[1:]), sessions=[made.SESSION]))
    rows = [("Mã lớp", *HEAD), ("L01", *AN), ("L02", *AN), ("L02", *BA)]
    assert office.brought("enrolment", {"HV": rows}).counts == {Outcome.TAKEN: 3}
    assert (of(office), of(office, "L02")) == ([1], [1, 2])


def test_a_person_told_twice_alike_is_taken_once(office: Bench) -> None:
    assert office.brought("enrolment", listed(AN, AN)).counts == {Outcome.TAKEN: 2}
    assert of(office) == [1]


@pytest.mark.parametrize(
    ("rows", "code", "line", "said"),
    [
        ([("00009", "Lê Văn Không", None, None, None)], "L01", 3, "refused N01"),
        ([(None, "Nguyễn Văn An", None, None, None)], "L01", 3, "refused N02"),
        ([("00001", "Lê Văn Khác", None, None, None)], "L01", 3, "refused N03"),
        ([AN, leaving(AN)], "L01", 4, "refused N04"),
        ([(None, "Lý Lạ", None, "Đảng ủy xã Không", None)], "L01", 3, "refused O01"),
        ([AN], "L0l", 3, "refused C01"),
        ([leaving(AN, "có lẽ")], "L01", 3, "refused V03"),
    ],
)
def test_a_row_that_does_not_say_surely_is_refused(
    office: Bench, rows: list[tuple[object, ...]], code: str, line: int, said: str
) -> None:
    report = office.bring("enrolment", listed(*rows, code=code))
    assert office.receipts(report)[line] == said


def test_without_a_class_the_row_says_what_is_missing(office: Bench) -> None:
    assert "chưa rõ bảng này của lớp nào" in told(office.bring("enrolment", {"HV": [HEAD, AN]}))


def test_someone_without_a_code_is_known_by_name_birth_and_unit(office: Bench) -> None:
    office.brought("enrolment", listed((None, "Nguyễn Văn An", "12/03/1970", "Đảng ủy xã Hòa An", None)))
    assert of(office) == [1]


def test_merged_files_are_one_person_who_leaves_by_either_code(office: Bench) -> None:
    office.brought("roster", made.roster(("00003", *made.AN[1:])))
    office.brought("enrolment", listed(("00003", *AN[1:])))
    with office.books.writing() as connection:
        merge(connection, 1, 3, made.BY)
    assert office.brought("enrolment", listed(AN)).counts == {Outcome.UNCHANGED: 1}
    office.brought("enrolment", listed(leaving(AN)))
    assert of(office) == []
    assert office.is_whole()


def within(office: Bench, file: Sheets, *cadres: int) -> Report:
    """The list as someone brings it who has these people in their care."""
    reading = read_tables(made.xlsx(file), "hv.xlsx", specs(office.rules.kinds))
    take = take_within(lambda cadre: cadre in cadres)
    return import_file(office.books, office.rules, Arrival("enrolment", take, "hv.xlsx", reading, "Cán bộ", made.AT))


NAMESAKE = ("00007", "Nguyễn Văn An", "1980", "Ủy viên", "X02", None, None, "X02")


@pytest.mark.parametrize(
    "row",
    [BA, ("00002", "Trần Văn Lầm", None, None, None), (None, "Trần Thị Ba", None, None, None)],
    ids=["by code", "a code with a slip", "by name"],
)
def test_nobody_beyond_ones_care_is_found_nor_named(office: Bench, row: tuple[Any, ...]) -> None:
    report = within(office, listed(AN, row), 1)
    assert office.receipts(report) == {3: "taken", 4: "refused N01"}
    assert "1975" not in told(report)
    assert of(office) == [1]


def test_a_namesake_beyond_ones_care_is_no_candidate(office: Bench) -> None:
    office.brought("roster", made.roster(NAMESAKE))
    report = within(office, listed((None, "Nguyễn Văn An", None, None, None)), 1)
    assert "12/03/1970" in told(report)
    assert "1980" not in told(report)


# Where they sit -------------------------------------------------------------------------------------------------------

SEATED_HEAD = ("Mã cán bộ", "Họ và tên", "Điểm học", "Tổ", "Tổ trưởng", "Thôi học")
AT_HALL, AT_BRIDGE = made.AT_HALL, made.AT_BRIDGE
AN_, BA_ = AN[:2], BA[:2]
Row = tuple[object, ...]


def seated(*rows: Row) -> Sheets:
    return {"HV": [("Mã lớp: L01",), SEATED_HEAD, *((*row, *[None] * (6 - len(row))) for row in rows)]}


def seats(bench: Bench) -> dict[int, Seated]:
    with bench.books.reading() as connection:
        return seating_of(connection, "L01")


def test_a_list_says_where_its_people_sit_and_again_changes_nothing(office: Bench) -> None:
    rows = (*AN_, AT_HALL, "1", "x"), (*BA_, "điểm cầu xã hoà an", "tổ 2")
    assert office.brought("enrolment", seated(*rows)).counts == {Outcome.TAKEN: 2}
    assert seats(office) == {1: Seated(AT_HALL, "Tổ 1", True), 2: Seated(AT_BRIDGE, "Tổ 2")}
    again = office.brought("enrolment", seated(*rows))
    assert (again.counts, again.seq, again.problems) == ({Outcome.UNCHANGED: 2}, None, [])
    assert (of(office), office.is_whole()) == ([1, 2], True)


@pytest.mark.parametrize(
    ("row", "outcome", "seat"),
    [
        ((None, None, None), Outcome.UNCHANGED, Seated(AT_HALL, "Tổ 1", True)),
        ((AT_BRIDGE, None, None), Outcome.TAKEN, Seated(AT_BRIDGE, "Tổ 1", True)),
        ((None, "2", None), Outcome.TAKEN, Seated(AT_HALL, "Tổ 2")),
        ((None, None, "không"), Outcome.TAKEN, Seated(AT_HALL, "Tổ 1")),
        (("-", None, None), Outcome.TAKEN, Seated("", "Tổ 1", True)),
        ((None, "–", None), Outcome.TAKEN, Seated(AT_HALL)),
        (("-", "-", None), Outcome.TAKEN, None),
        ((None, None, None, "x"), Outcome.TAKEN, None),
        ((AT_BRIDGE, "2", "x", "x"), Outcome.TAKEN, None),
    ],
)
def test_a_blank_leaves_that_part_as_it_is_and_what_is_said_replaces_it(
    office: Bench, row: Row, outcome: Outcome, seat: Seated | None
) -> None:
    office.brought("enrolment", seated((*AN_, AT_HALL, "1", "x")))
    assert office.brought("enrolment", seated((*AN_, *row))).counts == {outcome: 1}
    assert seats(office) == ({1: seat} if seat else {})
    assert office.is_whole()


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ([(*AN_, "Điểm cầu xã Hoa An")], 3, "refused C06"),
        ([(*AN_, AT_HALL), (*AN_, AT_BRIDGE)], 4, "refused N04"),
        ([(*AN_, None, "1"), (*AN_, None, "2")], 4, "refused N04"),
        ([(*AN_, None, "1", "x"), (*AN_, None, None, "không")], 4, "refused N04"),
        ([(*AN_, AT_HALL, None, "x")], 3, "refused C13"),
        ([(*AN_, AT_HALL, "-", "x")], 3, "refused C13"),
        ([(*AN_, AT_HALL, "1", "tổ phó")], 3, "refused V03"),
    ],
)
def test_a_seat_that_is_not_said_surely_is_refused_with_its_row(
    office: Bench, rows: list[Row], line: int, said: str
) -> None:
    assert office.receipts(office.bring("enrolment", seated(*rows)))[line] == said


def test_who_is_refused_as_leader_of_no_team_is_not_enrolled_either(office: Bench) -> None:
    office.bring("enrolment", seated((*AN_, AT_HALL, None, "x")))
    assert (of(office), seats(office)) == ([], {})


def test_who_is_in_a_team_already_is_made_its_leader_by_a_mark_alone(office: Bench) -> None:
    office.brought("enrolment", seated((*AN_, None, "1")))
    office.brought("enrolment", seated((*AN_, None, None, "x")))
    assert seats(office) == {1: Seated("", "Tổ 1", True)}


def test_two_leaders_of_one_team_are_taken_and_told_those_of_two_bridges_are_not(office: Bench) -> None:
    office.brought("enrolment", seated((*AN_, AT_HALL, "1", "x")))
    assert told(office.brought("enrolment", seated((*BA_, AT_BRIDGE, "1", "x")))) == ""
    assert "«Tổ 1» của lớp «L01» có 2 tổ trưởng" in told(office.brought("enrolment", seated((*BA_, AT_HALL, "1", "x"))))
    assert [each.leads for each in seats(office).values()] == [True, True]


def test_merged_files_sit_in_one_seat(office: Bench) -> None:
    office.brought("roster", made.roster(("00003", *made.AN[1:])))
    office.brought("enrolment", seated(("00003", AN[1], AT_HALL, "1")))
    with office.books.writing() as connection:
        merge(connection, 1, 3, made.BY)
    assert office.brought("enrolment", seated((*AN_, AT_HALL, "1"))).counts == {Outcome.UNCHANGED: 1}
    office.brought("enrolment", seated((*AN_, AT_BRIDGE)))
    assert (seats(office), office.is_whole()) == ({1: Seated(AT_BRIDGE, "Tổ 1")}, True)


_PARTS = st.tuples(
    st.sampled_from([AN_, BA_]), st.sampled_from([None, AT_HALL]), st.sampled_from([None, "1", "tổ 1"]),
    st.sampled_from([None, "x"]),
).map(lambda parts: (*parts[0], *parts[1:]))  # fmt: skip


@given(st.lists(_PARTS, min_size=2, max_size=5), st.randoms())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_rows_never_matters(office: Bench, rows: list[Row], random: Random) -> None:
    found = []
    for each in (rows, random.sample(rows, len(rows))):
        for row in (AN_, BA_):
            office.bring("enrolment", seated((*row, None, None, None, "x")))
        office.bring("enrolment", seated(*each))
        assert office.bring("enrolment", seated(*each)).seq is None
        found.append((of(office), seats(office)))
    assert found[0] == found[1]
    assert office.is_whole()
