"""Accounts are made: by an officer for people of the registry, by the command for the first administrator."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from boiduong_server.accounts.account import Grant
from boiduong_server.accounts.naming import code_of, ordered, phone_of, searched
from boiduong_server.accounts.passwords import first_password, kept
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.sessions import end_sessions
from boiduong_server.tables import GRANT, USER


@dataclass(frozen=True)
class NewAccount:
    """`cadre` is the books' number; None for staff who are no cadres."""

    code: str
    name: str
    cadre: int | None = None
    phone: str = ""


@dataclass(frozen=True)
class FirstPassword:
    """What its owner is handed on paper, once: the database keeps a hash."""

    user: int
    code: str
    name: str
    password: str


@dataclass(frozen=True)
class Prepared:
    """An account ready to be written: hashing takes its time, and no writer waits for it."""

    new: NewAccount
    password: str
    hashed: str


def prepared(accounts: Sequence[NewAccount]) -> list[Prepared]:
    """First passwords for accounts to be."""
    words = [first_password() for _ in accounts]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # argon2 lets other threads run
        return [Prepared(*each) for each in zip(accounts, words, threads.map(kept, words), strict=True)]


def make_accounts(connection: Connection, accounts: Sequence[Prepared], now_ms: int) -> list[FirstPassword]:
    """Those that were made: who has an account by code or as a cadre keeps it, and is left out; a phone number of
    someone else's is left away."""
    codes = set(connection.execute(select(USER.c.code)).scalars())
    cadres = set(connection.execute(select(USER.c.cadre).where(USER.c.cadre.is_not(None))).scalars())
    phones = set(connection.execute(select(USER.c.phone).where(USER.c.phone.is_not(None))).scalars())
    made = []
    for each in accounts:
        code, phone = code_of(each.new.code), phone_of(each.new.phone)
        if not code or code in codes or each.new.cadre in cadres:
            continue
        user = _insert(connection, each, code, phone if phone not in phones else "", now_ms)
        codes.add(code)
        phones.add(phone)
        cadres |= {each.new.cadre} - {None}
        made.append(FirstPassword(user, each.new.code, each.new.name, each.password))
    return made


def _insert(connection: Connection, each: Prepared, code: str, phone: str, now_ms: int) -> int:
    values = {
        "code": code, "phone": phone or None, "name": each.new.name, "name_search": searched(each.new.name),
        "name_order": ordered(each.new.name), "cadre": each.new.cadre, "password": each.hashed, "created_ms": now_ms,
    }  # fmt: skip
    found = connection.execute(insert(USER).values(values)).inserted_primary_key
    assert found is not None
    user: int = found[0]
    return user


def grant(connection: Connection, user: int, granted: Grant, now_ms: int) -> None:
    """Give a role. Whose it is to give, `granting` says. Every cadre is a learner of oneself as it is: that is never
    written, and would open what a grant opens."""
    if granted.role is Role.LEARNER:
        return
    connection.execute(
        insert(GRANT).values(
            user=user, role=granted.role.value, organization=granted.organization, granted_ms=now_ms,
            valid_from=granted.valid_from, valid_to=granted.valid_to,
        )
    )  # fmt: skip


def reset_password(connection: Connection, user: int, hashed: str) -> None:
    """A new first password; the second step is forgotten as well, and every session ends."""
    connection.execute(
        update(USER)
        .where(USER.c.id == user)
        .values(password=hashed, password_is_first=True, second_secret="", second_step=None, recovery="")
    )  # fmt: skip
    end_sessions(connection, user)


def choose_password(connection: Connection, user: int, hashed: str, but: int | None = None) -> None:
    """The owner's own choice. Other sessions end, and a second step that was shown but not confirmed is forgotten:
    whoever knew the old password may have seen it."""
    connection.execute(update(USER).where(USER.c.id == user).values(password=hashed, password_is_first=False))
    connection.execute(update(USER).where(USER.c.id == user, USER.c.second_step.is_(None)).values(second_secret=""))
    end_sessions(connection, user, but)


def set_active(connection: Connection, user: int, active: bool) -> None:
    """Lock or unlock; who is locked is out at once."""
    connection.execute(update(USER).where(USER.c.id == user).values(active=active))
    if not active:
        end_sessions(connection, user)


def set_phone(connection: Connection, user: int, phone: str) -> bool:
    """The other name to log in by, empty for none; whether nobody else has it."""
    taken = select(USER.c.id).where(USER.c.phone == phone, USER.c.id != user)
    if phone and connection.execute(taken).first():
        return False
    connection.execute(update(USER).where(USER.c.id == user).values(phone=phone or None))
    return True
