"""How an attendance sheet fits on paper: which half days stand on one sheet, and how wide and high everything is."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from boiduong_exporter.templates.enrolled import Slot

MOST, MOST_WITH_RESULTS = 4, 3
"""Half days on one sheet of A4, so that each has room for "13:30-17:00" and 18 mm for a signature; the last sheet has
the results as well."""
PER_PAGE = 30
NUMBER, CODE, NAME, BIRTH, UNIT, PLACE, TEAM = "number", "code", "name", "birth", "unit", "place", "team"
SCORE, ESSAY, ASSESSOR = "score", "essay", "assessor"
PAPER_WIDTH, PAPER_HEIGHT = 272.0, 535.0
"""Millimetres and points between the margins, less what printers differ by."""
_PEOPLE = {NUMBER: 7.0, CODE: 14.0, NAME: 33.5, BIRTH: 17.0, UNIT: 27.0, PLACE: 16.5, TEAM: 8.5}
_UNIT_BESIDE_TEAM = 23.5
"""What a column of teams leaves to the units, which shrink to their cells, where all else is as narrow as can be."""
_RESULTS = {SCORE: 13.0, ESSAY: 15.0, ASSESSOR: 19.0}
_MARK, _SIGNATURE = 17.0, 22.0
"""A signature gets 18 to 22 mm."""
_GROWS = {NAME: 2, UNIT: 4, PLACE: 2, TEAM: 1}


@dataclass(frozen=True)
class Block:
    """What one sheet holds. `numbers` are those of its first and last half day among the sheets, from 1."""

    slots: tuple[Slot, ...]
    numbers: tuple[int, int]
    has_results: bool


def blocks(sessions: tuple[Slot, ...], has_results: bool = True) -> list[Block]:
    """The sheets in order; the half days of one day stay together, and the last has the results where there are any."""
    found: list[list[tuple[Slot, ...]]] = [[]]
    for _, slots in groupby(sessions, key=lambda slot: slot[0]):
        day = tuple(slots)
        if _count(found[-1]) + len(day) > MOST:
            found.append([])
        found[-1].append(day)
    if has_results and _count(found[-1]) > MOST_WITH_RESULTS:
        found.append([found[-1].pop()])
    ends = [sum(map(_count, found[: place + 1])) for place in range(len(found))]
    return [
        Block(
            tuple(slot for day in days for slot in day),
            (end - _count(days) + 1, end),
            has_results and end == len(sessions),
        )
        for days, end in zip(found, ends, strict=True)
    ]


def _count(days: list[tuple[Slot, ...]]) -> int:
    return sum(map(len, days))


@dataclass(frozen=True)
class Widths:
    """In millimetres. `people` and `results` by the keys of their columns."""

    people: dict[str, float]
    mark: float
    signature: float
    results: dict[str, float]


def widths(slots: int, has_results: bool, left_out: Collection[str] = ()) -> Widths:
    """All the paper is used: what signatures leave goes to names, units and places. `left_out` are columns of people
    that the sheet does without."""
    people = {key: width for key, width in _PEOPLE.items() if key not in left_out}
    if PLACE in people and TEAM in people:
        people[UNIT] = _UNIT_BESIDE_TEAM
    results = _RESULTS if has_results else {}
    left = PAPER_WIDTH - sum(people.values()) - sum(results.values())
    signature = min(max(left / max(slots, 1) - _MARK, 0.0), _SIGNATURE)
    spare = left - slots * (_MARK + signature)
    grows = {key: share for key, share in _GROWS.items() if key in people}
    for key, share in grows.items():
        people[key] += spare * share / sum(grows.values())
    return Widths(people, _MARK, signature, dict(results))


def row_height(pages: int, title: float, head: float, foot: float) -> float:
    """Points for each of the thirty rows of a page, so that what stands above and below them fits as well."""
    beside = title + foot if pages == 1 else max(title, foot)
    return (PAPER_HEIGHT - head - beside) / PER_PAGE
