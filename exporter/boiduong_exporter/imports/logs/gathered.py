"""A whole log as the books have it: spans in columns, the rest by person, the lines refused or skipped by reason."""

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

import numpy as np
from boiduong_records.beats import Study

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.logs.places import Places
from boiduong_exporter.imports.people import People
from boiduong_exporter.logs.portion import Beats, Portion
from boiduong_exporter.logs.record import Attended, Grade, Progress, Where
from boiduong_exporter.study.spans import launch_number

_AN_HOUR = 3_600_000
"""By which clocks of servers may differ."""
Stream = tuple[int, Study]
"""Who studied what."""
_Told = TypeVar("_Told", Grade, Attended)


def _lines() -> "array[int]":
    return array("q")


@dataclass(frozen=True)
class Spans:
    """Beats in columns of numpy: line of the log, place in `streams`, launch, from, until, offline (0 or 1)."""

    line: Any
    stream: Any
    launch: Any
    start_ms: Any
    end_ms: Any
    offline: Any


_NONE = Spans(*(np.zeros(0, kind) for kind in (*[np.int64] * 5, np.int8)))


@dataclass
class Gathered:
    """`refused` and `skipped` hold the lines by the reason."""

    streams: list[Stream] = field(default_factory=list)
    spans: Spans = _NONE
    progress: dict[Stream, list[Progress]] = field(default_factory=lambda: defaultdict(list))
    grades: dict[tuple[int, str], list[Grade]] = field(default_factory=lambda: defaultdict(list))
    attended: dict[tuple[int, str], list[Attended]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[No, "array[int]"] = field(default_factory=lambda: defaultdict(_lines))
    skipped: Mapping[str, "array[int]"] = field(default_factory=dict)


class Gathering:
    """What a log says put where it belongs. Whoever studies what is looked up once for all their lines."""

    def __init__(self, people: People, places: Places, at_ms: int) -> None:
        self._found = Gathered()
        self._people = people
        self._places = places
        self._latest = at_ms + _AN_HOUR
        self._streams: dict[tuple[str, Where], int | No] = {}

    def take(self, portion: Portion) -> Gathered:
        """The columns of `portion` are kept, not copied, where all beats are taken."""
        for refusal, lines in portion.refused.items():
            self._found.refused[No(Code(refusal.code), refusal.message, refusal.hint)].extend(lines)
        self._found.skipped = portion.skipped
        self._found.spans = self._spans(portion)
        for told in portion.told:
            if isinstance(told, Progress):
                self._progress(told, portion.learner_of(told))
            elif isinstance(told, Grade):
                self._of_class(told, portion.learner_of(told), self._found.grades)
            else:
                self._of_class(told, told.learner, self._found.attended)
        return self._found

    def _spans(self, portion: Portion) -> Spans:
        """A beat has a key; a key has a place in `streams`, or stands for nothing that is known: then it is refused, as
        are beats that lie ahead."""
        beats = _columns(portion.beats)
        answers = [self._stream(learner, where) for learner, where in portion.keys]
        streams = np.array([-1 if isinstance(answer, No) else answer for answer in answers], np.int64)[beats["key"]]
        self._refuse_keys(answers, beats["key"][streams < 0], beats["line"][streams < 0])
        taken = streams >= 0
        ahead = taken & (beats["end_ms"] > self._latest)
        self._refuse(_AHEAD, beats["line"][ahead])
        taken &= ~ahead
        launch = np.array([launch_number(text) for text in portion.launches], np.int64)[beats["launch"]]
        columns = (beats["line"], streams, launch, beats["start_ms"], beats["end_ms"], beats["offline"])
        return Spans(*columns) if taken.all() else Spans(*(column[taken] for column in columns))

    def _refuse_keys(self, answers: Sequence[int | No], keys: Any, lines: Any) -> None:
        order = np.argsort(keys, kind="stable")
        found, starts = np.unique(keys[order], return_index=True)
        for key, some in zip(found.tolist(), np.split(lines[order], starts[1:]), strict=False):
            no = answers[key]
            assert isinstance(no, No)
            self._refuse(no, some)

    def _refuse(self, no: No, lines: Any) -> None:
        if len(lines):
            self._found.refused[no].frombytes(lines.tobytes())

    def _progress(self, progress: Progress, learner: str) -> None:
        stream = self._stream(learner, progress.where)
        if isinstance(stream, No):
            self._found.refused[stream].append(progress.line)
        elif progress.at_ms > self._latest:
            self._found.refused[_AHEAD].append(progress.line)
        else:
            self._found.progress[self._found.streams[stream]].append(progress)

    def _of_class(self, told: _Told, learner: str, found: dict[tuple[int, str], list[_Told]]) -> None:
        """Put under its person and class what is of no topic."""
        cadre, class_code = self._people.find(learner), self._places.class_of(told.where)
        if isinstance(cadre, No):
            self._found.refused[cadre].append(told.line)
        elif isinstance(class_code, No):
            self._found.refused[class_code].append(told.line)
        elif told.at_ms > self._latest:
            self._found.refused[_AHEAD].append(told.line)
        else:
            found[(cadre, class_code)].append(told)

    def _stream(self, learner: str, where: Where) -> int | No:
        key = (learner, where)
        if key not in self._streams:
            self._streams[key] = self._looked_up(learner, where)
        return self._streams[key]

    def _looked_up(self, learner: str, where: Where) -> int | No:
        cadre = self._people.find(learner)
        if isinstance(cadre, No):
            return cadre
        study = self._places.find(where)
        return study if isinstance(study, No) else self._new((cadre, study))

    def _new(self, stream: Stream) -> int:
        self._found.streams.append(stream)
        return len(self._found.streams) - 1


def _columns(beats: Beats) -> dict[str, Any]:
    """The columns as numpy sees them, in place."""
    return {each.name: np.asarray(getattr(beats, each.name)) for each in fields(beats)}


_AHEAD = No(Code.BAD_MOMENT, "giờ ghi trong nhật ký muộn hơn lúc nhập", "kiểm tra đồng hồ của máy chủ đã ghi nhật ký")
