"""From the text of `::: question` blocks to the model's questions, told apart by what they contain.

Markdown inside them is rendered by the topic's renderer.
"""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import did_you_mean, slug

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
from boiduong_packager.read.question_blocks import BLANK, Block, Draft, Option, draft_of
from boiduong_packager.read.source import Source

QUESTION_NAMES = ("question", "câu-hỏi", "cau-hoi")
REFLECTION_NAMES = ("reflection", "suy-ngẫm", "suy-ngam")
DEFAULT_POINTS, DEFAULT_ATTEMPTS, MOST = 1, 2, 100

_NUMBER = re.compile(r"(?P<value>[-+]?[\d.,]+)(?:[ \t]*(?:\+-|\+/-|±)[ \t]*(?P<tolerance>[\d.,]+))?")
_ATTRIBUTE = re.compile(r"#(?P<id>\S+)|(?P<key>[^\s=]+)=(?P<value>\S+)|(?P<other>\S+)")
_KEYS = {
    "points": "points",
    "diem": "points",
    "attempts": "attempts",
    "lan": "attempts",
    "kind": "kind",
    "loai": "kind",
}
_SEVERAL = ("several", "nhieu")


class QuestionReader:
    """Turns the blocks of one topic into questions; `problems` fills on the way."""

    def __init__(self, source: Source, renderer: Renderer) -> None:
        self._source, self._renderer = source, renderer
        self.problems: list[Problem] = []

    def read(self, block: Block) -> Question | None:
        """The question of `block`; None when a fault makes it unusable (it stands in `problems`)."""
        known = len(self.problems)
        attributes = self._attributes(block)
        draft = draft_of(block)
        question = self._question(block, draft, attributes) if attributes else None
        return question if len(self.problems) == known else None

    def _report(self, code: Code, offset: int, message: str, hint: str) -> None:
        self.problems.append(fault(code, self._source.place(offset), message, hint))

    def _attributes(self, block: Block) -> dict[str, str] | None:
        name = block.name.casefold()
        if name not in QUESTION_NAMES + REFLECTION_NAMES:
            hint = (
                did_you_mean(name, ("question", "câu-hỏi", "reflection", "suy-ngẫm"))
                or "dùng «question» hoặc «suy-ngẫm»"
            )
            self._report(Code.UNKNOWN_BLOCK, block.start, f"không có khối «::: {block.name}»", hint)
            return None
        found = {"points": str(DEFAULT_POINTS), "attempts": str(DEFAULT_ATTEMPTS), "kind": "", "id": ""}
        for match in _ATTRIBUTE.finditer(block.attributes):
            self._attribute(block, match, found)
        if not found["id"]:
            self._report(
                Code.NO_QUESTION_ID, block.start, "câu hỏi chưa có mã",
                "thêm mã, ví dụ «::: question {#q1}»; mã giữ kết quả của người học khi sửa chữ",
            )  # fmt: skip
        return found

    def _attribute(self, block: Block, match: re.Match[str], found: dict[str, str]) -> None:
        key = _KEYS.get(slug(match["key"])) if match["key"] else None
        if match["id"]:
            found["id"] = match["id"]
            if slug(match["id"]) != match["id"]:
                hint = "mã chỉ có chữ thường không dấu, số và gạch nối" + (
                    f", ví dụ «{slug(match['id'])}»" if slug(match["id"]) else ""
                )
                self._report(Code.BAD_ID, block.start, f"mã «{match['id']}» không dùng được", hint)
        elif key == "kind" and slug(match["value"]) in _SEVERAL:
            found["kind"] = "several"
        elif key in ("points", "attempts") and match["value"].isdecimal() and 1 <= int(match["value"]) <= MOST:
            found[key] = match["value"]
        else:
            hint = (
                did_you_mean(match["key"] or match.group(), _KEYS) if not key else f"số từ 1 đến {MOST}; kind=several"
            )
            self._report(
                Code.BAD_ATTRIBUTE, block.start, f"không hiểu «{match.group()}»",
                hint or "dùng points=… (điểm), attempts=… (lần), kind=several (nhiều đáp án)",
            )  # fmt: skip

    def _question(self, block: Block, draft: Draft, attributes: dict[str, str]) -> Question | None:
        if not draft.stem_text:
            self._report(Code.EMPTY_STEM, block.start, "câu hỏi chưa có lời hỏi", "viết lời hỏi ngay sau dòng mở")
            return None
        if block.name.casefold() in REFLECTION_NAMES:
            return self._reflection(block, draft, attributes)
        kinds = self._kinds(draft)
        if len(kinds) != 1:
            self._wrong_kinds(block, kinds)
            return None
        build = getattr(self, f"_{kinds[0]}")
        question: Question | None = build(block, draft, attributes)
        return question

    def _kinds(self, draft: Draft) -> list[str]:
        """What the pieces say the question is; a right question says one thing."""
        kinds = ["choices"] if draft.choices else []
        kinds += ["keyed"] if draft.keys else []
        kinds += ["blanks"] if BLANK.search(draft.stem_text) else []
        kinds += ["matching"] if draft.pairs else []
        kinds += ["ordering"] if draft.steps else []
        return kinds

    def _wrong_kinds(self, block: Block, kinds: list[str]) -> None:
        names = {"choices": "phương án [x]", "keyed": "dòng «= …»", "blanks": "chỗ trống [[…]]",
                 "matching": "cặp «trái -> phải»", "ordering": "các bước đánh số"}  # fmt: skip
        if kinds:
            both = " và ".join(names[kind] for kind in kinds)
            self._report(Code.MIXED_KINDS, block.start, f"một câu hỏi có cả {both}", "tách thành các câu hỏi riêng")
        else:
            hint = "đánh dấu một lựa chọn bằng [x], hoặc dùng «= …», [[…]], «trái -> phải», các bước 1. 2. 3."
            self._report(Code.NO_ANSWER, block.start, "câu hỏi chưa có đáp án đúng", hint)

    def _common(self, block: Block, draft: Draft, attributes: dict[str, str], stem: str | None = None) -> "_Common":
        return _Common(
            id=attributes["id"],
            line=self._source.place(block.start).line,
            points=int(attributes["points"]),
            attempts=int(attributes["attempts"]),
            stem=self._renderer.block(draft.stem_text) if stem is None else stem,
            hint=self._renderer.block(draft.note("hint")),
            explanation=self._renderer.block(draft.note("explanation")),
        )

    def _reflection(self, block: Block, draft: Draft, attributes: dict[str, str]) -> Question | None:
        if draft.choices or draft.keys:
            hint = "câu suy ngẫm không chấm điểm; muốn chấm thì dùng «::: question»"
            self._report(Code.ANSWER_IN_REFLECTION, block.start, "câu suy ngẫm có đáp án", hint)
            return None
        return Reflection(**self._common(block, draft, attributes | {"points": "0"}).__dict__)

    def _choices(self, block: Block, draft: Draft, attributes: dict[str, str]) -> Question | None:
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
        several = rights > 1 or attributes["kind"] == "several"
        ids = self._ids([(option.offset, "\n".join(option.text)) for option in draft.choices], "phương án")
        choices = tuple(self._choice(id_, option) for id_, option in zip(ids, draft.choices, strict=True))
        return ChoiceQuestion(**self._common(block, draft, attributes).__dict__, choices=choices, several=several)

    def _choice(self, id_: str, option: Option) -> Choice:
        text, feedback = "\n".join(option.text).strip(), "\n".join(option.feedback)
        return Choice(id_, self._renderer.inline(text), option.right, self._renderer.block(feedback))

    def _keyed(self, block: Block, draft: Draft, attributes: dict[str, str]) -> Question | None:
        (offset, text), *more = draft.keys
        if more:
            self._report(Code.MIXED_KINDS, more[0][0], "câu hỏi có hai dòng «= …»", "chỉ giữ một đáp án")
        common = self._common(block, draft, attributes).__dict__
        verdict = {"dung": True, "true": True, "sai": False, "false": False}.get(slug(text))
        if verdict is not None:
            return TrueFalseQuestion(**common, right=verdict)
        number = _NUMBER.fullmatch(text)
        try:
            if number is None:
                raise ValueError(text)
            return NumberQuestion(
                **common, value=_decimal(number["value"]), tolerance=_decimal(number["tolerance"] or "0")
            )
        except ValueError:
            hint = "viết «= Đúng», «= Sai» hoặc một số, ví dụ «= 7» hay «= 7 +- 0,5»"
            self._report(Code.NO_ANSWER, offset, f"không hiểu đáp án «= {text}»", hint)
            return None

    def _blanks(self, block: Block, draft: Draft, attributes: dict[str, str]) -> Question | None:
        blanks: list[tuple[str, ...]] = []

        def number(match: re.Match[str]) -> str:
            blanks.append(tuple(text.strip() for text in match["accepted"].split("|") if text.strip()))
            return f"boiduongblank{len(blanks) - 1}x"

        stem = self._renderer.block(BLANK.sub(number, draft.stem_text))
        if not all(blanks):
            self._report(
                Code.NO_ANSWER, block.start, "chỗ trống [[ ]] chưa có đáp án", "viết [[đáp án|cách viết khác]]"
            )
        stem = re.sub(r"boiduongblank(\d+)x", r'<span data-blank="\1"></span>', stem)
        return BlankQuestion(**self._common(block, draft, attributes, stem).__dict__, blanks=tuple(blanks))

    def _matching(self, block: Block, draft: Draft, attributes: dict[str, str]) -> Question | None:
        if len(draft.pairs) < 2:
            hint = "viết ít nhất hai dòng «- trái -> phải»"
            self._report(Code.TOO_FEW_CHOICES, block.start, "câu ghép cặp chỉ có một cặp", hint)
        lefts = self._ids([(offset, left) for offset, left, _ in draft.pairs], "vế trái")
        rights = self._ids([(offset, right) for offset, _, right in draft.pairs], "vế phải")
        pairs = tuple(
            Pair(left_id, self._renderer.inline(left), right_id, self._renderer.inline(right))
            for left_id, right_id, (_, left, right) in zip(lefts, rights, draft.pairs, strict=True)
        )
        return MatchingQuestion(**self._common(block, draft, attributes).__dict__, pairs=pairs)

    def _ordering(self, block: Block, draft: Draft, attributes: dict[str, str]) -> Question | None:
        if len(draft.steps) < 3:
            hint = "viết ít nhất ba bước 1. 2. 3. theo đúng thứ tự"
            self._report(Code.TOO_FEW_CHOICES, block.start, "câu sắp xếp có ít hơn ba bước", hint)
        ids = self._ids(draft.steps, "bước")
        steps = tuple(Step(id_, self._renderer.inline(text)) for id_, (_, text) in zip(ids, draft.steps, strict=True))
        return OrderingQuestion(**self._common(block, draft, attributes).__dict__, steps=steps)

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


@dataclass
class _Common:
    """What all kinds of question share, as keyword arguments."""

    id: str
    line: int
    points: int
    attempts: int
    stem: str
    hint: str
    explanation: str


def _decimal(text: str) -> Decimal:
    """A number as Vietnamese write it: "7,5", "1.250", "1.250,5"; also "7.5".

    Raises ValueError for anything else.
    """
    plain = text.replace(".", "") if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?", text) else text
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
