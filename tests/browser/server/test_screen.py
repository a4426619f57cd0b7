"""The codes' page and the class kit in a browser: what a hall sees, with a connection and without."""

import re

import pytest
from boiduong_server.attending.codes import PERIOD_MS, code_of, period_at
from boiduong_server.attending.sittings import close
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.browser.server.test_pages import assert_well_set
from tests.server.attending.conftest import laid_out
from tests.server.attending.held import CLASS, HALL, Held, hold

__all__ = ["laid_out"]
PROJECTOR = {"width": 1024, "height": 768}


@pytest.fixture
def held(site: Site) -> Held:
    return hold(site.house)


def shown(page: Page) -> str:
    return page.locator("#ma").inner_text().strip()


def until(page: Page, script: str) -> None:
    """Until this is so in the page, where the policy lets nothing be evaluated by the page's own means."""
    for _ in range(100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    raise AssertionError(script)


def test_the_hall_reads_six_letters_and_a_qr_code_that_change_every_fifteen_seconds(
    site: Site, held: Held, new_page: NewPage
) -> None:
    sitting = held.sitting()
    page = site.enter(new_page(viewport=PROJECTOR), held.known_to(site, held.monitor()))
    page.clock.install(time=site.now_s)
    page.goto(f"{site.application}/buoi/{sitting.public}/man-hinh")
    expect(page.locator("#qr svg")).to_be_visible()
    assert shown(page) == held.code(sitting)
    before = page.locator("#qr path").get_attribute("d")
    letters, drawing = page.locator("#ma").bounding_box(), page.locator("#qr").bounding_box()
    assert letters
    assert drawing
    size = page.locator("#ma").evaluate("(each) => parseFloat(getComputedStyle(each).fontSize)")
    assert size * 0.716 >= 130, "the capitals of 30 m: fifteen centimetres of two metres are 58 of 768"
    assert min(drawing["width"], drawing["height"]) >= 380
    assert letters["x"] >= 0
    assert letters["x"] + letters["width"] <= PROJECTOR["width"]
    assert page.evaluate("[document.documentElement.scrollHeight, innerHeight]") == [768, 768]
    site.clock.at_ms += PERIOD_MS
    page.clock.run_for(PERIOD_MS)
    assert shown(page) == held.code(sitting)
    expect(page.locator("#qr path")).not_to_have_attribute("d", before or "")
    close(site.house.store, sitting, "x", 3, site.house.now_ms())
    page.clock.run_for(7_000)
    expect(page.get_by_text("Đã kết thúc điểm danh buổi này.")).to_be_visible()
    assert page.locator("#ma").inner_text() == ""


def test_the_page_goes_on_without_a_connection_and_opens_the_sitting_when_there_is_one(
    site: Site, held: Held, new_page: NewPage
) -> None:
    sitting = held.prepared()
    page = site.enter(new_page(viewport=PROJECTOR), held.known_to(site, held.monitor()))
    page.goto(f"{site.application}/buoi/{sitting.public}/man-hinh")
    expect(page.get_by_text("Chưa mở điểm danh buổi này.")).to_be_visible()
    until(page, "caches.open('boiduong-trang').then((pages) => pages.keys()).then((all) => all.length > 0)")
    until(page, f"(localStorage['boiduong-man-hinh-{sitting.public}'] || '').length > 9000")
    page.context.set_offline(True)
    page.get_by_role("button", name="Mở điểm danh").click()
    expect(page.locator("#ma")).to_be_visible()
    page.reload()
    expect(page.locator("#qr svg")).to_be_visible()
    expect(page.get_by_text("Chưa mở trên máy chủ: có mạng thì trang này tự mở.")).to_be_visible()
    now = period_at(site.house.now_ms())
    assert shown(page) in {code_of(sitting.key, now), code_of(sitting.key, now - 1)}
    assert held.now(sitting).opened_ms is None
    page.context.set_offline(False)
    expect(page.get_by_text("Chưa mở trên máy chủ")).to_have_count(0, timeout=15_000)
    assert held.now(sitting).is_open
    expect(page.locator("#ma")).to_be_visible()


def test_a_page_whose_clock_was_set_shows_no_code_until_it_is_right_again(
    site: Site, held: Held, new_page: NewPage
) -> None:
    sitting = held.sitting()
    page = site.enter(new_page(viewport=PROJECTOR), held.known_to(site, held.monitor()))
    page.goto(f"{site.application}/buoi/{sitting.public}/man-hinh")
    expect(page.locator("#ma")).to_be_visible()
    page.context.set_offline(True)
    page.evaluate("{ const now = Date.now; Date.now = () => now() + 3600000; }")
    expect(page.get_by_text(re.compile("chưa đối chiếu được với máy chủ: 09:"))).to_be_visible()
    expect(page.locator("#ma")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator("#ma")).to_be_visible(timeout=15_000)
    assert shown(page) == held.code(sitting)


def test_the_kit_and_the_codes_page_are_for_everyone(site: Site, held: Held, new_page: NewPage) -> None:
    sitting = held.sitting()
    page = site.enter(new_page(viewport=PHONE), held.known_to(site, held.monitor()))
    for path in (f"/lop/{CLASS}/diem-danh", f"/buoi/{sitting.public}/dong", f"/lop/{CLASS}/danh-sach-to"):
        page.goto(f"{site.application}{path}")
        assert_accessible(page)
        assert_well_set(page)
    page.goto(f"{site.application}/lop/{CLASS}/diem-danh")
    page.get_by_label("Đếm trong phòng").fill("4")
    page.get_by_role("button", name="Ghi sĩ số").click()
    expect(page.get_by_text("đếm 4, điểm danh 0, chênh 4")).to_be_visible()
    page.get_by_role("link", name="Màn hình mã").first.click()
    expect(page.locator("#qr svg")).to_be_visible()
    expect(page.get_by_text("Đếm 4, điểm danh 0, chênh 4")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HALL)
    assert_accessible(page)
    assert_well_set(page)
