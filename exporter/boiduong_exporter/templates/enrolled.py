"""What the books know of a class that its attendance sheet is written from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from boiduong_records.bodies import decode, live
from boiduong_records.enrolment import enrolled
from boiduong_records.matching import Candidate, directory
from boiduong_records.merging import subjects
from boiduong_records.seating import NOWHERE, Seated, seating_of, team_order
from boiduong_records.tables import CLASS, ORGANIZATION, PLACE, POST, SESSION
from boiduong_records.versions import contents, in_chunks
from boiduong_vocabulary.evidence import NAMES, Attendance, Half
from boiduong_vocabulary.vietnamese import fold, name_order
from sqlalchemy import Connection

from boiduong_exporter.imports.units import units_of
from boiduong_exporter.imports.whose import shown_birth

Slot = tuple[date, Half]
_ORDER = [*Half]


@dataclass(frozen=True)
class Attendee:
    """A row of the sheet, each value as it is read again."""

    code: str
    name: str
    birth: str
    unit: str
    place: str
    team: str = ""


@dataclass(frozen=True)
class SheetOf:
    """One class: where it meets and when, and those who are enrolled or have attended it so far. `place` is the hall or
    bridge that the sheet is for, empty where it is for all; `ends`: its last session is the class's."""

    code: str
    name: str
    venue: str
    sessions: tuple[Slot, ...]
    people: tuple[Attendee, ...] = ()
    places: tuple[str, ...] = ()
    place: str = ""
    ends: bool = True

    def part(self, place: str, slots: Collection[Slot]) -> "SheetOf":
        """For one place (empty: all of them) and for these half days (none: all of them). Where there is only one place
        everybody is there; of several, those whose seat is there or who sat there last."""
        sessions = tuple(slot for slot in self.sessions if not slots or slot in slots)
        people = self.people
        if place and len(self.places) > 1:
            people = tuple(each for each in people if each.place == place)
        ends = sessions[-1:] == self.sessions[-1:]
        return replace(self, sessions=sessions, people=people, place=place, ends=ends)

    @property
    def has_teams(self) -> bool:
        return any(each.team for each in self.people)


def sheet_of(
    connection: Connection, class_code: str, place: str = "", slots: Collection[Slot] = ()
) -> SheetOf | list[str]:
    """The class, or what `part` of it is asked for; or the codes of the classes there are."""
    classes = {row["code"]: row for row in contents(connection, CLASS)}
    if class_code not in classes:
        return sorted(classes)
    found = classes[class_code]
    sessions = _slots(row for row in contents(connection, SESSION) if row["class_code"] == class_code)
    of_class = contents(connection, PLACE, scope=PLACE.c.class_code == class_code)
    places = tuple(row["name"] for row in of_class)
    people = _people(connection, class_code, sessions[-1][0] if sessions else None, places)
    return SheetOf(class_code, found["name"], found["venue"], sessions, people, places).part(place, slots)


def _slots(rows: Iterable[Mapping[str, Any]]) -> tuple[Slot, ...]:
    slots = {(row["date"], Half(row["half"])) for row in rows}
    return tuple(sorted(slots, key=lambda slot: (slot[0], _ORDER.index(slot[1]))))


def _people(
    connection: Connection, class_code: str, last: date | None, places: tuple[str, ...]
) -> tuple[Attendee, ...]:
    """The enrolled and those with attendance that stands, by the place and team that they were given, then in the order
    of a Vietnamese list; the erased have no name to write."""
    where = dict.fromkeys(enrolled(connection, class_code), "") | _places_of(connection, class_code)
    known = [one for holders in directory(connection).by_name.values() for one in holders if one.cadre in where]
    organizations = _units_of_people(connection, {one.cadre for one in known}, last)
    told = _told(connection)
    seating = {cadre: _standing(each, places) for cadre, each in seating_of(connection, class_code).items()}

    def attendee(one: Candidate) -> Attendee:
        seated, unit = seating.get(one.cadre, NOWHERE), organizations.get(one.cadre, "")
        place = seated.place or where[one.cadre]
        return Attendee(one.code, one.name, shown_birth(one.birth), told.get(unit, unit), place, seated.team)

    def order(one: Candidate) -> tuple[object, ...]:
        seated = seating.get(one.cadre, NOWHERE)
        at = places.index(seated.place) if seated.place else len(places)
        return at, team_order(seated.team), name_order(one.name), one.birth, one.code

    return tuple(attendee(one) for one in sorted(known, key=order))


def _standing(seated: Seated, places: Collection[str]) -> Seated:
    """Without a place that the class has no longer: its sheet would be refused for it."""
    return seated if seated.place in places else replace(seated, place="")


def _places_of(connection: Connection, class_code: str) -> dict[int, str]:
    """Each cadre that attended, and the place where last; a live session has none."""
    owner = subjects(connection)
    found: dict[int, str] = {}
    for _, subject, kind, body in live(connection):
        if kind != NAMES[Attendance] or class_code not in body:
            continue
        evidence = decode(kind, body)
        if isinstance(evidence, Attendance) and evidence.class_code == class_code and subject in owner:
            found[owner[subject]] = evidence.place or found.get(owner[subject], "")
    return found


def _units_of_people(connection: Connection, cadres: set[int], last: date | None) -> dict[int, str]:
    """The organization of each one's post on the last day of the class; without such a post, of any."""
    held: dict[int, str] = {}
    for post in in_chunks(connection, POST, POST.c.cadre, cadres):
        if post["cadre"] not in held or _holds(post, last):
            held[post["cadre"]] = post["organization"]
    return held


def _holds(post: Mapping[str, Any], day: date | None) -> bool:
    return day is not None and (post["valid_from"] or day) <= day <= (post["valid_to"] or day)


def _told(connection: Connection) -> dict[str, str]:
    """What a row calls each organization: its name, or the code where others bear that name."""
    rows = contents(connection, ORGANIZATION)
    known = units_of(rows)
    return {row["code"]: row["name"] for row in rows if len(known.by_name[fold(row["name"])]) == 1}
