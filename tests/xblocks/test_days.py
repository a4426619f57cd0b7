"""The block of days: a learner sees what the books say, of when it is, and what the course alone knows; nothing of it
waits for a server, and the token stays in the settings."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from boiduong_xblocks.days import DaysBlock
from boiduong_xblocks.known import Studied
from boiduong_xblocks.owed.kept import FRESH_MS
from boiduong_xblocks.spans import Time
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode

from tests.xblocks.owed.loopback import ANSWER, TOKEN, Loopback, Serve, hasty, sends, serve, sleeps
from tests.xblocks.owed.loopback import NOBODY as NO_ACCOUNT
from tests.xblocks.runtime import (
    GLOBAL_AS_LEARNER,
    INSTRUCTOR,
    LAN,
    MINH,
    NOBODY,
    STAFF,
    WATCHING,
    Person,
    Runtime,
    settings_of,
)

__all__ = ["hasty", "serve"]

XML = '<boiduong_days url_name="days" display_name="Số ngày bồi dưỡng"/>'
MINUTE_MS = 60_000
TOLD_AT = "12 giờ 00 ngày 14/12/2026"


def connected(lan: Runtime, there: Loopback) -> Runtime:
    lan.world.settings["boiduong"] = {"server": there.address, "token": TOKEN}
    return lan


def arguments(fragment: Fragment) -> Any:
    return fragment.json_init_args


def asked(lan: Runtime, usage: Any) -> Any:
    status, said = lan.post(usage, "days", {})
    assert status == 200
    return said


@pytest.fixture
def lan() -> Runtime:
    return Runtime()


@pytest.fixture
def usage(lan: Runtime) -> Any:
    return lan.parse(XML)


def know(lan: Runtime, usage: Any, *sessions: dict[str, Any], **minutes: int) -> None:
    block = lan.get_block(usage)
    for topic, count in minutes.items():
        block.keep_studied(block.course_id, topic, Studied(Time(count * MINUTE_MS)))
    for number, session in enumerate(sessions):
        block.keep_attended(block.course_id, str(number), session)
    block.save()


# What the books say ---------------------------------------------------------------------------------------------------


def test_a_learner_sees_the_figures_of_the_books_in_their_words(lan: Runtime, usage: Any, serve: Serve) -> None:
    said = asked(connected(lan, serve(sends())), usage)
    assert said == {
        "result": ANSWER["text"],
        "figures": [
            ["Tối thiểu", "7 ngày"],
            ["Được tính", "2,5 ngày"],
            ["Còn thiếu", "4,5 ngày, đến hết ngày 30/09/2030"],
            ["Tình trạng", "còn thiếu"],
        ],
        "notes": [],
        "provisional": "Ngoài ra có 25 phút học tạm tính, chưa niêm phong.",
        "state": f"Số liệu lúc {TOLD_AT}.",
        "course": [],
        "nothing": "Khóa học chưa ghi phút học hay buổi đã dự nào của tài khoản này.",
    }


UNDETERMINED = {"required": None, "shortfall": None, "until": None, "standing_text": "chưa xác định được"}
ENOUGH = {"shortfall": {"exact": "0", "text": "0"}, "standing_text": "đủ"}


@pytest.mark.parametrize(
    ("changes", "figures"),
    [
        (UNDETERMINED, [["Được tính", "2,5 ngày"], ["Tình trạng", "chưa xác định được"]]),
        (
            {"waiting": {"exact": "1", "text": "1"}, **UNDETERMINED},
            [["Được tính", "2,5 ngày"], ["Chờ quyết định", "1 ngày"], ["Tình trạng", "chưa xác định được"]],
        ),
        (ENOUGH, [["Tối thiểu", "7 ngày"], ["Được tính", "2,5 ngày"], ["Còn thiếu", "0 ngày"], ["Tình trạng", "đủ"]]),
    ],
)
def test_what_the_books_do_not_know_is_left_out(
    lan: Runtime, usage: Any, serve: Serve, changes: dict[str, Any], figures: list[list[str]]
) -> None:
    assert asked(connected(lan, serve(sends({**ANSWER, **changes}))), usage)["figures"] == figures


def test_the_notice_on_sample_data_is_shown_and_no_provisional_time_where_there_is_none(
    lan: Runtime, usage: Any, serve: Serve
) -> None:
    said = asked(connected(lan, serve(sends({**ANSWER, "notice": "Dữ liệu mẫu", "provisional_minutes": 0}))), usage)
    assert (said["notes"], said["provisional"]) == (["Dữ liệu mẫu"], "")


def test_a_page_in_english_keeps_the_words_of_the_books(lan: Runtime, usage: Any, serve: Serve) -> None:
    said = asked(connected(lan, serve(sends())).of(LAN, "en"), usage)
    assert said["result"] == ANSWER["text"]
    assert said["state"] == "Figures as of 12:00 on 14/12/2026."
    assert said["figures"][2] == ["Still owed", "4,5 days, by the end of 30/09/2030"]


# Never waiting --------------------------------------------------------------------------------------------------------


def test_the_page_is_there_without_asking_the_server(lan: Runtime, usage: Any, serve: Serve) -> None:
    there = serve(sleeps)
    page = connected(lan, there).view(usage)
    assert arguments(page)["ask"]
    assert arguments(page)["shown"]["state"] == "Đang hỏi sổ theo dõi bồi dưỡng…"
    assert there.requests == []


def test_what_was_told_is_shown_at_once_and_asked_for_again_after_ten_minutes(
    lan: Runtime, usage: Any, serve: Serve
) -> None:
    there = serve(sends(more='ETag: "1"\r\n'))
    asked(connected(lan, there), usage)
    for later_ms, ask in ((FRESH_MS - 1, False), (1, True)):
        lan.world.now_ms += later_ms
        page = lan.view(usage)
        assert arguments(page)["shown"]["state"] == f"Số liệu lúc {TOLD_AT}."
        assert arguments(page)["ask"] is ask
        asked(lan, usage)
    assert len(there.requests) == 2
    assert 'If-None-Match: "1"' in there.requests[1]


def test_what_still_holds_has_the_moment_at_which_that_was_said(lan: Runtime, usage: Any, serve: Serve) -> None:
    there = serve(sends(more='ETag: "1"\r\n'))
    asked(connected(lan, there), usage)
    there.behaviour = lambda connection, _: connection.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    lan.world.now_ms += FRESH_MS
    said = asked(lan, usage)
    assert (said["result"], said["state"]) == (ANSWER["text"], "Số liệu lúc 12 giờ 10 ngày 14/12/2026.")


def test_an_answer_is_one_persons_own(lan: Runtime, usage: Any, serve: Serve) -> None:
    there = serve(sends())
    asked(connected(lan, there), usage)
    minh = lan.of(MINH)
    assert not arguments(minh.view(usage))["shown"]["result"]
    asked(minh, usage)
    assert [request.partition("?")[2].partition("&")[0] for request in there.requests] == [
        "tai-khoan=lan",
        "tai-khoan=minh",
    ]


def test_a_server_that_fails_leaves_old_figures_with_their_moment(lan: Runtime, usage: Any, serve: Serve) -> None:
    there = serve(sends())
    asked(connected(lan, there), usage)
    there.behaviour = sends({}, "500 Internal Server Error")
    lan.world.now_ms += FRESH_MS
    said = asked(lan, usage)
    assert said["result"] == ANSWER["text"]
    assert said["state"] == f"Máy chủ sổ theo dõi bồi dưỡng chưa trả lời; số liệu cũ lúc {TOLD_AT}."
    assert not arguments(lan.view(usage))["ask"], "for a minute"
    lan.world.now_ms += MINUTE_MS
    assert arguments(lan.view(usage))["ask"]
    there.behaviour = sends()
    assert asked(lan, usage)["state"] == "Số liệu lúc 12 giờ 11 ngày 14/12/2026."


def test_a_server_that_never_answered_is_told_with_what_the_course_knows(
    lan: Runtime, usage: Any, serve: Serve
) -> None:
    know(lan, usage, nghi_quyet=85)
    said = asked(connected(lan, serve(sends({}, "500 Internal Server Error"))), usage)
    assert said["state"] == "Máy chủ sổ theo dõi bồi dưỡng chưa trả lời; mở lại trang này sau ít phút."
    assert (said["figures"], said["course"]) == ([], [["nghi_quyet", "1 giờ 25 phút"]])


def test_an_account_that_is_in_no_books_is_told_what_to_do_and_keeps_no_figures(
    lan: Runtime, usage: Any, serve: Serve
) -> None:
    there = serve(sends())
    asked(connected(lan, there), usage)
    there.behaviour = sends(NO_ACCOUNT, "404 Not Found")
    lan.world.now_ms += FRESH_MS
    said = asked(lan, usage)
    assert said["state"] == (
        "Tài khoản này chưa có trong sổ theo dõi bồi dưỡng: báo cán bộ quản lý lớp để khai tài khoản."
    )
    assert (said["result"], said["figures"]) == ("", [])


@pytest.mark.parametrize("bucket", [{}, {"server": "http://hoc.tinh.example", "token": TOKEN}, "khong phai bang"])
def test_without_settings_the_course_says_what_it_knows_and_asks_nobody(lan: Runtime, usage: Any, bucket: Any) -> None:
    lan.world.settings["boiduong"] = bucket
    know(lan, usage, nghi_quyet=5)
    page = lan.view(usage)
    assert not arguments(page)["ask"]
    assert arguments(page)["shown"]["state"].startswith("Khóa học này chưa nối với sổ theo dõi bồi dưỡng")
    assert arguments(page)["shown"]["course"] == [("nghi_quyet", "5 phút")]


def test_figures_of_a_server_that_is_no_longer_set_are_not_shown(lan: Runtime, usage: Any, serve: Serve) -> None:
    asked(connected(lan, serve(sends())), usage)
    lan.world.settings.clear()
    assert asked(lan, usage)["result"] == ""


@pytest.mark.parametrize(
    "state", [{"x": 1}, {"said": {"required": "7"}, "at_ms": 5}, {"said": [], "tag": "", "at_ms": 0}, {"at_ms": "hôm"}]
)
def test_a_state_of_another_version_is_no_answer(lan: Runtime, usage: Any, serve: Serve, state: dict[str, Any]) -> None:
    block = connected(lan, serve(sends())).get_block(usage)
    block.heard_days = state
    block.save()
    assert arguments(lan.view(usage))["ask"]
    assert asked(lan, usage)["result"] == ANSWER["text"]


# What the course knows ------------------------------------------------------------------------------------------------


def test_the_course_tells_minutes_by_topic_and_the_sessions_that_were_attended(lan: Runtime) -> None:
    titles = {"nghi_quyet": "Nghị quyết Đại hội"}
    usage = lan.parse(f"<boiduong_days url_name=\"days\" topic_titles='{json.dumps(titles)}'/>")
    there = {"came_ms": 1, "left_ms": None}
    sessions = (
        {**there, "date": "2026-12-15", "half": "afternoon"},
        {**there, "date": "2026-12-15", "half": "morning"},
        {**there, "date": "2026-12-14", "half": "evening", "came_ms": None},  # listed by hand
        {**there, "date": "2026-12-16", "half": "đêm"},
        {"date": "khi nào", "half": "morning", "came_ms": 1},
        {},
    )
    know(lan, usage, *sessions, nghi_quyet=65, khac=3)
    assert arguments(lan.view(usage))["shown"]["course"] == [
        ("Nghị quyết Đại hội", "1 giờ 5 phút"),
        ("khac", "3 phút"),
        ("Đã dự 3 buổi", "tối 14/12/2026; sáng 15/12/2026; chiều 15/12/2026"),
    ]


def test_what_another_course_knows_is_not_shown(lan: Runtime, usage: Any) -> None:
    block = lan.get_block(usage)
    block.keep_studied("course-v1:khac+khac+khac", "nghi_quyet", Studied(Time(MINUTE_MS)))
    block.save()
    assert arguments(lan.view(usage))["shown"]["course"] == []


# Who sees it ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        (STAFF, "Số ngày chỉ hiện cho học viên"),
        (INSTRUCTOR, "Số ngày chỉ hiện cho học viên"),
        (WATCHING, "Đang xem thử: số ngày chỉ hiện cho học viên"),
        (GLOBAL_AS_LEARNER, "Đang xem thử: số ngày chỉ hiện cho học viên"),
        (NOBODY, "Đăng nhập để xem số ngày bồi dưỡng của mình."),
    ],
)
def test_only_learners_see_figures_and_only_they_are_asked_for(
    lan: Runtime, usage: Any, serve: Serve, person: Person, sentence: str
) -> None:
    there = serve(sends())
    other = connected(lan, there).of(person)
    assert sentence in other.view(usage).content
    assert sentence in other.view(usage, "public_view").content
    assert other.post(usage, "days", {})[0] == 403
    assert there.requests == []


def test_staff_try_the_connection_even_where_it_failed_just_now(lan: Runtime, usage: Any, serve: Serve) -> None:
    there = serve(sends(NO_ACCOUNT, "401 Unauthorized"))
    staff = connected(lan, there).of(STAFF)
    tried = [staff.post(usage, "try_connection", {})[1]["state"]]
    there.behaviour = sends(NO_ACCOUNT, "404 Not Found")
    tried.append(staff.post(usage, "try_connection", {})[1]["state"])
    assert tried == [
        f"Chưa nối được với {there.address}: máy chủ không nhận mã truy cập; xem lại «token».",
        f"{there.address} trả lời và nhận mã truy cập.",
    ]


def test_staff_are_told_whether_the_books_are_connected(lan: Runtime, usage: Any, serve: Serve) -> None:
    there = serve(sends())
    assert there.address in connected(lan, there).of(STAFF).view(usage).content
    lan.world.settings["boiduong"] = {"server": there.address}
    wrong = "Chưa nối với sổ theo dõi bồi dưỡng: «token» phải là mã truy cập"
    assert wrong in lan.of(STAFF).view(usage).content
    assert wrong in lan.of(STAFF).post(usage, "try_connection", {})[1]["state"]


@pytest.mark.parametrize("person", [LAN, WATCHING, NOBODY])
def test_nobody_but_staff_tries_the_connection(lan: Runtime, usage: Any, serve: Serve, person: Person) -> None:
    there = serve(sends())
    assert connected(lan, there).of(person).post(usage, "try_connection", {})[0] == 403
    assert there.requests == []


def everything_sent(lan: Runtime, usage: Any) -> Iterator[str]:
    for person in (LAN, STAFF, WATCHING, NOBODY):
        runtime = lan.of(person)
        for view in ("student_view", "author_view"):
            yield json.dumps(runtime.view(usage, view).to_dict())
        yield from (str(runtime.post(usage, handler, {})) for handler in ("days", "try_connection"))
    yield str(lan.world.store.db_dict)


@pytest.mark.parametrize(
    "behaviour", [sends(), sends({}, "500 Broken"), sends(NO_ACCOUNT, "401 No"), sends({"text": TOKEN}), sleeps]
)
@pytest.mark.usefixtures("hasty")
def test_the_token_reaches_neither_the_page_nor_the_state_nor_the_log(
    lan: Runtime, usage: Any, serve: Serve, caplog: pytest.LogCaptureFixture, behaviour: Callable[..., None]
) -> None:
    connected(lan, serve(behaviour))
    assert TOKEN not in "".join(everything_sent(lan, usage))
    assert TOKEN not in caplog.text


# Open edX -------------------------------------------------------------------------------------------------------------


def test_the_element_is_written_as_it_was_read(lan: Runtime) -> None:
    titles = '{"nghi-quyet": "Nghị quyết \\"mới\\""}'
    usage = lan.parse(f'<boiduong_days url_name="days" display_name="Ngày" topic_titles=\'{titles}\'/>')
    written = lan.written(usage)
    assert written.get("display_name") == "Ngày"
    assert json.loads(written.get("topic_titles") or "") == json.loads(titles)
    assert len(written) == 0


@pytest.mark.parametrize("broken", ["{", "[1", "null", "7", "{a: b: c}", ""])
def test_titles_that_cannot_be_read_are_left_out(lan: Runtime, broken: str) -> None:
    usage = lan.parse(f'<boiduong_days url_name="days" topic_titles="{broken}"/>')
    know(lan, usage, khac=3)
    assert arguments(lan.view(usage))["shown"]["course"] == [("khac", "3 phút")]


def test_it_counts_for_nothing_in_completion(lan: Runtime, usage: Any, serve: Serve) -> None:
    assert XBlockCompletionMode.get_mode(DaysBlock) == XBlockCompletionMode.EXCLUDED
    asked(connected(lan, serve(sends())), usage)
    assert lan.world.events == []


def test_the_mobile_app_is_told_nothing(lan: Runtime, usage: Any) -> None:
    assert lan.get_block(usage).student_view_data() == {}


def test_studio_offers_the_name_alone_and_shows_what_it_is(lan: Runtime, usage: Any) -> None:
    staff = lan.of(STAFF)
    assert DaysBlock.editable_fields == ("display_name",)
    assert set(settings_of(DaysBlock)) >= {"display_name", "topic_titles"}
    author = staff.view(usage, "author_view")
    assert "Ở đây học viên thấy số ngày bồi dưỡng của mình" in author.content
    assert author.js_init_fn is None
    status, _ = staff.post(usage, "submit_studio_edits", {"values": {"display_name": "Số <ngày>"}, "defaults": []})
    assert status == 200
    assert "<h3 id=" in lan.view(usage).content
    assert "Số &lt;ngày&gt;" in lan.view(usage).content


def test_a_block_without_a_name_has_a_heading_all_the_same(lan: Runtime) -> None:
    page = lan.view(lan.parse('<boiduong_days url_name="days" display_name=""/>'))
    assert ">Số ngày bồi dưỡng</h3>" in page.content
