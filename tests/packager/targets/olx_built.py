"""The sample as a built course, and how to look into it."""

import json
from pathlib import Path

from boiduong_packager.targets.archive import content_bytes
from boiduong_packager.targets.olx import package
from lxml import etree

RUN = "2026.1"
OURS = ["boiduong_study_clock", "boiduong_attendance", "boiduong_days"]
"""As the course asks for them in advanced_modules."""


def built(program, blocks=False) -> dict[str, bytes]:
    return {name: content_bytes(content) for name, content in package(program, blocks).files.items()}


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "course"


def xml(files: dict[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(files[f"course/{name}.xml"])


def text_of(files: dict[str, bytes], name: str) -> str:
    """The HTML of an html block, in whichever file it stands."""
    beside = files.get(f"course/html/{name}.html")
    return beside.decode() if beside else xml(files, f"html/{name}").text


def settings(files: dict[str, bytes]) -> dict:
    return json.loads(files[f"course/policies/{RUN}/policy.json"])[f"course/{RUN}"]


def xml_root(content: bytes) -> etree._Element:
    return etree.fromstring(content)
