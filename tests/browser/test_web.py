"""The web target's pages in a real browser: for whom they can be read, and what a printer makes of them."""

import re
from pathlib import Path

import pytest
from boiduong_packager.targets.web import package
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import NewPage, assert_accessible
from tests.packager.targets.web_sample import program, write, write_media
from tests.paper import Sheet, sheets

PAGES = ("index.html", "che-do.html", "che-do.dap-an.html", "che-do.mot-tep.html")
NARROWEST = ViewportSize(width=360, height=740)
A4 = (595.3, 841.9)
"""In points."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    return write(package(program(write_media(folder / "media")), single_file=True).files, folder / "out")


def opened(new_page: NewPage, path: Path, **options: object) -> Page:
    page = new_page(**options)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_light_or_dark_on_a_phone_or_a_desk(new_page: NewPage, site: Path, name: str) -> None:
    assert_accessible(opened(new_page, site / name))


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(new_page: NewPage, site: Path, name: str) -> None:
    page = opened(new_page, site / name, viewport=NARROWEST)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


def test_the_keyboard_skips_to_the_text(new_page: NewPage, site: Path) -> None:
    page = opened(new_page, site / "che-do.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_a_single_file_asks_for_nothing_else(new_page: NewPage, site: Path, tmp_path: Path) -> None:
    alone = tmp_path / "gui.html"
    alone.write_bytes((site / "che-do.mot-tep.html").read_bytes())
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(alone.as_uri())
    assert page.evaluate("document.images[0].naturalWidth") > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.question')).borderLeftWidth") == "4px"
    assert [url for url in asked if not url.startswith("data:")] == [alone.as_uri()]


def printed(page: Page) -> list[Sheet]:
    return sheets(page.pdf(prefer_css_page_size=True, print_background=True))


@pytest.mark.parametrize("name", ["che-do.html", "che-do.dap-an.html", "che-do.mot-tep.html"])
def test_every_sheet_is_a4_and_names_its_text_and_number(new_page: NewPage, site: Path, name: str) -> None:
    digest = re.search(r"Mã nguồn: (\w{8})<", (site / name).read_text(encoding="utf-8"))
    assert digest
    paper = printed(opened(new_page, site / name))
    assert len(paper) > 2
    for number, sheet in enumerate(paper, start=1):
        text = sheet.text
        assert sheet.size == pytest.approx(A4, abs=1)
        assert f"che-do · Bản 2026.1 · Mã nguồn: {digest[1]}" in text
        assert f"Trang {number}/{len(paper)}" in text
        assert ("Bản có đáp án – dành cho giảng viên" in text) == ("dap-an" in name)
        assert 'Chế độ "bồi dưỡng" <và> cập nhật' in text, "the running title, or the title itself"


def test_the_index_prints_its_edition_and_numbers(new_page: NewPage, site: Path) -> None:
    (sheet,) = printed(opened(new_page, site / "index.html"))
    assert "mau · Bản 2026.1" in sheet.text
    assert "Trang 1/1" in sheet.text


def test_a_question_that_fits_is_not_torn_nor_parted_from_its_heading(new_page: NewPage, site: Path) -> None:
    page = opened(new_page, site / "che-do.dap-an.html")
    push = "mm => document.querySelector('#tu-kiem-tra').previousElementSibling.style.marginBottom = mm + 'mm'"
    for pushed in range(0, 250, 40):
        page.evaluate(push, pushed)
        (sheet,) = (text for text in (sheet.text for sheet in printed(page)) if "Câu 1" in text)
        assert "Tự kiểm tra" in sheet
        assert "Giải thích q-một." in sheet


def test_paper_is_not_dark_where_the_screen_is(new_page: NewPage, site: Path) -> None:
    page = opened(new_page, site / "che-do.dap-an.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        """() => [...document.querySelectorAll('body, body *')]
             .filter(element => element.getClientRects().length)
             .map(element => getComputedStyle(element))
             .map(style => style.backgroundColor + ' behind ' + style.color)"""
    )
    for colour in set(colours):
        behind, ink = ([float(part) for part in re.findall(r"[\d.]+", side)] for side in colour.split(" behind "))
        assert behind[3:] == [0] or min(behind[:3]) == 255, colour
        assert max(ink[:3]) <= 0x55, colour


def test_recordings_are_named_on_paper(new_page: NewPage, site: Path) -> None:
    text = " ".join(sheet.text for sheet in printed(opened(new_page, site / "che-do.html")))
    assert "Phim «Buổi tiếp dân»: xem trên máy." in text
    assert "Đoạn âm thanh «Lời kể»: nghe trên máy." in text


def test_a_folded_hint_stays_off_the_learners_paper(new_page: NewPage, site: Path) -> None:
    for name, printed_hint in (("che-do.html", False), ("che-do.dap-an.html", True)):
        text = " ".join(sheet.text for sheet in printed(opened(new_page, site / name)))
        assert ("Đọc lại bảng." in text) is printed_hint
        assert ("Gợi ý" in text) is printed_hint
