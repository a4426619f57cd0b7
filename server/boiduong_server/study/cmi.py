"""What a SCO says of itself, read from its run-time data (SCORM 1.2 RTE 3.4, SCORM 2004 RTE 4.2) and put in SCORM 1.2's
words. Run-time data is written by packages: whatever has no sense there says nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from boiduong_exporter.logs.scorm import exact, percent, share

Cmi = Mapping[str, Any]
OPENED = frozenset({"passed", "completed", "failed", "incomplete", "browsed"})
"""The words of cmi.core.lesson_status for a SCO that was opened."""
_SECOND = 1000
_TIMESPAN = re.compile(r"(\d{2,4}):(\d\d):(\d\d)(?:\.(\d{1,2}))?")
_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,2}))?S)?)?"
)
_UNITS = (365 * 86_400, 30 * 86_400, 86_400, 3600, 60, 1)
"""Seconds; the standard does not say how long a year or a month is, and no package needs them."""
_LONGEST = 20
"""Of a duration's text: figures beyond that are no time."""
_MOST_MS = 10_000 * 3600 * _SECOND
"""What SCORM 1.2 can write stays below. Packages are known that report the time of day instead, and the books take no
such length."""


@dataclass(frozen=True, slots=True)
class Told:
    """`score` in per cent, None where there is none; `total_ms` of the sessions that have ended, None where it is not
    said; `session_ms` of the one that runs."""

    status: str
    score: int | None
    total_ms: int | None
    session_ms: int


def read(cmi: Cmi) -> Told:
    """SCORM 1.2 keeps all of this in `core`, which SCORM 2004 does not have."""
    core = cmi.get("core")
    if isinstance(core, Mapping):
        return Told(_lesson(core), _points(core), *_times(core, timespan_ms))
    return Told(_standing(cmi), _points(cmi), *_times(cmi, duration_ms))


def timespan_ms(text: str) -> int | None:
    """CMITimespan of SCORM 1.2 (HHHH:MM:SS.SS) in milliseconds; None for anything else."""
    found = _TIMESPAN.fullmatch(text)
    if not found or int(found[2]) > 59 or int(found[3]) > 59:
        return None
    return (int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])) * _SECOND + _fraction(found[4])


def duration_ms(text: str) -> int | None:
    """timeinterval (second,10,2) of SCORM 2004 (P1DT2H3M4.05S) in milliseconds; None for anything else."""
    found = _DURATION.fullmatch(text) if len(text) <= _LONGEST else None
    if not found or not any(found.groups()):
        return None
    seconds = sum(int(figure or 0) * unit for figure, unit in zip(found.groups(), _UNITS, strict=False))
    whole = seconds * _SECOND + _fraction(found[7])
    return whole if whole < _MOST_MS else None


def _fraction(digits: str | None) -> int:
    return int((digits or "").ljust(3, "0"))


def _lesson(core: Cmi) -> str:
    said = core.get("lesson_status")
    return said if isinstance(said, str) and said in OPENED else "incomplete"


def _standing(cmi: Cmi) -> str:
    """Completion and success in one word. A test that was failed is not yet passed over by having seen everything."""
    completion, success = cmi.get("completion_status"), cmi.get("success_status")
    if success == "failed":
        return "failed"
    if completion == "incomplete":
        return "incomplete"
    if success == "passed":
        return "passed"
    return "completed" if completion == "completed" else "incomplete"


def _points(said: Cmi) -> int | None:
    score = said.get("score")
    if not isinstance(score, Mapping):
        return None
    if (scaled := _number(score.get("scaled"))) is not None:  # SCORM 2004: -1..1
        part = share(exact(max(scaled, Decimal(0))), exact(Decimal(0)), exact(Decimal(1)))
    elif (raw := _number(score.get("raw"))) is not None:
        low, high = _number(score.get("min")), _number(score.get("max"))
        part = share(exact(raw), exact(low or Decimal(0)), exact(Decimal(100) if high is None else high))
    else:
        return None
    return None if part is None else percent(part)


def _number(said: object) -> Decimal | None:
    if isinstance(said, bool) or not isinstance(said, str | int | float) or said == "":
        return None
    try:
        return Decimal(str(said))
    except InvalidOperation:
        return None


def _times(said: Cmi, read_time: Any) -> tuple[int | None, int]:
    total, session = said.get("total_time"), said.get("session_time")
    total_ms = read_time(total) if isinstance(total, str) else None
    return total_ms, (read_time(session) if isinstance(session, str) else None) or 0
