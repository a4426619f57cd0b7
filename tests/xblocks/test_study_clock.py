"""The study clock's block: what it shows to whom, what it takes, writes and publishes."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from boiduong_exporter.logs.openedx import TrackingLog
from boiduong_exporter.logs.portion import Names
from boiduong_exporter.logs.record import Beat, Progress, Record
from boiduong_xblocks.clock.beats import PROMPT_MS, SAVE_EVERY_MS
from boiduong_xblocks.spans import NEAR_MS, length, union
from boiduong_xblocks.study_clock import BEAT, PROGRESS, StudyClockBlock
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from opaque_keys.edx.locator import CourseLocator

from tests.xblocks.runtime import (
    COURSE,
    GLOBAL_AS_LEARNER,
    INSTRUCTOR,
    LAN,
    MINH,
    NOBODY,
    STAFF,
    WATCHING,
    Event,
    Person,
    Runtime,
    settings_of,
)

BEAT_MS = 30_000
COMPLETION = "completion"


def xml(section: str = "muc-1", minimum: int = 2700, share: int = 600, topic: str = "xay-dung-dang") -> str:
    return (
        f'<boiduong_study_clock url_name="{topic}-{section}" topic_id="{topic}" section_id="{section}" edition="2026-1"'
        f' minimum_seconds="{minimum}" section_seconds="{share}"/>'
    )


class Tab:
    """A page with the clock, as one person has it open."""

    def __init__(self, runtime: Runtime, usage: Any) -> None:
        self.runtime, self.usage = runtime, usage
        self.launch: dict[str, Any] = runtime.view(usage).json_init_args["launch"]
        self.sequence = 0
        self.unsaved: list[dict[str, Any]] = []
        self.untold: list[dict[str, Any]] = []

    def note(self, elapsed_ms: int = BEAT_MS) -> None:
        """The clock of the page made a sign, just now."""
        self.sequence += 1
        sign = {"sequence": self.sequence, "elapsed_ms": elapsed_ms, "at_ms": self.runtime.world.now_ms, "told": False}
        self.unsaved.append(sign)

    def send(self, leaving: bool = False) -> dict[str, Any]:
        """All that is not saved, as the script sends it."""
        status, answer = self.runtime.post(self.usage, "beat", self.message(leaving))
        assert status == 200, answer
        for sign in self.unsaved:
            sign["told"] = True
        if answer["saved"]:
            self.unsaved = []
        return dict(answer)

    def message(self, leaving: bool = False) -> dict[str, Any]:
        now_ms = self.runtime.world.now_ms
        signs = [
            {key: sign[key] for key in ("sequence", "elapsed_ms", "told")} | {"age_ms": now_ms - sign["at_ms"]}
            for sign in self.unsaved
        ]
        return {**self.launch, "leaving": leaving, "signs": signs}

    def study(self, seconds: int) -> dict[str, Any]:
        """A beat every 30 s, for as long."""
        answer: dict[str, Any] = {}
        for _ in range(seconds * 1000 // BEAT_MS):
            self.runtime.world.now_ms += BEAT_MS
            self.note()
            answer = self.send()
        return answer


@pytest.fixture
def lan() -> Runtime:
    return Runtime()


def opened(runtime: Runtime, **options: Any) -> Tab:
    return Tab(runtime, runtime.parse(xml(**options)))


def text(fragment: Any) -> str:
    return " ".join(html.fromstring(fragment.content).text_content().split())


def lines(events: list[Event]) -> list[bytes]:
    """The platform's tracking log: server_track's envelope, which has an event_type and no name."""
    return [
        json.dumps({
            "username": event.username,
            "event_type": event.name,
            "event": event.payload,
            "time": datetime.fromtimestamp(event.time_ms / 1000, UTC).isoformat(),
            "context": {"course_id": str(COURSE), "user_id": 7, "path": "/x", "module": {"usage_key": event.usage}},
            "event_source": "server",
            "page": "x_module",
        }).encode()
        for event in events
        if event.name != COMPLETION
    ]  # fmt: skip


def read(events: list[Event]) -> list[Record]:
    return TrackingLog(Names()).read(1, lines(events))


# What it shows -------------------------------------------------------------------------------------------------------


def test_a_learner_sees_the_time_of_the_whole_topic_and_the_minimum(lan: Runtime) -> None:
    tab = opened(lan)
    tab.study(720)
    tab.send(leaving=True)
    view = lan.view(lan.parse(xml("muc-2")))
    assert "Đã học 12 phút · tối thiểu 45 phút" in text(view)
    bar = html.fromstring(view.content).find(".//progress")
    assert (bar.get("value"), bar.get("max"), bar.get("hidden")) == ("720", "2700", None)
    assert bar.get("aria-label")


@pytest.mark.parametrize(
    ("minimum", "shown"),
    [
        (0, "Đã học 12 phút"),
        (720, "Đã học 12 phút · đủ tối thiểu 12 phút"),
        (721, "Đã học 12 phút · tối thiểu 13 phút"),
    ],
)
def test_the_sentence_fits_the_minimum(minimum: int, shown: str, lan: Runtime) -> None:
    tab = opened(lan, minimum=minimum)
    tab.study(720)
    tab.send(leaving=True)
    tree = html.fromstring(lan.view(tab.usage).content)
    assert tree.find_class("boiduong-clock-time")[0].text == shown
    assert (tree.find(".//progress").get("hidden") is not None) == (minimum == 0)


def test_the_page_is_in_the_readers_language(lan: Runtime) -> None:
    usage = lan.parse(xml())
    english = lan.of(LAN, language="en").view(usage)
    assert "Studied 0 min · minimum 45 min" in text(english)
    assert english.json_init_args["texts"]["offline"].startswith("Waiting for a connection")


@pytest.mark.parametrize("person", [STAFF, INSTRUCTOR, WATCHING, GLOBAL_AS_LEARNER, NOBODY])
def test_for_others_than_learners_no_clock_runs(person: Person, lan: Runtime) -> None:
    usage = lan.parse(xml())
    view = lan.of(person).view(usage)
    assert (view.json_init_args, view.js_init_fn) == (None, None)
    assert not [each for each in view.resources if each.mimetype == "application/javascript"]
    assert "đồng hồ" in text(view).lower()
    assert "Học viên sẽ thấy: Đã học 0 phút · tối thiểu 45 phút" in text(view)


def test_in_studio_the_clock_stands_and_shows_what_a_learner_sees(lan: Runtime) -> None:
    view = lan.of(STAFF).view(lan.parse(xml()), "author_view")
    assert view.json_init_args is None
    assert "chỉ chạy cho học viên" in text(view)


def test_a_block_that_is_not_set_says_so_and_takes_nothing(lan: Runtime) -> None:
    usage = lan.parse('<boiduong_study_clock url_name="x" section_id="m" edition="1"/>')
    for view in (lan.view(usage), lan.of(STAFF).view(usage, "author_view")):
        assert view.json_init_args is None
        assert "chưa được đặt mã chuyên đề" in text(view)
    assert lan.post(usage, "open", {})[0] == 400


def test_the_mobile_app_is_told_the_settings_and_nothing_of_a_learner(lan: Runtime) -> None:
    tab = opened(lan)
    tab.study(60)
    assert lan.get_block(tab.usage).student_view_data() == {
        "topic_id": "xay-dung-dang", "section_id": "muc-1", "edition": "2026-1", "minimum_seconds": 2700,
        "section_seconds": 600,
    }  # fmt: skip


# Settings ------------------------------------------------------------------------------------------------------------


def test_what_an_element_says_is_written_again(lan: Runtime) -> None:
    usage = lan.parse(xml().replace("/>", ' display_name="Đồng hồ" due="2026-12-31T00:00:00Z"/>'))
    written = lan.written(usage)
    assert dict(written.attrib) == {
        "display_name": "Đồng hồ", "topic_id": "xay-dung-dang", "section_id": "muc-1", "edition": "2026-1",
        "minimum_seconds": "2700", "section_seconds": "600", "xblock-family": "xblock.v1",
    }  # fmt: skip
    again = lan.parse(etree.tostring(written).decode())
    assert dict(lan.written(again).attrib) == dict(written.attrib)


@pytest.mark.parametrize("value", ["", "-5", "nhiều"])
def test_a_minimum_that_is_none_counts_as_none(value: str, lan: Runtime) -> None:
    usage = lan.parse(xml().replace('"2700"', f'"{value}"'))
    assert lan.get_block(usage).student_view_data()["minimum_seconds"] == 0
    assert lan.view(usage).json_init_args["minimum_seconds"] == 0


def test_all_settings_can_be_edited_in_studio() -> None:
    ours = {name for name in settings_of(StudyClockBlock) if name not in ("name", "tags")}
    assert set(StudyClockBlock.editable_fields) == ours


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("topic_id", "", "Mã chuyên đề"),
        ("topic_id", "xây dựng", "Mã chuyên đề"),
        ("topic_id", "a\tb", "Mã chuyên đề"),
        ("topic_id", "a\u00a0b", "Mã chuyên đề"),
        ("topic_id", "x" * 256, "Mã chuyên đề"),
        ("section_id", "", "Mã mục"),
        ("section_id", "m 1", "Mã mục"),
        ("edition", "  ", "Bản chuyên đề"),
        ("edition", "x" * 256, "Bản chuyên đề"),
        ("minimum_seconds", -1, "Thời gian tối thiểu"),
        ("minimum_seconds", "", "Thời gian tối thiểu"),
        ("minimum_seconds", "1,5", "Thời gian tối thiểu"),
        ("section_seconds", -1, "Phần của trang này"),
    ],
)
def test_studio_says_what_is_wrong_and_keeps_what_was(field: str, value: object, said: str, lan: Runtime) -> None:
    usage = lan.parse(xml())
    studio = lan.of(STAFF)
    status, answer = studio.post(usage, "submit_studio_edits", {"values": {field: value}, "defaults": []})
    assert status == 400
    assert [message["text"].startswith(said) for message in answer["error"]["messages"]] == [True]
    assert [message["field"] for message in answer["error"]["messages"]] == [field]
    assert dict(lan.written(usage).attrib)["topic_id"] == "xay-dung-dang"


def test_studio_keeps_what_is_right(lan: Runtime) -> None:
    usage = lan.parse(xml())
    values = {
        "topic_id": "ky-nang",
        "section_id": "muc-2",
        "edition": "2026-2",
        "minimum_seconds": 0,
        "section_seconds": 9,
    }
    assert lan.of(STAFF).post(usage, "submit_studio_edits", {"values": values, "defaults": []})[0] == 200
    written = dict(lan.written(usage).attrib)
    assert {name: written[name] for name in values} == {name: str(value) for name, value in values.items()}


# What it takes -------------------------------------------------------------------------------------------------------


def test_every_sign_is_an_event_at_once(lan: Runtime) -> None:
    tab = opened(lan)
    opened_ms = lan.world.now_ms
    tab.study(90)
    assert lan.world.payloads(BEAT) == [
        {
            "topic": "xay-dung-dang", "edition": "2026-1", "launch": tab.launch["launch"], "sequence": number,
            "opened_ms": opened_ms, "elapsed_ms": BEAT_MS, "age_ms": 0,
        }
        for number in (1, 2, 3)
    ]  # fmt: skip


def test_a_sign_is_told_once_though_it_is_sent_until_it_is_saved(lan: Runtime) -> None:
    tab = opened(lan)
    tab.study(30)  # the first of all is saved at once
    tab.study(90)
    assert [sign["told"] for sign in tab.unsaved] == [True, True, True]
    tab.send()
    assert len(lan.world.payloads(BEAT)) == 4


def test_the_answer_tells_the_topic_as_it_stands_saved_or_not(lan: Runtime) -> None:
    tab = opened(lan)
    assert tab.study(30) == {"studied_ms": 30_000, "saved": True, "told": [1]}
    assert tab.study(60) == {"studied_ms": 90_000, "saved": False, "told": [2, 3]}
    assert tab.send(leaving=True) == {"studied_ms": 90_000, "saved": True, "told": [2, 3]}


def test_an_hour_of_study_writes_the_learners_state_every_two_minutes(lan: Runtime) -> None:
    tab = opened(lan)
    lan.world.store.writes.clear()
    tab.study(3600)
    written = lan.world.store.writes_of_people()
    assert (written.count("boiduong_studied"), written.count("own_time")) == (30, 30)
    assert set(written) == {"boiduong_studied", "own_time"}
    assert len(lan.world.payloads(COMPLETION)) == 30
    assert len(lan.world.payloads(BEAT)) == 120


def test_what_was_not_saved_is_saved_on_leaving(lan: Runtime) -> None:
    tab = opened(lan)
    tab.study(120)
    lan.world.now_ms += 10_000
    tab.note(10_000)
    assert tab.send(leaving=True)["saved"]
    assert lan.get_block(tab.usage).studied(str(COURSE), "xay-dung-dang").ms == 130_000


def test_an_hour_leaves_one_span_though_messages_travel_unequally(lan: Runtime) -> None:
    tab = opened(lan)
    for number in range(120):
        lan.world.now_ms += BEAT_MS
        tab.note()
        wait = (number * 37) % 400
        lan.world.now_ms += wait
        tab.send()
        lan.world.now_ms -= wait
    tab.send(leaving=True)
    studied = lan.get_block(tab.usage).studied(str(COURSE), "xay-dung-dang")
    assert len(studied.time.spans) == 1
    assert 3_600_000 - 400 <= studied.ms <= 3_600_000


@pytest.mark.parametrize("person", [STAFF, INSTRUCTOR, WATCHING, GLOBAL_AS_LEARNER, NOBODY])
def test_who_does_not_count_is_refused_and_publishes_nothing(person: Person, lan: Runtime) -> None:
    tab = opened(lan)
    tab.note()
    other = lan.of(person)
    assert other.post(tab.usage, "beat", tab.message())[0] == 403
    assert other.post(tab.usage, "open", {})[0] == 403
    assert lan.world.events == []


def test_a_launch_of_another_is_not_taken(lan: Runtime) -> None:
    tab = opened(lan)
    lan.world.now_ms += BEAT_MS
    tab.note()
    message = tab.message()
    wrong = [
        {**message, "opened_ms": message["opened_ms"] - 1},
        {**message, "launch": "x"},
        {**message, "signature": "x"},
    ]
    assert [lan.post(tab.usage, "beat", each)[0] for each in wrong] == [409, 409, 409]
    assert lan.of(MINH).post(tab.usage, "beat", message)[0] == 409
    assert lan.post(lan.parse(xml("muc-2")), "beat", message)[0] == 409
    assert lan.world.events == []


def test_a_page_that_is_not_known_begins_anew(lan: Runtime) -> None:
    usage = lan.parse(xml())
    status, launch = lan.post(usage, "open", {})
    assert status == 200
    lan.world.now_ms += BEAT_MS
    sign = {"sequence": 1, "elapsed_ms": BEAT_MS, "age_ms": 0, "told": False}
    assert lan.post(usage, "beat", {**launch, "leaving": False, "signs": [sign]})[0] == 200


def test_what_is_no_message_is_refused_in_words(lan: Runtime) -> None:
    tab = opened(lan)
    status, answer = lan.post(tab.usage, "beat", {**tab.message(), "signs": [{}]})
    assert (status, answer) == (400, {"error": "Không đọc được tin của đồng hồ: tải lại trang."})


def test_what_waited_over_a_week_is_let_go_and_told_to_the_page(lan: Runtime) -> None:
    tab = opened(lan)
    lan.world.now_ms += BEAT_MS
    tab.note()
    lan.world.now_ms += 7 * 86_400_000 + 1
    assert tab.send(leaving=True) == {"studied_ms": 0, "saved": True, "told": [1]}
    assert lan.world.events == []


# Done ----------------------------------------------------------------------------------------------------------------


def test_a_unit_is_done_after_its_share_and_says_so_once(lan: Runtime) -> None:
    tab = opened(lan, share=300)
    tab.study(150)
    assert [each["completion"] for each in lan.world.payloads(COMPLETION)] == [0.1, 0.5]
    assert lan.world.payloads(PROGRESS) == []
    tab.study(360)
    assert lan.world.payloads(COMPLETION)[-1] == {"completion": 1.0}
    assert lan.world.payloads(PROGRESS) == [
        {
            "topic": "xay-dung-dang", "edition": "2026-1", "launch": tab.launch["launch"], "sections_done": 1,
            "score": None,
        }
    ]  # fmt: skip


def test_a_topic_without_a_minimum_asks_for_a_beginning(lan: Runtime) -> None:
    tab = opened(lan, minimum=0, share=0)
    assert lan.world.payloads(COMPLETION) == []
    tab.study(30)
    assert lan.world.payloads(COMPLETION) == [{"completion": 1.0}]
    assert [each["sections_done"] for each in lan.world.payloads(PROGRESS)] == [1]


def test_progress_counts_the_sections_of_this_topic_for_this_person(lan: Runtime) -> None:
    minh = lan.of(MINH)
    for runtime, section, topic in (
        (lan, "muc-1", "a"), (lan, "muc-2", "a"), (lan, "muc-1", "b"), (minh, "muc-1", "a"),
    ):  # fmt: skip
        tab = opened(runtime, minimum=0, section=section, topic=topic)
        tab.study(30)
        tab.send(leaving=True)
    told = [event for event in lan.world.events if event.name == PROGRESS]
    assert [(event.username, event.payload["topic"], event.payload["sections_done"]) for event in told] == [
        ("lan", "a", 1), ("lan", "a", 2), ("lan", "b", 1), ("minh", "a", 1),
    ]  # fmt: skip


def test_what_is_done_stays_done_when_an_author_asks_for_more(lan: Runtime) -> None:
    tab = opened(lan, share=60)
    tab.study(180)
    values = {"section_seconds": 2700}
    assert lan.of(STAFF).post(tab.usage, "submit_studio_edits", {"values": values, "defaults": []})[0] == 200
    tab.study(120)
    assert lan.world.payloads(COMPLETION)[-1] == {"completion": 1.0}
    assert len(lan.world.payloads(PROGRESS)) == 1


def test_the_same_topic_in_another_course_is_counted_there(lan: Runtime) -> None:
    opened(lan).study(60)
    block = lan.get_block(lan.parse(xml("muc-3")))
    assert block.studied(str(CourseLocator("tinh-mau", "bd01", "2027")), "xay-dung-dang").ms == 0


# What the exporter makes of it ---------------------------------------------------------------------------------------


def test_the_exporter_reads_the_same_minutes_from_the_log(lan: Runtime) -> None:
    tab = opened(lan, share=300)
    tab.study(600)
    records = read(lan.world.events)
    beats = [record for record in records if isinstance(record, Beat)]
    assert len(beats) == 20
    assert {(beat.learner, beat.where.course, beat.where.topic, beat.where.edition) for beat in beats} == {
        ("lan", str(COURSE), "xay-dung-dang", "2026-1")
    }
    assert length(union([(beat.start_ms, beat.end_ms) for beat in beats])) == 600_000
    [progress] = [record for record in records if isinstance(record, Progress)]
    assert (progress.sections_done, progress.score) == (1, None)
    assert len(records) == 21


acts = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["note", "send", "leave", "wait"]),
        st.integers(0, 200_000),
    ),
    max_size=40,
)


@given(acts)
def test_whatever_tabs_say_the_time_is_at_most_the_wall_clock_and_the_exporters(
    said: list[tuple[int, str, int]],
) -> None:
    runtime = Runtime()
    usage, begun = runtime.parse(xml()), runtime.world.now_ms
    tabs = [Tab(runtime, usage) for _ in range(3)]
    shown = 0
    for place, act, amount in said:
        tab = tabs[place]
        if act == "wait":
            runtime.world.now_ms += amount
        elif act == "note":
            tab.note(amount)
        else:
            shown = tab.send(leaving=act == "leave")["studied_ms"]
        assert shown <= runtime.world.now_ms - begun
    for tab in tabs:
        shown = tab.send(leaving=True)["studied_ms"]
    beats = [record for record in read(runtime.world.events) if isinstance(record, Beat)]
    counted = length(union([(beat.start_ms, beat.end_ms) for beat in beats]))
    assert shown <= runtime.world.now_ms - begun
    assert abs(shown - counted) <= (PROMPT_MS + NEAR_MS) * len(beats)


@given(
    st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 10**9)), min_size=1, max_size=30), st.integers(0, 10**9)
)
def test_signs_made_up_out_of_nothing_earn_no_more_than_the_launch_is_old(
    signs: list[tuple[int, int]], passed_ms: int
) -> None:
    tab = opened(Runtime())
    tab.runtime.world.now_ms += passed_ms
    made = [
        {"sequence": number, "elapsed_ms": elapsed, "age_ms": age, "told": False}
        for number, (elapsed, age) in enumerate(signs, 1)
    ]
    _, answer = tab.runtime.post(tab.usage, "beat", {**tab.launch, "leaving": True, "signs": made})
    assert answer["studied_ms"] <= passed_ms


def test_two_tabs_that_both_run_earn_the_wall_clock_once(lan: Runtime) -> None:
    one = opened(lan)
    two = Tab(lan, one.usage)
    for _ in range(40):
        lan.world.now_ms += BEAT_MS
        for tab in (one, two):
            tab.note()
            tab.send()
    assert one.send(leaving=True)["studied_ms"] <= 1_200_000
    assert two.send(leaving=True)["studied_ms"] == 1_200_000
    assert SAVE_EVERY_MS == 120_000
