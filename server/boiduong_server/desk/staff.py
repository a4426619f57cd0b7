"""Accounts within one's scope: found, and made for the registry's people, many at once."""

from flask import Blueprint, render_template, request
from sqlalchemy import Connection

from boiduong_server.accounts.auditing import note
from boiduong_server.accounts.granting import STAFF
from boiduong_server.accounts.listing import PAGE, accounts_within, people_by_code, people_without
from boiduong_server.accounts.making import FirstPassword, NewAccount, make_accounts, prepared
from boiduong_server.accounts.naming import code_of
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.keeping import keeping, offered, organization, slips
from boiduong_server.errors import ServerError

BLUEPRINT = Blueprint("staff", __name__)
_LAST_PAGE = 1_000_000
_MOST = 300
"""Accounts made by one request: each password takes its time to hash."""


@BLUEPRINT.get("/tai-khoan")
@allow(*STAFF)
def accounts() -> str:
    text, page = request.args.get("tim", ""), min(max(0, request.args.get("trang", 0, type=int)), _LAST_PAGE)
    with keeping() as (store, scope):
        found = accounts_within(store, scope, text, page)
    pages = -(-found.count // PAGE)
    return render_template("accounts/list.html", found=found, text=text, page=page, pages=pages)


@BLUEPRINT.get("/tai-khoan/lap")
@allow(*STAFF)
def making() -> str:
    with keeping() as (_, scope):
        return render_template("accounts/make.html", units=offered(scope))


@BLUEPRINT.post("/tai-khoan/lap")
@allow(*STAFF)
def make() -> str:
    """By codes or by unit; whoever has an account keeps it."""
    codes = request.form.get("ma", "").replace(",", " ").replace(";", " ").split()
    found, asked = _by_code(codes) if codes else _by_unit(request.form.get("don-vi", ""))
    named = [each for each in found if each.code]
    if not named:
        hint = "xem lại danh sách cán bộ, phạm vi được giao và các tài khoản đã có"
        raise ServerError("không có ai trong đó cần lập tài khoản", hint, 422)
    made = _write(named[:_MOST])
    return slips(made, _left(asked, len(found) - len(named), len(named) - len(made)))


def _by_code(codes: list[str]) -> tuple[list[NewAccount], int]:
    """The people, and how many codes led to nobody."""
    with keeping() as (store, scope):
        found = people_by_code(store, scope, codes)
    return found, len({code_of(code) for code in codes}) - len(found)


def _by_unit(text: str) -> tuple[list[NewAccount], int]:
    if not text.strip():
        raise ServerError("chưa chọn đơn vị hoặc mã cán bộ", "điền một trong hai ô", 422)
    with keeping() as (store, scope):
        return people_without(store, scope, organization(scope, text)), 0


def _write(people: list[NewAccount]) -> list[FirstPassword]:
    accounts, keeper, now_ms = prepared(people), account(), house().now_ms()

    def write(connection: Connection) -> list[FirstPassword]:
        made = make_accounts(connection, accounts, now_ms)
        for each in made:
            note(connection, keeper, "account.made", f"{each.name} ({each.code})", {}, now_ms)
        return made

    return house().store.write(write)


def _left(unknown: int, nameless: int, later: int) -> str:
    """Who got no account, and what to do about it."""
    parts = (
        (unknown, "mã không có trong phạm vi được giao hoặc đã có tài khoản"),
        (nameless, "người chưa có mã cán bộ trong danh sách; bổ sung mã rồi lập sau"),
        (later, f"người còn lại: mỗi lần lập nhiều nhất {_MOST}; in xong trang này rồi lập tiếp"),
    )
    return "; ".join(f"{count} {what}" for count, what in parts if count)
