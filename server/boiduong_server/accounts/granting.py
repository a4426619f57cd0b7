"""Who may give which role, and whose account one may touch: never more than one's own, and never one's own."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, or_, select, update

from boiduong_server.accounts.account import Account, Grant
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import EVERYWHERE, Scope
from boiduong_server.tables import GRANT

STAFF = (Role.UNIT_OFFICER, Role.PROVINCE_OFFICER, Role.ADMINISTRATOR)
"""Who keeps accounts."""
_LOCAL = frozenset({Role.LECTURER, Role.MONITOR, Role.UNIT_OFFICER})
_GIVES = {
    Role.UNIT_OFFICER: _LOCAL,
    Role.PROVINCE_OFFICER: _LOCAL | {Role.PROVINCE_OFFICER},
    Role.ADMINISTRATOR: frozenset(Role) - {Role.LEARNER},
}
"""An auditor is named by no one whom they audit. Every cadre is a learner without being made one."""


@dataclass(frozen=True)
class Held:
    """A grant as it stands in the table, of whatever days."""

    id: int
    grant: Grant


def may_give(giver: Account, scope: Scope, granted: Grant) -> bool:
    """Whether one of the giver's own grants covers this one: its role, its organization, and its last day."""
    return any(
        granted.role in _GIVES.get(own.role, ())
        and _covers(scope, own.organization, granted.organization)
        and _ends_within(own.valid_to, granted.valid_to)
        for own in giver.grants
    )


def roles_to_give(giver: Account) -> list[Role]:
    """In the order of `Role`."""
    given = frozenset(role for own in giver.grants for role in _GIVES.get(own.role, ()))
    return [role for role in Role if role in given]


def may_touch(keeper: Account, scope: Scope, user: int, cadre: int | None, held: list[Held]) -> bool:
    """Whether the keeper may lock or change this account: someone of their scope, with no grant of a role or within an
    organization that they could not give themselves."""
    if user == keeper.user:
        return False
    return may_see(scope, cadre, held) and all(_may_take(keeper, scope, each.grant) for each in held)


def may_reset(keeper: Account, scope: Scope, held: list[Held]) -> bool:
    """Whether the keeper, who may touch the account, may hand out a new password for it as well. They could enter by it
    before its owner does: so nothing must be granted there that would outlast their own grants."""
    return all(may_give(keeper, scope, each.grant) for each in held)


def may_see(scope: Scope, cadre: int | None, held: list[Held]) -> bool:
    """Whether the account is of the keeper's scope: by the person, or by what staff without a post were granted."""
    if scope.is_everywhere:
        return True
    if cadre is not None:
        return scope.holds(cadre)
    return bool(held) and all(each.grant.organization and scope.opens(each.grant.organization) for each in held)


def held_of(connection: Connection, user: int, day: date) -> list[Held]:
    """The grants of an account that were not taken back and have not run out."""
    query = select(GRANT).where(GRANT.c.user == user, standing(day)).order_by(GRANT.c.id)
    return [
        Held(row.id, Grant(Role(row.role), row.organization, row.valid_from, row.valid_to))
        for row in connection.execute(query)
    ]


def standing(day: date) -> ColumnElement[bool]:
    """Grants that hold on `day` or will hold later."""
    return GRANT.c.revoked_ms.is_(None) & or_(GRANT.c.valid_to.is_(None), GRANT.c.valid_to >= day)


def revoke(connection: Connection, user: int, grant: int, now_ms: int) -> None:
    """Take a role back, from now on."""
    connection.execute(
        update(GRANT)
        .where(GRANT.c.id == grant, GRANT.c.user == user, GRANT.c.revoked_ms.is_(None))
        .values(revoked_ms=now_ms)
    )  # fmt: skip


def _may_take(keeper: Account, scope: Scope, granted: Grant) -> bool:
    """What one could give, one may take back, however long it would have lasted."""
    return any(
        granted.role in _GIVES.get(own.role, ()) and _covers(scope, own.organization, granted.organization)
        for own in keeper.grants
    )


def _covers(scope: Scope, own: str, organization: str) -> bool:
    if own == EVERYWHERE:
        return True
    return organization != EVERYWHERE and own in (organization, *scope.structure.line(organization))


def _ends_within(own: date | None, granted: date | None) -> bool:
    return own is None or (granted is not None and granted <= own)
