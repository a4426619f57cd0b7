"""What reports are made from: figures handed in, and pure sums over them. Nothing here queries or reads a clock."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.facts import Term
from boiduong_exporter.credit.rules import Conversion, Reading, RuleSet
from boiduong_exporter.credit.verdict import OWING, Standing, Verdict
from boiduong_exporter.reports.attended import Attended, attended


@dataclass(frozen=True)
class Basis:
    """What a report rests on. `head` is the ledger's head ("1204:9f3a5c1e…"), `period` names it where `as_of` ends one
    ("Quý III năm 2026"), `structure` says whose organizations are shown: those of "today" or of the "period".
    `readings` are those that were used and do not stand in the text. `levels` are the labels of the levels of
    organizations, by id. `notice` stands on every page of what is made from sample books."""

    head: str
    as_of: date
    period: str
    documents: tuple[RuleSet, ...]
    readings: tuple[Reading, ...]
    conversion: Conversion
    structure: str
    rulebook_version: str
    software: str
    display_step: Fraction = Fraction(1, 10)
    levels: Mapping[str, str] = field(default_factory=dict, hash=False)
    notice: str = ""

    @property
    def mark(self) -> str:
        """Mã đối chiếu: the eight characters of the head that are printed on every page."""
        return self.head.rpartition(":")[2][:8]

    @property
    def entry(self) -> str:
        """The number of the ledger's last entry, the other part of the head."""
        return self.head.rpartition(":")[0]

    @property
    def program(self) -> str:
        return f"phiên bản {self.software}"

    @property
    def when(self) -> str:
        """ "Quý III năm 2026, tính đến ngày 30/09/2026", or the date alone."""
        day = f"tính đến ngày {show_date(self.as_of)}"
        return f"{self.period}, {day}" if self.period else day.capitalize()

    @property
    def organizations(self) -> str:
        return {"today": "theo tổ chức hiện nay", "period": "theo tổ chức của kỳ báo cáo"}[self.structure]


@dataclass(frozen=True)
class PersonFigures:
    """One person as a report shows them. `birth` is an ISO date, a year, or empty; a post is one text ("Bí thư Đảng ủy
    – Đảng ủy xã A")."""

    code: str
    name: str
    birth: str
    posts: tuple[str, ...]
    unit: str
    verdict: Verdict

    @cached_property
    def attended(self) -> Attended:
        return attended(self.verdict)

    @property
    def held(self) -> tuple[str, ...]:
        """Posts, each once: of merged persons some come twice."""
        return tuple(dict.fromkeys(self.posts))

    @property
    def titles(self) -> tuple[str, ...]:
        """Posts as they stand beside the unit, without its name."""
        return tuple(dict.fromkeys(post.removesuffix(f" – {self.unit}") for post in self.posts))

    @property
    def born(self) -> date | str:
        """A date where the day is known."""
        return date.fromisoformat(self.birth) if len(self.birth) == 10 else self.birth


@dataclass(frozen=True)
class YearRow:
    """The classes of one year, scheme, audience and kind. People cannot be added up over rows, attendances can."""

    year: int
    scheme: str
    audience: str
    kind_label: str
    classes: int
    attendances: int
    people: int


@dataclass(frozen=True)
class PlanRow:
    """One line of the plan, and what became of it. Only approved lines are the plan: none other is in its sums."""

    number: str
    audience: str
    state: str
    lead: str
    planned_classes: int
    done_classes: int
    planned_people: int
    done_people: int
    document: str
    approved: bool


@dataclass(frozen=True)
class Deeds:
    """What a unit did: its classes by year, `people` in all of them (each once), and its plan beside what was done."""

    years: tuple[YearRow, ...] = ()
    people: int = 0
    plan: tuple[PlanRow, ...] = ()

    @property
    def approved(self) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.plan if row.approved)


@dataclass(frozen=True)
class UnitReport:
    """A unit's report. `people` are in the order they are printed in, and are read once; what the unit did is known
    when the last of them was read, and asked for then."""

    unit_name: str
    unit_code: str
    basis: Basis
    people: Iterable[PersonFigures]
    deeds: Callable[[], Deeds] = Deeds
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportedTime:
    """What a package said of its own time in one topic up to `day`, in whole minutes, beside what the study clock
    measured there. It is told and never added."""

    title: str
    system: str
    day: date
    minutes: int
    measured_minutes: int

    @property
    def said(self) -> str:
        return (
            f"«{self.title}»: gói bài tự báo {self.minutes} phút ({self.system}, đến {show_date(self.day)}); "
            f"đồng hồ học đo được {self.measured_minutes} phút"
        )


REPORTED_TITLE = "Thời gian do gói bài tự báo, không cộng vào số ngày"


@dataclass(frozen=True)
class PersonReport:
    person: PersonFigures
    basis: Basis
    reported: tuple[ReportedTime, ...] = ()


@dataclass(frozen=True)
class TermCount:
    """The people of one term: all, those who owe days, and who of them has enough."""

    name: str
    starts: date
    ends: date
    people: int
    owing: int
    enough: int


@dataclass(frozen=True)
class UnitSummary:
    """People by standing and by their own term; attendances (a person in a class) and events (classes) stand apart
    from people, and are of those whose term is known, within it."""

    standings: tuple[tuple[Standing, int], ...]
    attendances: int
    events: int
    terms: tuple[TermCount, ...] = ()

    @cached_property
    def people(self) -> int:
        return sum(count for _, count in self.standings)

    @cached_property
    def owing(self) -> int:
        """The denominator: only those who owe days."""
        return sum(count for standing, count in self.standings if standing in OWING)

    @cached_property
    def enough(self) -> int:
        return dict(self.standings)[Standing.ENOUGH]

    @property
    def undetermined(self) -> int:
        return dict(self.standings)[Standing.UNDETERMINED]

    @property
    def rate(self) -> Fraction | None:
        """None where nobody owes days."""
        return Fraction(self.enough, self.owing) if self.owing else None


@dataclass(frozen=True)
class Part:
    """One row of a breakdown: an organization with all under it (`depth` below the report's own), a group, a tier."""

    code: str
    name: str
    summary: UnitSummary
    depth: int = 0


@dataclass(frozen=True)
class TrendPoint:
    """How many owed days at the end of a quarter ("Quý III năm 2026"), and who of them had enough; and for how many
    nobody could say what they owed, so that they are in no denominator."""

    name: str
    as_of: date
    owing: int
    enough: int
    undetermined: int

    @property
    def rate(self) -> Fraction | None:
        """None where nobody owed days."""
        return Fraction(self.enough, self.owing) if self.owing else None


@dataclass(frozen=True)
class Issuer:
    """Who issues a paper: its name, the body above it (empty at the top, and where that body's papers have the other
    form), and whether its papers have the Party's form or the State's ("party", "state")."""

    name: str
    superior: str
    form: str


@dataclass(frozen=True)
class ProvinceReport:
    """The figures of a province, or of any organization with others under it. People with posts in two units stand in
    both rows of `units`, once in `whole`; groups and tiers add up to `whole`."""

    issuer: Issuer
    unit_code: str
    basis: Basis
    whole: UnitSummary
    units: tuple[Part, ...]
    groups: tuple[Part, ...]
    tiers: tuple[Part, ...]
    deeds: Deeds = field(default_factory=Deeds)
    trend: tuple[TrendPoint, ...] = ()
    notes: tuple[str, ...] = ()


RATE_COUNTS = "người đủ số ngày / người phải bồi dưỡng"
"""What the rate's numerator and denominator are."""


@dataclass
class Counting:
    """A unit's summary while its people stream by, one at a time."""

    standings: Counter[Standing] = field(default_factory=Counter)
    attendances: int = 0
    classes: set[str] = field(default_factory=set)
    terms: Counter[tuple[Term, Standing]] = field(default_factory=Counter)

    def add(self, person: PersonFigures) -> None:
        self.standings[person.verdict.standing] += 1
        if term := person.verdict.obligation.term:
            self.terms[(replace(term, organization=""), person.verdict.standing)] += 1
            self.attendances += len(person.attended.classes)
            self.classes |= person.attended.classes

    def summary(self) -> UnitSummary:
        counts = tuple((standing, self.standings[standing]) for standing in Standing)
        return UnitSummary(counts, self.attendances, len(self.classes), tuple(self._by_term()))

    def _by_term(self) -> Iterator[TermCount]:
        """Terms of the same name and days are one, whosever they are."""
        for term in sorted({term for term, _ in self.terms}, key=lambda each: (each.starts, each.ends, each.name)):
            found = {standing: count for (of, standing), count in self.terms.items() if of == term}
            owing = sum(count for standing, count in found.items() if standing in OWING)
            enough = found.get(Standing.ENOUGH, 0)
            yield TermCount(term.name, term.starts, term.ends, sum(found.values()), owing, enough)
