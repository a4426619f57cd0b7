"""Half days into the ledger: what a session's sheet says of its people becomes Attendance, and a sealed one is set
right.

What the ledger has already is never overwritten and never entered twice, whichever way it came: an imported sheet and a
sealed session of the same words are one entry.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from boiduong_records.beats import erased_subjects, said_on
from boiduong_records.bodies import decode, live
from boiduong_records.decision import Decision
from boiduong_records.entry import Draft
from boiduong_records.errors import BooksError
from boiduong_records.ledger import append, lock, origin, reverse
from boiduong_records.merging import subjects
from boiduong_records.tables import CADRE, LEDGER
from boiduong_vocabulary.evidence import NAMES, Attendance, Presence
from sqlalchemy import Connection, select

from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.attendance_class import HeldClass, Mark, Slot, held_classes
from boiduong_exporter.imports.attendance_ledger import Entered, Known, draft, files

_KIND = NAMES[Attendance]


@dataclass(frozen=True)
class Seen:
    """What a sheet says of one person. `place` is a hall or bridge of the class, or empty; times are minutes after
    local midnight. `by` is whose word it is: who closed the attendance there."""

    cadre: int
    presence: Presence
    place: str = ""
    came: int | None = None
    left: int | None = None
    by: str = ""


@dataclass(frozen=True)
class Clash:
    """Somebody of whom nothing was entered, and why."""

    cadre: int
    why: No


@dataclass(frozen=True)
class SheetSeal:
    """What sealing came to: `entries` newly made, `people` of whom the ledger now says what the sheet says."""

    people: int
    entries: int
    clashes: tuple[Clash, ...] = ()


def seal_sheet(connection: Connection, class_code: str, slot: Slot, sheet: Collection[Seen], at_ms: int) -> SheetSeal:
    """Enter one session's sheet, in the transaction of `connection`. Doing it again enters nothing. Of somebody whose
    bodies were erased nothing is entered, nor said.

    Raises BooksError where the class has no such session.
    """
    lock(connection)
    held = _held(connection, class_code)
    known_files, erased = files(connection), erased_subjects(connection)
    people = {each.cadre: subject for each in sheet if (subject := known_files.subjects[each.cadre]) not in erased}
    known = Known(connection, known_files, set(people.values()))
    drafts: list[Draft] = []
    clashes: list[Clash] = []
    for each in sheet:
        if each.cadre not in people:
            continue
        said = attendance(held, slot, (each.presence, each.came, each.left), each.place)
        found = [*known.clashes(people[each.cadre], [said])] if isinstance(said, Attendance) else [said]
        if isinstance(said, No) or found:
            clashes += [Clash(each.cadre, why) for why in found]
        else:
            drafts += known.drafts(people[each.cadre], [said], each.by)
    entered = append(connection, drafts, at_ms)
    return SheetSeal(len(drafts), sum(not each.known for each in entered), tuple(clashes))


def attendance(held: HeldClass, slot: Slot, mark: Mark, place: str) -> Attendance | No:
    """The evidence that these words make. Where somebody was absent need not be known."""
    delivery = held.session(slot)
    if isinstance(delivery, No):
        return delivery
    venue = held.venue(place, [slot])
    if isinstance(venue, No):
        if place or mark[0] is Presence.PRESENT:
            return venue
        venue = ("", None)
    return held.attendance(slot, delivery, venue, mark)


def _held(connection: Connection, class_code: str) -> HeldClass:
    found = held_classes(connection).get(class_code)
    if found is None:
        raise BooksError(f"sổ không có lớp «{class_code}»", "nhập lại danh sách lớp, hoặc đính chính ở sổ")
    return found


# Corrections ----------------------------------------------------------------------------------------------------------


def standing(connection: Connection, seq: int) -> tuple[str, Attendance] | None:
    """Subject and evidence of an entry of attendance; None where the entry is no such thing or was taken back."""
    subject = connection.execute(select(LEDGER.c.subject).where(LEDGER.c.seq == seq)).scalar_one_or_none()
    for number, _, kind, body in live(connection, [subject]) if subject else ():
        if number == seq and kind == _KIND:
            said = decode(kind, body)
            assert isinstance(said, Attendance)
            return str(subject), said
    return None


def corrected(connection: Connection, old: Attendance, mark: Mark, place: str) -> Attendance | No:
    """The same half day as two people want it to stand."""
    return attendance(_held(connection, old.class_code), (old.date, old.half), mark, place)


def places_of(connection: Connection, class_code: str) -> tuple[str, ...]:
    """The halls and bridges that attendance of the class may name."""
    return tuple(name for name, _ in _held(connection, class_code).places.values())


def correct(connection: Connection, seq: int, said: Attendance, by: Decision) -> int:
    """Take the entry back and enter what is to stand in its stead, in the transaction of `connection`; the new entry's
    number.

    Raises BooksError where the entry no longer stands, where it says the same, and unless two people answer for it.
    """
    lock(connection)
    found = standing(connection, seq)
    if found is None:
        raise BooksError(f"mục số {seq} không còn đứng trong sổ: đã được đảo", "xem mục mới hơn của buổi này ở sổ")
    subject, old = found
    if old == said:
        raise BooksError(f"mục số {seq} đã ghi đúng như vậy", "không cần đính chính")
    reverse(connection, seq, by)
    (appended,) = append(connection, [_corrected(connection, Entered(seq, subject, said), by)], by.at_ms)
    assert appended.seq is not None
    return appended.seq


def _corrected(connection: Connection, wanted: Entered, by: Decision) -> Draft:
    """Its source is what a sheet of the same words would have, so that a sheet set right and brought again changes
    nothing. Words that stood once before and were taken back have used that up."""
    plain = draft(wanted, by.author)
    used = select(LEDGER.c.seq).where(LEDGER.c.origin == origin(connection, plain.source))
    is_used = connection.execute(used).first() is not None
    source = f"{plain.source}|{wanted.seq}" if is_used else plain.source
    return replace(plain, source=source, approver=by.approver)


# What stands ----------------------------------------------------------------------------------------------------------


def standing_at(connection: Connection, class_code: str, slot: Slot) -> dict[int, tuple[int, Attendance]]:
    """Number and words of what the ledger has of each person in one session, by the file that counts after merging."""
    person, found = subjects(connection), {}
    for each in said_on(connection, _KIND, slot[0]):
        said = decode(_KIND, each.body)
        assert isinstance(said, Attendance)
        if not each.taken_back and (said.class_code, said.date, said.half) == (class_code, *slot):
            found[person[each.subject]] = each.seq, said
    return found


def standing_of(connection: Connection, cadres: Collection[int]) -> Iterator[tuple[int, Attendance]]:
    """Number and words of all that the ledger has of one person's half days; `cadres` are all their files."""
    keys = connection.execute(select(CADRE.c.subject).where(CADRE.c.cadre.in_(cadres))).scalars().all()
    for seq, _, kind, body in live(connection, keys):
        if kind == _KIND:
            said = decode(kind, body)
            assert isinstance(said, Attendance)
            yield seq, said
