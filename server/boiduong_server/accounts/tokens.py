"""Tokens for programs that read days through the API: shown once, kept as a digest, bound to an organization."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from boiduong_server.tables import API_TOKEN

_MARK = "bd_"
"""So that a token left in a file is recognized as one."""


@dataclass(frozen=True)
class Access:
    """What a program may read: `organization` and what stands below it; empty: everywhere."""

    label: str
    organization: str


def make_token(connection: Connection, access: Access, now_ms: int) -> str:
    """A new token; it is shown to nobody again."""
    token = _MARK + secrets.token_urlsafe(32)
    connection.execute(
        insert(API_TOKEN).values(
            digest=_digest(token), label=access.label, organization=access.organization, created_ms=now_ms
        )
    )  # fmt: skip
    return token


def check(connection: Connection, token: str) -> Access | None:
    """What the token opens, if it does."""
    query = select(API_TOKEN.c.label, API_TOKEN.c.organization)
    row = connection.execute(
        query.where(API_TOKEN.c.digest == _digest(token), API_TOKEN.c.revoked_ms.is_(None))
    ).first()
    return Access(row.label, row.organization) if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
