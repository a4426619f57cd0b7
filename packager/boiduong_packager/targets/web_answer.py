"""What the lecturer's copy adds to a question: the right answer, the feedback on each choice, the explanation."""

from decimal import Decimal
from functools import singledispatch

from boiduong_packager.model import (
    BlankQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    Question,
    Reflection,
    TrueFalseQuestion,
)
from boiduong_packager.page.markup import E, Markup, join
from boiduong_packager.targets.web_fragment import fragment
from boiduong_packager.targets.web_question import Paper, answer_column, letter, steps_shown


def answer_block(question: Question, paper: Paper) -> Markup:
    answer = E("p", E("b", "Đáp án: "), right_answer(question, paper))
    return E("div", answer, _feedback(question, paper), _explanation(question, paper), class_="answer")


@singledispatch
def right_answer(question: Question, paper: Paper) -> str:
    """The answer in plain words, by the letters and numbers that the paper shows."""
    raise TypeError(f"no such question: {type(question).__name__}")


@right_answer.register
def _(question: ChoiceQuestion, paper: Paper) -> str:
    return ", ".join(letter(index) for index, choice in enumerate(question.choices) if choice.right)


@right_answer.register
def _(question: TrueFalseQuestion, paper: Paper) -> str:
    return "Đúng" if question.right else "Sai"


@right_answer.register
def _(question: BlankQuestion, paper: Paper) -> str:
    return "; ".join(f"({number}) {' hoặc '.join(texts)}" for number, texts in enumerate(question.blanks, start=1))


@right_answer.register
def _(question: NumberQuestion, paper: Paper) -> str:
    tolerance = f" (chấp nhận sai lệch ± {decimal_text(question.tolerance)})" if question.tolerance else ""
    return decimal_text(question.value) + tolerance


@right_answer.register
def _(question: MatchingQuestion, paper: Paper) -> str:
    letters = {pair.id: letter(index) for index, pair in enumerate(answer_column(question, paper))}
    return "; ".join(f"{number}\u00a0–\u00a0{letters[pair.id]}" for number, pair in enumerate(question.pairs, start=1))


@right_answer.register
def _(question: OrderingQuestion, paper: Paper) -> str:
    letters = {step.id: letter(index) for index, step in enumerate(steps_shown(question, paper))}
    return " → ".join(letters[step.id] for step in question.steps)


@right_answer.register
def _(question: Reflection, paper: Paper) -> str:
    return "câu hỏi mở, không chấm điểm."


def decimal_text(value: Decimal) -> str:
    """A number as Vietnamese writes it: 0,5."""
    return format(value, "f").replace(".", ",")


def _feedback(question: Question, paper: Paper) -> Markup:
    if not isinstance(question, ChoiceQuestion):
        return Markup("")
    rows = [
        E("li", E("b", f"{letter(index)} ({_verdict(choice)}):"), fragment(choice.feedback, paper.place))
        for index, choice in enumerate(question.choices)
        if choice.feedback
    ]
    return join(_part("Phản hồi"), E("ul", *rows, role="list")) if rows else Markup("")


def _verdict(choice: Choice) -> str:
    return "đúng" if choice.right else "sai"


def _explanation(question: Question, paper: Paper) -> Markup:
    if not question.explanation:
        return Markup("")
    return join(_part("Giải thích"), fragment(question.explanation, paper.place))


def _part(name: str) -> Markup:
    return E("p", E("b", name), class_="answer-part")
