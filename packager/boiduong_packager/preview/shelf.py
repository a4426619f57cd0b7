"""The packages to show: the last good build, and what the latest one complained of."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from boiduong_vocabulary.catalog import Catalog, TopicEntry, from_json
from boiduong_vocabulary.problem import Problem, any_error
from boiduong_vocabulary.vietnamese import nfc, slug

from boiduong_packager.preview.archive import Launch, read_launch

STANDARDS = {"scorm12": "SCORM 1.2", "scorm2004": "SCORM 2004"}
"""What the stand-in plays, and how people call it."""


class Outcome(Protocol):
    """What a build answers; `catalog` is None when an error kept it from writing."""

    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def catalog(self) -> Catalog | None: ...


Build = Callable[[], Outcome]


class Shelf:
    """The built packages of one program under `out`; `number` counts the builds, so that pages notice a new one;
    `trouble` says why a build could not even read or write."""

    def __init__(self, program: Path, out: Path, build: Build, now: Callable[[], datetime] = datetime.now) -> None:
        self._name = program.resolve().name
        self.folder = out / slug(nfc(self._name))
        """Where the packages lie: catalog paths are relative to it."""
        self._build = build
        self._now = now
        self._building = Lock()
        self.number = 0
        self.built_at: datetime | None = None
        self.problems: tuple[Problem, ...] = ()
        self.trouble = ""
        self.catalog = _earlier(self.folder / "catalog.json")

    def rebuild(self) -> None:
        """Build once; with an error the packages of the last good build stay."""
        with self._building:
            try:
                outcome = self._build()
            except OSError as error:
                self.trouble = f"Không đọc hoặc ghi được {error.filename}: {error.strerror}"
            else:
                self.trouble = ""
                self.problems = tuple(outcome.problems)
                self.catalog = outcome.catalog or self.catalog
            self.built_at = self._now()
            self.number += 1

    @property
    def building(self) -> bool:
        return self._building.locked()

    @property
    def failed(self) -> bool:
        return bool(self.trouble) or any_error(self.problems)

    @property
    def name(self) -> str:
        return self.catalog.title if self.catalog else self._name

    def topic(self, identifier: str) -> TopicEntry | None:
        topics = self.catalog.topics if self.catalog else ()
        return next((topic for topic in topics if topic.id == identifier), None)

    def package(self, standard: str, topic: str) -> Path | None:
        """The zip of a topic that the stand-in can play."""
        path = self._paths().get(f"{standard}/{topic}") if standard in STANDARDS else None
        return path if path and path.is_file() else None

    def launch(self, standard: str, topic: str) -> Launch | None:
        package = self.package(standard, topic)
        return read_launch(package) if package else None

    def digests(self) -> dict[str, str]:
        """`standard/topic` to the package's digest: a page reloads only when its own package is another one."""
        topics = self.catalog.topics if self.catalog else ()
        return {f"{entry.standard}/{topic.id}": entry.digest for topic in topics for entry in topic.packages}

    def download(self, path: str) -> Path | None:
        """A built archive by its path in the catalog; nothing else is ever handed out."""
        if self.catalog is None:
            return None
        entries = [*self.catalog.packages, *(entry for topic in self.catalog.topics for entry in topic.packages)]
        known = {entry.path for entry in entries if entry.path.endswith((".zip", ".tar.gz"))}
        file = self.folder / path
        return file if path in known and file.is_file() else None

    def web_page(self, path: str) -> Path | None:
        """A file of the web target; a path that leads out of its folder is refused."""
        root = (self.folder / "web").resolve()
        file = (root / (path or "index.html")).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None

    def _paths(self) -> dict[str, Path]:
        topics = self.catalog.topics if self.catalog else ()
        return {
            f"{entry.standard}/{topic.id}": self.folder / entry.path for topic in topics for entry in topic.packages
        }


def _earlier(catalog: Path) -> Catalog | None:
    """The catalog of an earlier run, so that a program that does not build today can still be played."""
    try:
        return from_json(catalog.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
