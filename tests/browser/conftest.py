"""Chromium, a small web server, and what every page of ours must bear: axe, and no word to another host."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, sync_playwright

from tests.browser.lms import Lms

AXE = Path(__file__).parents[1] / "vendor/axe.min.js"
PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=800)
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync")
"""Chromium's own errands are none of the page's."""
_FAULTS = """async (within) => {
    const stands = window.setTimeout;
    if (window.__pwClock) window.setTimeout = __pwClock.builtins.setTimeout;  // axe waits for it
    const found = (await axe.run(within || document)).violations;
    window.setTimeout = stands;
    return found.map((fault) => [fault.id, ...fault.nodes.map((node) => node.html + node.failureSummary)]);
}"""
_Scheme = Literal["light", "dark"]
_SCHEMES: tuple[_Scheme, ...] = ("light", "dark")

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lms() -> Iterator[Lms]:
    """A strict LMS: what it was told, and every package put into it."""
    server = Lms()
    with server.running():
        yield server


@pytest.fixture
def own_addresses(lms: Lms) -> tuple[str, ...]:
    """How every address begins that a page of these tests may ask; a folder with a server of its own says its own."""
    return (lms.address, lms.other_address, "file:", "data:", "about:")


@pytest.fixture
def new_page(browser: Browser, own_addresses: tuple[str, ...]) -> Iterator[NewPage]:
    """Opens pages in a context of their own, and fails the test that asked another host or broke a script."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def guard(request: Request) -> None:
        if not request.url.startswith(own_addresses):
            faults.append(f"request to {request.url}")

    def open_page(**options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.on("request", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def modules(browser: Browser, lms: Lms) -> Iterator[Page]:
    """A page from which the player's modules can be imported one by one: `import("/player/clock.js")`."""
    page = browser.new_page()
    page.goto(f"{lms.address}/blank")
    yield page
    page.close()


LOOKS = tuple((size, scheme) for size in (PHONE, DESKTOP) for scheme in _SCHEMES)


def assert_accessible(
    page: Page, frame: str = "", looks: Sequence[tuple[ViewportSize, _Scheme]] = LOOKS, within: str = ""
) -> None:
    """Axe finds nothing on the page as it stands, or `within` its elements of that selector, light and dark, on a phone
    and on a desk."""
    target = page.frame(frame) if frame else page.main_frame
    assert target is not None
    if not target.evaluate("'axe' in window"):
        target.evaluate(AXE.read_text(encoding="utf-8"))
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = target.evaluate(_FAULTS, within)
        assert found == [], f"{size['width']} px, {scheme}"
