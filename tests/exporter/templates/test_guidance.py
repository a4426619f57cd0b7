"""What the guide says, held against what the reader takes."""

import pytest
from boiduong_exporter.readers.cell import Cell, Kind
from boiduong_exporter.readers.fields import Field, Spec, choice
from boiduong_exporter.templates.choices import words_of
from boiduong_exporter.templates.guidance import hint_of, open_hint

from tests.exporter.templates.made import EVERY, KINDS, specs_of

IS_CHOICE = {(spec.key, field.key): field.read.__name__ == choice({}).__name__ for spec, field in EVERY}
"""A parser of words is the one that `choice` makes."""
NAMED = [pytest.param(spec, field, id=f"{spec.key}.{field.key}") for spec, field in EVERY]
CHOICES = [case for case, (spec, field) in zip(NAMED, EVERY, strict=True) if IS_CHOICE[spec.key, field.key]]


@pytest.mark.parametrize(("spec", "field"), NAMED)
def test_the_example_of_every_column_is_one_that_the_reader_takes(spec: Spec, field: Field) -> None:
    assert field.read(Cell(1, 1, Kind.TEXT, hint_of(spec, field).example)) is not None


@pytest.mark.parametrize(("spec", "field"), CHOICES)
def test_every_word_that_a_list_offers_is_one_that_the_reader_takes(spec: Spec, field: Field) -> None:
    words = words_of(spec, field, KINDS)
    assert len({field.read(Cell(1, 1, Kind.TEXT, word)) for word in words}) == len(words) > 1


@pytest.mark.parametrize(("spec", "field"), CHOICES)
def test_the_example_of_a_choice_is_in_its_list(spec: Spec, field: Field) -> None:
    assert hint_of(spec, field).example in words_of(spec, field, KINDS)


def test_columns_of_choices_have_a_list_and_no_others_have() -> None:
    listed = {(spec.key, field.key) for spec, field in EVERY if words_of(spec, field, KINDS)}
    assert listed == {key for key, is_choice in IS_CHOICE.items() if is_choice}


def test_only_a_table_with_columns_for_sessions_tells_of_them() -> None:
    told = {spec.key: open_hint(spec) is not None for kind in ("roster", "attendance") for spec in specs_of(kind)}
    assert told == {"roster": False, "attendance": True}
