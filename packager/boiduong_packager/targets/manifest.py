"""imsmanifest.xml for both versions of SCORM: one organization, one item, one SCO.

One SCO a package is deliberate: with several, Moodle's table of contents loses the data of all but the first
(docs/decisions/0005). The launch page is the first resource, because openedx-scorm-xblock takes that one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from boiduong_packager.model import Program, Topic

NAME = "imsmanifest.xml"
LAUNCH_PAGE = "index.html"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SEQUENCING = "http://www.imsglobal.org/xsd/imsss"
_TITLE_LIMIT = 200
"""The 1.2 schema takes no more (Moodle's columns 255)."""


@dataclass(frozen=True)
class Standard:
    """What differs between the versions. `schemas` maps the namespaces that a manifest uses to their files at the
    root of the zip, the content packaging one first."""

    name: str
    version: str
    content: str
    adlcp: str
    sco_attribute: str
    schemas: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.name)


SCORM12 = Standard(
    name="scorm12",
    version="1.2",
    content="http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2",
    sco_attribute="scormtype",
    schemas={
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    },
)
SCORM2004 = Standard(
    name="scorm2004",
    version="2004 4th Edition",
    content="http://www.imsglobal.org/xsd/imscp_v1p1",
    adlcp="http://www.adlnet.org/xsd/adlcp_v1p3",
    sco_attribute="scormType",
    schemas={
        "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
        _SEQUENCING: "imsss_v1p0.xsd",
    },
)


class ManifestError(RuntimeError):
    """A manifest of ours breaks its standard: a fault of this program, never of an author."""


def identifier(program: Program, topic: Topic) -> str:
    """The package's name in its standard: an XML name, unique by program and topic."""
    return f"boiduong.{program.id}.{topic.id}"


def manifest(standard: Standard, program: Program, topic: Topic, names: Iterable[str]) -> bytes:
    """The manifest of a package that holds `names`, valid by its XSDs and by our own checks.

    Raises ManifestError.
    """
    content = ElementMaker(
        namespace=standard.content, nsmap={None: standard.content, "adlcp": standard.adlcp, "xsi": _XSI}
    )
    shipped = sorted(names)
    root = content.manifest(
        content.metadata(content.schema("ADL SCORM"), content.schemaversion(standard.version)),
        _organizations(content, standard, program, topic),
        content.resources(_resource(content, standard, topic, shipped)),
        identifier=identifier(program, topic),
        version="1",
    )
    root.set(f"{{{_XSI}}}schemaLocation", " ".join(f"{name} {file}" for name, file in standard.schemas.items()))
    _validate(standard, root)
    if faults := list(blind_spots(root, set(shipped))):
        raise ManifestError("; ".join(faults))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _organizations(content: ElementMaker, standard: Standard, program: Program, topic: Topic) -> etree._Element:
    title = topic.title[:_TITLE_LIMIT]
    item = content.item(content.title(title), identifier=f"item.{topic.id}", identifierref=f"sco.{topic.id}")
    if standard is SCORM2004:
        item.append(_set_by_content())
    organization = content.organization(content.title(title), item, identifier=f"org.{program.id}")
    return content.organizations(organization, default=f"org.{program.id}")


def _set_by_content() -> etree._Element:
    """Without this an LMS may take a page that was merely opened for satisfied and complete."""
    imsss = ElementMaker(namespace=_SEQUENCING, nsmap={"imsss": _SEQUENCING})
    return imsss.sequencing(imsss.deliveryControls(completionSetByContent="true", objectiveSetByContent="true"))


def _resource(content: ElementMaker, standard: Standard, topic: Topic, names: list[str]) -> etree._Element:
    sco = content.resource(
        *(content.file(href=name) for name in names), identifier=f"sco.{topic.id}", type="webcontent", href=LAUNCH_PAGE
    )
    sco.set(f"{{{standard.adlcp}}}{standard.sco_attribute}", "sco")
    return sco


def _validate(standard: Standard, root: etree._Element) -> None:
    schema = _schema(standard)
    if not schema.validate(root):
        raise ManifestError(str(schema.error_log.last_error))


def schema_files(standard: Standard) -> dict[str, bytes]:
    """The XSD set of `standard` by file name: ADL's checker wants it at the root of a 2004 package."""
    folder = files("boiduong_packager").joinpath("vendor/schemas", standard.name)
    return {Path(entry.name).name: entry.read_bytes() for entry in folder.iterdir()}


@cache
def _schema(standard: Standard) -> etree.XMLSchema:
    """The compiled schema. libxml2 refuses two places of the 1.2 set that other parsers let pass: the default
    namespace of ims_xml.xsd, and a wildcard in imsmd that is ambiguous with its neighbours."""
    sources = schema_files(standard)
    if "ims_xml.xsd" in sources:
        sources["ims_xml.xsd"] = sources["ims_xml.xsd"].replace(b'xmlns="http://www.w3.org/XML/1998/namespace"', b"")
        sources["imsmd_rootv1p2p1.xsd"] = sources["imsmd_rootv1p2p1.xsd"].replace(b"##any", b"##other")
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    parser.resolvers.add(_Siblings(sources))
    return etree.XMLSchema(etree.fromstring(_entrance(standard), parser))


def _entrance(standard: Standard) -> bytes:
    """A schema that imports all the namespaces a manifest of ours uses, so that none is skipped as unknown."""
    xsd = ElementMaker(namespace="http://www.w3.org/2001/XMLSchema", nsmap={"xs": "http://www.w3.org/2001/XMLSchema"})
    root = xsd.schema(
        *(getattr(xsd, "import")(namespace=name, schemaLocation=at) for name, at in standard.schemas.items())
    )
    return etree.tostring(root)


class _Siblings(etree.Resolver):
    """Finds schemas among the vendored files and nowhere else."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._sources = sources

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        name = (system_url or "").rsplit("/", 1)[-1]
        return self.resolve_string(self._sources.get(name, b""), context, base_url=name)


def blind_spots(root: etree._Element, shipped: set[str]) -> Iterator[str]:
    """What the XSDs do not see and players stumble over: references, the default organization, files and titles."""
    find = root.iterfind
    resources = {resource.get("identifier"): resource for resource in find(".//{*}resource")}
    organizations = root.find("{*}organizations")
    defaults = [entry.get("identifier") for entry in find(".//{*}organization")]
    if organizations is None or organizations.get("default") not in defaults:
        yield "default organization does not exist"
    for item in find(".//{*}item"):
        if item.get("identifierref") not in resources:
            yield f"item {item.get('identifier')} refers to no resource"
    listed = {str(file.get("href")) for file in find(".//{*}file")}
    yield from (f"{name} is listed but not shipped" for name in sorted(listed - shipped))
    yield from (f"{name} is shipped but not listed" for name in sorted(shipped - listed))
    yield from (f"launch page {r.get('href')} is not listed" for r in resources.values() if r.get("href") not in listed)
    yield from ("a title is empty" for title in find(".//{*}title") if not (title.text or "").strip())
