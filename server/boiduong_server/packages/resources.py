"""The resources of a manifest: each a page with its files, its addresses made whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boiduong_vocabulary.problem import Place, Problem
from lxml import etree

from boiduong_server.packages.addresses import Address, Astray, address
from boiduong_server.packages.faults import Code, fault
from boiduong_server.packages.structure import Kind

_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True)
class Resource:
    """`opens` is what an item of it opens, None where it has no href. `files` are names with their lines."""

    identifier: str
    kind: Kind
    opens: Address | Astray | None
    files: tuple[tuple[str, int], ...]
    line: int


def resources(root: etree._Element, path: str) -> tuple[Mapping[str, Resource], list[Problem]]:
    """By identifier; `path` is where problems are said to be."""
    found: dict[str, Resource] = {}
    problems: list[Problem] = []
    for group in root.iterfind("{*}resources"):
        for element in group.iterfind("{*}resource"):
            bases = [each.get(_BASE, "") for each in (root, group, element)]
            resource = _resource(element, bases)
            place = Place(path, resource.line)
            if resource.identifier in found:
                message = f"hai resource cùng mã «{resource.identifier}»"
                problems.append(fault(Code.REPEATED_IDENTIFIER, place, message, "đặt cho mỗi resource một mã riêng"))
            found[resource.identifier] = resource
            problems += _strays(element, bases, place)
    return found, problems


def _resource(element: etree._Element, bases: list[str]) -> Resource:
    href = element.get("href")
    files = [
        (found.path, file.sourceline or 0)
        for file in element.iterfind("{*}file")
        if isinstance(found := address(file.get("href", ""), *bases), Address)
    ]
    return Resource(
        identifier=element.get("identifier", ""),
        kind=_kind(element),
        opens=None if href is None else address(href, *bases),
        files=tuple(files),
        line=element.sourceline or 0,
    )


def _kind(element: etree._Element) -> Kind:
    """adlcp:scormtype in 1.2, adlcp:scormType in 2004; makers' tools confuse the two."""
    for name, value in element.attrib.items():
        if etree.QName(str(name)).localname.casefold() == "scormtype":
            return "sco" if str(value).strip().casefold() == "sco" else "asset"
    return "asset"


def _strays(element: etree._Element, bases: list[str], place: Place) -> Iterator[Problem]:
    """Listed files that lie elsewhere. Another host's is no file of the package, and the page may do without it."""
    for file in element.iterfind("{*}file"):
        if address(file.get("href", ""), *bases) is Astray.OUTSIDE:
            yield leaves(file.get("href", ""), place)


def leaves(href: str, place: Place) -> Problem:
    message = f"đường dẫn «{href}» ra ngoài gói"
    return fault(Code.LEAVES_PACKAGE, place, message, "đưa tệp vào trong gói và dùng đường dẫn không có «..» ở đầu")
