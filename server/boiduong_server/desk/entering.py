"""Between the first step of entering and the last: who has shown a password, and what is still asked of them.

What is remembered lies in the signed cookie, for ten minutes, and is void as soon as the password changes.
"""

import hashlib
from dataclasses import asdict, dataclass

from flask import current_app, redirect, request, session
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from boiduong_server.accounts.limits import Door, Try, forgive, said, take
from boiduong_server.accounts.naming import code_of, phone_of
from boiduong_server.accounts.reading import Login, login_by_name, login_of
from boiduong_server.accounts.sessions import MINUTE_MS, Entry, open_session
from boiduong_server.desk.access import SESSION_KEY, house

_PENDING = "pending"
_PENDING_MS = 10 * MINUTE_MS
_KNOWN = "__Host-boiduong-may"
_KNOWN_SECONDS = 365 * 24 * 3600
_LONGEST_PATH = 1000
"""It waits in a cookie, and browsers drop one of more than 4 KB."""
_KNOWN_MOST = 8
"""People whom one browser is known to have let in."""


@dataclass(frozen=True)
class Pending:
    """Somebody who has shown the password whose `mark` this is, at `at_ms`; `wanted` is the page they came for."""

    user: int
    mark: str
    kept: bool
    wanted: str
    at_ms: int


def own_path(text: str) -> str:
    """A path of this host to go on to, or the first page: nobody is led elsewhere after entering. Browsers read a
    backslash as a slash, and leave tabs and line ends out."""
    is_own = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if is_own and len(text) <= _LONGEST_PATH else "/"


def begin(login: Login, kept: bool, wanted: str) -> Response:
    """The password was right: ask for what is still missing, or let them in."""
    session.clear()
    pending = Pending(login.account.user, _mark(login), kept, own_path(wanted), house().now_ms())
    session[_PENDING] = asdict(pending)
    return go_on(login, pending)


def go_on(login: Login, pending: Pending) -> Response:
    """The next thing that is asked of them."""
    if login.is_first:
        return redirect("/mat-khau", 303)
    if login.account.is_officer:
        return redirect("/xac-thuc", 303)
    return let_in(login, pending, second=False)


def renew(login: Login, pending: Pending) -> Response:
    """They have chosen a password; go on from there."""
    return begin(login, pending.kept, pending.wanted)


def pending_now() -> tuple[Pending, Login] | None:
    """Who is on the way in, if their password still stands."""
    held = session.get(_PENDING)
    if not held or house().now_ms() - held["at_ms"] >= _PENDING_MS:
        return None
    pending = Pending(**held)
    with house().store.reading() as connection:
        login = login_of(connection, pending.user, house().today)
    if login is None or not login.active or _mark(login) != pending.mark:
        return None
    return pending, login


def let_in(login: Login, pending: Pending, second: bool) -> Response:
    """Open a session; the answer leads to the page that they came for."""
    return remember(redirect(pending.wanted, 303), login, pending, second)


def remember(response: Response, login: Login, pending: Pending, second: bool) -> Response:
    """Open a session with this answer."""
    now_ms = house().now_ms()
    kept = pending.kept and not login.account.is_officer
    entry = Entry(login.account.user, kept, second, request.user_agent.string)
    token = house().store.write(lambda connection: open_session(connection, entry, now_ms))
    session.clear()
    session[SESSION_KEY] = token
    session.permanent = kept
    known = [login.account.user, *(user for user in _known() if user != login.account.user)][:_KNOWN_MOST]
    response.set_cookie(
        _KNOWN, _signer().dumps(known), max_age=_KNOWN_SECONDS, secure=True, httponly=True, samesite="Lax"
    )  # fmt: skip
    return response


@dataclass(frozen=True)
class Knock:
    """A name at the door: the account behind it, if there is one, and whether it may be tried now."""

    login: Login | None
    door: Door
    tried: Try

    @property
    def wait(self) -> str:
        """How long to wait, in words; empty where the try may go on."""
        return said(self.tried.wait_ms) if self.tried.wait_ms else ""

    def forgive(self) -> None:
        house().store.write(lambda connection: forgive(connection, self.door.limits, self.tried))


def knock(name: str) -> Knock:
    """A password is about to be tried for this name."""
    with house().store.reading() as connection:
        login = login_by_name(connection, name, house().today)
    compared = phone_of(name) or code_of(name)  # by what was typed: whose name it is must not show in the waits
    known = login is not None and login.account.user in _known()
    door, now_ms = Door(compared, request.remote_addr or "", known), house().now_ms()
    return Knock(login, door, house().store.write(lambda connection: take(connection, door.limits, now_ms)))


def _known() -> list[int]:
    try:
        users: list[int] = _signer().loads(request.cookies.get(_KNOWN, ""))
    except BadSignature:
        return []
    return users


def _signer() -> URLSafeSerializer:
    assert current_app.secret_key
    return URLSafeSerializer(current_app.secret_key, salt="thiết bị đã vào")


def _mark(login: Login) -> str:
    return hashlib.sha256(login.password.encode()).hexdigest()[:16]
