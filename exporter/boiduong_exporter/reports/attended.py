"""What one person attended and studied in the term, counted in one walk over the lines: raw days, half days, minutes,
and the days that do not count."""

from dataclasses import dataclass
from fractions import Fraction

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.telling import NOT_THERE, days_of, half_days, in_term
from boiduong_exporter.credit.verdict import Verdict
from boiduong_exporter.credit.words import total

_NOTHING = Fraction(0)


@dataclass(frozen=True)
class Attended:
    """`days` are those of the sessions attended, each half day once; `refused` is the part of them that neither counts
    nor waits. `minutes` are those studied alone, whatever they are worth. `lines` are all lines of the term; `classes`
    are those of the books, by code: a class of another school, recognised by a document, is none of them."""

    lines: tuple[Line, ...]
    half_days: int
    days: Fraction
    refused: Fraction
    minutes: int
    classes: frozenset[str]


def attended(verdict: Verdict) -> Attended:
    lines = in_term(verdict)
    there = [line for line in lines if line.reason not in NOT_THERE]
    slots = half_days(there)
    return Attended(
        lines,
        len(slots),
        days_of(slots),
        total(lost for slot in slots if (lost := _refused(slot))),
        sum(line.minutes or 0 for line in lines if line.half is None),
        frozenset(line.class_code for line in there if line.class_code),
    )


def _refused(slot: list[Line]) -> Fraction:
    """The part of a half day that nothing was made of, nor waits. Nearly all are plain, and fractions are slow."""
    if len(slot) == 1 and not slot[0].waiting:
        line = slot[0]
        whole = line.credited is line.offered or line.credited == line.offered
        return _NOTHING if whole else line.offered - line.credited
    offered, waiting = max(line.offered for line in slot), max(line.waiting for line in slot)
    return max(offered - waiting - total(line.credited for line in slot), _NOTHING)
