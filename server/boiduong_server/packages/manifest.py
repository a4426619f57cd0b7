"""A package's manifest as a Structure, and what its maker can mend in it.

Elements are found by their local names: the editions of SCORM differ in their namespaces, and some makers' tools in
their prefixes. References lead within the manifest alone; a <manifest> within it is never followed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc
from lxml import etree

from boiduong_server.packages.addresses import file_of
from boiduong_server.packages.elsewhere import standard_of_manifest
from boiduong_server.packages.faults import Code, fault
from boiduong_server.packages.items import Shelf, item, repeated, too_deep
from boiduong_server.packages.resources import Resource, resources
from boiduong_server.packages.sequencing import collections_of, tree
from boiduong_server.packages.structure import Organization, Standard, Structure

NAME = "imsmanifest.xml"
_LONGEST_TITLE = 300
"""Letters: a title stands in lists, in the log, and in what a page says of a package."""
_TOLD, _GUESSED = 20, 500
"""Missing files that are told one by one, and names that each is held against to guess at what was meant: all against
all would take hours where a manifest lists twenty thousand."""
_EDITIONS: Mapping[str, tuple[Standard, str]] = {
    "1.2": ("scorm12", "1.2"),
    "cam 1.3": ("scorm2004", "2nd Edition"),
    "2004 2nd edition": ("scorm2004", "2nd Edition"),
    "2004 3rd edition": ("scorm2004", "3rd Edition"),
    "2004 4th edition": ("scorm2004", "4th Edition"),
}
"""schemaversion, folded (CAM 3.4.1.2 of each edition)."""
_SPACES: Mapping[str, tuple[Standard, str]] = {
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": ("scorm12", "1.2"),
    "http://www.adlnet.org/xsd/adlcp_v1p3": ("scorm2004", "2004"),
}


@dataclass(frozen=True)
class Manifest:
    """The root, by the name its bringer gave the archive, and the names of the files beside it."""

    root: etree._Element
    path: str
    files: Collection[str]

    def place(self, element: etree._Element | None = None) -> Place:
        return Place(self.path, 0 if element is None else element.sourceline or 0)


def read_manifest(manifest: Manifest) -> tuple[Structure | None, list[Problem]]:
    """The structure, None where there is nothing to play; and all that is wrong."""
    edition, problems = _edition(manifest)
    if edition is None:
        return None, problems
    standard, version = edition
    found, more = resources(manifest.root, manifest.path)
    shelf = Shelf(standard, found, collections_of(manifest.root), manifest.path)
    organizations = [*_organizations(manifest, shelf)]
    pages = {file_of(each.href) for entry in organizations for each in entry.walk() if each.href}
    problems += [*more, *shelf.problems, *_files(manifest, found, pages)]
    if not organizations:
        message, hint = "manifest không có <organization> nào", "xuất lại gói thành bài học (không phải gói tài nguyên)"
        return None, [*problems, fault(Code.NO_ORGANIZATION, manifest.place(), message, hint)]
    default, more = _default(manifest, organizations)
    structure = Structure(
        standard=standard, edition=version, identifier=manifest.root.get("identifier", ""),
        title=_title(manifest, organizations, default), organizations=tuple(organizations), default=default,
    )  # fmt: skip
    return structure, [*problems, *more, *_playable(manifest, structure, shelf)]


def _edition(manifest: Manifest) -> tuple[tuple[Standard, str] | None, list[Problem]]:
    root = manifest.root
    if other := standard_of_manifest(root):
        message = f"đây là gói {other}, không phải SCORM"
        return None, [
            fault(Code.OTHER_STANDARD, manifest.place(), message, "xuất lại bài theo SCORM 1.2 hoặc SCORM 2004")
        ]
    said = " ".join((root.findtext("{*}metadata/{*}schemaversion") or "").split())
    if etree.QName(root).localname != "manifest":
        return None, [_not_scorm(manifest)]
    if known := _EDITIONS.get(said.casefold()):
        return known, []
    spaces = {space for element in root.iter(etree.Element) for space in element.nsmap.values()}
    by_space = next((edition for space, edition in _SPACES.items() if space in spaces), None)
    if by_space is None:
        return None, [_not_scorm(manifest)]
    name = "SCORM 1.2" if by_space[0] == "scorm12" else "SCORM 2004"
    message = f"không có bản SCORM nào mang số «{said}»; gói được đọc như {name}"
    hint = "nếu bài chạy không đúng, xuất lại gói theo SCORM 1.2 hoặc SCORM 2004 4th Edition"
    return by_space, [fault(Code.UNKNOWN_VERSION, manifest.place(), message, hint)]


def _not_scorm(manifest: Manifest) -> Problem:
    message, hint = "imsmanifest.xml này không phải của gói SCORM", "xuất lại bài theo SCORM 1.2 hoặc SCORM 2004"
    return fault(Code.NOT_SCORM, manifest.place(), message, hint)


def _organizations(manifest: Manifest, shelf: Shelf) -> Iterator[Organization]:
    for number, element in enumerate(manifest.root.iterfind("{*}organizations/{*}organization"), start=1):
        shelf.problems += [*repeated(element, manifest.path), *too_deep(element, manifest.path)]
        shelf.require_collection(element)
        yield Organization(
            identifier=element.get("identifier") or f"ORGANIZATION-{number}",
            title=_text(element, "title"),
            items=tuple(item(child, shelf) for child in element.iterfind("{*}item")),
            sequencing=tree(element, shelf.collections) if shelf.standard == "scorm2004" else {},
        )


def _text(element: etree._Element, name: str) -> str:
    return " ".join(nfc(element.findtext(f"{{*}}{name}") or "").split())


def _default(manifest: Manifest, organizations: list[Organization]) -> tuple[str, list[Problem]]:
    element = manifest.root.find("{*}organizations")
    said = "" if element is None else element.get("default", "")
    names = [entry.identifier for entry in organizations]
    if said in names:
        return said, []
    if not said and len(names) == 1:
        return names[0], []
    message = f"tổ chức bài mặc định «{said}» không có trong manifest; lấy «{names[0]}»"
    hint = did_you_mean(said, names) or f'ghi default="{names[0]}" ở thẻ <organizations>'
    return names[0], [fault(Code.NO_DEFAULT, manifest.place(element), message, hint)]


def _title(manifest: Manifest, organizations: list[Organization], default: str) -> str:
    played = next(entry for entry in organizations if entry.identifier == default)
    first = next((entry.title for entry in played.items if entry.title), "")
    return (played.title or first or manifest.root.get("identifier", ""))[:_LONGEST_TITLE]


def _files(manifest: Manifest, found: Mapping[str, Resource], pages: set[str]) -> Iterator[Problem]:
    """Files that are listed but not there. A page that an item opens is an error, told with the item."""
    have = set(manifest.files)
    listed = sorted({pair for resource in found.values() for pair in resource.files})
    missing = [(path, line) for path, line in listed if path not in have and path not in pages]
    for path, line in missing[:_TOLD]:
        message, hint = f"manifest kê tệp «{path}» nhưng gói không có", _near(path, have)
        yield fault(Code.MISSING_FILE, Place(manifest.path, line), message, hint)
    if len(missing) > _TOLD:
        message = f"manifest còn kê {len(missing) - _TOLD} tệp khác mà gói không có"
        yield fault(Code.MISSING_FILE, manifest.place(), message, "xuất lại gói từ phần mềm soạn bài")


def _playable(manifest: Manifest, structure: Structure, shelf: Shelf) -> Iterator[Problem]:
    have = set(manifest.files)
    missing = [(unit, path) for unit in structure.units if (path := file_of(unit.href)) not in have]
    for unit, path in missing[:_TOLD]:
        message = f"bài «{unit.title or unit.identifier}» mở tệp «{path}» nhưng gói không có tệp này"
        yield fault(Code.MISSING_PAGE, manifest.place(), message, _near(path, have))
    if not structure.units and not shelf.problems:
        message = "không mục nào trong bài mở được một trang"
        yield fault(
            Code.NOTHING_TO_OPEN, manifest.place(), message, "gắn mỗi mục với một resource có href rồi xuất lại"
        )


def _near(path: str, have: Collection[str]) -> str:
    same = next((name for name in have if name.casefold() == path.casefold()), "")
    if same:
        return f"gói có «{same}»: máy chủ phân biệt chữ hoa, chữ thường; sửa cho giống hệt nhau"
    alike = sorted(name for name in have if PurePosixPath(name).suffix == PurePosixPath(path).suffix)
    return did_you_mean(path, alike[:_GUESSED]) or "thêm tệp vào gói, hoặc sửa đường dẫn trong imsmanifest.xml"
