"""A last look at what rendering made. The rules of read/raw_html hold the source as this program reads it; where
Markdown reads it otherwise (code that is none to it), a tag or an attribute would slip through to every learner."""

import re
from collections.abc import Iterator

from lxml import etree

from boiduong_packager.read import raw_html
from boiduong_packager.read.linking import SAFE_SCHEME
from boiduong_packager.read.trees import MARK

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_TAGS = raw_html.TAGS | {
    "a", "audio", "blockquote", "caption", "code", "dd", "dl", "dt", "em", "figcaption", "figure", "h3", "h4", "img",
    "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = raw_html.ATTRIBUTES | {
    "alt", "aria-label", "controls", "data-anchor", "data-topic", "height", "loading", "preload", "rel", "role",
    "scope", "start", "tabindex", "target", "width",
}  # fmt: skip
_VALUES = {
    # Whether the programme has that topic, its gathering asks.
    "href": re.compile(rf"#|{SAFE_SCHEME.pattern}|[^:/?#]+\.md(?:#|\Z)", re.IGNORECASE),
    "src": re.compile(r"media/[a-z0-9-]+\.[a-z0-9]+\Z"),
    "style": re.compile(r"text-align: (?:left|right|center);\Z"),  # what the tables extension writes
}
_MATH_ATTRIBUTE = re.compile(r"(?!on|href|src)[a-z]+\Z")
_DECLARATION = re.compile(r"<[!?]")


def tree_of(fragment: str) -> etree._Element | None:
    """The elements of `fragment` below one of no meaning; None where it is not well-formed."""
    try:
        return etree.fromstring(f"<div>{fragment.replace(MARK, '')}</div>")
    except etree.XMLSyntaxError:
        return None


def foreign_parts(fragment: str, tree: etree._Element) -> Iterator[str]:
    """The names of whatever in `fragment`, parsed as `tree`, neither Markdown nor the allow-list of tags makes."""
    # Text to XML, a section of character data is live markup to a browser.
    if _DECLARATION.search(fragment):
        yield "<!"
    for element in tree.iter(etree.Element):
        tag = str(element.tag)
        if tag.startswith(_MATHML):
            yield from (str(name) for name in element.attrib if not _MATH_ATTRIBUTE.match(str(name)))
        elif tag not in _TAGS:
            yield f"<{tag}>"
        else:
            yield from (str(n) for n, value in element.items() if not _is_harmless(str(n), str(value)))


def _is_harmless(name: str, value: str) -> bool:
    wanted = _VALUES.get(name)
    return name in _ATTRIBUTES if wanted is None else wanted.match(value) is not None
