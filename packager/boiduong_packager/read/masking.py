"""Where constructs stand in the source. Python-Markdown keeps no positions, so the places come from the text itself,
with everything blanked out in which Markdown is not Markdown: code and comments."""

import re
from collections.abc import Iterable

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)\n(?:.*?\n)??(?P=fence)[`~]*[ \t]*$", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SPAN = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
MATH = re.compile(r"(?<![\\$])\$\$(?!\$).+?\$\$|(?<![\\$\w])\$(?![\s$])[^$\n]*?(?<![\s\\])\$(?![\d$])", re.DOTALL)


def mask(text: str) -> str:
    """`text` with code and comments turned into spaces; every offset and line keeps its place."""
    for pattern in (_FENCE, _COMMENT, _SPAN):
        text = pattern.sub(blank, text)
    return text


def without_comments(text: str) -> str:
    """`text` with its `<!-- -->` turned into spaces, those in code left: an author's remarks are not for learners."""
    shown = _SPAN.sub(blank, _FENCE.sub(blank, text))
    return blanked(text, (match.span() for match in _COMMENT.finditer(shown)))


def mask_math(text: str) -> str:
    """`text`, masked already, with formulas turned into spaces too."""
    return MATH.sub(blank, text)


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the stretches `spans` turned into spaces, lines kept."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text
