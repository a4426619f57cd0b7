"""What a backup says of itself: MANIFEST.json, the last of its parts."""

from dataclasses import dataclass
from importlib.metadata import version

from msgspec import DecodeError, json

from boiduong_server.backups.known import Known

NAME = "MANIFEST.json"
FORMAT = 1
BOOKS, STORE, DUMP = "so.sqlite", "may-chu.sqlite", "co-so-du-lieu.pgdump"
"""The databases: two files of SQLite, or one dump of PostgreSQL."""


@dataclass(frozen=True)
class Part:
    """A file of the backup: bytes, and SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`at_ms` is when the databases were copied (milliseconds since 1970, UTC); `schema` is that of PostgreSQL, empty
    for SQLite; `missing` names files that were not there to be taken."""

    format: int
    program: str
    at_ms: int
    schema: str
    known: Known
    missing: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def sizes(self) -> int:
        return sum(part.size for part in self.parts)


def manifest_of(at_ms: int, schema: str, known: Known, missing: tuple[str, ...], parts: tuple[Part, ...]) -> Manifest:
    return Manifest(FORMAT, version("boiduong"), at_ms, schema, known, missing, parts)


def to_json(manifest: Manifest) -> bytes:
    return json.format(json.encode(manifest), indent=1)


def from_json(data: bytes) -> Manifest | None:
    """None where this is no manifest that this program understands."""
    try:
        return json.decode(data, type=Manifest)
    except (DecodeError, UnicodeDecodeError):
        return None


def is_safe(name: str) -> bool:
    """Whether a part's name leads nowhere but into the folder it is unpacked in."""
    return "\\" not in name and "\0" not in name and all(part not in ("", ".", "..") for part in name.split("/"))
