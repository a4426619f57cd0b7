"""The way in and out: a name and a password."""

from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, flash, g, redirect, render_template, request, session
from werkzeug.wrappers import Response

from boiduong_server.accounts.passwords import matches
from boiduong_server.accounts.sessions import end_session
from boiduong_server.attending.stamps import LIFE_MS
from boiduong_server.desk.access import allow, entered, house
from boiduong_server.desk.attended import said_time
from boiduong_server.desk.code_reader import stamp_of
from boiduong_server.desk.entering import begin, knock, own_path

BLUEPRINT = Blueprint("entry", __name__)
_INCOMPLETE = "Xin điền cả tên đăng nhập và mật khẩu."
_WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
"""The same for an account that does not exist, one that is locked, and a wrong password."""
_LONGEST_NAME = 100
"""Letters of a name that are looked at; no code has half as many."""


@BLUEPRINT.get("/dang-nhap")
@allow()
def enter() -> str | Response:
    wanted = own_path(request.args.get("tiep", "/"))
    return redirect(wanted, 303) if g.get("entered") else _page(wanted)


@BLUEPRINT.post("/dang-nhap")
@allow()
def try_to_enter() -> str | Response | tuple[str, int]:
    name, password = request.form.get("ten", "")[:_LONGEST_NAME].strip(), request.form.get("mat-khau", "")
    wanted = own_path(request.form.get("tiep", "/"))
    if not name or not password:
        return _page(wanted, name, _INCOMPLETE), 422
    tried = knock(name)
    if tried.wait:
        return _page(wanted, name, f"Đã thử nhiều lần chưa đúng. Xin chờ {tried.wait} rồi thử lại."), 429
    is_right = matches(tried.login.password if tried.login else "", password)
    if not is_right or tried.login is None or not tried.login.active:
        return _page(wanted, name, _WRONG), 422
    tried.forgive()
    return begin(tried.login, "giu" in request.form, wanted)


@BLUEPRINT.post("/dang-xuat")
@allow()
def leave() -> Response:
    if g.get("entered"):
        user, own = entered().account.user, entered().session.id
        house().store.write(lambda connection: end_session(connection, user, own))
    session.clear()
    flash("Đã đăng xuất.")
    return redirect(own_path(request.form.get("tiep", "/dang-nhap")), 303)


def _page(wanted: str, name: str = "", problem: str = "") -> str:
    return render_template("entry/enter.html", wanted=wanted, name=name, problem=problem, kept=_kept(wanted))


def _kept(wanted: str) -> tuple[str, str] | None:
    """When a code was read that waits for this entry, and until when it does."""
    parts = urlsplit(wanted)
    stamp = stamp_of(dict(parse_qsl(parts.query)).get("dau", "")) if parts.path == "/diem-danh/ghi" else None
    if stamp is None or not stamp.is_alive(house().now_ms()):
        return None
    return said_time(stamp.at_ms), said_time(stamp.at_ms + LIFE_MS)
