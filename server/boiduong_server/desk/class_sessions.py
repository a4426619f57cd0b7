"""What the class kit shows: the sessions of a class, and of each the places that somebody runs or looks at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from boiduong_exporter.rulebook.attending import AttendingRules
from boiduong_records.enrolment import enrolled
from boiduong_records.seating import NOWHERE, seating_of
from boiduong_records.tables import PLACE, SESSION
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Half
from boiduong_vocabulary.vietnamese import slug
from sqlalchemy import Connection

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.counts import present_in_session
from boiduong_server.attending.schedule import hours, window
from boiduong_server.attending.session import places_of
from boiduong_server.attending.sheet import Hours
from boiduong_server.attending.sittings import Sitting, Slot, by_place, sittings_in
from boiduong_server.desk.class_lists import ENROLLERS, class_name
from boiduong_server.desk.monitors import monitored, monitored_classes
from boiduong_server.desk.running import cares_for
from boiduong_server.desk.words import hours as said_hours

_ORDER = [*Half]


@dataclass(frozen=True)
class ClassRun:
    """A class, and of its places those that the reader runs or, where not `runs`, looks at; all of them where it is
    `whole`. A class that names no places has one, of empty name."""

    code: str
    name: str
    places: tuple[str, ...]
    runs: bool
    whole: bool

    def places_at(self, session: "Session") -> tuple[str, ...]:
        """Also those that the class has no longer, where attendance was opened there."""
        opened = (each.place for each in session.sittings if each.opened_ms is not None)
        return tuple(dict.fromkeys((*self.places, *opened))) if self.whole else self.places


def run_of(books: Connection, who: Account, code: str) -> ClassRun | None:
    """None of a class that is not there, or of which the reader runs and oversees nothing."""
    name = class_name(books, code)
    if name is None:
        return None
    if cares_for(books, who, code, ENROLLERS):
        return ClassRun(code, name, places_of(books, code), runs=True, whole=True)
    own = tuple(dict.fromkeys(monitored(books, who, code))) if Role.MONITOR in who.roles else ()
    if own:
        return ClassRun(code, name, own, runs=True, whole=False)
    if cares_for(books, who, code, (Role.AUDITOR,)):
        return ClassRun(code, name, places_of(books, code), runs=False, whole=True)
    return None


@dataclass(frozen=True)
class Session:
    """`scheduled`: the class's schedule has it; one that was opened and has been moved since is shown all the same.
    `from_ms`: when it may be opened."""

    slot: Slot
    hours: Hours
    from_ms: int
    scheduled: bool
    sittings: tuple[Sitting, ...]

    @property
    def key(self) -> str:
        return key_of(self.slot)

    @property
    def said(self) -> str:
        return self.slot.said

    @property
    def said_hours(self) -> str:
        return said_hours(self.hours.starts, self.hours.ends)

    @property
    def counts(self) -> dict[str, int]:
        """How many of its sittings stand how."""
        return Counter(state_of(each) for each in self.sittings if each.opened_ms is not None)


def key_of(slot: Slot) -> str:
    """Its name in addresses: "2026-11-26-sang"."""
    return f"{slot.date.isoformat()}-{slug(slot.half.label)}"


def state_of(sitting: Sitting | None) -> str:
    if sitting is None or sitting.opened_ms is None:
        return "chưa mở"
    if sitting.closed_ms is None:
        return "đang mở"
    return "đã kết thúc" if sitting.sealed_ms is None else "đã niêm phong"


def sessions_of(books: Connection, store: Connection, code: str, rules: AttendingRules) -> list[Session]:
    """In the order of their days."""
    there: dict[Slot, list[Sitting]] = defaultdict(list)
    for sitting in sittings_in(store, [code]):
        there[sitting.slot].append(sitting)
    planned = {
        Slot(code, row["date"], Half(row["half"])): hours(row["starts"], row["ends"], rules)
        for row in contents(books, SESSION, scope=SESSION.c.class_code == code)
    }
    opened = {slot for slot, held in there.items() if any(each.opened_ms is not None for each in held)}

    def session(slot: Slot) -> Session:
        held = planned.get(slot, Hours())
        return Session(slot, held, window(slot, held, rules)[0], slot in planned, tuple(there[slot]))

    found = map(session, {*planned, *opened})
    return sorted(found, key=lambda each: (each.slot.date, _ORDER.index(each.slot.half)))


@dataclass(frozen=True)
class PlaceLine:
    """A session at one place: who is expected there, and who is checked in."""

    place: str
    monitor: str
    sitting: Sitting | None
    expected: int
    present: int

    @property
    def state(self) -> str:
        return state_of(self.sitting)

    @property
    def difference(self) -> int:
        """Of the heads that were counted and those checked in; 0 also where nobody counted."""
        return difference(self.sitting, self.present)


def difference(sitting: Sitting | None, present: int) -> int:
    return abs(sitting.headcount - present) if sitting is not None and sitting.headcount is not None else 0


@dataclass(frozen=True)
class Roster:
    """Of a class: how many are expected at each place, how many sit nowhere, and who monitors where."""

    expected: Mapping[str, int]
    unseated: int
    monitors: Mapping[str, str]


def roster_of(books: Connection, code: str) -> Roster:
    places = contents(books, PLACE, scope=PLACE.c.class_code == code)
    monitors = {row["name"]: row["monitor"] for row in places}
    people, seated = enrolled(books, code), seating_of(books, code)
    if len(monitors) < 2:
        return Roster({next(iter(monitors), ""): len(people)}, 0, monitors)
    expected = Counter(seated.get(cadre, NOWHERE).place for cadre in people)
    unseated = sum(count for place, count in expected.items() if place not in monitors)
    return Roster(expected, unseated, monitors)


def place_lines(store: Connection, session: Session, places: Iterable[str], roster: Roster) -> list[PlaceLine]:
    """In the order of the register."""
    held = by_place(session.sittings)
    present = present_in_session(store, session.sittings[0]) if session.sittings else {}
    return [
        PlaceLine(
            place, roster.monitors.get(place, ""), found := held.get(place), roster.expected.get(place, 0),
            present.get(found.id, 0) if found else 0,
        )
        for place in places
    ]  # fmt: skip


def monitored_on(books: Connection, who: Account, day: date) -> list[tuple[str, str]]:
    """Code and name of the classes that meet on the day, of which some place names this person as its monitor."""
    if Role.MONITOR not in who.roles:
        return []
    own = monitored_classes(books, who)
    meeting = {row["class_code"] for row in contents(books, SESSION, scope=SESSION.c.date == day)}
    return [(code, class_name(books, code) or code) for code in sorted(own & meeting)]
