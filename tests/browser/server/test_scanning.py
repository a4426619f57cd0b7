"""Checking in with a telephone, in a browser: logged out at the scan, in another browser, without storage, offline."""

import re

import pytest
from boiduong_server.accounts.making import choose_password
from boiduong_server.accounts.passwords import kept
from boiduong_server.attending.readings import scans_of
from boiduong_server.attending.sheet import Scan
from boiduong_server.attending.sittings import Sitting
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.browser.server.test_pages import assert_well_set
from tests.server.attending.conftest import laid_out
from tests.server.attending.held import HALL, Held, hold
from tests.server.lam_giang import NOW

__all__ = ["laid_out"]
OWN = "một câu dễ nhớ"
ZALO = "Mozilla/5.0 (Linux; Android 10; wv) AppleWebKit/537.36 Chrome/90 Mobile Safari/537.36 Zalo android/12.1"
NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
MINUTE, NEAR_MS = 60_000, 5_000
"""How long a test may take between two moments that are one to it."""


@pytest.fixture
def held(site: Site) -> Held:
    return hold(site.house)


@pytest.fixture
def hall(held: Held) -> Sitting:
    return held.sitting(HALL)


def known(site: Site, held: Held, code: str) -> str:
    """An account whose password is known."""
    user, hashed = held.learner(code).user, kept(OWN)
    site.house.store.write(lambda connection: choose_password(connection, user, hashed))
    return code


def scans(site: Site, hall: Sitting) -> list[Scan]:
    with site.house.store.reading() as connection:
        return scans_of(connection, [hall.id])


def title(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def log_in(page: Page, code: str) -> None:
    page.get_by_label("Mã cán bộ hoặc số điện thoại").fill(code)
    page.get_by_label("Mật khẩu").fill(OWN)
    page.get_by_role("button", name="Đăng nhập").click()


def present(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Có mặt từ 8:00")


def looked_at(page: Page) -> None:
    assert_accessible(page)
    assert_well_set(page)


def ready(site: Site, held: Held, page: Page, code: str = "01") -> Page:
    """Logged in, with a page of attendance opened beforehand."""
    site.enter(page, held.known_to(site, held.learner(code)))
    page.goto(f"{site.application}/diem-danh")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.wait_for_function("caches.open('boiduong-trang').then((pages) => pages.keys()).then((keys) => keys.length)")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_who_logs_in_after_the_scan_is_present_from_the_scan_on(
    site: Site, new_page: NewPage, held: Held, hall: Sitting, script: bool
) -> None:
    known(site, held, "01")
    page = new_page(viewport=PHONE, java_script_enabled=script)
    page.goto(f"{site.application}{held.address(hall)}")
    site.clock.at_ms += 4 * MINUTE
    log_in(page, "01")
    if not script:
        page.get_by_role("button", name="Ghi có mặt").click()
    present(page)
    (scan,) = scans(site, hall)
    assert NOW <= scan.at_ms < NOW + NEAR_MS


def test_without_storage_inside_zalo_a_login_or_a_short_code_does_it(
    site: Site, new_page: NewPage, held: Held, hall: Sitting
) -> None:
    page = new_page(viewport=PHONE, user_agent=ZALO)
    page.add_init_script(NO_STORAGE)
    page.goto(f"{site.application}{held.address(hall)}")
    expect(page.get_by_text("Trang đang mở trong Zalo")).to_be_visible()
    looked_at(page)
    short = page.locator(".short-code").inner_text()
    other = site.enter(new_page(viewport=PHONE), held.known_to(site, held.learner("02")))
    other.goto(f"{site.application}/D")
    looked_at(other)
    other.get_by_label("Sáu chữ trên màn hình").fill(short)
    other.get_by_role("button", name="Điểm danh").click()
    present(other)
    known(site, held, "01")
    page.goto(f"{site.application}{held.address(hall)}")
    log_in(page, "01")
    present(page)
    looked_at(page)


def test_a_reading_without_a_connection_is_kept_and_sent_when_there_is_one(
    site: Site, new_page: NewPage, held: Held, hall: Sitting
) -> None:
    page = ready(site, held, new_page(viewport=PHONE))
    site.traffic.down = True
    read_ms = site.house.now_ms()
    page.goto(f"{site.application}{held.address(hall)}")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Đã giữ mã lúc .*, sẽ gửi khi có mạng$"))
    looked_at(page)
    page.goto("about:blank")
    site.traffic.down = False
    site.clock.at_ms += 40 * MINUTE
    held_up_ms = 40 * MINUTE
    page.add_init_script(f"Date.now = ((now) => () => now() + {held_up_ms})(Date.now)")
    page.goto(f"{site.application}/diem-danh")
    expect(page.get_by_text(re.compile("Đã gửi mã quét lúc 8:0"))).to_be_visible()
    (scan,) = scans(site, hall)
    assert scan.claimed_offline
    assert abs(scan.at_ms - read_ms) < NEAR_MS
    assert page.evaluate("localStorage.getItem('boiduong-cho-diem-danh')") is None


def test_letters_typed_into_an_open_page_are_kept_too(site: Site, new_page: NewPage, held: Held, hall: Sitting) -> None:
    page = site.enter(new_page(viewport=PHONE), held.known_to(site, held.learner("01")))
    page.goto(f"{site.application}/D")
    site.traffic.down = True
    page.get_by_label("Sáu chữ trên màn hình").fill(held.code(hall).lower())
    page.get_by_role("button", name="Điểm danh").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã giữ mã lúc")
    site.traffic.down = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi mã")
    assert [each.claimed_offline for each in scans(site, hall)] == [True]


def test_a_reading_is_sent_by_nobody_but_whose_it_is(site: Site, new_page: NewPage, held: Held, hall: Sitting) -> None:
    page = ready(site, held, new_page(viewport=PHONE))
    site.traffic.down = True
    page.goto(f"{site.application}{held.address(hall)}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đã giữ mã lúc")
    site.traffic.down = False
    site.enter(page, held.known_to(site, held.learner("02")))
    page.goto(f"{site.application}/diem-danh")
    waits = page.get_by_role("region", name="Mã đang giữ trên máy này")
    expect(waits.get_by_text("của Nguyễn Văn An")).to_be_visible()
    looked_at(page)
    assert scans(site, hall) == []
    waits.get_by_role("button", name="Gửi bằng tài khoản").click()
    expect(waits).to_contain_text("Đã gửi mã")
    assert [each.cadre for each in scans(site, hall)] == [held.cadres["02"]]


def test_whoever_logs_out_leaves_no_page_of_theirs(site: Site, new_page: NewPage, held: Held, hall: Sitting) -> None:
    page = ready(site, held, new_page(viewport=PHONE))
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    site.traffic.down = True
    page.goto(f"{site.application}/diem-danh")
    expect(page.get_by_label("Sáu chữ trên màn hình")).to_be_visible()
    assert "Nguyễn Văn An" not in page.content()
