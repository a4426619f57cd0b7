"""Tracking logs of Open edX: one event a line, JSON, with or without what a system log puts before it.

The common fields (username, event_type, name, time, context.course_id, event) are those of "Events in the Tracking
Logs" in the platform's research guide; an event that began in a browser has `event` as a string of JSON. Ours are what
the study blocks publish: the payload of `signs` under `event`, received at `time`.

A course grade is "edx.grades.course.grade_calculated" (lms/djangoapps/grades/events.py in openedx/edx-platform:
course_grade_calculated), with `percent_grade` from 0 to 1 and the learner's number as `event.user_id`. The platform
often computes it in the background, so that `username` is empty, or that of the member of staff who had it computed
anew: the learner is then the one whom any other line of the file shows to have that number, or else the number itself.
"""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from boiduong_exporter.logs.moments import is_plausible, since_epoch
from boiduong_exporter.logs.named import MALFORMED, OTHER, Named
from boiduong_exporter.logs.portion import Names
from boiduong_exporter.logs.record import Grade, Record, Skipped, Where
from boiduong_exporter.logs.refusing import bad_field, bad_moment, misfit, unnamed
from boiduong_exporter.logs.scorm import exact
from boiduong_exporter.logs.signs import (
    BEAT,
    NUL,
    PROGRESS,
    BeatSign,
    Places,
    ProgressSign,
    Text,
    beat_record,
    progress_record,
)

GRADE = "edx.grades.course.grade_calculated"


class _Context(Struct, gc=False):
    course_id: Text = ""
    user_id: int | str | None = None


class _GradeSign(Struct, gc=False):
    user_id: int | str
    course_id: Text
    percent_grade: Decimal


class _Event(Struct, gc=False, kw_only=True):
    username: Text | None = None
    time: datetime
    context: _Context


class _Beat(_Event, gc=False, tag_field="name", tag=BEAT, kw_only=True):
    event: BeatSign | str


class _Progress(_Event, gc=False, tag_field="name", tag=PROGRESS, kw_only=True):
    event: ProgressSign | str


class _Grade(_Event, gc=False, tag_field="name", tag=GRADE, kw_only=True):
    event: _GradeSign | str


_Line = _Beat | _Progress | _Grade
_NAMED: Named[_Line] = Named(_Line, frozenset((BEAT, PROGRESS, GRADE)))
_EVENTS: dict[type, msgspec.json.Decoder[Any]] = {
    _Beat: msgspec.json.Decoder(BeatSign),
    _Progress: msgspec.json.Decoder(ProgressSign),
    _Grade: msgspec.json.Decoder(_GradeSign),
}
_OURS, _GRADED = b'"boiduong.study', GRADE.encode()
_NAME_FIRST = b'{"name": "'
_OURS_FIRST = (_NAME_FIRST + _OURS[1:], _NAME_FIRST + _GRADED, _NAME_FIRST + b'"')
"""The platform writes the name first. A line that begins so, and once only, is of that name: no other is stuck to it,
as to one that broke off. An empty name says nothing."""
_WHOLE = (b"}", b"}\r")
_USER_ID = re.compile("[0-9]{1,18}")


class TrackingLog:
    """Reads a platform's lines; `read` is a Read of lines.py. Of the many events that are not ours no more is looked at
    than the last byte, by which a broken line shows. Accounts and their numbers are noted in `names`."""

    def __init__(self, names: Names) -> None:
        self._places = Places()
        self._names = names

    def read(self, first: int, lines: list[bytes]) -> list[Record]:
        record, told = _NAMED.record, self._told
        return [
            Skipped(number, OTHER)
            if not line.startswith(_OURS_FIRST)
            and line.endswith(_WHOLE)
            and (line.rfind(_NAME_FIRST) == 0 or (_OURS not in line and _GRADED not in line))
            else record(number, line, told)
            for number, line in enumerate(lines, first)
        ]

    def _told(self, line: int, sign: _Line) -> Record:
        event, context, learner, received = sign.event, sign.context, sign.username or "", since_epoch(sign.time)
        if learner and type(context.user_id) is int:
            self._names[context.user_id] = learner
        if isinstance(event, BeatSign):
            return beat_record(line, learner, self._places.of(event, context.course_id), received, event)
        if isinstance(event, ProgressSign):
            return progress_record(line, learner, self._places.of(event, context.course_id), received, event)
        if isinstance(event, _GradeSign):
            return self._grade(line, sign, event, received)
        return self._unfolded(line, sign, event)

    def _unfolded(self, line: int, sign: _Line, event: str) -> Record:
        """The record of a line whose event is a string of JSON."""
        try:
            return self._told(line, msgspec.structs.replace(sign, event=_EVENTS[type(sign)].decode(event)))
        except msgspec.ValidationError as error:
            return misfit(line, error)
        except MALFORMED:
            return bad_field(line, "event", "không phải JSON trọn vẹn")

    def _grade(self, line: int, sign: _Line, grade: _GradeSign, at_ms: int) -> Record:
        if not is_plausible(at_ms):
            return bad_moment(line, "time")
        share = exact(grade.percent_grade)
        if not 0 <= share <= 1:
            return bad_field(line, "event.percent_grade", "không phải số từ 0 đến 1")
        number, where = str(grade.user_id), Where(course=grade.course_id)
        if NUL in number + grade.course_id + (sign.username or ""):
            return unnamed(line, number)
        if sign.username and str(sign.context.user_id) == number:
            return Grade(line, sign.username, where, at_ms, share * 10)
        return Grade(line, number, where, at_ms, share * 10, numbered=_USER_ID.fullmatch(number) is not None)
