"""Our own signs, however they travel: what they hold, and the record that each becomes."""

from typing import Annotated

from msgspec import Meta, Struct, field

from boiduong_exporter.logs.clock import OLDEST_MS, span
from boiduong_exporter.logs.moments import EARLIEST_MS, LATEST_MS
from boiduong_exporter.logs.record import Beat, Progress, Record, Skipped, Where
from boiduong_exporter.logs.refusing import bad_moment, old_claim, unnamed

BEAT, PROGRESS = "boiduong.study.beat", "boiduong.study.progress"
OPENING = "nhịp mở đầu một lượt học, chưa có thời gian"
NO_TIME = "nhịp này không thêm thời gian nào"

Text = Annotated[str, Meta(max_length=255)]
Name = Annotated[str, Meta(min_length=1, max_length=255)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Milliseconds = Annotated[int, Meta(ge=0, lt=LATEST_MS)]
Percent = Annotated[int, Meta(ge=0, le=100)]


class Studied(Struct, gc=False, kw_only=True):
    """What every sign says of the place. `launch` is one opening of a topic in one tab."""

    class_code: Text = field(name="class", default="")
    topic: Name
    edition: Text
    launch: Name


class BeatSign(Studied, gc=False, kw_only=True):
    """`elapsed_ms` since the launch's previous sign, by the page's own clock that never runs backwards; `age_ms` how
    long it waited on the device; `opened_ms` when the launch was opened, by the server's clock. `sequence` orders a
    launch's signs for whoever reads the log; the spans need no order."""

    sequence: Count
    opened_ms: Milliseconds
    elapsed_ms: Milliseconds
    age_ms: Milliseconds


class ProgressSign(Studied, gc=False, kw_only=True):
    """How many sections are done, and the score in per cent, if any."""

    sections_done: Count
    score: Percent | None


NUL = "\0"
"""Looked for in the few names that are kept: to look for its escape in whole lines takes a sixth of all reading."""


class Places:
    """One Where for each place, however often it is named; none for a place whose name has a NUL."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str, str], Where] = {}

    def of(self, sign: Studied, course: str = "") -> Where | None:
        key = (course, sign.class_code, sign.topic, sign.edition)
        where = self._known.get(key)
        if where is None:
            if len(self._known) >= 10_000:  # more than any office has: a log of something else
                self._known.clear()
            if any(NUL in name for name in key):
                return None
            where = self._known[key] = Where(sign.class_code, course, sign.topic, sign.edition)
        return where


def beat_record(line: int, learner: str, where: Where | None, received_ms: int, sign: BeatSign) -> Record:
    """The span that `sign` vouches for, received at `received_ms` by the server's clock."""
    if where is None or not learner or NUL in learner or NUL in sign.launch:
        return unnamed(line, learner)
    if not EARLIEST_MS <= received_ms < LATEST_MS:
        return bad_moment(line, "thời điểm nhận")
    if sign.age_ms > OLDEST_MS:
        return old_claim(line)
    vouched = span(received_ms, sign.elapsed_ms, sign.age_ms, sign.opened_ms)
    if vouched is None:
        return Skipped(line, NO_TIME if sign.elapsed_ms else OPENING)
    return Beat(line, learner, where, sign.launch, vouched[0], vouched[1], vouched[2])


def progress_record(line: int, learner: str, where: Where | None, at_ms: int, sign: ProgressSign) -> Record:
    if where is None or not learner or NUL in learner:
        return unnamed(line, learner)
    if not EARLIEST_MS <= at_ms < LATEST_MS:
        return bad_moment(line, "thời điểm nhận")
    return Progress(line, learner, where, at_ms, sections_done=sign.sections_done, score=sign.score)
