"""The server as it is reached: both applications behind two names of this machine, on a free port, over the small
province of tests/server. `site` makes accounts, enters as them, brings packages, and lets time pass on both clocks.

    page = site.enter(new_page(), "01")              # a learner of class TH1, already logged in
    page.goto(site.learn())                          # the topic's own built package
    site.pass_time(page, 60)                         # the page's clock and the server's

The server's clock runs as a page's does (`page.clock.install(time=site.now_s)`), so that both stay together.
"""

import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from boiduong_exporter.rulebook.read import Rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_records.store import open_books
from boiduong_server.accounts.account import Grant
from boiduong_server.accounts.making import NewAccount, grant, make_accounts, prepared
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.sessions import Entry, open_session
from boiduong_server.desk.access import SESSION_KEY
from boiduong_server.desk.app import create as create_desk
from boiduong_server.house import House
from boiduong_server.play.app import create as create_play
from boiduong_server.serving.hosts import Environ, Hosts, Wsgi
from boiduong_server.shelf import shelf
from boiduong_server.shelf.own import Description
from boiduong_server.store import open_store
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Request, WebError
from waitress import create_server

from tests.browser.conftest import DESKTOP, NewPage
from tests.server.conftest import Clock, clock, laid_out, lam_giang, rules
from tests.server.lam_giang import CLASS, EDITION, TOPIC, LamGiang

__all__ = ["clock", "laid_out", "lam_giang", "rules"]

STEP_S = 10
QUIET_S, MOST_S = 0.08, 5.0
_TASKS = """() => new Promise((done) => {
    const later = window.__pwClock ? window.__pwClock.builtins.setTimeout : window.setTimeout;
    later(() => later(done, 10), 10);
})"""
"""A page has read what it was answered, and sent what that gives rise to."""


@dataclass(frozen=True)
class Answered:
    """A request as it arrived, and what was answered."""

    url: str
    method: str
    status: int
    headers: dict[str, str]


class Traffic:
    """What the server is answering now, and what it has answered."""

    def __init__(self, inner: Wsgi) -> None:
        self._inner = inner
        self.busy = 0
        self.last = 0.0
        self.down = False
        """Nothing that is sent gets through. Chromium's own offline emulation lets beacons pass."""
        self.answered: list[Answered] = []

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        url = f"http://{environ.get('HTTP_HOST', '')}{environ['PATH_INFO']}"

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            found = {name.lower(): value for name, value in headers}
            self.answered.append(Answered(url, environ["REQUEST_METHOD"], int(status[:3]), found))
            return start_response(status, headers, *rest)

        self.busy += 1
        try:
            if self.down:
                note("503 Service Unavailable", [("Content-Length", "0")])
                return []
            return [b"".join(self._inner(environ, note))]
        finally:
            self.last = monotonic()
            self.busy -= 1


@dataclass
class Site:
    """`application` and `content` are origins; `users` are accounts made so far, by code."""

    house: House
    desk: Flask
    clock: Clock
    lam_giang: LamGiang
    traffic: "Traffic"
    users: dict[str, int] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)
    """What pages have posted, by address; not what a test has cut off."""

    @property
    def application(self) -> str:
        return self.house.application

    @property
    def content(self) -> str:
        return self.house.content

    @property
    def now_s(self) -> float:
        """What the server's clock shows."""
        return self.house.now_ms() / 1000

    def account(self, code: str, role: Role = Role.LEARNER, organization: str = "") -> int:
        """The account of this code with one more role, made if there is none; a cadre's where the books have one.
        Learners are enrolled in TH1."""
        now_ms = self.house.now_ms()
        cadre = self.lam_giang.cadres.get(code)
        if code not in self.users:
            ready = prepared([NewAccount(code, f"Người {code}", cadre)])
            (made,) = self.house.store.write(lambda connection: make_accounts(connection, ready, now_ms))
            self.users[code] = made.user
        given = Grant(role, organization)
        self.house.store.write(lambda connection: grant(connection, self.users[code], given, now_ms))
        if role is Role.LEARNER and cadre is not None:
            with self.house.books.writing() as connection:
                enrol(connection, CLASS, [cadre], [], Decision("", "Phép thử", "", now_ms))
        return self.users[code]

    def enter(self, page: Page, code: str, role: Role = Role.LEARNER, organization: str = "") -> Page:
        """The page's context has entered as this account, past its second step."""
        user = self.users.get(code) or self.account(code, role, organization)
        now_ms = self.house.now_ms()
        token = self.house.store.write(lambda connection: open_session(connection, Entry(user, second=True), now_ms))
        interface = self.desk.session_interface
        assert isinstance(interface, SecureCookieSessionInterface)
        signer = interface.get_signing_serializer(self.desk)
        assert signer is not None
        name = str(self.desk.config["SESSION_COOKIE_NAME"])
        cookie: Any = {
            "name": name, "value": str(signer.dumps({SESSION_KEY: token})), "secure": True, "httpOnly": True,
            "sameSite": "Lax", "url": self.application.replace("http:", "https:"),
        }  # fmt: skip
        page.context.add_cookies([cookie])
        return page

    def put(self, archive: bytes | Path, topic: str = TOPIC, edition: str = EDITION) -> int:
        """A package of this topic on the shelf; its number."""
        content = archive if isinstance(archive, bytes) else archive.read_bytes()
        added = shelf.add(self.house, BytesIO(content), "Phép thử")
        assert isinstance(added, shelf.Added), added
        described = Description(topic, edition, "")
        self.house.store.write(lambda connection: shelf.set_description(connection, added.package.id, described))
        return added.package.id

    def learn(self, query: str = "") -> str:
        """Where the topic is studied."""
        return f"{self.application}/hoc/{CLASS}/{TOPIC}{query}"

    def pass_time(self, page: Page, seconds: int, act: Callable[[], object] | None = None) -> None:
        """Time passes in the page (whose clock was installed before it was opened) and on the server; `act` is done
        every ten seconds: what the learner does."""
        for _ in range(0, seconds, STEP_S):
            if act:
                act()
            self.clock.at_ms += STEP_S * 1000
            page.clock.run_for(STEP_S * 1000)
            self._hear(page)

    def _hear(self, page: Page) -> None:
        """Until all that open pages of this browser have posted is answered: the server's clock stands as long."""
        asked = monotonic()
        while monotonic() - asked < MOST_S:
            for each in page.context.pages:
                each.evaluate(_TASKS)
            answered = Counter(each.url for each in self.traffic.answered if each.method == "POST")
            if not self.traffic.busy and self.sent <= answered:
                return

    def settle(self, page: Page) -> None:
        """Until whatever pages sent has been answered, the last word of a page that was left too."""
        asked = monotonic()
        while monotonic() - asked < MOST_S:
            page.wait_for_timeout(20)
            if not self.traffic.busy and monotonic() - max(asked, self.traffic.last) > QUIET_S:
                return


@pytest.fixture
def site(lam_giang: LamGiang, rules: Rules, clock: Clock, tmp_path: Path) -> Iterator[Site]:
    """A running server of its own for each test."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    application, content = f"http://boiduong.localhost:{port}", f"http://goi.boiduong.localhost:{port}"
    store = open_store(lam_giang.folder / "may-chu.sqlite")
    archive = Archive(lam_giang.folder / "so.beats")
    archive.claim("sổ của phép thử")
    places = (lam_giang.folder / "goi", application, content)
    places[0].mkdir()
    with open_books(lam_giang.books) as books:
        begun = monotonic()
        house = House(books, store, archive, rules, *places, lambda: clock() + round((monotonic() - begun) * 1000))
        desk = create_desk(house)
        traffic = Traffic(Hosts(application, desk, content, create_play(house)))
        server = create_server(traffic, sockets=[listening], threads=8)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        yield Site(house, desk, clock, lam_giang, traffic)
        server.trigger.pull_trigger(server.close)  # by its own loop, which may be waiting at the sockets
        thread.join(10)
        server.task_dispatcher.shutdown()
    store.close()


@pytest.fixture
def new_page(browser: Browser, site: Site) -> Iterator[NewPage]:
    """Opens pages in a context of their own, and fails the test that asked another host or broke a script."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    ours = (site.application, site.content, "data:", "about:", "blob:")

    def guard(request: Request) -> None:
        if request.method == "POST":
            site.sent[request.url.partition("?")[0]] += 1
        if not request.url.startswith(ours):
            faults.append(f"request to {request.url}")

    def cut_off(request: Request) -> None:
        if request.method == "POST":
            site.sent[request.url.partition("?")[0]] -= 1

    def open_page(**options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on("request", guard)
        context.on("requestfailed", cut_off)
        context.on("weberror", lambda error: faults.extend(script_faults(error)))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def script_faults(error: WebError) -> list[str]:
    """What broke in a page of ours; a package's own faults are its maker's."""
    return [] if "/goi/" in (error.error.stack or "") else [f"script error: {error.error}"]


def our_frame(page: Page) -> Frame:
    """The content host's page inside the learn page."""
    return _frame(page, "/phien/")


def sco(page: Page) -> Frame:
    """What the package shows now, inside our frame."""
    return _frame(page, "/goi/")


def _frame(page: Page, path: str) -> Frame:
    asked = monotonic()
    while monotonic() - asked < MOST_S:
        found = [frame for frame in page.frames if path in frame.url and not frame.is_detached()]
        if found:
            return found[-1]
        page.wait_for_timeout(20)
    raise AssertionError(f"no frame with {path}: {[frame.url for frame in page.frames]}")
