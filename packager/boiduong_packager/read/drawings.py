"""What may stand in a drawing: an SVG can carry scripts, fetch things, and be opened as a page of its own."""

import re
from collections.abc import Iterator

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset(("script", "handler", "listener", "foreignObject"))
_EMBEDDED = re.compile(r"\s*(?:#|data:image/(?:png|jpeg)[;,])")
_REACHING_OUT = re.compile(r"url\(\s*[\"']?\s*(?!#|data:)[^)\s]|@import|javascript:", re.IGNORECASE)
_HIDING = re.compile(r"\\|://")
"""In CSS, an escape hides a word from whoever looks for it; an address needs no `url` everywhere."""


def is_readable(data: bytes) -> bool:
    """Whether `data` is a drawing at all: well-formed, and SVG at its root."""
    root = _root(data)
    return root is not None and root.tag == f"{{{_SVG}}}svg"


def is_harmless(data: bytes) -> bool:
    """Whether the drawing in `data` runs nothing and fetches nothing. Looked at as XML: entities, prefixes and
    encodings have many ways to spell a script, and a parser knows them all."""
    root = _root(data)
    if root is None or root.getroottree().docinfo.doctype:
        return False
    instructions = root.getroottree().xpath("//processing-instruction()")
    return not instructions and not any(map(_acts, root.iter(etree.Element)))


def _root(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None


def _acts(element: etree._Element) -> bool:
    name = etree.QName(element)
    if name.localname in _ACTIVE or name.namespace == "http://www.w3.org/1999/xhtml":
        return True
    style = (element.text or "") if name.localname == "style" else ""
    return any(_reaches_out(*attribute) for attribute in [("style", style), *_attributes(element)])


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((etree.QName(name).localname, str(value)) for name, value in element.items())


def _reaches_out(name: str, value: str) -> bool:
    if name.lower().startswith("on") or (name == "attributeName" and value.strip().lower().endswith("href")):
        return True
    if name in ("href", "src"):
        return bool(value.strip()) and not _EMBEDDED.match(value)
    return _REACHING_OUT.search(value) is not None or (name == "style" and _HIDING.search(value) is not None)
