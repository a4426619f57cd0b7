"""One session as it stands: its sittings, its people and where they belong, and the sheet of all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from boiduong_exporter.rulebook.attending import AttendingRules
from boiduong_records.enrolment import enrolled
from boiduong_records.merging import roots
from boiduong_records.seating import NOWHERE, Seated, seating_of
from boiduong_records.tables import PLACE
from boiduong_records.versions import current
from sqlalchemy import Connection, select

from boiduong_server.attending.lines import lines_of
from boiduong_server.attending.readings import scans_of
from boiduong_server.attending.schedule import hours_of
from boiduong_server.attending.sheet import Hours, Line, Row, rows
from boiduong_server.attending.sittings import Sitting, Slot, sittings_of


@dataclass(frozen=True)
class ClassSession:
    """`people` are the enrolled, by the files that count, with where each sits; `places` the names of the class's halls
    and bridges, or one empty name where it has none; `rows` go by person, those of people who are enrolled no more
    among them, and so does what was written of them."""

    slot: Slot
    hours: Hours
    places: tuple[str, ...]
    people: dict[int, Seated]
    sittings: tuple[Sitting, ...]
    rows: dict[int, Row]
    lines: dict[int, list[Line]]

    def belongs(self, cadre: int, place: str) -> bool:
        """Whether the person is expected at this place: seated there, or the only place that there is."""
        return len(self.places) == 1 or self.people.get(cadre, NOWHERE).place == place

    def roster(self, sitting: Sitting) -> list[int]:
        """Whom the monitor of this sitting has before them: those who belong there, and whoever was seen there."""
        seen = (cadre for cadre, row in self.rows.items() if sitting.id in (row.sitting, *row.elsewhere))
        expected = (cadre for cadre in self.people if self.belongs(cadre, sitting.place))
        return [*dict.fromkeys((*expected, *seen))]

    def is_of_another(self, cadre: int, sitting: Sitting) -> bool:
        """Whether the person sits at another place of the class, and nothing of them was seen at this sitting: then it
        is not for its monitor to say that they are absent."""
        seated, row = self.people.get(cadre, NOWHERE).place, self.rows.get(cadre) or Row(cadre)
        is_seen = sitting.id in (row.sitting, *row.elsewhere)
        return seated in self.places and seated != sitting.place and not is_seen

    def is_known_absent(self, cadre: int) -> bool:
        """Of somebody of whom nothing was seen or written: whether that is known, for the place where they sit (or,
        where that was not said, every place of the class) has closed its attendance."""
        closed = {each.place for each in self.sittings if each.closed_ms is not None}
        seated = self.people.get(cadre, NOWHERE).place
        return {seated} <= closed if seated in self.places and seated else {*self.places} <= closed


def session_of(books: Connection, store: Connection, slot: Slot, rules: AttendingRules) -> ClassSession | None:
    """None where the class has no such session."""
    hours = hours_of(books, slot, rules)
    if hours is None:
        return None
    seated = seating_of(books, slot.class_code)
    people = {cadre: seated.get(cadre, NOWHERE) for cadre in enrolled(books, slot.class_code)}
    sittings, root = tuple(sittings_of(store, slot)), roots(books)
    numbers = [each.id for each in sittings]
    scans, lines = scans_of(store, numbers), lines_of(store, numbers)
    if root:  # whoever was merged since under the file that counts
        scans = [replace(each, cadre=root.get(each.cadre, each.cadre)) for each in scans]
        lines = [replace(each, cadre=root.get(each.cadre, each.cadre)) for each in lines]
    found = rows(people, scans, lines, hours)
    return ClassSession(slot, hours, places_of(books, slot.class_code), people, sittings, found, by_person(lines))


def places_of(books: Connection, class_code: str) -> tuple[str, ...]:
    query = select(PLACE.c.name).where(current(PLACE), PLACE.c.class_code == class_code).order_by(PLACE.c.row_id)
    return tuple(dict.fromkeys(books.execute(query).scalars())) or ("",)


def by_person(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """The earliest first."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda each: (each.at_ms, each.nonce)):
        found[line.cadre].append(line)
    return dict(found)
