"""What became of a sitting since a page asked last, and the part of its session that this touches. Hundreds of lists
ask every few seconds while thousands check in, so that nobody else is read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace

from boiduong_exporter.rulebook.attending import AttendingRules
from boiduong_records.chunks import chunks
from boiduong_records.enrolment import enrolled
from boiduong_records.merging import roots
from boiduong_records.seating import NOWHERE, seats_among
from boiduong_records.tables import ENROLMENT, SEATING
from boiduong_records.versions import current, in_chunks
from sqlalchemy import Connection, func, or_, select, union

from boiduong_server.attending.lines import lines_of
from boiduong_server.attending.readings import scans_of
from boiduong_server.attending.schedule import hours_of
from boiduong_server.attending.session import ClassSession, by_person, places_of
from boiduong_server.attending.sheet import rows
from boiduong_server.attending.sittings import Sitting, numbers_in, sittings_of
from boiduong_server.tables import LINE, REFUSED, SCAN

_MARGIN_MS = 15_000
"""A moment is taken before its row is written, which may have to wait."""


@dataclass(frozen=True)
class Bookmark:
    """How far a page has read: the last rows, and when. In the text of a page: "12.7.0.1795651200000"."""

    scan: int
    line: int
    refusal: int
    at_ms: int

    def __str__(self) -> str:
        return ".".join(map(str, astuple(self)))


def bookmark_of(text: str) -> Bookmark | None:
    """None of any text that no page was given."""
    parts = text.split(".")
    return Bookmark(*map(int, parts)) if len(parts) == 4 and all(map(_is_number, parts)) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


def bookmark_now(connection: Connection, now_ms: int) -> Bookmark:
    """Ask for it before anything else is read: what is written meanwhile is then read twice, not never."""
    scan, line, refusal = (
        connection.execute(select(func.max(table.c.id))).scalar() or 0 for table in (SCAN, LINE, REFUSED)
    )
    return Bookmark(scan, line, refusal, now_ms)


def touched(books: Connection, store: Connection, sitting: Sitting, since: Bookmark) -> set[int]:
    """Whose row on this sitting's list may have changed, and whose telephone they share; each by the file that was
    named then."""
    session = {*store.execute(numbers_in(sitting.slot)).scalars()}
    elsewhere = _elsewhere(store, session - {sitting.id}, since)
    found = _here(store, sitting, since)
    if elsewhere:
        found |= elsewhere & (_ever_here(store, sitting) | _seated_here(books, sitting))
    return found | _with_telephones_of(store, session, found)


def _here(store: Connection, sitting: Sitting, since: Bookmark) -> set[int]:
    """Of readings also those that were confirmed, or told anew, since."""
    earliest = since.at_ms - _MARGIN_MS
    is_new = or_(SCAN.c.id > since.scan, SCAN.c.received_ms >= earliest, SCAN.c.confirmed_ms >= earliest)
    read = select(SCAN.c.cadre).where(SCAN.c.sitting == sitting.id, is_new)
    written = select(LINE.c.cadre).where(LINE.c.sitting == sitting.id, LINE.c.id > since.line)
    return {*store.execute(read.union(written)).scalars()}


def _elsewhere(store: Connection, others: set[int], since: Bookmark) -> set[int]:
    """What is new is little, and found by its number; a database that were told which sittings to look at would look
    through all that was ever read there."""
    news = ((SCAN, since.scan), (LINE, since.line))
    new = (select(each.c.cadre, each.c.sitting).where(each.c.id > last) for each, last in news)
    return {cadre for query in new for cadre, number in store.execute(query) if number in others}


def _ever_here(store: Connection, sitting: Sitting) -> set[int]:
    here = (select(each.c.cadre).where(each.c.sitting == sitting.id) for each in (SCAN, LINE))
    return {*store.execute(union(*here)).scalars()}


def _seated_here(books: Connection, sitting: Sitting) -> set[int]:
    """By the file that the seat names."""
    is_it = (SEATING.c.class_code == sitting.slot.class_code) & (SEATING.c.place == sitting.place)
    return {*books.execute(select(SEATING.c.cadre).where(current(SEATING), is_it)).scalars()}


def _with_telephones_of(store: Connection, session: Collection[int], cadres: Collection[int]) -> set[int]:
    found: set[int] = set()
    for piece in chunks(cadres):
        theirs = select(SCAN.c.device).where(SCAN.c.cadre.in_(piece), SCAN.c.device != "")
        same = select(SCAN.c.cadre, SCAN.c.sitting).where(SCAN.c.device.in_(theirs))
        found.update(cadre for cadre, number in store.execute(same) if number in session)
    return found


def rooted(books: Connection, cadres: Collection[int]) -> set[int]:
    """The same people, each by the file that counts."""
    root = roots(books)
    return {root.get(cadre, cadre) for cadre in cadres}


# A part of a session --------------------------------------------------------------------------------------------------


def part_of(
    books: Connection, store: Connection, sitting: Sitting, cadres: Collection[int], rules: AttendingRules
) -> ClassSession | None:
    """The session as `session_of` has it, but of these people alone, by any of their files; None where the class has it
    no longer."""
    hours = hours_of(books, sitting.slot, rules)
    if hours is None:
        return None
    root, code, sittings = roots(books), sitting.slot.class_code, tuple(sittings_of(store, sitting.slot))
    numbers, wanted = numbers_in(sitting.slot), _files(root, cadres)
    near = _files(root, (*wanted, *_with_telephones_of(store, {each.id for each in sittings}, wanted)))
    seats, there = seats_among(books, code, wanted), _enrolled(books, code, wanted, root)
    scans = [replace(each, cadre=root.get(each.cadre, each.cadre)) for each in scans_of(store, numbers, near)]
    lines = [replace(each, cadre=root.get(each.cadre, each.cadre)) for each in lines_of(store, numbers, wanted)]
    found = rows({root.get(file, file) for file in wanted}, scans, lines, hours)
    return ClassSession(
        sitting.slot, hours, places_of(books, code), {own: seats.get(own, NOWHERE) for own in sorted(there)}, sittings,
        {own: row for own, row in found.items() if own in wanted}, by_person(lines),
    )  # fmt: skip


def expected_at(books: Connection, store: Connection, sitting: Sitting) -> set[int]:
    """Whoever may be on this sitting's list, each by any of their files: those who sit there (where the class has one
    place, all of it), and those who were seen there."""
    code = sitting.slot.class_code
    if len(places_of(books, code)) == 1:
        return {*enrolled(books, code)} | _ever_here(store, sitting)
    where = (SEATING.c.class_code == code) & (SEATING.c.place == sitting.place)
    seated = books.execute(select(SEATING.c.cadre).where(current(SEATING), where)).scalars()
    return {*seated} | _ever_here(store, sitting)


def _files(root: Mapping[int, int], cadres: Iterable[int]) -> set[int]:
    """All files of these people."""
    own = {root.get(cadre, cadre) for cadre in cadres}
    return own | {absorbed for absorbed, kept in root.items() if kept in own}


def _enrolled(books: Connection, class_code: str, files: set[int], root: Mapping[int, int]) -> set[int]:
    """Of the people of these files, those who are enrolled in the class."""
    rows_ = in_chunks(books, ENROLMENT, ENROLMENT.c.cadre, files)
    return {root.get(row["cadre"], row["cadre"]) for row in rows_ if row["class_code"] == class_code}
