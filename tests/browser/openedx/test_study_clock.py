"""The study clock in a browser: what counts, what is shown, what arrives when the page is left or the line is bad."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, NewPage, assert_accessible
from tests.browser.openedx.conftest import Stopped, Workbench

BEAT, PROGRESS = "boiduong.study.beat", "boiduong.study.progress"
READING = "<html_demo><div style='height: 3000px'><p>Bài đọc</p><audio></audio></div></html_demo>"
IDLE = "Đồng hồ đang nghỉ: chạm hoặc cuộn trang để tiếp tục."
OFFLINE = "Đang chờ mạng, thời gian được giữ trên máy này."
EXPIRED = "Phiên đăng nhập đã hết: tải lại trang rồi đăng nhập để thời gian tiếp tục được ghi."
ELSEWHERE = "Đồng hồ đang chạy ở cửa sổ khác: chạm vào trang này để học tiếp ở đây."
FILM = """() => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  window.film = (event, info, origin = "https://www.youtube.com", source = frame.contentWindow) =>
    window.dispatchEvent(new MessageEvent("message", { origin, source, data: JSON.stringify({ event, info }) }));
  window.removeFilm = () => frame.remove();
}"""


def clock(topic: str, section: str = "muc-1", minimum: int = 600, share: int = 120) -> str:
    return (
        f'<boiduong_study_clock url_name="{topic}-{section}" topic_id="{topic}" section_id="{section}" edition="1"'
        f' minimum_seconds="{minimum}" section_seconds="{share}"/>'
    )


class Course:
    """One topic of a test's own, and who studies it."""

    def __init__(self, workbench: Workbench, stopped: Stopped, new_page: NewPage) -> None:
        self.workbench, self.stopped, self._new_page = workbench, stopped, new_page
        self.student = workbench.learner()
        self.topic = f"cd-{self.student}"
        self.unit = workbench.add(clock(self.topic), READING)

    def open(self, student: str = "", unit: str = "", page: Page | None = None, **options: Any) -> Page:
        if page is None:
            page = self._new_page(**options)
            self.stopped.install(page)
        page.goto(self.address(student, unit))
        return page

    def address(self, student: str = "", unit: str = "") -> str:
        return self.workbench.address(unit or self.unit, student=student or self.student)

    def read(self, page: Page, seconds: int) -> None:
        self.stopped.run(page, seconds, lambda: page.mouse.wheel(0, 1))

    def watch(self, page: Page, seconds: int) -> None:
        """Time passes and nobody touches anything."""
        self.stopped.run(page, seconds)

    def beats(self, student: str = "") -> list[dict[str, Any]]:
        return [each["event"] for each in self.workbench.published(student or self.student, BEAT)]

    def told_ms(self) -> int:
        """As readers of the log count: a sign that was told twice, for want of an answer, is one."""
        signs = {(beat["launch"], beat["sequence"]): beat["elapsed_ms"] for beat in self.beats()}
        return sum(signs.values())


@pytest.fixture
def course(workbench: Workbench, stopped: Stopped, new_page: NewPage) -> Course:
    return Course(workbench, stopped, new_page)


def time_of(page: Page) -> str:
    return page.locator(".boiduong-clock-time").inner_text()


def shown(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status")).to_have_text(sentence)


# What counts ---------------------------------------------------------------------------------------------------------


def test_time_is_shown_as_it_is_studied_and_survives_reload_and_restart(course: Course) -> None:
    page = course.open()
    assert time_of(page) == "Đã học 0 phút · tối thiểu 10 phút"
    expect(page.get_by_text("Đồng hồ đang chạy, tính chung mọi trang của chuyên đề.")).to_be_visible()
    course.read(page, 190)
    assert time_of(page) == "Đã học 3 phút · tối thiểu 10 phút"
    page.reload()
    course.watch(page, 10)
    assert time_of(page) == "Đã học 3 phút · tối thiểu 10 phút"
    course.workbench.restart()
    page.reload()
    assert time_of(page) == "Đã học 3 phút · tối thiểu 10 phút"
    bar = page.get_by_role("progressbar", name="Thời gian đã học so với thời gian tối thiểu")
    assert bar.evaluate("bar => bar.value / bar.max") == pytest.approx(1 / 3, abs=0.02)


def test_the_units_of_a_topic_count_together_and_learners_are_apart(course: Course) -> None:
    second = course.workbench.add(clock(course.topic, "muc-2"), READING)
    page = course.open()
    course.read(page, 130)
    course.open(unit=second, page=page)
    course.watch(page, 10)
    assert time_of(page).startswith("Đã học 2 phút")
    course.read(page, 60)
    assert time_of(page).startswith("Đã học 3 phút")
    assert time_of(course.open(course.workbench.learner())).startswith("Đã học 0 phút")
    assert [each["event"]["sections_done"] for each in course.workbench.published(course.student, PROGRESS)] == [1]


def test_an_idle_page_rests_after_two_minutes_says_so_and_goes_on_with_a_touch(course: Course) -> None:
    page = course.open()
    course.watch(page, 200)
    shown(page, IDLE)
    assert course.told_ms() == 120_000
    page.mouse.wheel(0, 1)
    shown(page, "")
    course.watch(page, 30)
    assert course.told_ms() == 150_000


def test_a_film_of_the_page_counts_without_a_touch(course: Course) -> None:
    page = course.open()
    page.evaluate("document.querySelector('audio').dispatchEvent(new Event('play'))")
    course.watch(page, 300)
    assert course.told_ms() == 300_000


def test_a_film_of_youtube_counts_and_what_it_goes_on_saying_is_no_touch(course: Course) -> None:
    page = course.open()
    page.evaluate(FILM)
    page.evaluate("film('onStateChange', 1)")
    again = "film('onStateChange', 3); film('infoDelivery', {playerState: 1}); film('infoDelivery', {currentTime: 5})"
    course.stopped.run(page, 700, lambda: page.evaluate(again))
    assert course.told_ms() == 600_000
    shown(page, "Đã xem mười phút: chạm hoặc cuộn trang để đồng hồ tiếp tục.")


@pytest.mark.parametrize(
    "end", ["film('onStateChange', 2)", "film('infoDelivery', {playerState: 0})", "removeFilm()"]
)  # fmt: skip
def test_a_film_that_stands_or_is_gone_counts_no_more(end: str, course: Course) -> None:
    page = course.open()
    page.evaluate(FILM)
    page.evaluate("film('infoDelivery', {playerState: 1})")
    course.watch(page, 180)
    page.evaluate(end)
    course.watch(page, 60)
    assert 180_000 <= course.told_ms() <= 181_000


@pytest.mark.parametrize(
    "said",
    [
        "film('onStateChange', 1, 'https://www.youtube.com.example')",
        "film('onStateChange', 1, undefined, window)",
        "film('onStateChange', 'playing')",
        "film('onStateChange', 3)",
        "window.dispatchEvent(new MessageEvent('message', {origin: 'https://www.youtube.com', data: '{'}))",
    ],
    ids=["of another host", "of no frame here", "of another form", "while it loads", "torn"],
)
def test_what_is_no_films_word_is_not_believed(said: str, course: Course) -> None:
    page = course.open()
    page.evaluate(FILM)
    page.evaluate(said)
    course.watch(page, 200)
    assert course.told_ms() == 120_000


def test_of_two_windows_only_the_one_that_was_touched_last_runs(course: Course) -> None:
    first = course.open()
    second = first.context.new_page()
    course.stopped.install(second)
    second.goto(course.address())
    shown(first, ELSEWHERE)
    course.read(second, 60)
    assert 60_000 <= course.told_ms() <= 62_000
    first.bring_to_front()
    first.mouse.wheel(0, 1)
    shown(first, "")
    shown(second, ELSEWHERE)


# Leaving -------------------------------------------------------------------------------------------------------------


def leave_by_link(page: Page) -> None:
    page.goto("about:blank")


def leave_by_closing(page: Page) -> None:
    page.close(run_before_unload=True)


@pytest.mark.parametrize("leave", [leave_by_link, leave_by_closing, Page.reload])
def test_the_last_seconds_arrive_with_the_token_though_the_page_is_gone(
    leave: Callable[[Page], object], course: Course
) -> None:
    page = course.open()
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.context.on("request", note)
    course.read(page, 40)
    leave(page)
    other = course.open(course.workbench.learner())
    course.workbench.settle(other)
    assert course.told_ms() == 40_000
    beats = [request for request in asked if "/beat" in request.url]  # the browser tells of none that outlives its page
    assert all(request.headers["x-csrftoken"] for request in beats)
    assert time_of(course.open()).startswith("Đã học 0 phút")
    assert course.workbench.completions(course.student)[-1] == pytest.approx(40 / 120)


def test_a_unit_that_the_platform_takes_out_of_the_page_stops_and_tells(course: Course) -> None:
    page = course.open()
    course.read(page, 40)
    page.evaluate("document.querySelector('.boiduong').closest('[data-usage]').remove()")
    course.read(page, 100)
    assert 40_000 <= course.told_ms() <= 41_000


def test_a_unit_that_comes_in_anothers_place_has_the_only_clock(course: Course) -> None:
    page = course.open()
    course.read(page, 30)
    page.evaluate("""() => {
        const block = document.querySelector(".boiduong").parentElement;
        const args = {...JSON.parse(document.querySelector("script.xblock_json_init_args").textContent), studied_ms: 0};
        const runtime = {handlerUrl: () => "/other"};
        BoiduongStudyClock(runtime, block.cloneNode(true), args);
    }""")
    before = course.told_ms()
    course.read(page, 60)
    assert course.told_ms() == before


# A bad line ----------------------------------------------------------------------------------------------------------


def cut(context: BrowserContext) -> None:
    context.set_offline(True)


def refuse(status: int) -> Callable[[BrowserContext], None]:
    return lambda context: context.route("**/beat/**", lambda route: route.fulfill(status=status, body="{}"))


def send_to_login(context: BrowserContext) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<!DOCTYPE html><title>Đăng nhập</title>")

    context.route("**/beat/**", answer)


def mend(context: BrowserContext) -> None:
    context.unroute_all()
    context.set_offline(False)


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (cut, OFFLINE),
        (refuse(502), "Máy chủ chưa trả lời, thời gian được giữ trên máy này."),
        (refuse(401), EXPIRED),
        (refuse(403), EXPIRED),
        (send_to_login, EXPIRED),
    ],
    ids=["no connection", "a server that is down", "401", "403", "the login page"],
)
def test_what_does_not_arrive_waits_and_arrives_later(
    trouble: Callable[[BrowserContext], None], sentence: str, course: Course
) -> None:
    page = course.open()
    course.read(page, 30)
    trouble(page.context)
    course.read(page, 90)
    shown(page, sentence)
    assert time_of(page).startswith("Đã học 2 phút")
    assert course.told_ms() == 30_000
    mend(page.context)
    course.read(page, 130)
    shown(page, "")
    assert course.told_ms() == 240_000
    assert [beat["sequence"] for beat in course.beats()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert max(beat["age_ms"] for beat in course.beats()) >= 60_000


def test_what_waits_outlives_the_page_and_is_sent_by_the_next_of_the_same_learner(course: Course) -> None:
    page = course.open()
    course.workbench.stop()  # a page's last word goes round Playwright's ways to cut a line
    course.read(page, 100)
    page.goto("about:blank")
    course.workbench.start()
    other = course.workbench.learner()
    second = course.workbench.add(clock(course.topic, "muc-2"), READING)
    course.open(other, second, page)
    course.workbench.settle(page)
    assert (course.beats(), course.beats(other)) == ([], [])
    course.open(unit=second, page=page)
    course.workbench.settle(page)
    assert course.told_ms() == 100_000
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('boiduong'))") == []
    page.reload()
    course.workbench.settle(page)
    assert course.told_ms() == 100_000
    assert time_of(page).startswith("Đã học 1 phút")


def test_what_is_older_than_the_server_takes_is_forgotten(course: Course) -> None:
    page = course.open()
    cut(page.context)
    course.read(page, 60)
    page.goto("about:blank")
    course.stopped.pass_ms(7 * 86_400_000 + 120_000)
    later = page.context.new_page()
    course.stopped.install(later)
    mend(page.context)
    later.goto(course.address(course.workbench.learner()))
    assert later.evaluate("Object.keys(localStorage).filter(name => name.startsWith('boiduong'))") == []


def test_whatever_lies_in_the_storage_neither_stops_the_clock_nor_leaves_the_platform(course: Course) -> None:
    page = course.open()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    prefix = f"boiduong-dong-ho-{sha256(course.student.encode()).hexdigest()[:16]}-"
    launch = {"launch": "x", "opened_ms": 1, "signature": "s"}
    for number, kept in enumerate(
        [
            "{", "5", "{}", '{"signs": 5}', '{"signs": [null], "launch": {}, "address": "/a"}',
            json.dumps({"signs": [{}], "launch": launch, "address": "https://elsewhere.example/a", "since": 9**15}),
        ]
    ):  # fmt: skip
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"{prefix}{number}", kept])
    page.reload()
    course.read(page, 60)
    course.workbench.settle(page)
    assert course.told_ms() == 60_000
    assert [url for url in asked if "elsewhere" in url] == []
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('boiduong'))") == []


def test_a_launch_that_is_not_known_any_more_is_replaced(course: Course) -> None:
    page = course.open()

    refused: list[Route] = []

    def once(route: Route) -> None:
        if refused:
            return route.continue_()
        refused.append(route)
        return route.fulfill(status=409, body="{}")

    course.read(page, 30)
    page.context.route("**/beat/**", once)
    course.read(page, 130)
    shown(page, "")
    assert len({beat["launch"] for beat in course.beats()}) == 2
    assert course.told_ms() >= 120_000


# Looks ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("student", ["giao-vu", "xem-thu", "khach"])
def test_for_others_than_learners_nothing_runs(student: str, course: Course) -> None:
    page = course.open(student)
    assert page.evaluate("typeof BoiduongStudyClock") == "undefined"
    course.read(page, 60)
    assert course.beats(student) == []
    page.clock.resume()  # axe waits for timers
    assert_accessible(page, within=".boiduong")


@pytest.mark.parametrize("size", [{"width": 360, "height": 640}, DESKTOP])
def test_nothing_of_the_page_moves_whatever_the_clock_says(size: Any, course: Course) -> None:
    page = course.open(viewport=size)
    place = "() => document.querySelector('.boiduong').getBoundingClientRect().height"
    before = page.evaluate(place)
    course.watch(page, 150)
    shown(page, IDLE)
    heights = {page.evaluate(place)}
    for trouble, sentence in ((cut, OFFLINE), (send_to_login, EXPIRED)):
        trouble(page.context)
        course.read(page, 40)
        shown(page, sentence)
        heights.add(page.evaluate(place))
        mend(page.context)
        course.read(page, 130)
    assert heights == {before}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_block_is_accessible_while_it_runs_and_while_it_rests(course: Course) -> None:
    page = course.open(viewport=PHONE)
    course.watch(page, 150)
    shown(page, IDLE)
    page.clock.resume()  # axe waits for timers
    assert_accessible(page, within=".boiduong")
    page.mouse.wheel(0, 1)
    shown(page, "")
    assert_accessible(page, within=".boiduong")


def test_a_listener_hears_of_a_rest_once(course: Course) -> None:
    page = course.open()
    page.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => heard.push(document.querySelector("[role=status]").textContent))
          .observe(document.querySelector("[role=status]"), {childList: true, characterData: true, subtree: true});
    }""")
    course.watch(page, 300)
    assert page.evaluate("heard") == [IDLE]


def test_without_javascript_it_says_what_it_needs(course: Course) -> None:
    page = course.open(java_script_enabled=False)
    expect(page.locator(".boiduong-clock-needs")).to_contain_text("cần JavaScript")
    expect(page.locator(".boiduong-clock-needs")).to_be_visible()


def test_in_english_it_speaks_english(course: Course) -> None:
    page = course.open(locale="en-US")
    course.watch(page, 130)
    assert time_of(page) == "Studied 2 min · minimum 10 min"
    shown(page, "The clock rests: touch or scroll the page to go on.")
