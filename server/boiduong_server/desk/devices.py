"""«Thiết bị của tôi»: where somebody is logged in, and how to end that from afar."""

import re

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.sessions import end_session, end_sessions, sessions_of
from boiduong_server.desk.access import account, allow, entered, house

BLUEPRINT = Blueprint("devices", __name__)
_BROWSERS = (
    (r"Zalo", "Zalo"), (r"Edg(?:e|A|iOS)?/", "Edge"), (r"coc_coc", "Cốc Cốc"), (r"SamsungBrowser", "Samsung Internet"),
    (r"Firefox|FxiOS", "Firefox"), (r"; wv\)", "Trình duyệt trong ứng dụng"), (r"Chrome|CriOS", "Chrome"),
    (r"Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    (r"Android", "Android"), (r"iPhone", "iPhone"), (r"iPad", "iPad"), (r"Windows", "Windows"),
    (r"Mac OS", "macOS"), (r"Linux", "Linux"),
)  # fmt: skip


@BLUEPRINT.get("/thiet-bi")
@allow(*Role)
def devices() -> str:
    with house().store.reading() as connection:
        found = sessions_of(connection, account().user, house().now_ms())
    return render_template("entry/devices.html", sessions=found, own=entered().session.id, called=called)


@BLUEPRINT.post("/thiet-bi/<int(max=2147483647):session>/ket-thuc")
@allow(*Role)
def end(session: int) -> Response:
    """One's own only: another's number ends nothing."""
    user = account().user
    house().store.write(lambda connection: end_session(connection, user, session))
    flash("Đã đăng xuất khỏi thiết bị đó.")
    return redirect("/thiet-bi", 303)


@BLUEPRINT.post("/thiet-bi/ket-thuc-khac")
@allow(*Role)
def end_others() -> Response:
    user, own = account().user, entered().session.id
    house().store.write(lambda connection: end_sessions(connection, user, own))
    flash("Đã đăng xuất khỏi mọi thiết bị khác.")
    return redirect("/thiet-bi", 303)


def called(agent: str) -> str:
    """A browser as people know it: "Chrome trên Android"."""
    browser, system = (_first(names, agent) for names in (_BROWSERS, _SYSTEMS))
    return " trên ".join(name for name in (browser or "Trình duyệt", system) if name)


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, agent)), "")
