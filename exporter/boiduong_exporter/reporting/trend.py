"""How many owed days, and who of them had enough, at the end of each of the last quarters: by the posts held then."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile

from boiduong_exporter.credit.facts import Person
from boiduong_exporter.credit.verdict import OWING, Assessor, Standing, Verdict
from boiduong_exporter.gathering.people import Who
from boiduong_exporter.reporting.periods import Period, quarters
from boiduong_exporter.reporting.walk import Walk, structure_on
from boiduong_exporter.reports.figures import TrendPoint, UnitSummary

QUARTERS = 8


@dataclass
class Trend:
    """The days before the report's own, counted while people are read. `members` are those of each day; `first` is the
    earliest evidence seen."""

    members: dict[Period, frozenset[int]]
    last: Period | None
    first: date | None = None
    standings: Counter[tuple[Period, Standing]] = field(default_factory=Counter)

    @property
    def everyone(self) -> frozenset[int]:
        return frozenset().union(*self.members.values())

    def add(self, who: Who, person: Person, assessor: Assessor) -> None:
        for period, members in self.members.items():
            if who.cadre in members:
                verdict = assessor.verdict(person, period.as_of)
                self.standings[(period, verdict.standing)] += 1

    def see(self, verdict: Verdict) -> None:
        """Notes the earliest evidence; lines are in the order of days."""
        if lines := verdict.tally.lines:
            self.first = min(self.first or lines[0].date, lines[0].date)

    def points(self, whole: UnitSummary) -> tuple[TrendPoint, ...]:
        """From the first evidence on, and from when the unit had people; the last point is the report's own day. None
        where the books have no evidence, or no term is running."""
        if self.last is None or self.first is None:
            return ()
        last = TrendPoint(self.last.name, self.last.as_of, whole.owing, whole.enough, whole.undetermined)
        begun = [period for period in self.members if period.as_of >= self.first]
        peopled = dropwhile(lambda period: not self.members[period], begun)
        return (*map(self._point, peopled), last)

    def _point(self, period: Period) -> TrendPoint:
        counts = {standing: self.standings[(period, standing)] for standing in Standing}
        owing = sum(counts[standing] for standing in OWING)
        return TrendPoint(
            period.name, period.as_of, owing, counts[Standing.ENOUGH], counts[Standing.UNDETERMINED]
        )  # fmt: skip


def trend(read: Walk) -> Trend:
    """Ready to count. No quarter ends before the earliest of the terms that run on the day: figures of two terms are
    not held side by side."""
    begins = min(_running(read), default=None)
    if begins is None:
        return Trend({}, None)
    *earlier, last = quarters(read.day, QUARTERS)
    return Trend({each: _members(read, each.as_of) for each in earlier if each.as_of >= begins}, last)


def _running(read: Walk) -> Iterator[date]:
    """When the terms began that hold for somebody in the unit: those of bodies in it, and the nearest above it."""
    for term in read.world.terms:
        if term.starts <= read.day <= term.ends and read.structure.is_under(term.organization, read.unit):
            yield term.starts
    if above := read.world.term(read.unit, read.day):
        yield above.starts


def _members(read: Walk, day: date) -> frozenset[int]:
    structure = structure_on(read.connection, read.world, read.asked, day)
    return frozenset(who.cadre for who in read.everybody if structure.posts_in(who, read.unit, day))
