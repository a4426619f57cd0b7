"""What authors leave out and Python-Markdown insists on: the blank line before a list or a table, and four spaces
before a list within a list. Here the text gets them, so that it means what it looks like."""

import re

from boiduong_packager.read.masking import mask

_MARKER = re.compile(r"(?P<indent>[ ]*)(?:[-*+]|\d+\.)[ \t]+\S")
_INTERRUPTS = re.compile(r"[ ]{0,3}(?:[-*+]|1\.)[ \t]+\S")
SEPARATOR = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ \t]*")
_OTHER_BLOCK = re.compile(r"[ ]{0,3}(?:[-*+][ \t]|\d+\.[ \t]|[#|>]|:[ \t]|\[\^|\*\[)|[ ]{4}|\t")
_NESTED = range(2, 4)
_PARAGRAPH, _INDENTED, _OTHER = "paragraph", "indented", "other"


_QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
QUOTES_PART = "\x01quotes\x01"
"""A paragraph between two quotations, which Python-Markdown would join; it is taken off again."""


def spaced(text: str) -> str:
    """`text` with blank lines before lists and tables that follow a paragraph, in quotations too; nested lists moved
    to fours; quotations kept apart by `QUOTES_PART`."""
    lines, shown = text.split("\n"), mask(text).split("\n")
    out: list[str] = []
    block, step, quote = "", 0, ""
    for number, line in enumerate(lines):
        prefix = _QUOTED.match(shown[number])
        # A blanked-out word before a ">" is no indent.
        before, quote = quote, prefix.group() if prefix and line.startswith(prefix.group()) else ""
        if quote and not before:
            out += [QUOTES_PART, ""] if _follows_quote(shown, number) else []
            block = ""
        seen = shown[number][len(quote) :]
        marker = _MARKER.match(seen)
        step = _step(step, seen, marker)
        if block == _PARAGRAPH and (_INTERRUPTS.match(seen) or _begins_table(shown, number)):
            out.append(quote.rstrip())
            block, marker = "", None
        elif block == _INDENTED and marker and not marker["indent"]:
            out.append(quote.rstrip())  # else Markdown takes the item for one of the inner list
            block = ""
        block = _block(block, seen, is_blank=not line[len(quote) :].strip())
        out.append(quote + _moved(line[len(quote) :], marker, step))
    return "\n".join(out)


def _block(block: str, seen: str, *, is_blank: bool) -> str:
    """What kind of block goes on after the line `seen`; nothing where a new one may begin."""
    if is_blank or seen.startswith("#"):
        return ""
    if block or not seen.strip():
        return block
    if seen.startswith("    "):
        return _INDENTED
    return _OTHER if _OTHER_BLOCK.match(seen) else _PARAGRAPH


def _follows_quote(shown: list[str], number: int) -> bool:
    """Whether the last line with text before line `number`, beyond blank ones, is of a quotation."""
    last = next((line for line in reversed(shown[:number]) if line.strip()), "")
    return _QUOTED.match(last) is not None


def _begins_table(shown: list[str], number: int) -> bool:
    following = shown[number + 1] if number + 1 < len(shown) else ""
    return "|" in shown[number] and "|" in following and SEPARATOR.fullmatch(following) is not None


def _step(step: int, line: str, marker: re.Match[str] | None) -> int:
    """By how many spaces lists nest here: 2 or 3 from the first nested item on, 0 where nothing is to be moved."""
    if marker and len(marker["indent"]) in _NESTED and not step:
        return len(marker["indent"])
    return 0 if line.strip() and not line.startswith(" ") and not marker else step


def _moved(line: str, marker: re.Match[str] | None, step: int) -> str:
    if not marker or not step:
        return line
    indent = len(marker["indent"])
    return " " * (4 * (indent // step)) + line[indent:]
