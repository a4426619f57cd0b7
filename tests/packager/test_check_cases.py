"""Every case file in tests/packager/cases, and the promise that no code goes without one."""

import re
from datetime import date
from pathlib import Path

import pytest
from boiduong_packager.cache import Cache
from boiduong_packager.check import CHECKS, DATED_CHECKS, Subject, periods_are_like_reading, run
from boiduong_packager.documents import read_register
from boiduong_packager.faults import Code
from boiduong_packager.gather import Gathered, gather
from boiduong_packager.model import (
    BlankQuestion,
    ChoiceQuestion,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    Prose,
    Question,
    TrueFalseQuestion,
)
from boiduong_vocabulary.catalog import from_json
from boiduong_vocabulary.problem import Problem, in_order

from tests.packager.cases.case_file import Case, read_cases

FOLDER = Path(__file__).parent / "cases"
CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.md")) for case in read_cases(path)]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("area", "case"), CASES, ids=[f"{area}: {case.title}" for area, case in CASES])
def test_a_case_comes_out_as_it_says(area: str, case: Case, tmp_path: Path) -> None:
    outcome = outcome_of(case, tmp_path)
    assert {kind: outcome[kind] for kind in case.expected} == case.expected


def test_every_code_has_a_case() -> None:
    told = "\n".join(case.expected.get("expect", "") for _, case in CASES)
    assert {code.value for code in Code} - set(re.findall(r": ([A-Z]\d\d) ", told)) == set()


def test_every_code_is_explained_in_the_docs_and_no_other_is() -> None:
    text = (ROOT / "docs" / "problems.md").read_text("utf-8")
    assert re.findall(r"^### ([A-Z]\d\d)\b", text, re.MULTILINE) == [code.value for code in Code]


def outcome_of(case: Case, folder: Path) -> dict[str, str]:
    """What comes of `case`, by the names of its expectations."""
    program = folder / "ct"
    case.write(program)
    gathered = gather(program, "ct", Cache(None))
    problems = gathered.problems + run(*_checks(case, gathered, program))
    return {
        "expect": "".join(f"{_shown(problem, case)}\n" for problem in in_order(problems)),
        "questions": "".join(f"{_line(question)}\n" for question in _questions(gathered)),
        "html": _html(gathered),
    }


def _checks(case: Case, gathered: Gathered, program: Path) -> tuple[tuple[object, ...], Subject]:
    """A passage is too short for its periods, so only cases of whole files are asked about those."""
    catalog = program / "catalog.json"
    previous = from_json(catalog.read_text("utf-8")) if catalog.exists() else None
    register, problems = read_register(program)
    gathered.problems.extend(problems)
    checks = CHECKS + (DATED_CHECKS if case.as_of else ())
    judged = tuple(check for check in checks if check is not periods_are_like_reading or not case.is_short)
    return judged, Subject(gathered, previous, register, case.as_of or date.min)


def _shown(problem: Problem, case: Case) -> str:
    """As printed; in a passage, lines count from its first."""
    name = problem.place.path.rpartition("/")[2]
    shift = case.shifts.get(name, 0)
    path, *numbers = str(problem).partition("\n")[0].partition(" ")[0].split(":")[:-1]
    lines = [str(int(number) - shift) if int(number) > shift else "đầu đề" for number in numbers[:1]]
    text = str(problem).replace(":".join([path, *numbers]), ":".join([name, *lines, *numbers[1:]]), 1)
    return re.sub(r"(?<=dòng )\d+", lambda number: str(int(number.group()) - shift), text)


def _questions(gathered: Gathered) -> list[Question]:
    topics = gathered.program.topics if gathered.program else ()
    return [question for topic in topics for question in topic.questions]


def _line(question: Question) -> str:
    answer = {
        ChoiceQuestion: lambda q: (
            [("+" if c.right else "-") + c.html + (f" ({c.feedback})" if c.feedback else "") for c in q.choices]
            + ["several"] * q.several
        ),
        TrueFalseQuestion: lambda q: [str(q.right)],
        BlankQuestion: lambda q: ["/".join(blank) for blank in q.blanks],
        NumberQuestion: lambda q: [f"{q.value} +- {q.tolerance}"],
        MatchingQuestion: lambda q: [f"{pair.left} -> {pair.right}" for pair in q.pairs],
        OrderingQuestion: lambda q: [step.html for step in q.steps],
    }.get(type(question), lambda q: [])(question)
    notes = [f"{name}: {text}" for name in ("hint", "explanation") if (text := getattr(question, name))]
    stem = question.stem.replace("\n", " ")
    return f"{question.id} {type(question).__name__} {question.points}/{question.attempts} {stem} | " + "; ".join(
        answer + notes
    )


def _html(gathered: Gathered) -> str:
    topics = gathered.program.topics if gathered.program else ()
    parts = [part for topic in topics for section in topic.sections for part in section.parts]
    return "\n".join(f"{part.html if isinstance(part, Prose) else part}\n" for part in parts)
