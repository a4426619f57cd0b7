"""The desk's pages in a browser: for every eye and hand, on a phone and on a desk, and with or without a script."""

import re

import pytest
from boiduong_records.people import subject_of
from boiduong_server.accounts.roles import Role
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import NewPage, assert_accessible
from tests.browser.server.conftest import Site
from tests.server.lam_giang import CLASS

NARROW = ViewportSize(width=360, height=740)
_SMALL = """() => [...document.querySelectorAll("a, button, input, select, summary, .choice")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.height > 0 && box.top > 0 && (box.height < 44 && !each.closest("td, p, dd, li > p, .choice > *"));
}).map((each) => each.outerHTML)"""
"""What is touched and lower than 44 px; links within text are as high as its lines, a box is touched by its label."""


def person(site: Site, code: str) -> str:
    with site.house.books.reading() as books:
        return f"/nguoi/{subject_of(books, site.lam_giang.cadres[code])}"


def opened(site: Site, page: Page, path: str) -> Page:
    page.goto(f"{site.application}{path}")
    return page


def assert_well_set(page: Page) -> None:
    """Nothing is wider than a small phone, whatever is touched is high enough, there is one heading of the first
    rank."""
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert page.evaluate(_SMALL) == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("code", ["01", "02", "05", "07"])
def test_ones_own_page_is_for_everyone(site: Site, new_page: NewPage, code: str) -> None:
    page = site.enter(new_page(), code)
    opened(site, page, "/")
    for each in page.locator("summary").all():
        each.click()
    assert_accessible(page)
    assert_well_set(page)


def test_the_officers_pages_are_for_everyone(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(), "can-bo", Role.PROVINCE_OFFICER)
    site.account("01")  # so that somebody is enrolled
    units = ("/don-vi", "/don-vi/TU", "/don-vi/TU?tim=khong-co-ai", person(site, "01"))
    for path in (*units, "/lop", f"/lop/{CLASS}/hoc-vien", "/khong-co-trang-nay"):
        opened(site, page, path)
        assert_accessible(page)
        assert_well_set(page)


def test_an_auditor_follows_one_verdict_to_its_evidence(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(), "kiem-tra", Role.AUDITOR)
    opened(site, page, "/don-vi/DU01")
    page.get_by_role("link", name="Nguyễn Văn An").click()
    expect(page.get_by_text("Đủ số ngày: được tính 7 ngày trên tối thiểu 7 ngày.")).to_be_visible()
    page.get_by_text("Lớp mùa hạ").first.click()
    page.get_by_role("row", name="Sáng 04/05/2026").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Điểm danh: mục"))
    expect(page.get_by_text("Mã của mục tính lại khớp với sổ.")).to_be_visible()
    page.get_by_text("Tự tính lại").click()
    assert_accessible(page)
    assert_well_set(page)
    page.get_by_role("link", name="Nguyễn Văn An").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Văn An")


def test_a_head_of_unit_goes_from_ones_own_days_to_the_unit(site: Site, new_page: NewPage) -> None:
    site.account("01")
    site.account("01", Role.UNIT_OFFICER, "DU01")
    page = site.enter(new_page(viewport=NARROW), "01")
    opened(site, page, "/")
    expect(page.get_by_text("Đủ số ngày")).to_be_visible()
    page.get_by_role("link", name="Đơn vị tôi").click()
    expect(page.get_by_role("link", name="Trần Thị Bình")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Các trang").get_by_role("link", name="Của tôi").click()
    expect(page.get_by_text("Đủ số ngày")).to_be_visible()


def test_a_list_answers_while_one_types(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(), "can-bo", Role.PROVINCE_OFFICER)
    opened(site, page, "/don-vi/TU")
    page.get_by_label("Họ tên hoặc mã cán bộ").press_sequentially("binh")
    expect(page.get_by_role("link", name="Nguyễn Văn An")).to_have_count(0)
    expect(page.get_by_role("link", name="Trần Thị Bình")).to_be_visible()
    assert "tim=binh" in page.url
    expect(page.get_by_label("Họ tên hoặc mã cán bộ")).to_be_focused()
    page.get_by_label("Họ tên hoặc mã cán bộ").fill("")
    page.get_by_label("Tình trạng").select_option("enough")
    expect(page.get_by_role("link", name="Lê Văn Dũng")).to_be_visible()
    expect(page.get_by_role("link", name="Trần Thị Bình")).to_have_count(0)


def test_without_a_script_everything_is_there(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(java_script_enabled=False), "can-bo", Role.PROVINCE_OFFICER)
    opened(site, page, "/don-vi/TU")
    page.get_by_label("Họ tên hoặc mã cán bộ").fill("hoa")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Đỗ Thị Hoa").click()
    expect(page.get_by_text("không thuộc đối tượng phải bồi dưỡng").first).to_be_visible()
    page.get_by_text("Chuyên đề quốc tế").first.click()
    expect(page.get_by_role("table", name=re.compile("Chuyên đề quốc tế"))).to_be_visible()


def test_by_keyboard_alone_one_reaches_the_lines_and_opens_them(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(), "01")
    opened(site, page, "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if "Lớp mùa hạ" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name=re.compile("Đủ buổi")).first).to_be_visible()


def test_on_paper_every_line_is_open_and_closed_again_afterwards(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(), "01")
    opened(site, page, "/")
    count = "document.querySelectorAll('details[open]').length"
    before = page.evaluate(count)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details:not([open])').length") == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(count) == before


def test_a_page_holds_to_its_policy_and_leaves_nothing_in_the_browser(site: Site, new_page: NewPage) -> None:
    page = site.enter(new_page(), "can-bo", Role.PROVINCE_OFFICER)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    for path in ("/", "/don-vi/TU", person(site, "01")):
        opened(site, page, path)
    page.goto(f"{site.application}/don-vi/TU")
    page.get_by_label("Họ tên hoặc mã cán bộ").press_sequentially("lan")
    expect(page.get_by_role("link", name="Trần Thị Bình")).to_have_count(0)
    assert heard == []
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert kept == ["htmx-current-path-for-history"], "the address, and no page"
