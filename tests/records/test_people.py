"""Cadres are taken in, updated by what differs, found without guessing, and suspected doubles are named."""

from datetime import date
from time import process_time

import pytest
from boiduong_records.duplicates import Likeness, duplicates
from boiduong_records.matching import directory, find
from boiduong_records.merging import merge
from boiduong_records.people import Management, Person, Post, changes, register, subject_of, update
from boiduong_records.store import Books
from boiduong_records.tables import IDENTITY, MANAGEMENT, POST
from boiduong_records.versions import contents

from tests.records.samples import DECISION, enroll, fill, person, undone


def _find(books: Books, **asked: str) -> int | None:
    with books.reading() as connection:
        return find(connection, **asked).cadre  # type: ignore[arg-type]


def test_cadres_get_numbers_and_random_keys(books: Books) -> None:
    assert enroll(books, person(1), person(2)) == [1, 2]
    assert enroll(books, person(3)) == [3]
    with books.reading() as connection:
        keys = {subject_of(connection, cadre) for cadre in (1, 2, 3)}
    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)


def test_an_unchanged_roster_changes_nothing(books: Books) -> None:
    (cadre,) = enroll(books, person())
    with undone(books) as connection:
        assert not changes(connection, {cadre: person()})
        assert not changes(connection, {cadre: Person("CB00001", " Nguyễn  Văn An ", "1970-03-12")})


def test_an_update_enters_only_what_differs(books: Books) -> None:
    first, second = enroll(books, person(1), person(2))
    with undone(books) as connection:
        found = changes(connection, {first: person(1), second: person(2, birth="1970-03-13")})
        update(connection, found, 7)
        assert found.cadres == {second}
        assert {row["birth"] for row in contents(connection, IDENTITY)} == {"1970-03-12", "1970-03-13"}
        assert {row["birth"] for row in contents(connection, IDENTITY, 6)} == {"1970-03-12"}


def test_posts_and_managements_left_out_stay(books: Books) -> None:
    (cadre,) = enroll(books, person())
    with undone(books) as connection:
        update(connection, changes(connection, {cadre: person(posts=None, managements=())}), 2)
        assert (len(contents(connection, POST)), len(contents(connection, MANAGEMENT))) == (1, 0)


def test_a_roster_of_one_organization_leaves_other_posts_alone(books: Books) -> None:
    (cadre,) = enroll(books, person(posts=(Post("Bí thư", "X01"), Post("Ủy viên", "X02"))))
    with undone(books) as connection:
        said = {cadre: person(posts=(Post("Phó bí thư", "X01"),))}
        update(connection, changes(connection, said, post_key=("cadre", "organization")), 2)
        posts = {(row["title"], row["organization"]) for row in contents(connection, POST)}
    assert posts == {("Phó bí thư", "X01"), ("Ủy viên", "X02")}


def test_ten_thousand_cadres_are_taken_in_or_compared_within_three_seconds(books: Books) -> None:
    if books.engine.dialect.name != "sqlite":
        pytest.skip("the promise is made for SQLite")
    people = [person(number) for number in range(10_000)]
    began = process_time()  # of work: other programs on the machine do not count
    with books.writing() as connection:
        cadres = register(connection, people, 1)
    assert process_time() - began < 3
    began = process_time()
    with books.writing() as connection:
        assert not changes(connection, dict(zip(cadres, people, strict=True)))
    assert process_time() - began < 3


def test_a_cadre_is_found_by_code(books: Books) -> None:
    enroll(books, person(1), person(2))
    assert _find(books, code=" CB00002 ") == 2
    assert _find(books, code="CB00002", name="Nguyễn Văn Ân", birth="1970-03-12") == 2


def test_a_code_whose_holder_is_plainly_another_person_is_not_trusted(books: Books) -> None:
    enroll(books, person(1))
    with books.reading() as connection:
        match = find(connection, code="CB00001", name="Phạm Thị Hoa", birth="1985")
    assert match.cadre is None
    assert [one.code for one in match.candidates] == ["CB00001"]


@pytest.mark.parametrize("birth", ["1970-03-12", "1970"])
def test_a_cadre_is_found_by_name_birth_and_organization(books: Books, birth: str) -> None:
    enroll(books, person(1, code=""), person(2, name="Nguyễn Văn Ân"))
    assert _find(books, name="NGUYỄN  văn an", birth=birth, organization="X01") == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "Nguyễn Văn An", "birth": "1970-03-13", "organization": "X01"},
        {"name": "Nguyễn Văn An", "birth": "1971", "organization": "X01"},
        {"name": "Nguyễn Văn An", "birth": "", "organization": "X01"},
        {"name": "Nguyễn Văn An", "birth": "1970", "organization": "X02"},
        {"name": "Nguyễn Văn An", "birth": "1970", "organization": ""},
        {"name": "Nguyễn Văn An", "birth": "1970", "organization": "X01", "code": "CB77777"},
    ],
)
def test_nothing_is_guessed(books: Books, asked: dict[str, str]) -> None:
    enroll(books, person(1))
    with books.reading() as connection:
        match = find(connection, **asked)  # type: ignore[arg-type]
    assert match.cadre is None
    assert [one.cadre for one in match.candidates] == [1]


def test_two_who_fit_are_both_listed(books: Books) -> None:
    enroll(books, person(1), person(2))
    with books.reading() as connection:
        match = find(connection, name="Nguyễn Văn An", birth="1970", organization="X01")
    assert (match.cadre, len(match.candidates)) == (None, 2)


def test_nobody_of_that_name_gives_no_candidate(books: Books) -> None:
    enroll(books, person(1))
    with books.reading() as connection:
        assert find(connection, name="Nguyen Van An", birth="1970", organization="X01").candidates == ()


def test_merged_files_are_found_as_the_one_that_counts(books: Books) -> None:
    enroll(books, person(1), person(2))
    with books.writing() as connection:
        merge(connection, 2, 1, DECISION)
    assert _find(books, code="CB00001") == 2
    assert _find(books, name="Nguyễn Văn An", birth="1970", organization="X01") == 2


def test_only_posts_held_on_the_day_count(books: Books) -> None:
    enroll(books, person(1, posts=(Post("Bí thư", "X01", date(2020, 1, 1), date(2025, 6, 30)),)))
    asked = {"name": "Nguyễn Văn An", "birth": "1970", "organization": "X01"}
    with books.reading() as connection:
        assert find(connection, **asked, on=date(2025, 6, 30)).cadre == 1  # type: ignore[arg-type]
        assert find(connection, **asked, on=date(2025, 7, 1)).cadre is None  # type: ignore[arg-type]
        assert find(connection, **asked, on=date(2019, 12, 31)).cadre is None  # type: ignore[arg-type]


def test_a_directory_answers_as_single_look_ups_do(books: Books) -> None:
    enroll(books, person(1), person(2, code="", name="Lê Thị Hòa"))
    with books.reading() as connection:
        everyone = directory(connection)
        for asked in (
            {"code": "CB00001"},
            {"name": "lê thị hoà", "birth": "1970", "organization": "X01"},
            {"code": "?"},
        ):
            assert everyone.find(**asked) == find(connection, **asked)  # type: ignore[arg-type]


DOUBLES = [
    (person(1), person(2), Likeness.TWO_CODES),
    (person(1), person(2, code=""), Likeness.SAME_NAME_AND_BIRTH),
    (person(1), person(2, birth="1970"), Likeness.SAME_NAME_AND_YEAR),
    (person(1, birth="1970"), person(2, birth="1970"), Likeness.SAME_NAME_AND_YEAR),
    (person(1), person(2, name="Nguyễn Văn Ân"), Likeness.OTHER_MARKS),
    (person(1), person(1, name="Lê Thị Hòa", birth="1980"), Likeness.SAME_CODE),
    (person(1), person(2, name="NGUYỄN VĂN AN"), Likeness.TWO_CODES),
    (person(1), person(2, name="Nguyễn Văn Ân", birth="1970"), None),
    (person(1), person(2, birth="1970-03-13"), None),
    (person(1), person(2, birth="1971"), None),
    (person(1), person(2, birth=""), None),
    (person(1, birth=""), person(2, birth=""), None),
    (person(1), person(2, name="Nguyễn Văn Anh"), None),
]


@pytest.mark.parametrize(("one", "other", "likeness"), DOUBLES)
def test_probable_doubles_are_named_with_their_reason(
    books: Books, one: Person, other: Person, likeness: Likeness | None
) -> None:
    enroll(books, one, other)
    with books.reading() as connection:
        found = [(pair.first, pair.second, pair.likeness) for pair in duplicates(connection)]
    assert found == ([(1, 2, likeness)] if likeness else [])


def test_merged_files_are_no_doubles_any_more(books: Books) -> None:
    enroll(books, person(1), person(2))
    with books.writing() as connection:
        merge(connection, 1, 2, DECISION)
        assert duplicates(connection) == []


def test_every_likeness_has_words() -> None:
    assert all(likeness.label for likeness in Likeness)


def test_what_was_known_of_people_stays_readable(books: Books) -> None:
    fill(books, 1)
    (cadre,) = enroll(books, person())
    fill(books, 1, start=2)
    with undone(books) as connection:
        update(connection, changes(connection, {cadre: person(managements=(Management("T02"),))}), 2)
        assert [row["authority"] for row in contents(connection, MANAGEMENT, 1)] == ["T01"]
        assert [row["authority"] for row in contents(connection, MANAGEMENT, 2)] == ["T02"]
