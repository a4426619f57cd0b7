"""The catalog: what a build produced, and all that the other wings ever see of it.

`catalog.json` is the only meeting place of the packager and the books: ids, titles, orientation, delivery, periods,
edition, the digest of the source, and the packages with their identifiers in each standard.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

FORMAT = 1
"""The version of the file's layout; a reader refuses a number it does not know."""


class Delivery(StrEnum):
    """How a session is held. "Trực tiếp kết hợp trực tuyến" is a mixture of these."""

    HALL = "hall"
    BRIDGE = "bridge"
    LIVE = "live"
    SELF_PACED = "self_paced"

    @property
    def label(self) -> str:
        """What people call it."""
        return _DELIVERY_LABELS[self]


_DELIVERY_LABELS = {
    Delivery.HALL: "Trực tiếp tại hội trường",
    Delivery.BRIDGE: "Trực tuyến tại điểm cầu",
    Delivery.LIVE: "Trực tuyến, có giảng viên",
    Delivery.SELF_PACED: "Tự học trên hệ thống",
}


@dataclass(frozen=True)
class PackageEntry:
    """One package file: `standard` is the target's name, `path` is relative to the catalog, `identifier` is the
    manifest identifier (SCORM), the course key (OLX) or the page (web)."""

    standard: str
    path: str
    identifier: str
    digest: str


@dataclass(frozen=True)
class ItemEntry:
    """A section or question whose id must survive an edit, because learners' state is keyed by it."""

    id: str
    title: str


@dataclass(frozen=True)
class TopicEntry:
    """A topic as built. `digest` is the SHA-256 of its source text and media; times are whole seconds."""

    id: str
    title: str
    orientation: str
    periods: int
    audience: str
    edition: str
    issuing_body: str
    classification: str
    digest: str
    pass_mark: int
    minimum_seconds: int
    reading_seconds: int
    sections: tuple[ItemEntry, ...]
    questions: tuple[ItemEntry, ...]
    packages: tuple[PackageEntry, ...]


@dataclass(frozen=True)
class SessionEntry:
    """A planned session of the program; `date` is ISO (local day) or empty while none is fixed."""

    id: str
    title: str
    delivery: Delivery
    periods: int
    topics: tuple[str, ...]
    date: str


@dataclass(frozen=True)
class Catalog:
    """A built program."""

    id: str
    title: str
    scheme: str
    audience: str
    edition: str
    issuing_body: str
    terms: str
    sessions: tuple[SessionEntry, ...]
    topics: tuple[TopicEntry, ...]
    packages: tuple[PackageEntry, ...]


def to_json(catalog: Catalog) -> str:
    """The file's text: UTF-8, sorted keys, a final newline; the same catalog gives the same bytes."""
    return json.dumps({"format": FORMAT, **asdict(catalog)}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def from_json(text: str) -> Catalog:
    """The catalog in `text`.

    Raises ValueError when the text is no catalog, or one of another format.
    """
    try:
        data = json.loads(text)
        if data.pop("format") != FORMAT:
            raise ValueError("catalog of another format")
        return _catalog(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a catalog: {error}") from error


def _catalog(data: dict[str, Any]) -> Catalog:
    return Catalog(
        **{
            **data,
            "sessions": tuple(map(_session, data["sessions"])),
            "topics": tuple(map(_topic, data["topics"])),
            "packages": _packages(data),
        }
    )


def _session(data: dict[str, Any]) -> SessionEntry:
    return SessionEntry(**{**data, "delivery": Delivery(data["delivery"]), "topics": tuple(data["topics"])})


def _topic(data: dict[str, Any]) -> TopicEntry:
    items = {name: tuple(ItemEntry(**item) for item in data[name]) for name in ("sections", "questions")}
    return TopicEntry(**{**data, **items, "packages": _packages(data)})


def _packages(data: dict[str, Any]) -> tuple[PackageEntry, ...]:
    return tuple(PackageEntry(**package) for package in data["packages"])
