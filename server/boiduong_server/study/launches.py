"""Launches: each load of the player, with a token of its own that names one attempt and opens nothing else.

A newer launch of an attempt makes the older ones stale: what they vouched for until then stands, and no more is taken
from them. Different attempts of one learner may run at once; the union of spans takes care of that.
"""

import hashlib
import secrets
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from boiduong_server.packages.structure import Organization, from_json
from boiduong_server.store import Statement, Store

LIFE_MS = 86_400_000
"""How long after its opening or its last sign a launch may go on."""


@dataclass(frozen=True)
class Opening:
    """Who opens what: `user` is the account, `cadre` the books' number, `package` a row of the shelf, `organization`
    the identifier of one of its organizations (any other text: the package's default one)."""

    user: int
    cadre: int
    class_code: str
    topic: str
    edition: str
    package: int
    organization: str = ""


@dataclass(frozen=True)
class Launch:
    """A launch just opened. `token` is told this once: the tables keep its digest alone. `public` is the launch's name
    in addresses and in the log."""

    public: str
    token: str
    attempt: int
    opened_ms: int


@dataclass(frozen=True, slots=True)
class LiveLaunch:
    """A launch as it stands. `stale_ms`: when a newer one was opened; `heard_ms`: of its last sign, or its opening."""

    id: int
    public: str
    attempt: int
    cadre: int
    class_code: str
    topic: str
    edition: str
    package: int
    organization: str
    opened_ms: int
    stale_ms: int | None
    heard_ms: int


def open_launch(store: Store, opening: Opening, now_ms: int) -> Launch:
    """Mint a token for the attempt of this learner at this topic of this class, in this organization of this package,
    begun where there is none."""
    return store.write(partial(_open, opening, now_ms))


def find_launch(connection: Connection, token: str) -> LiveLaunch | None:
    """The launch that the token was minted for, stale or not; None for any other text."""
    row = _BY_TOKEN.on(connection, token=_digest(token)).fetchone()
    return LiveLaunch(*row) if row else None


def launch_of(connection: Connection, public: str, user: int) -> LiveLaunch | None:
    """The launch of this name, if this account opened it."""
    row = _BY_NAME.on(connection, public=public, user=user).fetchone()
    return LiveLaunch(*row) if row else None


def end_launches(connection: Connection, user: int, now_ms: int) -> None:
    """Take no more from whatever this account has opened, as if a newer launch stood: the token in an address would
    else outlive the account's sessions."""
    _END.on(connection, user=user, now_ms=now_ms)
    _LEAVE.on(connection, user=user)


def _open(opening: Opening, now_ms: int, connection: Connection) -> Launch:
    attempt = _attempt(connection, opening, now_ms)
    token, public = secrets.token_urlsafe(32), secrets.token_hex(8)
    _MAKE_STALE.on(connection, attempt=attempt, now_ms=now_ms)
    _INSERT.on(connection, public=public, token=_digest(token), attempt=attempt, user=opening.user, now_ms=now_ms)
    _MAKE_NEWEST.on(connection, attempt=attempt, public=public)
    return Launch(public, token, attempt, now_ms)


def _attempt(connection: Connection, opening: Opening, now_ms: int) -> int:
    """Its number; its row is locked."""
    structure = from_json(_STRUCTURE.on(connection, package=opening.package).fetchone()[0])
    organization = structure.organization(opening.organization)
    of: dict[str, int | str | None] = {
        "cadre": opening.cadre, "class_code": opening.class_code, "topic": opening.topic, "edition": opening.edition,
        "package": opening.package, "organization": organization.identifier,
    }  # fmt: skip
    _BEGIN.on(connection, **of, scos=_scos(organization), now_ms=now_ms)
    attempt: int = _FIND.on(connection, **of).fetchone()[0]
    return attempt


def _scos(organization: Organization) -> int:
    """How many SCOs learners walk through; an asset says nothing of itself."""
    return sum(item.kind == "sco" for item in organization.walk())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_LIVE = """
SELECT l.id, l.public, l.attempt, a.cadre, a.class_code, a.topic, a.edition, a.package, a.organization,
  l.opened_ms, l.stale_ms, l.heard_ms
FROM server_launch l JOIN server_attempt a ON a.id = l.attempt """
_BY_TOKEN = Statement(f"{_LIVE} WHERE l.token = :token")
_BY_NAME = Statement(f'{_LIVE} WHERE l.public = :public AND l."user" = :user')
_STRUCTURE = Statement("SELECT structure FROM server_package WHERE id = :package")
_BEGIN = Statement("""
INSERT INTO server_attempt (cadre, class_code, topic, edition, package, organization, scos, status, reported_ms,
  sequencing, place, begun_ms, changed_ms)
VALUES (:cadre, :class_code, :topic, :edition, :package, :organization, :scos, 'not attempted', 0, '', '', :now_ms,
  :now_ms)
ON CONFLICT (cadre, class_code, topic, edition, package, organization) DO UPDATE SET scos = excluded.scos""")
_FIND = Statement("""
SELECT id FROM server_attempt WHERE cadre = :cadre AND class_code = :class_code AND topic = :topic
  AND edition = :edition AND package = :package AND organization = :organization""")
_MAKE_STALE = Statement("UPDATE server_launch SET stale_ms = :now_ms WHERE attempt = :attempt AND stale_ms IS NULL")
_END = Statement('UPDATE server_launch SET stale_ms = :now_ms WHERE "user" = :user AND stale_ms IS NULL')
_LEAVE = Statement("""
UPDATE server_attempt SET launch = NULL WHERE launch IN (SELECT id FROM server_launch WHERE "user" = :user)""")
_INSERT = Statement("""
INSERT INTO server_launch (public, token, attempt, "user", opened_ms, heard_ms)
VALUES (:public, :token, :attempt, :user, :now_ms, :now_ms)""")
_MAKE_NEWEST = Statement("""
UPDATE server_attempt SET launch = (SELECT id FROM server_launch WHERE public = :public) WHERE id = :attempt""")
