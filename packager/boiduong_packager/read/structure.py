"""The skeleton of a topic's body, taken from the source: headings, definitions, images, links, with their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import slug

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.source import Source

OPENING_ID, OPENING_TITLE = "mo-dau", "Mở đầu"

_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<text>[^\n]*?)[ \t]*#*[ \t]*(?:\{(?P<attributes>[^}\n]*)\})?[ \t]*$", re.MULTILINE
)
_ID = re.compile(r"#(\S+)")
_ATTRIBUTE_ID = re.compile(r"\{:?[^}\n]*#(?P<id>[^\s}]+)[^}\n]*\}")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<address>[^)\s>\"]+)>?(?P<title>[^)\n]*)\)")
_LINK = re.compile(r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?(?P<address>[^)\s>\"]*)>?[^)\n]*\)")
_FOOTNOTE = re.compile(
    r"^\[\^(?P<name>[^\]\n]+)\]:[ \t]*(?P<text>[^\n]*(?:\n(?:[ \t]{2,}[^\n]*|[ \t]*(?=\n[ \t]{2,}\S)))*)", re.MULTILINE
)
_FOOTNOTE_USE = re.compile(r"\[\^(?P<name>[^\]\n]+)\](?!:)")
_ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[[^\]\n]+\][ \t]?:[^\n]*$", re.MULTILINE)
_REFERENCE = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?P<address>\S+)[^\n]*$", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    id: str
    start: int
    end: int


@dataclass(frozen=True)
class Image:
    alt: str
    address: str
    start: int


@dataclass(frozen=True)
class Link:
    address: str
    start: int


@dataclass(frozen=True)
class Span:
    """A stretch of the body that becomes one section: `start` is after its heading's line."""

    id: str
    title: str
    heading_start: int
    start: int
    end: int


@dataclass(frozen=True)
class Definitions:
    """What may be defined once and used in every section; `text` and `masked` are the body without them."""

    footnotes: dict[str, str]
    shared: str
    text: str
    masked: str

    def used_in(self, text: str, prefix: str) -> str:
        """`text` with what it uses appended, its footnotes renamed so that ids stay unique in the topic."""
        names = [
            name
            for name in dict.fromkeys(use["name"] for use in _FOOTNOTE_USE.finditer(text))
            if name in self.footnotes
        ]
        for name in names:
            text = text.replace(f"[^{name}]", f"[^{prefix}-{slug(name)}]")
        notes = "\n\n".join(f"[^{prefix}-{slug(name)}]: {self.footnotes[name]}" for name in names)
        return "\n\n".join(piece for piece in (text, notes, self.shared) if piece.strip())


def find_headings(masked: str, body: int) -> list[Heading]:
    return [_heading(match) for match in _HEADING.finditer(masked, body)]


def _heading(match: re.Match[str]) -> Heading:
    explicit = _ID.search(match["attributes"] or "")
    return Heading(
        len(match["marks"]), match["text"], explicit.group(1) if explicit else slug(_plain(match["text"])),
        match.start(), match.end(),
    )  # fmt: skip


def _plain(markdown: str) -> str:
    """The words of an inline text, its marks of emphasis and links taken off."""
    return re.sub(r"[*`_]+", "", _LINK.sub(lambda link: link["text"], markdown)).strip()


def heading_faults(source: Source, headings: list[Heading]) -> Iterator[Problem]:
    level = 1
    for heading in headings:
        place = source.place(heading.start)
        if heading.level == 1:
            hint = "tên chuyên đề ghi ở khối đầu đề («tên: …»); trong bài bắt đầu bằng ##"
            yield fault(Code.TOP_HEADING, place, f"đề mục một dấu #: «{heading.text}»", hint)
        elif heading.level > level + 1:
            marks = "#" * (level + 1)
            yield fault(Code.SKIPPED_LEVEL, place, f"đề mục nhảy cấp: «{heading.text}»", f"dùng {marks}")
        if slug(heading.id) != heading.id or not heading.id:
            hint = "thêm mã ở cuối dòng, ví dụ {#" + (slug(heading.id) or "muc-1") + "}"
            yield fault(Code.BAD_ID, place, f"mã đề mục «{heading.id}» không dùng được", hint)
        level = max(heading.level, 2) if heading.level == 1 else heading.level


def sections_of(source: Source, headings: list[Heading], body: int) -> list[Span]:
    """The body cut at its `##` headings; text before the first opens the topic as "Mở đầu"."""
    cuts = [heading for heading in headings if heading.level == 2]
    first = cuts[0].start if cuts else len(source.text)
    spans = [Span(OPENING_ID, OPENING_TITLE, body, body, first)] if source.text[body:first].strip() else []
    ends = [*(heading.start for heading in cuts[1:]), len(source.text)]
    spans += [Span(h.id, _plain(h.text), h.start, h.end, end) for h, end in zip(cuts, ends, strict=bool(cuts))]
    return spans


def find_images(masked: str, body: int) -> list[Image]:
    return [Image(match["alt"].strip(), match["address"], match.start()) for match in _IMAGE.finditer(masked, body)]


def find_links(masked: str, body: int) -> list[Link]:
    direct = [Link(match["address"], match.start()) for match in _LINK.finditer(masked, body)]
    return direct + [Link(match["address"], match.start()) for match in _REFERENCE.finditer(masked, body)]


def explicit_ids(masked: str, body: int) -> list[tuple[str, int]]:
    """Ids given by attribute lists, with their offsets (headings and question fences too)."""
    return [(match["id"], match.start()) for match in _ATTRIBUTE_ID.finditer(masked, body)]


def find_definitions(text: str, masked: str) -> Definitions:
    """Footnotes, abbreviations and link references of `text`: they may stand anywhere."""
    spans = {pattern: list(pattern.finditer(masked)) for pattern in (_FOOTNOTE, _ABBREVIATION, _REFERENCE)}
    footnotes = {m["name"]: text[m.start("text") : m.end("text")] for m in spans[_FOOTNOTE]}
    shared = "\n".join(text[m.start() : m.end()] for m in spans[_ABBREVIATION] + spans[_REFERENCE])
    cuts = [m.span() for matches in spans.values() for m in matches]
    return Definitions(footnotes, shared, blanked(text, cuts), blanked(masked, cuts))


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the stretches `spans` turned into spaces, lines kept."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def footnote_faults(source: Source, definitions: Definitions, body: int) -> Iterator[Problem]:
    for use in _FOOTNOTE_USE.finditer(definitions.masked, body):
        if use["name"] not in definitions.footnotes:
            hint = f"thêm một dòng «[^{use['name']}]: nội dung chú thích» ở cuối tệp"
            message = f"chú thích [^{use['name']}] chưa có nội dung"
            yield fault(Code.UNDEFINED_FOOTNOTE, source.place(use.start()), message, hint)
