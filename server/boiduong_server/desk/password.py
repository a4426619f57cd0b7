"""A password of one's own: instead of the first one, which came on paper, and whenever one likes."""

from boiduong_records.tables import IDENTITY
from boiduong_records.versions import current
from flask import Blueprint, flash, g, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from boiduong_server.accounts.making import choose_password
from boiduong_server.accounts.passwords import SHORTEST, kept, matches, refusal
from boiduong_server.accounts.reading import Login, login_of
from boiduong_server.desk.access import account, allow, entered, house
from boiduong_server.desk.entering import Pending, begin, go_on, knock, pending_now

BLUEPRINT = Blueprint("password", __name__)
_TWICE = "Hai lần gõ chưa giống nhau; xin gõ lại."
_SAME = "Đây là mật khẩu đang dùng; xin chọn mật khẩu khác."


@BLUEPRINT.get("/mat-khau")
@allow()
def password() -> str | Response:
    if g.get("entered"):
        return _page(account().code, is_first=False)
    way = pending_now()
    if way is None:
        return _to_entry()
    pending, login = way
    return _page(login.account.code, is_first=True) if login.is_first else go_on(login, pending)


@BLUEPRINT.post("/mat-khau")
@allow()
def choose() -> Response | tuple[str, int]:
    if g.get("entered"):
        return _change()
    way = pending_now()
    return _replace_first(*way) if way else _to_entry()


def _replace_first(pending: Pending, login: Login) -> Response | tuple[str, int]:
    if not login.is_first:
        return go_on(login, pending)
    if problem := _problem(login):
        return _page(login.account.code, True, problem), 422
    renewed = _keep(login.account.user)
    return begin(renewed, pending.kept, pending.wanted)


def _change() -> Response | tuple[str, int]:
    """The one in use is asked for: a screen left open is not enough. Wrong ones count as wrong entries do."""
    tried = knock(account().code)
    if tried.wait:
        return _page(account().code, False, f"Đã thử nhiều lần chưa đúng. Xin chờ {tried.wait} rồi thử lại."), 429
    assert tried.login
    if not matches(tried.login.password, request.form.get("dang-dung", "")):
        return _page(account().code, False, "Mật khẩu đang dùng chưa đúng."), 422
    tried.forgive()
    if problem := _problem(tried.login):
        return _page(account().code, False, problem), 422
    _keep(account().user, entered().session.id)
    flash("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất.")
    return redirect("/thiet-bi", 303)


def _problem(login: Login) -> str:
    chosen = request.form.get("moi", "")
    if chosen != request.form.get("moi-lan-hai", ""):
        return _TWICE
    own = (login.account.code, login.phone, login.account.name, *_births(login.account.cadre))
    return refusal(chosen, own) or (_SAME if matches(login.password, chosen) else "")


def _births(cadre: int | None) -> tuple[str, ...]:
    """The day of birth as people type it."""
    if cadre is None:
        return ()
    with house().books.reading() as connection:
        query = select(IDENTITY.c.birth).where(IDENTITY.c.cadre == cadre, current(IDENTITY))
        birth: str = connection.execute(query).scalars().first() or ""
    return (birth, "".join(reversed(birth.split("-"))))


def _keep(user: int, but: int | None = None) -> Login:
    hashed = kept(request.form["moi"])
    house().store.write(lambda connection: choose_password(connection, user, hashed, but))
    with house().store.reading() as connection:
        login = login_of(connection, user, house().today)
    assert login
    return login


def _to_entry() -> Response:
    return redirect("/dang-nhap?tiep=/mat-khau", 303)


def _page(code: str, is_first: bool, problem: str = "") -> str:
    """`code` is for the browser that keeps passwords."""
    return render_template(
        "entry/password.html", code=code, is_first=is_first, problem=problem, shortest=SHORTEST
    )  # fmt: skip
