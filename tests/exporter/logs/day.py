"""A day of a platform's tracking log, 2 March 2026: a session in the hall in the morning, study in the evening, and the
events of everything else that goes on. The people do not exist.

Envelopes are those that "Events in the Tracking Logs" of the platform's research guide describes: `name` first; what a
page sends has `event` as a string and the page's address; what a block publishes comes from "x_module", with the block
in `context.module`; each request leaves an event named after its path; a task in the background has no user.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

COURSE = "course-v1:truong+ct+L01"
AN, BA, STAFF = ("an.nguyen", 11), ("Ba.Tran@tinh.example", 12), ("giao.vu", 3)
AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
NEWCOMER = ("xem.thu", 44)
"""Someone who is in the course and in no register."""
_BLOCK = "block-v1:truong+ct+L01+type@{}+block@{}"
_HANOI = timezone(timedelta(hours=7))
_Line = dict[str, Any]


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Hanoi time."""
    return datetime(2026, 3, 2, hour, minute, second, 345_678, _HANOI)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def morning() -> list[_Line]:
    """Two check in by code, staff excuse a third account, close, and close again after one correction."""
    return [
        _request(at(7, 20), STAFF, f"/courses/{COURSE}/courseware/buoi/1/"),
        _server(
            at(7, 21), AN, "edx.course.enrollment.activated", {"course_id": COURSE, "user_id": 11, "mode": "honor"}
        ),
        _scan(at(7, 28), AN, "in"),
        _scan(at(7, 40), NEWCOMER, "in"),
        _page(at(7, 45), AN, "seq_next", {"old": 1, "new": 2, "id": _BLOCK.format("sequential", "b1")}),
        _scan(at(11, 31), AN, "out"),
        *_sheet(at(11, 40), 1, ba={"presence": "absent", "how": "list", "reason": ""}),
        *_sheet(at(11, 52), 2, ba={"presence": "excused", "how": "list", "reason": "họp Thường trực"}),
        _server(at(11, 53), STAFF, "edx.instructor.report.requested", {"report_type": "grades"}),
    ]


def evening() -> list[_Line]:
    """Twenty minutes of a topic, a video, a problem, and the grade that the platform computes by itself."""
    return [
        _request(at(18, 59), AN, f"/courses/{COURSE}/xblock/{_BLOCK.format('vertical', 'm1')}"),
        _beat(at(19), 0),
        _page(at(19, 0, 10), AN, "play_video", {"id": "v1", "currentTime": 0, "code": "html5", "duration": 300}),
        *(_beat(at(19) + timedelta(seconds=30 * sign), sign) for sign in range(1, 41)),
        _page(at(19, 20, 40), AN, "problem_check", "input_q1_2_1=choice_2"),
        _server(at(19, 20, 41), AN, "problem_check", {"success": "correct", "attempts": 1, "grade": 1, "max_grade": 1}),
        _block(at(19, 20, 50), AN, "boiduong.study.progress", {**_STUDY, "sections_done": 3, "score": None}),
        _score(at(19, 20, 51), _BLOCK.format("sequential", "sequential_cd-1"), 9, 10),
        _score(at(19, 20, 52), _BLOCK.format("sequential", "khao-sat"), 1, 1),
        _page(at(19, 21), AN, "page_close", {}),
        _server(at(19, 22), NEWCOMER, "edx.forum.thread.viewed", {"title": "boiduong.study.beat là gì?"}),
    ]


_STUDY = {"topic": "cd-1", "edition": "2026.1", "launch": "9c1f2a"}


def _beat(moment: datetime, sequence: int) -> _Line:
    said = {
        **_STUDY, "sequence": sequence, "opened_ms": milliseconds(at(19)), "elapsed_ms": 30_000 if sequence else 0,
        "age_ms": 0,
    }  # fmt: skip
    return _block(moment, AN, "boiduong.study.beat", said)


def _score(moment: datetime, block: str, earned: float, possible: float) -> _Line:
    """Of An, computed in the background."""
    said = {
        "user_id": "11", "course_id": COURSE, "block_id": block, "course_version": "64e6",
        "weighted_total_earned": earned, "weighted_total_possible": possible, "weighted_graded_earned": earned,
        "weighted_graded_possible": possible, "first_attempted": "2026-03-02 12:20:41+00:00",
        "subtree_edited_timestamp": "None", "event_transaction_id": "5f", "event_transaction_type": "edx.x",
        "visible_blocks_hash": "Ch=",
    }  # fmt: skip
    return _server(moment, ("", None), "edx.grades.subsection.grade_calculated", said)


def _scan(moment: datetime, who: tuple[str, int], direction: str) -> _Line:
    return _block(moment, who, "boiduong.attendance.scan", {"session": "buoi-1", "direction": direction})


def _sheet(moment: datetime, sheet: int, ba: dict[str, Any]) -> Iterator[_Line]:
    """A line for each person, published by whoever closed the session."""
    hours = {"came_ms": milliseconds(at(7, 28)), "left_ms": milliseconds(at(11, 31))}
    nothing: dict[str, Any] = {"came_ms": None, "left_ms": None}
    by_code = {"presence": "present", "how": "code", "reason": ""}
    rows = ((AN, {**by_code, **hours}), (BA, {**nothing, **ba}), (NEWCOMER, {**by_code, **nothing}))
    for number, (who, row) in enumerate(rows):
        said = {"class": "", "session": "buoi-1", "date": "2026-03-02", "half": "morning", "learner": who[0]}
        published = moment + timedelta(milliseconds=number)
        yield _block(published, STAFF, "boiduong.attendance.attended", {**said, **row, "sheet": sheet})


def _block(moment: datetime, who: tuple[str, int], name: str, said: _Line) -> _Line:
    kind = "boiduong_attendance" if "attendance" in name else "boiduong_study_clock"
    key = _BLOCK.format(kind, "k1")
    module = {"display_name": "Điểm danh", "usage_key": key}
    context = {"path": f"/courses/{COURSE}/xblock/{key}/handler/beat", "module": module, "asides": {}}
    return _line(moment, who, name, said, context=context, page="x_module")


def _server(moment: datetime, who: tuple[str, int | None], name: str, said: _Line) -> _Line:
    return _line(moment, who, name, said, context={"path": "/api/v1/x"}, page=None)


def _page(moment: datetime, who: tuple[str, int], name: str, said: object) -> _Line:
    page = f"https://hoc.tinh.example/courses/{COURSE}/courseware/m1/"
    told = said if isinstance(said, str) else json.dumps(said)
    return {**_line(moment, who, name, told, context={"path": "/event"}, page=page), "event_source": "browser"}


def _request(moment: datetime, who: tuple[str, int], path: str) -> _Line:
    return _line(moment, who, path, '{"GET": {}, "POST": {}}', context={"path": path}, page=None)


def _line(
    moment: datetime, who: tuple[str, int | None], name: str, said: object, *, context: _Line, page: str | None
) -> _Line:
    username, number = who
    return {
        "name": name, "context": {"course_id": COURSE, "course_user_tags": {}, "user_id": number, "org_id": "truong",
        **context}, "username": username, "session": "8e0a", "ip": "10.1.2.3", "agent": AGENT,
        "host": "hoc.tinh.example", "referer": "https://hoc.tinh.example/", "accept_language": "vi", "event": said,
        "time": moment.astimezone(UTC).isoformat(), "event_type": name, "event_source": "server", "page": page,
    }  # fmt: skip
