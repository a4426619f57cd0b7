"""What the player needs to mark a question: its kind and points in clear, all that would tell the answer veiled.

Each piece has a keystream of its own, so that the player unveils no more than the step at hand needs: the answer to
mark, the feedback of what was chosen, the explanation at the end.
"""

import json
from typing import Any

from boiduong_packager.model import (
    BlankQuestion,
    ChoiceQuestion,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    Question,
    TrueFalseQuestion,
)
from boiduong_packager.page.question import kind
from boiduong_packager.page.veil import veil


def key(question: Question, topic_id: str) -> dict[str, Any]:
    """The question's entry in the player's configuration."""
    entry: dict[str, Any] = {"id": question.id, "kind": kind(question), "points": question.points}
    if not question.scored:
        return entry
    names = (topic_id, question.id)
    entry |= {"attempts": question.attempts, "answer": veil(_compact(answer(question)), *names, "answer")}
    if question.explanation:
        entry["explanation"] = veil(question.explanation, *names, "explanation")
    if isinstance(question, ChoiceQuestion):
        entry["feedback"] = {
            choice.id: veil(choice.feedback, *names, choice.id) for choice in question.choices if choice.feedback
        }
    return entry


def answer(question: Question) -> Any:
    """What is right, in the shape that player/grading.js reads."""
    match question:
        case ChoiceQuestion():
            return [choice.id for choice in question.choices if choice.right]
        case TrueFalseQuestion():
            return ["true" if question.right else "false"]
        case BlankQuestion():
            return [list(accepted) for accepted in question.blanks]
        case NumberQuestion():
            return [format(question.value, "f"), format(question.tolerance, "f")]
        case MatchingQuestion():
            return {pair.id: pair.right_id for pair in question.pairs}
        case OrderingQuestion():
            return [step.id for step in question.steps]
    raise TypeError(f"a question without an answer: {type(question).__name__}")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
