"""The player's page without an LMS, on paper, by keyboard, by ear, on a small screen, and where storage is refused."""

import io
import struct
import wave
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import PHONE, NewPage, assert_accessible
from tests.browser.learner import FILLERS, RIGHT, kind_of
from tests.browser.lms import Lms
from tests.browser.study import ALL_KINDS, RESULT, SECTIONS, package, prose, section, topic
from tests.paper import sheets

REFUSED = (
    """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } })"""
)


@pytest.fixture
def address(request: pytest.FixtureRequest, lms: Lms) -> str:
    """Where a package lies open on a server, without any LMS around it."""
    name = f"{abs(hash(request.node.nodeid))}"
    lms.put(name, "scorm12", package(topic(), "scorm12"))
    return f"{lms.address}/package/{name}/index.html"


def answer(page: Page | Frame, id_: str, value: object) -> None:
    form = page.locator(f"#{id_}")
    FILLERS[kind_of(form)](form, value)
    form.locator("button[type=submit]").click()


def write(folder: Path, files: dict[str, bytes]) -> str:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return (folder / "index.html").as_uri()


def test_from_a_folder_without_an_lms_the_study_is_kept_and_said_so(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page()
    page.goto(write(tmp_path, package(topic(), "scorm12")))
    assert "Không có hệ thống quản lý học tập: kết quả chỉ lưu trên máy này." in page.inner_text("#boiduong-notice")
    page.click(".step:not([hidden]) .on")
    answer(page, "so-ngay", "7 ngày")
    page.reload()
    assert page.inner_text("#boiduong-place") == "Mục 2/3"
    assert "Đúng." in page.inner_text("#so-ngay .verdict")


def test_a_refused_storage_stops_nobody_and_is_told(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.add_init_script(REFUSED)
    page.goto(address)
    assert "kết quả sẽ mất khi đóng trang" in page.inner_text("#boiduong-notice")
    page.click(".step:not([hidden]) .on")
    answer(page, "so-ngay", "7 ngày")
    assert "Đúng." in page.inner_text("#so-ngay .verdict")


def test_a_frame_of_a_foreign_host_is_no_error(new_page: NewPage, lms: Lms, address: str) -> None:
    page = new_page()
    page.goto(f"{lms.other_address}/blank")
    page.set_content(f'<iframe src="{address}" title="Gói"></iframe>')
    assert "Không có hệ thống quản lý học tập" in page.frame_locator("iframe").locator("#boiduong-notice").inner_text()


def test_everything_is_readable_without_a_script(new_page: NewPage, address: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    for heading in ("Mở đầu", "Ba nhóm: nhìn vào cấp quản lý", "Phân cấp: ai làm việc gì", "Nguồn"):
        assert page.get_by_role("heading", name=heading, exact=True).is_visible()
    assert page.locator("noscript .notice").is_visible()
    assert page.get_by_role("button", name="Trả lời").count() == 0


@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_axe_finds_nothing_before_and_after_answering(new_page: NewPage, lms: Lms, wrong: bool) -> None:
    everything = section("tat-ca", "Mọi loại câu hỏi", *SECTIONS[1].parts[:1], *ALL_KINDS)
    lms.put(f"axe-{wrong}", "scorm12", package(topic((everything,)), "scorm12"))
    page = new_page()
    page.goto(f"{lms.address}/package/axe-{wrong}/index.html")
    if wrong:
        answer_wrongly(page)
        assert page.locator(".mark-wrong").count() >= 6
    else:
        assert_accessible(page)
        for id_, value in RIGHT.items():
            answer(page, id_, value)
        assert page.locator(".verdict-right").count() == len(RIGHT)
    assert_accessible(page)
    page.evaluate(f"location.hash = '{RESULT}'")
    assert_accessible(page)


def answer_wrongly(page: Page) -> None:
    answer(page, "danh-gia", "Đúng")
    for _ in range(2):
        answer(page, "so-ngay", "5 ngày")
        answer(page, "khong-tinh", ["Chuyên đề về tình hình khu vực"])
        answer(page, "cho-trong", ["năm", "5"])
        answer(page, "phep-tinh", "4")
        answer(page, "ghep", {"Học viện": "Tham gia đầy đủ", "Cấp ủy": "Tham gia đầy đủ", "Cán bộ": "Tham gia đầy đủ"})
        answer(page, "trinh-tu", [])


def test_axe_finds_nothing_with_the_contents_open_and_the_clock_at_rest(new_page: NewPage, address: str) -> None:
    page = new_page(viewport=PHONE)
    page.clock.install()
    page.goto(address)
    page.clock.run_for(200_000)
    page.get_by_role("button", name="Mục lục").focus()
    page.clock.run_for(200_000)
    page.evaluate("document.getElementById('boiduong-toggle').click()")
    assert page.locator("#boiduong-pause").is_visible()
    assert page.get_by_role("navigation", name="Mục lục").is_visible()
    assert_accessible(page)


@pytest.mark.parametrize("place", ["mo-dau", "ba-nhom", "phan-cap", RESULT])
def test_a_small_phone_never_scrolls_sideways(new_page: NewPage, address: str, place: str) -> None:
    page = new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{address}#{place}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_target_is_large_enough_for_a_thumb(new_page: NewPage, address: str) -> None:
    page = new_page(viewport=PHONE)
    for place in ("ba-nhom", "phan-cap", RESULT):
        page.goto(f"{address}#{place}")
        for target in page.locator(f"#{place} button:visible, #{place} select, #{place} .walk a, .option label").all():
            box = target.bounding_box()
            assert box is None or box["height"] >= 44, target.inner_text()


def test_the_history_and_the_address_lead_to_sections_and_questions(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(f"{address}#ghep")
    assert page.locator("#ghep").is_visible()
    page.get_by_role("link", name="Mở đầu").click()
    assert not page.locator("#ghep").is_visible()
    page.go_back()
    assert page.locator("#ghep").is_visible()


def test_the_way_back_ends_where_the_topic_was_opened(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "boiduong-main"
    page.click(".step:not([hidden]) .on")
    page.wait_for_selector("#ba-nhom", state="visible")
    page.go_back()
    page.wait_for_selector("#mo-dau", state="visible")
    assert page.inner_text("#boiduong-place") == "Mục 1/3"


def test_a_link_to_a_question_takes_the_focus_to_it(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(f"{address}#{RESULT}")
    page.get_by_role("link", name="Câu 6").press("Enter")
    page.wait_for_selector("#ghep", state="visible")
    assert page.evaluate("document.activeElement.textContent").startswith("Câu 6")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('form').id") == "ghep"


def test_a_new_section_takes_the_focus_to_its_heading(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(address)
    page.locator(".step:not([hidden]) .on").press("Enter")
    page.wait_for_selector("#ba-nhom", state="visible")
    assert page.evaluate("document.activeElement.textContent") == "Ba nhóm: nhìn vào cấp quản lý"


def test_an_ordering_can_be_sorted_by_keyboard(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(f"{address}#trinh-tu")
    last = page.locator("#trinh-tu li").last
    text = last.locator(".step-text").inner_text()
    last.get_by_role("button", name="Đưa lên").press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("#trinh-tu .step-text").all_inner_texts()[0] == text
    assert page.inner_text("#boiduong-news") == f"{text}: vị trí 1 trên 3"


def test_the_contents_list_opens_below_its_bar_and_closes_by_escape(new_page: NewPage, address: str) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{address}#ba-nhom")
    toggle = page.get_by_role("button", name="Mục lục")
    contents = page.locator("#boiduong-contents")
    assert not contents.is_visible()
    before = page.evaluate("scrollY")
    toggle.click()
    bar, panel = page.locator(".bar").bounding_box(), contents.bounding_box()
    assert bar is not None
    assert panel is not None
    assert abs(panel["y"] - (bar["y"] + bar["height"])) <= 1
    assert page.evaluate("scrollY") == before
    page.keyboard.press("Escape")
    assert not contents.is_visible()
    assert page.evaluate("document.activeElement.id") == "boiduong-toggle"


def test_the_contents_list_closes_when_one_goes_elsewhere(new_page: NewPage, address: str) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{address}#ba-nhom")
    page.get_by_role("button", name="Mục lục").click()
    page.locator(".imprint").dispatch_event("click")
    assert not page.locator("#boiduong-contents").is_visible()
    page.get_by_role("button", name="Mục lục").click()
    page.locator("#boiduong-contents a").last.focus()
    page.keyboard.press("Tab")
    assert not page.locator("#boiduong-contents").is_visible()


def test_two_windows_without_an_lms_do_not_write_over_each_other(new_page: NewPage, address: str) -> None:
    earlier = new_page()
    earlier.goto(address)
    later = earlier.context.new_page()
    later.goto(f"{address}#so-ngay")
    answer(later, "so-ngay", "7 ngày")
    earlier.wait_for_selector("#boiduong-notice:has-text('đang được học ở một cửa sổ khác')")
    earlier.evaluate("location.hash = 'danh-gia'")
    answer(earlier, "danh-gia", "Đúng")
    earlier.close()
    later.reload()
    assert "Đúng." in later.inner_text("#so-ngay .verdict")


@pytest.mark.parametrize("place", ["mo-dau", RESULT])
def test_letters_of_twice_the_size_stay_on_a_small_phone(new_page: NewPage, address: str, place: str) -> None:
    page = new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{address}#{place}")
    page.add_style_tag(content="html { font-size: 225% } .whole { white-space: normal }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_right_no_is_not_marked_with_a_yes(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(f"{address}#danh-gia")
    answer(page, "danh-gia", "Sai")
    assert page.locator("#danh-gia .mark").all_inner_texts() == ["✓Chọn đúng"]


def test_a_reflection_is_kept(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(f"{address}#suy-ngam")
    answer(page, "suy-ngam", "Hỏi kế hoạch lớp từ đầu năm.")
    page.reload()
    assert page.locator("#suy-ngam textarea").input_value() == "Hỏi kế hoạch lớp từ đầu năm."


def test_the_paper_carries_everything_and_names_its_text(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(address)
    texts = [sheet.text for sheet in sheets(page.pdf(prefer_css_page_size=True))]
    whole = " ".join(" ".join(texts).split())
    for expected in ("Mở đầu", "Ba nhóm: nhìn vào cấp quản lý", "Câu 7", "Nguồn"):
        assert expected in whole
    for text in texts:
        assert "che-do-boi-duong · bản 2026.1 · 5f1d7a84" in " ".join(text.split())


def test_ten_minutes_of_a_film_without_a_sign_ask_to_go_on(new_page: NewPage, lms: Lms) -> None:
    film = '<figure class="audio"><audio controls="controls" loop="loop" src="am.wav" title="Bài nói"></audio></figure>'
    part = prose(1).__class__(html=film)
    files = package(topic((section("nghe", "Nghe", part),)), "scorm12")
    lms.put("nghe", "scorm12", files | {"am.wav": silence()})
    page = new_page()
    page.clock.install()
    page.goto(f"{lms.address}/package/nghe/index.html")
    page.evaluate("document.querySelector('audio').play()")
    page.clock.run_for(590_000)
    assert not page.locator("#boiduong-go-on").is_visible()
    page.clock.run_for(60_000)
    assert page.inner_text("#boiduong-clock") == "10 phút · đủ"
    assert "Đồng chí còn theo dõi chứ?" in page.inner_text("#boiduong-news")
    page.get_by_role("button", name="Học tiếp").click()
    assert not page.locator("#boiduong-go-on").is_visible()
    page.clock.run_for(70_000)
    assert page.inner_text("#boiduong-clock") == "11 phút · đủ"


def silence() -> bytes:
    """A second of it."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack("<8000h", *[0] * 8000))
    return buffer.getvalue()
