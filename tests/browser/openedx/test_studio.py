"""Studio's form as an author meets it: by its labels, what is wrong beside the field; and Studio is told of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, assert_accessible
from tests.browser.openedx.conftest import Workbench

CLOCK = '<boiduong_study_clock topic_id="t" section_id="m1" edition="1" minimum_seconds="600"/>'
SESSION = '<boiduong_attendance session_id="buoi-1" starts_at="2026-12-15T00:30:00Z"/>'
SHARE, MINIMUM, TOPIC = "Phần của trang này (giây)", "Thời gian tối thiểu của chuyên đề (giây)", "Mã chuyên đề"
LISTENING = """window.told = [];
    RuntimeProvider.versions[1].notify = (name, said) => void told.push([name, said]);
    null"""
NARROW = {"width": 360, "height": 740}


@pytest.fixture
def form(workbench: Workbench, new_page: NewPage) -> Page:
    """The clock's form, in a page that notes what Studio is told."""
    return opened(workbench, new_page(), CLOCK)


def opened(workbench: Workbench, page: Page, block: str) -> Page:
    page.goto(workbench.address(workbench.add(block), "giao-vu", "studio_view"))
    page.evaluate(LISTENING)
    return page


def told(page: Page) -> list[Any]:
    said: list[Any] = page.evaluate("told")
    return said


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu").click()


def state(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text)


def test_an_author_finds_every_setting_by_its_label_and_it_is_kept(form: Page) -> None:
    share = form.get_by_label(SHARE, exact=True)
    expect(share).to_have_value("0")
    expect(share).to_have_accessible_description(re.compile("^Trang học xong sau chừng ấy thời gian"))
    share.fill("120")
    save(form)
    state(form, "Đã lưu.")
    assert told(form) == [["save", {"state": "start"}], ["save", {"state": "end"}]]
    form.reload()
    expect(form.get_by_label(SHARE, exact=True)).to_have_value("120")


def test_what_is_wrong_is_said_beside_each_field_and_the_first_is_at_hand(form: Page) -> None:
    form.get_by_label(TOPIC, exact=True).fill("xây dựng")
    form.get_by_label(SHARE, exact=True).fill("-1")
    form.get_by_label(MINIMUM, exact=True).fill("1200")
    save(form)
    state(form, "Chưa lưu: có ô cần sửa.")
    topic, share = form.get_by_label(TOPIC, exact=True), form.get_by_label(SHARE, exact=True)
    expect(topic).to_be_focused()
    for field, said in ((topic, "Mã chuyên đề còn trống"), (share, "Phần của trang này phải là số giây")):
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(form.locator(f"[id='{field.get_attribute('id')}-fault']")).to_contain_text(said)
    assert_accessible(form, within=".boiduong")
    name, said = told(form)[-1]
    assert (name, said["title"]) == ("error", "Chưa lưu được")
    assert "từ 0 trở lên" in said["message"]
    topic.fill("xay-dung")
    share.fill("60")
    save(form)
    state(form, "Đã lưu.")
    expect(topic).to_have_attribute("aria-invalid", "false")
    expect(form.get_by_text("Mã chuyên đề còn trống")).to_have_count(0)


def test_a_setting_goes_back_to_its_default(form: Page) -> None:
    reset = form.get_by_role("button", name=f"Về mặc định: {MINIMUM}")
    expect(form.get_by_role("button", name=f"Về mặc định: {SHARE}")).to_have_count(0)  # it has its default
    reset.click()
    minimum = form.get_by_label(MINIMUM, exact=True)
    expect(minimum).to_have_value("0")
    expect(minimum).to_be_focused()
    expect(reset).to_be_hidden()
    save(form)
    state(form, "Đã lưu.")
    form.reload()
    expect(form.get_by_label(MINIMUM, exact=True)).to_have_value("0")
    expect(form.get_by_role("button", name=f"Về mặc định: {MINIMUM}")).to_have_count(0)


def test_the_hour_of_a_session_is_read_and_typed_as_people_write_it(workbench: Workbench, new_page: NewPage) -> None:
    page = opened(workbench, new_page(), SESSION)
    starts = page.get_by_label("Giờ bắt đầu", exact=True)
    expect(starts).to_have_value("15/12/2026 07:30")
    starts.fill("16/12/2026 13:30")
    page.get_by_label("Điểm danh ra", exact=True).select_option("Có")
    save(page)
    state(page, "Đã lưu.")
    page.reload()
    expect(page.get_by_label("Giờ bắt đầu", exact=True)).to_have_value("16/12/2026 13:30")
    expect(page.get_by_label("Điểm danh ra", exact=True)).to_have_value("true")


def test_without_a_connection_the_form_says_so_and_keeps_what_was_typed(form: Page) -> None:
    form.get_by_label(SHARE, exact=True).fill("90")
    form.context.set_offline(True)
    save(form)
    state(form, "Chưa lưu: kiểm tra kết nối mạng rồi bấm lại.")
    assert told(form)[-1][0] == "error"
    form.context.set_offline(False)
    expect(form.get_by_label(SHARE, exact=True)).to_have_value("90")
    save(form)
    state(form, "Đã lưu.")


def test_cancelling_closes_studios_window_and_keeps_nothing(form: Page) -> None:
    form.get_by_label(SHARE, exact=True).fill("90")
    form.get_by_role("button", name="Thôi").click()
    assert told(form) == [["cancel", {}]]
    form.reload()
    expect(form.get_by_label(SHARE, exact=True)).to_have_value("0")


def test_the_form_works_on_a_page_without_studios_window(form: Page) -> None:
    form.evaluate("delete RuntimeProvider.versions[1].notify")
    form.get_by_role("button", name="Thôi").click()
    form.get_by_label(SHARE, exact=True).fill("90")
    save(form)
    state(form, "Đã lưu.")


def test_the_form_is_no_wider_than_a_small_phone(form: Page) -> None:
    form.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert form.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    for control in form.locator(".boiduong-editor :is(input, select, button:not([hidden]))").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44


def test_on_a_small_phone_what_is_wrong_is_not_behind_the_buttons(form: Page) -> None:
    form.set_viewport_size(NARROW)  # type: ignore[arg-type]
    form.get_by_label(MINIMUM, exact=True).fill("nhiều")
    form.get_by_label(TOPIC, exact=True).focus()  # the page is at its top again
    save(form)
    expect(form.get_by_label(MINIMUM, exact=True)).to_be_focused()
    fault = form.get_by_text("Thời gian tối thiểu phải là").bounding_box()
    buttons = form.locator(".xblock-actions").bounding_box()
    assert fault
    assert buttons
    assert 0 < fault["y"] < fault["y"] + fault["height"] <= buttons["y"]
