"""The programme in content/ as it is built and zipped, studied from the first section to `passed` in a real browser."""

import html
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest
from boiduong_packager.build import Request, build
from boiduong_packager.cache import Cache
from boiduong_packager.gather import gather
from boiduong_packager.model import (
    BlankQuestion,
    ChoiceQuestion,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    Program,
    Question,
    Topic,
    TrueFalseQuestion,
)

from tests.browser.conftest import LOOKS, NewPage, assert_accessible
from tests.browser.learner import Learner
from tests.browser.lms import Lms

CONTENT = Path(__file__).parents[2] / "content/145-2026"
TOPICS = sorted(re.search(r"^mã: (.+)$", path.read_text("utf-8"), re.MULTILINE)[1] for path in CONTENT.glob("*.md"))
DONE = {"scorm12": "passed", "scorm2004": "completed"}
either_standard = pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programme built for both versions of SCORM."""
    folder = tmp_path_factory.mktemp("dist")
    outcome = build(Request(CONTENT, folder, ("scorm12", "scorm2004")))
    assert outcome.problems == []
    return folder / "145-2026"


@pytest.fixture(scope="module")
def program() -> Program:
    read = gather(CONTENT, "content/145-2026", Cache(None)).program
    assert read is not None
    return read


def right_answer(question: Question) -> Any:
    """The right answer in the words that a learner sees; None for what is never scored."""
    answer: Any = None
    match question:
        case ChoiceQuestion():
            labels = [seen(choice.html) for choice in question.choices if choice.right]
            answer = labels if question.several else labels[0]
        case TrueFalseQuestion():
            answer = "Đúng" if question.right else "Sai"
        case BlankQuestion():
            answer = [blank[0] for blank in question.blanks]
        case NumberQuestion():
            answer = str(question.value).replace(".", ",")
        case MatchingQuestion():
            answer = {seen(pair.left): seen(pair.right) for pair in question.pairs}
        case OrderingQuestion():
            answer = [seen(step.html) for step in question.steps]
    return answer


def seen(fragment: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def study(learner: Learner, topic: Topic) -> None:
    """Every section to its end, every question right at once."""
    for section in topic.sections:
        learner.read(60, every=60)
        answers = {question.id: right_answer(question) for question in section.questions}
        learner.answer_all({id_: answer for id_, answer in answers.items() if answer is not None})
        learner.onward()
    learner.read(topic.minimum_seconds, every=60)


@pytest.mark.parametrize("id_", TOPICS)
def test_every_topic_is_studied_to_completion_with_full_marks(
    id_: str, out: Path, program: Program, new_page: NewPage, lms: Lms
) -> None:
    topic = next(topic for topic in program.topics if topic.id == id_)
    standard = ("scorm12", "scorm2004")[TOPICS.index(id_) % 2]
    learner = launched(out, standard, id_, new_page, lms)
    study(learner, topic)
    assert "Đã hoàn thành chuyên đề" in learner.frame.locator("#boiduong-result").inner_text()
    assert (learner.status, learner.score) == (DONE[standard], "100")
    refused = [call for call in learner.page.evaluate("calls") if call[-1] != "0"]
    assert refused == []


@pytest.mark.parametrize("id_", TOPICS)
def test_every_step_of_a_built_topic_is_accessible(id_: str, out: Path, new_page: NewPage, lms: Lms) -> None:
    learner = launched(out, "scorm12", id_, new_page, lms)
    for place, step in enumerate(learner.frame.locator(".step").all()):
        learner.go(step.get_attribute("id") or "")
        assert_accessible(learner.page, "sco", [LOOKS[(place + TOPICS.index(id_)) % len(LOOKS)]])


@either_standard
def test_a_built_topic_closed_without_finishing_resumes_with_its_time_and_answers(
    standard: str, out: Path, program: Program, new_page: NewPage, lms: Lms
) -> None:
    section, question = first_question(program)
    learner = launched(out, standard, program.topics[0].id, new_page, lms)
    learner.go(section)
    assert "Chưa đúng" in learner.answer(question.id, "Sai" if question.right else "Đúng")
    assert "Đúng" in learner.answer(question.id, right_answer(question))
    learner.read(100)
    learner.close()
    assert learner.status == "incomplete"
    assert 100 <= learner.session_seconds <= 105
    learner.open()
    assert learner.frame.locator(f"#{section}").is_visible()
    assert "Đúng" in learner.question(question.id).locator(".verdict").inner_text()
    assert not learner.frame.locator("#boiduong-clock").inner_text().startswith("0/")


@either_standard
def test_a_built_topic_left_idle_earns_at_most_two_minutes(
    standard: str, out: Path, program: Program, new_page: NewPage, lms: Lms
) -> None:
    learner = launched(out, standard, program.topics[1].id, new_page, lms)
    learner.idle(1800)
    learner.close()
    assert 115 <= learner.session_seconds <= 120


def first_question(program: Program) -> tuple[str, TrueFalseQuestion]:
    """The first true/false question of the first topic, and the section it stands in."""
    pairs = ((section.id, question) for section in program.topics[0].sections for question in section.questions)
    return next((id_, question) for id_, question in pairs if isinstance(question, TrueFalseQuestion))


def launched(out: Path, standard: str, id_: str, new_page: NewPage, lms: Lms) -> Learner:
    with ZipFile(out / standard / f"{id_}.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = f"built-{len(lms.attempts)}"  # a learner of its own for each test
    lms.put(name, standard, files)
    return Learner(new_page(), lms, name).open()


def test_the_catalog_knows_what_was_built(out: Path, program: Program) -> None:
    catalog = msgspec.json.decode((out / "catalog.json").read_bytes())
    assert [topic["id"] for topic in catalog["topics"]] == [topic.id for topic in program.topics]
    assert {topic["digest"] for topic in catalog["topics"]} == {topic.digest for topic in program.topics}
