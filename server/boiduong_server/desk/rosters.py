"""A sitting's list as its pages show it: people in the order of teams and names, and in words what is known of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from boiduong_exporter.gathering.people import Who, some
from boiduong_records.seating import team_order
from boiduong_vocabulary.evidence import Presence
from sqlalchemy import Connection

from boiduong_server.attending.readings import waiting_at
from boiduong_server.attending.session import ClassSession
from boiduong_server.attending.sheet import How, Mark, Row, Scan, minute_of, standing
from boiduong_server.attending.sittings import Sitting
from boiduong_server.desk.times import clock
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.house import House

UNKNOWN, ELSEWHERE = "unknown", "elsewhere"
"""What is shown of somebody beside the presences: nobody has said anything, or they are at another place."""
MARKS = {Mark.PRESENT: "có mặt", Mark.ABSENT: "vắng", Mark.EXCUSED: "vắng có phép", Mark.UNDONE: "bỏ ghi"}
REASONS = ("quên điện thoại", "máy hết pin", "không quét được mã", "có phép", "ốm", "đi công tác")
"""Ready ones; any other may be written."""
OTHERS = "Từ điểm học khác"
NO_TEAM = "Chưa xếp tổ"


@dataclass(frozen=True)
class Person:
    """One row. `key` names them in forms; `group` is a team; `state` is a Presence or one of those above; `how`: where
    it comes from; `asks`: a claim waits for the monitor's word, and nothing that the monitor wrote has answered it."""

    key: str
    name: str
    code: str
    unit: str
    group: str
    state: str
    said: str
    how: str
    notes: tuple[str, ...]
    is_late: bool
    asks: bool

    @property
    def source(self) -> str:
        return How(self.how).label if self.how else ""

    def told(self) -> dict[str, object]:
        """For a page's script."""
        return {
            "key": self.key, "name": self.name, "code": self.code, "unit": self.unit, "group": self.group,
            "state": self.state, "said": self.said, "how": self.how, "source": self.source, "notes": self.notes,
            "late": self.is_late, "asks": self.asks,
        }  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """A code that a telephone kept, and that waits for the monitor's word; `at` is the telephone's time, "7:40"."""

    nonce: str
    name: str
    code: str
    at: str

    def told(self) -> dict[str, object]:
        """For a page's script."""
        return {"nonce": self.nonce, "name": self.name, "code": self.code, "at": self.at}


def people_at(books: Connection, at: House, session: ClassSession, sitting: Sitting) -> list[Person]:
    """Everybody of the sitting's list, by team and Vietnamese name; who belongs elsewhere comes last."""
    return persons(books, at, session, sitting, session.roster(sitting))


def persons(
    books: Connection, at: House, session: ClassSession, sitting: Sitting, cadres: Collection[int]
) -> list[Person]:
    """These people of the session, as this sitting sees them."""
    mentioned = {other for cadre in cadres for other in session.rows.get(cadre, Row(cadre)).shared}
    whos = some(books, {*cadres, *mentioned})
    words = _Words(shared(books, at), session, sitting, {each.cadre: each.name for each in whos})
    wanted = {*cadres}
    return sorted((words.person(each) for each in whos if each.cadre in wanted), key=_order)


def _order(person: Person) -> tuple[object, ...]:
    """Of its team; people of one come in the order of their names already."""
    return person.group == OTHERS, team_order("" if person.group == NO_TEAM else person.group)


def by_team(people: Sequence[Person]) -> list[tuple[str, list[Person]]]:
    """What `people_at` gave, team by team."""
    return [(team, [*members]) for team, members in groupby(people, lambda each: each.group)]


@dataclass(frozen=True)
class Tally:
    """People of a sitting's list. `missing` are those of whom nothing is known yet, or who are absent."""

    present: int
    late: int
    excused: int
    missing: int
    asks: int


def tally(people: Collection[Person]) -> Tally:
    here = [each for each in people if each.state == Presence.PRESENT]
    return Tally(
        len(here), sum(each.is_late for each in here), sum(each.state == Presence.EXCUSED for each in people),
        sum(each.state in (Presence.ABSENT, UNKNOWN) for each in people), sum(each.asks for each in people),
    )  # fmt: skip


def claims_at(books: Connection, store: Connection, session: ClassSession, sitting: Sitting) -> list[Claim]:
    """What the monitor is to confirm, by Vietnamese name."""
    asked = [each for each in waiting_at(store, sitting.id) if _asks(session.rows.get(each.cadre))]
    order = {who.cadre: (place, who) for place, who in enumerate(some(books, {each.cadre for each in asked}))}
    known = sorted((each for each in asked if each.cadre in order), key=lambda each: (order[each.cadre][0], each.at_ms))
    return [Claim(each.nonce, order[each.cadre][1].name, order[each.cadre][1].code, _at(each)) for each in known]


def _at(scan: Scan) -> str:
    return clock(minute_of(scan.at_ms))


def _asks(row: Row | None) -> bool:
    return row is not None and row.waits and row.how not in (How.HAND, How.PAPER)


@dataclass(frozen=True)
class _Words:
    known: Shared
    session: ClassSession
    sitting: Sitting
    names: Mapping[int, str]

    def person(self, who: Who) -> Person:
        row = self.session.rows.get(who.cadre) or Row(who.cadre)
        state = self._state(row)
        units = (self.known.name_of(post.organization) for post in who.posts_on(self.known.day))
        return Person(
            who.subjects[0], who.name, who.code, "; ".join(dict.fromkeys(units)), self._group(who.cadre), state,
            ", ".join(self._said(row, state)), row.how.value if row.how else "", tuple(self._notes(row, state)),
            row.late > 0, _asks(row),
        )  # fmt: skip

    def _group(self, cadre: int) -> str:
        if cadre not in self.session.people or not self.session.belongs(cadre, self.sitting.place):
            return OTHERS
        return self.session.people[cadre].team or NO_TEAM

    def _state(self, row: Row) -> str:
        if row.presence is Presence.PRESENT and row.sitting != self.sitting.id:
            return ELSEWHERE
        if row.presence is not None:
            return row.presence.value
        return Presence.ABSENT.value if self.session.is_known_absent(row.cadre) else UNKNOWN

    def _said(self, row: Row, state: str) -> Iterator[str]:
        if state == ELSEWHERE:
            yield f"Có mặt ở {self._place(row.sitting)}"
        elif state == UNKNOWN:
            yield "Chưa điểm danh"
        else:
            yield Presence(state).label.capitalize()
        if row.came is not None:
            yield f"vào {clock(row.came)}"
        if row.late:
            yield f"muộn {row.late} phút"
        if row.left is not None:
            yield f"ra {clock(row.left)}"
        if row.early:
            yield f"về sớm {row.early} phút"

    def _notes(self, row: Row, state: str) -> Iterator[str]:
        if row.reason or row.by:
            yield f"{row.reason}{' – ' if row.reason and row.by else ''}{row.by}"
        if row.how not in (None, How.CODE) and row.read is not None and row.read != row.came:
            yield f"đã quét mã lúc {clock(row.read)}"
        if row.claimed_offline:
            yield "mã giữ trên máy khi mất mạng, đã xác nhận"
        if row.sent_later:
            yield "ghi khi mất mạng, gửi sau"
        if row.waits:
            yield "có mã gửi sau, chờ xác nhận" if _asks(row) else "có mã gửi sau"
        if row.shared:
            yield f"cùng máy với {', '.join(self._name(each) for each in row.shared)}"
        for each in row.elsewhere:
            yield f"cũng quét mã ở {self._place(each)}"
        if row.unleft and state != ELSEWHERE:
            yield "chưa điểm danh ra"
        if row.cadre not in self.session.people:
            yield "không có trong danh sách lớp"
        yield from self._before(row)

    def _before(self, row: Row) -> Iterator[str]:
        """What was written of them and no longer holds, and what undid it."""
        lines = self.session.lines.get(row.cadre, [])
        holds = standing(lines) if row.how not in (None, How.CODE) else None
        for line in lines[::-1]:
            if line is not holds:
                reason = f": {line.reason}" if line.reason else ""
                yield f"{clock(minute_of(line.at_ms))} {MARKS[line.mark]}, {line.how.label}{reason} – {line.by}"

    def _name(self, cadre: int) -> str:
        return f"«{self.names.get(cadre, 'người khác')}»"

    def _place(self, number: int | None) -> str:
        place = next((each.place for each in self.session.sittings if each.id == number), "")
        return f"«{place}»" if place else "nơi khác"
