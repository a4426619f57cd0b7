"""What a folder of the workbench holds: course.json says which course this is and what stands in its units."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

FILE = "course.json"


@dataclass(frozen=True)
class Scenario:
    """`name` stands in addresses and in the keys of what is kept: ASCII without a dot, and never changed."""

    name: str
    title: str
    chapter: str
    xml: str


@dataclass(frozen=True)
class Course:
    key: str
    title: str
    scenarios: tuple[Scenario, ...]


def read_course(folder: Path) -> Course:
    """The course as the file says now; not read again while it is the same."""
    path = (folder / FILE).absolute()
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed_ns: int) -> Course:
    kept = json.loads(path.read_text("utf-8"))
    return Course(kept["key"], kept["title"], tuple(Scenario(**each) for each in kept["scenarios"]))


def write_course(folder: Path, course: Course) -> None:
    """At once: a server may be reading."""
    path = folder / f".{FILE}"
    path.write_text(json.dumps(asdict(course), ensure_ascii=False, indent=1), "utf-8")
    path.rename(folder / FILE)
