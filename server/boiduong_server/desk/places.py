"""Which pages the head of each page leads to: those whose routes are open to whoever asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.roles import Role

OVERSEERS = (Role.UNIT_OFFICER, Role.PROVINCE_OFFICER, Role.AUDITOR)
"""Who sees people's days, within what they were granted."""


@dataclass(frozen=True)
class Place:
    """A page with its name and the view behind it; `also` are beginnings of addresses that belong to it."""

    name: str
    address: str
    view: str
    also: tuple[str, ...] = ()

    def is_here(self, path: str) -> bool:
        return path == self.address or (bool(self.also) and path.startswith(self.also))


_OWN = Place("Của tôi", "/", "mine.mine")
_PLACES = (
    Place("Đơn vị", "/don-vi", "unit.units", ("/don-vi/", "/nguoi/")),
    Place("Lớp", "/lop", "enrolling.classes", ("/lop/", "/buoi/")),
    Place("Đính chính", "/dinh-chinh", "correcting.waiting", ("/dinh-chinh/",)),
    Place("Gói bài", "/goi-bai", "packages.shelf", ("/goi-bai/",)),
    Place("Tài khoản", "/tai-khoan", "staff.accounts", ("/tai-khoan/",)),
    Place("Nhật ký", "/nhat-ky", "audit.log"),
    Place("Máy chủ", "/suc-khoe/chi-tiet", "health.details"),
)


def places(account: Account | None) -> Iterator[Place]:
    """Those that the account may open, in the order of the page; its own days only for who has any."""
    if account is None:
        return
    if Role.LEARNER in account.roles:
        yield _OWN
    for place in _PLACES:
        allowed: frozenset[Role] = getattr(current_app.view_functions[place.view], "allowed", frozenset())
        if allowed & account.roles:
            yield place
