"""From the tables to accounts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, bindparam, select

from boiduong_server.accounts.account import Account, Grant
from boiduong_server.accounts.naming import code_of, phone_of
from boiduong_server.accounts.roles import Role
from boiduong_server.tables import GRANT, USER


@dataclass(frozen=True)
class Login:
    """What entering asks of an account."""

    account: Account
    phone: str
    password: str
    is_first: bool
    active: bool
    second_secret: str
    second_step: int | None
    recovery: str

    @property
    def has_second(self) -> bool:
        """Whether a second step was set up and confirmed by a code."""
        return self.second_step is not None


def login_by_name(connection: Connection, name: str, day: date) -> Login | None:
    """The account with this code or, else, this phone number."""
    row = connection.execute(select(USER).where(USER.c.code == code_of(name))).first()
    if row is None and (phone := phone_of(name)):
        row = connection.execute(select(USER).where(USER.c.phone == phone)).first()
    return _login(connection, row, day) if row else None


def login_of(connection: Connection, user: int, day: date) -> Login | None:
    row = connection.execute(select(USER).where(USER.c.id == user)).first()
    return _login(connection, row, day) if row else None


def account_of(connection: Connection, user: int, day: date) -> Account | None:
    """The account as it is granted on `day`, be it locked or not."""
    found = login_of(connection, user, day)
    return found.account if found else None


_GRANTS = (
    select(GRANT.c.role, GRANT.c.organization, GRANT.c.valid_from, GRANT.c.valid_to)
    .where(GRANT.c.user == bindparam("whose"), GRANT.c.revoked_ms.is_(None))
    .order_by(GRANT.c.id)
)
"""Put together once, for it is asked at every request."""


def grants_of(connection: Connection, user: int, day: date) -> tuple[Grant, ...]:
    """What holds on `day`."""
    rows = connection.execute(_GRANTS, {"whose": user})
    found = (Grant(Role(row.role), row.organization, row.valid_from, row.valid_to) for row in rows)
    return tuple(grant for grant in found if grant.holds(day))


def _login(connection: Connection, row: Row[tuple[object, ...]], day: date) -> Login:
    account = Account(row.id, row.cadre, row.code, row.name, grants_of(connection, row.id, day))
    return Login(
        account, row.phone or "", row.password, row.password_is_first, row.active, row.second_secret,
        row.second_step, row.recovery,
    )  # fmt: skip
