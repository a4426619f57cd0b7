"""The server's answer about one person's days, as docs/operations.md describes it: taken only where every field is of
its shape. What was taken is kept in the learner's state in the same shape, and held against it again when read."""

import json
from datetime import date
from typing import Any

_FIGURES = ("required", "credited", "waiting", "shortfall")
_TEXTS = ("standing_text", "text", "notice")
_LONGEST_TEXT, _LONGEST_FIGURE = 2_000, 40


def parsed(body: bytes) -> Any:
    """JSON in UTF-8; None for anything else."""
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):  # brackets enough exhaust the stack
        return None


def shape(said: Any) -> dict[str, Any] | None:
    """What the block shows of an answer; None where a field of it is missing or is something else.

    `required`, `credited`, `waiting`, `shortfall`: {"text": "4,5"}, or None where not known; `until`: an ISO date, or
    None; `standing_text`, `text`, `notice`; `provisional_minutes`.
    """
    if not isinstance(said, dict):
        return None
    figures, texts = [said.get(name, "") for name in _FIGURES], [said.get(name) for name in _TEXTS]
    minutes, until = said.get("provisional_minutes"), said.get("until", "")
    sound = (
        all(map(_is_figure, figures))
        and all(isinstance(text, str) and len(text) <= _LONGEST_TEXT for text in texts)
        and (type(minutes) is int and minutes >= 0)
        and (until is None or _is_date(until))
    )
    if not sound:
        return None
    printed = [figure and {"text": figure["text"]} for figure in figures]
    told = dict(zip((*_FIGURES, *_TEXTS), (*printed, *texts), strict=True))
    return told | {"provisional_minutes": minutes, "until": until}


def is_about_nobody(said: Any) -> bool:
    """Whether it is the server's own answer about an account that it may not or cannot tell of."""
    return isinstance(said, dict) and said.get("person", "") is None and isinstance(said.get("error"), str)


def _is_figure(said: Any) -> bool:
    if said is None:
        return True
    text = said.get("text") if isinstance(said, dict) else None
    return isinstance(text, str) and 0 < len(text) <= _LONGEST_FIGURE


def _is_date(said: Any) -> bool:
    try:
        return isinstance(said, str) and date.fromisoformat(said).isoformat() == said  # it reads 20300930 too
    except ValueError:
        return False
