"""What reading a topic gives, and what may be known of a topic before it is read: values alone, so that a build with
nothing to do loads no Markdown."""

import re

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import slug
from msgspec import Struct

from boiduong_packager.model import Topic

_FENCE = r"(?:-{3,}|[–—][-–—]?)[ \t]*"
HEAD = re.compile(rf"\A\s*?{_FENCE}\n(?P<yaml>.*?)^{_FENCE}(?:\n|\Z)", re.MULTILINE | re.DOTALL)
"""The front matter of a topic; Word makes one long dash of several."""
HEAD_OPENED = re.compile(rf"\A\s*?{_FENCE}\n")
_ID_LINE = re.compile(
    r"^[ \t*_]{0,3}(?:mã|ma|id)[*_ \t]*[:：][ \t]*[\"']?(?P<id>[^\"'\n]+?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE
)


class Outgoing(Struct, frozen=True):
    """A link to another topic's file, to be resolved when all topics are known."""

    file: str
    anchor: str
    line: int
    column: int


class Reading(Struct, frozen=True):
    """What one file gave: its topic (None with an error), its faults, and what other files may ask of it. `draft` is
    the topic that has errors, where its front matter is whole: good enough to be checked, never to be packaged."""

    topic: Topic | None
    problems: tuple[Problem, ...]
    ids: tuple[str, ...]
    outgoing: tuple[Outgoing, ...]
    draft: Topic | None = None


def find_id(text: str) -> str:
    """The id that a topic's text gives itself, or nothing: what links need to know before topics are read."""
    block = HEAD.match(text)
    line = _ID_LINE.search(block["yaml"]) if block else None
    return line["id"] if line and slug(line["id"]) == line["id"] else ""
