"""The sheet of a session: what codes and lines say together of each person. Pure, and the same whatever order they
arrived in: what is here is a set, and only its earliest, its latest and its last written are asked for.

A code vouches for a moment. The earliest is the check-in; where a check-out is required, the latest from `leaving_from`
on is that. What was claimed without a connection vouches for nothing until the monitor has confirmed it. Of lines the
one written last holds, a team leader's only where the monitor's own does not: "present" with or without codes, "absent"
and "excused" until a later code.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS
from boiduong_vocabulary.evidence import Presence

MINUTE_MS = 60_000


class Mark(StrEnum):
    """What may be written of a person."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    UNDONE = "undone"
    """What was written before no longer holds: the codes speak again."""


class How(StrEnum):
    """Where a row comes from: a code, a team leader, the monitor's hand, the signed sheet."""

    CODE = "code"
    TEAM = "team"
    HAND = "hand"
    PAPER = "paper"

    @property
    def label(self) -> str:
        return _HOW[self]


_HOW = {How.CODE: "quét mã", How.TEAM: "tổ trưởng ghi", How.HAND: "ghi tay", How.PAPER: "bản ký giấy"}


@dataclass(frozen=True)
class Hours:
    """A session's, in minutes after local midnight; None where the schedule gives none. `leaving_from`: from when a
    scan is a check-out, None where none is required."""

    starts: int | None = None
    ends: int | None = None
    leaving_from: int | None = None

    def late(self, came: int | None) -> int:
        """By how many minutes; 0 where nothing is known."""
        return _after(came, self.starts)

    def early(self, left: int | None) -> int:
        return _after(self.ends, left)


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a code. `sitting` is where. `counts`: not claimed offline, or confirmed since."""

    cadre: int
    sitting: int
    at_ms: int
    nonce: str
    device: str
    claimed_offline: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Line:
    cadre: int
    sitting: int
    mark: Mark
    came: int | None
    left: int | None
    how: How
    reason: str
    by: str
    at_ms: int
    nonce: str
    sent_later: bool = False
    """Written without a connection."""


@dataclass(frozen=True, slots=True)
class Row:
    """A person. `presence` is None of whom nothing is known; times are minutes after local midnight, `late` and `early`
    minutes, 0 where there is nothing to measure by. `sitting` is where they were, None where nowhere."""

    cadre: int
    presence: Presence | None = None
    sitting: int | None = None
    came: int | None = None
    left: int | None = None
    late: int = 0
    early: int = 0
    how: How | None = None
    reason: str = ""
    by: str = ""
    claimed_offline: bool = False
    """What it rests on was claimed without a connection."""
    waits: bool = False
    """A claim waits for the monitor's word."""
    unleft: bool = False
    """Present, a check-out is required and there is none."""
    shared: tuple[int, ...] = ()
    """Who else was checked in with the same telephone."""
    elsewhere: tuple[int, ...] = ()
    """Other sittings of the session where a code was read for them too."""
    sent_later: bool = False
    """What was written of them was written without a connection."""
    read: int | None = None
    """When the first code was read for them, whatever was written since."""


def minute_of(ms: int) -> int:
    """Of the local day."""
    return (ms + LOCAL_MS) % DAY_MS // MINUTE_MS


def rows(people: Iterable[int], scans: Iterable[Scan], lines: Iterable[Line], hours: Hours) -> dict[int, Row]:
    """A row for each of these people and for everyone whom a scan or a line names."""
    scans = [*scans]
    by_cadre: dict[int, tuple[list[Scan], list[Line]]] = defaultdict(lambda: ([], []))
    for scan in scans:
        by_cadre[scan.cadre][0].append(scan)
    for line in lines:
        by_cadre[line.cadre][1].append(line)
    shared = _shared(scans)
    for cadre in people:
        by_cadre[cadre]
    return {cadre: _row(cadre, *said, hours, tuple(sorted(shared[cadre]))) for cadre, said in by_cadre.items()}


def _shared(scans: Iterable[Scan]) -> dict[int, set[int]]:
    users: dict[str, set[int]] = defaultdict(set)
    for scan in scans:
        if scan.device:
            users[scan.device].add(scan.cadre)
    found: dict[int, set[int]] = defaultdict(set)
    for people in users.values():
        for cadre in people:
            found[cadre] |= people - {cadre}
    return found


def _row(cadre: int, scans: list[Scan], lines: list[Line], hours: Hours, shared: tuple[int, ...]) -> Row:
    proofs = sorted((scan for scan in scans if scan.counts), key=lambda scan: (scan.at_ms, scan.nonce))
    line = standing(lines)
    if line and (line.mark is Mark.UNDONE or _is_overtaken(line, proofs)):
        line = None
    waits = any(not scan.counts for scan in scans)
    read = minute_of(proofs[0].at_ms) if proofs else None
    if line and line.mark in (Mark.ABSENT, Mark.EXCUSED):
        return Row(
            cadre, Presence(line.mark), line.sitting, how=line.how, reason=line.reason, by=line.by, waits=waits,
            sent_later=line.sent_later, read=read,
        )  # fmt: skip
    if not line and not proofs:
        return Row(cadre, waits=waits)
    came, left = _times(proofs, line, hours)
    elsewhere = {scan.sitting for scan in proofs}
    place = line.sitting if line else proofs[0].sitting
    return Row(
        cadre, Presence.PRESENT, place, came, left, hours.late(came), hours.early(left),
        line.how if line else How.CODE, line.reason if line else "", line.by if line else "",
        not line and proofs[0].claimed_offline, waits,
        hours.leaving_from is not None and left is None and not (line and line.how is not How.TEAM), shared,
        tuple(sorted(elsewhere - {place})), line is not None and line.sent_later, read,
    )  # fmt: skip


def standing(lines: Collection[Line]) -> Line | None:
    """The line that was written last; what a team leader writes gives way to what the monitor did, until that is
    undone."""
    by_monitor = _last(line for line in lines if line.how is not How.TEAM)
    return by_monitor if by_monitor and by_monitor.mark is not Mark.UNDONE else _last(lines)


def _last(lines: Iterable[Line]) -> Line | None:
    return max(lines, key=lambda line: (line.at_ms, line.nonce), default=None)


def _is_overtaken(line: Line, proofs: list[Scan]) -> bool:
    """Who was written down as absent and has shown a code since is here."""
    return line.mark is not Mark.PRESENT and bool(proofs) and proofs[-1].at_ms > line.at_ms


def _times(proofs: list[Scan], line: Line | None, hours: Hours) -> tuple[int | None, int | None]:
    """Check-in and check-out; what a line says goes before."""
    moments = [minute_of(scan.at_ms) for scan in proofs]
    came = moments[0] if moments else None
    left = moments[-1] if moments and _is_leaving(moments, hours) else None
    if line is None:
        return came, left
    return line.came if line.came is not None else came, line.left if line.left is not None else left


def _is_leaving(moments: list[int], hours: Hours) -> bool:
    return hours.leaving_from is not None and moments[-1] >= hours.leaving_from and moments[-1] > moments[0]


def _after(later: int | None, earlier: int | None) -> int:
    return max(0, later - earlier) if later is not None and earlier is not None else 0
