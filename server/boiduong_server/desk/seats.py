"""What the list of a class says of seats, and how chosen people are given a place, a team, a leader."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from boiduong_exporter.imports.enrolment import NOTHING
from boiduong_records.decision import Decision
from boiduong_records.seating import NOWHERE, Said, Seated, seat, seating_of, team_name
from sqlalchemy import Connection

TEAM_LETTERS = 40
_LEADS = {"la": True, "thoi": False}


@dataclass(frozen=True)
class Seats:
    """Where the people of a class sit, by their cadre. `places` are the class's own."""

    class_code: str
    places: tuple[str, ...]
    of: Mapping[int, Seated]

    @property
    def any_place(self) -> bool:
        return any(seated.place for seated in self.of.values())

    @property
    def any_team(self) -> bool:
        return any(seated.team for seated in self.of.values())

    def unplaced(self, cadres: Collection[int]) -> int:
        """How many of them have no place that the class has."""
        return sum(self.of.get(cadre, NOWHERE).place not in self.places for cadre in cadres)


def seats(connection: Connection, class_code: str, places: Collection[str]) -> Seats:
    return Seats(class_code, tuple(places), seating_of(connection, class_code))


def said_in(form: Mapping[str, str]) -> Said:
    """What a form says: an empty field leaves its part as it is, a dash takes it back."""
    place, team = form.get("diem-hoc", "").strip(), team_name(form.get("to", ""))
    return Said(_part(place), _part(team), _LEADS.get(form.get("to-truong", "")))


def _part(said: str) -> str | None:
    return "" if said in NOTHING else said or None


def seat_people(connection: Connection, there: Seats, people: Collection[int], said: Said, by: Decision) -> str:
    """Give all of these people this seat, or none of them; what to tell."""
    after = [said.over(there.of.get(cadre, NOWHERE)) for cadre in people]
    wrong = (
        (not people, "Chưa chọn ai để xếp chỗ."),
        (said == Said(), "Chưa ghi điểm học, tổ hay tổ trưởng."),
        (said.place and said.place not in there.places, f"Lớp không có điểm học «{said.place}»."),
        (len(said.team or "") > TEAM_LETTERS, f"Tên tổ dài quá {TEAM_LETTERS} chữ."),
        (said.leads and len(people) > 1, "Ghi tổ trưởng thì chọn đúng một người."),
        (said.leads and not all(seated.team for seated in after), "Tổ trưởng cần có tổ: ghi cả tổ của người này."),
    )
    if told := next((message for is_so, message in wrong if is_so), ""):
        return told
    if seat(connection, there.class_code, dict.fromkeys(people, said), by) is None:
        return "Những người đã chọn đang ở đúng chỗ ấy, nên sổ không đổi."
    return f"Đã ghi chỗ cho {len(people)} người.{_several(seating_of(connection, there.class_code), people)}"


def _several(seating: Mapping[int, Seated], people: Collection[int]) -> str:
    """That a team has more than one leader now; all of them may tick it."""
    leaders = [each.team_key for each in seating.values() if each.leads]
    for cadre in people:
        seated = seating.get(cadre, NOWHERE)
        if seated.leads and (count := leaders.count(seated.team_key)) > 1:
            return f" {seated.team} nay có {count} tổ trưởng; ai thôi thì ghi thôi làm tổ trưởng."
    return ""
