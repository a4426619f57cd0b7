"""A log into the books, in one transaction: the days of spans, the evidence of progress, a receipt for every line.

Day files are written before the transaction ends and named only by it, so that a kill at any moment leaves the books
and the files that they name as they were.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
from boiduong_records.beats import (
    DayFile,
    Study,
    add_studies,
    day_changes,
    days,
    discarded_days,
    enter_days,
    studies,
)
from boiduong_records.decision import Decision
from boiduong_records.ledger import append, lock
from boiduong_records.receipts import Batch, Outcome, Receipt, Source, count, open_batch, write
from boiduong_records.registers import seal_registers
from boiduong_records.store import Books
from boiduong_vocabulary.problem import Place, Problem, in_order
from sqlalchemy import Connection

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.gathering.sweeping import sweep
from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.intake import Report
from boiduong_exporter.imports.logs import lines
from boiduong_exporter.imports.logs.attended import attended
from boiduong_exporter.imports.logs.catalogs import Catalogs
from boiduong_exporter.imports.logs.gathered import Gathered, Gathering
from boiduong_exporter.imports.logs.places import Places
from boiduong_exporter.imports.logs.progress import Said, Standing, Writer
from boiduong_exporter.imports.people import People
from boiduong_exporter.logs.halves import read_portion
from boiduong_exporter.logs.reading import Log
from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.day_file import merge
from boiduong_exporter.study.errors import StudyError
from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS, SPANS, split_at_midnight

KIND = "log"
_EPOCH = date(1970, 1, 1)
_SHOWN = 10


@dataclass(frozen=True)
class LogArrival:
    """A log that is brought; `class_code` is the class that all of it is of, where the officer says so."""

    log: Log
    name: str
    author: str
    at_ms: int
    class_code: str = ""


def bring_log(books: Books, archive: Archive, arrival: LogArrival) -> Report:
    """Read the log, then enter all that is sound in it.

    Raises OSError where it cannot be read or its days cannot be written, StudyError where a kept day is damaged or the
    reading was stopped from outside.
    """
    with books.reading() as connection:
        catalogs = Catalogs(connection)
        people, places = People(connection, arrival.log.format), Places(connection, catalogs, arrival.class_code)
    gathered = Gathering(people, places, arrival.at_ms).take(read_portion(arrival.log))
    with books.writing() as connection:
        lock(connection)
        report = _enter(connection, archive, arrival, gathered, catalogs)
    sweep(books, archive)
    return report


def _enter(
    connection: Connection, archive: Archive, arrival: LogArrival, gathered: Gathered, catalogs: Catalogs
) -> Report:
    kept = _keep_days(connection, archive, gathered)
    said = list(_evidence(connection, arrival, gathered, catalogs))
    drafts = [draft for each in said for draft in each.drafts]
    entered = append(connection, drafts, arrival.at_ms)
    assert not any(entry.known for entry in entered), "what stands was left out before"
    receipts = [*_receipts(arrival.name, gathered, kept, said)]
    batch = _batch(connection, arrival, kept, receipts, changed=bool(kept.files or drafts))
    write(connection, batch, receipts)
    return Report(dict(count(receipts)), in_order(_problems(arrival.name, gathered.refused)), batch.seq, batch.number)


def _batch(
    connection: Connection, arrival: LogArrival, kept: "_Kept", receipts: list[Receipt], *, changed: bool
) -> Batch:
    source = Source(KIND, arrival.name, arrival.log.digest, arrival.author, arrival.at_ms)
    batch = open_batch(connection, source, count(receipts), changed=changed)
    if batch.seq is not None:
        add_studies(connection, kept.new_studies, batch.seq)
        enter_days(connection, day_changes(connection, kept.files), batch.seq)
        seal_registers(connection, batch.seq, Decision("", arrival.author, "", arrival.at_ms))
    return batch


# Spans ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Kept:
    """The day files written, the numbers of topics not studied before, and the lines by what they brought."""

    files: dict[date, DayFile | None]
    new_studies: dict[Study, int]
    taken: Any
    known: Any


def _keep_days(connection: Connection, archive: Archive, gathered: Gathered) -> _Kept:
    numbers = studies(connection)
    new_studies: dict[Study, int] = {}
    for _, study in gathered.streams:
        if study not in numbers:
            new_studies[study] = numbers[study] = len(numbers) + 1
    table = split_at_midnight(_table(gathered, numbers))
    table = _without_closed_days(connection, table, gathered)
    files: dict[date, DayFile | None] = {}
    unknown, lost = np.zeros(table.num_rows, bool), np.zeros(table.num_rows, bool)
    present = days(connection)
    for day, rows in _by_day(table):
        try:
            merged, unknown[rows] = _merged(archive, day, present.get(day), table.take(pa.array(rows)))
        except StudyError as error:  # one day that is damaged holds up no other
            lost[rows] = True
            no = No(Code.DAY_DAMAGED, error.message_vi, error.hint_vi)
            gathered.refused[no].extend(lines.distinct(table["line"].to_numpy()[rows]).tolist())
            continue
        if unknown[rows].any():
            files[day] = DayFile(archive.write(day, merged), merged.num_rows)
    line = table["line"].to_numpy()
    taken = lines.distinct(line[unknown])
    known = line[~lost & ~np.isin(line, taken)]
    return _Kept(files, new_studies, taken, lines.distinct(known))


def _merged(archive: Archive, day: date, known: DayFile | None, spans: Any) -> tuple[Any, Any]:
    """All spans of the day, and which of these were not known. Raises StudyError where the day's file is damaged."""
    return merge(archive.read(day, known.digest) if known else None, spans)


def _table(gathered: Gathered, numbers: dict[Study, int]) -> Any:
    """The spans as spans.SPANS, with the line that each comes from."""
    spans = gathered.spans
    learners = np.array([cadre for cadre, _ in gathered.streams], np.int64)
    studied = np.array([numbers[study] for _, study in gathered.streams], np.int64)
    who, what = learners[spans.stream], studied[spans.stream]
    columns = (who, what, spans.launch, spans.start_ms, spans.end_ms, spans.offline)
    table = pa.Table.from_arrays([pa.array(column) for column in columns], schema=SPANS)
    return table.append_column("line", pa.array(spans.line))


def _without_closed_days(connection: Connection, table: Any, gathered: Gathered) -> Any:
    """What is not of a day whose spans were discarded: its union can no longer be taken anew."""
    closed = [(day - _EPOCH).days for day in discarded_days(connection)]
    late = np.isin(_days(table), closed)
    if late.any():
        gathered.refused[_CLOSED].extend(lines.distinct(table["line"].to_numpy()[late]).tolist())
    return table.filter(pa.array(~late))


def _by_day(table: Any) -> Iterator[tuple[date, Any]]:
    """Each local day with the places of its rows."""
    of = _days(table)
    order = np.argsort(of, kind="stable")
    numbers, starts = np.unique(of[order], return_index=True)
    for number, rows in zip(numbers.tolist(), np.split(order, starts[1:]), strict=False):
        yield _EPOCH + timedelta(days=number), rows


def _days(table: Any) -> Any:
    return (table["start_ms"].to_numpy() + LOCAL_MS) // DAY_MS


_CLOSED = No(
    Code.DAY_CLOSED,
    "nhịp học thô của ngày ấy đã hết hạn giữ và đã xóa, nên không tính lại được",
    "ngày học đã niêm phong vẫn còn; nếu thiếu, ghi bằng quyết định có hai người («boiduong decide»)",
)

# Evidence, receipts ---------------------------------------------------------------------------------------------------


def _evidence(connection: Connection, arrival: LogArrival, gathered: Gathered, catalogs: Catalogs) -> Iterator[Said]:
    of_sessions = attended(connection, gathered.attended, arrival.author)
    for said in chain(_of_study(connection, arrival, gathered, catalogs), of_sessions):
        if said.no:
            gathered.refused[said.no].extend(said.lines)
        yield said


def _of_study(connection: Connection, arrival: LogArrival, gathered: Gathered, catalogs: Catalogs) -> Iterator[Said]:
    cadres = {cadre for cadre, _ in (*gathered.progress, *gathered.grades)}
    if cadres:
        writer = Writer(Standing(connection, cadres), catalogs, arrival.log.format, arrival.author)
        yield from writer.all(gathered)


def _receipts(name: str, gathered: Gathered, kept: _Kept, said: list[Said]) -> Iterator[Receipt]:
    news = [line for each in said if each.drafts for line in each.lines]
    olds = [line for each in said if not each.drafts and not each.no for line in each.lines]
    yield from lines.receipts(name, np.concatenate((kept.taken, np.array(news, np.int64))), Outcome.TAKEN)
    yield from lines.receipts(name, np.concatenate((kept.known, np.array(olds, np.int64))), Outcome.UNCHANGED)
    for no, found in gathered.refused.items():
        yield from lines.receipts(name, found, Outcome.REFUSED, no.code, no.message)
    for reason, found in gathered.skipped.items():
        yield from lines.receipts(name, found, Outcome.SKIPPED, "", reason)


def _problems(name: str, refused: dict[No, Any]) -> Iterator[Problem]:
    """One for each kind of refusal; accounts that are not known are told together."""
    alike: dict[No, list[tuple[str, Any]]] = {}
    for no, found in refused.items():
        alike.setdefault(no._replace(private=""), []).append((no.private, found))
    for no, groups in alike.items():
        found = np.concatenate([np.asarray(each, np.int64) for _, each in groups])
        who = [private for private, _ in groups if private]
        named = f": {', '.join(who[:_SHOWN])}{f' và {len(who) - _SHOWN} tài khoản nữa' if len(who) > _SHOWN else ''}"
        message = f"{len(lines.distinct(found))} dòng ({lines.told(found)}): {no.message}{named if who else ''}"
        yield fault(no.code, Place(name), message, no.hint)
