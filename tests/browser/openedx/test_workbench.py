"""The workbench as people try our blocks in it: every unit answers, what was done stays, learners are apart, staff and
learners see what is theirs, and nothing fails axe or asks another host."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import NewPage, assert_accessible
from tests.browser.openedx.conftest import Stopped, Workbench
from tests.exporter.logs.made import event

BLOCKS = ("boiduong_study_clock", "boiduong_attendance", "boiduong_days")
PEOPLE = ("an.nv", "giao-vu", "xem-thu", "khach")
LOOKS = [*(("student_view", student) for student in PEOPLE), ("author_view", "giao-vu"), ("studio_view", "giao-vu")]
"""Studio is for staff alone."""
CLOCK = '<boiduong_study_clock topic_id="{0}" section_id="m1" edition="1" minimum_seconds="600" section_seconds="90"/>'
TIME = ".boiduong-clock-time"


def answer(address: str) -> str:
    with urlopen(address) as said:
        text: str = said.read().decode()
    assert "No such view" not in text, address
    return text


def test_every_unit_of_the_course_answers(workbench: Workbench) -> None:
    for scenario in workbench.scenarios:
        assert scenario.title in answer(workbench.address(scenario.name)), scenario.name


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize(("view", "student"), LOOKS)
def test_every_view_is_accessible(workbench: Workbench, new_page: NewPage, block: str, student: str, view: str) -> None:
    page = new_page()
    page.goto(workbench.address(workbench.unit(block), student, view))
    expect(page.locator(".boiduong").first).to_be_visible()
    assert_accessible(page, within=".boiduong")


def studied(workbench: Workbench, stopped: Stopped, page: Page, unit: str, learner: str) -> None:
    """A minute and a half."""
    page.goto(workbench.address(unit, learner))
    expect(page.locator(TIME)).to_contain_text("Đã học 0 phút")
    stopped.run(page, 90, page.locator("h2").first.click, step_s=30)
    expect(page.locator(TIME)).to_contain_text("Đã học 1 phút")


@pytest.fixture
def unit(workbench: Workbench) -> str:
    """One with a clock of a topic of its own."""
    return workbench.add(CLOCK.format(workbench.learner()))


def test_what_was_studied_survives_a_reload_and_a_restart(
    workbench: Workbench, stopped: Stopped, new_page: NewPage, unit: str
) -> None:
    page, learner = new_page(), workbench.learner()
    stopped.install(page)
    studied(workbench, stopped, page, unit, learner)
    page.reload()  # which may be answered before the last word of the page that was left
    workbench.settle(page)
    page.reload()
    expect(page.locator(TIME)).to_contain_text("Đã học 1 phút")
    page.goto("about:blank")
    workbench.restart()
    page.goto(workbench.address(unit, learner))
    expect(page.locator(TIME)).to_contain_text("Đã học 1 phút")
    assert workbench.completions(learner)[-1] == 1.0


def test_two_learners_are_apart(workbench: Workbench, stopped: Stopped, new_page: NewPage, unit: str) -> None:
    one, other = workbench.learner(), workbench.learner()
    page = new_page()
    stopped.install(page)
    studied(workbench, stopped, page, unit, one)
    studied(workbench, stopped, page, unit, other)
    assert {each["username"] for each in workbench.published() if each["username"] in (one, other)} == {one, other}


@pytest.mark.parametrize(
    ("student", "said"),
    [
        ("giao-vu-2", "Đồng hồ chỉ chạy cho học viên."),
        ("xem-thu", "Đang xem như học viên"),
        ("khach", "Đồng hồ chỉ chạy sau khi đăng nhập."),
    ],
)
def test_time_of_whoever_is_no_learner_is_not_taken(
    workbench: Workbench, new_page: NewPage, unit: str, student: str, said: str
) -> None:
    page = new_page()
    page.goto(workbench.address(unit, student))
    expect(page.locator(".boiduong")).to_contain_text(said)
    assert workbench.published(student) == []


def test_a_page_speaks_the_language_that_its_browser_asks_for(
    workbench: Workbench, new_page: NewPage, unit: str
) -> None:
    said = {}
    for locale in ("vi-VN", "en-US", "fr-FR"):
        page = new_page(locale=locale)
        page.goto(workbench.address(unit))
        said[locale] = page.locator(TIME).inner_text()
    assert said["vi-VN"] == said["fr-FR"] == "Đã học 0 phút · tối thiểu 10 phút"
    assert said["en-US"] not in ("", said["vi-VN"])


def test_what_a_block_publishes_is_a_line_as_the_platform_writes_it(
    workbench: Workbench, stopped: Stopped, new_page: NewPage, unit: str
) -> None:
    learner, page = workbench.learner(), new_page()
    stopped.install(page)
    studied(workbench, stopped, page, unit, learner)
    line = workbench.published(learner, "boiduong.study.beat")[0]
    assert list(line) == list(event("", {})), "the platform's fields in its own order"
    assert set(event("", {})["context"]) <= set(line["context"])
    assert line["event_type"] == line["name"]
    assert (line["event_source"], line["page"], line["accept_language"]) == ("server", "x_module", "vi-VN")
    assert line["context"]["course_id"] == workbench.course
    assert line["context"]["module"]["usage_key"].startswith("block-v1:")
    assert line["time"].endswith("+00:00")
    assert not workbench.published(learner, "completion")


def test_a_message_without_the_token_of_the_page_is_refused(workbench: Workbench, unit: str) -> None:
    handler = f"{workbench.host}/handler/{unit}.boiduong_study_clock.d0.u0/open/?student=an.nv"
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(handler, b"{}", {"Content-Type": "application/json"}))
    assert refused.value.code == 403


def test_there_is_nothing_at_an_address_of_no_unit(workbench: Workbench) -> None:
    with pytest.raises(HTTPError) as lost:
        urlopen(workbench.address("khong-co-bai-nay"))
    assert lost.value.code == 404


def test_the_workbench_hears_of_a_form_what_studio_would(workbench: Workbench, new_page: NewPage) -> None:
    name, page = workbench.add(CLOCK.format("t")), new_page()
    told: list[str] = []

    def heard(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.accept()

    page.on("dialog", heard)
    page.goto(workbench.address(name, "giao-vu", "studio_view"))
    seconds = page.get_by_label("Phần của trang này (giây)", exact=True)
    seconds.fill("-1")
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Lưu").click()
    assert "từ 0 trở lên" in told[0]
    seconds.fill("120")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu").click()
    expect(seconds).to_have_value("120")
