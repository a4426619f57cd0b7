"""Questions as forms: one function a kind gives the fields, `card` the frame they all share.

Nothing here gives an answer away: fields carry ids and never whether they are right (page/key.py veils that).
"""

import re
from collections.abc import Callable
from string import ascii_uppercase
from typing import Any

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

REFLECTION_LENGTH = 1000
"""Characters of a reflection: what a SCORM 1.2 LMS can keep beside the results (player/state.js)."""
_BLANK = re.compile(r'<span data-blank="(\d+)"\s*(?:/>|></span>)')


def card(question: Question, label: str, seed: str) -> Markup:
    """The question as a form; `label` is what it is called ("Câu 1"), `seed` sets the order where order would tell."""
    return E(
        "form",
        _heading(question, label),
        _blank_stem(question) if isinstance(question, BlankQuestion) else _stem(question),
        fields(question, f"{seed}/{question.id}"),
        _hint(question),
        _actions(question),
        E("div", class_="verdict prose", role="status", tabindex="-1"),
        class_=f"question question-{kind(question)}",
        id=question.id,
        autocomplete="off",
        novalidate=True,
    )


def kind(question: Question) -> str:
    """What the player calls this kind of question."""
    if isinstance(question, ChoiceQuestion):
        return "several" if question.several else "choice"
    return _KINDS[type(question)]


_KINDS: dict[type[Question], str] = {
    TrueFalseQuestion: "truefalse",
    BlankQuestion: "blanks",
    NumberQuestion: "number",
    MatchingQuestion: "matching",
    OrderingQuestion: "ordering",
    Reflection: "reflection",
}


def task(question: Question) -> str:
    """What the learner is asked to do, in a few words."""
    return _TASKS[kind(question)]


_TASKS = {
    "choice": "Chọn một phương án",
    "several": "Chọn mọi phương án đúng",
    "truefalse": "Đúng hay sai?",
    "blanks": "Điền vào chỗ trống",
    "number": "Trả lời bằng một con số",
    "matching": "Chọn cho mỗi dòng một mục phù hợp",
    "ordering": "Xếp theo đúng trình tự",
    "reflection": "Viết ngắn, không chấm điểm",
}


def fields(question: Question, seed: str) -> Markup:
    """The fields an answer is given in; those of blanks stand in the stem."""
    match question:
        case MatchingQuestion():
            return _matching(question, shuffled(seed, question.pairs))
        case OrderingQuestion():
            return _ordering(question, shuffled(seed, question.steps))
    return _FIELDS[kind(question)](question)


def _choices(question: ChoiceQuestion) -> Markup:
    type_ = "checkbox" if question.several else "radio"
    options = (_option(question, choice.id, Markup(choice.html), type_) for choice in question.choices)
    return _options(question, "group" if question.several else "radiogroup", *options)


def _true_or_false(question: TrueFalseQuestion) -> Markup:
    sides = (_option(question, value, text, "radio") for value, text in (("true", "Đúng"), ("false", "Sai")))
    return _options(question, "radiogroup", *sides)


def _options(question: Question, role: str, *options: Markup) -> Markup:
    return E("div", *options, class_="answer options", role=role, aria_labelledby=_name(question))


def _option(question: Question, value: str, label: str, type_: str) -> Markup:
    id_ = _id(question, "c", value)
    field = E("input", type=type_, name="choice", value=value, id=id_)
    return E("div", field, E("label", label, for_=id_), class_="option")


def _blank_stem(question: BlankQuestion) -> Markup:
    total = len(question.blanks)
    filled = _BLANK.sub(lambda found: _blank(int(found[1]), total), question.stem)
    return E("div", Markup(filled), class_="stem prose answer", role="group", aria_labelledby=_id(question, "label"))


def _blank(number: int, total: int) -> Markup:
    return E(
        "input",
        class_="field blank",
        type="text",
        name=f"blank-{number}",
        aria_label="Chỗ trống" if total == 1 else f"Chỗ trống {number + 1} trên {total}",
        maxlength="200",
        autocapitalize="off",
        spellcheck="false",
    )


def _number(question: NumberQuestion) -> Markup:
    id_ = _id(question, "number")
    field = E("input", class_="field", type="text", inputmode="decimal", name="number", maxlength="40", id=id_)
    return E("p", E("label", "Kết quả:", for_=id_), " ", field, class_="answer")


def _matching(question: MatchingQuestion, rights: tuple[Pair, ...]) -> Markup:
    letters = E("ol", *(E("li", pair.right) for pair in rights), class_="rights", type="A")
    rows = E("div", *(_row(question, pair, rights) for pair in question.pairs), class_="pairs")
    return E("div", letters, rows, class_="answer", role="group", aria_labelledby=_name(question))


def _row(question: MatchingQuestion, pair: Pair, rights: tuple[Pair, ...]) -> Markup:
    id_ = _id(question, "m", pair.id)
    lettered = zip(ascii_uppercase, rights, strict=False)
    options = (E("option", f"{letter}. {other.right}", value=other.right_id) for letter, other in lettered)
    select = E("select", E("option", "Chọn…", value=""), *options, class_="field", name=pair.id, id=id_)
    return E("div", E("label", pair.left, for_=id_), select, class_="pair")


def _ordering(question: OrderingQuestion, steps: tuple[Step, ...]) -> Markup:
    lines = (_line(step, _id(question, "s", step.id)) for step in steps)
    return E("ol", *lines, class_="answer steps", aria_labelledby=_name(question))


def _line(step: Step, id_: str) -> Markup:
    moves = E("span", _move("-1", "↑", "Đưa lên", id_), _move("1", "↓", "Đưa xuống", id_), class_="moves needs-script")
    return E("li", E("span", Markup(step.html), class_="step-text", id=id_), moves, data_id=step.id)


def _move(by: str, arrow: str, name: str, what: str) -> Markup:
    icon = E("span", arrow, aria_hidden="true")
    return E("button", icon, type="button", class_="move", data_by=by, aria_label=name, aria_describedby=what)


def _reflection(question: Reflection) -> Markup:
    room = {"rows": 5, "maxlength": REFLECTION_LENGTH}
    return E("textarea", class_="answer field", name="text", aria_labelledby=_name(question), **room)


_FIELDS: dict[str, Callable[[Any], Markup]] = {
    "choice": _choices,
    "several": _choices,
    "truefalse": _true_or_false,
    "blanks": lambda question: Markup(""),
    "number": _number,
    "reflection": _reflection,
}


def _heading(question: Question, label: str) -> Markup:
    points = f" · {question.points} điểm" if question.scored else ""
    return E("h3", label, " ", E("small", task(question) + points), class_="question-label", id=_id(question, "label"))


def _stem(question: Question) -> Markup:
    return E("div", Markup(question.stem), class_="stem prose", id=_id(question, "stem"))


def _hint(question: Question) -> Markup:
    if not question.hint:
        return Markup("")
    return E("details", E("summary", "Gợi ý"), E("div", Markup(question.hint), class_="prose"), class_="hint")


def _actions(question: Question) -> Markup:
    button = E("button", "Trả lời" if question.scored else "Lưu", type="submit", class_="button")
    tries = f"Được trả lời {question.attempts} lần" if question.scored else ""
    return E("p", button, " ", E("span", tries, class_="tries"), class_="act needs-script")


def _name(question: Question) -> str:
    """For aria-labelledby: the fields are named by the question's label and its text."""
    return f"{_id(question, 'label')} {_id(question, 'stem')}"


def _id(question: Question, *parts: str) -> str:
    """An element id that no author's id can meet."""
    return "-".join(("boiduong", question.id, *parts))
