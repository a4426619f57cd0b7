"""One person's account while it is being made: the lines told, the half days claimed, the sums so far."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Half

from boiduong_exporter.credit.appraisal import NOTHING, Appraisal, Appraiser, Finding, graver
from boiduong_exporter.credit.facts import Person, Term
from boiduong_exporter.credit.law import Law
from boiduong_exporter.credit.reasons import Outcome, Reason
from boiduong_exporter.credit.rules import Citation
from boiduong_exporter.credit.topics import Slot


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a person's account: the raw time, what it would be worth in full, and what became of it, in days.
    The lines' `credited` add up to the sum; `waiting` is what the line by itself would bring."""

    seq: int
    date: date
    half: Half | None
    title: str
    class_code: str
    delivery: Delivery
    minutes: int | None
    offered: Fraction
    credited: Fraction
    waiting: Fraction
    outcome: Outcome
    reason: Reason
    detail: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece that asks for (a part of) a half day."""

    seq: int
    appraisal: Appraisal
    value: Fraction
    offered: Fraction


def refuse(claim: Claim, finding: Finding) -> Claim:
    return replace(claim, appraisal=replace(claim.appraisal, finding=graver(claim.appraisal.finding, finding)))


CERTAIN = frozenset({Outcome.COUNTED})
POSSIBLE = frozenset({Outcome.COUNTED, Outcome.WAITING})
"""Which outcomes are summed: what counts today, or what would if every open decision said yes."""


def best(claims: list[Claim], accepted: frozenset[Outcome]) -> Fraction:
    """What the half day is worth: its best claim among those accepted."""
    if len(claims) == 1:  # as almost always
        (claim,) = claims
        return claim.value if claim.appraisal.finding.outcome in accepted else NOTHING
    return max((claim.value for claim in claims if claim.appraisal.finding.outcome in accepted), default=NOTHING)


@dataclass
class Account:
    """The tally while it is being made."""

    person: Person
    appraiser: Appraiser
    term: Term | None
    day: date
    reference_authority: str = ""
    lines: list[Line] = field(default_factory=list)
    slots: dict[Slot, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    used: set[str] = field(default_factory=set)
    unpassed: set[str] = field(default_factory=set)
    """Classes whose result is needed and not there."""
    _authorities: dict[date, str] = field(default_factory=dict)

    @property
    def law(self) -> Law:
        return self.appraiser.law

    def authority(self, day: date) -> str:
        """Who managed the person on `day`: the highest of several; outside all spans, the body that counts it now."""
        if day not in self._authorities:
            holding = [each.authority for each in self.person.managements if each.authority and each.span.holds(day)]
            highest = holding[0] if len(holding) == 1 else self.law.highest(holding, day)
            self._authorities[day] = highest or self.reference_authority
        return self._authorities[day]

    @property
    def is_open(self) -> bool:
        """Whether any half day waits for a decision."""
        claims = (claim.appraisal for claims in self.slots.values() for claim in claims)
        return any(Outcome.WAITING in (appraisal.finding.outcome, appraisal.room) for appraisal in claims)

    def is_inside(self, day: date) -> bool:
        return self.term is None or self.term.starts <= day <= self.term.ends
