"""Prerequisites of SCORM 1.2 (adlcp:prerequisites, type aicc_script): when an item may be opened.

The language is AICC CMI 4.0.2, appendix on prerequisites: `&` and, `|` or, `~` not, `=` and `<>` compare an item's
status, `n*{a,b,c}` at least n of a set, `(…)`. `~` binds closest, then `&`, then `|`. An item alone means that it is
completed or passed.

A condition is a tree, kept as JSON and evaluated in the browser (play/assets/prerequisites.js):

    {"done": "I-a"}                          the item's status is "completed" or "passed"
    {"is": ["I-a", "failed"]}                its status is this word of SCORM 1.2
    {"not": …}    {"and": [… , …]}    {"or": [… , …]}
    {"count": 2, "of": [… , …]}              at least so many of these hold

An item of which nothing is known has the status "not attempted". A heading is done when all its items are
(`status` must say so).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Condition = dict[str, Any]
_STATUS = {
    **dict.fromkeys(("passed", "p"), "passed"),
    **dict.fromkeys(("completed", "complete", "c"), "completed"),
    **dict.fromkeys(("failed", "f"), "failed"),
    **dict.fromkeys(("incomplete", "i"), "incomplete"),
    **dict.fromkeys(("browsed", "b"), "browsed"),
    **dict.fromkeys(("not attempted", "n"), "not attempted"),
}
"""AICC's words may be cut to their first letter."""
_TOKEN = re.compile(r"""\s*(?:(?P<string>"[^"]*"|'[^']*')|(?P<mark><>|[&|~=(){},*])|(?P<word>[^\s&|~=(){},*<>"']+))""")
_MARKS = frozenset(("&", "|", "~", "=", "<>", "(", ")", "{", "}", ",", "*"))
_DEEPEST = 50
"""Brackets within brackets; one who writes more means to exhaust the reader."""


@dataclass
class _Reader:
    tokens: list[str]
    place: int = 0
    depth: int = 0

    @property
    def next(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.next
        if not token or (expected and token != expected):
            raise ValueError(f"expected {expected or 'more'} at token {self.place}")
        self.place += 1
        return token


def parse(text: str) -> Condition:
    """The condition as a tree.

    Raises ValueError for a text that is none.
    """
    reader = _Reader([*_tokens(text)])
    condition = _either(reader)
    if reader.next:
        raise ValueError(f"left over: {reader.next}")
    return condition


def _tokens(text: str) -> Iterator[str]:
    place, text = 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise ValueError(f"unreadable at {place}")
        yield match["string"] or match["mark"] or match["word"]
        place = match.end()


def _either(reader: _Reader) -> Condition:
    return _chain(reader, "|", "or", lambda: _chain(reader, "&", "and", lambda: _negated(reader)))


def _chain(reader: _Reader, mark: str, name: str, part: Callable[[], Condition]) -> Condition:
    parts = [part()]
    while reader.next == mark:
        reader.take()
        parts.append(part())
    return parts[0] if len(parts) == 1 else {name: parts}


def _negated(reader: _Reader) -> Condition:
    turned = False
    while reader.next == "~":
        reader.take()
        turned = not turned
    condition = _term(reader)
    return {"not": condition} if turned else condition


def _term(reader: _Reader) -> Condition:
    if reader.next == "(":
        inside: Condition = _within(reader, "(", ")", lambda: _either(reader))
        return inside
    word = reader.take()
    if reader.next == "*":
        return _count(reader, word)
    name = _name(word)
    if reader.next in ("=", "<>"):
        equal = reader.take() == "="
        condition = {"is": [name, _status(reader.take())]}
        return condition if equal else {"not": condition}
    return {"done": name}


def _count(reader: _Reader, number: str) -> Condition:
    if not number.isascii() or not number.isdigit():
        raise ValueError(f"not a number: {number}")
    reader.take("*")
    return {"count": int(number[:6]), "of": _within(reader, "{", "}", lambda: _listed(reader))}


def _listed(reader: _Reader) -> list[Condition]:
    parts = [_either(reader)]
    while reader.next == ",":
        reader.take()
        parts.append(_either(reader))
    return parts


def _within(reader: _Reader, opening: str, closing: str, part: Callable[[], Any]) -> Any:
    reader.depth += 1
    if reader.depth > _DEEPEST:
        raise ValueError("too deep")
    reader.take(opening)
    inside = part()
    reader.take(closing)
    reader.depth -= 1
    return inside


def _name(word: str) -> str:
    name = word.strip("\"'")
    if not name or word in _MARKS:
        raise ValueError(f"not an item: {word}")
    return name


def _status(token: str) -> str:
    word = token.strip("\"'").strip().casefold()
    if word not in _STATUS:
        raise ValueError(f"not a status: {token}")
    return _STATUS[word]


def items_of(condition: Condition) -> set[str]:
    """The items that a condition speaks of."""
    match condition:
        case {"done": name} | {"is": [name, _]}:
            return {name}
        case {"not": inside}:
            return items_of(inside)
        case {"and": parts} | {"or": parts} | {"of": parts}:
            return set().union(*map(items_of, parts))
    raise ValueError(f"not a condition: {condition}")
