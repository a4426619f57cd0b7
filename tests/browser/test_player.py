"""The player in both SCORM versions, studied as a learner studies, under a real runtime (scorm-again)."""

from collections.abc import Callable

import pytest
from boiduong_packager.model import Topic
from playwright.sync_api import Route

from tests.browser.conftest import NewPage
from tests.browser.learner import RIGHT, Learner
from tests.browser.lms import Lms
from tests.browser.study import RESULT, SECTIONS, TRUE_FALSE, package, prose, section, topic

Enrol = Callable[..., Learner]
STANDARDS = ("scorm12", "scorm2004")
IN_SECOND = ("so-ngay", "danh-gia", "cho-trong")
IN_THIRD = ("khong-tinh", "phep-tinh", "ghep", "trinh-tu")
either = pytest.mark.parametrize("standard", ["scorm12"], indirect=True)
"""For what does not hang on the standard."""
DONE = {"scorm12": "passed", "scorm2004": "completed"}


@pytest.fixture(params=STANDARDS)
def standard(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def enrol(request: pytest.FixtureRequest, new_page: NewPage, lms: Lms, standard: str) -> Enrol:
    """A learner who has just opened a topic in the LMS."""

    def enrolled(studied: Topic | None = None) -> Learner:
        name = f"{abs(hash(request.node.nodeid))}"
        lms.put(name, standard, package(studied or topic(), standard))
        return Learner(new_page(), lms, name).open()

    return enrolled


def some(*ids: str) -> dict[str, object]:
    return {id_: RIGHT[id_] for id_ in ids}


def test_study_leads_to_completion(enrol: Enrol, standard: str) -> None:
    learner = enrol()
    learner.read(120)
    learner.onward()
    learner.answer_all(some(*IN_SECOND))
    learner.onward()
    learner.answer_all(some(*IN_THIRD))
    learner.onward()
    assert "Chưa hoàn thành" in learner.frame.locator("#boiduong-result").inner_text()
    assert learner.status == "incomplete"
    learner.read(200)
    assert "Đã hoàn thành chuyên đề" in learner.frame.locator("#boiduong-result").inner_text()
    assert (learner.status, learner.score) == (DONE[standard], "100")
    assert 300 <= learner.session_seconds <= 330


def test_no_call_of_a_whole_study_is_refused(enrol: Enrol) -> None:
    learner = enrol()
    learner.onward()
    learner.answer_all(some(*IN_SECOND))
    learner.onward()
    learner.answer("khong-tinh", ["Chuyên đề về tình hình khu vực"])
    learner.answer_all(some(*IN_THIRD))
    learner.answer("suy-ngam", "Lập sổ theo dõi.\nHỏi kế hoạch lớp.")
    learner.read(320)
    refused = [call for call in learner.page.evaluate("calls") if call[-2:] != ["true", "0"]]
    assert refused == []


def test_incomplete_is_written_before_anything_else(enrol: Enrol) -> None:
    first = enrol().calls("SetValue")[0]
    assert first[2] == "incomplete"


def test_no_score_is_written_before_the_first_answer(enrol: Enrol) -> None:
    learner = enrol()
    learner.read(60)
    assert learner.score == ""


def test_closing_without_finishing_keeps_time_and_state(enrol: Enrol) -> None:
    learner = enrol()
    learner.onward()
    learner.answer("so-ngay", "7 ngày")
    learner.read(100)
    learner.close()
    assert learner.status == "incomplete"
    assert 100 <= learner.session_seconds <= 103
    learner.open()
    assert learner.frame.locator("#boiduong-place").inner_text() == "Mục 2/3"
    assert "Đúng" in learner.question("so-ngay").locator(".verdict").inner_text()
    assert learner.frame.locator("#boiduong-clock").inner_text() == "1/5 phút"


def test_leaving_ends_the_session_with_one_call(enrol: Enrol) -> None:
    learner = enrol()
    learner.read(20)
    heard, told = len(learner.attempt.commits), len(learner.told)
    learner.close()
    assert len(learner.attempt.commits) == heard + 1
    learner.open()
    leaving = learner.told[told:]
    leaving = leaving[: leaving.index("Initialize")]
    assert [name for name in leaving if name != "SetValue"] == ["Terminate"]


def test_time_is_committed_every_30_seconds(enrol: Enrol) -> None:
    learner = enrol()
    learner.read(120)
    assert len(learner.attempt.commits) >= 3
    assert learner.session_seconds >= 60


def test_each_session_reports_its_own_time_alone(enrol: Enrol) -> None:
    learner = enrol()
    learner.read(100)
    learner.close()
    learner.open()
    learner.read(40)
    learner.close()
    assert learner.session_seconds <= 45


def test_a_wrong_answer_is_told_with_its_feedback_and_can_be_mended(enrol: Enrol) -> None:
    learner = enrol()
    learner.onward()
    said = learner.answer("so-ngay", "5 ngày")
    assert "Chưa đúng. Còn 1 lần trả lời." in said
    assert "Đó là mức của Nhóm 2." in said
    assert "Mức sàn" not in said
    said = learner.answer("so-ngay", "7 ngày")
    assert "Đúng." in said
    assert "Mức sàn của Nhóm 3 là bảy ngày." in said
    assert learner.score == "12.5"


@either
def test_the_last_wrong_answer_shows_the_right_one(enrol: Enrol) -> None:
    learner = enrol()
    learner.onward()
    learner.answer("so-ngay", "5 ngày")
    learner.answer("so-ngay", "10 ngày")
    form = learner.question("so-ngay")
    assert "Đáp án đúng" in form.locator(".option", has_text="7 ngày").inner_text()
    assert "Mức sàn của Nhóm 3 là bảy ngày." in form.inner_text()
    assert form.locator("button[type=submit]").is_hidden()


@either
def test_an_answer_that_is_not_whole_costs_no_attempt(enrol: Enrol) -> None:
    learner = enrol()
    learner.onward()
    learner.question("so-ngay").locator("button[type=submit]").click()
    assert "Hãy chọn một phương án" in learner.question("so-ngay").inner_text()
    assert "Hãy điền đủ các chỗ trống" in learner.answer("cho-trong", ["nhiệm kỳ", ""])
    assert learner.attempt.commits == []


@either
def test_matching_and_ordering_mark_each_line_after_the_last_attempt(enrol: Enrol) -> None:
    learner = enrol()
    learner.go("phan-cap")
    wrong = {"Học viện": "Tham gia đầy đủ", "Cấp ủy": "Thẩm định chuyên đề", "Cán bộ": "Tham gia đầy đủ"}
    learner.answer("ghep", wrong)
    assert learner.question("ghep").locator(".mark").count() == 0
    learner.answer("ghep", wrong)
    assert learner.question("ghep").locator(".mark-right").all_inner_texts() == ["✓Đúng"]
    assert "Thẩm định chuyên đề" in learner.question("ghep").locator(".mark-wrong").first.inner_text()
    learner.answer("trinh-tu", [])
    learner.answer("trinh-tu", [])
    assert learner.question("trinh-tu").locator(".mark").count() == 3


def test_an_idle_tab_earns_at_most_two_minutes(enrol: Enrol) -> None:
    learner = enrol()
    learner.idle(1800)
    assert learner.frame.locator("#boiduong-pause").is_visible()
    learner.close()
    assert 115 <= learner.session_seconds <= 120


def test_a_hidden_tab_earns_nothing_more(enrol: Enrol) -> None:
    learner = enrol()
    learner.read(20)
    hide(learner, True)
    learner.idle(1800)
    learner.close()
    assert 20 <= learner.session_seconds <= 23


def hide(learner: Learner, hidden: bool) -> None:
    learner.frame.evaluate(
        """hidden => { Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange")); }""",
        hidden,
    )


@either
def test_hiding_the_page_saves_it(enrol: Enrol) -> None:
    learner = enrol()
    learner.read(20)
    hide(learner, True)
    learner.idle(1)
    assert learner.session_seconds >= 20


@either
def test_touching_a_paused_page_lets_the_clock_go_on(enrol: Enrol) -> None:
    learner = enrol()
    learner.idle(200)
    assert learner.frame.get_by_text("Đồng hồ tạm dừng – chạm màn hình để tiếp tục").is_visible()
    learner.frame.locator("h2:visible").last.click()
    assert not learner.frame.locator("#boiduong-pause").is_visible()


@either
def test_read_vouches_for_a_section_heard_without_a_sign(enrol: Enrol) -> None:
    learner = enrol()
    learner.idle(400)
    learner.frame.locator(".step:not([hidden]) .quiet").click()
    learner.close()
    assert 178 <= learner.session_seconds <= 182


def test_a_place_survives_an_edit_of_the_topic(enrol: Enrol, lms: Lms, standard: str) -> None:
    learner = enrol()
    learner.onward()
    learner.answer_all(some("so-ngay", "danh-gia"))
    learner.onward()
    learner.answer("phep-tinh", "3.5")
    learner.close()
    renamed = section("gioi-thieu", "Giới thiệu", prose(3))
    second = SECTIONS[1]
    kept = section(second.id, "Ba nhóm, tên mới", *(part for part in second.parts if part is not TRUE_FALSE))
    lms.put(learner.name, standard, package(topic((renamed, kept, SECTIONS[2])), standard))
    learner.open()
    assert learner.frame.locator("#boiduong-place").inner_text() == "Mục 3/3"
    assert "Đúng" in learner.question("phep-tinh").locator(".verdict").inner_text()
    learner.go(RESULT)
    wants = learner.frame.locator("#boiduong-result").inner_text()
    assert "Giới thiệu" in wants
    assert "Được 2/7 điểm." in wants


@either
def test_a_place_that_vanished_leads_to_the_beginning(enrol: Enrol, lms: Lms, standard: str) -> None:
    learner = enrol()
    learner.onward()
    learner.close()
    lms.put(learner.name, standard, package(topic((SECTIONS[0], SECTIONS[2])), standard))
    learner.open()
    assert learner.frame.locator("#boiduong-place").inner_text() == "Mục 1/2"


def test_a_status_is_never_lowered_on_coming_back(enrol: Enrol, standard: str) -> None:
    learner = enrol(topic(minimum_seconds=0))
    learner.onward()
    learner.answer_all(some(*IN_SECOND))
    learner.onward()
    learner.answer_all(some("khong-tinh", "ghep"))
    learner.answer("phep-tinh", "9")
    learner.onward()
    assert (learner.status, learner.score) == (DONE[standard], "75")
    learner.close()
    learner.open()
    learner.go("phan-cap")
    learner.answer("phep-tinh", "8")
    learner.read(60)
    learner.close()
    assert (learner.status, learner.score) == (DONE[standard], "75")


def test_state_comes_back_from_an_lms_that_keeps_suspend_data_and_location_alone(enrol: Enrol, lms: Lms) -> None:
    learner = enrol(topic(SECTIONS[:2], minimum_seconds=0))
    learner.onward()
    learner.answer_all(some(*IN_SECOND))
    learner.onward()
    learner.close()
    longer = topic(SECTIONS[:2], minimum_seconds=3000)
    lms.put(learner.name, learner.attempt.standard, package(longer, learner.attempt.standard))
    learner.attempt.forgets = True
    learner.open()
    assert "Đã hoàn thành chuyên đề" in learner.frame.locator("#boiduong-result").inner_text()
    assert [call[2] for call in learner.calls("SetValue") if call[1].endswith("status")] == []
    learner.read(60)
    assert (learner.status, learner.score) == (DONE[learner.attempt.standard], "100")


@either
def test_spent_attempts_below_the_pass_mark_can_be_taken_again(enrol: Enrol) -> None:
    learner = enrol(topic((SECTIONS[0], section("mot-cau", "Một câu", TRUE_FALSE))))
    learner.onward()
    assert "Chưa đúng" in learner.answer("danh-gia", "Đúng")
    learner.onward()
    learner.frame.get_by_role("button", name="Làm lại các câu chưa đúng").click()
    learner.frame.get_by_role("link", name="Câu 1").click()
    assert "Đúng." in learner.answer("danh-gia", "Sai")
    assert learner.score == "100"


@either
def test_what_the_lms_will_not_take_is_kept_here_and_sent_later(enrol: Enrol) -> None:
    learner = enrol()
    learner.attempt.refuses = True
    learner.onward()
    learner.answer("so-ngay", "7 ngày")
    assert "Đã giữ một bản trên máy này" in learner.frame.locator("#boiduong-notice").inner_text()
    learner.attempt.refuses = False
    learner.idle(31)
    assert "Đã lưu lại được" in learner.frame.locator("#boiduong-notice").inner_text()
    assert learner.score == "12.5"


@either
def test_a_copy_kept_here_is_taken_up_at_the_next_launch(enrol: Enrol) -> None:
    learner = enrol()
    learner.attempt.refuses = True
    learner.onward()
    learner.answer("so-ngay", "7 ngày")
    learner.close()
    learner.attempt.refuses = False
    learner.open()
    learner.go("ba-nhom")
    assert "Đúng" in learner.question("so-ngay").locator(".verdict").inner_text()


@either
def test_the_clock_hides_when_the_host_keeps_it(enrol: Enrol) -> None:
    learner = enrol()
    learner.frame.evaluate("window.postMessage({boiduong: 'clock-kept'}, '*')")
    learner.idle(1)
    assert learner.frame.locator("#boiduong-clock").inner_text() != ""
    learner.page.evaluate("document.querySelector('iframe').contentWindow.postMessage({boiduong: 'clock-kept'}, '*')")
    learner.idle(200)
    assert learner.frame.locator("#boiduong-clock").inner_text() == ""
    assert not learner.frame.locator("#boiduong-pause").is_visible()


@either
def test_a_key_held_down_is_nobody(enrol: Enrol) -> None:
    learner = enrol()
    learner.page.keyboard.down("Shift")
    for _ in range(30):
        learner.page.keyboard.down("Shift")
        learner.page.clock.run_for(20_000)
    learner.close()
    assert 115 <= learner.session_seconds <= 125


@either
def test_of_two_windows_side_by_side_one_counts(enrol: Enrol, lms: Lms, standard: str) -> None:
    learner = enrol()
    learner.read(20)
    lms.put("canh-ben", standard, package(topic(), standard))
    other = learner.page.context.new_page()
    other.goto(f"{lms.address}/launch/canh-ben")
    pause = learner.frame.locator("#boiduong-pause")
    pause.wait_for(state="visible")
    learner.idle(100)
    other.close()
    learner.frame.locator("h2:visible").last.click()
    assert not pause.is_visible()
    learner.close()
    assert 20 <= learner.session_seconds <= 25


@either
def test_what_is_written_without_leaving_the_field_is_kept(enrol: Enrol) -> None:
    learner = enrol()
    learner.go("suy-ngam")
    learner.question("suy-ngam").locator("textarea").fill("Hỏi kế hoạch lớp.")
    learner.close()
    learner.open()
    assert learner.question("suy-ngam").locator("textarea").input_value() == "Hỏi kế hoạch lớp."


@either
def test_read_vouches_for_a_section_once_however_often_it_is_opened(enrol: Enrol) -> None:
    learner = enrol()
    for expected in (180, 120):
        learner.idle(400)
        learner.frame.locator(".step:not([hidden]) .quiet").click()
        learner.close()
        assert expected - 2 <= learner.session_seconds <= expected + 2
        learner.open()


@either
def test_leaving_without_a_network_keeps_a_copy_here(enrol: Enrol) -> None:
    learner = enrol()
    learner.read(80)
    learner.attempt.refuses = True
    learner.frame.evaluate("Object.defineProperty(navigator, 'onLine', { value: false })")
    learner.close()
    learner.attempt.refuses = False
    learner.open()
    assert learner.frame.locator("#boiduong-clock").inner_text() == "1/5 phút"


@either
def test_what_waited_for_the_network_is_sent_when_it_is_back(enrol: Enrol) -> None:
    learner = enrol()
    learner.attempt.refuses = True
    learner.onward()
    learner.answer("so-ngay", "7 ngày")
    learner.attempt.refuses = False
    learner.frame.evaluate("window.dispatchEvent(new Event('online'))")
    assert learner.score == "12.5"


@either
def test_good_news_goes_away_by_itself(enrol: Enrol) -> None:
    learner = enrol()
    learner.attempt.refuses = True
    learner.onward()
    learner.answer("so-ngay", "7 ngày")
    learner.attempt.refuses = False
    learner.idle(60)
    assert learner.frame.locator("#boiduong-notice").inner_text() == ""


@pytest.mark.parametrize("answer", ['() => "false"', "() => false", '() => { throw new Error("LMS"); }'])
def test_an_lms_that_answers_no_to_everything_is_none(new_page: NewPage, lms: Lms, answer: str) -> None:
    lms.put("khong", "scorm12", package(topic(), "scorm12"))
    page = new_page()
    page.add_init_script(f"window.API = new Proxy({{}}, {{ get: () => {answer} }})")
    page.goto(f"{lms.address}/package/khong/index.html")
    assert "kết quả chỉ lưu trên máy này" in page.inner_text("#boiduong-notice")


def test_an_lms_whose_object_comes_after_the_package_is_found(standard: str, new_page: NewPage, lms: Lms) -> None:
    made = 'window[standard === "scorm12" ? "API" : "API_1484_11"] = api;'

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        assert made in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(made, f"setTimeout(() => {{ {made} }}, 1000);"))

    page = new_page()
    page.route("**/launch/*", answer_late)
    lms.put(f"late-{standard}", standard, package(topic(), standard))
    learner = Learner(page, lms, f"late-{standard}").open()
    learner.go("ba-nhom")
    learner.answer_all(some("so-ngay"))
    assert learner.status == "incomplete"
    assert [call[0] for call in learner.calls("Initialize")] == ["Initialize"]
