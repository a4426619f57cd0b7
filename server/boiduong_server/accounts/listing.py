"""Accounts as a keeper lists and searches them, and people of the registry who have none yet: within a scope."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from boiduong_records.chunks import chunks
from boiduong_records.merging import roots
from boiduong_records.tables import IDENTITY
from boiduong_records.versions import current, in_chunks
from boiduong_vocabulary.vietnamese import name_order
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from boiduong_server.accounts.granting import standing
from boiduong_server.accounts.making import NewAccount
from boiduong_server.accounts.naming import code_of, phone_of, searched
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import Scope
from boiduong_server.tables import GRANT, USER

PAGE = 50


@dataclass(frozen=True)
class Listed:
    """An account in a list; `roles` are those that were not taken back."""

    user: int
    cadre: int | None
    code: str
    name: str
    phone: str
    active: bool
    is_first: bool
    has_second: bool
    entered_ms: int | None
    roles: tuple[Role, ...] = ()

    @property
    def state(self) -> str:
        if not self.active:
            return "Đang khóa"
        return "Chưa vào lần đầu" if self.is_first else "Đang dùng"


@dataclass(frozen=True)
class Listing:
    """One page of accounts, and how many there are in all."""

    accounts: tuple[Listed, ...]
    count: int


def accounts_within(store: Connection, scope: Scope, text: str = "", page: int = 0) -> Listing:
    """Accounts of the scope whose name, code or phone number has this text, by name; page 0 is the first."""
    query = select(USER.c.id, USER.c.name_order).where(*_matching(text))
    if scope.is_everywhere:
        count = store.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        ordered = query.order_by(USER.c.name_order, USER.c.id).limit(PAGE).offset(page * PAGE)
        shown = list(store.execute(ordered).scalars())
    else:
        rows = sorted(_within(store, scope, query), key=lambda row: (row.name_order, row.id))
        count, shown = len(rows), [row.id for row in rows[page * PAGE : (page + 1) * PAGE]]
    return Listing(tuple(_listed(store, shown, scope.day)), count)


def listed(store: Connection, user: int, day: date) -> Listed | None:
    """One account, of whatever scope."""
    return next(iter(_listed(store, [user], day)), None)


def users_within(store: Connection, scope: Scope) -> frozenset[int] | None:
    """Everybody with an account of the scope; None where all are."""
    if scope.is_everywhere:
        return None
    return frozenset(row.id for row in _within(store, scope, select(USER.c.id, USER.c.name_order)))


def people_without(store: Connection, scope: Scope, organization: str) -> list[NewAccount]:
    """The people of an organization and of what stands below it who have no account yet, by name; those without a code
    among them cannot have one."""
    below = [code for code in scope.organizations if organization in (code, *scope.structure.line(code))]
    return _without(store, scope.connection, scope.cadres_in(below))


def people_by_code(store: Connection, scope: Scope, codes: Iterable[str]) -> list[NewAccount]:
    """Those among the people with these codes who are of the scope and have no account yet."""
    wanted = {code_of(code) for code in codes} - {""}
    rows = scope.connection.execute(select(IDENTITY.c.cadre, IDENTITY.c.code).where(current(IDENTITY)))
    cadres, within = {row.cadre for row in rows if code_of(row.code) in wanted}, scope.cadres()
    return _without(store, scope.connection, cadres if within is None else cadres & within)


def _without(store: Connection, books: Connection, cadres: Collection[int]) -> list[NewAccount]:
    have = {
        cadre
        for some in chunks(sorted(cadres))
        for cadre in store.execute(select(USER.c.cadre).where(USER.c.cadre.in_(some))).scalars()
    }
    wanted = set(cadres) - have - roots(books).keys()
    rows = in_chunks(books, IDENTITY, IDENTITY.c.cadre, sorted(wanted))
    people = (NewAccount(row["code"], row["name"], row["cadre"]) for row in rows)
    return sorted(people, key=lambda each: name_order(each.name))


def _matching(text: str) -> list[ColumnElement[bool]]:
    if not (found := searched(text)):
        return []
    like = USER.c.name_search.contains(found, autoescape=True) | (USER.c.code == code_of(text))
    phone = phone_of(text)
    return [like | (USER.c.phone == phone) if phone else like]


def _within(store: Connection, scope: Scope, query: Select[tuple[int, str]]) -> list[Row[tuple[int, str]]]:
    """Rows of accounts of the scope's people, and of staff whose every grant is of it."""
    cadres, staff = scope.cadres() or (), _staff_within(store, scope)
    named = ((USER.c.cadre, cadres), (USER.c.id, staff))
    return [
        row
        for column, values in named
        for some in chunks(sorted(values))
        for row in store.execute(query.where(column.in_(some)))
    ]


def _staff_within(store: Connection, scope: Scope) -> set[int]:
    """Accounts of no cadre: as `granting.may_see` has it."""
    query = select(GRANT.c.user, GRANT.c.organization).join(USER, USER.c.id == GRANT.c.user)
    rows = store.execute(query.where(USER.c.cadre.is_(None), standing(scope.day))).all()
    beyond = {row.user for row in rows if not row.organization or not scope.opens(row.organization)}
    return {row.user for row in rows} - beyond


def _listed(store: Connection, users: list[int], day: date) -> list[Listed]:
    rows = store.execute(select(USER).where(USER.c.id.in_(users)))
    roles = store.execute(select(GRANT.c.user, GRANT.c.role).where(GRANT.c.user.in_(users), standing(day))).all()
    found = {
        row.id: Listed(
            row.id, row.cadre, row.code, row.name, row.phone or "", row.active, row.password_is_first,
            row.second_step is not None, row.entered_ms,
            tuple(sorted({Role(each.role) for each in roles if each.user == row.id}, key=attrgetter("label"))),
        )
        for row in rows
    }  # fmt: skip
    return [found[user] for user in users if user in found]
