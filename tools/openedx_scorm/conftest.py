"""The workbench with one block for each standard, whose package an author has uploaded in Studio's form; and learners,
who study it as any learner of ours does."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from boiduong_packager.build import Request, build
from boiduong_packager.model import Program, Topic
from playwright.sync_api import Browser, Frame, Page

from tests.browser.conftest import NewPage, browser, new_page
from tests.browser.learner import Learner
from tests.browser.openedx.conftest import Workbench
from tests.browser.test_built_program import CONTENT, program
from tools.openedx.serving import lay_out
from tools.openedx.units import Course, Scenario
from tools.openedx_scorm.places import GRADES

__all__ = ["browser", "new_page", "program"]

STANDARDS = ("scorm12", "scorm2004")
TOPIC = "che-do-boi-duong"
_COURSE = Course(
    "course-v1:boiduong+scorm+2026", "SCORM", tuple(Scenario(name, name, "SCORM", "<scorm/>") for name in STANDARDS)
)
"""openedx-scorm-xblock brings a scenario of its own, <openedxscorm/>; but its entry point is called `scorm`."""
_STORED = "SELECT state FROM workbench_xblockstate WHERE scenario = ? AND tag = 'scorm' AND scope = ? AND user_id IS ?"


class ScormWorkbench(Workbench):
    """`state` are the fields of one learner (Scope.user_state) as they are stored, `authored` those of everyone."""

    def state(self, scenario: str, student: str) -> dict[str, Any]:
        return self._stored(scenario, "usage", student)

    def authored(self, scenario: str) -> dict[str, Any]:
        return self._stored(scenario, "usage", None) | self._stored(scenario, "definition", None)

    def grades(self, student: str) -> list[dict[str, Any]]:
        """What the platform was told, in turn."""
        path = self.folder / GRADES
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
        return [line for line in lines if line.pop("username") == student]

    def _stored(self, *place: str | None) -> dict[str, Any]:
        with closing(sqlite3.connect(self.folder / "workbench.sqlite")) as connection:
            rows = connection.execute(_STORED, place).fetchall()
        return {name: value for (state,) in rows for name, value in json.loads(state).items()}


class Student(Learner):
    """A learner of a block in the workbench."""

    def __init__(self, page: Page, workbench: ScormWorkbench, standard: str) -> None:
        self.page, self.workbench, self.standard, self.name = page, workbench, standard, workbench.learner()
        page.clock.install()

    @property
    def frame(self) -> Frame:
        frame = self.page.locator("iframe.scorm-embedded").element_handle().content_frame()
        assert frame is not None
        return frame

    def open(self) -> "Student":
        self.page.goto(self.workbench.address(self.standard, self.name))
        self.frame.wait_for_selector("html.js")
        return self

    def close(self) -> None:
        self.page.goto("about:blank")

    @property
    def result(self) -> str:
        """What the last step of the topic says."""
        return self.frame.locator("#boiduong-result").text_content() or ""

    @property
    def state(self) -> dict[str, Any]:
        return self.workbench.state(self.standard, self.name)

    @property
    def completions(self) -> list[float]:
        return self.workbench.completions(self.name)

    @property
    def grades(self) -> list[dict[str, Any]]:
        return self.workbench.grades(self.name)

    def until(self, told: Callable[[dict[str, Any]], bool]) -> None:
        """Until the block knows this: it sends what was set in its own time."""
        for _ in range(250):
            if told(self.state):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(self.state)


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScormWorkbench]:
    made = ScormWorkbench(tmp_path_factory.mktemp("workbench"), settings="tools.openedx_scorm.settings")
    lay_out(made.folder, _COURSE, {})
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one topic of the programme in content/, as a package of each standard."""
    folder = tmp_path_factory.mktemp("dist")
    assert build(Request(CONTENT, folder, STANDARDS, topics=(TOPIC,))).problems == []
    return folder / "145-2026"


@pytest.fixture(scope="session", params=STANDARDS)
def standard(request: pytest.FixtureRequest, browser: Browser, workbench: ScormWorkbench, packages: Path) -> str:
    """Its block has a package."""
    name = str(request.param)
    page = browser.new_page(locale="en-US")
    page.goto(workbench.address(name, "giao-vu", "studio_view"))
    page.get_by_label("Upload .zip package").set_input_files(packages / name / f"{TOPIC}.zip")
    page.get_by_role("link", name="Save").click()
    page.get_by_text("Currently:").wait_for(timeout=10_000)
    page.close()
    return name


@pytest.fixture
def own_addresses(workbench: ScormWorkbench) -> tuple[str, ...]:
    return (f"{workbench.host}/", "data:", "about:")


@pytest.fixture
def student(standard: str, workbench: ScormWorkbench, new_page: NewPage) -> Student:
    """A learner of the test's own, who has opened the topic."""
    return Student(new_page(), workbench, standard).open()


@pytest.fixture
def topic(program: Program) -> Topic:
    return next(topic for topic in program.topics if topic.id == TOPIC)
