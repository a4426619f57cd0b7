"""Our own log: one JSON object a line, written by the server as signs arrive."""

from boiduong_exporter.logs.moments import is_plausible
from boiduong_exporter.logs.named import Named
from boiduong_exporter.logs.record import Progress, Record
from boiduong_exporter.logs.refusing import bad_field, bad_moment, unnamed
from boiduong_exporter.logs.scorm import COMPLETED
from boiduong_exporter.logs.signs import (
    BEAT,
    NUL,
    PROGRESS,
    BeatSign,
    Count,
    Milliseconds,
    Percent,
    Places,
    ProgressSign,
    Studied,
    Text,
    beat_record,
    progress_record,
)

COMMIT = "boiduong.scorm.commit"


class _Beat(BeatSign, gc=False, tag_field="name", tag=BEAT, kw_only=True):
    """`time_ms`, here and below: when the server received the sign."""

    time_ms: Milliseconds
    learner: Text


class _Progress(ProgressSign, gc=False, tag_field="name", tag=PROGRESS, kw_only=True):
    time_ms: Milliseconds
    learner: Text


class _Commit(Studied, gc=False, tag_field="name", tag=COMMIT, kw_only=True):
    """What a SCORM package reports of itself; `reported_ms` is its total_time and this session_time together."""

    time_ms: Milliseconds
    learner: Text
    sequence: Count
    status: str
    score: Percent | None
    reported_ms: Milliseconds


_Line = _Beat | _Progress | _Commit
_NAMED: Named[_Line] = Named(_Line, frozenset((BEAT, PROGRESS, COMMIT)))


class OwnLog:
    """Reads lines of our own; `read` is a Read of lines.py."""

    def __init__(self) -> None:
        self._places = Places()

    def read(self, first: int, lines: list[bytes]) -> list[Record]:
        return [_NAMED.record(number, line, self._told) for number, line in enumerate(lines, first)]

    def _told(self, line: int, sign: _Line) -> Record:
        where = self._places.of(sign)
        if isinstance(sign, _Beat):
            return beat_record(line, sign.learner, where, sign.time_ms, sign)
        if isinstance(sign, _Progress):
            return progress_record(line, sign.learner, where, sign.time_ms, sign)
        if where is None or not sign.learner or NUL in sign.learner:
            return unnamed(line, sign.learner)
        if not is_plausible(sign.time_ms):
            return bad_moment(line, "time_ms")
        if sign.status not in COMPLETED:
            return bad_field(line, "status", "không phải từ của SCORM 1.2 hay 2004")
        completed = COMPLETED[sign.status]
        return Progress(
            line, sign.learner, where, sign.time_ms, completed, score=sign.score, reported_ms=sign.reported_ms
        )
