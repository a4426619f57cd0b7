"""The tracks of Moodle: one value a row, put together to one record for each learner, package and attempt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from boiduong_exporter.logs.moments import reported_span, written_moment
from boiduong_exporter.logs.moodle import Row, Table, read_rows
from boiduong_exporter.logs.record import Progress, Record, Refused, Where
from boiduong_exporter.logs.refusing import bad_field, bad_moment, nobody
from boiduong_exporter.logs.scorm import COMPLETED, percent, share

_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?")


def number(text: str) -> Fraction | None:
    """A decimal number, with a point or a comma."""
    return Fraction(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _status(text: str) -> bool | None:
    """Raises KeyError."""
    return COMPLETED[text.lower().replace("_", " ")]


_ELEMENTS = {
    "cmi.core.lesson_status": "status",
    "cmi.completion_status": "status",
    "cmi.success_status": "success",
    "cmi.core.score.raw": "raw",
    "cmi.score.raw": "raw",
    "cmi.core.score.min": "low",
    "cmi.score.min": "low",
    "cmi.core.score.max": "high",
    "cmi.score.max": "high",
    "cmi.score.scaled": "scaled",
    "cmi.core.total_time": "total",
    "cmi.total_time": "total",
}
"""The elements of SCORM 1.2 and 2004 that are taken; all others (suspend_data, interactions, session_time, which Moodle
adds to total_time itself) are left."""


@dataclass
class _Attempt:
    """What the rows of one attempt have said so far."""

    line: int
    learner: str
    package: str
    at_ms: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def record(self) -> Record:
        if not self.at_ms:
            return bad_moment(self.line, "timemodified")
        values = {key: number(self.told.get(key, "")) for key in ("raw", "low", "high", "scaled")}
        score = _score(values)
        if score is None and ("raw" in self.told or "scaled" in self.told):
            return bad_field(self.line, "score", "điểm ngoài thang điểm của nó")
        done = [_status(self.told[key]) for key in ("status", "success") if key in self.told]
        completed = next((word for word in done if word is not None), None)
        reported = reported_span(self.told["total"]) if "total" in self.told else None
        shown = None if score is None else percent(score)
        return Progress(
            self.line,
            self.learner,
            Where(package=self.package),
            self.at_ms,
            completed,
            score=shown,
            reported_ms=reported,
        )


def _score(values: dict[str, Fraction | None]) -> Fraction | None:
    """From 0 to 1. A raw score without a maximum is one of a hundred, as SCORM 1.2 has it."""
    if (scaled := values["scaled"]) is not None:
        return max(scaled, Fraction(0)) if -1 <= scaled <= 1 else None
    raw, low, high = values["raw"], values["low"], values["high"]
    return None if raw is None else share(raw, low or Fraction(0), Fraction(100) if high is None else high)


def read_tracks(table: Table, blocks: Iterator[bytes]) -> Iterator[Record]:
    """The records of all attempts, each at the line of its first row, and what cannot be read; in order of lines."""
    attempts: dict[tuple[str, str, str], _Attempt] = {}
    refused = list(read_rows(table, blocks, lambda row: _taken(row, attempts)))
    yield from sorted((*refused, *(attempt.record() for attempt in attempts.values())), key=lambda record: record.line)


def _taken(row: Row, attempts: dict[tuple[str, str, str], _Attempt]) -> Refused | None:
    key = _ELEMENTS.get(row.cells.get("element", ""))
    value = row.cells.get("value", "")
    if key is None or not value:
        return None
    if not row.learner:
        return nobody(row.line)
    if not _is_sound(key, value):
        return bad_field(row.line, row.cells["element"], "giá trị không đúng kiểu")
    package = row.cells.get("package") or row.cells.get("activity", "")
    found = (row.learner, package, row.cells.get("attempt", ""))
    attempt = attempts.setdefault(found, _Attempt(row.line, row.learner, package))
    attempt.told[key] = value
    attempt.at_ms = max(attempt.at_ms, written_moment(row.cells.get("changed", "")) or 0)
    return None


def _is_sound(key: str, value: str) -> bool:
    if key in ("status", "success"):
        return value.lower().replace("_", " ") in COMPLETED
    return (reported_span(value) if key == "total" else number(value)) is not None
