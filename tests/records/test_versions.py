"""Registers change by what differs, and every past state can be read again."""

from datetime import date
from typing import Any

import pytest
from boiduong_records.store import Books
from boiduong_records.tables import ORGANIZATION, SESSION, TERM
from boiduong_records.versions import KEYS, Changes, apply, contents, find
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.records.samples import undone

Rows = list[dict[str, Any]]
CODES = st.sampled_from(["X01", "X02", "X03", "X04"])
ROWS = st.lists(st.fixed_dictionaries({"code": CODES, "name": st.sampled_from("abc")}), max_size=6)
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _state(connection: Connection, seq: int | None = None) -> set[tuple[str, str]]:
    return {(row["code"], row["name"]) for row in contents(connection, ORGANIZATION, seq)}


def _enter(connection: Connection, wanted: Rows, seq: int, **how: Any) -> Changes:
    changes = find(connection, ORGANIZATION, wanted, **how)
    apply(connection, ORGANIZATION, changes, seq)
    return changes


@PROPERTY
@given(wanted=ROWS)
def test_the_same_rows_twice_change_nothing(books: Books, wanted: Rows) -> None:
    with undone(books) as connection:
        _enter(connection, wanted, 1)
        assert not _enter(connection, wanted, 2)


@PROPERTY
@given(history=st.lists(ROWS, max_size=6))
def test_history_is_readable_at_every_past_number(books: Books, history: list[Rows]) -> None:
    with undone(books) as connection:
        expected: dict[int, set[tuple[str, str]]] = {0: set()}
        for seq, wanted in enumerate(history, 1):
            spoken = {row["code"] for row in wanted}
            kept = {one for one in expected[seq - 1] if one[0] not in spoken}
            expected[seq] = kept | {(row["code"], row["name"]) for row in wanted}
            _enter(connection, wanted, seq)
        assert {seq: _state(connection, seq) for seq in expected} == expected
        assert _state(connection) == expected[len(history)]


@PROPERTY
@given(before=ROWS, after=ROWS)
def test_within_a_scope_what_is_not_wanted_is_closed(books: Books, before: Rows, after: Rows) -> None:
    with undone(books) as connection:
        _enter(connection, [*before, {"code": "Y", "name": "apart"}], 1)
        _enter(connection, after, 2, scope=ORGANIZATION.c.code != "Y")
        assert _state(connection) == {(row["code"], row["name"]) for row in after} | {("Y", "apart")}


def test_unchanged_rows_stay_where_they_are(books: Books) -> None:
    with undone(books) as connection:
        _enter(connection, [{"code": "X01", "name": "a"}, {"code": "X02", "name": "b"}], 1)
        changes = _enter(connection, [{"code": "X01", "name": "a"}, {"code": "X02", "name": "c"}], 2)
        assert (len(changes.closed), len(changes.added), changes.groups) == (1, 1, {("X02",)})


def test_what_would_change_can_be_asked_without_writing(books: Books) -> None:
    with books.reading() as connection:
        assert find(connection, ORGANIZATION, [{"code": "X01"}]).added


def test_a_group_can_be_emptied(books: Books) -> None:
    with undone(books) as connection:
        _enter(connection, [{"code": "X01"}, {"code": "X02"}], 1)
        _enter(connection, [], 2, groups=[("X01",)])
        assert _state(connection) == {("X02", "")}


def test_rows_of_one_key_are_replaced_together(books: Books) -> None:
    def session(day: int, half: str) -> dict[str, Any]:
        return {"class_code": "L01", "date": date(2026, 3, day), "half": half, "delivery": "hall"}

    with undone(books) as connection:
        apply(connection, SESSION, find(connection, SESSION, [session(5, "morning"), session(6, "morning")]), 1)
        apply(connection, SESSION, find(connection, SESSION, [session(5, "morning")]), 2)
        assert [row["date"].day for row in contents(connection, SESSION)] == [5]
        assert [row["date"].day for row in contents(connection, SESSION, 1)] == [5, 6]


def test_a_wider_key_leaves_the_rest_of_the_group_alone(books: Books) -> None:
    def term(name: str, year: int) -> dict[str, Any]:
        return {"organization": "X01", "name": name, "starts": date(year, 1, 1), "ends": date(year + 4, 12, 31)}

    with undone(books) as connection:
        apply(connection, TERM, find(connection, TERM, [term("một", 2020), term("hai", 2025)]), 1)
        found = find(connection, TERM, [term("hai", 2026)], key=("organization", "name"))
        apply(connection, TERM, found, 2)
        assert {(row["name"], row["starts"].year) for row in contents(connection, TERM)} == {
            ("một", 2020),
            ("hai", 2026),
        }


def test_a_column_that_does_not_exist_is_refused(books: Books) -> None:
    with undone(books) as connection, pytest.raises(ValueError, match="nickname"):
        find(connection, ORGANIZATION, [{"code": "X01", "nickname": "a"}])


def test_every_dated_register_has_a_key() -> None:
    dated = {table.name for table in ORGANIZATION.metadata.sorted_tables if "until" in table.c}
    assert set(KEYS) == dated
