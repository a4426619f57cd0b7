"""The skeleton of a topic's body, taken from the source: headings, sections, and what is defined once for all."""

import re
from dataclasses import dataclass

from boiduong_vocabulary.vietnamese import slug

from boiduong_packager.read.masking import blanked
from boiduong_packager.read.source import Source

OPENING_ID, OPENING_TITLE = "mo-dau", "Mở đầu"

_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]*(?P<text>[^#\n][^\n]*?|)[ \t]*#*[ \t]*(?:\{:?(?P<attributes>[^}\n]*)\})?[ \t]*$",
    re.MULTILINE,
)
_ID = re.compile(r"#([^\s#,]+(?: [^\s#=.,]+)*)")
_ATTRIBUTE_ID = re.compile(r"\{:?[^}\n]*#(?P<id>[^\s},]+)[^}\n]*\}")
_LINK = re.compile(r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\([^)\n]*\)")
_FOOTNOTE = re.compile(
    r"^\[\^(?P<name>[^\]\n]+)\]:[ \t]*(?P<text>[^\n]*(?:\n(?:[ \t]{2,}[^\n]*|[ \t]*(?=\n[ \t]{2,}\S)))*)", re.MULTILINE
)
FOOTNOTE_USE = re.compile(r"\[\^(?P<name>[^\]\n]+)\](?!:)")
_ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[[^\]\n]+\][ \t]?:[^\n]*$", re.MULTILINE)
REFERENCE = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?P<address>\S+)[^\n]*$", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """`id` is as written, or the slug of the text; `is_explicit` tells which."""

    level: int
    text: str
    id: str
    is_explicit: bool
    start: int
    end: int


@dataclass(frozen=True)
class Span:
    """A stretch of the body that becomes one section: `start` is after its heading's line."""

    id: str
    title: str
    heading_start: int
    start: int
    end: int


@dataclass(frozen=True)
class Footnote:
    name: str
    text: str
    start: int


@dataclass(frozen=True)
class Definitions:
    """What may be defined once and used in every section; `text` and `masked` are the body without them."""

    footnotes: tuple[Footnote, ...]
    shared: str
    text: str
    masked: str

    def used_in(self, text: str, prefix: str) -> str:
        """`text` with what it uses appended, its footnotes renumbered so that ids stay unique in the topic."""
        notes = {note.name: note for note in self.footnotes}
        names = [name for name in dict.fromkeys(use["name"] for use in FOOTNOTE_USE.finditer(text)) if name in notes]
        for number, name in enumerate(names, 1):
            text = re.sub(rf"\[\^{re.escape(name)}\](?!:)", f"[^{prefix}-{number}]", text)
        appended = "\n\n".join(f"[^{prefix}-{number}]: {notes[name].text}" for number, name in enumerate(names, 1))
        return "\n\n".join(piece for piece in (text, appended, self.shared) if piece.strip())


def find_headings(masked: str, body: int) -> list[Heading]:
    """Every heading with `#`. A space after the marks may be missing: Markdown takes it for a heading all the same."""
    return [_heading(match) for match in _HEADING.finditer(masked, body)]


def _heading(match: re.Match[str]) -> Heading:
    explicit = _ID.search(match["attributes"] or "")
    id_ = explicit.group(1) if explicit else slug(_plain(match["text"]))
    return Heading(len(match["marks"]), match["text"], id_, explicit is not None, match.start(), match.end())


def _plain(markdown: str) -> str:
    """The words of an inline text, its marks of emphasis and links taken off."""
    return re.sub(r"[*`_]+", "", _LINK.sub(lambda link: link["text"], markdown)).strip()


def sections_of(source: Source, text: str, headings: list[Heading], body: int) -> list[Span]:
    """The body cut at its `##` headings; text before the first opens the topic as "Mở đầu"."""
    cuts = [heading for heading in headings if heading.level == 2]
    first = cuts[0].start if cuts else len(source.text)
    opens = body + len(text[body:first]) - len(text[body:first].lstrip())
    spans = [Span(OPENING_ID, OPENING_TITLE, opens, body, first)] if text[body:first].strip() else []
    ends = [*(heading.start for heading in cuts[1:]), len(source.text)]
    spans += [Span(h.id, _plain(h.text), h.start, h.end, end) for h, end in zip(cuts, ends, strict=bool(cuts))]
    return spans


def explicit_ids(masked: str, body: int) -> list[tuple[str, int]]:
    """Ids given by attribute lists, with their offsets (headings and question fences too)."""
    return [(match["id"], match.start()) for match in _ATTRIBUTE_ID.finditer(masked, body)]


def find_definitions(text: str, masked: str) -> Definitions:
    """Footnotes, abbreviations and link references of `text`: they may stand anywhere."""
    spans = {pattern: list(pattern.finditer(masked)) for pattern in (_FOOTNOTE, _ABBREVIATION, REFERENCE)}
    footnotes = tuple(Footnote(m["name"], text[m.start("text") : m.end("text")], m.start()) for m in spans[_FOOTNOTE])
    shared = "\n".join(text[m.start() : m.end()] for m in spans[_ABBREVIATION] + spans[REFERENCE])
    cuts = [m.span() for matches in spans.values() for m in matches]
    return Definitions(footnotes, shared, blanked(text, cuts), blanked(masked, cuts))
