"""`::: question` blocks as text: found in the source, and sorted into stem, options, key, hint and explanation.

The grammar is in docs/soan-chuyen-de.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.source import Source

BLANK = re.compile(r"\[\[(?P<accepted>[^\[\]]*)\]\]")
_FENCE = re.compile(
    r"^(?P<indent>[ \t>*+-]*)(?:::+|：：+)[ \t]*(?P<name>[^\s{]*)[ \t]*(?:\{(?P<attributes>[^}\n]*)\})?"
    r"[ \t]*(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_CHOICE = re.compile(r"(?:[-*+•–—][ \t]*)?\[[ \t]*(?P<mark>[xXvV✓✔]?)[ \t]*\](?![(:\[])[ \t]*(?P<text>.*)")
_ARROW = r"(?:[-–—]+>|→|=>|⇒|\ue0e0)"
_PAIR = re.compile(rf"[-*+•–—][ \t]+(?P<left>.+?)[ \t]*{_ARROW}[ \t]*(?P<right>.+)")
_STEP = re.compile(r"\d+[.)][ \t]+(?P<text>.*)")
_KEY = re.compile(r"=[ \t]*(?P<text>[^=\s].*)")
_NOTE = re.compile(r"[*_]*(?P<name>[^\W\d_]+(?: [^\W\d_]+)?)[*_]*[ \t]*:[*_]*[ \t]*(?P<text>.*)")
_NOTES = {"goi-y": "hint", "hint": "hint", "giai-thich": "explanation", "explanation": "explanation"}


@dataclass(frozen=True)
class Block:
    """A fenced block of the source: `start` to `end` are offsets of the whole block, `body_start` of its content;
    `rest` is what stands on the opening line after the attributes."""

    name: str
    attributes: str
    rest: str
    start: int
    end: int
    body_start: int
    body: str


def find_blocks(source: Source, text: str, masked: str) -> tuple[list[Block], list[Problem]]:
    """The blocks of `text` in order, and the fences that do not pair; both keep the offsets of `source`."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(masked):
        if not fence["name"] and opened is not None:
            blocks.append(_block(text, opened, fence))
            opened = None
        elif len(fence["indent"]) > 3 or fence["indent"].strip():
            problems += _nested(source, fence)
        elif fence["name"]:
            problems += [_unclosed(source, opened)] if opened else []
            opened = fence
        else:
            hint = "bỏ dòng này, hoặc mở câu hỏi bằng «::: question {#q1}»"
            problems.append(
                _fence_fault(Code.UNCLOSED_QUESTION, source, fence, "dòng «:::» không đóng câu hỏi nào", hint)
            )
    return blocks, problems + ([_unclosed(source, opened)] if opened else [])


def _block(text: str, opened: re.Match[str], closed: re.Match[str]) -> Block:
    body_start = opened.end() + 1
    body = text[body_start : closed.start()]
    attributes, rest = opened["attributes"] or "", opened["rest"].strip()
    return Block(opened["name"], attributes, rest, opened.start(), closed.end(), body_start, body)


def _nested(source: Source, fence: re.Match[str]) -> list[Problem]:
    """Told where it opens; the line that closes it needs no word of its own."""
    hint = "câu hỏi phải bắt đầu từ lề trái, không nằm trong danh sách hay trích dẫn"
    return [_fence_fault(Code.NESTED_QUESTION, source, fence, "câu hỏi thụt vào trong", hint)] if fence["name"] else []


def _unclosed(source: Source, fence: re.Match[str]) -> Problem:
    hint = "thêm một dòng chỉ có «:::» ở cuối câu hỏi"
    return _fence_fault(Code.UNCLOSED_QUESTION, source, fence, "câu hỏi chưa đóng", hint)


def _fence_fault(code: Code, source: Source, fence: re.Match[str], message: str, hint: str) -> Problem:
    return fault(code, source.place(fence.end("indent")), message, hint)


@dataclass
class Item:
    """A line of a list and what continues it; `offset` is where it stands in the source."""

    offset: int
    text: list[str]

    @property
    def words(self) -> str:
        return "\n".join(self.text).strip()


@dataclass
class Option(Item):
    """A phương án as written."""

    right: bool
    feedback: list[str]


@dataclass
class Draft:
    """A question's text sorted into its pieces; `stray` is what stands after the answer and is no note."""

    stem: list[str] = field(default_factory=list)
    choices: list[Option] = field(default_factory=list)
    pairs: list[Item] = field(default_factory=list)
    steps: list[Item] = field(default_factory=list)
    keys: list[Item] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    stray: list[Item] = field(default_factory=list)

    @property
    def stem_text(self) -> str:
        return "\n".join(self.stem).strip()

    @property
    def has_answer(self) -> bool:
        return bool(self.choices or self.pairs or self.steps or self.keys)

    def note(self, name: str) -> str:
        return "\n".join(self.notes.get(name, [])).strip()


def draft_of(block: Block, *, is_scored: bool = True) -> Draft:
    """Sort the lines of `block`: a line belongs to the piece that the last marked line opened."""
    lines = block.body.split("\n")
    # A list in the stem is part of the answer only where nothing else gives it.
    keyed = any(_CHOICE.match(line) or _KEY.match(line) for line in lines) or BLANK.search(block.body)
    sorter = _Sorter(Draft(), lists_count=is_scored and not keyed)
    offset = block.body_start
    for line in lines:
        sorter.take(line, offset)
        offset += len(line) + 1
    return sorter.draft


class _Sorter:
    """Takes a block's lines one by one; `_open` is the list that the next unmarked line continues."""

    def __init__(self, draft: Draft, *, lists_count: bool) -> None:
        self.draft, self._lists_count = draft, lists_count
        self._open = draft.stem
        self._after_blank = False

    def take(self, line: str, offset: int) -> None:
        after_blank, self._after_blank = self._after_blank, not line.strip()
        if self._note(line) or self._answer(line, offset) or self._feedback(line):
            return
        if self._in_note() or self._open is self.draft.stem:
            self._open.append(line)
        elif after_blank and line.strip() and not line.startswith((" ", "\t")):
            self.draft.stray.append(Item(offset, [line]))
        else:
            self._open.append(line.strip())

    def _note(self, line: str) -> bool:
        match = _NOTE.match(line)
        name = _NOTES.get(slug(match["name"])) if match else None
        if match and name:
            self._open = self.draft.notes.setdefault(name, [])
            self._open.append(match["text"])
        return name is not None

    def _answer(self, line: str, offset: int) -> bool:
        """Open the piece whose mark begins `line`, if one does. A note after the answer keeps its own lists."""
        if self._in_note() and self.draft.has_answer:
            return False
        if match := _CHOICE.match(line):
            option = Option(offset, [match["text"]], bool(match["mark"]), [])
            self.draft.choices.append(option)
            self._open = option.text
        elif match := _KEY.match(line):
            self._begin(self.draft.keys, offset, match["text"])
        elif self._lists_count and _PAIR.match(line):
            self._begin(self.draft.pairs, offset, line)
        elif self._lists_count and (match := _STEP.match(line)):
            self._begin(self.draft.steps, offset, match["text"])
        else:
            return False
        return True

    def _in_note(self) -> bool:
        return any(self._open is note for note in self.draft.notes.values())

    def _begin(self, items: list[Item], offset: int, text: str) -> None:
        items.append(Item(offset, [text]))
        self._open = items[-1].text

    def _feedback(self, line: str) -> bool:
        option = self.draft.choices[-1] if self.draft.choices else None
        if (
            option
            and any(self._open is piece for piece in (option.text, option.feedback))
            and re.match(r"[ \t]*>", line)
        ):
            option.feedback.append(line.strip()[1:].strip())
            self._open = option.feedback
            return True
        return False


def sides(pair: Item) -> tuple[str, str]:
    """The left and right side of a matching pair."""
    match = _PAIR.match(" ".join(pair.words.split()))
    assert match is not None  # it was matched when the pair was found
    return match["left"], match["right"].strip()


def blocks_between(blocks: tuple[Block, ...], start: int, end: int) -> Iterator[Block]:
    """The blocks that begin within [start, end)."""
    return (block for block in blocks if start <= block.start < end)
