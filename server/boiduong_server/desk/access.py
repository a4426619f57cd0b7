"""Who may call a route: each route says so itself, and one that says nothing is closed."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, abort, current_app, g, redirect, request, session
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.sessions import MINUTE_MS, Entered, find_session, see
from boiduong_server.errors import StoreError
from boiduong_server.house import House

_View = TypeVar("_View", bound=Callable[..., Any])
SESSION_KEY = "key"
"""In the signed cookie: the name of a row of server_session."""


def allow(*roles: Role) -> Callable[[_View], _View]:
    """Open the view to those who have one of these roles; without any, to anyone at all. Write it below the route."""

    def mark(view: _View) -> _View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def house() -> House:
    """What this application was made with."""
    return cast(House, current_app.extensions["house"])


def entered() -> Entered:
    """Who is asking, from which session; only in views that are not open to anyone."""
    found: Entered | None = g.get("entered")
    if found is None:
        abort(401)
    return found


def account() -> Account:
    """Who is asking; only in views that are not open to anyone."""
    return entered().account


def install(app: Flask) -> None:
    """Every request is held against what its view allows, then for the token of its form."""
    app.before_request(_require_allowed)
    CSRFProtect(app)  # last: it reads the whole form, which is done for those alone who may send it
    app.context_processor(lambda: {"account": g.get("account")})


def _require_allowed() -> Response | None:
    """A view's roles are in `allowed`: none at all close it, an empty set opens it to anyone."""
    if request.endpoint != "asset":
        _recognize()
    if request.endpoint is None:
        return None
    allowed: frozenset[Role] | None = getattr(current_app.view_functions[request.endpoint], "allowed", None)
    if allowed is None:
        abort(404)
    if not allowed:
        return None
    if not g.get("entered"):
        return _to_entry()
    if not allowed & account().roles:
        abort(403)
    return None


def _recognize() -> None:
    token = session.get(SESSION_KEY)
    if not token:
        return
    now_ms = house().now_ms()
    with house().store.reading() as connection:
        found = find_session(connection, token, now_ms)
    if found is None:
        return
    g.entered, g.account = found, found.account
    if now_ms - found.session.seen_ms >= MINUTE_MS:
        with suppress(StoreError):  # to be remembered is no reason to refuse a page
            house().store.write(lambda connection: see(connection, found.session, now_ms))


def _to_entry() -> Response:
    """Pages lead to the entry and back; whatever else is told that nobody is known."""
    if request.method != "GET" or "HX-Request" in request.headers or request.path.startswith("/api/"):
        abort(401)
    wanted = request.full_path.rstrip("?")
    return redirect("/dang-nhap" if wanted == "/" else f"/dang-nhap?{urlencode({'tiep': wanted})}", 303)
