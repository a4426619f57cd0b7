"""Rules as values: what the documents say, each figure with the words it rests on, and how open points are read."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Status(StrEnum):
    """How firmly a rule stands."""

    TEXT = "text"
    READING = "reading"
    ASSUMPTION = "assumption"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.TEXT: "văn bản nói rõ",
    Status.READING: "cách hiểu",
    Status.ASSUMPTION: "tạm xác định",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """The words a figure rests on. `clause` is empty where the article itself was not read."""

    document: str
    quote: str
    source: str
    clause: str = ""
    status: Status = Status.TEXT
    basis: str = ""

    @property
    def where(self) -> str:
        return self.clause or "chưa đối chiếu số điều, khoản"


class Form(StrEnum):
    IN_PERSON = "in_person"
    BLENDED = "blended"

    @property
    def label(self) -> str:
        return {Form.IN_PERSON: "trực tiếp", Form.BLENDED: "trực tiếp kết hợp trực tuyến"}[self]


@dataclass(frozen=True, slots=True)
class Group:
    """Who belongs to a group (`managed_by`: kinds of managing body) and the least days of a term; None where another
    document decides."""

    id: str
    label: str
    managed_by: frozenset[str]
    minimum_days: Fraction | None
    minimum_in_person_days: Fraction | None
    decided_by: str
    definition: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class FormRule:
    allowed: frozenset[Form]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of training that a document names. `may_be_decided`: a competent body may rule otherwise, session by
    session."""

    id: str
    label: str
    citation: Citation
    may_be_decided: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document says beside the count (timing, lead body): reports print it, nothing is counted from it."""

    about: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Authority:
    """Who plans, orients, appraises, organises or supervises, for which groups and levels (empty: all)."""

    duty: str
    body: str
    groups: tuple[str, ...]
    levels: tuple[str, ...]
    starts: date | None
    ends: date | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Reporting:
    """To whom a report goes, and by when."""

    to: str
    due: str
    citation: Citation


@dataclass(frozen=True)
class RuleSet:
    """One document. An empty `scope` holds everywhere, else for the organizations named and all under them.
    `version` is the beginning of the file's digest."""

    number: str
    issuer: str
    title: str
    issued: date
    in_force: date
    ends: date | None
    after: str
    scheme: str
    scope: tuple[str, ...]
    implements: str
    source: str
    groups: tuple[Group, ...]
    form: FormRule | None
    covered: tuple[Kind, ...]
    excluded: tuple[Kind, ...]
    printed: tuple[Printed, ...]
    authority: tuple[Authority, ...]
    reporting: tuple[Reporting, ...]
    version: str

    def holds(self, day: date) -> bool:
        return self.in_force <= day and (self.ends is None or day <= self.ends)

    @property
    def is_central(self) -> bool:
        return not self.scope

    def group(self, id_: str) -> Group | None:
        return next((group for group in self.groups if group.id == id_), None)


@dataclass(frozen=True, slots=True)
class Conversion:
    """How periods (tiết) become days."""

    periods_per_day: int
    minutes_per_period: int
    statement: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One point that the text leaves open, and how it is read. `said` is the value in words."""

    key: str
    title: str
    said: str
    alternatives: tuple[str, ...]
    basis: str
    status: Status
    decided_by: str


@dataclass(frozen=True)
class Readings:
    """The values of all readings, typed; `entries` says them to people. Times of day are minutes after midnight."""

    self_paced_needs: str | Fraction
    online_credit: str
    topic_repeat: str
    cap: str
    result_required: bool
    pass_score: Fraction
    offline_claimed: str
    kinds_not_listed: str
    whole_from: Fraction
    below: str
    bridge_form: str
    rule_at: str
    term_of: str
    running_term_2024: str
    group_change: str
    several_posts: str
    pro_rata: str
    at_risk_from: Fraction
    display_step: Fraction
    retention_years: int
    afternoon_from: int
    evening_from: int
    raw_months: int
    entries: tuple[Reading, ...]

    def said(self, keys: frozenset[str]) -> tuple[Reading, ...]:
        """Those of `keys` that do not stand in the text, in the order of the file."""
        return tuple(entry for entry in self.entries if entry.key in keys and entry.status is not Status.TEXT)


@dataclass(frozen=True)
class Rulebook:
    """All documents, how they are read, and how periods convert."""

    rulesets: tuple[RuleSet, ...]
    readings: Readings
    conversion: Conversion
    kinds: dict[str, str]
    """The label of each kind of class."""
    version: str

    def central(self, day: date) -> RuleSet | None:
        """The central regulation in force on `day`."""
        return next((each for each in self.rulesets if each.is_central and each.holds(day)), None)
