"""A unit's people, a page at a time: names first, verdicts only for those on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reporting.members import Member, Membership, Roll, figures_of, members, membership
from boiduong_exporter.reports.figures import PersonFigures
from boiduong_vocabulary.vietnamese import name_order
from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.scope import Scope, scope_of
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.places import OVERSEERS
from boiduong_server.desk.words import figure
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.house import House

BLUEPRINT = Blueprint("unit", __name__)
PAGE = 50
SEARCHED = 400
"""People whose verdicts one request for a standing looks at: the next goes on from there."""
_AT_A_TIME = 100
_FIRST, _SAID, _STANDING = "tu", "tim", "tinh-trang"


@dataclass(frozen=True)
class Row:
    subject: str
    figures: PersonFigures
    step: Fraction

    @property
    def required(self) -> str:
        return figure(self.figures.verdict.required, self.step)

    @property
    def credited(self) -> str:
        return figure(self.figures.verdict.credited, self.step)

    @property
    def shortfall(self) -> str:
        return figure(self.figures.verdict.shortfall, self.step, up=True)

    @property
    def standing(self) -> Standing:
        return self.figures.verdict.standing


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for: who by name or code, which standing, from which place on (0 is the first)."""

    said: str = ""
    standing: Standing | None = None
    first: int = 0

    def query(self, first: int) -> str:
        """The address of the same list from another place on."""
        pairs = {_SAID: self.said, _STANDING: self.standing and self.standing.value, _FIRST: first or None}
        return f"?{urlencode({key: value for key, value in pairs.items() if value})}"


@dataclass(frozen=True)
class Listing:
    """One page. `people` are in the unit, `found` are those whom the search means; `looked` are those of them, from the
    page's first place on, whose verdicts were looked at. `parts` are units right under it: code, name, people."""

    code: str
    name: str
    trail: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str, int], ...]
    people: int
    found: int
    wanted: Wanted
    rows: tuple[Row, ...]
    looked: int

    @property
    def last(self) -> int:
        return self.wanted.first + self.looked

    @property
    def next(self) -> str:
        return self.wanted.query(self.last) if self.last < self.found else ""

    @property
    def previous(self) -> str:
        """A page back; where a standing is asked for, nobody knows where that begins: the beginning."""
        if not self.wanted.first:
            return ""
        return self.wanted.query(0 if self.wanted.standing else max(self.wanted.first - PAGE, 0))


@BLUEPRINT.get("/don-vi")
@allow(*OVERSEERS)
def units() -> Response | str:
    """The units that one may see; of a single one, its page."""
    with house().books.reading() as books:
        world = shared(books, house())
    found = units_of(account(), world)
    if len(found) == 1:
        return redirect(url_for("unit.unit", code=found[0]), 303)
    return render_template("unit/units.html", units=found, world=world)


@BLUEPRINT.get("/don-vi/<path:code>")
@allow(*OVERSEERS)
def unit(code: str) -> str:
    with house().books.reading() as books:
        world = shared(books, house())
        if not (world.structure.line(code) and _scope(books, account()).opens(code)):
            abort(404)
        view = listing(books, house(), world, code, account())
    return render_template("unit/unit.html", view=view, standings=list(Standing))


def units_of(who: Account, world: Shared) -> list[str]:
    """The codes of the units that were granted to someone who oversees, those that lie under another left out; for
    whom everything was granted to, the organizations that nothing stands above."""
    granted = who.organizations(*OVERSEERS)
    known = {each.code for each in world.world.organizations}
    chosen = {code for code in known if not world.structure.line(code)[1:]} if "" in granted else granted & known
    line = world.structure.line
    top = {code for code in chosen if not chosen & set(line(code)[1:])}
    return sorted(top, key=lambda code: name_order(world.name_of(code)))


def _scope(books: Connection, who: Account) -> Scope:
    return scope_of(books, who, house().today, OVERSEERS)


def listing(books: Connection, at: House, world: Shared, code: str, who: Account) -> Listing:
    """The page of the unit's list that the address asks for."""
    wanted = _wanted(request.args)
    there = membership(books, world.structure, code, world.day)
    found = members(books, there.cadres, wanted.said)
    looked, rows = _rows(books, at, world, found, wanted)
    return Listing(
        code, world.name_of(code), tuple(_trail(_scope(books, who), world, code)), tuple(_parts(there, world)),
        len(there.cadres), len(found.people), wanted, tuple(rows), looked,
    )  # fmt: skip


def _wanted(asked: Any) -> Wanted:
    standing, first = asked.get(_STANDING, ""), asked.get(_FIRST, "")
    chosen = Standing(standing) if standing in set(Standing) else None
    return Wanted(asked.get(_SAID, "").strip()[:100], chosen, int(first) if first.isdecimal() and len(first) < 9 else 0)


def _trail(scope: Scope, world: Shared, code: str) -> Iterator[tuple[str, str]]:
    """The organizations above that one may see too, highest first."""
    for above in reversed(world.structure.line(code)[1:]):
        if scope.opens(above):
            yield above, world.name_of(above)


def _parts(there: Membership, world: Shared) -> Iterator[tuple[str, str, int]]:
    """In the order in which they were entered, as in reports."""
    counts = there.by_part()
    for code in dict.fromkeys(each.code for each in world.world.organizations):
        if code in counts:
            yield code, world.name_of(code), counts[code]


def _rows(books: Connection, at: House, world: Shared, found: Roll, wanted: Wanted) -> tuple[int, list[Row]]:
    """How many were looked at, and the rows of those who have the standing that is asked for."""
    if wanted.standing is None:
        some = found.part(wanted.first, PAGE)
        return len(some), list(_told(books, at, world, some))
    rows: list[Row] = []
    looked = 0
    while looked < SEARCHED and len(rows) < PAGE:
        some = found.part(wanted.first + looked, _AT_A_TIME)
        for row in _told(books, at, world, some):
            looked += 1
            if row.standing is wanted.standing:
                rows.append(row)
            if len(rows) == PAGE:
                break
        if len(some) < _AT_A_TIME:
            break
    return looked, rows


def _told(books: Connection, at: House, world: Shared, some: Sequence[Member]) -> Iterator[Row]:
    step = at.rules.rulebook.readings.display_step
    told = figures_of(books, at.rules, world.world, [each.cadre for each in some], world.asked)
    yield from (Row(subject, figures, step) for subject, figures in told)
