"""Stretches of days: joined, measured, cut where something changes."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from boiduong_exporter.credit.facts import Span

_DAY = timedelta(days=1)
Spell = tuple[date, date]
"""First and last day."""


def union(spells: Iterable[Spell]) -> list[Spell]:
    """The same days as spells that neither meet nor touch, in order."""
    joined: list[Spell] = []
    for first, last in sorted(spells):
        if joined and first <= joined[-1][1] + _DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def pieces(spans: Iterable[Span], starts: date, ends: date) -> Iterator[Spell]:
    """`starts`..`ends` cut wherever one of the spans begins or ends."""
    inside = [spell for span in spans if (spell := span.within(starts, ends))]
    cuts = {starts, ends + _DAY} | {first for first, _ in inside} | {last + _DAY for _, last in inside}
    for first, following in pairwise(sorted(cuts)):
        yield first, following - _DAY


def length(first: date, last: date, by_month: bool = False) -> Fraction:
    return months(first, last) if by_month else Fraction((last - first).days + 1)


def months(first: date, last: date) -> Fraction:
    """Calendar months from `first` to `last`, a part of one by its days; so that the parts of a split add up."""
    total, month = Fraction(0), first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        inside = min(last, following - _DAY) - max(first, month)
        total += Fraction(inside.days + 1, (following - month).days)
        month = following
    return total
