"""Images and links in the source, with their places, found by Python-Markdown's own scanner: what is checked is what
will be rendered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boiduong_vocabulary.problem import Problem
from markdown import Markdown
from markdown.inlinepatterns import ImageInlineProcessor

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.source import Source

_OPENER = re.compile(r"(?<!\\)(?P<image>!?)\[(?!\^)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n|\Z)")
_CURLY_TITLE = re.compile(r"(?P<address>\S+)\s+[“”‘’\"'](?P<title>.*?)[“”‘’\"']", re.DOTALL)
_SPACED = re.compile(r"\[[^\[\]\n]+\](?P<gap>[ \t]+)\((?:#|https?:|www\.|[^\s()]+\.(?:md|svg|png|jpe?g|gif|mp[34])\b)")
_REFERENCE = re.compile(r"[ \t]?\[[^\]\n]*\]")
_MARKDOWN = Markdown()
_MARKDOWN.treeprocessors["inline"].stashed_nodes = {}  # type: ignore[attr-defined]  # made only while it converts
_SCANNER = ImageInlineProcessor(r"\!\[", _MARKDOWN)


@dataclass(frozen=True)
class Reference:
    """`![text](address)` when `is_image`, else `[text](address)`; `start`, `target` (the bracket before the address)
    and `end` are offsets in the source."""

    is_image: bool
    text: str
    address: str
    start: int
    target: int
    end: int


def split_address(href: str) -> tuple[str, str | None]:
    """An address and its title where Word has curled the quotes around the title, so that Markdown sees none."""
    match = _CURLY_TITLE.fullmatch(href)
    return (match["address"], match["title"]) if match else (href, None)


def find_references(text: str, masked: str, body: int) -> list[Reference]:
    """The images and links of `masked` from offset `body` on; alternative texts come from `text`, where code shows."""
    found = []
    for opener in _OPENER.finditer(masked, body):
        stop = _PARAGRAPH_END.search(masked, opener.end())
        data = masked[: stop.start() if stop else len(masked)]
        _, at, closed = _SCANNER.getText(data, opener.end())
        if closed and data[at : at + 1] == "(":
            href, _, end, handled = _SCANNER.getLink(data, at)
            if handled:
                words = text[opener.end() : at - 1].strip()
                found.append(Reference(bool(opener["image"]), words, split_address(href)[0], opener.start(), at, end))
    return found


def image_faults(source: Source, masked: str, body: int, references: list[Reference]) -> Iterator[Problem]:
    """Whatever begins like an image, or looks like a link, and is none."""
    known = {reference.start for reference in references}
    hint = 'viết liền một dòng: ![mô tả](hinh/tep.svg "Hình 1. Chú thích")'
    for opener in _OPENER.finditer(masked, body):
        if opener["image"] and opener.start() not in known:
            yield fault(Code.BAD_IMAGE, source.place(opener.start()), "cách chèn hình này chưa đúng", hint)
    for link in _SPACED.finditer(masked, body):
        if masked[link.start() - 1 : link.start()] != "!":
            message = "liên kết có dấu cách giữa ] và (, nên không thành liên kết"
            yield fault(Code.BROKEN_LINK, source.place(link.start("gap")), message, "xóa dấu cách: [chữ](địa chỉ)")
