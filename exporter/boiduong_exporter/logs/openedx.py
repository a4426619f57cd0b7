"""Tracking logs of Open edX: one event a line, JSON, with or without what a system log puts before it.

The common fields (username, event_type, name, time, context.course_id, event) are those of "Events in the Tracking
Logs" in the platform's research guide. Ours are what the blocks publish: the payload of `signs` under `event`, received
at `time`; or that of `attendance`, where `username` is whoever closed the sheet, and the payload names the learner.

Anybody may have a line written of any name and payload: the platform logs what a page sends to /event (user_track in
common/djangoapps/track/views; `event_source` is "browser"), and blocks of several makers publish whatever a page hands
them (PublishEventMixin of xblock.utils; "server", but `context.module` is that block). So a line of ours is one that
the server wrote of a block of ours, and a grade one that no block published (`page` is "x_module" where one did).

Scores and grades of the platform's own problems are read by `openedx_grades`.
"""

from datetime import datetime
from typing import Any

from msgspec import Struct

from boiduong_exporter.logs.attendance import ATTENDED, SCAN, SCANNED, AttendedSign, attended_record
from boiduong_exporter.logs.moments import since_epoch
from boiduong_exporter.logs.named import OTHER, Named
from boiduong_exporter.logs.openedx_grades import (
    GRADE,
    SCORE,
    Envelope,
    GradeSign,
    ScoreSign,
    grade_record,
    score_record,
)
from boiduong_exporter.logs.portion import Names
from boiduong_exporter.logs.record import Record, Skipped
from boiduong_exporter.logs.signs import (
    BEAT,
    PROGRESS,
    BeatSign,
    Places,
    ProgressSign,
    Text,
    beat_record,
    progress_record,
)


class _Module(Struct, gc=False):
    usage_key: str = ""


class _Context(Struct, gc=False):
    course_id: Text = ""
    user_id: int | str | None = None
    module: _Module | None = None


class _Event(Struct, gc=False, kw_only=True):
    username: Text | None = None
    time: datetime
    context: _Context
    event_source: str = ""
    page: str | None = None


class _Beat(_Event, gc=False, tag_field="name", tag=BEAT, kw_only=True):
    event: BeatSign


class _Progress(_Event, gc=False, tag_field="name", tag=PROGRESS, kw_only=True):
    event: ProgressSign


class _Grade(_Event, gc=False, tag_field="name", tag=GRADE, kw_only=True):
    event: GradeSign


class _Score(_Event, gc=False, tag_field="name", tag=SCORE, kw_only=True):
    event: ScoreSign


class _Attended(_Event, gc=False, tag_field="name", tag=ATTENDED, kw_only=True):
    event: AttendedSign


class _Scan(_Event, gc=False, tag_field="name", tag=SCAN, kw_only=True):
    event: Any = None


_Line = _Beat | _Progress | _Grade | _Score | _Attended | _Scan
_MAKERS = {
    **dict.fromkeys((BEAT, PROGRESS), "+type@boiduong_study_clock+block@"),
    **dict.fromkeys((ATTENDED, SCAN), "+type@boiduong_attendance+block@"),
    **dict.fromkeys((GRADE, SCORE), ""),
}
"""What stands in the key of the block that publishes such events; of no block, the platform itself does."""
MADE_UP = "sự kiện mang tên của phần mềm hay của bảng điểm, nhưng không do khối hay máy chủ ghi ra"
_BY_A_BLOCK, _BY_SERVER = "x_module", "server"
_OURS, _GRADED, _SCORED = b'"boiduong.', GRADE.encode(), SCORE.encode()
_NAME_FIRST = b'{"name": "'
_OURS_FIRST = (_NAME_FIRST + _OURS[1:], _NAME_FIRST + _GRADED, _NAME_FIRST + _SCORED, _NAME_FIRST + b'"')
"""The platform writes the name first. A line that begins so, and once only, is of that name: no other is stuck to it,
as to one that broke off. An empty name says nothing."""
_WHOLE = (b"}", b"}\r")


class TrackingLog:
    """Reads a platform's lines; `read` is a Read of lines.py. Of the many events that are not ours no more is looked at
    than the last byte, by which a broken line shows. Accounts and their numbers are noted in `names`."""

    def __init__(self, names: Names) -> None:
        self._named: Named[_Line] = Named(_Line, frozenset(_MAKERS), _made_up)
        self._places = Places()
        self._names = names

    def read(self, first: int, lines: list[bytes]) -> list[Record]:
        record, told = self._named.record, self._told
        return [
            Skipped(number, OTHER)
            if not line.startswith(_OURS_FIRST)
            and line.endswith(_WHOLE)
            and (line.rfind(_NAME_FIRST) == 0 or not any(name in line for name in (_OURS, _GRADED, _SCORED)))
            else record(number, line, told)
            for number, line in enumerate(lines, first)
        ]

    def _told(self, line: int, sign: _Line) -> Record:
        event, context, learner, received = sign.event, sign.context, sign.username or "", since_epoch(sign.time)
        module = context.module.usage_key if context.module else ""
        if not _is_true(str(sign.__struct_config__.tag), sign.event_source, sign.page, module):
            return Skipped(line, MADE_UP)
        if learner and type(context.user_id) is int:
            self._names[context.user_id] = learner
        if isinstance(event, BeatSign):
            return beat_record(line, learner, self._places.of(event, context.course_id), received, event)
        if isinstance(event, ProgressSign):
            return progress_record(line, learner, self._places.of(event, context.course_id), received, event)
        return _seldom(line, context.course_id, event, Envelope(learner, context.user_id, received))


def _seldom(line: int, course: str, event: AttendedSign | GradeSign | ScoreSign | None, envelope: Envelope) -> Record:
    """The record of what is none of the many signs of study."""
    if isinstance(event, AttendedSign):
        return attended_record(line, course, envelope.at_ms, event)
    if isinstance(event, GradeSign):
        return grade_record(line, envelope, event)
    if isinstance(event, ScoreSign):
        return score_record(line, envelope, event)
    return Skipped(line, SCANNED)


def _is_true(name: str, source: object, page: object, module: object) -> bool:
    """Whether a line of this name was written by whom alone it can come from."""
    maker = _MAKERS[name]
    is_made_so = isinstance(module, str) and maker in module if maker else page != _BY_A_BLOCK
    return source == _BY_SERVER and is_made_so


def _made_up(line: dict[str, Any], name: str) -> str:
    """Why a line that fits no sign is not even to be mended; empty where it is."""
    context = line.get("context")
    module = context.get("module") if isinstance(context, dict) else None
    key = module.get("usage_key") if isinstance(module, dict) else None
    return "" if _is_true(name, line.get("event_source"), line.get("page"), key) else MADE_UP
