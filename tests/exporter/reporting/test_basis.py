"""Which documents a report names."""

from datetime import date

from boiduong_exporter.reporting.basis import documents
from boiduong_exporter.reporting.person import person_report, reports_of_unit
from sqlalchemy import Connection, event

from tests.exporter.credit.case import rulebook, world
from tests.exporter.reporting.lam_giang import asked, rules


def numbers(authority: str, as_of: date) -> list[str]:
    return [each.number for each in documents(world(), rulebook(), [authority], as_of)]


def test_a_local_letter_is_named_to_its_own_cadres_only() -> None:
    assert "3315-CV/TU" in numbers("TG", date(2025, 1, 1))
    assert "3315-CV/TU" not in numbers("TU", date(2025, 1, 1))
    assert "3315-CV/TU" not in numbers("TG", date(2024, 7, 1)), "not issued yet"


def test_a_letter_that_ended_is_still_named_with_what_is_not_known_of_it() -> None:
    found = {each.number: each for each in documents(world(), rulebook(), ["TG"], date(2026, 11, 1))}
    assert "chưa rõ văn bản có còn được áp dụng" in found["3315-CV/TU"].after
    assert found["3315-CV/TU"].ends == date(2025, 6, 30)


def test_the_books_are_asked_once_for_what_all_slips_rest_on(books: Connection) -> None:
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(books, "before_cursor_execute", hear)
    try:
        made = list(reports_of_unit(books, rules(), "TU", asked()))
    finally:
        event.remove(books, "before_cursor_execute", hear)
    assert len(made) == 7
    assert len([each for each in said if "FROM ledger_head" in each]) == 1
    assert len({id(each.basis) for each in made}) < len(made), "people of the same bodies share one"


def test_a_slip_of_many_rests_on_what_it_would_rest_on_alone(books: Connection) -> None:
    for each in reports_of_unit(books, rules(), "TU", asked()):
        alone = person_report(books, rules(), int(each.person.code), asked())
        assert alone
        assert alone.basis == each.basis
