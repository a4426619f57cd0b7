"""Reads built packages as an LMS does: straight from the zip, told by the manifest what to open."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZipFile

from lxml import etree

MANIFEST = "imsmanifest.xml"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".xsd": "application/xml",
}
"""Named here, because what `mimetypes` knows differs from one computer to the next."""


@dataclass(frozen=True)
class Launch:
    """What a manifest says of its first item. The marks are as written there, "" when absent: `mastery` is SCORM 1.2's
    percentage, `scaled_pass` and `progress` are 2004's fractions."""

    page: str
    mastery: str = ""
    scaled_pass: str = ""
    progress: str = ""


def read_launch(package: Path) -> Launch:
    """The launch page and the marks of a SCORM package.

    Raises KeyError when it has no manifest, ValueError when the manifest names no page.
    """
    with ZipFile(package) as archive:
        manifest = _parse(archive.read(MANIFEST))
    items = _find(manifest, "//*[local-name()='item'][@identifierref]")
    page = _resource(manifest, items[0].get("identifierref", "")) if items else ""
    if not page:
        raise ValueError(f"{package.name}: no item names a page")
    return Launch(
        page,
        mastery=_text(items[0], "*[local-name()='masteryscore']/text()"),
        scaled_pass=_text(items[0], ".//*[local-name()='minNormalizedMeasure']/text()"),
        progress=_text(items[0], "*[local-name()='completionThreshold']/@minProgressMeasure"),
    )


def open_member(archive: ZipFile, name: str) -> tuple[BinaryIO, int]:
    """A file of the package, open and seekable, and its length in bytes. Raises KeyError when there is none: `name` is
    looked up among the archive's names, and never becomes a path on the disk."""
    info = archive.getinfo(name)
    if info.is_dir():
        raise KeyError(name)
    return cast("BinaryIO", archive.open(info)), info.file_size


def media_type(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _parse(manifest: bytes) -> etree._Element:
    return etree.fromstring(manifest, etree.XMLParser(resolve_entities=False, no_network=True))


def _resource(manifest: etree._Element, identifier: str) -> str:
    resources = _find(manifest, "//*[local-name()='resource'][@href]")
    return next((found.get("href", "") for found in resources if found.get("identifier") == identifier), "")


def _find(root: etree._Element, path: str) -> list[etree._Element]:
    return cast("list[etree._Element]", root.xpath(path))


def _text(root: etree._Element, path: str) -> str:
    found = cast("list[str]", root.xpath(path))
    return str(found[0]).strip() if found else ""
