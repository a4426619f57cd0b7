"""The list of a session: what codes say of each person, and what the monitor wrote by hand. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from hashlib import sha256
from typing import Any

SHELVES = 16


class Presence(StrEnum):
    """As the books have it."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class Mark(StrEnum):
    """What the monitor may write of a person."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    OFF = "off"
    """Not to be in the list at all, as when an account was mistaken."""
    UNDONE = "undone"
    """What was written by hand no longer holds: the codes speak again."""


@dataclass(frozen=True)
class Scan:
    """What one person did by code; times in milliseconds."""

    name: str
    came_ms: int | None
    left_ms: int | None


@dataclass(frozen=True)
class Entry:
    """One line of the monitor's, never changed: the account and name of whom it means, and `by` whom it was written."""

    learner: str
    name: str
    mark: Mark
    reason: str
    by: str
    at_ms: int


@dataclass(frozen=True)
class Row:
    """One person as the sheet has them. `how`: "code" or "list"; then `reason` and `by` say why and who."""

    learner: str
    name: str
    presence: Presence
    came_ms: int | None
    left_ms: int | None
    how: str
    reason: str = ""
    by: str = ""


Shelf = Mapping[str, list[Any]]
"""Scans by account, as they are kept: [name, came_ms, left_ms]."""


def shelf_of(learner: str) -> int:
    """Which shelf holds the person. One list would be one row of the platform's table, read and written whole: of
    those who check in within the same moment all but the last would be lost, and had to be put back."""
    return sha256(learner.encode()).digest()[0] % SHELVES


def with_scan(shelf: Shelf, learner: str, scan: Scan) -> Shelf:
    """The shelf with the scan in it: the very same shelf where it is there already."""
    kept = [scan.name, scan.came_ms, scan.left_ms]
    return shelf if shelf.get(learner) == kept else {**shelf, learner: kept}


def entry_of(entries: Iterable[Mapping[str, Any]], learner: str) -> Entry | None:
    """The last word of the monitor on the person, unless it was undone."""
    last = next((each for each in reversed([*entries]) if each["learner"] == learner), None)
    return read(last) if last and last["mark"] != Mark.UNDONE else None


def holding(entry: Entry | None, came_ms: int | None) -> Entry | None:
    """The entry, unless the person checked in after it was written: who was excused and came is here."""
    return None if entry and came_ms is not None and came_ms > entry.at_ms else entry


def written(entry: Entry) -> dict[str, Any]:
    return asdict(entry)


def read(kept: Mapping[str, Any]) -> Entry:
    """What `written` wrote."""
    said = {each.name: kept[each.name] for each in fields(Entry)}  # a later version's line may say more
    return Entry(**{**said, "mark": Mark(kept["mark"])})


def rows(shelves: Iterable[Shelf], entries: Sequence[Mapping[str, Any]], told: Mapping[str, Any]) -> list[Row]:
    """Everyone whom the sheet names, by name. Who was `told` to the books in an earlier sheet and is in the list no
    more must be named once again, as absent: silence would leave the earlier sheet standing."""
    scans = {learner: Scan(*kept) for shelf in shelves for learner, kept in shelf.items()}
    last = {each["learner"]: read(each) for each in entries}
    people = {*scans, *last, *told}
    found = (_row(learner, scans.get(learner), last.get(learner), learner in told) for learner in people)
    return sorted((row for row in found if row), key=lambda row: (by_name(row.name), row.learner))


def _row(learner: str, scan: Scan | None, entry: Entry | None, was_told: bool) -> Row | None:
    came, left = (scan.came_ms, scan.left_ms) if scan else (None, None)
    name = scan.name if scan else entry.name if entry else ""
    holds = holding(entry, came)
    if holds is None or holds.mark is Mark.UNDONE:
        if scan:
            return Row(learner, name, Presence.PRESENT, came, left, "code")
        return _gone(learner, name, entry) if was_told else None
    if holds.mark is Mark.PRESENT:
        return Row(learner, name, Presence.PRESENT, came, left, "list", holds.reason, holds.by)
    if holds.mark is Mark.OFF:
        return _gone(learner, name, holds) if was_told else None
    return Row(learner, name, Presence(holds.mark), None, None, "list", holds.reason, holds.by)


def _gone(learner: str, name: str, entry: Entry | None) -> Row:
    reason, by = (entry.reason, entry.by) if entry else ("", "")
    return Row(learner, name, Presence.ABSENT, None, None, "list", reason, by)


def by_name(name: str) -> tuple[str, ...]:
    """Vietnamese lists go by the last word of a name, then the first; marks count last."""
    *first, last = name.split() or [""]
    return (_plain(last), _plain(" ".join(first)), name)


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(each for each in split if not unicodedata.combining(each))
