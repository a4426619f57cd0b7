"""Where people of a class sit: said part by part, taken back, left with the class, one seat a person."""

from random import Random

import pytest
from boiduong_records.enrolment import enrol
from boiduong_records.errors import BooksError
from boiduong_records.hand_over import hand_over
from boiduong_records.ledger import append_act, reverse
from boiduong_records.merging import merge, people_of, unmerge
from boiduong_records.migrating import VERSION_TABLE
from boiduong_records.people import register
from boiduong_records.registers import register_findings, seal_registers
from boiduong_records.seating import Said, Seated, seat, seating_of, seats_of, team_name, team_order
from boiduong_records.store import Books, open_books
from boiduong_records.tables import SEATING
from boiduong_records.verify import verify
from boiduong_records.versions import contents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records.samples import DECISION, person, tamper, undone

HALL, BRIDGE = "Hội trường A", "Điểm cầu Sông Mã"


@pytest.fixture
def three(books: Books) -> Books:
    """Books with three cadres in class L01, entered by an import that is sealed."""
    with books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, DECISION)
        register(connection, [person(number) for number in (1, 2, 3)], seq)
        seal_registers(connection, seq, DECISION)
        enrol(connection, "L01", [1, 2, 3], (), DECISION)
    return books


def say(books: Books, said: dict[int, Said], code: str = "L01") -> int | None:
    with books.writing() as connection:
        return seat(connection, code, said, DECISION)


def of(books: Books, code: str = "L01") -> dict[int, Seated]:
    with books.reading() as connection:
        return seating_of(connection, code)


def is_whole(books: Books) -> bool:
    with books.reading() as connection:
        return not verify(connection)


@pytest.mark.parametrize(
    ("old", "said", "new"),
    [
        (Seated(), Said(HALL), Seated(HALL)),
        (Seated(HALL, "Tổ 1"), Said(BRIDGE), Seated(BRIDGE, "Tổ 1")),
        (Seated(HALL, "Tổ 1", True), Said(BRIDGE), Seated(BRIDGE, "Tổ 1", True)),
        (Seated(HALL, "Tổ 1", True), Said(team="Tổ 2"), Seated(HALL, "Tổ 2")),
        (Seated(HALL, "Tổ 1", True), Said(team="tổ  1"), Seated(HALL, "Tổ 1", True)),
        (Seated(HALL, "Tổ 1"), Said(team="Tổ 2", leads=True), Seated(HALL, "Tổ 2", True)),
        (Seated(HALL, "Tổ 1", True), Said(leads=False), Seated(HALL, "Tổ 1")),
        (Seated(HALL, "Tổ 1", True), Said("", ""), Seated()),
        (Seated(HALL, "Tổ 1", True), Said(), Seated(HALL, "Tổ 1", True)),
    ],
)
def test_what_is_said_replaces_its_part_and_a_leader_of_one_team_leads_no_other(
    old: Seated, said: Said, new: Seated
) -> None:
    assert said.over(old) == new


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("1", "Tổ 1"), ("tổ 1", "Tổ 1"), ("TỔ  1", "Tổ 1"), ("iv", "Tổ IV"), ("a", "Tổ A"), ("đ", "Tổ Đ"),
        ("Cánh Sen", "Cánh Sen"), ("tổ Cánh Sen", "Tổ Cánh Sen"), ("Tô Hiệu", "Tô Hiệu"), ("Tổ", "Tổ"), ("", ""),
    ],
)  # fmt: skip
def test_a_team_has_one_name_however_its_number_is_written(said: str, name: str) -> None:
    assert team_name(said) == name
    assert team_name(name) == name


def test_teams_stand_in_the_order_of_their_numbers_and_no_team_last() -> None:
    teams = ["", "Tổ 10", "Tổ 2", "Cánh Sen", "10", "Tổ 1"]
    assert sorted(teams, key=team_order) == ["10", "Cánh Sen", "Tổ 1", "Tổ 2", "Tổ 10", ""]


def test_a_seat_is_an_entry_that_counts_heads_and_saying_it_again_changes_nothing(three: Books) -> None:
    said = {1: Said(HALL, "Tổ 1", True), 2: Said(HALL, "Tổ 1")}
    seq = say(three, said)
    assert seq is not None
    assert of(three) == {1: Seated(HALL, "Tổ 1", True), 2: Seated(HALL, "Tổ 1")}
    assert (say(three, said), say(three, {3: Said()}), is_whole(three)) == (None, None, True)
    with three.reading() as connection:
        handed = hand_over(connection, 1)
    assert [(fact["class_code"], fact["team"], fact["since"]) for fact in handed["seats"]] == [("L01", "Tổ 1", seq)]
    with three.writing() as connection, pytest.raises(BooksError, match="không đảo được mục số"):
        reverse(connection, seq, DECISION)


def test_who_leaves_the_class_leaves_the_seat_and_comes_back_without_one(three: Books) -> None:
    seq = say(three, {1: Said(HALL), 2: Said(BRIDGE)})
    with three.writing() as connection:
        enrol(connection, "L01", (), [1], DECISION)
        enrol(connection, "L01", [1], (), DECISION)
    assert of(three) == {2: Seated(BRIDGE)}
    with three.reading() as connection:
        assert len(contents(connection, SEATING, seq)) == 2, "as it was at the entry before"
    assert is_whole(three)


def test_each_class_seats_for_itself(three: Books) -> None:
    say(three, {1: Said(HALL)})
    say(three, {1: Said(BRIDGE, "Tổ 2")}, "L02")
    with three.reading() as connection:
        assert seats_of(connection, [1]) == {"L01": Seated(HALL), "L02": Seated(BRIDGE, "Tổ 2")}


def test_merged_files_are_one_person_in_the_seat_that_was_said_last(three: Books) -> None:
    say(three, {1: Said(HALL, "Tổ 1", True)})
    say(three, {3: Said(BRIDGE)})
    with three.writing() as connection:
        merge(connection, 1, 3, DECISION)
    assert of(three) == {1: Seated(BRIDGE)}
    with three.reading() as connection:
        assert seats_of(connection, people_of(connection, 1)) == {"L01": Seated(BRIDGE)}
    assert say(three, {1: Said(BRIDGE)}) is None, "what is so already is not entered again"
    say(three, {1: Said(HALL)})
    assert of(three) == {1: Seated(HALL)}
    with three.writing() as connection:
        enrol(connection, "L01", (), [1], DECISION)
        unmerge(connection, 3, DECISION)
    assert (of(three), is_whole(three)) == ({}, True)


def test_a_team_is_spelt_as_the_class_has_it(three: Books) -> None:
    say(three, {1: Said(team="Cánh Sen")})
    say(three, {2: Said(team="cánh  sen")})
    assert {seated.team for seated in of(three).values()} == {"Cánh Sen"}


def test_a_seat_altered_behind_the_ledgers_back_is_found(three: Books) -> None:
    seq = say(three, {1: Said(HALL)})
    tamper(three, "UPDATE seating SET team = 'Tổ 9'")
    with three.reading() as connection:
        assert [finding.seq for finding in register_findings(connection)] == [seq]


def test_books_without_seats_are_brought_up_with_all_they_hold_and_take_seats(three: Books, where: str) -> None:
    tamper(three, "DROP TABLE seating", f"UPDATE {VERSION_TABLE} SET version_num = 'r0003'")
    with open_books(where) as books:
        assert (of(books), is_whole(books)) == ({}, True)
        say(books, {1: Said(HALL)})
        assert (of(books), is_whole(books)) == ({1: Seated(HALL)}, True)


_TEAMS = st.sampled_from([None, "", "Tổ 1", "tổ 1", "Cánh Sen", "CÁNH SEN"])
_SAID = st.builds(Said, st.sampled_from([None, "", HALL, BRIDGE]), _TEAMS, st.sampled_from([None, True, False]))


@given(st.dictionaries(st.integers(1, 3), _SAID, min_size=2), st.randoms())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_what_is_said_never_matters(three: Books, said: dict[int, Said], random: Random) -> None:
    shuffled = [*said.items()]
    random.shuffle(shuffled)
    found = []
    for each in (said, dict(shuffled)):
        with undone(three) as connection:
            seat(connection, "L01", each, DECISION)
            found.append(seating_of(connection, "L01"))
            assert seat(connection, "L01", each, DECISION) is None
            assert verify(connection) == []
    assert found[0] == found[1]
