"""A team leader ticks the team on one telephone, for those who have none."""

from dataclasses import dataclass

from boiduong_records.merging import people_of, roots
from boiduong_records.seating import Seated, seats_of
from boiduong_records.tables import SEATING
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Presence
from boiduong_vocabulary.vietnamese import fold
from flask import Blueprint, abort, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from boiduong_server.accounts.roles import Role
from boiduong_server.attending.changes import bookmark_now, bookmark_of, part_of
from boiduong_server.attending.session import ClassSession, places_of
from boiduong_server.attending.sheet import How, Mark, Row, standing
from boiduong_server.attending.sittings import Sitting, sitting_of, sittings_in
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_lists import class_name
from boiduong_server.desk.marking import Rules, Sent, answered, cadres_by_key, form_lines, sent_lines, take
from boiduong_server.desk.rosters import persons

BLUEPRINT = Blueprint("team", __name__)


@dataclass(frozen=True)
class Team:
    """Those whom somebody leads, as a sitting's session has them. `why_not`: why the leader may not tick now; empty
    where they may."""

    sitting: Sitting
    session: ClassSession
    leader: int
    seat: Seated

    @property
    def members(self) -> list[int]:
        """Without the leader."""
        return [
            cadre for cadre, seat in self.session.people.items() if cadre != self.leader and _is_of(seat, self.seat)
        ]

    @property
    def why_not(self) -> str:
        if self.sitting.sealed_ms is not None or self.sitting.closed_ms is not None:
            return "Điểm danh đã kết thúc"
        if self.sitting.opened_ms is None:
            return "Chưa mở điểm danh"
        return "" if self.is_leader_here else "Tổ trưởng điểm danh cho mình trước, rồi mới ghi cho tổ"

    @property
    def is_leader_here(self) -> bool:
        row = self.session.rows.get(self.leader) or Row(self.leader)
        return row.presence is Presence.PRESENT and row.sitting == self.sitting.id

    def line_of(self, cadre: int) -> str:
        """Who has the last word of a member: "team", "monitor", or nobody."""
        line = standing(self.session.lines.get(cadre, []))
        if line is None or line.mark is Mark.UNDONE:
            return ""
        return "team" if line.how is How.TEAM else "monitor"

    def refusal(self, sent: Sent, cadre: int) -> str:
        """Why a line is not taken. What was written while the sitting was open may come later."""
        if not self.sitting.takes(sent.at_ms) or self.sitting.opened_ms is None:
            return self.why_not or "Ngoài giờ điểm danh của buổi này"
        if not self.is_leader_here:
            return "Tổ trưởng điểm danh cho mình trước, rồi mới ghi cho tổ"
        if sent.mark not in (Mark.PRESENT, Mark.UNDONE):
            return "Tổ trưởng chỉ ghi người có mặt; người vắng do cán bộ quản lý lớp ghi"
        if sent.came is not None or sent.left is not None:
            return "Tổ trưởng không ghi giờ vào, giờ ra"
        return "Cán bộ quản lý lớp đã ghi người này" if self.line_of(cadre) == "monitor" else ""


def _is_of(seat: Seated, other: Seated) -> bool:
    return (seat.place, fold(seat.team)) == (other.place, fold(other.team))


@BLUEPRINT.app_context_processor
def _leading() -> dict[str, object]:
    """For a learner's own pages: where they tick their team now."""
    return {"teams_to_tick": _teams_to_tick}


def _teams_to_tick() -> list[str]:
    """The names of open sittings whose session has a team that whoever asks leads."""
    if account().cadre is None:
        return []
    with house().books.reading() as books, house().store.reading() as store:
        seats = seats_of(books, people_of(books, _own(books)))
        leading = {code: seat.place for code, seat in seats.items() if seat.leads and seat.team}
        alone = {code for code in leading if len(places_of(books, code)) == 1}
        today = house().today
        found = [each for each in sittings_in(store, leading) if each.is_open and each.slot.date == today]
    return [
        each.public for each in found if each.place == leading[each.slot.class_code] or each.slot.class_code in alone
    ]


@BLUEPRINT.get("/diem-danh/to/<public>")
@allow(Role.LEARNER)
def team(public: str) -> str:
    with house().books.reading() as books, house().store.reading() as store:
        found = _team(books, store, public)
        mark = bookmark_now(store, house().now_ms())
        people = persons(books, house(), found.session, found.sitting, found.members)
        name = class_name(books, found.sitting.slot.class_code)
    return render_template(
        "team/team.html", team=found, sitting=found.sitting, people=people, mark=mark,
        said=found.sitting.slot.said, class_name=name or found.sitting.slot.class_code,
    )  # fmt: skip


@BLUEPRINT.get("/diem-danh/to/<public>/tinh-hinh")
@allow(Role.LEARNER)
def news(public: str) -> dict[str, object]:
    """How the team stands: it is small enough to be told whole."""
    if bookmark_of(request.args.get("tu", "")) is None:
        abort(400)
    with house().books.reading() as books, house().store.reading() as store:
        found, mark = _team(books, store, public), bookmark_now(store, house().now_ms())
        people = persons(books, house(), found.session, found.sitting, found.members)
    return {"mark": str(mark), "state": "", "headcount": None, "rows": [each.told() for each in people], "refused": []}


@BLUEPRINT.post("/diem-danh/to/<public>/ghi")
@allow(Role.LEARNER)
def tick(public: str) -> Redirect | dict[str, object]:
    """What a page kept, or the form."""
    sent = sent_lines() if request.is_json else form_lines()
    with house().books.reading() as books, house().store.reading() as store:
        found = _team(books, store, public)
        asked = cadres_by_key(books, (each.key for each in sent))
    members = {key: cadre for key, cadre in asked.items() if cadre in found.members}
    answers = take(found.sitting, sent, Rules(How.TEAM, members, found.refusal))
    return answered(answers, f"/diem-danh/to/{public}")


def _team(books: Connection, store: Connection, public: str) -> Team:
    """The team of whoever asks, who leads it; else there is no such page."""
    sitting, cadre = sitting_of(store, public), account().cadre
    if sitting is None or cadre is None:
        abort(404)
    own, code = _own(books), sitting.slot.class_code
    seat = seats_of(books, people_of(books, own)).get(code)
    if seat is None or not seat.leads or not seat.team:
        abort(404)
    near = contents(books, SEATING, scope=(SEATING.c.class_code == code) & (SEATING.c.place == seat.place))
    some = {each["cadre"] for each in near if fold(each["team"]) == fold(seat.team)}
    session = part_of(books, store, sitting, {own, *some}, house().rules.attending)
    if session is None or own not in session.people or not session.belongs(own, sitting.place):
        abort(404)
    return Team(sitting, session, own, seat)


def _own(books: Connection) -> int:
    """The file of whoever asks that counts."""
    cadre = account().cadre
    assert cadre is not None
    return roots(books).get(cadre, cadre)
