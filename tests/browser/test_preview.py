"""The preview as an author uses it: a tiny SCO in each version is studied, left, opened again and edited."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from boiduong_packager.preview.server import PreviewServer
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, assert_accessible
from tests.packager.preview.sample import Workshop

STANDARDS = pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
FINISH = {"scorm12": "LMSFinish", "scorm2004": "Terminate"}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def server(workshop: Workshop) -> Iterator[PreviewServer]:
    with workshop.served() as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: PreviewServer) -> Iterator[Page]:
    """A page that may ask the preview alone, and whose scripts do not break."""
    faults: list[str] = []
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((server.url, "data:")) else faults.append(asked.url))
    yield page
    context.close()
    assert faults == []


def study(page: Page, server: PreviewServer, standard: str) -> FrameLocator:
    page.goto(f"{server.url}hoc/{standard}/mo-dau")
    package = page.frame_locator("#package")
    expect(package.locator("#was")).to_contain_text("Lần trước:")
    return package


def value(page: Page, name: str) -> str:
    return page.locator("#values div", has_text=name).locator("dd").first.inner_text()


@STANDARDS
def test_a_package_plays_and_the_panel_shows_what_an_lms_holds(
    page: Page, server: PreviewServer, standard: str
) -> None:
    study(page, server, standard).get_by_role("button", name="Lưu").click()
    expect(page.locator("#values")).to_contain_text("80")
    assert value(page, "Trạng thái").startswith("Đang học (incomplete)")
    assert value(page, "suspend_data").startswith("7 /")
    expect(page.locator("#log li").first).to_contain_text('Commit("") → "true"')
    expect(page.locator("#session")).to_contain_text("đã lưu 1 lần")
    expect(page.locator("#errors")).to_have_text("0 lỗi")


@STANDARDS
def test_an_error_is_marked_counted_and_can_be_shown_alone(page: Page, server: PreviewServer, standard: str) -> None:
    study(page, server, standard).get_by_role("button", name="Sai").click()
    expect(page.locator("#errors")).to_have_text("1 lỗi")
    error = page.locator("#log li.error")
    expect(error).to_contain_text("lỗi 405:" if standard == "scorm12" else "lỗi 406:")
    page.get_by_label("Chỉ hiện lỗi").check()
    expect(page.locator("#log li:visible")).to_have_count(1)


def test_scorm_12_refuses_more_than_4096_characters(page: Page, server: PreviewServer) -> None:
    study(page, server, "scorm12")
    put = "n => [API.LMSSetValue('cmi.suspend_data', 'x'.repeat(n)), API.LMSGetLastError()]"
    assert page.evaluate(put, 4097) == ["false", "405"]
    assert page.evaluate("API.LMSGetValue('cmi.suspend_data')") == ""
    assert page.evaluate(put, 4096) == ["true", "0"]


@STANDARDS
def test_closing_and_opening_again_resumes(page: Page, server: PreviewServer, standard: str) -> None:
    package = study(page, server, standard)
    page.get_by_role("button", name="Đóng và mở lại").click()
    expect(package.locator("#was")).to_have_text("Lần trước: trang-4")
    expect(page.locator("#log")).to_contain_text("entry = resume")
    expect(page.locator("#log")).to_contain_text(f'{FINISH[standard]}("")')
    expect(page.locator("#errors")).to_have_text("0 lỗi")


@STANDARDS
def test_answers_are_listed_and_come_back(page: Page, server: PreviewServer, standard: str) -> None:
    study(page, server, standard).get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Câu trả lời đã ghi: 1")).to_be_visible()
    page.reload()
    page.get_by_text("Câu trả lời đã ghi: 1").click()
    expect(page.locator("#answers")).to_contain_text("q1:")
    expect(page.locator("#answers")).to_contain_text("Đúng")
    expect(page.locator("#errors")).to_have_text("0 lỗi")


@STANDARDS
def test_reloading_the_page_never_overtakes_the_last_word(page: Page, server: PreviewServer, standard: str) -> None:
    for _ in range(3):
        package = study(page, server, standard)
        package.get_by_role("button", name="Lưu").click()
        with page.expect_request("**/mo/**") as opening:
            page.reload()
        assert (opening.value.post_data_json or {})["sequence"] == 2
        expect(package.locator("#was")).to_have_text("Lần trước: trang-4")


@STANDARDS
def test_leaving_without_finish_is_told(page: Page, server: PreviewServer, workshop: Workshop, standard: str) -> None:
    workshop.write(Workshop.SILENT)
    server.shelf.rebuild()
    study(page, server, standard)
    page.get_by_role("button", name="Đóng và mở lại").click()
    expect(page.locator("#log li.error")).to_have_text(re.compile(f"mà không gọi {FINISH[standard]}"))


@STANDARDS
def test_beginning_anew_forgets_everything(page: Page, server: PreviewServer, standard: str) -> None:
    package = study(page, server, standard)
    package.get_by_role("button", name="Lưu").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Học lại từ đầu").click()
    expect(page.locator("#log")).to_contain_text("Xóa kết quả")
    expect(package.locator("#was")).to_have_text("Lần trước:")
    assert value(page, "Điểm") == "Chưa có"


def test_a_save_brings_the_new_text_and_keeps_the_place(page: Page, server: PreviewServer, workshop: Workshop) -> None:
    package = study(page, server, "scorm12")
    workshop.write("Bản đã sửa")
    expect(package.get_by_role("heading", name="Bản đã sửa")).to_be_visible(timeout=8000)
    expect(package.locator("#was")).to_have_text("Lần trước: trang-4")


def test_faults_appear_above_a_package_that_keeps_playing(
    page: Page, server: PreviewServer, workshop: Workshop
) -> None:
    package = study(page, server, "scorm12")
    workshop.write("LỖI")
    expect(page.locator("#notice")).to_contain_text("thiếu đáp án <b>", timeout=8000)
    expect(package.get_by_role("heading", name="Bản đầu")).to_be_visible()
    workshop.write("Bản đã sửa")
    expect(package.get_by_role("heading", name="Bản đã sửa")).to_be_visible(timeout=8000)
    expect(page.locator("#notice")).to_be_empty()


def test_the_first_page_reloads_and_shows_faults(page: Page, server: PreviewServer, workshop: Workshop) -> None:
    page.goto(server.url)
    workshop.write("LỖI")
    expect(page.get_by_role("heading", name="Chưa dựng được: 1 lỗi, 0 cảnh báo")).to_be_visible(timeout=8000)
    expect(page.get_by_role("link", name="Học bản SCORM 1.2 chuyên đề Mở đầu <về> chương trình")).to_be_visible()


def test_a_second_window_is_told_to_the_first(page: Page, server: PreviewServer) -> None:
    study(page, server, "scorm2004")
    other = page.context.new_page()
    study(other, server, "scorm2004")
    page.bring_to_front()
    expect(page.locator("#notice")).to_contain_text("đang mở ở cửa sổ khác", timeout=8000)


def test_on_a_phone_the_panel_waits_folded_below(page: Page, server: PreviewServer) -> None:
    page.set_viewport_size(PHONE)
    study(page, server, "scorm12")
    toggle = page.get_by_role("button", name="LMS")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#values")).to_be_hidden()
    toggle.click()
    expect(page.locator("#values")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@STANDARDS
def test_axe_finds_nothing_beside_a_package(
    page: Page, server: PreviewServer, workshop: Workshop, standard: str
) -> None:
    package = study(page, server, standard)
    package.get_by_role("button", name="Sai").click()
    package.get_by_role("button", name="Lưu").click()
    expect(page.locator("#errors")).to_have_text("1 lỗi")
    page.get_by_text("Câu trả lời đã ghi: 1").click()
    workshop.write("LỖI")
    expect(page.locator("#notice .problems")).to_be_visible(timeout=8000)
    assert_accessible(page)


@pytest.mark.parametrize("words", ["Bản đầu", "LỖI"])
def test_axe_finds_nothing_on_the_first_page(page: Page, server: PreviewServer, workshop: Workshop, words: str) -> None:
    study(page, server, "scorm12")
    page.goto(server.url)
    if words == "LỖI":
        workshop.write(words)
        expect(page.locator(".problems")).to_be_visible(timeout=8000)
    assert_accessible(page)
