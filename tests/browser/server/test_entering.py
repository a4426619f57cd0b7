"""The way in, in a browser: a cadre with a slip of paper, an officer with an authenticator, and what cookies bear."""

import pytest
from boiduong_server.accounts.account import Grant
from boiduong_server.accounts.making import NewAccount, grant, make_accounts, prepared
from boiduong_server.accounts.roles import Role
from playwright.sync_api import Page, expect
from pyotp import TOTP
from sqlalchemy import Connection

from tests.browser.conftest import PHONE, NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.browser.server.test_pages import assert_well_set

OWN = "một câu dễ nhớ"


def slip(site: Site, *roles: Role) -> str:
    """The first password of cadre 02."""
    ready = prepared([NewAccount("02", "Trần Thị Bình", site.lam_giang.cadres["02"])])

    def write(connection: Connection) -> str:
        (made,) = make_accounts(connection, ready, site.clock.at_ms)
        for role in roles:
            grant(connection, made.user, Grant(role, "DU01"), site.clock.at_ms)
        return made.password

    return site.house.store.write(write)


def log_in(page: Page, password: str, kept: bool = False) -> None:
    page.get_by_label("Mã cán bộ hoặc số điện thoại").fill("02")
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_label("Đây là thiết bị của tôi").set_checked(kept)
    page.get_by_role("button", name="Đăng nhập").click()


def choose(page: Page) -> None:
    page.get_by_label("Mật khẩu mới", exact=True).fill(OWN)
    page.get_by_label("Gõ lại mật khẩu mới").fill(OWN)
    page.get_by_role("button", name="Dùng mật khẩu này").click()


def looked_at(page: Page) -> None:
    assert_accessible(page)
    assert_well_set(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_cadre_enters_by_the_slip_and_chooses_a_password(site: Site, new_page: NewPage, script: bool) -> None:
    word, page = slip(site), new_page(viewport=PHONE, java_script_enabled=script)
    page.goto(f"{site.application}/thiet-bi")
    log_in(page, "không phải")
    expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu chưa đúng.")
    log_in(page, word, kept=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Chọn mật khẩu riêng")
    choose(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thiết bị của tôi")
    held = {each["name"]: each for each in page.context.cookies()}
    assert held.keys() == {"__Host-boiduong", "__Host-boiduong-may"}
    assert all(each["secure"] and each["httpOnly"] and each["sameSite"] == "Lax" for each in held.values())
    assert held["__Host-boiduong"]["expires"] > 0


def test_an_officer_sets_up_a_second_step(site: Site, new_page: NewPage) -> None:
    word, page = slip(site, Role.UNIT_OFFICER), new_page(viewport=PHONE)
    page.goto(f"{site.application}/dang-nhap")
    looked_at(page)
    log_in(page, word)
    looked_at(page)
    choose(page)
    looked_at(page)
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Mã sáu số").fill(TOTP(secret).at(site.clock.at_ms // 1000))
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã khôi phục")
    looked_at(page)
    page.get_by_role("link", name="Đã cất, vào hệ thống").click()
    for path in ("/thiet-bi", "/mat-khau"):
        page.goto(f"{site.application}{path}")
        looked_at(page)


def test_a_keepers_pages_are_for_everyone(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(), "quan-tri", Role.ADMINISTRATOR)
    page.goto(f"{site.application}/tai-khoan/lap")
    looked_at(page)
    page.get_by_label("Đơn vị").fill("DU01")
    page.get_by_role("button", name="Lập cho cả đơn vị").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Nguyễn Văn An", "Trần Thị Bình", "Vũ Thị Lan"])
    looked_at(page)
    page.goto(f"{site.application}/tai-khoan")
    looked_at(page)
    page.get_by_role("link", name="Trần Thị Bình").click()
    for each in page.locator("summary").all():
        each.click()
    looked_at(page)
    page.goto(f"{site.application}/nhat-ky")
    looked_at(page)
