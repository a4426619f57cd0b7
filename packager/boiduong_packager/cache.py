"""What a build remembers, so that unchanged topics are not rendered again and unchanged packages not written again.

The cache stands in the output folder and may be deleted at any time. It is data, never code: msgpack decoded into
the model's own types (docs/decisions/0004).
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path, PurePath

import boiduong_vocabulary
import msgspec
from boiduong_vocabulary.catalog import PackageEntry
from msgspec import Struct

from boiduong_packager.model import Asset
from boiduong_packager.read.reading import Reading

_HOMES = (Path(__file__).parent, Path(boiduong_vocabulary.__file__).parent)
_RENDERING = ("imagesize", "latex2mathml", "lxml", "markdown", "mutagen", "yaml")


class Remembered(Struct, frozen=True):
    """A topic file as read last time."""

    key: str
    reading: Reading


class Written(Struct, frozen=True):
    """A package as written last time: what it was made from, its catalog entry, its size in bytes, and its files
    when it is a folder."""

    key: str
    entry: PackageEntry
    size: int
    files: tuple[str, ...]


class Cache:
    """The memory of one programme's output folder; with `folder` None nothing is remembered."""

    def __init__(self, folder: Path | None) -> None:
        self.tool = tool_digest()
        self._folder = folder
        self._index = folder / "packages.msgpack" if folder else None
        self.packages: dict[str, Written] = self._load_packages()

    def reading(self, name: str, key: str) -> Reading | None:
        """What file `name` gave when its content was `key`, if its media have not changed since."""
        path = self._path(name)
        if path is None or not path.is_file():
            return None
        try:
            remembered = msgspec.msgpack.decode(path.read_bytes(), type=Remembered)
        except msgspec.MsgspecError:
            return None
        topic = remembered.reading.topic
        is_current = remembered.key == key and topic is not None and all(map(_is_unchanged, topic.assets))
        return remembered.reading if is_current else None

    def keep(self, name: str, key: str, reading: Reading) -> None:
        """Remember a sound reading; one with faults is read anew each time."""
        path = self._path(name)
        if path is not None and reading.topic is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(msgspec.msgpack.encode(Remembered(key, reading)))

    def keep_packages(self) -> None:
        if self._index:
            self._index.parent.mkdir(parents=True, exist_ok=True)
            self._index.write_bytes(msgspec.msgpack.encode(self.packages))

    def _load_packages(self) -> dict[str, Written]:
        if self._index is None or not self._index.is_file():
            return {}
        try:
            packages = msgspec.msgpack.decode(self._index.read_bytes(), type=dict[str, Written])
        except msgspec.MsgspecError:
            return {}
        return {path: written for path, written in packages.items() if _stays_inside(written)}

    def _path(self, name: str) -> Path | None:
        return self._folder / f"{name}.msgpack" if self._folder else None


def tool_digest() -> str:
    """Names this very program: any change of its files, or of a library that renders, makes what was remembered
    stale."""
    paths = [path for home in _HOMES for path in sorted(home.rglob("*")) if path.suffix not in (".pyc", "")]
    # Found, not imported; and asking for their versions would cost ten times as much.
    paths += [Path(spec.origin) for name in _RENDERING if (spec := find_spec(name)) and spec.origin]
    stats = ((path, path.stat()) for path in paths if path.is_file())
    lines = (f"{path.name} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _stays_inside(written: Written) -> bool:
    """Whether all its names lie below the output folder: what is stale is deleted, and the folder may come from
    someone else."""
    names = [PurePath(written.entry.path), *map(PurePath, written.files)]
    return not any(name.anchor or ".." in name.parts for name in names)


def _is_unchanged(asset: Asset) -> bool:
    path = Path(asset.path)
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == asset.digest
