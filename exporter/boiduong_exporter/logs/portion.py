"""What a stretch of a log says, gathered without the books: beats in columns, the rest as it was told, and the lines
that are refused or skipped by the reason. Two stretches that follow one another join to the portion of both."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from boiduong_exporter.logs.record import Attended, Beat, Grade, Progress, Record, Refused, Skipped, Where

Key = tuple[str, Where]
"""A learner and a place, as the log names them."""
Names = dict[int, str]
"""Accounts by the number that a platform gives them."""
_Each = TypeVar("_Each")


class Refusal(NamedTuple):
    """Why lines are refused: what is wrong, and what to do."""

    code: str
    message: str
    hint: str


def _wide() -> "array[int]":
    return array("q")


def _narrow() -> "array[int]":
    return array("i")


@dataclass
class Beats:
    """Beats in columns, in order of lines: line (from 1), place in the portion's `keys` and in its `launches`, from and
    until in milliseconds since 1970, offline (0 or 1)."""

    line: "array[int]" = field(default_factory=_wide)
    key: "array[int]" = field(default_factory=_narrow)
    launch: "array[int]" = field(default_factory=_narrow)
    start_ms: "array[int]" = field(default_factory=_wide)
    end_ms: "array[int]" = field(default_factory=_wide)
    offline: "array[int]" = field(default_factory=lambda: array("b"))


@dataclass
class Portion:
    """`last` is the number of its last line; `keys` and `launches` are what its beats name, in order of appearance;
    `names` the accounts whose number its lines show, the last said where they differ."""

    last: int = 0
    beats: Beats = field(default_factory=Beats)
    keys: list[Key] = field(default_factory=list)
    launches: list[str] = field(default_factory=list)
    told: list[Progress | Grade | Attended] = field(default_factory=list)
    refused: dict[Refusal, "array[int]"] = field(default_factory=lambda: defaultdict(_wide))
    skipped: dict[str, "array[int]"] = field(default_factory=lambda: defaultdict(_wide))
    names: Names = field(default_factory=dict)

    def learner_of(self, told: Progress | Grade) -> str:
        """Whose it is: where the line has a number alone, the account that any line shows to have it, or else the
        number itself."""
        return self.names.get(int(told.learner), told.learner) if told.numbered else told.learner

    def join(self, after: "Portion") -> None:
        """Take in the portion of the lines that follow, whose numbers begin anew at 1."""
        shift = self.last.__add__
        self._join_beats(after, shift)
        self.told.extend(replace(each, line=shift(each.line)) for each in after.told)
        for refusal, lines in after.refused.items():
            self.refused[refusal].extend(map(shift, lines))
        for reason, lines in after.skipped.items():
            self.skipped[reason].extend(map(shift, lines))
        self.names |= after.names
        self.last += after.last

    def _join_beats(self, after: "Portion", shift: Callable[[int], int]) -> None:
        keys, launches = _Numbers(self.keys), _Numbers(self.launches)
        key, launch = [keys[each] for each in after.keys], [launches[each] for each in after.launches]
        self.keys, self.launches = list(keys), list(launches)
        ours, theirs = self.beats, after.beats
        ours.line.extend(map(shift, theirs.line))
        ours.key.extend(map(key.__getitem__, theirs.key))
        ours.launch.extend(map(launch.__getitem__, theirs.launch))
        ours.start_ms.extend(theirs.start_ms)
        ours.end_ms.extend(theirs.end_ms)
        ours.offline.extend(theirs.offline)


class _Numbers(dict[_Each, int]):
    """The place of each thing in order of appearance, from 0; what is asked for the first time takes the next."""

    def __init__(self, known: Iterable[_Each] = ()) -> None:
        super().__init__((each, place) for place, each in enumerate(known))

    def __missing__(self, each: _Each) -> int:
        place = self[each] = len(self)
        return place


def portion_of(records: Iterable[Record], names: Names) -> Portion:
    """The portion of these records, in order of lines. `names` are those that the reader of the records learns."""
    portion, keys, launches = Portion(names=names), _Numbers[Key](), _Numbers[str]()
    keep = _keeper(portion.beats, keys, launches)
    for record in records:
        if isinstance(record, Beat):
            keep(record)
        elif isinstance(record, Skipped):
            portion.skipped[record.reason].append(record.line)
        elif isinstance(record, Refused):
            portion.refused[Refusal(record.code, record.message, record.hint)].append(record.line)
        else:
            portion.told.append(record)
        portion.last = record.line
    portion.keys, portion.launches = list(keys), list(launches)
    return portion


def _keeper(beats: Beats, keys: _Numbers[Key], launches: _Numbers[str]) -> Callable[[Beat], None]:
    """Takes beats. They are most of a log, so what each needs is at hand in local names."""
    line, key, launch = beats.line.append, beats.key.append, beats.launch.append
    start, end, offline = beats.start_ms.append, beats.end_ms.append, beats.offline.append

    def keep(beat: Beat) -> None:
        line(beat.line)
        key(keys[beat.learner, beat.where])
        launch(launches[beat.launch])
        start(beat.start_ms)
        end(beat.end_ms)
        offline(beat.offline)

    return keep
