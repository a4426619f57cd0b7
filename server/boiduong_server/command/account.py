"""`boiduong account`: the first administrator, and what else is done where nobody can enter yet."""

from argparse import Namespace
from typing import TYPE_CHECKING

from boiduong_exporter.command.options import day
from boiduong_vocabulary.command import FINE, Command, Parser

from boiduong_server.command.options import add_house, with_house

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from boiduong_server.accounts.account import Grant
    from boiduong_server.accounts.making import NewAccount
    from boiduong_server.accounts.reading import Login
    from boiduong_server.house import House

ACTIONS = {
    "add": "lập tài khoản (MÃ; thêm HỌ_TÊN nếu không phải cán bộ trong sổ)",
    "grant": "giao vai trò (MÃ, --role)",
    "reset": "cấp lại mật khẩu lần đầu (MÃ)",
    "token": "cấp mã truy cập dữ liệu cho một chương trình (MÃ là tên gọi)",
}
ROLES = ("lecturer", "monitor", "unit_officer", "province_officer", "auditor", "administrator")


def configure(parser: Parser) -> None:
    said = "; ".join(f"{action}: {what}" for action, what in ACTIONS.items())
    parser.add_argument("action", metavar="VIỆC", choices=list(ACTIONS), help=said)
    parser.add_argument("code", metavar="MÃ", help="mã đăng nhập: mã cán bộ, hoặc mã đặt cho người ngoài sổ")
    parser.add_argument("name", metavar="HỌ_TÊN", nargs="?", default="", help="họ tên người ngoài sổ")
    parser.add_argument("--role", metavar="VAI_TRÒ", choices=ROLES, help=f"một trong: {', '.join(ROLES)}")
    parser.add_argument("--organization", metavar="MÃ_ĐƠN_VỊ", default="", help="phạm vi (mặc định: toàn tỉnh)")
    parser.add_argument("--from", dest="first", metavar="NGÀY", type=day, help="giữ vai trò từ ngày")
    parser.add_argument("--to", dest="last", metavar="NGÀY", type=day, help="giữ vai trò đến hết ngày")
    add_house(parser)


def run(arguments: Namespace) -> int:
    work = {"add": _add, "grant": _grant, "reset": _reset, "token": _token}[arguments.action]
    return with_house(arguments, lambda house: work(arguments, house))


def _add(arguments: Namespace, house: "House") -> int:
    from boiduong_server.accounts import making
    from boiduong_server.accounts.auditing import note
    from boiduong_server.errors import ServerError

    granted = _granted(arguments, house) if arguments.role else None
    accounts, now_ms = making.prepared([_new(arguments, house)]), house.now_ms()

    def write(connection: "Connection") -> making.FirstPassword:
        made = making.make_accounts(connection, accounts, now_ms)
        if not made:
            raise ServerError(f"đã có tài khoản «{arguments.code}»", "dùng «reset» để cấp lại mật khẩu lần đầu")
        if granted:
            making.grant(connection, made[0].user, granted, now_ms)
        note(connection, None, "account.made", f"{made[0].name} ({made[0].code})", _told(arguments), now_ms)
        return made[0]

    made = house.store.write(write)
    return _show(f"Đã lập tài khoản {made.name}, tên đăng nhập {made.code}", made.password)


def _grant(arguments: Namespace, house: "House") -> int:
    from boiduong_server.accounts import making
    from boiduong_server.accounts.auditing import note
    from boiduong_server.errors import ServerError

    if not arguments.role:
        raise ServerError("chưa nêu vai trò", "thêm --role")
    found, granted, now_ms = _known(arguments, house), _granted(arguments, house), house.now_ms()

    def write(connection: "Connection") -> None:
        making.grant(connection, found.account.user, granted, now_ms)
        note(connection, None, "grant.given", _target(found), _told(arguments), now_ms)

    house.store.write(write)
    print(f"Đã giao vai trò {granted.role.label} cho {_target(found)}.")
    return FINE


def _reset(arguments: Namespace, house: "House") -> int:
    from boiduong_server.accounts import making
    from boiduong_server.accounts.auditing import note
    from boiduong_server.accounts.passwords import first_password, kept
    from boiduong_server.study.launches import end_launches

    found, word, now_ms = _known(arguments, house), first_password(), house.now_ms()
    hashed = kept(word)

    def write(connection: "Connection") -> None:
        making.reset_password(connection, found.account.user, hashed)
        end_launches(connection, found.account.user, now_ms)
        note(connection, None, "account.reset", _target(found), {}, now_ms)

    house.store.write(write)
    return _show(f"Đã cấp lại mật khẩu lần đầu cho {_target(found)}", word)


def _token(arguments: Namespace, house: "House") -> int:
    from boiduong_server.accounts.auditing import note
    from boiduong_server.accounts.tokens import Access, make_token

    _require_organization(arguments.organization, house)
    access, now_ms = Access(arguments.code, arguments.organization), house.now_ms()

    def write(connection: "Connection") -> str:
        note(connection, None, "token.made", access.label, _told(arguments), now_ms)
        return make_token(connection, access, now_ms)

    return _show(f"Mã truy cập dữ liệu của «{access.label}»", house.store.write(write))


def _new(arguments: Namespace, house: "House") -> "NewAccount":
    """The registry's person with this code; else somebody who is no cadre."""
    from boiduong_server.accounts.listing import people_by_code
    from boiduong_server.accounts.making import NewAccount
    from boiduong_server.accounts.scope import EVERYWHERE, scope_within
    from boiduong_server.errors import ServerError

    with house.books.reading() as books, house.store.reading() as store:
        found = people_by_code(store, scope_within(books, EVERYWHERE, house.today), [arguments.code])
    if not found and not arguments.name:
        message = f"sổ không có cán bộ mã «{arguments.code}», hoặc người này đã có tài khoản"
        raise ServerError(message, "thêm HỌ_TÊN để lập cho người ngoài sổ, hoặc dùng «reset»")
    return found[0] if found else NewAccount(arguments.code, arguments.name)


def _known(arguments: Namespace, house: "House") -> "Login":
    from boiduong_server.accounts.reading import login_by_name
    from boiduong_server.errors import ServerError

    with house.store.reading() as store:
        found = login_by_name(store, arguments.code, house.today)
    if found is None:
        raise ServerError(f"chưa có tài khoản «{arguments.code}»", "lập bằng «boiduong account add»")
    return found


def _granted(arguments: Namespace, house: "House") -> "Grant":
    from boiduong_server.accounts.account import Grant
    from boiduong_server.accounts.roles import Role

    _require_organization(arguments.organization, house)
    return Grant(Role(arguments.role), arguments.organization, arguments.first, arguments.last)


def _require_organization(code: str, house: "House") -> None:
    from boiduong_server.accounts.scope import EVERYWHERE, scope_within
    from boiduong_server.errors import ServerError

    with house.books.reading() as books:
        known = scope_within(books, EVERYWHERE, house.today).organizations
    if code and code not in known:
        raise ServerError(f"sổ không có đơn vị mã «{code}»", "xem lại mã, hoặc bỏ --organization để mở toàn tỉnh")


def _told(arguments: Namespace) -> dict[str, str]:
    from boiduong_server.accounts.roles import Role

    role = {"vai trò": Role(arguments.role).label} if arguments.role else {}
    return role | ({"trong": arguments.organization} if arguments.organization else {})


def _target(found: "Login") -> str:
    return f"{found.account.name} ({found.account.code})"


def _show(said: str, secret: str) -> int:
    """A secret, on the screen this once."""
    print(f"{said}. Chỉ hiện một lần:\n{secret}")
    return FINE


COMMAND = Command("lập tài khoản, giao vai trò, cấp lại mật khẩu, cấp mã truy cập dữ liệu", configure, run)
