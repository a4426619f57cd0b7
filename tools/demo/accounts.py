"""One account for each role of the sample server, all with the same password. Whoever has more than their own to see
needs a code of an authenticator as well: the sample's secrets follow from the account's name, so that
`python -m tools.demo.code TÊN` can tell the code to those who have no telephone at hand."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from boiduong_server.accounts.account import Grant
from boiduong_server.accounts.making import NewAccount, Prepared, choose_password, grant, make_accounts
from boiduong_server.accounts.naming import code_of
from boiduong_server.accounts.passwords import kept
from boiduong_server.accounts.roles import Role
from boiduong_server.store import Store
from boiduong_server.tables import USER
from sqlalchemy import Connection, select, update

PASSWORD = "lam-hoa-hoc-thu"  # noqa: S105 - told to everybody
MONITOR = "Người quản lý lớp (mẫu)"
AT_BRIDGES = "Người quản lý điểm cầu (mẫu)"
"""By these names the classes that are under way know their monitors."""
STAFF = (
    ("ban-to-chuc", "Cán bộ tổ chức của tỉnh (mẫu)", Role.PROVINCE_OFFICER, ""),
    ("quan-ly-lop", MONITOR, Role.MONITOR, ""),
    ("diem-cau", AT_BRIDGES, Role.MONITOR, ""),
    ("giang-vien", "Giảng viên (mẫu)", Role.LECTURER, ""),
    ("kiem-tra", "Cán bộ kiểm tra, giám sát (mẫu)", Role.AUDITOR, ""),
    ("quan-tri", "Người quản trị hệ thống (mẫu)", Role.ADMINISTRATOR, ""),
)
"""Those who are no cadres of the province: name to log in by, name to show, role, and where."""


@dataclass(frozen=True)
class Holder:
    """Whose an account is to be. `cadre` is the books' number; a learner alone has no `role`."""

    code: str
    name: str
    role: Role | None = None
    organization: str = ""
    cadre: int | None = None
    phone: str = ""


@dataclass(frozen=True)
class Known:
    """An account that was made; `secret` is empty where no second step is asked for."""

    user: int
    holder: Holder
    secret: str


def secret_of(code: str) -> str:
    """What an authenticator is fed with, 32 letters and digits."""
    return base64.b32encode(hashlib.sha256(f"mẫu {code_of(code)}".encode()).digest()[:20]).decode()


def open_accounts(store: Store, holders: Iterable[Holder], now_ms: int) -> list[Known]:
    """The accounts, ready to log in by."""
    hashed = kept(PASSWORD)
    return store.write(lambda connection: [_opened(connection, each, hashed, now_ms) for each in holders])


def _opened(connection: Connection, holder: Holder, hashed: str, now_ms: int) -> Known:
    new = NewAccount(holder.code, holder.name, holder.cadre, holder.phone)
    make_accounts(connection, [Prepared(new, "", hashed)], now_ms)
    user = connection.execute(select(USER.c.id).where(USER.c.code == code_of(holder.code))).scalar_one()
    choose_password(connection, user, hashed)
    if holder.role is None:
        return Known(user, holder, "")
    secret = secret_of(holder.code)
    grant(connection, user, Grant(holder.role, holder.organization), now_ms)
    connection.execute(update(USER).where(USER.c.id == user).values(second_secret=secret, second_step=0))
    return Known(user, holder, secret)
