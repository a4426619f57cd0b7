"""What is promised of the shipped programme, held to its text."""

import re
from datetime import date
from pathlib import Path

import pytest
from boiduong_packager.build import check
from boiduong_packager.cache import Cache
from boiduong_packager.documents import read_register
from boiduong_packager.gather import Gathered, gather
from boiduong_packager.model import Orientation, Prose, Question, Reflection, Topic

CONTENT = Path(__file__).parents[2] / "content"
FOLDER = CONTENT / "145-2026"
FILES = sorted(path.name for path in FOLDER.glob("*.md"))
NUMBER = re.compile(r"\b\d+(?:/\d{4})?[-/][A-ZĐ]+\d*(?:[-/][A-ZĐ]+)?\b")
WRITTEN = date(2026, 11, 23)
"""The day as of which the texts are held to be current; later warnings are work for a reviewer, not a broken build."""


@pytest.fixture(scope="module")
def read() -> Gathered:
    return gather(FOLDER, "content/145-2026", Cache(None))


@pytest.fixture(params=FILES)
def topic(request: pytest.FixtureRequest, read: Gathered) -> Topic:
    found = read.readings[request.param].topic
    assert found is not None
    return found


def test_nothing_is_found_on_the_day_it_was_written(tmp_path: Path) -> None:
    assert check(FOLDER, tmp_path, WRITTEN) == []


def test_there_are_8_self_paced_and_16_hall_periods(read: Gathered) -> None:
    assert read.program is not None
    periods = {"self_paced": 0, "hall": 0}
    for session in read.program.sessions:
        periods[session.delivery] += session.periods
    assert periods == {"self_paced": 8, "hall": 16}
    assert sum(topic.periods for topic in read.program.topics) == 8


def test_the_topics_follow_the_four_orientations(read: Gathered) -> None:
    given = [reading.topic.orientation for reading in read.readings.values() if reading.topic]
    assert given == [Orientation(letter) for letter in ("b", "a", "b", "a", "d", "b", "c", "d")]


def test_a_topic_has_2500_syllables_of_prose(topic: Topic) -> None:
    fragments = "".join(part.html for section in topic.sections for part in section.parts if isinstance(part, Prose))
    notes = r"<(table|figure)\b.*?</\1>|<div class=\"footnotes\".*?</div>|<h[34].*?</h[34]>"
    prose = re.sub(r"<[^>]*>", " ", re.sub(notes, " ", fragments, flags=re.DOTALL))
    assert sum(any(map(str.isalnum, word)) for word in prose.split()) >= 2500


def test_a_topic_has_five_questions_of_three_kinds_and_room_to_think(topic: Topic) -> None:
    scored = [question for question in topic.questions if question.scored]
    assert len(scored) >= 5
    assert len({kind(question) for question in scored}) >= 3
    assert any(isinstance(question, Reflection) for question in topic.questions)
    assert all(question.explanation for question in scored)


def kind(question: Question) -> tuple[str, bool]:
    return type(question).__name__, getattr(question, "several", False)


def test_a_topic_has_a_table_a_drawn_figure_and_sources(topic: Topic) -> None:
    fragments = "".join(part.html for section in topic.sections for part in section.parts if isinstance(part, Prose))
    assert "<table" in fragments
    assert "<caption" in fragments
    assert any(asset.name.endswith(".svg") for asset in topic.assets)
    assert topic.sources


def test_every_document_cited_or_named_as_a_successor_is_in_the_register(read: Gathered) -> None:
    register, problems = read_register(CONTENT)
    assert problems == []
    listed = {document.number for document in register.document}
    cited = {number for source in read.sources.values() for number in NUMBER.findall(source.text)}
    successors = {document.replaced_by for document in register.document if document.replaced_by}
    assert cited | successors <= listed


def test_every_entry_of_the_register_has_a_source() -> None:
    register, _ = read_register(CONTENT)
    assert all(entry.source for entry in (*register.document, *register.term))
