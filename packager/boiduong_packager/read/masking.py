"""Where constructs stand in the source. Python-Markdown keeps no positions, so the places come from the text itself,
with everything blanked out in which Markdown is not Markdown: code and comments."""

import re

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SPAN = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
MATH = re.compile(r"(?<![\\$])\$\$.+?\$\$|(?<![\\$\w])\$(?![\s$])[^$\n]*?(?<!\s)\$(?![\d$])", re.DOTALL)


def mask(text: str) -> str:
    """`text` with code and comments turned into spaces; every offset and line keeps its place."""
    for pattern in (_FENCE, _COMMENT, _SPAN):
        text = pattern.sub(blank, text)
    return text


def mask_math(text: str) -> str:
    """`text`, masked already, with formulas turned into spaces too."""
    return MATH.sub(blank, text)


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
