"""The monitor's and a team leader's list on a telephone: with a connection, without, and when it is back."""

import re
from secrets import token_hex

import pytest
from boiduong_server.attending.codes import code_of, period_at
from boiduong_server.attending.lines import lines_of
from boiduong_server.attending.readings import Why
from boiduong_server.attending.scanning import Claim, admit, claim, list_refused
from boiduong_server.attending.sittings import Sitting
from boiduong_server.attending.stamps import stamp
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.browser.server.test_pages import assert_well_set
from tests.browser.server.test_screen import until
from tests.server.attending.conftest import laid_out
from tests.server.attending.held import Held, hold

__all__ = ["laid_out"]


@pytest.fixture
def held(site: Site) -> Held:
    return hold(site.house)


def opened(site: Site, held: Held, page: Page, sitting: Sitting) -> Page:
    """The list before the hall's monitor, kept for when there is no connection."""
    site.enter(page, held.known_to(site, held.monitor()))
    page.goto(f"{site.application}/buoi/{sitting.public}")
    until(page, "caches.open('boiduong-trang').then((pages) => pages.keys()).then((all) => all.length > 0)")
    return page


def scan(held: Held, sitting: Sitting, code: str, device: str = "") -> None:
    now_ms = held.house.now_ms()
    admit(held.house.store, held.reader(code, device), stamp(sitting.public, held.code(sitting), now_ms), now_ms)


def row(page: Page, name: str) -> object:
    return page.locator("[data-key]", has_text=name)


def mark(page: Page, names: tuple[str, ...], button: str, reason: str = "quên điện thoại") -> None:
    for name in names:
        page.get_by_role("checkbox", name=re.compile(name)).check()
    if reason:
        page.get_by_label("Lý do").fill(reason)
    page.get_by_role("button", name=button, exact=True).click()


def test_a_list_follows_what_happens_and_a_reload_shows_the_same(site: Site, held: Held, new_page: NewPage) -> None:
    sitting = held.sitting()
    page = opened(site, held, new_page(viewport=PHONE), sitting)
    scan(held, sitting, "02")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(row(page, "Trần Thị Bình")).to_contain_text("Có mặt, vào 8:00, muộn 30 phút")
    mark(page, ("Nguyễn Văn An", "Lê Văn Dũng"), "Có mặt")
    expect(row(page, "Lê Văn Dũng")).to_contain_text("ghi tay")
    expect(page.locator("[data-count=present]")).to_have_text("3")
    page.get_by_label("Tìm theo tên, mã, đơn vị").fill("thi binh")
    expect(row(page, "Lê Văn Dũng")).to_be_hidden()
    expect(row(page, "Trần Thị Bình")).to_be_visible()
    page.get_by_label("Tìm theo tên, mã, đơn vị").fill("")
    shown = page.locator("[data-list] .roll").all_inner_texts()
    page.reload()
    assert page.locator("[data-list] .roll").all_inner_texts() == shown


def test_without_a_connection_lines_wait_in_sight_and_are_sent_once_it_is_back(
    site: Site, held: Held, new_page: NewPage
) -> None:
    sitting = held.sitting()
    page = opened(site, held, new_page(viewport=PHONE), sitting)
    page.context.set_offline(True)
    mark(page, ("Nguyễn Văn An", "Trần Thị Bình"), "Có mặt")
    mark(page, ("Lê Văn Dũng",), "Vắng", "ốm")
    expect(page.get_by_role("heading", name="3 dòng chờ gửi")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="3 dòng chờ gửi")).to_be_visible()
    expect(row(page, "Lê Văn Dũng")).to_contain_text("Chờ gửi: vắng (ốm)")
    expect(page.locator("[data-count=present]")).to_have_text("2")
    site.clock.at_ms += 20 * 60_000
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="3 dòng chờ gửi")).to_be_hidden(timeout=15_000)
    expect(row(page, "Lê Văn Dũng")).to_contain_text("ghi khi mất mạng, gửi sau")
    expect(page.locator("[data-count=present]")).to_have_text("2")
    with site.house.store.reading() as store:
        assert len(lines_of(store, [sitting.id])) == 3


def test_what_a_line_lacks_is_said_beside_the_button(site: Site, held: Held, new_page: NewPage) -> None:
    page = opened(site, held, new_page(viewport=PHONE), held.sitting())
    mark(page, ("Nguyễn Văn An",), "Có mặt", "")
    expect(page.get_by_role("alert")).to_contain_text("Ghi tay thì cần lý do")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    mark(page, (), "Có mặt")
    expect(row(page, "Nguyễn Văn An")).to_contain_text("ghi tay")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_team_leader_ticks_on_one_telephone(site: Site, held: Held, new_page: NewPage) -> None:
    sitting = held.sitting()
    scan(held, sitting, "03")
    page = site.enter(new_page(viewport=PHONE), held.known_to(site, held.learner("03")))
    page.goto(f"{site.application}/diem-danh/to/{sitting.public}")
    mark(page, ("Lê Văn Dũng", "Đỗ Thị Hoa"), "Có mặt", "")
    expect(row(page, "Đỗ Thị Hoa")).to_contain_text("tổ trưởng ghi")
    mark(page, ("Đỗ Thị Hoa",), "Bỏ ghi", "")
    expect(row(page, "Đỗ Thị Hoa")).to_contain_text("Chưa điểm danh")
    assert_accessible(page)
    assert_well_set(page)


def test_the_list_is_for_everyone(site: Site, held: Held, new_page: NewPage) -> None:
    sitting = held.sitting()
    scan(held, sitting, "01", "a" * 32)
    scan(held, sitting, "02", "a" * 32)
    now_ms = site.house.now_ms()
    at_ms = now_ms - 20 * 60_000
    said = Claim(sitting.public, code_of(sitting.key, period_at(at_ms)), at_ms, token_hex(16))
    claim(site.house.store, held.reader("04"), said, now_ms)
    site.house.store.write(lambda c: list_refused(sitting, Why.OUTDATED, now_ms, now_ms, held.reader("05"), c))
    page = opened(site, held, new_page(viewport=PHONE), sitting)
    page.get_by_role("checkbox", name=re.compile("Nguyễn Văn An")).check()
    page.get_by_text("Giờ vào, giờ ra nếu cần ghi").click()
    assert_accessible(page)
    assert_well_set(page)
    for path in ("tim?q=van", "tep"):
        page.goto(f"{site.application}/buoi/{sitting.public}/{path}")
        assert_accessible(page)
        assert_well_set(page)
