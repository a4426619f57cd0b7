"""Who has entered, from which browser, and for how long. A session lies in the database, so it can be ended from
elsewhere; the cookie holds nothing but its name."""

import hashlib
import secrets
from dataclasses import dataclass

from boiduong_vocabulary.vietnamese import local_day
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.reading import grants_of
from boiduong_server.tables import ENTERED, USER

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
IDLE_MS = 30 * MINUTE_MS
"""After which an officer enters again."""
LONGEST_MS = 12 * HOUR_MS
KEPT_MS = 30 * DAY_MS
"""«Thiết bị của tôi», of learners only."""

_FIND = (
    select(*ENTERED.c, USER.c.cadre, USER.c.code, USER.c.name)
    .join(USER, USER.c.id == ENTERED.c.user)
    .where(ENTERED.c.key == bindparam("cookie"), ENTERED.c.ends_ms > bindparam("now_ms"), USER.c.active)
)
"""Put together once: it is asked at every request, and to put it together costs as much as to ask."""


@dataclass(frozen=True)
class Session:
    """One browser of one person's. `kept` is «thiết bị của tôi»; times in milliseconds since 1970, UTC."""

    id: int
    opened_ms: int
    seen_ms: int
    ends_ms: int
    kept: bool
    agent: str


@dataclass(frozen=True)
class Entered:
    session: Session
    account: Account


@dataclass(frozen=True)
class Entry:
    """How somebody enters: `second` with a second step, `kept` to stay for 30 days."""

    user: int
    kept: bool = False
    second: bool = False
    agent: str = ""


def open_session(connection: Connection, entry: Entry, now_ms: int) -> str:
    """Begin a session; what its cookie must hold."""
    token = secrets.token_urlsafe(24)
    connection.execute(
        insert(ENTERED).values(
            key=_key(token), user=entry.user, opened_ms=now_ms, seen_ms=now_ms, kept=entry.kept, second=entry.second,
            ends_ms=now_ms + (KEPT_MS if entry.kept else LONGEST_MS), agent=entry.agent[:256],
        )
    )  # fmt: skip
    connection.execute(update(USER).where(USER.c.id == entry.user).values(entered_ms=now_ms))
    connection.execute(delete(ENTERED).where(ENTERED.c.ends_ms <= now_ms))
    return token


def find_session(connection: Connection, token: str, now_ms: int) -> Entered | None:
    """Who is behind this cookie, if their session still holds. An officer's ends sooner, and one without a second
    step ends with the first grant."""
    row = connection.execute(_FIND, {"cookie": _key(token), "now_ms": now_ms}).first()
    if row is None:
        return None
    account = Account(row.user, row.cadre, row.code, row.name, grants_of(connection, row.user, local_day(now_ms)))
    session = Session(row.id, row.opened_ms, row.seen_ms, row.ends_ms, row.kept, row.agent)
    if account.is_officer and not (row.second and _holds_for_officer(session, now_ms)):
        return None
    return Entered(session, account)


def _holds_for_officer(session: Session, now_ms: int) -> bool:
    return now_ms < session.seen_ms + IDLE_MS and now_ms < session.opened_ms + LONGEST_MS


def see(connection: Connection, session: Session, now_ms: int) -> None:
    """Remember that the session was used."""
    connection.execute(update(ENTERED).where(ENTERED.c.id == session.id).values(seen_ms=now_ms))


def sessions_of(connection: Connection, user: int, now_ms: int) -> list[Session]:
    """Where the person is logged in, the last used first."""
    query = select(ENTERED).where(ENTERED.c.user == user, ENTERED.c.ends_ms > now_ms)
    rows = connection.execute(query.order_by(ENTERED.c.seen_ms.desc(), ENTERED.c.id))
    return [Session(row.id, row.opened_ms, row.seen_ms, row.ends_ms, row.kept, row.agent) for row in rows]


def end_session(connection: Connection, user: int, session: int) -> None:
    """One of the person's own."""
    connection.execute(delete(ENTERED).where(ENTERED.c.id == session, ENTERED.c.user == user))


def end_sessions(connection: Connection, user: int, but: int | None = None) -> None:
    """All of the person's, `but` this one."""
    connection.execute(delete(ENTERED).where(ENTERED.c.user == user, ENTERED.c.id != (but or 0)))


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
