"""What was observed goes into the books: signs of days that are over, and progress since it was told last.

It goes the way of every log: written as lines of our own format (docs/nhat-ky-hoc-tap.md), read by the exporter and
brought by its import, with a receipt for each line. Rows leave the tables after the books have committed. A run that is
killed in between brings the same lines again, and the books know them.

What the books refuse stays, marked with the entry as of which they did (a class that lost the topic, an edition that no
catalog has): it is brought again once registers have been changed since, never every night.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.logs.bring import KIND, LogArrival, bring_log
from boiduong_exporter.imports.logs.catalogs import Catalogs
from boiduong_exporter.logs.own import COMMIT
from boiduong_exporter.logs.reading import read_log
from boiduong_exporter.logs.signs import BEAT as BEAT_LINE
from boiduong_exporter.logs.signs import PROGRESS
from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS
from boiduong_records.receipts import Outcome, read
from boiduong_records.store import Books
from boiduong_records.tables import BATCH, CADRE, IDENTITY
from msgspec import json
from sqlalchemy import Connection, Executable, bindparam, delete, func, select, update

from boiduong_server.house import Keeping
from boiduong_server.store import Store
from boiduong_server.tables import ATTEMPT, BEAT, LAUNCH

AUTHOR = "Máy chủ"
_AT_ONCE = 200_000
"""Lines in one file."""
_IN_A_WORK = 2_000
"""Rows that are deleted or marked at once: learners' works wait meanwhile."""
_SCRATCH = ".ban-giao"
_TRIED_AGAIN = frozenset({Code.DAY_DAMAGED})
"""Refusals that no change of registers mends."""
Line = dict[str, Any]


@dataclass(frozen=True)
class Handed:
    """How many rows went over into the books, and how many these refused."""

    beats: int
    attempts: int
    refused: int


@dataclass(frozen=True)
class _Way:
    """Into which books, by which names: the ledger's key of each cadre whose identity stands, and the last entry that
    changed a register."""

    house: Keeping
    subjects: dict[int, str]
    catalogs: Catalogs
    registers: int

    def bring(self, lines: Iterable[Line]) -> dict[int, str]:
        """The code of each line that was refused, by its number from 1."""
        path = self.house.archive.folder / f"{_SCRATCH}.{secrets.token_hex(8)}.jsonl"  # hosts may share the folder
        try:
            with path.open("wb") as file:
                file.writelines(json.encode(line) + b"\n" for line in lines)
            arrival = LogArrival(read_log(path), "nhip-hoc-may-chu.jsonl", AUTHOR, self.house.now_ms())
            report = bring_log(self.house.books, self.house.archive, arrival)
        finally:
            path.unlink(missing_ok=True)
        return _refused(self.house.books, report.batch)


def hand_over(house: Keeping) -> Handed:
    """Bring into the books the signs that were received before today, and what attempts came to.

    Raises OSError and StudyError as `bring_log` does, StoreError and BooksError: whatever was not brought stays.
    """
    _sweep(house)
    way = _way(house)
    before_ms = (house.now_ms() + LOCAL_MS) // DAY_MS * DAY_MS - LOCAL_MS
    beats = refused = 0
    for rows in _beats(way, before_ms):
        no = way.bring(_beat_line(row, way.subjects[row.cadre]) for row in rows)
        beats, refused = beats + len(rows) - len(no), refused + len(no)
        _settle_beats(way, rows, no)
    attempts, unable = _hand_over_progress(way, before_ms)
    return Handed(beats, attempts, refused + unable)


def _sweep(house: Keeping) -> None:
    """What a run that was killed left; another may be at work just now, and none takes a day."""
    for left in house.archive.folder.glob(f"{_SCRATCH}.*"):
        if house.now_ms() - left.stat().st_mtime * 1000 > DAY_MS:
            left.unlink(missing_ok=True)


def _way(house: Keeping) -> _Way:
    with house.books.reading() as connection:
        named = select(CADRE.c.cadre, CADRE.c.subject).where(CADRE.c.cadre.in_(select(IDENTITY.c.cadre)))
        registers = connection.execute(select(func.max(BATCH.c.seq)).where(BATCH.c.kind != KIND)).scalar_one()
        subjects: dict[int, str] = dict(connection.execute(named).all())
        return _Way(house, subjects, Catalogs(connection), registers or 0)


def _refused(books: Books, batch: int) -> dict[int, str]:
    with books.reading() as connection:
        receipts = read(connection, batch).receipts
    return {
        line: receipt.code
        for receipt in receipts
        if receipt.outcome == Outcome.REFUSED
        for line in _lines(receipt.place.rpartition(":")[2])
    }


def _lines(place: str) -> Iterator[int]:
    """The numbers in "1-400,402"."""
    for part in place.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


# Signs ----------------------------------------------------------------------------------------------------------------


def _beats(way: _Way, before_ms: int) -> Iterator[list[Any]]:
    """The signs to be brought, in pieces."""
    columns = (BEAT, ATTEMPT.c.cadre, *_PLACE, LAUNCH.c.public, LAUNCH.c.opened_ms)
    due = (BEAT.c.received_ms < before_ms) & _is_due(BEAT.c.refused_seq, way)
    joined = BEAT.join(LAUNCH, LAUNCH.c.id == BEAT.c.launch).join(ATTEMPT, ATTEMPT.c.id == LAUNCH.c.attempt)
    query = select(*columns).select_from(joined).where(due).order_by(BEAT.c.id).limit(_AT_ONCE)
    last = 0
    while True:
        with way.house.store.reading() as connection:
            found = connection.execute(query.where(BEAT.c.id > last)).all()
        if not found:
            return
        last = found[-1].id
        if rows := [row for row in found if row.cadre in way.subjects]:
            yield rows


def _is_due(refused_seq: Any, way: _Way) -> Any:
    return refused_seq.is_(None) | (refused_seq < way.registers)


def _beat_line(row: Any, learner: str) -> Line:
    return {
        "name": BEAT_LINE, "time_ms": row.received_ms, "learner": learner, "class": row.class_code, "topic": row.topic,
        "edition": row.edition, "launch": row.public, "sequence": row.sequence, "opened_ms": row.opened_ms,
        "elapsed_ms": row.elapsed_ms, "age_ms": row.age_ms,
    }  # fmt: skip


def _settle_beats(way: _Way, rows: Sequence[Any], no: dict[int, str]) -> None:
    """Brought ones go, refused ones are marked. By number: others have come meanwhile."""
    gone = [{"of": row.id} for line, row in enumerate(rows, 1) if line not in no]
    kept = [{"of": row.id} for line, row in enumerate(rows, 1) if line in no and no[line] not in _TRIED_AGAIN]
    _each(way.house.store, delete(BEAT).where(BEAT.c.id == bindparam("of")), gone)
    _each(way.house.store, update(BEAT).where(BEAT.c.id == bindparam("of")).values(refused_seq=way.registers), kept)


def _each(store: Store, statement: Executable, values: Sequence[dict[str, Any]]) -> None:
    for first in range(0, len(values), _IN_A_WORK):
        store.write(partial(_execute, statement, values[first : first + _IN_A_WORK]))


def _execute(statement: Executable, values: Sequence[dict[str, Any]], connection: Connection) -> None:
    connection.execute(statement, values)


# Progress -------------------------------------------------------------------------------------------------------------


def _hand_over_progress(way: _Way, before_ms: int) -> tuple[int, int]:
    """How many attempts were told, and how many lines of them refused."""
    with way.house.store.reading() as connection:
        rows = [row for row in _changed(connection, way, before_ms) if row.cadre in way.subjects]
    if not rows:
        return 0, 0
    lines, whose = [], []
    for row in rows:
        of_row = list(_progress_lines(way, row))
        lines += of_row
        whose += [row.id] * len(of_row)
    no = way.bring(lines)
    unable = {whose[line - 1] for line in no}
    values = [{"of": row.id, "now": row.changed_ms, "no": way.registers if row.id in unable else None} for row in rows]
    told = update(ATTEMPT).where(ATTEMPT.c.id == bindparam("of"))
    told = told.values(sent_ms=bindparam("now"), refused_seq=bindparam("no"))
    _each(way.house.store, told, values)
    return len(rows) - len(unable), len(no)


def _changed(connection: Connection, way: _Way, before_ms: int) -> Sequence[Any]:
    """Attempts of which more is to be told than was, or that the books would not have and now may. One that goes on
    today waits with its beats: what a package says of its time must not stand beside a clock that is not told yet."""
    news = ATTEMPT.c.sent_ms.is_(None) | (ATTEMPT.c.changed_ms > ATTEMPT.c.sent_ms)
    again = ATTEMPT.c.refused_seq < way.registers
    last = select(func.max(LAUNCH.c.id)).where(LAUNCH.c.attempt == ATTEMPT.c.id).correlate(ATTEMPT).scalar_subquery()
    query = select(ATTEMPT, LAUNCH.c.public).join(LAUNCH, LAUNCH.c.id == last)  # ATTEMPT.c.launch may have been ended
    query = query.where(ATTEMPT.c.status != "not attempted", ATTEMPT.c.changed_ms < before_ms, news | again)
    return connection.execute(query.order_by(ATTEMPT.c.id)).all()


def _progress_lines(way: _Way, row: Any) -> Iterator[Line]:
    common = {
        "time_ms": row.changed_ms, "learner": way.subjects[row.cadre], "class": row.class_code, "topic": row.topic,
        "edition": row.edition, "launch": row.public, "score": row.score,
    }  # fmt: skip
    yield {"name": COMMIT, **common, "sequence": 0, "status": row.status, "reported_ms": row.reported_ms}
    entry = way.catalogs.entry(row.topic, row.edition)
    if row.sections_done and entry and len(entry.sections) == row.scos:  # else they are sections of something else
        yield {"name": PROGRESS, **common, "sections_done": row.sections_done}


_PLACE = (ATTEMPT.c.class_code, ATTEMPT.c.topic, ATTEMPT.c.edition)
