"""Takes the pictures of the learner's page again: `python -m tools.pictures_learner`. They show the sample province of
`make demo` on a telephone, at a moment that never changes: its names are invented, and the page says so."""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from boiduong_server.house import House
from boiduong_server.serving.application import make
from boiduong_vocabulary.vietnamese import local_day
from playwright.sync_api import Page, ViewportSize, sync_playwright
from waitress.server import create_server

from tools.demo.accounts import PASSWORD, Known
from tools.demo.serving import furnish, house
from tools.demo.walking import demo

PICTURES = Path(__file__).parents[1] / "docs/hinh"
NOW = int(datetime(2026, 11, 26, 13, tzinfo=UTC).timestamp()) * 1000
"""Eight in the evening, Hanoi time."""
PEOPLE = 600
PHONE = ViewportSize(width=390, height=700)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        walk = demo(Path(scratch), local_day(NOW), PEOPLE, say=lambda _: None)
        learner = furnish(walk, NOW, lambda _: None)[0]
        addresses = tuple(f"http://{name}.localhost:{_free_port()}" for name in ("boiduong", "goi.boiduong"))
        with house(walk, NOW) as opened:
            application, content = addresses
            with _served(replace(opened, application=application, content=content)), _phone() as page:
                for take in (_entry, _mine, _topics, _why, _study):
                    take(page, application, learner)


def _entry(page: Page, application: str, learner: Known) -> None:
    page.goto(application)
    page.get_by_label("Mã cán bộ hoặc số điện thoại").fill(learner.holder.code)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label("Đây là thiết bị của tôi").check()
    _save(page, "hv-dang-nhap")
    page.get_by_role("button", name="Đăng nhập").click()


def _mine(page: Page, application: str, _: Known) -> None:
    page.goto(application)
    _save(page, "hv-cua-toi")


def _topics(page: Page, _: str, __: Known) -> None:
    page.locator("#chuyen-de").evaluate("heading => heading.scrollIntoView()")
    _save(page, "hv-chuyen-de")


def _why(page: Page, _: str, __: Known) -> None:
    page.locator(".lines summary").first.click()
    page.locator(".lines").first.evaluate("list => list.scrollIntoView()")
    _save(page, "hv-vi-sao")


def _study(page: Page, application: str, _: Known) -> None:
    page.goto(application)
    page.get_by_role("link", name="Học tiếp").click()
    page.get_by_text("Đang tính giờ").wait_for()
    page.frame_locator("#khung").frame_locator("iframe").get_by_role("heading", level=1).wait_for()
    _save(page, "hv-hoc")


def _save(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png")
    print(PICTURES / f"{name}.png")


@contextmanager
def _phone() -> Iterator[Page]:
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(sandbox))
        yield browser.new_page(viewport=PHONE, is_mobile=True, has_touch=True, reduced_motion="reduce")
        browser.close()


@contextmanager
def _served(opened: House) -> Iterator[None]:
    listen = " ".join(f"127.0.0.1:{origin.rpartition(':')[2]}" for origin in (opened.application, opened.content))
    server = create_server(make(opened), listen=listen, threads=8)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield
    server.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
