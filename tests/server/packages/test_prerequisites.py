"""Conditions of SCORM 1.2, read by the server and held by the player against what is done."""

import json
import subprocess
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from boiduong_server.packages.prerequisites import Condition, items_of, parse
from hypothesis import given
from hypothesis import strategies as st

STATUSES = ("passed", "completed", "failed", "incomplete", "browsed", "not attempted")
NAMES = ("A1", "I-b", "S.34")
SCRIPT = Path(__file__).parent / "held.mjs"


def holds(condition: Condition, status: Callable[[str], str]) -> bool:
    """Whether a condition holds, as the standard has it; `status` says each item's status in its words."""
    match condition:
        case {"done": name}:
            return status(name) in {"completed", "passed"}
        case {"is": [name, word]}:
            return bool(status(name) == word)
        case {"not": inside}:
            return not holds(inside, status)
        case {"and": parts}:
            return all(holds(part, status) for part in parts)
        case {"or": parts}:
            return any(holds(part, status) for part in parts)
        case {"count": number, "of": parts}:
            return sum(holds(part, status) for part in parts) >= int(number)
    raise ValueError(f"not a condition: {condition}")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("A1", {"done": "A1"}),
        (' "Bài 1" ', {"done": "Bài 1"}),
        ("A1&A2|A3", {"or": [{"and": [{"done": "A1"}, {"done": "A2"}]}, {"done": "A3"}]}),
        ("A1 & (A2 | A3)", {"and": [{"done": "A1"}, {"or": [{"done": "A2"}, {"done": "A3"}]}]}),
        ("~A1&A2", {"and": [{"not": {"done": "A1"}}, {"done": "A2"}]}),
        ("~~A1", {"done": "A1"}),
        ('A1="failed"', {"is": ["A1", "failed"]}),
        ("A1 <> P", {"not": {"is": ["A1", "passed"]}}),
        ('A1="n"', {"is": ["A1", "not attempted"]}),
        ("2*{A1, A2&A3, S4=\"c\"}", {"count": 2, "of": [
            {"done": "A1"}, {"and": [{"done": "A2"}, {"done": "A3"}]}, {"is": ["S4", "completed"]}]}),
    ],
)  # fmt: skip
def test_a_condition_is_read_as_aicc_writes_it(text: str, tree: Condition) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    ["", "&", "A1 &", "A1 A2", "(A1", "A1)", "2*A1", "x*{A1}", "2*{}", "A1=", "A1=done", "=A1", '"A1', "~", "{A1}",
     "(" * 60 + "A1" + ")" * 60],
)  # fmt: skip
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(text)


def trees() -> st.SearchStrategy[Condition]:
    leaf: st.SearchStrategy[Condition] = st.one_of(
        st.sampled_from(NAMES).map(lambda name: {"done": name}),
        st.tuples(st.sampled_from(NAMES), st.sampled_from(STATUSES)).map(lambda pair: {"is": [*pair]}),
    )
    return st.recursive(leaf, _branches, max_leaves=8)


def _branches(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Condition]:
    many = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        inner.map(lambda part: {"not": part}),
        many.map(lambda parts: {"and": parts}),
        many.map(lambda parts: {"or": parts}),
        st.tuples(st.integers(0, 3), many).map(lambda pair: {"count": pair[0], "of": pair[1]}),
    )


def written(condition: Condition) -> str:
    """The condition in the script, with every bracket it could have."""
    match condition:
        case {"done": name}:
            return f'"{name}"'
        case {"is": [name, word]}:
            return f'{name} = "{word}"'
        case {"not": inside}:
            return f"~({written(inside)})"
        case {"and": parts}:
            return "&".join(f"({written(part)})" for part in parts)
        case {"or": parts}:
            return " | ".join(f"({written(part)})" for part in parts)
        case {"count": number, "of": parts}:
            return f"{number}*{{{','.join(written(part) for part in parts)}}}"
    raise AssertionError(condition)


STATES = [dict(zip(NAMES, states, strict=True)) for states in product(STATUSES, repeat=len(NAMES))]


@given(trees(), st.sampled_from(STATES))
def test_a_condition_means_the_same_written_and_read_again(condition: Condition, state: dict[str, str]) -> None:
    read = parse(written(condition))
    assert holds(read, state.__getitem__) == holds(condition, state.__getitem__)
    assert items_of(read) == items_of(condition)


@given(trees(), trees(), st.sampled_from(STATES))
def test_and_or_and_counts_are_what_logic_says(one: Condition, other: Condition, state: dict[str, str]) -> None:
    status = state.__getitem__
    both, either = holds({"and": [one, other]}, status), holds({"or": [one, other]}, status)
    assert both == (holds(one, status) and holds(other, status)) == holds({"count": 2, "of": [one, other]}, status)
    assert either == (holds(one, status) or holds(other, status)) == holds({"count": 1, "of": [one, other]}, status)
    assert holds({"not": {"and": [one, other]}}, status) == holds({"or": [{"not": one}, {"not": other}]}, status)


def test_the_player_holds_conditions_as_the_standard_has_them() -> None:
    texts = (
        "A1", "~A1", "A1&I-b|S.34", "A1&(I-b|S.34)", "~(A1&I-b)", 'A1="failed"', "A1<>P", 'I-b="n"|S.34=b',
        "2*{A1,I-b,S.34}", "0*{A1,I-b}", '1*{A1&I-b, S.34="incomplete"}',
    )  # fmt: skip
    asked = [(parse(text), state) for text in texts for state in STATES]
    run = subprocess.run(["node", SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [holds(condition, state.__getitem__) for condition, state in asked]


@pytest.mark.parametrize("status", STATUSES)
def test_an_item_alone_is_done_when_completed_or_passed(status: str) -> None:
    assert holds(parse("A1"), lambda _: status) == (status in {"completed", "passed"})


@given(st.text(alphabet='AB1&|~=<>(){},*" ', max_size=12))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        condition = parse(text)
    except ValueError:
        return
    assert isinstance(holds(condition, lambda _: "completed"), bool)
