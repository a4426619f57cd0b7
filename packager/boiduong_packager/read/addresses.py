"""Web addresses that stand in a text as they are: a learner expects to touch them."""

import re
import xml.etree.ElementTree as ET

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

_MARK = r"\s<>«»\"“”\[\]*\x01-\x03"
ADDRESS = rf"(?<![\w/])https?://(?:[^{_MARK}()]|\([^{_MARK}()]*\))+(?<![.,;:!?…'_])"
"""An address up to the mark that ends the sentence around it; brackets count where they pair."""


class Address(InlineProcessor):
    """Makes a link of an address, unless it is the text of a link."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802
        link = ET.Element("a", {"href": m.group()})
        link.text = AtomicString(m.group())
        return link, m.start(0), m.end(0)
