"""The reader's fragments set into Open edX: media under /static/, links by jump_to_id, readable without our CSS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.builder import E

from boiduong_packager.model import Program, Prose, Question, Reflection, Section, Topic
from boiduong_packager.targets.olx_tree import Element, static_names, url_name

JUMP = "/jump_to_id/"
_REFERENCE = "media/"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_INLINE = (
    *("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd"),
    *("q", "s", "small", "span", "strong", "sub", "sup", "u"),
)


@dataclass(frozen=True)
class Atlas:
    """Where every id of the program stands in the course."""

    program: Program

    @cached_property
    def topics(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.program.topics}

    @cached_property
    def _places(self) -> dict[tuple[str, str], str]:
        """Sections and questions; what stands inside a fragment is looked for when a link asks for it."""
        places = {}
        for topic in self.program.topics:
            for section in topic.sections:
                places[topic.id, section.id] = vertical_name(topic, section)
                places |= {(topic.id, part.id): question_name(topic, part) for part in section.questions}
        return places

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """The number under which a topic asks a question; reflections have none."""
        return {
            (topic.id, question.id): number
            for topic in self.program.topics
            for number, question in enumerate(
                (question for question in topic.questions if not isinstance(question, Reflection)), start=1
            )
        }

    def find(self, topic_id: str, id_: str) -> str | None:
        """The url_name of the block that shows `id_` (the topic's beginning when empty), or None."""
        topic = self.topics.get(topic_id)
        if topic is None or not topic.sections:
            return None
        if not id_:
            return vertical_name(topic, topic.sections[0])
        return self._places.get((topic_id, id_)) or _vertical_holding(topic, id_)


def vertical_name(topic: Topic, section: Section) -> str:
    return url_name("vertical", topic.id, section.id)


def question_name(topic: Topic, question: Question) -> str:
    """A reflection is a page: nothing of Open edX takes free text without scoring it."""
    return url_name("html" if isinstance(question, Reflection) else "problem", topic.id, question.id)


def holds(section: Section, id_: str) -> bool:
    """Whether an element with this id stands in the section's text."""
    return any(isinstance(part, Prose) and f'id="{id_}"' in part.html for part in section.parts)


def _vertical_holding(topic: Topic, id_: str) -> str | None:
    return next((vertical_name(topic, section) for section in topic.sections if holds(section, id_)), None)


@dataclass(frozen=True)
class Place:
    """Where a fragment stands in the course."""

    topic: Topic
    section: Section
    atlas: Atlas

    @cached_property
    def statics(self) -> Mapping[str, str]:
        return static_names(self.topic)

    def static(self, name: str) -> str:
        return f"/static/{self.statics[name]}"


def fragment(html: str, place: Place) -> Element:
    """`html` in a `<div>` of its own."""
    div = etree.fromstring(f"<div>{html}</div>", _PARSER)
    for element in list(div.iter(*_SETTERS)):
        _SETTERS[str(element.tag)](element, place)
    return div


def settle_for_capa(tree: Element) -> Element:
    """Guard what Open edX would spoil on its way through a problem's XML.

    Blank text between inline elements is dropped on reading (remove_blank_text in xml_utils.py there): a no-break space
    is not blank. MathML loses its namespace for a prefix that no browser knows, and capa has a `math` of its own; MATH
    is nothing to capa, and MathML to a browser.
    """
    for element in tree.iter(*_INLINE):
        if element.tail and not element.tail.strip(" \t\n") and element.getnext() is not None:
            element.tail = "\u00a0"
    for element in list(tree.iter(f"{_MATHML}*")):
        element.tag = str(element.tag).removeprefix(_MATHML).replace("math", "MATH")
    etree.cleanup_namespaces(tree)
    return tree


def _set_link(link: Element, place: Place) -> None:
    topic_id, anchor = link.attrib.pop("data-topic", place.topic.id), link.attrib.pop("data-anchor", "")
    href = link.get("href", "")
    if href and not href.startswith("#"):
        return
    if href and holds(place.section, href[1:]):
        return  # a footnote and other text on the same page
    link.attrib.pop("class", None)
    target = place.atlas.find(topic_id, href[1:] or anchor)
    if target:
        link.set("href", JUMP + target)
    else:
        link.attrib.clear()
        link.tag = "em"


def _set_media(media: Element, place: Place) -> None:
    media.set("src", place.static(media.get("src", "").removeprefix(_REFERENCE)))
    if media.tag == "img":
        media.set("style", "max-width: 100%; height: auto")


_ALERT_COLOURS = {
    "note": "#1a5fa8",
    "tip": "#1f7a3d",
    "important": "#6b3fa0",
    "warning": "#8a5a00",
    "caution": "#a8321f",
}


def _set_div(div: Element, _: Place) -> None:
    """Give the reader's boxes a look; their class is renamed, for Open edX has an `alert` of its own."""
    kind = div.get("class", "").removeprefix("alert alert-")
    if kind in _ALERT_COLOURS:
        div.set("class", f"boiduong-alert boiduong-{kind}")
        div.set("style", f"margin: 1em 0; padding: 0.5em 1em; border-left: 4px solid {_ALERT_COLOURS[kind]}")
    elif kind == "table":
        div.set("style", "overflow-x: auto")


def _set_paragraph(paragraph: Element, _: Place) -> None:
    if paragraph.get("class") == "alert-title":
        paragraph.set("style", "font-weight: bold")


def _set_table(table: Element, _: Place) -> None:
    table.set("border", "1")
    table.set("cellpadding", "6")
    table.set("style", "border-collapse: collapse")


def _plain(tag: str, **attributes: str) -> Callable[[Element, Place], None]:
    """The element in the HTML of 1999: Studio's validator (olxcleaner upon libxml2 before 2.14) refuses a text with a
    tag that libxml2 does not know."""

    def set_plain(element: Element, _: Place) -> None:
        element.tag = tag
        element.attrib.update(attributes)

    return set_plain


_SETTERS: dict[str, Callable[[Element, Place], None]] = {
    "a": _set_link,
    "img": _set_media,
    "audio": _set_media,
    "div": _set_div,
    "p": _set_paragraph,
    "table": _set_table,
    "figure": _plain("div", role="group", style="margin: 1em 0"),
    "figcaption": _plain("div", style="font-style: italic"),
    "details": _plain("div"),
    "summary": _plain("div", style="font-weight: bold"),
    "mark": _plain("span", style="background: #fff3a3; color: #000000"),
}


def lines(*texts: str) -> Element:
    """A list of plain lines."""
    return E.ul(*(E.li(text) for text in texts))
