"""The second step, for whoever was granted more than oneself: set up once, asked for at each entry."""

import segno
from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from boiduong_server.accounts.limits import Try, forgive, said, second_step, take
from boiduong_server.accounts.reading import Login
from boiduong_server.accounts.second import address_of, begin_second, confirm_second, passes, step_of
from boiduong_server.desk.access import allow, house
from boiduong_server.desk.entering import Pending, go_on, let_in, pending_now, remember

BLUEPRINT = Blueprint("second_step", __name__)
_WRONG = "Mã chưa đúng hoặc đã dùng. Xem mã mới trong ứng dụng rồi gõ lại."


@BLUEPRINT.get("/xac-thuc")
@allow()
def ask() -> str | Response:
    way = _on_the_way()
    if isinstance(way, Response):
        return way
    _, login = way
    return _code_page() if login.has_second else _set_up_page(login)


@BLUEPRINT.post("/xac-thuc")
@allow()
def answer() -> Response | tuple[str, int]:
    way = _on_the_way()
    if isinstance(way, Response):
        return way
    pending, login = way
    tried = _take(login)
    if tried.wait_ms:
        problem = f"Đã thử nhiều lần chưa đúng. Xin chờ {said(tried.wait_ms)} rồi thử lại."
        return (_code_page(problem) if login.has_second else _set_up_page(login, problem)), 429
    code = request.form.get("ma", "")
    return _enter(pending, login, code, tried) if login.has_second else _set_up(pending, login, code, tried)


def _on_the_way() -> tuple[Pending, Login] | Response:
    """Who has shown their password and must show a code; others are sent where they belong."""
    way = pending_now()
    if way is None:
        return redirect("/dang-nhap", 303)
    pending, login = way
    if login.is_first or not login.account.is_officer:
        return go_on(login, pending)
    return way


def _take(login: Login) -> Try:
    now_ms, limits = house().now_ms(), second_step(login.account.user)
    return house().store.write(lambda connection: take(connection, limits, now_ms))


def _forgive(login: Login, tried: Try) -> None:
    house().store.write(lambda connection: forgive(connection, second_step(login.account.user), tried))


def _enter(pending: Pending, login: Login, code: str, tried: Try) -> Response | tuple[str, int]:
    user, now_ms = login.account.user, house().now_ms()
    if not house().store.write(lambda connection: passes(connection, user, code, now_ms)):
        return _code_page(_WRONG), 422
    _forgive(login, tried)
    return let_in(login, pending, second=True)


def _set_up(pending: Pending, login: Login, code: str, tried: Try) -> Response | tuple[str, int]:
    """The first code shows that the secret has arrived; then recovery codes are printed, this once."""
    step = step_of(login.second_secret, code, house().now_ms()) if login.second_secret else None
    if step is None:
        return _set_up_page(login, _WRONG), 422
    _forgive(login, tried)
    codes = house().store.write(lambda connection: confirm_second(connection, login.account.user, step))
    page = render_template("entry/recovery.html", codes=codes, wanted=pending.wanted, login=login.account)
    return remember(make_response(page), login, pending, second=True)


def _code_page(problem: str = "") -> str:
    return render_template("entry/code.html", problem=problem)


def _set_up_page(login: Login, problem: str = "") -> str:
    """The secret stays the same until it is confirmed or the password changes, so that a scanned one is not lost."""
    user = login.account.user
    secret = login.second_secret or house().store.write(lambda connection: begin_second(connection, user))
    address = address_of(secret, login.account.code)
    drawing = segno.make(address, error="m")
    drawn = drawing.svg_inline(scale=5, border=4, light="#fff", dark="#000", omitsize=True)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render_template("entry/set_up.html", drawn=drawn, secret=groups, address=address, problem=problem)
