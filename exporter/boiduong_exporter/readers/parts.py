"""The parts of an XLSX file: a ZIP archive of XML, opened without trust."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

MAX_XML = 60 * 1024 * 1024
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError,
    KeyError, ValueError, OSError, OverflowError,
)  # fmt: skip
"""What a damaged archive or its XML raises, by way of zipfile and lxml."""


class TooMuchXmlError(Exception):
    """More XML than any list of cadres fills; or a bomb."""


@dataclass(frozen=True)
class SheetPart:
    name: str
    hidden: bool
    data: bytes


class Package:
    """The parts by name. The names are looked up as Windows would: without regard to case."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._archive.namelist()}
        self._left = MAX_XML

    def read(self, name: str) -> bytes | None:
        """The bytes of a part. Raises TooMuchXmlError before it is unpacked, and any of BROKEN."""
        real = self._names.get(name.lower())
        if real is None:
            return None
        self._left -= self._archive.getinfo(real).file_size
        if self._left < 0:
            raise TooMuchXmlError
        return self._archive.read(real)

    def tree(self, name: str) -> Any:
        data = self.read(name)
        return None if data is None else etree.fromstring(data, etree.XMLParser(**_SAFE))

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that `name` refers to: by id, the last word of the relation's type, and the part's name."""
        folder = dirname(name)
        root = self.tree(join(folder, "_rels", f"{name[len(folder) :].lstrip('/')}.rels"))
        return {} if root is None else dict(_relations(root, folder))


_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def _relations(root: Any, folder: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for item in root.iterfind("{*}Relationship"):
        if item.get("TargetMode") != "External":
            target = normpath(join("/", folder, item.get("Target") or "")).lstrip("/")
            yield item.get("Id") or "", ((item.get("Type") or "").rpartition("/")[2], target)


def workbook_name(package: Package) -> str:
    """The part that holds the list of sheets."""
    main = [name for kind, name in package.related("").values() if kind == "officeDocument"]
    return main[0] if main else "xl/workbook.xml"


def sheet_parts(package: Package, workbook: Any, related: dict[str, tuple[str, str]]) -> Iterator[SheetPart]:
    """The worksheets in their order; charts and macros are none."""
    for item in workbook.iterfind("{*}sheets/{*}sheet"):
        id_ = next((value for key, value in item.attrib.items() if key.endswith("}id")), "")
        kind, name = related.get(id_, ("", ""))
        if kind in ("worksheet", ""):
            data = package.read(name)
            if data is None:
                raise KeyError(name)
            title = " ".join(re.sub(r"[\x00-\x1f]", " ", item.get("name") or "").split())
            yield SheetPart(title, item.get("state", "visible") != "visible", data)


def walk(data: bytes, *names: str) -> Iterator[Any]:
    """The elements so named, whole, one by one; what was handed out is let go."""
    tags = [f"{{*}}{name}" for name in names]
    for _, element in etree.iterparse(BytesIO(data), events=("end",), tag=tags, **_SAFE):
        yield element
        element.clear()
        parent = element.getparent()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]
