"""The verdict on one cadre at a date: what is owed, what counts, what is missing, and why. Pure: the same facts, rules
and date give the same verdict, in whatever order the evidence came."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache, partial

from boiduong_vocabulary.catalog import Delivery

from boiduong_exporter.credit.appraisal import NOTHING, Appraiser
from boiduong_exporter.credit.counted import Tally, tally
from boiduong_exporter.credit.facts import Person, World
from boiduong_exporter.credit.law import Law
from boiduong_exporter.credit.required import DECIDING, Obligation, State, obligation
from boiduong_exporter.credit.rules import Rulebook


class Standing(StrEnum):
    """How a cadre stands against the days owed."""

    ENOUGH = "enough"
    SHORT = "short"
    AT_RISK = "at_risk"
    WAITING = "waiting"
    MISSED = "missed"
    EXEMPT = "exempt"
    OUTSIDE = "outside"
    UNDETERMINED = "undetermined"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Standing.ENOUGH: "đủ",
    Standing.SHORT: "còn thiếu",
    Standing.AT_RISK: "có khả năng chưa đủ",
    Standing.WAITING: "chờ quyết định",
    Standing.MISSED: "chưa đủ",
    Standing.EXEMPT: "được miễn",
    Standing.OUTSIDE: "ngoài chế độ",
    Standing.UNDETERMINED: "chưa xác định",
}

OWING = frozenset({Standing.ENOUGH, Standing.SHORT, Standing.AT_RISK, Standing.WAITING, Standing.MISSED})
"""Those who owe days: the denominator of every rate."""


@dataclass(frozen=True)
class Verdict:
    """`shortfall` is None where nothing can be owed or the number is open. `readings` are the keys of all readings
    that had a part in it."""

    obligation: Obligation
    tally: Tally
    standing: Standing
    shortfall: Fraction | None
    readings: frozenset[str]

    @property
    def waiting(self) -> Fraction:
        """Days that a decision is open on: whether they count or, of those that count, whether they are in person."""
        return self.tally.waiting + self.room_open

    @property
    def room_open(self) -> Fraction:
        """Days that count already, and wait for whether they are in person; none where no rule wants those."""
        return self.tally.room_open if self.obligation.in_person else NOTHING

    @property
    def in_person_missing(self) -> Fraction:
        return max(self.obligation.in_person - self.tally.in_person, NOTHING)

    @property
    def required(self) -> Fraction | None:
        return self.obligation.required

    @property
    def credited(self) -> Fraction:
        return self.tally.credited


class Assessor:
    """Verdicts over one world and one rulebook."""

    def __init__(self, world: World, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.law = Law(world, rulebook)
        self._appraiser = Appraiser(self.law)
        self._obligation = lru_cache(maxsize=4_096)(partial(obligation, self.law))

    def verdict(self, person: Person, as_of: date) -> Verdict:
        """The verdict on `person`. What is owed is remembered by what it follows from: most cadres owe alike."""
        deciding = tuple(piece for piece in person.pieces if isinstance(piece.evidence, DECIDING))
        owed = self._obligation(Person(person.posts, person.managements, deciding), as_of)
        done = tally(person, self._appraiser, owed.term, as_of, owed.authority.code if owed.authority else "")
        used = owed.readings | done.readings | self._of_bridges(owed, done)
        if owed.state is not State.OWED or owed.required is None or owed.term is None:
            return Verdict(owed, done, Standing(owed.state.value), None, used)
        short = _short(owed, done.credited, done.in_person)
        if not short:
            return Verdict(owed, done, Standing.ENOUGH, NOTHING, used)
        standing = self._standing(owed, done)
        return Verdict(owed, done, standing, short, used | {"at_risk"})

    def _of_bridges(self, owed: Obligation, done: Tally) -> frozenset[str]:
        """How bridges are read had a part where days in person are wanted, or where it makes them so."""
        bridged = any(line.delivery is Delivery.BRIDGE and line.credited for line in done.lines)
        plays = owed.in_person or self.rulebook.readings.bridge_form == "in_person"
        return frozenset({"bridge_form"} if bridged and plays else ())

    def _standing(self, owed: Obligation, done: Tally) -> Standing:
        """What a shortfall means on the day: waiting for a decision, running, at risk, or over."""
        assert owed.term is not None
        assert owed.required
        if not _short(owed, done.credited + done.waiting, done.in_person + done.in_person_waiting):
            return Standing.WAITING
        if owed.reference >= owed.term.ends:
            return Standing.MISSED
        elapsed = Fraction((owed.reference - owed.term.starts).days + 1, owed.term.days)
        rooms = done.in_person / owed.in_person if owed.in_person else Fraction(1)
        behind = min(done.credited / owed.required, rooms) < elapsed
        return Standing.AT_RISK if behind and elapsed >= self.rulebook.readings.at_risk_from else Standing.SHORT


def _short(owed: Obligation, credited: Fraction, in_person: Fraction) -> Fraction:
    """Days still missing: of all, or of those in person, whichever is more."""
    return max((owed.required or NOTHING) - credited, owed.in_person - in_person, NOTHING)
