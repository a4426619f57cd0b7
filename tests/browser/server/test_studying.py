"""A topic is studied in the browser: time by the clock, what the package commits, and what becomes of both when the
connection, the window or the learner goes away."""

from collections.abc import Callable
from typing import Any

import pytest
from boiduong_server.study.launches import Opening, open_launch
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, NewPage, assert_accessible
from tests.browser.server.conftest import Site, our_frame, sco
from tests.browser.server.rows import Rows
from tests.server.lam_giang import CLASS, EDITION, TOPIC
from tests.server.packages import made

STALE = "Bài này vừa được mở ở nơi khác; thời gian ở cửa sổ này không tính tiếp."
Open = Callable[..., Page]


@pytest.fixture
def rows(site: Site) -> Rows:
    return Rows(site)


@pytest.fixture
def opened(site: Site, new_page: NewPage) -> Open:
    """The topic's own package (or another), opened by the learner 01, the page's clock in the test's hands."""

    def open_page(archive: Any = None, page: Page | None = None, **options: object) -> Page:
        site.put(archive or site.lam_giang.packages["scorm12"])
        page = page or site.enter(new_page(**options), "01")
        page.clock.install(time=site.now_s)
        page.goto(site.learn())
        sco(page).wait_for_selector("h1")
        return page

    return open_page


def key(page: Page) -> Callable[[], None]:
    """The learner's sign of life, given where the package is."""
    return sco(page).locator("h1").first.click


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_our_own_package_is_studied_and_hides_its_own_clock(
    opened: Open, site: Site, rows: Rows, standard: str
) -> None:
    page = opened(site.lam_giang.packages[standard])
    site.pass_time(page, 190, key(page))
    assert 180 <= rows.studied_s <= 192
    assert page.locator("#thoi-gian").inner_text() == "3 phút"
    assert page.locator("#ket-noi").inner_text() == "Đang tính giờ"
    assert "phút" not in sco(page).locator("#boiduong-place").inner_text()
    assert rows.attempt.status == "incomplete"


def test_a_tab_left_open_earns_two_minutes_at_most(opened: Open, site: Site, rows: Rows) -> None:
    page = opened()
    site.pass_time(page, 600)
    assert 118 <= rows.studied_s <= 120


def test_two_tabs_earn_no_more_than_the_wall_clock_and_the_older_one_is_told(
    opened: Open, site: Site, rows: Rows
) -> None:
    begun = site.now_s
    first = opened()
    site.pass_time(first, 60, key(first))
    second = first.context.new_page()
    second.goto(site.learn())
    sco(second).wait_for_selector("h1")

    def both() -> None:
        key(first)()
        key(second)()

    site.pass_time(second, 70, both)  # one clock for both windows of the browser
    assert 110 <= rows.studied_s <= site.now_s - begun
    assert STALE in first.locator("#thong-bao").inner_text()
    assert sco(first).locator("h1").is_visible(), "reading is never interrupted"
    assert first.locator("#ket-noi").inner_text() == "Không tính giờ"
    assert second.locator("#thong-bao").inner_text() == ""
    assert not our_frame(first).locator("#loi").is_visible(), "it is said once"
    first.get_by_role("link", name="Học tiếp ở đây").click()
    expect(first.locator("#ket-noi")).to_have_text("Đang tính giờ")


def test_loading_the_page_anew_loses_no_time(opened: Open, site: Site, rows: Rows) -> None:
    page = opened()
    site.pass_time(page, 50, key(page))
    assert rows.studied_s < 40, "the last stretch is still in the page"
    page.reload()
    sco(page).wait_for_selector("h1")
    site.settle(page)
    assert 48 <= rows.studied_s <= 51
    assert page.locator("#thong-bao").inner_text() == ""


def test_a_lost_connection_is_shown_and_its_time_is_kept_and_marked(opened: Open, site: Site, rows: Rows) -> None:
    page = opened()
    site.pass_time(page, 60, key(page))
    page.context.set_offline(True)
    site.pass_time(page, 60, key(page))
    assert page.locator("#ket-noi").inner_text() == "Mất kết nối, đang giữ trên máy"
    alone = rows.studied_s
    assert 55 <= alone <= 62
    page.context.set_offline(False)
    site.pass_time(page, 40, key(page))
    assert 145 <= rows.studied_s <= 165
    assert any(rows.claimed)
    assert not rows.claimed[0]
    assert page.locator("#ket-noi").inner_text() == "Đang tính giờ"


def test_what_a_closed_page_could_not_send_is_sent_by_the_next_one(opened: Open, site: Site, rows: Rows) -> None:
    page = opened(made.single12())
    site.traffic.down = True
    site.pass_time(page, 60, key(page))
    sco(page).evaluate("sco.set('cmi.core.lesson_location', 'trang-7'); sco.pass(90); sco.finish()")
    page.get_by_text("Chưa lưu được kết quả vừa làm").wait_for()
    page.goto("about:blank")
    site.settle(page)
    site.traffic.down = False
    site.clock.at_ms += 60_000
    page.clock.run_for(60_000)
    page.goto(site.learn())
    sco(page).wait_for_selector("h1")
    site.settle(page)
    assert rows.attempt.status == "passed"
    assert sco(page).evaluate("sco.get('cmi.core.lesson_location')") == "trang-7"
    assert rows.studied_s >= 30
    assert page.locator("#ket-noi").inner_text() == "Đang tính giờ"


def test_what_a_replaced_window_had_to_keep_is_not_thrown_away(opened: Open, site: Site, rows: Rows) -> None:
    """The connection was lost, the topic opened on another device, and there nothing was done."""
    page = opened(made.single12())
    site.traffic.down = True
    sco(page).evaluate("sco.pass(90); sco.finish()")
    page.get_by_text("Chưa lưu được kết quả vừa làm").wait_for()
    site.traffic.down = False
    site.clock.at_ms += 1000
    elsewhere = Opening(site.users["01"], site.lam_giang.cadres["01"], CLASS, TOPIC, EDITION, rows.attempt.package)
    open_launch(site.house.store, elsewhere, site.house.now_ms())
    site.pass_time(page, 30)  # the window tries again, and is told
    assert STALE in page.locator("#thong-bao").inner_text()
    page.goto(site.learn())
    sco(page).wait_for_selector("h1")
    site.settle(page)
    assert rows.attempt.status == "passed"


def test_what_one_learner_left_on_a_device_waits_while_another_studies_there(
    opened: Open, site: Site, rows: Rows
) -> None:
    page = opened(made.single12())
    site.traffic.down = True
    site.pass_time(page, 30, key(page))
    sco(page).evaluate("sco.pass(90); sco.finish()")
    page.get_by_text("Chưa lưu được kết quả vừa làm").wait_for()
    page.goto("about:blank")
    site.settle(page)
    site.traffic.down = False
    for code in ("02", "01"):
        site.enter(page, code)
        page.goto(site.learn())
        sco(page).wait_for_selector("h1")
        site.settle(page)
        assert page.locator("#thong-bao").inner_text() == "", "it is nothing to the other one"
    assert rows.attempt.status == "passed"


def test_what_the_server_will_never_keep_is_told_at_once(opened: Open) -> None:
    page = opened(made.single12())
    page.route("**/ghi", lambda route: route.fulfill(status=413, json={"result": False, "errorCode": 101}))
    assert sco(page).evaluate("(sco.pass(90), sco.finish())") == "false"
    assert "Máy chủ không giữ được kết quả" in our_frame(page).get_by_role("status").inner_text()


def test_a_last_word_that_a_closing_page_refused_goes_by_beacon(opened: Open, site: Site, rows: Rows) -> None:
    page = opened(made.single12())
    site.traffic.down = True
    sco(page).evaluate("window.removeEventListener('pagehide', sco.finish)")
    sco(page).evaluate("sco.set('cmi.core.lesson_location', 'trang-9'); sco.commit()")
    page.get_by_text("Chưa lưu được kết quả vừa làm").wait_for()
    site.traffic.down = False
    our_frame(page).evaluate("window.dispatchEvent(new Event('pagehide'))")
    site.settle(page)
    assert rows.cmi["I-a"]["core"]["lesson_location"] == "trang-9"


def test_a_state_over_64_kib_survives_the_page_being_closed(opened: Open, site: Site) -> None:
    page = opened(made.single2004())
    text = "ế" * 30_000
    sco(page).evaluate("text => sco.set('cmi.suspend_data', text)", text)
    page.clock.run_for(100)
    site.settle(page)
    sco(page).evaluate("sco.set('cmi.location', 'cuối')")
    page.goto("about:blank")
    site.settle(page)
    page.goto(site.learn())
    sco(page).wait_for_selector("h1")
    assert sco(page).evaluate("[sco.get('cmi.suspend_data'), sco.get('cmi.location')]") == [text, "cuối"]


def test_a_sco_that_never_finishes_is_finished_when_the_page_goes(opened: Open, site: Site, rows: Rows) -> None:
    page = opened(made.single12())
    sco(page).evaluate("window.removeEventListener('pagehide', sco.finish); sco.finish = null")
    sco(page).evaluate("sco.set('cmi.core.lesson_location', 'trang-2')")
    page.goto("about:blank")
    site.settle(page)
    assert rows.cmi["I-a"]["core"]["lesson_location"] == "trang-2"


def test_a_page_that_is_loaded_anew_goes_on_where_it_was(opened: Open, site: Site) -> None:
    """By the time the old page says its last words the new one has been answered, and its launch is the newest."""
    page = opened(made.single12())
    sco(page).evaluate("sco.set('cmi.core.lesson_location', 'trang-5')")
    page.reload()
    sco(page).wait_for_selector("h1")
    site.settle(page)
    assert sco(page).evaluate("sco.get('cmi.core.lesson_location')") == "trang-5"


def test_input_is_heard_in_frames_and_windows_that_the_package_makes_later(
    opened: Open, site: Site, rows: Rows
) -> None:
    page = opened(made.single12())
    site.pass_time(page, 200)
    idle = rows.studied_s
    sco(page).evaluate("""() => new Promise(done => {
        const frame = document.createElement('iframe');
        frame.src = 'a.html?nested'; frame.onload = done; document.body.append(frame); })""")
    nested = next(frame for frame in page.frames if "nested" in frame.url)
    nested.get_by_label("Ghi chú").click()
    site.pass_time(page, 40)
    assert rows.studied_s >= idle + 30
    site.pass_time(page, 200)
    with page.expect_popup() as opening:
        sco(page).evaluate("() => { window.open('a.html?window') }")
    popup = opening.value
    popup.wait_for_load_state()
    before = rows.studied_s
    page.clock.run_for(2000)
    popup.get_by_label("Ghi chú").click()
    site.pass_time(page, 40)
    assert rows.studied_s >= before + 30


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_around_the_package(opened: Open, size: Any) -> None:
    page = opened(made.nested12(), viewport=size, bypass_csp=True)
    frame = our_frame(page)
    frame.evaluate("name => { window.name = name }", "khung-hoc")
    assert_accessible(page)


def test_without_a_script_the_page_says_what_is_missing_and_what_can_be_read(site: Site, new_page: NewPage) -> None:
    site.put(made.multi12())
    page = site.enter(new_page(java_script_enabled=False), "01")
    page.goto(site.learn())
    assert page.get_by_role("heading", name="Bài học cần JavaScript").is_visible()
    page.get_by_role("link", name="Bài b").click()
    assert page.get_by_role("heading", name="Bài b").is_visible()


def test_who_is_not_enrolled_finds_nothing(site: Site, new_page: NewPage) -> None:
    site.put(made.single12())
    page = site.enter(new_page(), "01")
    for path in (f"/hoc/L01/{TOPIC}", f"/hoc/{CLASS}/khong-co", f"/hoc/khong-co/{TOPIC}"):
        response = page.goto(site.application + path)
        assert response is not None
        assert response.status == 404
