"""The block of days in the workbench, beside a server of books that does what a test asks."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage, assert_accessible
from tests.browser.openedx.conftest import Workbench
from tests.xblocks.owed.loopback import ANSWER, NOBODY, TOKEN, Loopback, Serve, sends, serve, sleeps

__all__ = ["serve"]


@pytest.fixture(autouse=True)
def _without_settings(workbench: Workbench) -> Iterator[None]:
    workbench.configure("boiduong", {})
    yield
    workbench.configure("boiduong", {})


def connected(workbench: Workbench, there: Loopback) -> Workbench:
    workbench.configure("boiduong", {"server": there.address, "token": TOKEN})
    return workbench


def days(workbench: Workbench, page: Page, student: str) -> Locator:
    page.goto(workbench.address(workbench.unit("boiduong_days"), student=student))
    return page.get_by_role("region", name="Số ngày bồi dưỡng")


def test_a_learner_reads_the_days_on_a_phone(workbench: Workbench, new_page: NewPage, serve: Serve) -> None:
    there, page, learner = serve(sends()), new_page(), workbench.learner()
    block = days(connected(workbench, there), page, learner)
    expect(block.get_by_text(ANSWER["text"])).to_be_visible()
    expect(block.get_by_role("definition")).to_have_text(
        ["7 ngày", "2,5 ngày", "4,5 ngày, đến hết ngày 30/09/2030", "còn thiếu"]
    )
    expect(block.get_by_text("Ngoài ra có 25 phút học tạm tính, chưa niêm phong.")).to_be_visible()
    expect(block.get_by_role("status")).to_contain_text("Số liệu lúc ")
    expect(block.get_by_role("heading", name="Riêng khóa học này ghi được")).to_be_visible()
    assert_accessible(page, within=".boiduong-days")

    days(workbench, page, learner)
    expect(block.get_by_text(ANSWER["text"])).to_be_visible()
    assert len(there.requests) == 1, "what was told ten minutes ago or less is not asked for again"
    assert workbench.completions(learner) == []


def test_the_unit_is_read_while_the_server_is_silent(workbench: Workbench, new_page: NewPage, serve: Serve) -> None:
    page = new_page()
    began = time.monotonic()
    block = days(connected(workbench, serve(sleeps)), page, workbench.learner())
    expect(block.get_by_role("status")).to_have_text("Đang hỏi sổ theo dõi bồi dưỡng…")
    expect(page.get_by_text("Các con số này là gì").or_(block).first).to_be_visible()
    assert time.monotonic() - began < 2
    said = "Máy chủ sổ theo dõi bồi dưỡng chưa trả lời; mở lại trang này sau ít phút."
    expect(block.get_by_role("status")).to_have_text(said)


def test_an_account_in_no_books_is_told_what_to_do(workbench: Workbench, new_page: NewPage, serve: Serve) -> None:
    page = new_page()
    block = days(connected(workbench, serve(sends(NOBODY, "404 Not Found"))), page, workbench.learner())
    expect(block.get_by_role("status")).to_have_text(
        "Tài khoản này chưa có trong sổ theo dõi bồi dưỡng: báo cán bộ quản lý lớp để khai tài khoản."
    )
    assert_accessible(page, within=".boiduong-days")


def test_whoever_was_logged_out_meanwhile_is_told_to_log_in(
    workbench: Workbench, new_page: NewPage, serve: Serve
) -> None:
    page = new_page()
    page.route("**/handler/**", lambda route: route.fulfill(content_type="text/html", body="<h1>Đăng nhập</h1>"))
    block = days(connected(workbench, serve(sends())), page, workbench.learner())
    expect(block.get_by_role("status")).to_have_text("Phiên đăng nhập đã hết: tải lại trang rồi đăng nhập.")


def test_a_browser_without_scripts_is_told_so(workbench: Workbench, new_page: NewPage, serve: Serve) -> None:
    page = new_page(java_script_enabled=False)
    for who in (workbench.learner(), "giao-vu"):
        block = days(connected(workbench, serve(sends())), page, who)
        expect(block.locator("noscript p")).to_be_visible()
        expect(block.get_by_role("status")).to_be_empty()


def test_a_course_of_its_own_says_what_it_knows(workbench: Workbench, new_page: NewPage) -> None:
    page = new_page()
    block = days(workbench, page, workbench.learner())
    expect(block.get_by_role("status")).to_contain_text("Khóa học này chưa nối với sổ theo dõi bồi dưỡng")
    expect(block.get_by_text("Khóa học chưa ghi phút học hay buổi đã dự nào của tài khoản này.")).to_be_visible()


def test_staff_try_the_connection_with_the_keyboard(workbench: Workbench, new_page: NewPage, serve: Serve) -> None:
    there, page = serve(sends(NOBODY, "401 Unauthorized")), new_page()
    block = days(connected(workbench, there), page, "giao-vu")
    expect(block.get_by_text(f"Máy chủ sổ theo dõi bồi dưỡng: {there.address}.")).to_be_visible()
    button = block.get_by_role("button", name="Thử kết nối")
    button.focus()
    page.keyboard.press("Enter")
    expect(block.get_by_role("status")).to_contain_text("máy chủ không nhận mã truy cập")
    there.behaviour = sends(NOBODY, "404 Not Found")
    button.press("Enter")
    expect(block.get_by_role("status")).to_have_text(f"{there.address} trả lời và nhận mã truy cập.")
    assert TOKEN not in page.content()
    assert_accessible(page, within=".boiduong-days")


@pytest.mark.parametrize(
    ("student", "sentence"),
    [("xem-thu", "Đang xem thử: số ngày chỉ hiện cho học viên"), ("khach", "Đăng nhập để xem số ngày bồi dưỡng")],
)
def test_others_see_a_sentence(
    workbench: Workbench, new_page: NewPage, serve: Serve, student: str, sentence: str
) -> None:
    there, page = serve(sends()), new_page()
    expect(days(connected(workbench, there), page, student).get_by_text(sentence)).to_be_visible()
    assert_accessible(page, within=".boiduong-days")
    assert there.requests == []


def test_the_frame_speaks_english_and_the_books_their_own_words(
    workbench: Workbench, new_page: NewPage, serve: Serve
) -> None:
    page = new_page(locale="en-US")
    page.goto(connected(workbench, serve(sends())).address(workbench.unit("boiduong_days"), workbench.learner()))
    expect(page.get_by_text(ANSWER["text"])).to_have_attribute("lang", "vi")
    expect(page.get_by_role("status")).to_contain_text("Figures as of ")


def test_studio_offers_the_name(workbench: Workbench, new_page: NewPage) -> None:
    page = new_page()
    scenario = workbench.add('<boiduong_days url_name="days-studio" display_name="Số ngày"/>')
    page.goto(workbench.address(scenario, "giao-vu", "author_view"))
    expect(page.get_by_text("Ở đây học viên thấy số ngày bồi dưỡng của mình")).to_be_visible()
    page.goto(workbench.address(scenario, "giao-vu", "studio_view"))
    expect(page.get_by_label("Tên hiển thị", exact=True)).to_have_value("Số ngày")
