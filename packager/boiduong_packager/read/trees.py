"""Rewrites of the tree that Python-Markdown makes, towards the fragments of the model."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field

from boiduong_vocabulary.vietnamese import slug

from boiduong_packager.model import Asset
from boiduong_packager.read.references import split_address

ALERTS = {
    "NOTE": "Ghi chú",
    "TIP": "Gợi ý",
    "IMPORTANT": "Quan trọng",
    "WARNING": "Lưu ý",
    "CAUTION": "Cảnh báo",
}
ALERT = re.compile(r"\[!(?P<kind>[^\]\n]+)\]\s*")
_ALERT_KINDS = {slug(word): kind for kind, label in ALERTS.items() for word in (kind, label)}
MARK = "\x01"
"""Begins the names of placeholders: the reader lets no control character into a text."""
PART = re.compile(rf"<p>{MARK}part-(\d+){MARK}</p>\n?")
FIRST_FILM = 1000


def part_mark(number: int) -> str:
    """The paragraph that stands for part `number` in a section's Markdown; videos are numbered from FIRST_FILM on."""
    return f"{MARK}part-{number}{MARK}"


def alert_kind(name: str) -> str | None:
    """The kind that an author calls `name`: "NOTE", "note" and "Ghi chú" are one."""
    return _ALERT_KINDS.get(slug(name))


@dataclass
class Scene:
    """What the section being rendered is called, what may be used in it, and what rendering found in it."""

    prefix: str = ""
    assets: Mapping[str, Asset] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    films: list[tuple[Asset, str, str]] = field(default_factory=list)
    """Videos in order: asset, title, caption."""


def footnotes(root: ET.Element, scene: Scene) -> None:
    for notes in root.iter("div"):
        if notes.get("class") == "footnote":
            notes.attrib = {"class": "footnotes", "role": "doc-endnotes"}
            for rule in notes.findall("hr"):
                notes.remove(rule)


def headings(root: ET.Element, scene: Scene) -> None:
    for heading in root.iter():
        if heading.tag in ("h3", "h4") and "id" not in heading.attrib:
            heading.set("id", _free_id(f"{scene.prefix}-{slug(''.join(heading.itertext())) or 'muc'}", scene))


def _free_id(wanted: str, scene: Scene) -> str:
    found, number = wanted, 2
    while found in scene.ids:
        found, number = f"{wanted}-{number}", number + 1
    scene.ids.add(found)
    return found


def links(root: ET.Element, scene: Scene) -> None:
    for link in root.iter("a"):
        address = link.get("href", "")
        file, _, anchor = address.partition("#")
        if file in scene.topics:
            link.attrib = {"class": "topic-link", "data-topic": scene.topics[file], "data-anchor": anchor}
        elif address.startswith(("http://", "https://")):
            # Paper shows an address behind the words of a link, which an address alone does not need.
            itself = {"class": "address"} if "".join(link.itertext()) == address else {}
            link.attrib |= {"rel": "noopener", "target": "_blank", **itself}


def figures(root: ET.Element, scene: Scene) -> None:
    for image in root.iter("img"):
        address, title = split_address(image.get("src", ""))
        if title is not None:
            image.set("title", title)
        if address in scene.assets:
            _measure(image, scene.assets[address])
    for paragraph in list(root.iter("p")):
        if len(paragraph) == 1 and paragraph[0].tag == "img" and not _text_around(paragraph):
            _figure(paragraph, paragraph[0], scene)


def _measure(image: ET.Element, asset: Asset) -> None:
    image.set("src", f"media/{asset.name}")
    image.set("loading", "lazy")
    if asset.width and asset.height:
        image.attrib |= {"width": str(asset.width), "height": str(asset.height)}


def _text_around(paragraph: ET.Element) -> str:
    return ((paragraph.text or "") + (paragraph[0].tail or "")).strip()


def _figure(paragraph: ET.Element, image: ET.Element, scene: Scene) -> None:
    asset = next((a for a in scene.assets.values() if f"media/{a.name}" == image.get("src")), None)
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


def _become_audio(image: ET.Element) -> None:
    source, title = image.get("src", ""), image.get("alt", "")
    image.tag, image.text = "audio", ""
    image.attrib = {"controls": "controls", "preload": "none", "src": source, "title": title, "aria-label": title}


def tables(root: ET.Element, scene: Scene) -> None:
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


def alerts(root: ET.Element, scene: Scene) -> None:
    """Quotations that begin with `[!KIND]` become alerts."""
    for quote in root.iter("blockquote"):
        first = quote[0] if len(quote) else None
        match = ALERT.match((first.text or "").lstrip()) if first is not None and first.tag == "p" else None
        kind = alert_kind(match["kind"]) if match else None
        if first is not None and match and kind:
            first.text = (first.text or "").lstrip()[match.end() :]
            _become_alert(quote, first, kind)


def _become_alert(quote: ET.Element, first: ET.Element, kind: str) -> None:
    quote.tag = "div"
    quote.attrib = {"class": f"alert alert-{kind.lower()}", "role": "note"}
    title = ET.Element("p", {"class": "alert-title"})
    title.text, title.tail = ALERTS[kind], "\n"
    if not (first.text or "").strip() and not len(first):
        quote.remove(first)
    quote.insert(0, title)


REWRITES = (footnotes, headings, links, figures, tables, alerts)
"""In this order, after text, links and images are elements."""
