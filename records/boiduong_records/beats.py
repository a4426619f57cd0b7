"""What the books keep of study on the system: a number for each topic of a class that was studied, one file of spans a
local day (told by its digest), and which of these days were sealed or have been discarded."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from boiduong_vocabulary.evidence import NAMES, Attendance, StudyDay
from boiduong_vocabulary.vietnamese import local_day
from sqlalchemy import Connection, insert, or_, select

from boiduong_records.chunks import chunks
from boiduong_records.decision import Decision
from boiduong_records.entry import BEATS_DISCARDED, DAY_SEALED, ERASED, REVERSAL
from boiduong_records.ledger import append_act, origin
from boiduong_records.registers import seal_registers
from boiduong_records.tables import BEAT_DAY, BODY, CADRE, LEDGER, MERGE, SESSION, STUDY
from boiduong_records.versions import Changes, apply, contents, current, find

Study = tuple[str, str, str]
"""Class, topic, edition."""


@dataclass(frozen=True, slots=True)
class DayFile:
    """The spans of one local day: the SHA-256 of their file, and how many they are."""

    digest: str
    spans: int


@dataclass(frozen=True, slots=True)
class SealedDay:
    """What the ledger says of a day that was sealed last at entry `seq`, from the file with this digest; `bounds`:
    minutes after midnight at which the afternoon and the evening began."""

    seq: int
    digest: str
    bounds: list[int]


def studies(connection: Connection) -> dict[Study, int]:
    """The number of each topic that was studied."""
    rows = connection.execute(select(STUDY.c.class_code, STUDY.c.topic, STUDY.c.edition, STUDY.c.study))
    return {(class_code, topic, edition): number for class_code, topic, edition, number in rows}


def add_studies(connection: Connection, new: Mapping[Study, int], seq: int) -> None:
    """Enter topics under the numbers that their spans have already, as of ledger entry `seq`."""
    rows = [
        {"study": number, "class_code": study[0], "topic": study[1], "edition": study[2], "since": seq}
        for study, number in new.items()
    ]
    for piece in chunks(rows):
        connection.execute(insert(STUDY), piece)


def days(connection: Connection) -> dict[date, DayFile]:
    """The days whose spans are kept."""
    return {row["day"]: DayFile(row["digest"], row["spans"]) for row in contents(connection, BEAT_DAY)}


def brought(connection: Connection) -> dict[date, date]:
    """When the spans that each day has now were brought, by local day."""
    query = select(BEAT_DAY.c.day, LEDGER.c.at).join(LEDGER, LEDGER.c.seq == BEAT_DAY.c.since)
    return {day: local_day(at) for day, at in connection.execute(query.where(current(BEAT_DAY)))}


def day_changes(connection: Connection, files: Mapping[date, DayFile | None]) -> Changes:
    """What must happen for these days to have these files; None: no longer any."""
    wanted = [{"day": day, "digest": file.digest, "spans": file.spans} for day, file in files.items() if file]
    return find(connection, BEAT_DAY, wanted, groups=[(day,) for day in files])


def enter_days(connection: Connection, changes: Changes, seq: int) -> None:
    apply(connection, BEAT_DAY, changes, seq)


def sealed_days(connection: Connection) -> dict[date, SealedDay]:
    """The days that were sealed, each as it was sealed last."""
    told = _told(connection, DAY_SEALED)
    return {date.fromisoformat(said["day"]): SealedDay(seq, said["beats"], said["bounds"]) for seq, said in told}


def unsealed_days(connection: Connection) -> list[date]:
    """Days whose spans, as they are now, no seal has made evidence of."""
    sealed = sealed_days(connection)
    kept = days(connection).items()
    return sorted(day for day, file in kept if day not in sealed or sealed[day].digest != file.digest)


def discarded_days(connection: Connection) -> frozenset[date]:
    """The days whose spans were deleted when their time was over."""
    return frozenset(date.fromisoformat(day) for _, said in _told(connection, BEATS_DISCARDED) for day in said["days"])


def say_sealed(connection: Connection, day: date, said: Mapping[str, Any], by: Decision) -> int:
    """Enter that a day was sealed: `said` holds the digest of its file ("beats"), where its halves part ("bounds"), and
    the sums of the day."""
    return append_act(connection, DAY_SEALED, "", {**said, "day": day.isoformat()}, by)


def discard(connection: Connection, gone: Mapping[date, DayFile], by: Decision) -> None:
    """Enter that the files of these days are deleted; digests and the sealed sums stay."""
    if not gone:
        return
    said = {day.isoformat(): file.digest for day, file in sorted(gone.items())}
    seq = append_act(connection, BEATS_DISCARDED, "", {"days": said}, by)
    enter_days(connection, day_changes(connection, dict.fromkeys(gone)), seq)
    seal_registers(connection, seq, by)


@dataclass(frozen=True, slots=True)
class SaidOn:
    """An entry about one person on one day; `taken_back`: a reversal stands against it."""

    seq: int
    subject: str
    body: str
    taken_back: bool


def said_on(connection: Connection, kind: str, day: date) -> list[SaidOn]:
    """The entries of one kind whose body has this date, earliest first. Nothing is known of a day before it begins, so
    what was entered earlier is not looked at."""
    query = (
        select(LEDGER.c.seq, LEDGER.c.subject, BODY.c.body)
        .join(BODY, BODY.c.seq == LEDGER.c.seq)
        .where(LEDGER.c.kind == kind, LEDGER.c.at >= _midnight(day))
        .where(BODY.c.body.contains(f'"date":"{day.isoformat()}"', autoescape=True))
        .order_by(LEDGER.c.seq)
    )
    found = connection.execute(query).all()
    taken_back = _reversed_among(connection, [row.seq for row in found])
    return [SaidOn(seq, subject, body, seq in taken_back) for seq, subject, body in found]


def _midnight(day: date) -> int:
    """The beginning of the local day in milliseconds since 1970, UTC."""
    return (day - date(1970, 1, 1)).days * 86_400_000 - 7 * 3_600_000


def _reversed_among(connection: Connection, seqs: Collection[int]) -> set[int]:
    """A reversal's origin is made of the number it takes back."""
    by_origin = {origin(connection, f"{REVERSAL}|{seq}"): seq for seq in seqs}
    found: set[int] = set()
    for some in chunks(list(by_origin)):
        known = connection.execute(select(LEDGER.c.origin).where(LEDGER.c.origin.in_(some))).scalars()
        found |= {by_origin[each] for each in known}
    return found


def erased_subjects(connection: Connection) -> frozenset[str]:
    """Those whose bodies were erased by decision: nothing more is entered about them."""
    query = select(LEDGER.c.subject, BODY.c.body).join(BODY, BODY.c.seq == LEDGER.c.seq).where(LEDGER.c.kind == ERASED)
    return frozenset(subject for subject, body in connection.execute(query) if json.loads(body)["bodies"])


def disturbed(connection: Connection, after: int) -> dict[date, int]:
    """Days whose sealed study may no longer stand: of attendance entered or taken back after entry `after`, of sessions
    whose hours were changed, and of people merged or parted since; each with the latest such entry."""
    found: dict[date, int] = {}
    looks = (_attended_since, _rescheduled_since, _merged_since)
    for day, seq in chain.from_iterable(look(connection, after) for look in looks):
        found[day] = max(seq, found.get(day, 0))
    return found


def _attended_since(connection: Connection, after: int) -> Iterator[tuple[date, int]]:
    attendance = NAMES[Attendance]
    for seq, said in _told(connection, attendance, after):
        yield date.fromisoformat(said["date"]), seq
    taken_back = {said["of"]: seq for seq, said in _told(connection, REVERSAL, after)}
    for some in chunks(list(taken_back)):
        query = select(LEDGER.c.seq, BODY.c.body).join(BODY, BODY.c.seq == LEDGER.c.seq)
        for of, body in connection.execute(query.where(LEDGER.c.seq.in_(some), LEDGER.c.kind == attendance)):
            yield date.fromisoformat(json.loads(body)["date"]), taken_back[of]


def _rescheduled_since(connection: Connection, after: int) -> Iterator[tuple[date, int]]:
    """A session that is new has no attendance yet; what matters is one that was known and has changed."""
    changed = select(SESSION.c.date, SESSION.c.until).where(SESSION.c.until > after)
    yield from ((day, seq) for day, seq in connection.execute(changed))


def _merged_since(connection: Connection, after: int) -> Iterator[tuple[date, int]]:
    changed = select(MERGE).where(or_(MERGE.c.since > after, MERGE.c.until > after))
    for row in connection.execute(changed).mappings().all():
        seq = max(row["since"], row["until"] or 0)
        whose = select(CADRE.c.subject).where(CADRE.c.cadre.in_((row["absorbed"], row["kept"])))
        query = select(BODY.c.body).join(LEDGER, LEDGER.c.seq == BODY.c.seq)
        query = query.where(LEDGER.c.kind == NAMES[StudyDay], LEDGER.c.subject.in_(whose))
        for body in connection.execute(query).scalars():
            yield date.fromisoformat(json.loads(body)["date"]), seq


def _told(connection: Connection, kind: str, after: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    query = select(LEDGER.c.seq, BODY.c.body).join(BODY, BODY.c.seq == LEDGER.c.seq)
    query = query.where(LEDGER.c.kind == kind, LEDGER.c.seq > after)
    for seq, body in connection.execute(query.order_by(LEDGER.c.seq)):
        yield seq, json.loads(body)
