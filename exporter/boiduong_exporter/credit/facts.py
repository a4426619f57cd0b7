"""What credit is counted from: one person's facts, and the world they share. Plain values, made by whoever reads the
books. Dates are local days; a span without an end is open."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Evidence, Half, Question, Ruling

HALF_DAY = Fraction(1, 2)
"""What a half-day session is worth where the deciding document states days."""


@dataclass(frozen=True, slots=True)
class Span:
    """Both days belong to it; None is open."""

    starts: date | None
    ends: date | None

    def holds(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def within(self, starts: date, ends: date) -> tuple[date, date] | None:
        """The part of this span inside `starts`..`ends`, or None."""
        first, last = max(self.starts or starts, starts), min(self.ends or ends, ends)
        return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class Post:
    title: str
    organization: str
    span: Span


@dataclass(frozen=True, slots=True)
class Management:
    """Which organization manages a cadre. An empty `authority` says that the person stands outside the regime."""

    authority: str
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of the ledger that is evidence."""

    seq: int
    evidence: Evidence


@dataclass(frozen=True)
class Person:
    posts: tuple[Post, ...]
    managements: tuple[Management, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """One state of an organization. `kind` and `level` are ids of the register of kinds."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    span: Span


@dataclass(frozen=True, slots=True)
class Term:
    organization: str
    name: str
    starts: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1


@dataclass(frozen=True, slots=True)
class Session:
    """A half day of a class. `starts`, `ends`: minutes after midnight; None where the class did not say."""

    date: date
    half: Half
    delivery: Delivery
    starts: int | None = None
    ends: int | None = None
    periods: int | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassTopic:
    """A topic as the class fixed it at opening; `self_paced` where its learners study it on the system."""

    topic: str
    title: str
    edition: str
    periods: int
    self_paced: bool


@dataclass(frozen=True)
class TrainingClass:
    """A class as decided. Its deciding document states `days`, or `periods`, or (before 2024) neither."""

    code: str
    name: str
    kind: str
    scheme: str
    document: str
    days: Fraction | None
    periods: int | None
    sessions: tuple[Session, ...]
    topics: tuple[ClassTopic, ...] = ()

    @cached_property
    def session_at(self) -> dict[tuple[date, Half], Session]:
        return {(session.date, session.half): session for session in self.sessions}

    @cached_property
    def topic_of(self) -> dict[str, ClassTopic]:
        return {topic.topic: topic for topic in self.topics}

    @cached_property
    def self_paced_periods(self) -> int:
        """Of all topics that are studied alone."""
        return sum(topic.periods for topic in self.topics if topic.self_paced)


def _beginning(state: Organization) -> date:
    return state.span.starts or date.min


@dataclass(frozen=True)
class World:
    """What all persons share."""

    organizations: tuple[Organization, ...]
    terms: tuple[Term, ...]
    classes: dict[str, TrainingClass]
    rulings: tuple[Ruling, ...] = ()
    authority_kinds: dict[str, str] = field(default_factory=dict)
    """From an organization's kind to what the regulation calls such a managing body."""
    levels: tuple[str, ...] = ()
    """Highest first."""

    @cached_property
    def _states(self) -> dict[str, tuple[Organization, ...]]:
        states: dict[str, list[Organization]] = {}
        for organization in self.organizations:
            states.setdefault(organization.code, []).append(organization)
        return {code: tuple(sorted(found, key=_beginning)) for code, found in states.items()}

    def organization(self, code: str, day: date) -> Organization | None:
        """The organization as it stood on `day`: else as it last stood before, else as it first stood."""
        states = self._states.get(code, ())
        holding = next((state for state in states if state.span.holds(day)), None)
        earlier = [state for state in states if _beginning(state) <= day]
        return holding or (earlier[-1] if earlier else next(iter(states), None))

    def lineage(self, code: str, day: date) -> tuple[Organization, ...]:
        """The organization and those above it on `day`, nearest first."""
        line: list[Organization] = []
        seen: set[str] = set()
        while code and code not in seen and (found := self.organization(code, day)):
            line.append(found)
            seen.add(code)
            code = found.parent
        return tuple(line)

    @cached_property
    def _terms(self) -> dict[str, tuple[Term, ...]]:
        terms: dict[str, list[Term]] = {}
        for term in self.terms:
            terms.setdefault(term.organization, []).append(term)
        return {code: tuple(found) for code, found in terms.items()}

    def term(self, code: str, day: date) -> Term | None:
        """The term that holds `day` of the organization, or of the nearest one above it that has terms."""
        for organization in self.lineage(code, day):
            for term in self._terms.get(organization.code, ()):
                if term.starts <= day <= term.ends:
                    return term
        return None

    @cached_property
    def _rulings(self) -> dict[tuple[str, Question], tuple[Ruling, ...]]:
        rulings: dict[tuple[str, Question], list[Ruling]] = {}
        for ruling in self.rulings:
            rulings.setdefault((ruling.class_code, ruling.question), []).append(ruling)
        return {key: tuple(found) for key, found in rulings.items()}

    def ruling(self, class_code: str, question: Question, day: date | None, half: Half | None) -> Ruling | None:
        """The latest ruling on that very session, else on the class."""
        found = self._rulings.get((class_code, question), ())
        of_session = [
            each for each in found if each.session_date and (each.session_date, each.session_half) == (day, half)
        ]
        of_class = [each for each in found if each.session_date is None]
        fitting = of_session or of_class
        return fitting[-1] if fitting else None
