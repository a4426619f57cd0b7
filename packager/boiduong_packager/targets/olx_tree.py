"""The course's files while they grow, and the names by which Open edX knows its blocks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from boiduong_vocabulary.vietnamese import slug, unmarked
from lxml import etree

from boiduong_packager.model import Program, Topic
from boiduong_packager.targets.archive import Content

Element = etree._Element

_LONGEST_NAME = 100
"""A whole key, `block-v1:ORG+COURSE+RUN+type@TYPE+block@NAME`, holds at most 255 characters."""
_LONGEST_ORG = 40
_TAGS_TOO_NEW = ("<audio", "<math")


@dataclass(frozen=True)
class CourseKey:
    """What names a course: each part ASCII `[A-Za-z0-9_.-]`."""

    org: str
    course: str
    run: str

    def __str__(self) -> str:
        return f"course-v1:{self.org}+{self.course}+{self.run}"


def course_key(program: Program) -> CourseKey:
    """The key from what does not change with the text: issuing body, program id, edition."""
    org = slug(program.issuing_body)[:_LONGEST_ORG].strip("-")
    run = re.sub(r"[^A-Za-z0-9_.-]+", "-", unmarked(program.edition)).strip("-")
    return CourseKey(org or "boiduong", program.id, run or "1")


def url_name(kind: str, *ids: str) -> str:
    """A block's name: `kind` keeps a topic's chapter and its sequential apart, ids join by what no id holds."""
    name = "_".join((kind, *ids))
    if len(name) <= _LONGEST_NAME:
        return name
    digest = sha256(name.encode()).hexdigest()[:16]
    return f"{name[: _LONGEST_NAME - len(digest) - 1]}_{digest}"


def static_names(topic: Topic) -> dict[str, str]:
    """The names of the topic's media in the course's one flat folder, by their names in the topic.

    Studio turns what it does not like in a name into `_`, where two names can meet; so no such name is given it.
    """
    return {asset.name: _static_name(topic.id, asset.name, asset.digest) for asset in topic.assets}


def _static_name(topic_id: str, name: str, digest: str) -> str:
    safe = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    return "_".join((topic_id, *(() if safe == name else (digest[:8],)), safe))


@dataclass(frozen=True)
class Tree:
    """The files of a course by their path in the archive."""

    files: dict[str, Content] = field(default_factory=dict)

    def add(self, path: str, content: Content) -> None:
        """Raises ValueError when the path is taken: two blocks under one name would silently be one."""
        if path in self.files:
            raise ValueError(f"two blocks named {path}")
        self.files[path] = content

    def block(self, name: str, element: Element) -> Element:
        """Put `element` into a file of its own and answer the pointer to it."""
        self.add(f"course/{element.tag!s}/{name}.xml", xml_bytes(element))
        return etree.Element(element.tag, url_name=name)

    def html(self, name: str, title: str, pieces: Iterable[Element]) -> Element:
        """An html block as Studio exports it, with its settings in XML and its text beside them.

        Text that an older Studio's validator would refuse (olxcleaner upon libxml2 before 2.14 knows no tag of HTML 5)
        goes into the XML as CDATA, where it looks no further.
        """
        text = "".join(map(html_text, pieces))
        element = etree.Element("html", display_name=title)
        if any(tag in text for tag in _TAGS_TOO_NEW):
            element.text = etree.CDATA(text)
        else:
            element.set("filename", name)
            self.add(f"course/html/{name}.html", text.encode())
        return self.block(name, element)


def xml_bytes(element: Element) -> bytes:
    return etree.tostring(element, encoding="utf-8") + b"\n"


def html_text(element: Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False) + "\n"


def container(tag: str, children: Iterable[Element], **attributes: str) -> Element:
    """A chapter, sequential or vertical with the pointers to its children, one a line."""
    element = etree.Element(tag, attributes)
    element.extend(children)
    etree.indent(element)
    return element
