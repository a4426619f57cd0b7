"""Files are merged and parted again without losing anything."""

from dataclasses import replace

import pytest
from boiduong_records.bodies import live
from boiduong_records.errors import BooksError
from boiduong_records.ledger import append, head
from boiduong_records.merging import merge, people_of, roots, subjects, unmerge
from boiduong_records.people import register, subject_of
from boiduong_records.store import Books
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.records.samples import AT, DECISION, draft, enroll, findings, person, undone

CADRE = st.integers(1, 5)
STEPS = st.lists(st.tuples(CADRE, CADRE) | st.tuples(CADRE), max_size=12)


def _enroll_five(books: Books) -> None:
    enroll(books, *(person(number) for number in range(1, 6)))


def _step(connection: Connection, step: tuple[int, ...]) -> None:
    if len(step) == 2:
        merge(connection, step[0], step[1], DECISION)
    else:
        unmerge(connection, step[0], DECISION)


def _model(into: dict[int, int], step: tuple[int, ...]) -> dict[int, int] | None:
    """What a step makes of "absorbed -> kept", or None where it must be refused."""
    if len(step) == 1:
        return {one: kept for one, kept in into.items() if one != step[0]} if step[0] in into else None
    kept, absorbed = step
    refused = kept == absorbed or kept in into or absorbed in into
    return None if refused else {**into, absorbed: kept}


def _counts_for(into: dict[int, int], cadre: int) -> int:
    while cadre in into:
        cadre = into[cadre]
    return cadre


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_merging_and_parting_follow_the_model_at_every_number(books: Books, steps: list[tuple[int, ...]]) -> None:
    with undone(books) as connection:
        register(connection, [person(number) for number in range(1, 6)], 0)
        into: dict[int, int] = {}
        history = {0: into}
        for step in steps:
            after = _model(into, step)
            if after is None:
                with pytest.raises(BooksError):
                    _step(connection, step)
                continue
            _step(connection, step)
            into = history[head(connection).seq] = after
        for seq, known in history.items():
            assert roots(connection, seq) == {one: _counts_for(known, one) for one in known}
            for cadre in range(1, 6):
                if cadre not in known:
                    everyone = [one for one in range(1, 6) if _counts_for(known, one) == cadre]
                    assert list(people_of(connection, cadre, seq)) == everyone


def test_the_evidence_of_merged_files_is_their_union(books: Books) -> None:
    first, second = enroll(books, person(1), person(2))
    with books.writing() as connection:
        keys = {cadre: subject_of(connection, cadre) for cadre in (first, second)}
        append(connection, [draft(1, keys[first]), draft(2, keys[second])], AT)
        merge(connection, first, second, DECISION)
        person_keys = [keys[cadre] for cadre in people_of(connection, first)]
        assert len(list(live(connection, person_keys))) == 2
        assert subjects(connection) == {keys[first]: first, keys[second]: first}
        unmerge(connection, second, DECISION)
        assert subjects(connection) == {keys[first]: first, keys[second]: second}
    assert findings(books) == []


def test_parting_gives_back_what_the_absorbed_had_absorbed(books: Books) -> None:
    _enroll_five(books)
    with books.writing() as connection:
        merge(connection, 2, 3, DECISION)
        merge(connection, 1, 2, DECISION)
        assert people_of(connection, 1) == (1, 2, 3)
        unmerge(connection, 2, DECISION)
        assert (people_of(connection, 1), people_of(connection, 2)) == ((1,), (2, 3))


@pytest.mark.parametrize(("kept", "absorbed"), [(1, 1), (1, 99), (99, 1), (1, 3), (3, 4), (3, 2)])
def test_what_cannot_be_merged_is_refused(books: Books, kept: int, absorbed: int) -> None:
    _enroll_five(books)
    with books.writing() as connection:
        merge(connection, 2, 3, DECISION)
    with pytest.raises(BooksError, match="hồ sơ"), books.writing() as connection:
        merge(connection, kept, absorbed, DECISION)


@pytest.mark.parametrize("changed", [{"reason": ""}, {"approver": ""}, {"approver": DECISION.author}])
def test_merging_and_parting_need_a_reason_and_two_people(books: Books, changed: dict[str, str]) -> None:
    _enroll_five(books)
    by = replace(DECISION, **changed)  # type: ignore[arg-type]
    with books.writing() as connection:
        merge(connection, 1, 2, DECISION)
        with pytest.raises(BooksError):
            merge(connection, 3, 4, by)
        with pytest.raises(BooksError):
            unmerge(connection, 2, by)


def test_only_what_is_merged_can_be_parted(books: Books) -> None:
    _enroll_five(books)
    with pytest.raises(BooksError, match="không được gộp"), books.writing() as connection:
        unmerge(connection, 1, DECISION)


def test_whose_evidence_it_was_is_known_as_of_a_past_number(books: Books) -> None:
    with books.writing() as connection:
        register(connection, [person(1)], 1)
        register(connection, [person(2)], 2)
        assert [len(subjects(connection, seq)) for seq in (0, 1, 2)] == [0, 1, 2]
