"""A session in the workbench: the hall's screen, the learners' telephones, and the list between them."""

import csv
import re
from dataclasses import dataclass
from io import StringIO

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage, assert_accessible
from tests.browser.openedx.conftest import Stopped, Workbench

BLOCK = ".boiduong-attendance"
MONITOR = "giao-vu"
LONG_MS = 20_000
SMALL = """(block) => [...block.querySelectorAll("button, input, select, summary, a")]
    .filter((each) => each.offsetHeight > 0 && each.offsetHeight < 44).map((each) => each.outerHTML)"""


@dataclass
class Session:
    """One session of a test's own."""

    workbench: Workbench
    unit: str
    new_page: NewPage

    def page(self, student: str, view: str = "student_view", **options: object) -> Page:
        page = self.new_page(**options)
        page.goto(self.workbench.address(self.unit, student, view))
        return page

    def monitor(self, **options: object) -> Page:
        return self.page(MONITOR, **options)


@pytest.fixture
def session(workbench: Workbench, new_page: NewPage) -> Session:
    name = f"buoi-{workbench.learner()}"
    block = (
        f'<boiduong_attendance url_name="{name}" session_id="{name}" periods="5" check_out="true" class_code="L01"'
        ' display_name="Điểm danh: Khai giảng" starts_at="2026-12-15T00:30:00Z"/>'
    )
    return Session(workbench, workbench.add(block), new_page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shown_code(monitor: Page) -> str:
    code = monitor.locator(".boiduong-code")
    expect(code).to_have_attribute("aria-label", re.compile(r"^(\w ){5}\w$"))
    return (code.get_attribute("aria-label") or "").replace(" ", "")


def open_check_in(monitor: Page) -> str:
    """The code, once it stands: whoever looks from now on finds the session open."""
    press(monitor, "Mở điểm danh vào")
    return shown_code(monitor)


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Mã điểm danh").fill(code)
    page.keyboard.press("Enter")


def lost(page: Page) -> None:
    """As when the hall's network falls away, which is not a fault of the page."""
    page.route("**/handler/**", lambda route: route.abort())


def logged_out(page: Page) -> None:
    """As the platform answers then: the login page, after a redirect that the browser follows."""
    page.route("**/handler/**", lambda route: route.fulfill(content_type="text/html", body="<h1>Đăng nhập</h1>"))


def test_a_learner_in_the_hall_types_the_code_and_later_leaves(session: Session) -> None:
    an = session.workbench.learner()
    learner, monitor = session.new_page(viewport=PHONE), session.monitor()
    learner.clock.install()
    learner.goto(session.workbench.address(session.unit, an))
    expect(learner.get_by_text("Buổi học chưa mở điểm danh.")).to_be_visible()
    expect(learner.get_by_text("Giờ bắt đầu: 15/12/2026 07:30.")).to_be_visible()
    code = open_check_in(monitor)
    press(learner, "Cập nhật")
    type_code(learner, f" {code[:3].lower()} {code[3:].lower()}")
    expect(learner.get_by_text("Đã điểm danh vào lúc")).to_be_visible()
    expect(learner.get_by_text("Đang chờ có tên trong danh sách")).to_be_visible()
    learner.clock.run_for(LONG_MS)
    expect(learner.get_by_text("Đã có tên trong danh sách.")).to_be_visible()
    expect(monitor.get_by_text("Đã có mặt: 1 người")).to_be_visible(timeout=LONG_MS)
    press(monitor, "Mở điểm danh ra")
    expect(monitor.get_by_text("Đang mở điểm danh ra.")).to_be_visible()
    learner.reload()
    type_code(learner, shown_code(monitor))
    expect(learner.get_by_text(re.compile(r"vào lúc \d+:\d\d, ra lúc \d+:\d\d"))).to_be_visible()
    assert session.workbench.completions(an) == [1.0]
    scans = session.workbench.published(an, "boiduong.attendance.scan")
    assert [each["event"]["direction"] for each in scans] == ["in", "out"]


def test_a_wrong_code_is_told_beside_the_field_and_five_of_them_wait(session: Session) -> None:
    monitor, learner = session.monitor(), session.page(session.workbench.learner())
    open_check_in(monitor)
    press(learner, "Cập nhật")
    field = learner.get_by_label("Mã điểm danh")
    for _ in range(4):
        type_code(learner, "AAAAAA")
        expect(learner.get_by_text("Mã chưa đúng.")).to_be_visible()
        expect(field).to_have_accessible_description(re.compile("Mã chưa đúng"))
        press(learner, "Cập nhật")
        expect(learner.get_by_text("Mã chưa đúng.")).to_be_hidden()
    type_code(learner, "AAAAAA")
    expect(learner.get_by_text(re.compile(r"Nhập lại được sau \d+ giây"))).to_be_visible()
    expect(learner.get_by_role("button", name="Điểm danh vào")).to_be_disabled()


def test_two_learners_are_apart_and_neither_is_named_to_the_other(session: Session) -> None:
    monitor = session.monitor()
    open_check_in(monitor)
    one, other = session.workbench.learner(), session.workbench.learner()
    first, second = session.page(one), session.page(other)
    type_code(first, shown_code(monitor))
    expect(first.get_by_text("Đã điểm danh vào lúc")).to_be_visible()
    second.reload()
    expect(second.get_by_label("Mã điểm danh")).to_be_visible()
    assert one not in second.locator(BLOCK).inner_html()


def test_the_screen_tells_when_its_code_is_old_and_goes_on_when_the_line_is_back(
    session: Session, stopped: Stopped
) -> None:
    monitor = session.new_page()
    stopped.install(monitor)
    monitor.goto(session.workbench.address(session.unit, MONITOR))
    first = open_check_in(monitor)
    lost(monitor)
    monitor.clock.run_for(6_000)
    expect(monitor.get_by_text("Mất kết nối với máy chủ. Mã đang hiện có thể đã cũ")).to_be_visible()
    monitor.clock.run_for(30_000)
    expect(monitor.get_by_text("Mã này đã cũ, đừng nhập.")).to_be_visible()
    stopped.pass_ms(36_000)
    monitor.unroute("**/handler/**")
    monitor.clock.run_for(3_000)
    expect(monitor.get_by_text("Mã này đã cũ")).to_be_hidden()
    assert shown_code(monitor) != first


def test_whoever_is_logged_out_meanwhile_is_told_to_log_in(session: Session) -> None:
    monitor, learner = session.monitor(), session.page(session.workbench.learner())
    open_check_in(monitor)
    press(learner, "Cập nhật")
    expect(learner.get_by_label("Mã điểm danh")).to_be_visible()
    for page in (learner, monitor):
        logged_out(page)
    type_code(learner, "AAAAAA")
    press(monitor, "Đóng buổi và gửi danh sách")
    press(monitor, "Đóng và gửi")
    for page in (learner, monitor):
        expect(page.get_by_text("Phiên đăng nhập đã hết: tải lại trang rồi đăng nhập.").first).to_be_visible()


def test_a_browser_without_scripts_is_told_so(session: Session) -> None:
    for who in (session.workbench.learner(), MONITOR):
        page = session.page(who, java_script_enabled=False)
        expect(page.locator("noscript p")).to_be_visible()


def test_no_letter_of_the_code_is_cut_off(session: Session) -> None:
    """J goes below the line in some typefaces."""
    monitor = session.monitor()
    open_check_in(monitor)
    room = """(code) => [...code.querySelectorAll("text")].every((letter) => {
        const box = letter.getBBox();
        return box.x >= 0 && box.x + box.width <= 276 && box.y + box.height <= code.viewBox.baseVal.height;
    })"""
    assert monitor.locator(".boiduong-code").evaluate(room)


def test_a_wrong_clock_of_the_screen_does_not_matter(session: Session) -> None:
    monitor = session.new_page()
    monitor.clock.install(time="2020-01-01T00:00:00Z")
    monitor.goto(session.workbench.address(session.unit, MONITOR))
    open_check_in(monitor)
    learner = session.page(session.workbench.learner())
    type_code(learner, shown_code(monitor))
    expect(learner.get_by_text("Đã điểm danh vào lúc")).to_be_visible()


def test_the_monitor_writes_by_hand_with_a_reason_and_closes(session: Session) -> None:
    monitor = session.monitor()
    open_check_in(monitor)
    monitor.get_by_text("Danh sách và ghi tay").click()
    monitor.get_by_label("Tài khoản").fill("binh.tt")
    monitor.get_by_label("Họ và tên").fill("Trần Thị Bình")
    press(monitor, "Ghi vào danh sách")
    expect(monitor.get_by_text("Ghi lý do, ví dụ")).to_be_visible()
    monitor.get_by_label("Lý do").fill("không mang điện thoại")
    press(monitor, "Ghi vào danh sách")
    row = monitor.get_by_role("row").filter(has_text="binh.tt")
    expect(row).to_contain_text("giao-vu ghi tay. Lý do: không mang điện thoại")
    expect(monitor.get_by_role("listitem").filter(has_text="Trần Thị Bình (binh.tt): có mặt")).to_be_visible()
    with monitor.expect_download() as download:
        monitor.get_by_role("link", name="Tải danh sách (CSV)").click()
    table = [*csv.reader(StringIO(download.value.path().read_text("utf-8-sig")))]
    assert [line[1:4] for line in table[1:]] == [["binh.tt", "Trần Thị Bình", "x"]]
    press(monitor, "Đóng buổi và gửi danh sách")
    press(monitor, "Đóng và gửi")
    expect(monitor.get_by_text("Đã gửi danh sách lần 1: 1 người có mặt")).to_be_visible()
    expect(monitor.get_by_role("button", name="Mở lại điểm danh vào")).to_be_focused()
    sent = session.workbench.published(MONITOR, "boiduong.attendance.attended")
    assert [each["event"]["learner"] for each in sent if each["event"]["session"].startswith("buoi-hoc")][
        -1
    ] == "binh.tt"


def test_the_list_is_not_on_the_halls_screen_until_it_is_asked_for(session: Session) -> None:
    monitor = session.new_page()
    monitor.clock.install()
    monitor.goto(session.workbench.address(session.unit, MONITOR))
    open_check_in(monitor)
    name = session.workbench.learner()
    type_code(session.page(name), shown_code(monitor))
    monitor.clock.run_for(90_000)
    expect(monitor.get_by_text("Đã có mặt: 1 người")).to_be_visible(timeout=LONG_MS)
    assert name not in monitor.locator(BLOCK).inner_html()
    monitor.get_by_text("Danh sách và ghi tay").click()
    monitor.clock.run_for(1_000)
    expect(monitor.get_by_role("row").filter(has_text=name)).to_be_visible()


def test_what_was_done_survives_a_restart_of_the_platform(session: Session) -> None:
    monitor, name = session.monitor(), session.workbench.learner()
    code = open_check_in(monitor)
    learner = session.page(name)
    type_code(learner, code)
    expect(learner.get_by_text("Đã điểm danh vào lúc")).to_be_visible()
    session.workbench.restart()
    learner.reload()
    expect(learner.get_by_text("Đã có tên trong danh sách.")).to_be_visible()
    monitor.reload()
    expect(monitor.get_by_text("Đã có mặt: 1 người")).to_be_visible()


def test_who_looks_as_a_learner_can_do_nothing_and_is_told_why(session: Session) -> None:
    open_check_in(session.monitor())
    watching = session.page("xem-thu")
    expect(watching.get_by_text("Đang xem như học viên")).to_be_visible()
    expect(watching.get_by_label("Mã điểm danh")).to_be_disabled()
    expect(watching.get_by_role("button", name="Điểm danh vào")).to_be_disabled()


def test_every_page_is_accessible_and_as_wide_as_a_narrow_telephone(session: Session) -> None:
    monitor = session.monitor()
    assert_accessible(monitor, within=BLOCK)
    open_check_in(monitor)
    monitor.get_by_text("Danh sách và ghi tay").click()
    learner = session.page(session.workbench.learner())
    type_code(learner, "AAAAAA")
    expect(learner.get_by_text("Mã chưa đúng.")).to_be_visible()
    assert_accessible(learner, within=BLOCK)
    type_code(learner, shown_code(monitor))
    expect(learner.get_by_text("Đã điểm danh vào lúc")).to_be_visible()
    for _ in ("shut", "open"):  # the list is asked for as it opens
        monitor.get_by_text("Danh sách và ghi tay").click()
    expect(monitor.get_by_role("row").nth(1)).to_contain_text("hoc-vien")
    press(monitor, "Đóng buổi và gửi danh sách")
    others = [session.page(who) for who in ("xem-thu", "khach")]
    for page in [monitor, learner, *others, session.page(MONITOR, "author_view")]:
        assert_accessible(page, within=BLOCK)
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator(BLOCK).evaluate(SMALL) == []
