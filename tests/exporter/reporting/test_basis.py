"""Which documents a report names."""

from datetime import date

from boiduong_exporter.reporting.basis import documents

from tests.exporter.credit.case import rulebook, world


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
