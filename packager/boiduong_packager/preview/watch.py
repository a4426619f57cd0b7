"""Notices that an author saved something: file dates are looked at twice a second, which works on every disk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

Snapshot = dict[str, tuple[int, int]]
"""Path to (date in nanoseconds, size in bytes)."""

INTERVAL = 0.5
"""Seconds between two looks."""


def snapshot(place: Path, leave: Path | None = None) -> Snapshot:
    """The state of a file, or of all files in a folder but those under `leave` (what a build writes). What editors put
    beside a text (hidden files, `~`) is passed by; a missing place is empty."""
    apart = leave.resolve() if leave else None
    paths = (path for path in _files(place) if not (apart and path.resolve().is_relative_to(apart)))
    return {str(path): mark for path in paths if (mark := _mark(path)) is not None}


def changed(before: Snapshot, after: Snapshot) -> list[str]:
    """The paths that came, went or were written between two snapshots, sorted."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def watch(look: Callable[[], Snapshot], known: Snapshot, stop: Event, on_change: Callable[[list[str]], None]) -> None:
    """Call `on_change` with the paths that differ from `known` after each save, until `stop` is set.

    A change is told once the files have been still for one interval, because editors write in several steps. What is
    saved while `on_change` runs is found afterwards.
    """
    latest = known
    while not stop.wait(INTERVAL):
        now = look()
        still, latest = now == latest, now
        if still and (paths := changed(known, now)):
            known = now
            on_change(paths)


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from (path for path in place.rglob("*") if not _beside_the_text(path.relative_to(place)))


def _beside_the_text(path: Path) -> bool:
    return path.name.endswith("~") or any(part.startswith(".") for part in path.parts)


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:  # gone since it was listed
        return None
    return None if path.is_dir() else (stat.st_mtime_ns, stat.st_size)
