"""The author's guide keeps its word: its examples compile, its commands run, and nothing of the language is missing."""

import re
import shlex
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, get_args

import pytest
from boiduong_packager.assumptions import assumptions
from boiduong_packager.build import TARGETS
from boiduong_packager.cache import Cache
from boiduong_packager.gather import Gathered, gather
from boiduong_packager.model import AnyPart, Classification, Orientation, Question, Session
from boiduong_packager.page.question import kind, task
from boiduong_packager.read.assets import TYPES
from boiduong_packager.read.front_matter import KEYS
from boiduong_packager.read.program import ProgramHead
from boiduong_packager.read.question_attributes import QUESTION_NAMES, REFLECTION_NAMES
from boiduong_packager.read.raw_html import TAGS
from boiduong_packager.read.trees import ALERTS
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.command import GROUP, Command, Parser, main
from boiduong_vocabulary.problem import Severity

from tools.pictures import GUIDE, Example, examples

TEXT = GUIDE.read_text("utf-8")
SHOWN = "content/boi-duong-cap-xa-2026"
"""The programme folder of the guide's own story."""
RIGHT = [example for example in examples(TEXT, "markdown") if not example.note]
WRONG = [example for example in examples(TEXT, "markdown") if example.note == "sai"]
TOML = examples(TEXT, "toml")
COMMANDS = [line for example in examples(TEXT, "sh") for line in example.text.splitlines()]
TOLD = "\n".join(example.text for example in examples(TEXT, "text"))
FIRST_TOPIC = next(example for example in RIGHT if example.whole)
PROSE = re.sub(r"^```.*?^```", "", TEXT, flags=re.MULTILINE | re.DOTALL)
SPANS = re.findall(r"`([^`\n]+)`", PROSE)
"""What the guide sets as code within its own sentences and tables."""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320"><title>Sơ đồ</title></svg>'
_MEDIA = re.compile(r"!\[[^\]]*\]\((?P<path>\S+\.\w+)")
_PICTURE = re.compile(r"(?:<img src=\"|!\[[^\]]*\]\()(?P<path>[\w/.-]+)")


def write_program(folder: Path, topics: dict[str, str]) -> Path:
    """The guide's program.toml, `topics` by file name, and a drawing or an empty file for each medium they name."""
    folder.mkdir(parents=True)
    (folder / "program.toml").write_text(TOML[0].text, "utf-8")
    for name, text in topics.items():
        (folder / name).write_text(text, "utf-8")
        for medium in _MEDIA.finditer(text):
            (folder / medium["path"]).parent.mkdir(exist_ok=True)
            (folder / medium["path"]).write_text(DRAWING if medium["path"].endswith(".svg") else "", "utf-8")
    return folder


def read(folder: Path) -> Gathered:
    return gather(folder, SHOWN, Cache(None))


def file_of(example: Example, number: int) -> str:
    id_ = re.search(r"^mã: (\S+)", example.text, re.MULTILINE) if example.whole else None
    return f"01-{id_[1]}.md" if id_ else f"vi-du-{number}.md"


NAMES = [file_of(example, number) for number, example in enumerate(RIGHT)]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    """All right examples as the topics of one programme."""
    topics = {name: example.topic(Path(name).stem) for name, example in zip(NAMES, RIGHT, strict=True)}
    return read(write_program(tmp_path_factory.mktemp("guide") / "program", topics))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_compiles(gathered: Gathered, name: str) -> None:
    told = [problem for problem in gathered.problems if problem.place.path == f"{SHOWN}/{name}"]
    assert [str(problem) for problem in told if problem.severity is Severity.ERROR] == []
    assert gathered.readings[name].topic is not None


def questions(gathered: Gathered) -> list[tuple[str, Question]]:
    """Every question of the examples with the heading it stands under."""
    topics = [(example.heading, gathered.readings[name].topic) for name, example in zip(NAMES, RIGHT, strict=True)]
    return [(heading, question) for heading, topic in topics if topic for question in topic.questions]


def test_a_question_is_of_the_kind_that_its_heading_says(gathered: Gathered) -> None:
    under_a_kind = [(heading, task(question)) for heading, question in questions(gathered) if "«" in heading]
    assert [pair for pair in under_a_kind if f"«{pair[1]}»" not in pair[0]] == []


def test_every_kind_of_question_has_an_example_under_its_own_heading(gathered: Gathered) -> None:
    shown = {(type(question), kind(question)) for heading, question in questions(gathered) if "«" in heading}
    known = {part for part in get_args(AnyPart) if issubclass(part, Question)}
    assert {type_ for type_, _ in shown} == known
    assert {"choice", "several"} <= {name for _, name in shown}


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_wrong_example_is_told_as_the_guide_says(tmp_path: Path, number: int) -> None:
    folder = write_program(tmp_path / "program", {"03-bai-thu.md": WRONG[number].topic("bai-thu")})
    problems = [problem for problem in read(folder).problems if problem.place.path.endswith("03-bai-thu.md")]
    errors = [str(problem) for problem in problems if problem.severity is Severity.ERROR]
    assert errors
    assert [error for error in errors if error not in TOLD] == []


def test_the_first_ten_minutes_go_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    codes = [run(line) for line in lines_of("sh", "Bước 1")]
    program = tmp_path / SHOWN
    (program / "01-to-chuc-cuoc-hop-giao-ban.md").write_text(FIRST_TOPIC.text, "utf-8")
    codes += [run(line) for line in lines_of("sh", "Bước 3", "Bước 5")]
    assert codes == [0] * 4
    told = capsys.readouterr().out
    assert [line for line in lines_of("text", "Bước") if line not in told] == []


def lines_of(fence: str, *headings: str) -> list[str]:
    """The lines of the guide's blocks fenced so, under the headings that begin so."""
    blocks = [block for block in examples(TEXT, fence) if block.heading.startswith(headings)]
    return [line for block in blocks for line in block.text.splitlines()]


def run(line: str) -> int:
    return main(shlex.split(line)[1:])


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_is_one_that_the_program_takes(line: str) -> None:
    program, name, *words = shlex.split(line)
    assert program == "boiduong"
    parser(name).parse_args(words)


def packager_commands() -> list[str]:
    entries = distribution("boiduong").entry_points.select(group=GROUP)
    return sorted(entry.name for entry in entries if entry.module.startswith("boiduong_packager"))


def parser(name: str) -> Parser:
    command: Command = distribution("boiduong").entry_points.select(group=GROUP)[name].load()
    found = Parser(f"boiduong {name}", command.summary)
    command.configure(found)
    return found


def words_of_the_language() -> list[Any]:
    """Everything that an author may write, by where it comes from."""
    actions = [action for name in packager_commands() for action in parser(name)._actions]
    return [
        *(("key", name) for key in KEYS for name in (key.name, *key.aliases)),
        *(("classification", value) for value in Classification),
        *(("orientation", value) for value in Orientation),
        *(("block", name) for name in QUESTION_NAMES + REFLECTION_NAMES),
        *(("alert", name) for pair in ALERTS.items() for name in pair),
        *(("media", ending) for ending in TYPES),
        *(("tag", tag) for tag in sorted(TAGS)),
        *(("target", target) for target in TARGETS),
        *(("delivery", value) for value in Delivery),
        *(("program", name) for name in ProgramHead.__dataclass_fields__ if name not in {"path", "sessions"}),
        *(("session", name) for name in Session.__struct_fields__),
        *(("command", f"boiduong {name}") for name in packager_commands()),
        *(("option", action.option_strings[-1]) for action in actions if action.option_strings),
        *(("new", f"boiduong new {choice}") for choice in ("topic", "program")),
    ]


@pytest.mark.parametrize(("where", "word"), sorted({(where, str(word)) for where, word in words_of_the_language()}))
def test_the_guide_names(where: str, word: str) -> None:
    assert [span for span in SPANS if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", span)]


def test_the_guide_counts_as_the_program_counts() -> None:
    reading, limits = assumptions().reading, assumptions().limits
    said = (
        f"{reading.syllables_per_minute} tiếng một phút",
        f"mỗi câu hỏi {vietnamese(reading.question_minutes)} phút",
        f"mỗi câu suy ngẫm {vietnamese(reading.reflection_minutes)} phút",
        f"mỗi bảng, mỗi hình {vietnamese(reading.table_minutes)} phút",
        f"Một tiết là {reading.period_minutes} phút",
        f"chữ trên {limits.topic_kilobytes} KB",
        f"hình trên {limits.image_kilobytes} KB",
        f"phim trên {limits.media_megabytes} MB",
    )
    assert [words for words in said if words not in TEXT] == []
    assert reading.table_minutes == reading.figure_minutes


def vietnamese(number: float) -> str:
    return f"{number:g}".replace(".", ",")


def test_the_program_file_of_the_guide_is_one(gathered: Gathered) -> None:
    assert len(TOML) == 1
    assert tomllib.loads(TOML[0].text)["session"]
    assert [str(problem) for problem in gathered.problems if problem.place.path.endswith(".toml")] == []


def test_the_pictures_of_the_guide_exist_and_are_light() -> None:
    pictures = [GUIDE.parent / found["path"] for found in _PICTURE.finditer(PROSE)]
    assert [path.name for path in pictures if not path.is_file()] == []
    assert sorted(path.name for path in GUIDE.parent.glob("hinh/soan-*")) == sorted({path.name for path in pictures})
    assert [path.name for path in pictures if path.stat().st_size > 80 * 1024] == []


def test_the_links_within_the_guide_lead_somewhere() -> None:
    titles = re.findall(r"^#{2,4} (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert {link for link in re.findall(r"\]\(#([^)]+)\)", PROSE) if link not in anchors} == set()
