"""A sealed day of study down to its spans: the day's file that the books name, the digest of this person's beats, and
what lay within attended sessions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc
from boiduong_exporter.sealing.windows import attended
from boiduong_exporter.study.day_file import person_digests
from boiduong_exporter.study.errors import StudyError
from boiduong_records.beats import days, discarded_days, sealed_days
from boiduong_records.merging import people_of, subjects
from boiduong_vocabulary.evidence import StudyDay
from sqlalchemy import Connection

from boiduong_server.house import House

_NEAR_MS = 5_000
"""Signs are stamped as they arrive: what the way took lies between two that follow one another, and never counts."""


@dataclass(frozen=True)
class Stretch:
    """Spans of one launch that follow one another, milliseconds since 1970, UTC; `launch` counts the day's launches
    from 1, `spans` the spans, and `ms` is what they cover: small gaps between them are left out."""

    launch: int
    start_ms: int
    end_ms: int
    spans: int
    ms: int
    offline: bool

    def with_span(self, start_ms: int, end_ms: int) -> "Stretch":
        """One span more, which begins where this one did or later."""
        gained = max(0, end_ms - max(start_ms, self.end_ms))
        until = max(self.end_ms, end_ms)
        return replace(self, end_ms=until, spans=self.spans + 1, ms=self.ms + gained)


@dataclass(frozen=True)
class Trace:
    """`file` is the digest of the day's file as the books name it now, `sealed_by` the entry that sealed the day.
    `agrees`: this person's beats in it have the digest that the evidence names. `windows` are attended sessions, taken
    out of studied time. `problem` says why there is nothing to show."""

    sealed_by: int | None
    file: str
    beats: str
    agrees: bool
    stretches: tuple[Stretch, ...]
    windows: tuple[tuple[int, int], ...]
    problem: str = ""


def trace_of(books: Connection, at: House, cadre: int, said: StudyDay) -> Trace:
    """What the person's study day was sealed from, if the day's raw beats are still kept."""
    sealed = sealed_days(books).get(said.date)
    kept = days(books).get(said.date)
    by = sealed.seq if sealed else None
    if kept is None:
        gone = "Nhịp thô của ngày này đã xóa khi hết hạn giữ; dấu kiểm và số đã niêm phong còn trong sổ."
        why = gone if said.date in discarded_days(books) else "Ngày này không có tệp nhịp học trong sổ."
        return Trace(by, "", said.beats, False, (), (), why)
    try:
        spans = at.archive.read(said.date, kept.digest)
    except StudyError as error:
        return Trace(by, kept.digest, said.beats, False, (), (), f"{error.message_vi}; {error.hint_vi}.")
    own = _own(spans, people_of(books, cadre), cadre)
    agrees = person_digests(own).get(cadre) == said.beats
    windows = attended(books, said.date, subjects(books)).get(cadre, [])
    return Trace(by, kept.digest, said.beats, agrees, _stretches(own), tuple(sorted(windows)))


def _own(spans: pa.Table, files: tuple[int, ...], cadre: int) -> pa.Table:
    """The spans of all the person's files under the one that counts, as the seal puts them together."""
    own = spans.filter(pc.is_in(spans["learner"], pa.array(files, pa.int64())))
    place = own.schema.get_field_index("learner")
    return own.set_column(place, own.schema.field(place), pa.array([cadre] * own.num_rows, pa.int64()))


def _stretches(own: pa.Table) -> tuple[Stretch, ...]:
    """In the order of their beginnings."""
    rows = sorted(own.to_pylist(), key=lambda row: (row["start_ms"], row["launch"]))
    number = {launch: place for place, launch in enumerate(dict.fromkeys(row["launch"] for row in rows), 1)}
    found: list[Stretch] = []
    for (launch, offline), group in _by_launch(rows):
        for row in group:
            last = found[-1] if found else None
            alike = last and (last.launch, last.offline) == (number[launch], offline)
            if last and alike and row["start_ms"] <= last.end_ms + _NEAR_MS:
                found[-1] = last.with_span(row["start_ms"], row["end_ms"])
            else:
                start_ms, end_ms = row["start_ms"], row["end_ms"]
                found.append(Stretch(number[launch], start_ms, end_ms, 1, end_ms - start_ms, offline))
    return tuple(sorted(found, key=lambda each: (each.start_ms, each.launch)))


def _by_launch(rows: list[dict[str, int]]) -> Iterator[tuple[tuple[int, bool], Iterator[dict[str, int]]]]:
    def whose(row: dict[str, int]) -> tuple[int, bool]:
        return row["launch"], bool(row["offline"])

    return groupby(sorted(rows, key=whose), key=whose)
