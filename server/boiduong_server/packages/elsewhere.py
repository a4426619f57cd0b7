"""Packages of other standards, recognised so that their bringer is told which one it is."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from lxml import etree

_AICC = frozenset((".crs", ".au", ".des", ".cst"))
"""The four files of an AICC course (CMI 001, appendix A)."""
_FILES = {"tincan.xml": "xAPI (Tin Can)", "cmi5.xml": "cmi5"}
_CARTRIDGE = "imsglobal.org/xsd/imsccv"
_CARTRIDGE_OLD = "imsglobal.org/xsd/imscc/"


def standard_of_files(names: Iterable[str]) -> str:
    """The standard that these names belong to, empty where none is recognised."""
    paths = [PurePosixPath(name.casefold()) for name in names]
    for path in paths:
        if path.name in _FILES:
            return _FILES[path.name]
    return "AICC" if len({path.suffix for path in paths} & _AICC) > 1 else ""


def standard_of_manifest(root: etree._Element) -> str:
    spaces: Mapping[str | None, str] = root.nsmap
    if any(_CARTRIDGE in space or _CARTRIDGE_OLD in space for space in spaces.values()):
        return "IMS Common Cartridge"
    schema = (root.findtext("{*}metadata/{*}schema") or "").strip()
    return schema if schema.startswith("IMS ") and "Content" not in schema else ""
