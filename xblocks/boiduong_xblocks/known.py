"""What a course knows of a learner: kept with the person rather than with a block, so that the clocks of a topic's
units add up and the block of days can show it. Scope `user_info`: one row a person and field, the same for all blocks.

Two requests at once may each write what the other did not see; the tracking log has both, and only it is evidence.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from xblock.core import XBlockMixin
from xblock.fields import Dict, Scope

from boiduong_xblocks.spans import Span, Time


@dataclass(frozen=True)
class Studied:
    """One topic as studied in one course: its `time`, `done` the sections that are complete, `saved_ms` when it was
    written last."""

    time: Time = field(default_factory=Time)
    done: frozenset[str] = field(default_factory=frozenset)
    saved_ms: int = 0

    @property
    def ms(self) -> int:
        return self.time.ms


class Known(XBlockMixin):
    """Fields of the person. Their names are the platform's for all blocks of all makers, hence the prefix."""

    boiduong_studied = Dict(scope=Scope.user_info, default={})
    """By course key, by topic: settled_ms, spans, done, saved_ms."""
    boiduong_attended = Dict(scope=Scope.user_info, default={})
    """By course key, by session id: came_ms, left_ms (None before), half, date."""

    def studied(self, course: str, topic: str) -> Studied:
        kept = self.boiduong_studied.get(course, {}).get(topic)
        return _read(kept) if kept else Studied()

    def keep_studied(self, course: str, topic: str, studied: Studied) -> None:
        """Keep it, and settle what has become old in the course's other topics."""
        topics = {
            name: _settled(kept, studied.saved_ms) for name, kept in self.boiduong_studied.get(course, {}).items()
        }
        self.boiduong_studied = {**self.boiduong_studied, course: {**topics, topic: _written(studied)}}

    def keep_attended(self, course: str, session: str, said: dict[str, Any] | None) -> None:
        """None: the person was not there after all."""
        before = self.boiduong_attended
        others = {id_: kept for id_, kept in before.get(course, {}).items() if id_ != session}
        self.boiduong_attended = {**before, course: others if said is None else {**others, session: said}}


def with_spans(studied: Studied, added: list[Span], now_ms: int) -> Studied:
    """`studied` with these spans more, written at `now_ms`."""
    return replace(studied, time=studied.time.with_spans(added, now_ms), saved_ms=now_ms)


def time_of(kept: dict[str, Any]) -> Time:
    """Time as a field keeps it: {settled_ms, spans: [[start, end], …]}; none where nothing is kept."""
    return Time(kept.get("settled_ms", 0), tuple((start, end) for start, end in kept.get("spans", ())))


def kept_time(time: Time) -> dict[str, Any]:
    return {"settled_ms": time.settled_ms, "spans": [list(each) for each in time.spans]}


def _settled(kept: dict[str, Any], now_ms: int) -> dict[str, Any]:
    return {**kept, **kept_time(time_of(kept).with_spans((), now_ms))}


def _read(kept: dict[str, Any]) -> Studied:
    """What `_written` wrote; an earlier version's may say less."""
    return Studied(time_of(kept), frozenset(kept.get("done", ())), kept.get("saved_ms", 0))


def _written(studied: Studied) -> dict[str, Any]:
    return {**kept_time(studied.time), "done": sorted(studied.done), "saved_ms": studied.saved_ms}
