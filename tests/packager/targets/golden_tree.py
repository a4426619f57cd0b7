"""Golden packages, stored unpacked and compared as trees. BOIDUONG_GOLDEN=1 writes them anew: then read the diff."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from boiduong_packager.targets.archive import Content, content_bytes

_GOLDEN = Path(__file__).parent / "golden"
_BROUGHT_IN = (".xsd", ".dtd", "player.js", "web.css")
"""Other people's files, and our own bundles, whose sources are compared elsewhere: here by name alone."""


def assert_golden(name: str, files: Mapping[str, Content]) -> None:
    """`files` are what stands in golden/`name`."""
    folder = _GOLDEN / name
    tree = {path: _comparable(path, content_bytes(content)) for path, content in files.items()}
    if os.environ.get("BOIDUONG_GOLDEN"):
        for path, data in tree.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    golden = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert sorted(tree) == sorted(golden)
    for path, data in tree.items():
        assert data.decode("utf-8", "replace") == golden[path].decode("utf-8", "replace"), path


def _comparable(path: str, data: bytes) -> bytes:
    if path.endswith(_BROUGHT_IN):
        return b""
    return re.sub(rb"<style>.*?</style>", b"<style></style>", data, flags=re.DOTALL) if path.endswith(".html") else data
