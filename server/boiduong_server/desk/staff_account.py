"""One account: what it may do, and what its keeper changes. Each change goes into the log, with the change itself."""

from collections.abc import Callable, Mapping
from datetime import date

from boiduong_vocabulary.vietnamese import parse_date, show_date
from flask import Blueprint, abort, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from boiduong_server.accounts import making, passwords
from boiduong_server.accounts.account import Grant
from boiduong_server.accounts.auditing import note
from boiduong_server.accounts.granting import STAFF, may_give, revoke, roles_to_give
from boiduong_server.accounts.making import FirstPassword, reset_password, set_active, set_phone
from boiduong_server.accounts.naming import phone_of
from boiduong_server.accounts.roles import Role
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.keeping import Kept, keeping, kept, offered, organization, slips, to_change
from boiduong_server.errors import ServerError
from boiduong_server.study.launches import end_launches

BLUEPRINT = Blueprint("staff_account", __name__, url_prefix="/tai-khoan/<int(max=2147483647):user>")


@BLUEPRINT.get("")
@allow(*STAFF)
def one(user: int) -> str:
    with keeping() as (store, scope):
        found = kept(store, scope, user)
        held = [(each, scope.name_of(each.grant.organization)) for each in found.held]
        units, roles = offered(scope), roles_to_give(account())
    return render_template("accounts/one.html", kept=found, held=held, units=units, roles=roles)


@BLUEPRINT.post("/cap-lai")
@allow(*STAFF)
def reset(user: int) -> str:
    """A new first password: every session ends, and the second step is set up anew."""
    found, word = to_change(user), passwords.first_password()
    if not found.may_reset:
        abort(403)
    hashed = passwords.kept(word)
    _change(found, "account.reset", {}, lambda connection: _put_out(connection, user, hashed))
    return slips([FirstPassword(user, found.listed.code, found.listed.name, word)])


@BLUEPRINT.post("/khoa")
@allow(*STAFF)
def lock(user: int) -> Response:
    _change(to_change(user), "account.locked", {}, lambda connection: _put_out(connection, user))
    return _back(user, "Đã khóa tài khoản; mọi nơi đang đăng nhập đã thoát.")


@BLUEPRINT.post("/mo-khoa")
@allow(*STAFF)
def unlock(user: int) -> Response:
    _change(to_change(user), "account.unlocked", {}, lambda connection: set_active(connection, user, True))
    return _back(user, "Đã mở khóa tài khoản.")


@BLUEPRINT.post("/dien-thoai")
@allow(*STAFF)
def change_phone(user: int) -> Response:
    found, text = to_change(user), request.form.get("so", "").strip()
    phone = phone_of(text)
    if text and not phone:
        raise ServerError(f"«{text}» không phải số điện thoại", "ghi đủ mười chữ số, ví dụ 0912 345 678", 422)
    _change(found, "account.phone", {"số": phone or "không"}, lambda connection: _set_phone(connection, user, phone))
    return _back(user, "Đã ghi số điện thoại." if phone else "Đã bỏ số điện thoại.")


@BLUEPRINT.post("/vai-tro")
@allow(*STAFF)
def give(user: int) -> Response:
    found = to_change(user)
    with keeping() as (_, scope):
        granted = _asked(organization(scope, request.form.get("don-vi", "")))
        if not may_give(account(), scope, granted):
            abort(403)
    now_ms = house().now_ms()
    _change(found, "grant.given", _told(granted), lambda connection: making.grant(connection, user, granted, now_ms))
    return _back(user, f"Đã giao vai trò {granted.role.label}.")


@BLUEPRINT.post("/vai-tro/<int(max=2147483647):grant>/thoi")
@allow(*STAFF)
def take_back(user: int, grant: int) -> Response:
    found, now_ms = to_change(user), house().now_ms()
    taken = next((each.grant for each in found.held if each.id == grant), None)
    if taken is None:
        abort(404)
    _change(found, "grant.revoked", _told(taken), lambda connection: revoke(connection, user, grant, now_ms))
    return _back(user, f"Đã thôi vai trò {taken.role.label}.")


def _put_out(connection: Connection, user: int, hashed: str = "") -> None:
    """Give a new password or, without one, lock; either way whoever is in is out, also of the lesson before them."""
    if hashed:
        reset_password(connection, user, hashed)
    else:
        set_active(connection, user, False)
    end_launches(connection, user, house().now_ms())


def _asked(organization: str) -> Grant:
    """Raises ServerError where the form does not say a role or a date as it should."""
    role = next((each for each in Role if each.value == request.form.get("vai-tro")), None)
    if role is None:
        raise ServerError("chưa chọn vai trò", "chọn một vai trò trong danh sách", 422)
    first, last = (_day(request.form.get(name, "")) for name in ("tu", "den"))
    if first and last and last < first:
        raise ServerError("ngày thôi đứng trước ngày giao", "xem lại hai ngày", 422)
    return Grant(role, organization, first, last)


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text.strip() else None
    except ValueError:
        raise ServerError(f"không hiểu ngày «{text}»", "ghi như 31/12/2026", 422) from None


def _told(granted: Grant) -> dict[str, str]:
    days = {"từ": granted.valid_from, "đến hết": granted.valid_to}
    told = {"vai trò": granted.role.label, "trong": granted.organization or "toàn tỉnh"}
    return told | {name: show_date(day) for name, day in days.items() if day}


def _set_phone(connection: Connection, user: int, phone: str) -> None:
    if not set_phone(connection, user, phone):
        raise ServerError("số điện thoại này đã thuộc tài khoản khác", "kiểm tra lại số", 422)


def _change(found: Kept, action: str, detail: Mapping[str, str], change: Callable[[Connection], None]) -> None:
    """The change and its line in the log, or neither."""
    keeper, now_ms, target = account(), house().now_ms(), f"{found.listed.name} ({found.listed.code})"

    def write(connection: Connection) -> None:
        change(connection)
        note(connection, keeper, action, target, detail, now_ms)

    house().store.write(write)


def _back(user: int, said: str) -> Response:
    flash(said)
    return redirect(f"/tai-khoan/{user}", 303)
