"""One value, one sequence of bytes."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from boiduong_vocabulary.canonical import canonical, digest
from boiduong_vocabulary.evidence import Half
from hypothesis import given
from hypothesis import strategies as st


@dataclass(frozen=True)
class Made:
    day: date
    days: Fraction
    half: Half


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        (Made(date(2026, 3, 5), Fraction(7, 2), Half.MORNING), b'{"day":"2026-03-05","days":"7/2","half":"morning"}'),
        (("x", Fraction(3)), b'["x","3"]'),
    ],
)
def test_the_bytes_are_sorted_json_without_spaces(value: Any, expected: bytes) -> None:
    assert canonical(value) == expected


@pytest.mark.parametrize("value", [0.5, {"a": [1.0]}, {1, 2}, b"x", Made])
def test_what_has_no_exact_bytes_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@given(st.dictionaries(st.text(), st.text()))
def test_neither_order_nor_normal_form_matters(words: dict[str, str]) -> None:
    """Keys that are one in NFC are one key, so they are left out."""
    kept = {unicodedata.normalize("NFC", key): value for key, value in words.items()}
    apart = {unicodedata.normalize("NFD", key): unicodedata.normalize("NFD", kept[key]) for key in reversed(kept)}
    assert digest(canonical(apart)) == digest(canonical(kept))
