"""From the text of `::: question` blocks to the model's questions, told apart by what they contain.

Markdown inside them is rendered by the topic's renderer.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from textwrap import shorten
from typing import Any

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.model import (
    BlankQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    Pair,
    Question,
    Reflection,
    Step,
    TrueFalseQuestion,
)
from boiduong_packager.read.markdown import Renderer
from boiduong_packager.read.question_attributes import Attributes, read_attributes
from boiduong_packager.read.question_blocks import BLANK, Block, Draft, Item, Option, draft_of, sides
from boiduong_packager.read.rendered import tree_of
from boiduong_packager.read.source import Source
from boiduong_packager.read.trees import MARK

_NUMBER = re.compile(r"(?P<value>[-+−–]?[ \t]*[\d.,]+)(?:[ \t]*(?:\+[-–−]|\+/[-–−]|±)[ \t]*(?P<tolerance>[\d.,]+))?")
_VERDICTS = {"dung": True, "true": True, "sai": False, "false": False}
_LETTERED = re.compile(r"^\s*[A-Da-d][.)]\s", re.MULTILINE)
_PIECES = {
    "choices": "phương án [x]", "keyed": "dòng «= …»", "blanks": "chỗ trống [[…]]",
    "matching": "cặp «trái -> phải»", "ordering": "các bước đánh số",
}  # fmt: skip


@dataclass(frozen=True)
class _Common:
    """What all kinds of question share, as keyword arguments."""

    id: str
    line: int
    points: int
    attempts: int
    stem: str
    hint: str
    explanation: str


class QuestionReader:
    """Turns the blocks of one topic into questions; `problems` fills on the way."""

    def __init__(self, source: Source, renderer: Renderer) -> None:
        self._source, self._renderer = source, renderer
        self.problems: list[Problem] = []

    def read(self, block: Block) -> Question | None:
        """The question of `block`; None when a fault makes it unusable (it stands in `problems`)."""
        known = len(self.problems)
        attributes, faults = read_attributes(self._source, block)
        self.problems += faults
        question = None
        if attributes:
            draft = draft_of(block, is_scored=not attributes.is_reflection)
            question = self._question(block, draft, attributes)
        return question if len(self.problems) == known else None

    def _report(self, code: Code, offset: int, message: str, hint: str) -> None:
        self.problems.append(fault(code, self._source.place(offset), message, hint))

    def _question(self, block: Block, draft: Draft, attributes: Attributes) -> Question | None:
        if not draft.stem_text:
            self._report(Code.EMPTY_STEM, block.start, "câu hỏi chưa có lời hỏi", "viết lời hỏi ngay sau dòng mở")
        self._stray(draft)
        if attributes.is_reflection:
            return self._reflection(block, draft, attributes)
        kinds = _kinds(draft)
        if len(kinds) != 1:
            self._wrong_kinds(block, kinds)
            return None
        build = getattr(self, f"_{kinds[0]}")
        question: Question | None = build(block, draft, attributes)
        return question

    def _stray(self, draft: Draft) -> None:
        headings = ("#",)  # told by a rule of their own
        for item in (item for item in draft.stray if not item.words.startswith(headings)):
            hint = "lời giải bắt đầu bằng «Giải thích:», gợi ý bằng «Gợi ý:»; lời hỏi đặt trước đáp án"
            message = f"đoạn «{shorten(item.words, 40, placeholder='…')}» đứng sau đáp án, không rõ thuộc phần nào"
            self._report(Code.STRAY_TEXT, item.offset, message, hint)

    def _wrong_kinds(self, block: Block, kinds: list[str]) -> None:
        if kinds:
            both = " và ".join(_PIECES[kind] for kind in kinds)
            self._report(Code.MIXED_KINDS, block.start, f"một câu hỏi có cả {both}", "tách thành các câu hỏi riêng")
            return
        hint = "đánh dấu một phương án bằng [x], hoặc dùng «= …», [[…]], «trái -> phải», các bước 1. 2. 3."
        if _LETTERED.search(block.body):
            hint = "đổi «A.», «B.» thành «- [ ]»; ở phương án đúng viết «- [x]»"
        self._report(Code.NO_ANSWER, block.start, "câu hỏi chưa có đáp án đúng", hint)

    def _common(self, block: Block, draft: Draft, attributes: Attributes, stem: str | None = None) -> dict[str, Any]:
        common = _Common(
            id=attributes.id,
            line=self._source.place(block.start).line,
            points=0 if attributes.is_reflection else attributes.points,
            attempts=attributes.attempts,
            stem=self._renderer.block(draft.stem_text) if stem is None else stem,
            hint=self._renderer.block(draft.note("hint")),
            explanation=self._renderer.block(draft.note("explanation")),
        )
        return asdict(common)

    def _reflection(self, block: Block, draft: Draft, attributes: Attributes) -> Question:
        if draft.has_answer or BLANK.search(draft.stem_text):
            hint = "câu suy ngẫm không chấm điểm; muốn chấm thì dùng «::: question»"
            self._report(Code.ANSWER_IN_REFLECTION, block.start, "câu suy ngẫm có đáp án", hint)
        return Reflection(**self._common(block, draft, attributes))

    def _choices(self, block: Block, draft: Draft, attributes: Attributes) -> Question:
        rights = sum(option.right for option in draft.choices)
        if not rights:
            hint = "đánh dấu phương án đúng bằng [x]"
            self._report(Code.NO_ANSWER, block.start, "câu hỏi chưa có đáp án đúng", hint)
        elif len(draft.choices) < 2:
            self._report(
                Code.TOO_FEW_CHOICES, block.start, "câu hỏi chỉ có một phương án", "viết ít nhất hai phương án"
            )
        elif rights == len(draft.choices):
            hint = "bỏ dấu x ở phương án sai, hoặc thêm phương án sai"
            self._report(Code.ALL_RIGHT, block.start, "phương án nào cũng đúng", hint)
        several = rights > 1 or attributes.is_several
        ids = self._ids([(option.offset, option.words) for option in draft.choices], "phương án")
        choices = tuple(self._choice(id_, option) for id_, option in zip(ids, draft.choices, strict=True))
        return ChoiceQuestion(**self._common(block, draft, attributes), choices=choices, several=several)

    def _choice(self, id_: str, option: Option) -> Choice:
        feedback = self._renderer.block("\n".join(option.feedback))
        return Choice(id_, self._renderer.inline(option.words), option.right, feedback)

    def _keyed(self, block: Block, draft: Draft, attributes: Attributes) -> Question | None:
        key, *more = draft.keys
        if more:
            self._report(Code.MIXED_KINDS, more[0].offset, "câu hỏi có hai dòng «= …»", "chỉ giữ một đáp án")
        common = self._common(block, draft, attributes)
        verdict = _VERDICTS.get(slug(key.words))
        if verdict is not None:
            return TrueFalseQuestion(**common, right=verdict)
        number = _NUMBER.fullmatch(key.words)
        try:
            value, tolerance = (
                (decimal(number["value"]), decimal(number["tolerance"] or "0")) if number else (None, None)
            )
        except ValueError:
            value = tolerance = None
        if value is None or tolerance is None:
            hint = "viết «= Đúng», «= Sai» hoặc một số không kèm chữ, ví dụ «= 7» hay «= 7 +- 0,5»"
            self._report(Code.NO_ANSWER, key.offset, f"không hiểu đáp án «= {key.words}»", hint)
            return None
        return NumberQuestion(**common, value=value, tolerance=tolerance)

    def _blanks(self, block: Block, draft: Draft, attributes: Attributes) -> Question:
        blanks: list[tuple[str, ...]] = []

        def number(match: re.Match[str]) -> str:
            blanks.append(tuple(text.strip() for text in match["accepted"].split("|") if text.strip()))
            return f"{MARK}blank{len(blanks) - 1}{MARK}"

        stem = self._renderer.block(BLANK.sub(number, draft.stem_text))
        if not all(blanks):
            hint = "viết [[đáp án|cách viết khác]]"
            self._report(Code.NO_ANSWER, block.start, "chỗ trống [[ ]] chưa có đáp án", hint)
        stem = re.sub(rf"{MARK}blank(\d+){MARK}", r'<span data-blank="\1"></span>', stem)
        return BlankQuestion(**self._common(block, draft, attributes, stem), blanks=tuple(blanks))

    def _matching(self, block: Block, draft: Draft, attributes: Attributes) -> Question:
        self._count(block, draft.pairs, (2, 8), "cặp", "«- trái -> phải»")
        texts = [sides(pair) for pair in draft.pairs]
        places = [pair.offset for pair in draft.pairs]
        left_ids = self._ids(list(zip(places, (left for left, _ in texts), strict=True)), "vế trái")
        right_ids = self._ids(list(zip(places, (right for _, right in texts), strict=True)), "vế phải")
        pairs = tuple(
            Pair(left_id, self._plain(left), right_id, self._plain(right))
            for left_id, right_id, (left, right) in zip(left_ids, right_ids, texts, strict=True)
        )
        return MatchingQuestion(**self._common(block, draft, attributes), pairs=pairs)

    def _plain(self, text: str) -> str:
        """The words of `text` as they show: an LMS asks for pairs in lists that take no markup."""
        tree = tree_of(self._renderer.inline(text))
        return text if tree is None else "".join(tree.itertext())

    def _ordering(self, block: Block, draft: Draft, attributes: Attributes) -> Question:
        self._count(block, draft.steps, (3, 8), "bước", "1. 2. 3. theo đúng thứ tự")
        ids = self._ids([(step.offset, step.words) for step in draft.steps], "bước")
        steps = tuple(Step(id_, self._renderer.inline(step.words)) for id_, step in zip(ids, draft.steps, strict=True))
        return OrderingQuestion(**self._common(block, draft, attributes), steps=steps)

    def _count(self, block: Block, items: Sequence[Item], bounds: tuple[int, int], what: str, how: str) -> None:
        fewest, most = bounds
        if not fewest <= len(items) <= most:
            hint = f"viết từ {fewest} đến {most} {what}: {how}"
            self._report(Code.TOO_FEW_CHOICES, block.start, f"câu hỏi có {len(items)} {what}", hint)

    def _ids(self, texts: list[tuple[int, str]], what: str) -> list[str]:
        """An id for each text, from the text; empty and repeated texts are faults."""
        seen: set[str] = set()
        ids = []
        for offset, text in texts:
            ids.append("c" + hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:6])
            if not text.strip() or ids[-1] in seen:
                fault_text = f"{what} trùng nhau: «{text.strip()}»" if text.strip() else f"{what} để trống"
                self._report(Code.REPEATED_CHOICE, offset, fault_text, f"sửa hoặc bỏ {what} này")
            seen.add(ids[-1])
        return ids


def _kinds(draft: Draft) -> list[str]:
    """What the pieces say the question is; a right question says one thing."""
    kinds = ["choices"] if draft.choices else []
    kinds += ["keyed"] if draft.keys else []
    kinds += ["blanks"] if BLANK.search(draft.stem_text) else []
    kinds += ["matching"] if draft.pairs else []
    kinds += ["ordering"] if draft.steps else []
    return kinds


def decimal(text: str) -> Decimal:
    """A number as Vietnamese write it: "7,5", "1.250", "1.250,5", "-3"; also "7.5", "0.125".

    Raises ValueError for anything else.
    """
    text = re.sub(r"^[−–-][ \t]*", "-", text)
    plain = text.replace(".", "") if re.fullmatch(r"[-+]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", text) else text
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
