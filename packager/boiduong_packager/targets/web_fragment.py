"""The reader's fragments set into a page of the web target: links to topics resolved, media found or inlined."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from boiduong_packager.model import Asset
from boiduong_packager.page.markup import E, Markup

ELSEWHERE = "có trong chuyên đề trên hệ thống bồi dưỡng, không kèm theo bản này."
_REFERENCE = "media/"
_MOVABLE = ("data-topic", "<img", "<audio", "data-blank")
"""What a page has to change; a fragment without any of these is placed as it stands, unparsed."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True)
class Place:
    """Where a fragment stands: `pages` are the files of the topics it can link to, by topic id; `folder` holds its
    media beside the page, or is empty where images are inlined and what plays is left out."""

    pages: Mapping[str, str]
    assets: Mapping[str, Asset]
    folder: str

    @property
    def single(self) -> bool:
        return not self.folder

    def source(self, name: str) -> str:
        """The address of a media file as seen from the page."""
        return data_uri(self.assets[name]) if self.single else quote(self.folder + name)


def data_uri(asset: Asset) -> str:
    content = base64.b64encode(Path(asset.path).read_bytes()).decode("ascii")
    return f"data:{asset.media_type};base64,{content}"


def fragment(html: str, place: Place, kind: str = "prose") -> Markup:
    """`html` in a `<div class=KIND>` of its own."""
    if any(needle in html for needle in _MOVABLE):
        return _moved(html, place, kind)
    return E("div", Markup(html), class_=kind)


def elsewhere(name: str, place: Place, verb: str) -> str:
    """What stands where a recording cannot play: on paper, or in a page that was sent alone."""
    return f"{name}: {ELSEWHERE}" if place.single else f"{name}: {verb} trên máy."


def _moved(html: str, place: Place, kind: str) -> Markup:
    div = etree.fromstring(f"<div>{html}</div>", _PARSER)
    div.set("class", kind)
    for element in list(div.iter("a", "img", "audio", "span")):
        if element.tag == "a" and "data-topic" in element.attrib:
            _resolve(element, place)
        elif element.tag == "img":
            _set_image(element, place)
        elif element.tag == "audio":
            _set_audio(element, place)
        elif "data-blank" in element.attrib:
            _set_gap(element)
    return Markup(etree.tostring(div, method="html", encoding="unicode"))


def _resolve(link: etree._Element, place: Place) -> None:
    """Make a real link where the topic has a page; elsewhere prose.css sets the words in italics."""
    topic, anchor = link.attrib.pop("data-topic"), link.attrib.pop("data-anchor", "")
    if topic in place.pages:
        link.set("href", place.pages[topic] + (f"#{anchor}" if anchor else ""))


def _set_image(image: etree._Element, place: Place) -> None:
    # Paper shows all of a page, also what was never scrolled to.
    image.attrib.pop("loading", None)
    image.set("src", place.source(_name(image)))


def _set_audio(audio: etree._Element, place: Place) -> None:
    note = etree.Element("p", {"class": "elsewhere" if place.single else "elsewhere paper"})
    note.text = elsewhere(f"Đoạn âm thanh «{audio.get('title') or 'không tên'}»", place, "nghe")
    parent = audio.getparent()
    if place.single and parent is not None:
        parent.replace(audio, note)
    else:
        audio.set("src", place.source(_name(audio)))
        audio.addnext(note)


def _set_gap(gap: etree._Element) -> None:
    """A ruled gap of one length for every answer, with its number."""
    number = int(gap.attrib.pop("data-blank")) + 1
    gap.set("class", "gap")
    etree.SubElement(gap, "span", {"class": "unseen"}).text = f"chỗ trống {number}"
    etree.SubElement(gap, "span", {"aria-hidden": "true"}).text = f"({number})"


def _name(media: etree._Element) -> str:
    return media.get("src", "").removeprefix(_REFERENCE)
