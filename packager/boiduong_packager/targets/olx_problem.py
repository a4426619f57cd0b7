"""Questions as Open edX problems: XML as capa reads it (openedx/xblocks-contrib, problem/capa).

What it takes wrongly rather than refuse is kept from it: straight apostrophes in options, tones placed the other way.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from boiduong_vocabulary.vietnamese import modern_tones, old_tones
from lxml import etree
from lxml.builder import E

from boiduong_packager.model import (
    BlankQuestion,
    Choice,
    ChoiceQuestion,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    Question,
    TrueFalseQuestion,
)
from boiduong_packager.page.order import shuffled
from boiduong_packager.targets.olx_fragment import Place, fragment, settle_for_capa
from boiduong_packager.targets.olx_tree import Element


def problem(question: Question, title: str, place: Place) -> Element:
    """The problem block of a question; `title` is what it is called ("Câu 1")."""
    tree = etree.Element("problem", _settings(question, title))
    tree.extend(_RESPONSES[type(question)](question, place))
    if question.explanation:
        explanation = _filled("div", question.explanation, place)
        explanation.set("class", "detailed-solution")
        explanation.insert(0, _lead(explanation, "Giải thích"))
        tree.append(E.solution(explanation))
    if question.hint:
        tree.append(E.demandhint(_filled("hint", question.hint, place)))
    return settle_for_capa(tree)


def _settings(question: Question, title: str) -> dict[str, str]:
    """`finished` shows the explanation with the right answer or after the last attempt, as the language promises."""
    settings = {"display_name": title, "weight": str(question.points), "showanswer": "finished"}
    return settings | ({"max_attempts": str(question.attempts)} if question.attempts else {})


def _lead(parent: Element, text: str) -> Element:
    """A bold line to stand before all that `parent` holds, its loose text included."""
    lead = E.p(E.strong(text))
    lead.tail, parent.text = parent.text, None
    return lead


def _filled(tag: str, html: str, place: Place) -> Element:
    """An element that holds the fragment; a lone paragraph gives its words without the paragraph."""
    holder = fragment(html, place)
    if len(holder) == 1 and holder[0].tag == "p" and not (holder.text or "").strip():
        holder = holder[0]
        holder.attrib.clear()
        holder.tail = None
    holder.tag = tag
    return holder


def _asked(question: Question, place: Place, task: str) -> tuple[list[Element], Element]:
    """What stands before the answer field, and the field's label: the stem's last paragraph, else the task."""
    stem = fragment(question.stem, place)
    before = [stem]
    if len(stem) and stem[-1].tag == "p":
        label = stem[-1]
        stem.remove(label)
        label.tag, label.tail = "label", None
        label.attrib.clear()
        before = [stem] if len(stem) or (stem.text or "").strip() else []
        return before, label
    return before, E.label(task)


def _choices(question: ChoiceQuestion, place: Place) -> list[Element]:
    several = question.several
    before, label = _asked(question, place, "Các phương án" if several else "Chọn một phương án")
    options = [_choice(choice, several, place) for choice in question.choices]
    if several:
        description = E.description("Chọn mọi phương án đúng.")
        return [*before, E.choiceresponse(label, description, E.checkboxgroup(*options))]
    return [*before, _single(label, options)]


def _single(label: Element, options: list[Element]) -> Element:
    return E.multiplechoiceresponse(label, E.choicegroup({"type": "MultipleChoice"}, *options))


def _choice(choice: Choice, several: bool, place: Place) -> Element:
    element = _filled("choice", choice.html, place)
    element.set("correct", _truth(choice.right))
    # capa keeps a saved answer by this name; of checkboxes it ignores it and counts.
    element.set("name", choice.id)
    if choice.feedback:
        hint = _filled("choicehint", choice.feedback, place)
        if several:
            hint.set("selected", "true")
        element.append(hint)
    return element


def _truth(right: bool) -> str:
    return "true" if right else "false"


def _true_or_false(question: TrueFalseQuestion, place: Place) -> list[Element]:
    before, label = _asked(question, place, "Đúng hay sai?")
    sides = (("true", "Đúng", question.right), ("false", "Sai", not question.right))
    return [*before, _single(label, [E.choice(text, correct=_truth(right), name=name) for name, text, right in sides])]


def _blanks(question: BlankQuestion, place: Place) -> list[Element]:
    """Numbered gaps in the text and a labelled field for each: capa's fields are `div`s, which a paragraph cannot
    hold."""
    stem = fragment(question.stem, place)
    for gap in stem.iterfind(".//span[@data-blank]"):
        number = int(gap.attrib.pop("data-blank")) + 1
        gap.tag, gap.text = "strong", f"({number}) ……"
    return [stem, *(_blank(number, accepted) for number, accepted in enumerate(question.blanks, start=1))]


def _blank(number: int, accepted: tuple[str, ...]) -> Element:
    first, *others = dict.fromkeys(spelling for text in accepted for spelling in _spellings(text))
    response = E.stringresponse({"answer": first, "type": "ci"}, E.label(f"Chỗ trống ({number})"))
    response.extend(E.additional_answer(answer=other) for other in others)
    response.append(E.textline(size="20"))
    return response


def _spellings(text: str) -> Iterator[str]:
    """`text` and the same with its tones placed in the other ways (ủy ban, uỷ ban): capa compares letter by letter,
    case apart."""
    yield text
    yield from (other for respelt in (modern_tones, old_tones) if (other := respelt(text)) != text)


def _number(question: NumberQuestion, place: Place) -> list[Element]:
    before, label = _asked(question, place, "Trả lời bằng một con số")
    response = E.numericalresponse(
        {"answer": _plain(question.value)},
        label,
        # capa reads numbers in the English way only.
        E.description("Chỉ ghi số, không ghi đơn vị; phần thập phân viết sau dấu chấm, ví dụ 3.5."),
    )
    if question.tolerance:
        response.append(E.responseparam(type="tolerance", default=_plain(question.tolerance)))
    response.append(E.formulaequationinput())
    return [*before, response]


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _matching(question: MatchingQuestion, place: Place) -> list[Element]:
    rights = shuffled(f"{place.topic.id}/{question.id}", question.pairs)
    options = [(pair.right_id, pair.right) for pair in rights]
    rows = (_dropdown(E.label(pair.left), options, pair.right_id) for pair in question.pairs)
    return [fragment(question.stem, place), *rows]


def _ordering(question: OrderingQuestion, place: Place) -> list[Element]:
    """Each step asks for its number: a long step does not fit into a list of options, and may hold markup."""
    order = {step.id: str(number) for number, step in enumerate(question.steps, start=1)}
    numbers = [(number, number) for number in order.values()]
    steps = shuffled(f"{place.topic.id}/{question.id}", question.steps)
    rows = (_dropdown(_filled("label", step.html, place), numbers, order[step.id]) for step in steps)
    task = E.p("Chọn số thứ tự đúng cho mỗi bước.")
    return [fragment(question.stem, place), task, *rows]


def _dropdown(label: Element, options: list[tuple[str, str]], right: str) -> Element:
    choices = (E.option(_option_text(text), correct=_truth(id_ == right)) for id_, text in options)
    return E.optionresponse(label, E.optioninput(*choices))


def _option_text(text: str) -> str:
    """capa joins the options with straight apostrophes and splits them again."""
    return " ".join(text.replace("'", "’").split())


_RESPONSES: dict[type[Question], Callable[[Any, Place], list[Element]]] = {
    ChoiceQuestion: _choices,
    TrueFalseQuestion: _true_or_false,
    BlankQuestion: _blanks,
    NumberQuestion: _number,
    MatchingQuestion: _matching,
    OrderingQuestion: _ordering,
}
