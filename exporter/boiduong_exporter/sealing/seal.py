"""Sealing: each night one StudyDay for each cadre and local day, made of that day's beats.

A day is one transaction: the study days that are new or have changed, and one entry that names the day's file by its
digest. Sealing again what stands enters nothing about anybody. Beats that come late make the day be sealed anew; what
changes is entered again, and of two entries the later holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
from boiduong_records.beats import (
    DayFile,
    Study,
    days,
    discard,
    disturbed,
    erased_subjects,
    said_on,
    say_sealed,
    sealed_days,
    studies,
)
from boiduong_records.decision import Decision
from boiduong_records.entry import Draft
from boiduong_records.ledger import append, head, lock
from boiduong_records.merging import roots, subjects
from boiduong_records.store import Books
from boiduong_records.tables import CADRE
from boiduong_vocabulary.canonical import canonical, digest
from boiduong_vocabulary.evidence import NAMES, Half, StudyDay, StudyPart
from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import Connection, select

from boiduong_exporter.credit.rules import Readings
from boiduong_exporter.credit.words import number, rounded
from boiduong_exporter.gathering.sweeping import sweep
from boiduong_exporter.sealing.days import days_to_discard, days_to_seal
from boiduong_exporter.sealing.windows import attended
from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.attended import without
from boiduong_exporter.study.day_file import person_digests
from boiduong_exporter.study.engines import DayTotal, Engine
from boiduong_exporter.study.errors import StudyError
from boiduong_exporter.study.union import Bounds

_KIND = NAMES[StudyDay]
_EPOCH = date(1970, 1, 1)
_HOUR_MS = 3_600_000


@dataclass(frozen=True)
class DaySeal:
    """What sealing a day came to: `people` with studied time, `ms` all of it, `entries` newly made."""

    day: date
    people: int
    ms: int
    entries: int

    @property
    def told(self) -> str:
        """ "Đã niêm phong ngày 25/11/2026: 12 người, 7,5 giờ học, 12 mục mới." """
        hours = number(rounded(Fraction(self.ms, _HOUR_MS), Fraction(1, 10)))
        return (
            f"Đã niêm phong ngày {show_date(self.day)}: {self.people} người, {hours} giờ học, {self.entries} mục mới."
        )


@dataclass(frozen=True)
class Sealer:
    """Seals with this engine into these books, by the readings."""

    books: Books
    archive: Archive
    engine: Engine
    readings: Readings
    by: Decision

    @property
    def _bounds(self) -> list[int]:
        return [self.readings.afternoon_from, self.readings.evening_from]

    def seal(self, today: date) -> Iterator[DaySeal | StudyError]:
        """Seal every day that is over and not sealed as it is now, earliest first, each as soon as it is asked for. A
        day whose file is damaged, or that the engine cannot count, gives the error and holds up no other."""
        with self.books.reading() as connection:
            due = days_to_seal(connection, today, self._bounds)
        for day in due:
            try:
                sealed: DaySeal | StudyError | None = self._seal(day)
            except StudyError as error:
                sealed = error
            if sealed:
                yield sealed

    def discard(self, today: date) -> list[date]:
        """Delete the raw beats that were kept long enough; the days."""
        with self.books.writing() as connection:
            lock(connection)
            gone = days_to_discard(connection, today, self.readings.raw_months, self._bounds)
            discard(connection, gone, self.by)
        sweep(self.books, self.archive)
        return sorted(gone)

    def _seal(self, day: date) -> DaySeal | None:
        """Count while others may write, then enter; None where the day has changed meanwhile, and is due anew."""
        with self.books.reading() as connection:
            seen, file = head(connection).seq, days(connection).get(day)
            if file is None:
                return None
            wanted = self._counted(StudyDays(connection, day, self.archive.read(day, file.digest)))
        with self.books.writing() as connection:
            lock(connection)
            if days(connection).get(day) != file or day in _stirred(connection, seen):
                return None
            return self._enter(connection, day, file, wanted)

    def _counted(self, found: "StudyDays") -> dict[str, StudyDay]:
        with self.archive.scratch(found.day, found.spans) as path:
            return found.study_days(self.engine.day_totals(path, Bounds(*self._bounds)))

    def _enter(self, connection: Connection, day: date, file: DayFile, wanted: dict[str, StudyDay]) -> DaySeal:
        drafts = _drafts(connection, day, wanted, self.by.author)
        entered = append(connection, drafts, self.by.at_ms)
        parts = [part for each in wanted.values() for part in each.parts]
        sums = {"people": len(wanted), "ms": _sum(parts), "offline_ms": sum(part.offline_ms for part in parts)}
        say_sealed(connection, day, {"beats": file.digest, "bounds": self._bounds, **sums}, self.by)
        return DaySeal(day, len(wanted), _sum(parts), sum(not each.known for each in entered))


def _stirred(connection: Connection, seen: int) -> set[date]:
    """Days that are no longer what they were when entry `seen` was the last."""
    resealed = (day for day, sealed in sealed_days(connection).items() if sealed.seq > seen)
    return {*disturbed(connection, seen), *resealed}


class StudyDays:
    """One day's spans by person, as they count: under the file that counts after merging, without what lies in attended
    sessions."""

    def __init__(self, connection: Connection, day: date, raw: Any) -> None:
        self.day = day
        self._study: dict[int, Study] = {number: study for study, number in studies(connection).items()}
        rows = connection.execute(select(CADRE.c.cadre, CADRE.c.subject))
        self._subject: dict[int, str] = {row.cadre: row.subject for row in rows}
        own = _by_person(raw, roots(connection))
        self._digests = person_digests(own)
        self.spans = without(own, attended(connection, day, subjects(connection)))

    def study_days(self, totals: Iterable[DayTotal]) -> dict[str, StudyDay]:
        """By subject of the ledger, what each studied on the day."""
        parts: dict[int, list[StudyPart]] = defaultdict(list)
        for total in totals:
            if total.day != (self.day - _EPOCH).days or total.study not in self._study:
                raise StudyError(
                    f"tệp nhịp học của ngày {show_date(self.day)} có dòng của ngày khác hoặc chuyên đề lạ",
                    "khôi phục thư mục nhịp học và sổ từ cùng một bản sao lưu",
                )
            parts[total.learner] += _parts(self._study[total.study], total)
        return {
            self._subject[learner]: StudyDay(self.day, tuple(sorted(own, key=_order)), self._digests[learner])
            for learner, own in sorted(parts.items())
        }


def _by_person(spans: Any, root: dict[int, int]) -> Any:
    if not root:
        return spans
    learners = spans["learner"].to_numpy()
    absorbed, place = np.array(sorted(root)), np.searchsorted(sorted(root), learners)
    place = np.minimum(place, len(absorbed) - 1)
    kept = np.array([root[each] for each in absorbed.tolist()])
    person = np.where(absorbed[place] == learners, kept[place], learners)
    return spans.set_column(spans.schema.get_field_index("learner"), spans.schema.field("learner"), pa.array(person))


def _parts(study: Study, total: DayTotal) -> Iterator[StudyPart]:
    halves = (
        (Half.MORNING, total.morning_ms, total.morning_offline_ms),
        (Half.AFTERNOON, total.afternoon_ms, total.afternoon_offline_ms),
        (Half.EVENING, total.evening_ms, total.evening_offline_ms),
    )
    for half, ms, offline_ms in halves:
        if ms:
            yield StudyPart(*study, half, ms, offline_ms)


def _order(part: StudyPart) -> tuple[object, ...]:
    return part.class_code, part.topic, part.edition, list(Half).index(part.half)


def _sum(parts: Iterable[StudyPart]) -> int:
    return sum(part.ms for part in parts)


def _drafts(connection: Connection, day: date, wanted: dict[str, StudyDay], author: str) -> list[Draft]:
    """What differs from what stands. Whoever no longer has time of their own that day (their file was merged into
    another) gets an empty study day. A study day that two people took back stays taken back, and nothing is entered
    about someone whose bodies were erased."""
    last = {each.subject: each for each in said_on(connection, _KIND, day)}
    closed = erased_subjects(connection) | {subject for subject, each in last.items() if each.taken_back}
    emptied = {subject: StudyDay(day, ()) for subject in last.keys() - wanted.keys()}
    drafts = []
    for subject, study_day in sorted({**emptied, **wanted}.items()):
        before = last.get(subject)
        body = canonical(study_day)
        if subject not in closed and (before is None or body.decode() != before.body):
            seq = before.seq if before else 0
            source = f"{_KIND}|{subject}|{day.isoformat()}|{digest(body)}|{seq}"
            drafts.append(Draft(_KIND, subject, source, body, author))
    return drafts
