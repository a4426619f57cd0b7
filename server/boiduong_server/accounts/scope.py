"""Whom an account may see: oneself, and the people of the organizations that were granted, by the books' structure of
the day.

A person belongs where they hold a post on the day, and to the body that manages them. What ended by merger counts with
its successor, so the successor's officers see its people; a grant on a body that has ended opens that body alone, never
what it was merged into.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from boiduong_exporter.credit.facts import Organization, Span, World
from boiduong_exporter.gathering.structure import Structure, of_today
from boiduong_records.chunks import chunks
from boiduong_records.ledger import head
from boiduong_records.merging import people_of, roots
from boiduong_records.tables import MANAGEMENT, ORGANIZATION, POST
from boiduong_records.versions import contents, current
from sqlalchemy import ColumnElement, Connection, Table, or_, select

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.naming import code_of, searched
from boiduong_server.accounts.roles import Role

EVERYWHERE = ""
_latest: dict[str, tuple[tuple[str, date], Structure]] = {}
"""Of each books the structure read last, with the head and the day that it is of."""


@dataclass(frozen=True)
class Scope:
    """Asks the books by `connection`, as long as that is open. `granted` are codes; the empty one is everywhere."""

    connection: Connection
    structure: Structure
    day: date
    granted: frozenset[str]
    own: int | None = None

    @property
    def is_everywhere(self) -> bool:
        return EVERYWHERE in self.granted

    @cached_property
    def organizations(self) -> frozenset[str]:
        """Every organization at or below the grants, those that ended before the day included."""
        return frozenset(each.code for each in self.structure.world.organizations if self.opens(each.code))

    def opens(self, organization: str) -> bool:
        """Whether the organization is one of the granted, or stands below one."""
        return self.is_everywhere or not self.granted.isdisjoint((organization, *self.structure.line(organization)))

    def named(self, text: str) -> list[Organization]:
        """The organizations of the scope with this code or, else, this name, as they stand on the day."""
        found = [each for each in self.standing() if code_of(each.code) == code_of(text)]
        return found or [each for each in self.standing() if searched(each.name) == searched(text)]

    def standing(self) -> list[Organization]:
        """The organizations of the scope that exist on the day, in the order of the books."""
        return [
            each
            for each in self.structure.world.organizations
            if each.span.holds(self.day) and each.code in self.organizations
        ]

    def name_of(self, organization: str) -> str:
        """What the organization is called on the day; its code where the books do not know it."""
        found = self.structure.world.organization(organization, self.day)
        return found.name if found else organization

    def holds(self, cadre: int) -> bool:
        """Whether this person may be seen. Asks for the one person's rows alone."""
        root = roots(self.connection).get(cadre, cadre)
        if self.own is not None and root == roots(self.connection).get(self.own, self.own):
            return True
        if not self.granted:
            return False
        return self.is_everywhere or any(map(self.opens, self._organizations_of(people_of(self.connection, root))))

    def _organizations_of(self, cadres: Iterable[int]) -> set[str]:
        found: set[str] = set()
        for table, column in ((POST, POST.c.organization), (MANAGEMENT, MANAGEMENT.c.authority)):
            query = select(column).where(table.c.cadre.in_(list(cadres)), current(table), _lives(table, self.day))
            found |= set(self.connection.execute(query).scalars())
        return found - {""}

    def cadres(self) -> frozenset[int] | None:
        """Everyone of the granted organizations, by the files that count; None where all are."""
        if self.is_everywhere:
            return None
        return self.cadres_in(self.organizations)

    def cadres_in(self, organizations: Iterable[str]) -> frozenset[int]:
        """The people of these organizations."""
        root, found = roots(self.connection), set()
        for some in chunks(sorted(organizations)):
            for table, column in ((POST, POST.c.organization), (MANAGEMENT, MANAGEMENT.c.authority)):
                query = select(table.c.cadre).where(column.in_(some), current(table), _lives(table, self.day))
                found |= {root.get(cadre, cadre) for cadre in self.connection.execute(query).scalars()}
        return frozenset(found)


def scope_of(connection: Connection, account: Account, day: date, roles: Iterable[Role]) -> Scope:
    """What the account may see on `day` by any of these roles, of the books behind `connection`. Oneself, where a
    learner is among them."""
    wanted = frozenset(roles)
    own = account.cadre if Role.LEARNER in wanted else None
    return Scope(connection, structure_of(connection, day), day, account.organizations(*wanted), own)


def scope_within(connection: Connection, organization: str, day: date) -> Scope:
    """What stands at or below one organization."""
    return Scope(connection, structure_of(connection, day), day, frozenset({organization}))


def structure_of(connection: Connection, day: date) -> Structure:
    """The organizations of the day, read anew when the ledger has grown."""
    books, known = str(connection.engine.url), (str(head(connection)), day)
    found = _latest.get(books)
    if found is None or found[0] != known:
        found = _latest[books] = known, of_today(connection, _world(connection), day)
    return found[1]


def _world(connection: Connection) -> World:
    """Organizations alone: whom somebody sees depends on nothing else that people share."""
    found = (
        Organization(
            row["code"], row["name"], row["kind"], row["level"], row["parent"], Span(row["valid_from"], row["valid_to"])
        )
        for row in contents(connection, ORGANIZATION)
    )
    return World(tuple(found), (), {})


def _lives(table: Table, day: date) -> ColumnElement[bool]:
    starts, ends = table.c.valid_from, table.c.valid_to
    return or_(starts.is_(None), starts <= day) & or_(ends.is_(None), ends >= day)
