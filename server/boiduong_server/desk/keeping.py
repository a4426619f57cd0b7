"""What the pages of accounts share: whose they are to keep, and the slips that are handed out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import abort, render_template
from sqlalchemy import Connection

from boiduong_server.accounts.granting import STAFF, Held, held_of, may_reset, may_see, may_touch
from boiduong_server.accounts.listing import Listed, listed
from boiduong_server.accounts.making import FirstPassword
from boiduong_server.accounts.scope import Scope, scope_of
from boiduong_server.desk.access import account, house
from boiduong_server.errors import ServerError

_MANY = 200
"""Organizations that a field can still offer one by one."""


@dataclass(frozen=True)
class Kept:
    """An account of the keeper's scope; `may_change` where it is theirs to change as well, `may_reset` where a new
    password would let them do nothing that they may not do already."""

    listed: Listed
    held: list[Held]
    may_change: bool
    may_reset: bool


@contextmanager
def keeping() -> Iterator[tuple[Connection, Scope]]:
    """The server's tables and the keeper's scope, for reading."""
    with house().books.reading() as books, house().store.reading() as store:
        yield store, scope_of(books, account(), house().today, STAFF)


def kept(store: Connection, scope: Scope, user: int) -> Kept:
    """An account of the scope; of any other it is not said whether it exists."""
    found, held = listed(store, user, scope.day), held_of(store, user, scope.day)
    if found is None or not may_see(scope, found.cadre, held):
        abort(404)
    may_change = may_touch(account(), scope, user, found.cadre, held)
    return Kept(found, held, may_change, may_change and may_reset(account(), scope, held))


def to_change(user: int) -> Kept:
    """The same, to be changed now."""
    with keeping() as (store, scope):
        found = kept(store, scope, user)
    if not found.may_change:
        abort(403)
    return found


def organization(scope: Scope, text: str) -> str:
    """The code of the one organization of the scope that is meant; empty where nothing was said and all are open.

    Raises ServerError where it is none or several.
    """
    if not text.strip() and scope.is_everywhere:
        return ""
    found = scope.named(text)
    if not found:
        raise ServerError(f"không có đơn vị «{text}» trong phạm vi được giao", "ghi mã hoặc tên đầy đủ", 422)
    if len(found) > 1:
        codes = ", ".join(each.code for each in found)
        raise ServerError(f"có {len(found)} đơn vị tên «{text}»", f"ghi mã của một đơn vị: {codes}", 422)
    return found[0].code


def offered(scope: Scope) -> list[tuple[str, str]]:
    """Codes and names to choose from, where they are not too many."""
    found = scope.standing()
    return [(each.code, each.name) for each in found] if len(found) <= _MANY else []


def slips(made: Sequence[FirstPassword], left: str = "") -> str:
    """First passwords to print, shown this once. `left` says what was not made, and why."""
    return render_template("accounts/slips.html", made=made, left=left, address=house().application)
