"""The README promises a topic and two commands; both must hold."""

import re
from pathlib import Path

from boiduong_packager.read.source import Source
from boiduong_packager.read.topic import read_topic

ROOT = Path(__file__).parents[1]
PROGRAM = {"audience": "Cán bộ", "issuing_body": "Trường", "edition": "1", "pass_mark": 70}
"""What program.toml says for its topics."""
README = (ROOT / "README.md").read_text("utf-8")


def test_the_whole_topic_of_the_readme_compiles() -> None:
    (text,) = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    reading = read_topic(Source("README.md", text), ROOT, {}, PROGRAM)
    assert not reading.problems
    assert reading.topic is not None
    assert [question.id for question in reading.topic.questions] == ["q1"]


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)) <= targets


def test_every_file_the_documents_link_to_exists() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for address in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", prose):
            assert (page.parent / address).exists(), f"{page.name}: {address}"
