"""The workbench of xblock-sdk with our runtime (tools/openedx), as one process for all tests of this folder: the real
program's course, its units as scenarios, a folder for what it keeps.

    page = new_page()                                        # Vietnamese; new_page(locale="en-US") for English
    page.goto(workbench.address("days-vertical", student="an.nv"))
    page.goto(workbench.address(workbench.unit("boiduong_attendance"), student="giao-vu", view="studio_view"))
    unit = workbench.add('<boiduong_study_clock topic_id="t" section_id="s"/>')    # a unit of the test's own
    workbench.configure("DaysBlock", {"address": "…"})       # what XBLOCK_SETTINGS says to a block, from now on
    workbench.published()                                    # the tracking log's lines; `completions(…)` likewise
    workbench.restart()                                      # the same address, folder and state
    assert_accessible(page, within=".boiduong")              # axe on our blocks alone; without `within` on all

Names in the address (tools/openedx/people.py): `giao-vu…` is of the course's staff, `xem-thu…` staff who look at it as
a learner, `khach…` has not entered, any other name is a learner. A learner of a test's own: `workbench.learner()`.

Time: the workbench's clock runs, unless a test asks for `stopped`, a clock that stands until the test moves it, in the
page and on the server together. (datetime.now cannot be stopped: blocks read time.time or time.time_ns.)

    stopped.at("2026-12-15T01:00:00+00:00")                  # before the page is opened
    stopped.install(page)
    page.goto(…)
    stopped.run(page, 60, act)                               # seconds; `act` is what the learner does every ten
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tools.openedx.course import course_of, program_at
from tools.openedx.services import BLOCK_SETTINGS
from tools.openedx.serving import lay_out
from tools.openedx.tracking import COMPLETION, LOG
from tools.openedx.units import Scenario, read_course, write_course

ROOT = Path(__file__).parents[3]
CONTENT = ROOT / "content/145-2026"
SETTINGS = "tests.browser.openedx.settings"
STEP_S = 10
QUIET_S, MOST_S = 0.1, 10.0
_PROBE = """async () => {
    for (let left = 50, quiet = 0; left && quiet < 2; left -= 1) {
        await fetch("/jsi18n/", {cache: "no-store"}).catch(() => null);
        quiet = window.asked ? 0 : quiet + 1;
    }
}"""
"""Until nothing is under way at the end of two requests: what came with an answer has been read by then, and what it
gave rise to has begun."""
_COUNTING = """(() => {
    const inner = window.fetch;
    window.asked = 0;
    window.fetch = (...words) => {
        const ours = String(words[0]).includes("/handler/");
        if (ours) window.asked += 1;
        const answer = inner.call(window, ...words);
        if (ours) answer.catch(() => null).then(() => (window.asked -= 1));
        return answer;
    };
})()"""
"""How many messages of a page's blocks are under way."""
_NUMBERS = count(1)


@dataclass
class Workbench:
    """A running workbench over `folder`."""

    folder: Path
    settings: str = SETTINGS
    host: str = ""
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    # Where things are -------------------------------------------------------------------------------------------------

    def address(self, scenario: str, student: str = "an.nv", view: str = "student_view") -> str:
        return f"{self.host}/scenario/{scenario}/{view}/?{urlencode({'student': student})}"

    @property
    def log(self) -> Path:
        """The tracking log, as the platform writes it."""
        return self.folder / LOG

    @property
    def course(self) -> str:
        """The course's key: what `Block.course_id` is."""
        return read_course(self.folder).key

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return read_course(self.folder).scenarios

    def unit(self, block: str) -> str:
        """The course's first unit with a block of this type."""
        return next(each.name for each in self.scenarios if f"<{block} " in each.xml)

    def learner(self) -> str:
        """A name that no other test has."""
        return f"hoc-vien-{next(_NUMBERS)}"

    # What is there ----------------------------------------------------------------------------------------------------

    def add(self, *blocks: str, name: str = "") -> str:
        """A unit with these blocks, as elements of OLX; its scenario's name. No restart is needed."""
        name = name or f"unit-{next(_NUMBERS)}"
        course = read_course(self.folder)
        unit = Scenario(name, name, "Của phép thử", f"<vertical>{''.join(blocks)}</vertical>")
        write_course(self.folder, replace(course, scenarios=(*course.scenarios, unit)))
        return name

    def configure(self, block: str, settings: dict[str, Any]) -> None:
        """XBLOCK_SETTINGS[block], read anew on each request."""
        path = self.folder / BLOCK_SETTINGS
        kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
        path.write_text(json.dumps({**kept, block: settings}), "utf-8")

    def published(self, username: str = "", name: str = "") -> list[dict[str, Any]]:
        """The tracking log's lines, of this user and this event where they are given."""
        lines = _lines(self.log)
        return [each for each in lines if username in ("", each["username"]) and name in ("", each["name"])]

    def known(self, username: str) -> dict[str, Any]:
        """What is kept with the person for all blocks (Scope.user_info)."""
        query = "SELECT state FROM workbench_xblockstate WHERE scope = 'all' AND user_id = ?"
        with closing(sqlite3.connect(self.folder / "workbench.sqlite")) as kept:
            (state,) = kept.execute(query, [username]).fetchone() or ("{}",)
        found: dict[str, Any] = json.loads(state)
        return found

    def completions(self, username: str) -> list[float]:
        """What blocks said of their completion, in order."""
        lines = _lines(self.folder / COMPLETION)
        return [each["completion"] for each in lines if each["username"] == username]

    # Its life ---------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        port = self.host.rpartition(":")[2] or "0"
        command = [sys.executable, "-W", "ignore", "-m", "tools.openedx", "serve", str(self.folder), "--port", port]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": self.settings}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.host = self._process.stdout.readline().strip()
        assert self.host, f"the workbench did not start; see {self.folder}/workbench.log and what it printed"

    def stop(self) -> int:
        """Ended as by `kill`; what it answered to that."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)

    def restart(self) -> None:
        self.stop()
        self.start()

    def settle(self, page: Page) -> None:
        """Until what pages sent has been answered, the last word of a page that was left too: it goes the same way as
        a request that this page makes now."""
        asked, before = time.monotonic(), ""
        page.evaluate(_PROBE)
        while time.monotonic() - asked < MOST_S:
            log = (self.folder / "workbench.log").read_text("utf-8")
            if log == before and log.count(" asked /") == log.count(" answered /"):
                return
            before = log
            page.wait_for_timeout(QUIET_S * 1000)


@dataclass
class Stopped:
    """A clock that stands, of the workbench and of the pages it was installed in."""

    workbench: Workbench
    now_ms: int = 0

    def at(self, moment: str) -> None:
        self._set(round(datetime.fromisoformat(moment).timestamp() * 1000))

    def install(self, page: Page) -> None:
        """The page's clock stands too, and that of all pages of its context."""
        page.add_init_script(_COUNTING)
        page.clock.install(time=self.now_ms / 1000)
        self.pass_ms(1000)  # it ran since it was installed
        page.clock.pause_at(self.now_ms / 1000)

    def run(self, page: Page, seconds: int, act: Callable[[], object] | None = None, step_s: int = STEP_S) -> None:
        """Lets time pass in the page and on the server, some seconds at once; `act` is done before each step."""
        for done in range(0, seconds, step_s):
            if act:
                act()
            step_ms = min(step_s, seconds - done) * 1000
            self._set(self.now_ms + step_ms)
            page.clock.run_for(step_ms)
            for each in page.context.pages:  # one clock for all
                each.evaluate(_PROBE)

    def pass_ms(self, milliseconds: int) -> None:
        """Lets time pass on the server alone."""
        self._set(self.now_ms + milliseconds)

    def _set(self, now_ms: int) -> None:
        self.now_ms = now_ms
        path = self.workbench.folder / ".clock"
        path.write_text(str(now_ms), "utf-8")
        path.rename(self.workbench.folder / "clock")


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = Workbench(tmp_path_factory.mktemp("workbench"))
    lay_out(made.folder, *course_of(program_at(CONTENT)))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def stopped(workbench: Workbench) -> Iterator[Stopped]:
    clock = Stopped(workbench)
    clock.at("2026-12-15T01:00:00+00:00")
    yield clock
    (workbench.folder / "clock").unlink()


@pytest.fixture
def own_addresses(workbench: Workbench) -> tuple[str, ...]:
    return (f"{workbench.host}/", "data:", "about:", "blob:")


@pytest.fixture
def new_page(new_page: NewPage) -> NewPage:
    """As everywhere, in a browser that asks for Vietnamese."""
    return lambda **options: new_page(**{"locale": "vi-VN", **options})


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
