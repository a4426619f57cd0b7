"""A program folder as units of the workbench: the course is built with our blocks, as for the platform, and taken apart
again. What the workbench cannot show (problems, the platform's player) is shown as text or as the browser shows it."""

from collections.abc import Iterator
from pathlib import Path

from boiduong_packager.cache import Cache
from boiduong_packager.gather import gather
from boiduong_packager.model import Program
from boiduong_packager.targets.archive import content_bytes
from boiduong_packager.targets.olx import package
from lxml import etree, html
from lxml.builder import E

from tools.openedx.units import Course, Scenario

OURS = "boiduong_"
_STATIC = "course/static/"
_JUMP = "/jump_to_id/"
_TOLD, _KEPT = ("label", "choice", "option", "p"), ("solution", "demandhint", "choicehint")


class UnreadableError(ValueError):
    """What keeps the program from being built."""


def program_at(folder: Path) -> Program:
    """Raises UnreadableError."""
    found = gather(folder, str(folder), Cache(None))
    if found.program is None:
        raise UnreadableError("\n".join(map(str, found.problems)))
    return found.program


def course_of(program: Program) -> tuple[Course, dict[str, bytes]]:
    """The course's units, and its media by name."""
    built = package(program, blocks=True)
    files = {name: content_bytes(content) for name, content in built.files.items()}
    media = {name.removeprefix(_STATIC): content for name, content in files.items() if name.startswith(_STATIC)}
    return Course(built.identifier, program.title, tuple(_Tree(files).units())), media


class _Tree:
    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def units(self) -> Iterator[Scenario]:
        run = etree.fromstring(self._files["course/course.xml"]).get("url_name")
        for chapter in self._at(f"course/{run}"):
            element = self._of(chapter)
            for sequential in element:
                for vertical in self._of(sequential):
                    yield self._unit(element.get("display_name", ""), vertical)

    def _unit(self, chapter: str, pointer: etree._Element) -> Scenario:
        vertical, name = self._of(pointer), pointer.get("url_name", "")
        unit = etree.Element("vertical", url_name=name)
        unit.extend(shown for child in vertical if (shown := self._shown(child)) is not None)
        return Scenario(name, vertical.get("display_name", ""), chapter, etree.tostring(unit, encoding="unicode"))

    def _shown(self, child: etree._Element) -> etree._Element | None:
        tag, name = str(child.tag), child.get("url_name", "")
        if tag.startswith(OURS):
            return child
        if tag == "html":
            return _html(name, self._text(name))
        inner = self._of(child)
        return _html(name, _film(inner) if tag == "video" else _problem(inner))

    def _text(self, name: str) -> str:
        beside = self._files.get(f"course/html/{name}.html")
        return beside.decode() if beside else self._at(f"html/{name}").text or ""

    def _of(self, pointer: etree._Element) -> etree._Element:
        return self._at(f"{pointer.tag!s}/{pointer.get('url_name')}")

    def _at(self, path: str) -> etree._Element:
        return etree.fromstring(self._files[f"course/{path}.xml"])


def _film(video: etree._Element) -> str:
    source = video[0].get("src", "")
    return etree.tostring(E.video(E.source(src=source), controls="", style="max-width:100%"), encoding="unicode")


def _problem(problem: etree._Element) -> str:
    """Its words; it can be answered on the platform alone."""
    said = [
        E.h3(problem.get("display_name", "")),
        *(_line(each) for each in problem.iter(*_TOLD) if not _is_kept(each)),
    ]
    return "".join(etree.tostring(each, encoding="unicode") for each in said)


def _is_kept(element: etree._Element) -> bool:
    """For after an answer, or on request."""
    return any(above.tag in _KEPT for above in element.iterancestors())


def _line(element: etree._Element) -> etree._Element:
    return E.p(("– " if element.tag in ("choice", "option") else "") + _words(element))


def _words(element: etree._Element) -> str:
    hints = {id(text) for hint in element.iter("choicehint") for text in hint.itertext()}
    return " ".join("".join(text for text in element.itertext() if id(text) not in hints).split())


def _html(name: str, text: str) -> etree._Element:
    """The workbench's html block; in its text, `$student` stands for who is looking, and any other `$` is doubled."""
    content = html.fragment_fromstring(text.replace("$", "$$"), create_parent="div")
    for element in content.iter(etree.Element):
        for attribute in ("src", "href", "poster"):
            if address := element.get(attribute):
                element.set(attribute, _address(address))
    block = etree.Element("html_demo", url_name=name)
    block.append(etree.fromstring(etree.tostring(content)))
    return block


def _address(address: str) -> str:
    if address.startswith(_JUMP):
        return f"/scenario/{address.removeprefix(_JUMP)}/?student=$student"
    return address.replace("/static/", "/media/", 1) if address.startswith("/static/") else address
