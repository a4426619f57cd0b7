"""Time that was studied and is no evidence yet: what the next seal would say, less what the ledger says already.

The length of a union is the exporter's one expression (study/union.py), asked of SQLite in memory, which for one
person's few hundred spans needs no more than a millisecond. Who a person is, what the hall takes away and how a day is
cut are the exporter's too.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from boiduong_exporter.logs.clock import span
from boiduong_exporter.sealing.windows import attended
from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.attended import without
from boiduong_exporter.study.engines import DayTotal
from boiduong_exporter.study.errors import StudyError
from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS, SPANS, launch_number, split_at_midnight
from boiduong_exporter.study.union import Bounds, totals
from boiduong_records.beats import DayFile, Study, days, sealed_days, studies
from boiduong_records.bodies import decode, live
from boiduong_records.merging import roots
from boiduong_records.tables import CADRE
from boiduong_vocabulary.evidence import StudyDay
from sqlalchemy import Connection, select

from boiduong_server.house import House
from boiduong_server.tables import ATTEMPT, BEAT, LAUNCH

_EPOCH = date(1970, 1, 1)
_Key = tuple[int, date, Study]


@dataclass(frozen=True, slots=True)
class Part:
    """What one person studied on one local day in one topic of a class, and no seal has made evidence of; `offline_ms`
    is the part claimed afterwards. `cadre` is the file that counts after merging."""

    cadre: int
    day: date
    study: Study
    ms: int
    offline_ms: int


@dataclass(frozen=True)
class Provisional:
    """Provisional time in milliseconds."""

    parts: tuple[Part, ...]

    @property
    def by_study(self) -> dict[Study, int]:
        return _summed((part.study, part.ms) for part in self.parts)

    @property
    def by_day(self) -> dict[date, int]:
        return _summed((part.day, part.ms) for part in self.parts)


@dataclass(frozen=True)
class _Asked:
    """Whose time: the files of these people, each with the one that counts, and their keys in the ledger."""

    root: dict[int, int]
    subjects: dict[str, int]


def provisional(house: House, cadres: Collection[int]) -> Provisional:
    """Of these people, under all their files. A day whose file is damaged shows what came since; whoever seals is told
    of the damage."""
    with house.books.reading() as connection:
        asked = _asked(connection, cadres)
        numbers = studies(connection)
        spans = _arrived(house, asked, numbers)
        seals, files = sealed_days(connection), days(connection)
        unsealed = {day for day, file in files.items() if day not in seals or seals[day].digest != file.digest}
        due = {*unsealed, *_days(spans)}
        known = [_filed(house.archive, day, files[day], asked) for day in sorted(due & files.keys())]
        sealed = _sealed(connection, asked, due) if due & seals.keys() else {}
        counted = _less_attended(connection, pa.concat_tables([spans, *known]), due, asked)
    named = {number: study for study, number in numbers.items()}
    readings = house.rules.rulebook.readings
    found = _union(counted, Bounds(readings.afternoon_from, readings.evening_from))
    return Provisional(tuple(_parts(found, named, sealed)))


def _asked(connection: Connection, cadres: Collection[int]) -> _Asked:
    into = roots(connection)
    people = {into.get(cadre, cadre) for cadre in cadres}
    files = people | {absorbed for absorbed, kept in into.items() if kept in people}
    rows = connection.execute(select(CADRE.c.subject, CADRE.c.cadre).where(CADRE.c.cadre.in_(files)))
    root = {cadre: into.get(cadre, cadre) for cadre in files}
    return _Asked(root, {subject: root[cadre] for subject, cadre in rows})


def _arrived(house: House, asked: _Asked, numbers: dict[Study, int]) -> Any:
    """What signs vouch for that the books do not have yet, and have not refused; topics not studied before get the next
    numbers."""
    columns = (ATTEMPT.c.cadre, ATTEMPT.c.class_code, ATTEMPT.c.topic, ATTEMPT.c.edition, LAUNCH.c.public)
    signs = (BEAT.c.received_ms, BEAT.c.elapsed_ms, BEAT.c.age_ms, LAUNCH.c.opened_ms)
    joined = ATTEMPT.join(LAUNCH, LAUNCH.c.attempt == ATTEMPT.c.id).join(BEAT, BEAT.c.launch == LAUNCH.c.id)
    query = select(*columns, *signs).select_from(joined)
    query = query.where(ATTEMPT.c.cadre.in_(asked.root), BEAT.c.refused_seq.is_(None))
    rows = []
    with house.store.reading() as connection:
        for cadre, class_code, topic, edition, public, *sign in connection.execute(query):
            study = (class_code, topic, edition)
            number = numbers.setdefault(study, len(numbers) + 1)
            if vouched := span(*sign):
                start_ms, end_ms, offline = vouched
                rows.append((asked.root[cadre], number, launch_number(public), start_ms, end_ms, int(offline)))
    return split_at_midnight(_table(rows))


def _table(rows: Iterable[tuple[int, ...]]) -> Any:
    columns = list(zip(*rows, strict=True)) or [()] * len(SPANS)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, SPANS, strict=True)], schema=SPANS
    )


def _days(spans: Any) -> set[date]:
    numbers = np.unique((spans["start_ms"].to_numpy() + LOCAL_MS) // DAY_MS)
    return {_EPOCH + timedelta(days=number) for number in numbers.tolist()}


def _filed(archive: Archive, day: date, file: DayFile, asked: _Asked) -> Any:
    """Their spans in the file of the day, under the files that count."""
    try:
        spans = archive.read(day, file.digest)
    except StudyError:
        return SPANS.empty_table()
    own = spans.filter(pa.array(np.isin(spans["learner"].to_numpy(), list(asked.root))))
    people = pa.array([asked.root[cadre] for cadre in own["learner"].to_pylist()], pa.int64())
    return own.set_column(0, SPANS.field("learner"), people)


def _less_attended(connection: Connection, spans: Any, due: set[date], asked: _Asked) -> Any:
    for day in due:
        spans = without(spans, attended(connection, day, asked.subjects))
    return spans


def _sealed(connection: Connection, asked: _Asked, due: set[date]) -> dict[_Key, int]:
    """What the last seals say of these people's days: of two for one day and subject the later holds."""
    last: dict[tuple[str, date], StudyDay] = {}
    for _, subject, kind, body in live(connection, asked.subjects):
        said = decode(kind, body)
        if isinstance(said, StudyDay) and said.date in due:
            last[(subject, said.date)] = said
    return _summed(
        ((asked.subjects[subject], day, (part.class_code, part.topic, part.edition)), part.ms)
        for (subject, day), said in last.items()
        for part in said.parts
    )


def _union(spans: Any, bounds: Bounds) -> list[DayTotal]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"CREATE TABLE spans ({', '.join(SPANS.names)})")
        rows = zip(*(column.to_pylist() for column in spans.columns), strict=True)
        connection.executemany("INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?)", rows)
        return [DayTotal(*row) for row in connection.execute(_sql(bounds))]
    finally:
        connection.close()


@lru_cache
def _sql(bounds: Bounds) -> str:
    """The expression in SQLite's words: to compile it takes longer than to ask it."""
    return str(ibis.to_sql(totals(ibis.table(ibis.Schema.from_pyarrow(SPANS), name="spans"), bounds), dialect="sqlite"))


def _parts(found: Iterable[DayTotal], named: dict[int, Study], sealed: dict[_Key, int]) -> Iterator[Part]:
    for total in sorted(found):
        day, study = _EPOCH + timedelta(days=total.day), named[total.study]
        whole = total.morning_ms + total.afternoon_ms + total.evening_ms
        ms = whole - sealed.get((total.learner, day, study), 0)
        offline_ms = total.morning_offline_ms + total.afternoon_offline_ms + total.evening_offline_ms
        if ms > 0:
            yield Part(total.learner, day, study, ms, min(ms, offline_ms))


def _summed(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    found: dict[Any, int] = defaultdict(int)
    for key, ms in pairs:
        found[key] += ms
    return dict(found)
