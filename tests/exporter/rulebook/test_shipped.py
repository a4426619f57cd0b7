"""The rules that come with the program: they hold together, and every value that they name is understood."""

import re
import tomllib
from fractions import Fraction
from typing import Any

import pytest
from boiduong_exporter.credit.rules import Status

from tests.exporter.rulebook.folder import READINGS, REGISTER, SHIPPED, Folder


def shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / name).read_text("utf-8"))


DOCUMENTS = [path.name for path in sorted(SHIPPED.glob("*.toml")) if path.name not in (READINGS, REGISTER)]
ENTRIES = {key: entry for key, entry in shipped(READINGS).items() if key != "conversion"}


def test_the_shipped_rules_hold_together(folder: Folder) -> None:
    rules, problems = folder.read()
    assert problems == []
    assert rules
    assert {each.number for each in rules.rulebook.rulesets} == {"145-QĐ/TW", "164-QĐ/TW", "3315-CV/TU"}


def test_the_example_of_the_guide_is_taken(folder: Folder) -> None:
    guide = (SHIPPED.parents[1] / "docs" / "quy-dinh.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    folder.add("10-qd-tu.toml", example)
    assert folder.told() == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_shipped_figure_claims_an_article_that_was_not_read(name: str) -> None:
    assert not re.search(r"^\s*clause\s*=\s*\"[^\"]", (SHIPPED / name).read_text("utf-8"), re.MULTILINE)


def test_each_figure_of_days_comes_with_its_words(folder: Folder) -> None:
    rules, _ = folder.read()
    assert rules
    groups = [group for each in rules.rulebook.rulesets for group in each.groups]
    figures = [(group.minimum_days, group.citation.quote) for group in groups if group.minimum_days]
    assert figures
    assert all(str(days) in re.findall(r"\d+", quote) for days, quote in figures)


def accepted(folder: Folder, key: str, value: str) -> bool:
    folder.set_value(key, value)
    return folder.read()[0] is not None


COMPOUND = [
    ("half_day", '{ whole_from = "3/4", below = "none" }'),
    ("half_day", '{ whole_from = "0", below = "minutes" }'),
    ("half_day", '{ whole_from = "1", below = "minutes" }'),
    ("at_risk", '{ from = "0" }'),
    ("at_risk", '{ from = "1" }'),
    ("retention", "{ years_after_term = 10 }"),
    ("study_halves", '{ afternoon_from = "11:30", evening_from = "17:30" }'),
    ("raw_beats", "{ months = 24 }"),
]
"""What the file describes in words of the readings whose value has parts."""


def values() -> list[tuple[str, str]]:
    """Every value that the file names for a reading, as TOML."""
    found = []
    for key, entry in ENTRIES.items():
        if isinstance(entry["value"], bool):
            found += [(key, str(value).lower()) for value in (entry["value"], *entry["alternatives"])]
        elif isinstance(entry["value"], str):
            bare = [value for value in entry["alternatives"] if " " not in value]
            described = " ".join(value for value in entry["alternatives"] if " " in value)
            found += [(key, f'"{value}"') for value in (entry["value"], *bare, *re.findall(r"\d[/,]\d+", described))]
    return [*found, *COMPOUND]


@pytest.mark.parametrize(("key", "value"), values())
def test_each_alternative_that_the_file_names_is_understood(folder: Folder, key: str, value: str) -> None:
    assert accepted(folder, key, value), folder.told()


@pytest.mark.parametrize("key", [key for key, entry in ENTRIES.items() if isinstance(entry["value"], str)])
def test_each_word_that_the_count_understands_is_named_in_the_file(folder: Folder, key: str) -> None:
    folder.set_value(key, '"?"')
    (told,) = folder.told()
    listed = re.search(r"Chọn một trong: ((?:\w+, )*\w+)", told)
    words = listed[1].split(", ") if listed else []
    assert words or key == "display_step"
    assert set(words) <= {ENTRIES[key]["value"], *ENTRIES[key]["alternatives"]}
    assert set(words) <= ENTRIES[key]["labels"].keys()


def test_a_pass_score_may_have_a_comma(folder: Folder) -> None:
    folder.change(READINGS, 'pass_score = "5"', 'pass_score = "6,5"')
    rules, _ = folder.read()
    assert rules
    assert rules.rulebook.readings.pass_score == Fraction(13, 2)


def test_only_what_is_no_text_is_printed_as_a_reading(folder: Folder) -> None:
    rules, _ = folder.read()
    assert rules
    assert all(entry.status is not Status.TEXT and entry.basis for entry in rules.rulebook.readings.entries)


def test_a_changed_reading_changes_the_version(folder: Folder) -> None:
    before = folder.read()[0]
    folder.set_value("cap", '"none"')
    after = folder.read()[0]
    assert before
    assert after
    assert before.rulebook.version != after.rulebook.version
