"""The report of an organization with others under it: in all, by unit, by group and by tier, and how it came to be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Organization, Post
from boiduong_exporter.credit.verdict import Assessor, Standing, Verdict
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.trend import trend
from boiduong_exporter.reporting.unit import figures
from boiduong_exporter.reporting.walk import Walk, walk
from boiduong_exporter.reports.figures import Counting, Issuer, Part, PersonFigures, ProvinceReport
from boiduong_exporter.rulebook.read import Rules

OUTSIDE = "outside"
"""The key of those outside the regime, in groups and in tiers."""


def province_report(connection: Connection, rules: Rules, unit: str, asked: Asked) -> ProvinceReport:
    """The report of `unit` and of all under it. Everyone is read once; each person is judged on the day, and at the end
    of each earlier quarter that the trend shows."""
    read = walk(connection, rules, unit, asked)
    assessor, course, parts = Assessor(read.world, rules.rulebook), trend(read), _Parts(read)
    for who, person in read.people(course.everyone):
        course.add(who, person, assessor)
        if posts := read.now.get(who.cadre):
            verdict = assessor.verdict(person, read.day)
            course.see(verdict)
            parts.add(figures(read.world, who, posts, verdict, asked), posts)
    whole = parts.whole.summary()
    return ProvinceReport(
        _issuer(read), unit, read.basis(read.world, rules), whole, tuple(_units(read, parts)), tuple(parts.groups()),
        tuple(parts.tiers()), read.deeds(), course.points(whole), read.notes,
    )  # fmt: skip


@dataclass
class _Parts:
    """Everything that is counted of one person, at once."""

    read: Walk
    whole: Counting = field(default_factory=Counting)
    by_unit: dict[str, Counting] = field(default_factory=lambda: defaultdict(Counting))
    own: Counting = field(default_factory=Counting)
    by_group: dict[tuple[str, str], Counting] = field(default_factory=lambda: defaultdict(Counting))
    by_level: dict[str, Counting] = field(default_factory=lambda: defaultdict(Counting))

    def add(self, person: PersonFigures, posts: Iterable[Post]) -> None:
        self.whole.add(person)
        self.by_group[_group(person.verdict)].add(person)
        self.by_level[_level(person.verdict)].add(person)
        lines = [self.read.structure.line(post.organization) for post in posts]
        for code in set().union(*lines):
            self.by_unit[code].add(person)
        if any(line[0] == self.read.unit for line in lines):
            self.own.add(person)

    def groups(self) -> Iterator[Part]:
        """By id; then who has none, and who is outside the regime."""
        for code, label in sorted(self.by_group, key=lambda key: (key[0] in ("", OUTSIDE), key[0] == OUTSIDE, key)):
            yield Part(code, label, self.by_group[(code, label)].summary())

    def tiers(self) -> Iterator[Part]:
        """By level of the managing body, the highest first."""
        labels = self.read.rules.kinds.levels.labels | {"": "Chưa xác định cấp quản lý", OUTSIDE: _OUTSIDE_LABEL}
        for level, label in labels.items():
            if level in self.by_level:
                yield Part(level, label, self.by_level[level].summary())


_OUTSIDE_LABEL = "Ngoài chế độ"


def _group(verdict: Verdict) -> tuple[str, str]:
    if verdict.standing is Standing.OUTSIDE:
        return OUTSIDE, _OUTSIDE_LABEL
    group = verdict.obligation.group
    return (group.id, group.label) if group else ("", "Chưa xác định nhóm")


def _level(verdict: Verdict) -> str:
    if verdict.standing is Standing.OUTSIDE:
        return OUTSIDE
    return verdict.obligation.authority.level if verdict.obligation.authority else ""


def _units(read: Walk, parts: _Parts) -> Iterator[Part]:
    """Who has a post in the unit itself, where anybody has; then the organizations under it, each before those under
    it, in the order in which they were entered."""
    own = parts.own.summary()
    if own.people:
        yield Part(read.unit, f"Riêng {read.name} (không kể đơn vị trực thuộc)", own, 1)
    shown = _shown(read, parts)
    under: dict[str, list[str]] = defaultdict(list)
    for code in shown:
        above = read.structure.line(code)[1:]
        under[next(each for each in above if each in shown or each == read.unit)].append(code)
    yield from _tree(read, parts, under, read.unit)


def _tree(read: Walk, parts: _Parts, under: Mapping[str, list[str]], parent: str, depth: int = 1) -> Iterator[Part]:
    for code in under.get(parent, ()):
        found = read.world.organization(code, read.structure.day)
        yield Part(code, found.name if found else code, parts.by_unit[code].summary(), depth)
        yield from _tree(read, parts, under, code, depth + 1)


def _shown(read: Walk, parts: _Parts) -> list[str]:
    """The organizations under the unit that stand on the day, and those that do not, in which somebody is counted all
    the same."""
    day, line = read.structure.day, read.structure.line
    standing = {each.code for each in read.world.organizations if each.span.holds(day)}
    codes = dict.fromkeys(each.code for each in read.world.organizations)
    return [
        code
        for code in codes
        if read.unit in line(code)[1:] and line(code)[0] == code and (code in standing or code in parts.by_unit)
    ]


def _issuer(read: Walk) -> Issuer:
    """The body above is named under one heading with the issuer, so only where its own papers have the same form."""
    found = read.world.organization(read.unit, read.day)
    above = read.world.organization(found.parent, read.day) if found and found.parent else None
    form = _form(read, found)
    return Issuer(read.name, above.name if above and _form(read, above) == form else "", form)


def _form(read: Walk, found: Organization | None) -> str:
    return read.rules.kinds.forms.get(found.kind, "state") if found else "state"
