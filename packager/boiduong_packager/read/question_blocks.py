"""`::: question` blocks as text: found in the source, and sorted into stem, options, key, hint and explanation.

The grammar is in docs/soan-chuyen-de.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import unmarked

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.source import Source

BLANK = re.compile(r"\[\[(?P<accepted>[^\[\]]+)\]\]")
_FENCE = re.compile(
    r"^:::+[ \t]*(?P<name>[^\s{]*)[ \t]*(?:\{(?P<attributes>[^}\n]*)\})?[ \t]*(?P<rest>[^\n]*)$", re.MULTILINE
)
_CHOICE = re.compile(r"[-*+][ \t]+\[(?P<mark>[ xX])\][ \t]*(?P<text>.*)")
_PAIR = re.compile(r"[-*+][ \t]+(?P<left>.+?)[ \t]*(?:->|→|=>)[ \t]*(?P<right>.+)")
_STEP = re.compile(r"\d+[.)][ \t]+(?P<text>.*)")
_KEY = re.compile(r"=[ \t]*(?P<text>[^=\s].*)")
_NOTE = re.compile(
    r"(?P<name>gợi ý|goi y|hint|giải thích|giai thich|explanation)[ \t]*:[ \t]*(?P<text>.*)", re.IGNORECASE
)


@dataclass(frozen=True)
class Block:
    """A fenced block of the source: `start` to `end` are offsets of the whole block, `body_start` of its content."""

    name: str
    attributes: str
    start: int
    end: int
    body_start: int
    body: str


def find_blocks(source: Source, masked: str) -> tuple[list[Block], list[Problem]]:
    """The blocks of `source` in order, and the fences that do not pair."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(masked):
        if fence["name"] and opened is None:
            opened = fence
        elif fence["name"]:
            problems.append(_unclosed(source, opened))
            opened = fence
        elif opened is None:
            hint = "bỏ dòng này, hoặc mở câu hỏi bằng «::: question {#q1}»"
            place = source.place(fence.start())
            problems.append(fault(Code.UNCLOSED_QUESTION, place, "dòng «:::» không đóng câu hỏi nào", hint))
        else:
            blocks.append(_block(source, opened, fence))
            opened = None
    if opened is not None:
        problems.append(_unclosed(source, opened))
    return blocks, problems


def _block(source: Source, opened: re.Match[str], closed: re.Match[str]) -> Block:
    body_start = opened.end() + 1
    body = source.text[body_start : closed.start()]
    return Block(opened["name"], opened["attributes"] or "", opened.start(), closed.end(), body_start, body)


def _unclosed(source: Source, fence: re.Match[str] | None) -> Problem:
    assert fence is not None
    hint = "thêm một dòng chỉ có «:::» ở cuối câu hỏi"
    return fault(Code.UNCLOSED_QUESTION, source.place(fence.start()), "câu hỏi chưa đóng", hint)


@dataclass
class Option:
    """A phương án as written."""

    offset: int
    right: bool
    text: list[str]
    feedback: list[str]


@dataclass
class Draft:
    """A question's text sorted into its pieces; each piece keeps the offset of its first line."""

    stem: list[str] = field(default_factory=list)
    choices: list[Option] = field(default_factory=list)
    pairs: list[tuple[int, str, str]] = field(default_factory=list)
    steps: list[tuple[int, str]] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    lists_count: bool = True

    @property
    def stem_text(self) -> str:
        return "\n".join(self.stem).strip()

    def note(self, name: str) -> str:
        return "\n".join(self.notes.get(name, [])).strip()


def draft_of(block: Block) -> Draft:
    """Sort the lines of `block`: a line belongs to the piece that the last marked line opened."""
    draft = Draft()
    current = draft.stem
    offset = block.body_start
    lines = block.body.split("\n")
    # A list in the stem is part of the answer only where nothing else gives it.
    draft.lists_count = not (any(_CHOICE.match(line) or _KEY.match(line) for line in lines) or BLANK.search(block.body))
    for line in lines:
        current = _sort(draft, line, offset, current)
        offset += len(line) + 1
    return draft


def _sort(draft: Draft, line: str, offset: int, current: list[str]) -> list[str]:
    """Put `line` where it belongs; the list that the next unmarked line continues."""
    if match := _NOTE.match(line):
        name = "hint" if unmarked(match["name"]).casefold() in ("goi y", "hint") else "explanation"
        draft.notes[name] = [match["text"]]
        return draft.notes[name]
    in_note = any(current is note for note in draft.notes.values())
    opened = None if in_note else _marked(draft, line, offset)
    if opened is not None:
        return opened
    if draft.choices and not in_note and re.match(r"[ \t]+>", line):
        draft.choices[-1].feedback.append(line.strip()[1:].strip())
        return draft.choices[-1].feedback
    current.append(line if in_note or current is draft.stem else line.strip())
    return current


def _marked(draft: Draft, line: str, offset: int) -> list[str] | None:
    """Open the piece whose mark begins `line`; the list that continues it, or None when nothing marks the line."""
    if match := _CHOICE.match(line):
        draft.choices.append(Option(offset, match["mark"] != " ", [match["text"]], []))
        return draft.choices[-1].text
    if draft.lists_count and (match := _PAIR.match(line)):
        draft.pairs.append((offset, match["left"], match["right"].strip()))
    elif draft.lists_count and (match := _STEP.match(line)):
        draft.steps.append((offset, match["text"].strip()))
    elif match := _KEY.match(line):
        draft.keys.append((offset, match["text"].strip()))
    else:
        return None
    return draft.stem


def blocks_between(blocks: list[Block], start: int, end: int) -> Iterator[Block]:
    """The blocks that begin within [start, end)."""
    return (block for block in blocks if start <= block.start < end)
