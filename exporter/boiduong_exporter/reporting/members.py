"""A unit's people as a list to leaf through: their names first, verdicts only for those who are looked at."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from boiduong_records.chunks import chunks
from boiduong_records.merging import roots
from boiduong_records.tables import CADRE, IDENTITY, POST
from boiduong_records.versions import current
from boiduong_vocabulary.vietnamese import fold, name_order, nfc, unmarked
from sqlalchemy import Connection, or_, select

from boiduong_exporter.credit.facts import World
from boiduong_exporter.credit.verdict import Assessor
from boiduong_exporter.gathering.people import ERASED, some, with_evidence
from boiduong_exporter.gathering.structure import Structure
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.unit import figures
from boiduong_exporter.reports.figures import PersonFigures
from boiduong_exporter.rulebook.read import Rules


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who holds a post in the unit or under it; `cadre` is the file that counts after merging."""

    cadre: int
    code: str
    name: str


def meant(said: str) -> Callable[[Member], bool]:
    """Whom `said` may mean: whose name holds it, or whose code begins with it. What is typed without marks finds names
    with them."""
    wanted, code = fold(said), said.strip().casefold()
    spell = unmarked if wanted == unmarked(wanted) else str
    return lambda each: wanted in spell(fold(each.name)) or each.code.casefold().startswith(code)


@dataclass(frozen=True)
class Membership:
    """Who holds a post where under a unit: the organizations of each person, all of them under the unit."""

    structure: Structure
    unit: str
    places: dict[int, frozenset[str]]

    @property
    def cadres(self) -> Collection[int]:
        return self.places.keys()

    def by_part(self) -> dict[str, int]:
        """How many people stand in each organization right under the unit, or below it. People with posts in two of
        them are in both."""
        found = Counter(part for places in self.places.values() for part in {*map(self._part, places)} if part)
        return dict(found)

    def _part(self, organization: str) -> str:
        line = self.structure.line(organization)
        place = line.index(self.unit)
        return line[place - 1] if place else ""


def membership(connection: Connection, structure: Structure, unit: str, day: date) -> Membership:
    """Who holds a post in the unit or under it on the day."""
    under = structure.all_under(unit)
    root = roots(connection)
    found: dict[int, set[str]] = {}
    held = select(POST.c.cadre, POST.c.organization).where(
        current(POST),
        or_(POST.c.valid_from.is_(None), POST.c.valid_from <= day),
        or_(POST.c.valid_to.is_(None), POST.c.valid_to >= day),
    )
    for some_codes in chunks(under):
        for cadre, organization in connection.execute(held.where(POST.c.organization.in_(some_codes))):
            found.setdefault(root.get(cadre, cadre), set()).add(organization)
    return Membership(structure, unit, {cadre: frozenset(places) for cadre, places in found.items()})


@dataclass(frozen=True)
class Roll:
    """People in the order of Vietnamese names. Of a whole province only those are put in order who share a given name
    with the page that is asked for."""

    people: Sequence[Member]

    def part(self, first: int, count: int) -> list[Member]:
        """At most `count` people from place `first` on; the first place is 0."""
        found: list[Member] = []
        for namesakes in self._by_given_name:
            if not found and len(namesakes) <= first:
                first -= len(namesakes)
                continue
            found += sorted(namesakes, key=lambda each: (name_order(each.name), each.code, each.cadre))
            if len(found) >= first + count:
                break
        return found[first : first + count]

    @cached_property
    def _by_given_name(self) -> list[list[Member]]:
        """A list begins with the given name, which stands last in a name."""
        spelled: dict[str, list[Member]] = defaultdict(list)
        for each in self.people:
            spelled[each.name.rpartition(" ")[2]].append(each)
        alike: dict[Any, list[Member]] = defaultdict(list)
        for given, namesakes in spelled.items():
            alike[name_order(given)] += namesakes
        return [alike[given] for given in sorted(alike)]


def members(connection: Connection, cadres: Collection[int], said: str = "") -> Roll:
    """These people; of them those whom `said` may mean, where something is said."""
    code, name, _ = ERASED
    named = dict.fromkeys(cadres, (code, name))
    rows = select(IDENTITY.c.cadre, IDENTITY.c.code, IDENTITY.c.name).where(current(IDENTITY))
    for piece in chunks(sorted(cadres)):
        for cadre, own_code, own_name in connection.execute(rows.where(IDENTITY.c.cadre.in_(piece))):
            named[cadre] = (own_code, own_name)
    found = [Member(cadre, *said_of) for cadre, said_of in named.items()]
    return Roll(list(filter(meant(said), found)) if said.strip() else found)


def figures_of(
    connection: Connection, rules: Rules, world: World, cadres: Sequence[int], asked: Asked
) -> Iterator[tuple[str, PersonFigures]]:
    """The ledger's key of each of these people and their figures on the day, in the order given."""
    assessor, day = Assessor(world, rules.rulebook), asked.period.as_of
    place = {cadre: number for number, cadre in enumerate(cadres)}
    people = sorted(some(connection, cadres, asked.at_seq), key=lambda who: place[who.cadre])
    for who, person in with_evidence(connection, people, asked.at_seq):
        yield who.subjects[0], figures(world, who, who.posts_on(day), assessor.verdict(person, day), asked)


def cadre_of(connection: Connection, subject: str) -> int | None:
    """Whose key of the ledger it is: the file that counts after merging; None for a key that nobody has."""
    cadre = connection.execute(select(CADRE.c.cadre).where(CADRE.c.subject == subject)).scalar_one_or_none()
    return None if cadre is None else roots(connection).get(cadre, cadre)


def cadre_with(connection: Connection, code: str) -> int | None:
    """Who has this code: the file that counts after merging; None where nobody has it, or several people do."""
    rows = select(IDENTITY.c.cadre).where(current(IDENTITY), IDENTITY.c.code == nfc(code).strip())
    root = roots(connection)
    found = {root.get(cadre, cadre) for cadre in connection.execute(rows).scalars()} if code.strip() else set()
    return found.pop() if len(found) == 1 else None
