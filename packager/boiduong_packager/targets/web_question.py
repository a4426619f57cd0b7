"""Questions set for paper. Nothing here shows which answer is right; web_answer does."""

from dataclasses import dataclass
from functools import singledispatch

from boiduong_packager.model import (
    BlankQuestion,
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
from boiduong_packager.page.markup import E, Markup
from boiduong_packager.page.order import shuffled
from boiduong_packager.page.question import task
from boiduong_packager.targets.web_fragment import Place, fragment

_RULED_LINES = 6
_BOX = E("span", class_="box", aria_hidden="true")
_NOTHING = Markup("")
_PAPER_TASKS: dict[type[Question], str] = {
    MatchingQuestion: "Ghi vào chỗ trống chữ cái của mục phù hợp",
    OrderingQuestion: "Đánh số thứ tự vào ô",
}
"""Where the hand does something else than the mouse."""


@dataclass(frozen=True)
class Paper:
    """Where a question stands: `heading` names it ("Câu 3"), `seed` decides the order in which its items show."""

    heading: str
    seed: str
    place: Place


def question_block(question: Question, paper: Paper, answer: str) -> Markup:
    """The question with room for a written answer, then `answer`. A folded hint is not printed."""
    label = f"{question.id}_de"
    return E(
        "div",
        E("h3", paper.heading, " ", E("small", _how(question)), id=label),
        fragment(question.stem, paper.place, "prose stem"),
        room(question, paper),
        _hint(question, paper, unfolded=bool(answer)),
        answer,
        class_="question",
        id=question.id,
        role="group",
        aria_labelledby=label,
    )


def letter(index: int) -> str:
    """A, B, C … for the items of a question."""
    return chr(ord("A") + index)


def answer_column(question: MatchingQuestion, paper: Paper) -> tuple[Pair, ...]:
    """The pairs in the order in which their right sides stand on paper."""
    return shuffled(paper.seed, question.pairs)


def steps_shown(question: OrderingQuestion, paper: Paper) -> tuple[Step, ...]:
    return shuffled(paper.seed, question.steps)


@singledispatch
def room(question: Question, paper: Paper) -> Markup:
    """Where the answer is written."""
    raise TypeError(f"no such question: {type(question).__name__}")


@room.register
def _(question: ChoiceQuestion, paper: Paper) -> Markup:
    return _boxes("choices", *(fragment(choice.html, paper.place, "prose") for choice in question.choices))


@room.register
def _(question: TrueFalseQuestion, paper: Paper) -> Markup:
    items = (E("li", _BOX, E("span", text)) for text in ("Đúng", "Sai"))
    return E("ul", *items, class_="choices row", role="list")


@room.register
def _(question: BlankQuestion, paper: Paper) -> Markup:
    return _NOTHING


@room.register
def _(question: NumberQuestion, paper: Paper) -> Markup:
    return E("p", "Trả lời: ", E("span", class_="gap", aria_hidden="true"), class_="number")


@room.register
def _(question: MatchingQuestion, paper: Paper) -> Markup:
    space = E("span", class_="letter", aria_hidden="true")
    left = (
        E("li", E("b", f"{number}."), E("span", pair.left), space)
        for number, pair in enumerate(question.pairs, start=1)
    )
    right = (
        E("li", E("b", f"{letter(index)}."), E("span", pair.right))
        for index, pair in enumerate(answer_column(question, paper))
    )
    columns = (E("ul", *left, class_="left", role="list"), E("ul", *right, class_="right", role="list"))
    return E("div", *columns, class_="matching")


@room.register
def _(question: OrderingQuestion, paper: Paper) -> Markup:
    steps = (fragment(step.html, paper.place, "prose") for step in steps_shown(question, paper))
    return _boxes("choices ordering", *steps)


@room.register
def _(question: Reflection, paper: Paper) -> Markup:
    return E("div", *(E("span") for _ in range(_RULED_LINES)), class_="lines", aria_hidden="true")


def _how(question: Question) -> str:
    points = f" · {question.points} điểm" if question.scored else ""
    return _PAPER_TASKS.get(type(question), task(question)) + points


def _boxes(kind: str, *items: Markup) -> Markup:
    rows = (E("li", _BOX, E("b", f"{letter(index)}."), item) for index, item in enumerate(items))
    return E("ul", *rows, class_=kind, role="list")


def _hint(question: Question, paper: Paper, unfolded: bool) -> Markup:
    if not question.hint:
        return _NOTHING
    return E("details", E("summary", "Gợi ý"), fragment(question.hint, paper.place), class_="hint", open=unfolded)
