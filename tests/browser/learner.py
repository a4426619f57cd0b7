"""A learner at work: opens a package in the LMS, reads, answers, leaves, and comes back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from playwright.sync_api import Frame, Locator, Page

from tests.browser.lms import Attempt, Lms

RIGHT: dict[str, Any] = {
    "so-ngay": "7 ngày",
    "khong-tinh": ["Hội nghị quán triệt nghị quyết", "Kiến thức quốc phòng và an ninh"],
    "danh-gia": "Sai",
    "cho-trong": ["Nhiệm  KỲ", "5"],
    "phep-tinh": "3,5 ngày",
    "ghep": {
        "Học viện": "Thẩm định chuyên đề",
        "Cấp ủy": "Lãnh đạo, chỉ đạo, kiểm tra, giám sát việc thực hiện",
        "Cán bộ": "Tham gia đầy đủ",
    },
    "trinh-tu": ["Khảo sát nhu cầu của cán bộ", "Xây dựng kế hoạch", "Trình cấp có thẩm quyền phê duyệt"],
}
"""By question id, in words a learner sees."""


class Learner:
    """One learner, one package; `name` is the package's place in the LMS, `since` the moment it is, if not now."""

    def __init__(self, page: Page, lms: Lms, name: str, since: datetime | None = None) -> None:
        self.page, self.lms, self.name = page, lms, name
        page.clock.install(time=since)

    @property
    def attempt(self) -> Attempt:
        return self.lms.attempts[self.name]

    @property
    def cmi(self) -> dict[str, Any]:
        return self.attempt.cmi

    @property
    def frame(self) -> Frame:
        frame = self.page.frame("sco")
        assert frame is not None
        return frame

    def open(self) -> "Learner":
        self.page.goto(f"{self.lms.address}/launch/{self.name}")
        self.frame.wait_for_selector("html.js")
        return self

    def close(self) -> None:
        """As a tab closes: `pagehide` is the last the package hears. Returns when the LMS has heard of it."""
        heard = len(self.attempt.commits)
        self.page.goto("about:blank")
        for _ in range(100):
            if len(self.attempt.commits) > heard or self.attempt.refuses:
                return
            self.page.wait_for_timeout(20)

    def calls(self, name: str) -> list[list[str]]:
        return [call for call in self.page.evaluate("calls") if call[0] == name]

    @property
    def told(self) -> list[str]:
        """The names of all calls in this tab, those of earlier launches too."""
        names: list[str] = self.page.evaluate("JSON.parse(sessionStorage.getItem('told') || '[]')")
        return names

    def read(self, seconds: int, every: int = 20) -> None:
        """Read for so long, with a key pressed every so many seconds; after 120 without one the clock rests."""
        for _ in range(0, seconds, every):
            self.page.keyboard.press("Shift")
            self.page.clock.run_for(every * 1000)

    def idle(self, seconds: int) -> None:
        self.page.clock.run_for(seconds * 1000)

    def onward(self) -> None:
        link = self.frame.locator(".step:not([hidden]) .on")
        following = link.get_attribute("href")
        assert following
        link.click()
        self.frame.wait_for_selector(following, state="visible")

    def go(self, id_: str) -> None:
        self.frame.evaluate("id => { location.hash = id }", id_)
        self.frame.wait_for_selector(f"#{id_}", state="visible")

    def question(self, id_: str) -> Locator:
        return self.frame.locator(f"#{id_}")

    def answer(self, id_: str, value: Any) -> str:
        """Give an answer in words and press the button; what the question says to it."""
        form = self.question(id_)
        FILLERS[kind_of(form)](form, value)
        form.locator("button[type=submit]").click()
        return form.locator(".verdict").inner_text()

    def answer_all(self, ids: Mapping[str, Any]) -> None:
        for id_, value in ids.items():
            assert "Đúng" in self.answer(id_, value)

    @property
    def status(self) -> str:
        name = "core" if self.attempt.standard == "scorm12" else ""
        return str(self.cmi[name]["lesson_status"] if name else self.cmi["completion_status"])

    @property
    def score(self) -> str:
        holder = self.cmi["core"] if self.attempt.standard == "scorm12" else self.cmi
        return str(holder["score"]["raw"])

    @property
    def session_seconds(self) -> int:
        if self.attempt.standard == "scorm12":
            hours, minutes, seconds = self.cmi["core"]["session_time"].split(":")
            return int(hours) * 3600 + int(minutes) * 60 + int(float(seconds))
        hours, minutes, seconds = (int(part) for part in self.cmi["session_time"][2:-1].replace("H", "M").split("M"))
        return hours * 3600 + minutes * 60 + seconds


def kind_of(form: Locator) -> str:
    return (form.get_attribute("class") or "").partition("question-")[2]


def _choose(form: Locator, value: str | list[str]) -> None:
    labels = [value] if isinstance(value, str) else value
    for box in form.locator("input[type=checkbox]:checked").all():
        box.uncheck()
    for label in labels:
        form.get_by_label(label, exact=True).check()


def _fill_blanks(form: Locator, value: list[str]) -> None:
    for field, text in zip(form.locator(".blank").all(), value, strict=True):
        field.fill(text)


def _match(form: Locator, value: dict[str, str]) -> None:
    for left, right in value.items():
        select = form.get_by_label(left)
        wanted = [text for text in select.locator("option").all_inner_texts() if text.endswith(right)]
        select.select_option(label=wanted[0])


def _order(form: Locator, value: list[str]) -> None:
    for place, text in enumerate(value):
        while form.locator(".step-text").all_inner_texts().index(text) > place:
            form.locator("li", has_text=text).get_by_role("button", name="Đưa lên").click()


FILLERS: dict[str, Callable[[Locator, Any], None]] = {
    "choice": _choose,
    "several": _choose,
    "truefalse": _choose,
    "blanks": _fill_blanks,
    "number": lambda form, value: form.get_by_label("Kết quả").fill(value),
    "matching": _match,
    "ordering": _order,
    "reflection": lambda form, value: form.locator("textarea").fill(value),
}
