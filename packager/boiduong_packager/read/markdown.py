"""Markdown to the XHTML fragments of the model, with Python-Markdown and a few tree rewrites of our own.

One `Renderer` serves one topic. It resolves nothing by itself: what an image or a link means is told to it.
"""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from boiduong_vocabulary.vietnamese import slug
from latex2mathml import exceptions as latex_exceptions
from latex2mathml.converter import convert as latex_to_mathml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from boiduong_packager.model import Asset

ALERTS = {
    "NOTE": "Ghi chú",
    "TIP": "Gợi ý",
    "IMPORTANT": "Quan trọng",
    "WARNING": "Lưu ý",
    "CAUTION": "Cảnh báo",
}
_ALERT = re.compile(r"\[!(\w+)\]\s*")
_MATH_BLOCK = r"(?<![\\$])\$\$(.+?)\$\$"
_MATH_INLINE = r"(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s$\\])\$(?![\d$])"
_LATEX_REFUSALS: tuple[type[Exception], ...] = (
    *(error for error in vars(latex_exceptions).values() if isinstance(error, type) and issubclass(error, Exception)),
    *(IndexError, KeyError, ValueError, TypeError, AttributeError, StopIteration),
)
"""latex2mathml has no base class for its errors, and its tokenizer stumbles in the ways of a list walker."""
_PART = re.compile(r"<p>boiduong-part-(\d+)</p>\n?")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w+;)")
_VOID = re.compile(r"<(br|hr|wbr)\s*>")
_CAPTION = re.compile(r"^(?P<text>\S.*?)[ \t]*\{[ \t]*:?[ \t]*\.caption[ \t]*\}[ \t]*$", re.MULTILINE)


@dataclass
class Scene:
    """What the section being rendered is called, and what rendering found in it."""

    prefix: str = ""
    ids: set[str] = field(default_factory=set)
    films: list[tuple[Asset, str, str]] = field(default_factory=list)
    """Videos in order: asset, title, caption."""


class MathError(ValueError):
    """A formula that latex2mathml refuses: its LaTeX text."""


class Renderer:
    """Renders the pieces of one topic.

    `assets` maps an image's address as written to its file; `topics` maps the name of a topic's file to its id.
    """

    def __init__(self, assets: Mapping[str, Asset], topics: Mapping[str, str]) -> None:
        self.scene = Scene()
        self._markdown = Markdown(
            output_format="xhtml",
            extensions=["tables", "footnotes", "def_list", "attr_list", "abbr", "fenced_code", "sane_lists",
                        _Boiduong(self, assets, topics)],
            extension_configs={"footnotes": {
                "SEPARATOR": "-", "BACKLINK_TEXT": "↩", "BACKLINK_TITLE": "Trở lại chỗ đang đọc (chú thích {})",
            }},
        )  # fmt: skip

    def block(self, text: str) -> str:
        """The fragment of block-level Markdown `text`."""
        self._markdown.reset()
        source = _CAPTION.sub(r"\g<text>\n{: .caption }", _ENTITY.sub(_character, text))
        return _VOID.sub(r"<\1 />", self._markdown.convert(source))

    def inline(self, text: str) -> str:
        """The fragment of `text` without a paragraph around it, when it is a single one."""
        fragment = self.block(text)
        single = fragment.startswith("<p>") and fragment.endswith("</p>") and fragment.count("<p>") == 1
        return fragment[3:-4] if single else fragment

    def section(self, section_id: str, text: str) -> tuple[list[str], list[tuple[Asset, str, str]]]:
        """The section's fragments, cut where `part_mark(n)` stands (`text` has such marks for its questions), so that
        fragments and marks alternate as [html, "n", html, "n", …, html]; and its videos.

        Videos take the marks from 1000 on.
        """
        self.scene = Scene(prefix=section_id)
        pieces = _PART.split(self.block(text))
        return pieces, self.scene.films


FIRST_FILM = 1000


def part_mark(number: int) -> str:
    """The paragraph that stands for part `number` in a section's Markdown."""
    return f"boiduong-part-{number}"


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())


class _Boiduong(Extension):
    """Registers our rewrites with Python-Markdown."""

    def __init__(self, renderer: Renderer, assets: Mapping[str, Asset], topics: Mapping[str, str]) -> None:
        super().__init__()
        self._renderer, self._assets, self._topics = renderer, assets, topics

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        md.inlinePatterns.register(_Math(_MATH_BLOCK, md, "block"), "math-block", 186)
        md.inlinePatterns.register(_Math(_MATH_INLINE, md, "inline"), "math-inline", 185)
        # After "inline" (20), so that text, links and images are elements already.
        for priority, rewrite in enumerate((_footnotes, _headings, self._links, self._figures, _tables, _alerts)):
            md.treeprocessors.register(_Rewrite(md, self._renderer, rewrite), f"boiduong-{priority}", 9 - priority)

    def _links(self, root: ET.Element, scene: Scene) -> None:
        for link in root.iter("a"):
            address = link.get("href", "")
            file, _, anchor = address.partition("#")
            if file in self._topics:
                link.attrib = {"class": "topic-link", "data-topic": self._topics[file], "data-anchor": anchor}
            elif address.startswith(("http://", "https://")):
                link.attrib |= {"rel": "noopener", "target": "_blank"}

    def _figures(self, root: ET.Element, scene: Scene) -> None:
        for image in root.iter("img"):
            asset = self._assets.get(image.get("src", ""))
            if asset:
                image.set("src", f"media/{asset.name}")
                image.set("loading", "lazy")
                if asset.width and asset.height:
                    image.attrib |= {"width": str(asset.width), "height": str(asset.height)}
        for paragraph in list(root.iter("p")):
            if len(paragraph) == 1 and paragraph[0].tag == "img" and not _text_around(paragraph):
                self._figure(paragraph, paragraph[0], scene)

    def _figure(self, paragraph: ET.Element, image: ET.Element, scene: Scene) -> None:
        asset = next((a for a in self._assets.values() if f"media/{a.name}" == image.get("src")), None)
        caption = image.attrib.pop("title", "")
        kind = asset.media_type.partition("/")[0] if asset else "image"
        if asset and kind == "video":
            paragraph.clear()
            paragraph.text = part_mark(FIRST_FILM + len(scene.films))
            scene.films.append((asset, image.get("alt", ""), caption))
            return
        if asset and kind == "audio":
            paragraph.set("class", "audio")
            _become_audio(image)
        paragraph.tag = "figure"
        if caption:
            ET.SubElement(paragraph, "figcaption").text = caption


class _Rewrite(Treeprocessor):
    """One function over the tree."""

    def __init__(self, md: Markdown, renderer: Renderer, rewrite: Callable[[ET.Element, Scene], None]) -> None:
        super().__init__(md)
        self._renderer, self._rewrite = renderer, rewrite

    def run(self, root: ET.Element) -> None:
        self._rewrite(root, self._renderer.scene)


class _Math(InlineProcessor):
    """LaTeX to MathML at build time: a phone needs no library to show it."""

    def __init__(self, pattern: str, md: Markdown, display: str) -> None:
        super().__init__(pattern, md)
        self._display = display

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        mathml = mathml_of(m.group(1).strip(), self._display)
        return self.md.htmlStash.store(mathml), m.start(0), m.end(0)


def mathml_of(latex: str, display: str) -> str:
    """The `<math>` element for a formula.

    Raises MathError when the formula cannot be read.
    """
    try:
        mathml = latex_to_mathml(latex, display=display)
    except _LATEX_REFUSALS as error:
        raise MathError(latex) from error
    return re.sub(r"&#x0*([0-9A-Fa-f]+);", _spelled, mathml)


def _spelled(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return html.escape(character) if character in "<>&" else character


def _text_around(paragraph: ET.Element) -> str:
    return ((paragraph.text or "") + (paragraph[0].tail or "")).strip()


def _become_audio(image: ET.Element) -> None:
    source, title = image.get("src", ""), image.get("alt", "")
    image.tag, image.text = "audio", ""
    image.attrib = {"controls": "controls", "preload": "none", "src": source, "title": title, "aria-label": title}


def _footnotes(root: ET.Element, scene: Scene) -> None:
    for notes in root.iter("div"):
        if notes.get("class") == "footnote":
            notes.attrib = {"class": "footnotes", "role": "doc-endnotes"}
            for rule in notes.findall("hr"):
                notes.remove(rule)


def _headings(root: ET.Element, scene: Scene) -> None:
    for heading in root.iter():
        if heading.tag in ("h3", "h4") and "id" not in heading.attrib:
            heading.set("id", _free_id(f"{scene.prefix}-{slug(''.join(heading.itertext())) or 'muc'}", scene))


def _free_id(wanted: str, scene: Scene) -> str:
    found, number = wanted, 2
    while found in scene.ids:
        found, number = f"{wanted}-{number}", number + 1
    scene.ids.add(found)
    return found


def _tables(root: ET.Element, scene: Scene) -> None:
    for parent in list(root.iter()):
        for table in [child for child in parent if child.tag == "table"]:
            _wrap_table(parent, table)


def _wrap_table(parent: ET.Element, table: ET.Element) -> None:
    """The table in a box that scrolls by itself; a `.caption` paragraph before it becomes its caption."""
    at = list(parent).index(table)
    box = ET.Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": "Bảng"})
    before = parent[at - 1] if at else None
    if before is not None and before.tag == "p" and "caption" in before.get("class", "").split():
        box.set("aria-label", "".join(before.itertext()))
        before.tag, before.attrib = "caption", {}
        parent.remove(before)
        table.insert(0, before)
        at -= 1
    for head in table.iter("th"):
        head.set("scope", "col")
    box.tail, table.tail = table.tail, None
    parent.remove(table)
    box.append(table)
    parent.insert(at, box)


def _alerts(root: ET.Element, scene: Scene) -> None:
    for quote in root.iter("blockquote"):
        first = quote[0] if len(quote) else None
        match = _ALERT.match((first.text or "").lstrip()) if first is not None else None
        if first is not None and match and match.group(1) in ALERTS:
            _become_alert(quote, first, match)


def _become_alert(quote: ET.Element, first: ET.Element, match: re.Match[str]) -> None:
    kind = match.group(1)
    quote.tag = "div"
    quote.attrib = {"class": f"alert alert-{kind.lower()}", "role": "note"}
    first.text = (first.text or "").lstrip()[match.end() :]
    title = ET.Element("p", {"class": "alert-title"})
    title.text, title.tail = ALERTS[kind], "\n"
    if not first.text.strip() and not len(first):
        quote.remove(first)
    quote.insert(0, title)
