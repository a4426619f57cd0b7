"""What learners of the blended classes did alone: sittings of study, sign by sign, as the school's server has them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from boiduong_vocabulary.catalog import TopicEntry

from tools.demo.attending import Attendee
from tools.demo.cadres import Cadre
from tools.demo.classes import Course, Form

Line = dict[str, Any]
"""One line of the server's own log."""
BEAT, PROGRESS = "boiduong.study.beat", "boiduong.study.progress"
_EVERY_MS = 30_000
_UTC_PLUS_7_MS = 7 * 3_600_000
_DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1)
_WEEKS = 4
STRANGERS = ("khach.dung.thu", "gv.xem.truoc", "CB99999")
"""Accounts that no list of the office knows."""
_OFFLINE, _TWO_TABS, _SUSPENDED, _FAILED = 0.04, 0.05, 0.01, 0.04
_EVENING, _NOON = 0.74, 0.16
"""Most study in the evening, some at noon on a telephone, some in the morning of a free day."""


@dataclass(frozen=True)
class Sitting:
    """One launch of one topic. `done` and `score` are what the page has told when it ends; `starts_ms` is UTC."""

    learner: str
    course: str
    topic: TopicEntry
    launch: str
    starts_ms: int
    seconds: int
    done: int
    score: int | None


def study(course: Course, rows: list[Attendee], topics: tuple[TopicEntry, ...], random: Random) -> Iterator[Line]:
    """The log of a blended class; whoever came to a session may study its topics."""
    if course.form is not Form.BLENDED:
        return
    for row in rows:
        if any(mark not in ("v", "p") for mark in row.marks):
            for sitting in _of_learner(course, row.cadre, topics, random):
                yield from lines(sitting, random)
    for stranger in STRANGERS:
        for day in _window(course)[:: 7 * _WEEKS - 1]:  # the first and the last: each month's file has some
            launch = f"{course.code}-{stranger}-{day:%m%d}"
            starts = _moment(day, random)
            yield from lines(Sitting(stranger, course.code, topics[0], launch, starts, 400, 1, None), random)


def _of_learner(course: Course, cadre: Cadre, topics: tuple[TopicEntry, ...], random: Random) -> Iterator[Sitting]:
    """The topics that the learner opens, most of them to the end."""
    keen = random.random() < 0.25 + cadre.diligence
    opened = topics if keen else topics[: random.randrange(1, len(topics))]
    for topic in opened:
        finishes = random.random() < (0.97 if keen else 0.6)
        yield from _of_topic(course, cadre.code, topic, finishes, random)


def _of_topic(course: Course, learner: str, topic: TopicEntry, finishes: bool, random: Random) -> Iterator[Sitting]:
    """One to three sittings, in the order of their days; another tab beside some."""
    share = random.uniform(1.05, 1.7) if finishes else random.uniform(0.15, 0.9)
    parts = random.choice((1, 1, 1, 2, 2, 3))
    sections = len(topic.sections)
    moments = sorted(_moment(random.choice(_window(course)), random) for _ in range(parts))
    for number, moment in enumerate(moments, 1):
        last = number == parts
        done = sections if finishes and last else sections * number // (parts + 1)
        score = _score(random) if finishes and last else None
        seconds = int(topic.minimum_seconds * share / parts) + random.randrange(40)
        sitting = Sitting(learner, course.code, topic, _launch(random), moment, seconds, done, score)
        yield sitting
        if random.random() < _TWO_TABS:
            yield replace(sitting, launch=_launch(random), starts_ms=moment + 95_000, seconds=seconds // 2, score=None)


def _score(random: Random) -> int:
    return random.randrange(40, 68) if random.random() < _FAILED else random.randrange(70, 101, 5)


def _launch(random: Random) -> str:
    return f"{random.getrandbits(64):016x}"


def _window(course: Course) -> list[date]:
    """The four weeks after the sessions."""
    return [course.days[-1] + timedelta(days=number) for number in range(1, 7 * _WEEKS + 1)]


def _moment(day: date, random: Random) -> int:
    """When a sitting of that day begins."""
    kind = random.random()
    if kind < _EVENING:
        minute = random.randrange(19 * 60, 21 * 60 + 50)
    elif kind < _EVENING + _NOON:
        minute = random.randrange(11 * 60 + 45, 13 * 60)
    else:
        minute = random.randrange(6 * 60 + 30, 10 * 60)
    milliseconds = (minute * 60 + random.randrange(60)) * 1000 + random.randrange(1000)
    return (day - _EPOCH).days * _DAY_MS + milliseconds - _UTC_PLUS_7_MS


def lines(sitting: Sitting, random: Random) -> Iterator[Line]:
    """The signs of a sitting, and what the page tells of progress when it ends."""
    ends = sitting.starts_ms + sitting.seconds * 1000
    outage = _outage(sitting, random)
    common = _common(sitting)
    for sequence, (at, elapsed) in enumerate(_signs(sitting, random)):
        age = outage[1] - at if outage and outage[0] <= at < outage[1] else 0
        yield {
            "name": BEAT, "time_ms": at + age, **common, "sequence": sequence, "opened_ms": sitting.starts_ms,
            "elapsed_ms": elapsed, "age_ms": age,
        }  # fmt: skip
    told = max(ends, outage[1] if outage else 0) + 200
    yield {"name": PROGRESS, "time_ms": told, **common, "sections_done": sitting.done, "score": sitting.score}


def _common(sitting: Sitting) -> Line:
    return {
        "learner": sitting.learner, "class": sitting.course, "topic": sitting.topic.id,
        "edition": sitting.topic.edition, "launch": sitting.launch,
    }  # fmt: skip


def _signs(sitting: Sitting, random: Random) -> Iterator[tuple[int, int]]:
    """Moment and milliseconds since the sign before: the opening one, one every half minute, one at the end. A laptop
    that was suspended tells of all the time it slept; the clock rule vouches for 35 seconds of it."""
    at, ends, slept = sitting.starts_ms, sitting.starts_ms + sitting.seconds * 1000, 0
    yield at, 0
    while at < ends:
        step = min(_EVERY_MS + random.randrange(-40, 240), ends - at)
        asleep = 1_500_000 if not slept and random.random() < _SUSPENDED / 10 else 0
        at, ends, slept = at + step + asleep, ends + asleep, slept + asleep
        yield at, min(step + asleep, 35_000)


def _outage(sitting: Sitting, random: Random) -> tuple[int, int] | None:
    """When the network was away: what the page noted meanwhile arrives when it is back."""
    if random.random() >= _OFFLINE:
        return None
    begins = sitting.starts_ms + sitting.seconds * random.randrange(200, 500)
    return begins, begins + random.randrange(120_000, 3_600_000)
