"""Who is enrolled in a class: entered once, closed when they leave, readable at every past entry, one person whatever
the number of their files."""

import pytest
from boiduong_records.enrolment import classes_of, enrol, enrolled, may_study
from boiduong_records.errors import BooksError
from boiduong_records.hand_over import hand_over
from boiduong_records.ledger import append_act, reverse
from boiduong_records.merging import merge, people_of
from boiduong_records.people import register
from boiduong_records.registers import register_findings, seal_registers
from boiduong_records.store import Books
from boiduong_records.tables import ENROLMENT
from boiduong_records.versions import contents
from sqlalchemy import select

from tests.records.samples import DECISION, person, tamper


@pytest.fixture
def three(books: Books) -> Books:
    """Books with three cadres, entered by an import that is sealed."""
    with books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, DECISION)
        register(connection, [person(number) for number in (1, 2, 3)], seq)
        seal_registers(connection, seq, DECISION)
    return books


def join(books: Books, *joining: int, leaving: tuple[int, ...] = (), code: str = "L01") -> int | None:
    with books.writing() as connection:
        return enrol(connection, code, joining, leaving, DECISION)


def of(books: Books, code: str = "L01") -> list[int]:
    with books.reading() as connection:
        return enrolled(connection, code)


def test_the_enrolled_stand_in_the_class_and_it_in_their_list(three: Books) -> None:
    join(three, 1, 2)
    join(three, 2, code="L02")
    assert (of(three), of(three, "L02"), of(three, "L03")) == ([1, 2], [2], [])
    with three.reading() as connection:
        assert (classes_of(connection, [1]), classes_of(connection, [2]), classes_of(connection, [3])) == (
            ["L01"], ["L01", "L02"], [],
        )  # fmt: skip
        assert [may_study(connection, [cadre], "L01") for cadre in (1, 2, 3)] == [True, True, False]
        assert not may_study(connection, [], "L01")


def test_enrolling_the_enrolled_and_parting_from_strangers_changes_nothing(three: Books) -> None:
    join(three, 1)
    assert join(three, 1, leaving=(3,)) is None


def test_one_more_in_a_class_writes_one_row_and_lets_the_others_be(three: Books) -> None:
    join(three, 1, 2)
    with three.reading() as connection:
        before = set(connection.execute(select(ENROLMENT)).all())
    join(three, 3)
    with three.reading() as connection:
        after = set(connection.execute(select(ENROLMENT)).all())
    assert (before <= after, len(after - before)) == (True, 1)


def test_who_left_is_out_but_was_in_at_the_entry_before(three: Books) -> None:
    seq = join(three, 1, 2)
    join(three, leaving=(1,))
    assert of(three) == [2]
    with three.reading() as connection:
        assert [row["cadre"] for row in contents(connection, ENROLMENT, seq)] == [1, 2]
        assert not may_study(connection, [1], "L01")


def test_merged_files_are_one_person_who_is_in_once_and_leaves_whole(three: Books) -> None:
    join(three, 1, 2)
    with three.writing() as connection:
        merge(connection, 3, 1, DECISION)
        assert may_study(connection, people_of(connection, 3), "L01")
    assert of(three) == [2, 3]
    assert join(three, 3) is None, "who is in by another file is not entered again"
    join(three, leaving=(3,))
    assert of(three) == [2]


def test_an_enrolment_is_an_entry_that_counts_heads_and_names_nobody(three: Books) -> None:
    seq = join(three, 1, 2)
    assert seq is not None
    with three.reading() as connection:
        handed = hand_over(connection, 1)
    assert [(fact["class_code"], fact["since"], fact["until"]) for fact in handed["enrolments"]] == [("L01", seq, None)]
    assert "cadre" not in handed["enrolments"][0]
    with three.writing() as connection, pytest.raises(BooksError, match="không đảo được mục số"):
        reverse(connection, seq, DECISION)


def test_an_enrolment_altered_behind_the_ledgers_back_is_found(three: Books) -> None:
    seq = join(three, 1)
    with three.reading() as connection:
        assert [*register_findings(connection)] == []
    tamper(three, "UPDATE enrolment SET cadre = 2")
    with three.reading() as connection:
        assert [finding.seq for finding in register_findings(connection)] == [seq]
