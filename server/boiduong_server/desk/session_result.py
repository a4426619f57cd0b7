"""The figures of one sitting's result, for its workbook: what the sheet says and, once it is sealed, the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boiduong_exporter.reporting.basis import basis
from boiduong_exporter.reports.session_xlsx import Attendee, SessionResult
from boiduong_exporter.sealing.sheets import standing_at
from boiduong_records.merging import subjects
from boiduong_records.seating import NOWHERE
from boiduong_records.tables import PLACE
from boiduong_records.versions import contents
from boiduong_vocabulary.evidence import Attendance, Presence
from boiduong_vocabulary.vietnamese import show_date
from sqlalchemy import Connection

from boiduong_server.attending.session import ClassSession, session_of
from boiduong_server.attending.sheet import How, Row
from boiduong_server.attending.sittings import Sitting
from boiduong_server.desk.class_lists import Listed, class_name, listed
from boiduong_server.desk.times import clock
from boiduong_server.desk.words import hours, moment
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.house import House

Entries = Mapping[int, tuple[int, Attendance]]


def result_of(at: House, sitting: Sitting) -> SessionResult | None:
    """None where the class has no such session any more."""
    with at.books.reading() as books, at.store.reading() as store:
        session = session_of(books, store, sitting.slot, at.rules.attending)
        return _result(books, at, session, sitting) if session else None


def _result(books: Connection, at: House, session: ClassSession, sitting: Sitting) -> SessionResult:
    known, slot = shared(books, at), sitting.slot
    entries = standing_at(books, slot.class_code, (slot.date, slot.half)) if sitting.sealed_ms is not None else {}
    roster = session.roster(sitting)
    there = {cadre for cadre, (_, said) in entries.items() if said.place == sitting.place}
    cadre_of = subjects(books)
    people = listed(books, known, [*dict.fromkeys((*roster, *there))])
    names = {cadre_of[each.subject]: each.name for each in people}
    each_one = _Attendees(session, sitting, entries, names)
    rows = tuple(each_one.attendee(cadre_of[each.subject], each) for each in people)
    return SessionResult(
        f"Kết quả điểm danh {slot.said}",
        tuple(_facts(books, known, session, sitting)), sitting.headcount, rows,
        tuple(_notes(session, roster, sealed=bool(entries))),
        basis(books, known.world, at.rules, (), known.asked),
    )  # fmt: skip


def _facts(books: Connection, known: Shared, session: ClassSession, sitting: Sitting) -> Iterator[tuple[str, str]]:
    code = sitting.slot.class_code
    yield "Lớp", f"{class_name(books, code) or code} ({code})"
    held = hours(session.hours.starts, session.hours.ends)
    yield "Buổi", f"{sitting.slot.half.label} {show_date(sitting.slot.date)}{f', {held}' if held else ''}"
    if sitting.place:
        places = contents(books, PLACE, scope=PLACE.c.class_code == code)
        monitor = next((row["monitor"] for row in places if row["name"] == sitting.place), "")
        yield "Nơi học", f"{sitting.place}{f'; cán bộ quản lý lớp: {monitor}' if monitor else ''}"
    if sitting.opened_ms is not None:
        yield "Mở điểm danh", f"{moment(sitting.opened_ms)}, {sitting.opened_by}"
    yield "Kết thúc", f"{moment(sitting.closed_ms)}, {sitting.closed_by}" if sitting.closed_ms else "chưa kết thúc"
    if sitting.sealed_ms is not None:
        yield "Niêm phong", f"{moment(sitting.sealed_ms)}; số mục trong sổ ghi ở từng dòng"
    else:
        yield "Niêm phong", "chưa niêm phong, còn có thể thay đổi"


@dataclass(frozen=True)
class _Attendees:
    session: ClassSession
    sitting: Sitting
    entries: Entries
    names: Mapping[int, str]

    def attendee(self, cadre: int, who: Listed) -> Attendee:
        row = self.session.rows.get(cadre) or Row(cadre)
        entry = self.entries.get(cadre)
        presence, came, left = (
            (entry[1].presence, entry[1].check_in, entry[1].check_out) if entry else (row.presence, row.came, row.left)
        )
        is_here = presence is Presence.PRESENT and self._is_here(row, entry)
        return Attendee(
            who.name, who.code, who.unit, self.session.people.get(cadre, NOWHERE).team,
            self._result(cadre, presence, row), is_here, clock(came), clock(left),
            self.session.hours.late(came), self.session.hours.early(left),
            row.how.label if row.how else "", "; ".join(self._remarks(cadre, row, entry)), row.by,
            entry[0] if entry else None,
        )  # fmt: skip

    def _is_here(self, row: Row, entry: tuple[int, Attendance] | None) -> bool:
        return entry[1].place == self.sitting.place if entry and entry[1].place else row.sitting == self.sitting.id

    def _result(self, cadre: int, presence: Presence | None, row: Row) -> str:
        if presence is not None:
            return presence.label.capitalize()
        if row.waits:
            return "Chờ xác nhận"
        return Presence.ABSENT.label.capitalize() if self.session.is_known_absent(cadre) else "Chưa rõ"

    def _remarks(self, cadre: int, row: Row, entry: tuple[int, Attendance] | None) -> Iterator[str]:
        if row.reason:
            yield row.reason
        if row.how is How.CODE and row.claimed_offline:
            yield "mã giữ trên máy khi mất mạng, đã xác nhận"
        if row.shared:
            yield f"cùng máy với {', '.join(self.names.get(each, 'người khác') for each in row.shared)}"
        if row.presence is Presence.PRESENT and row.sitting not in (None, self.sitting.id):
            yield f"có mặt ở «{self._place(row)}»"
        if row.unleft:
            yield "chưa điểm danh ra"
        if cadre not in self.session.people:
            yield "không còn trong danh sách lớp"
        said = entry[1] if entry else None
        if said and row.presence and (said.presence, said.check_in) != (row.presence, row.came):
            yield "đã đính chính ở sổ"

    def _place(self, row: Row) -> str:
        return next((each.place for each in self.session.sittings if each.id == row.sitting), "")


def _notes(session: ClassSession, roster: list[int], sealed: bool) -> Iterator[str]:
    rows = [session.rows[cadre] for cadre in roster if cadre in session.rows]
    if claimed := sum(row.claimed_offline for row in rows):
        yield f"{claimed} người điểm danh khi mất mạng: máy giữ mã và giờ, gửi sau, cán bộ quản lý lớp đã xác nhận."
    if waiting := sum(row.waits for row in rows):
        yield f"{waiting} người có mã gửi sau chưa được xác nhận; mã ấy chưa có giá trị."
    if together := sum(bool(row.shared) for row in rows):
        yield f"{together} người dùng chung máy với người khác; điều này chỉ để biết, không phải là sai."
    if sealed:
        yield "Kết quả và giờ lấy từ sổ theo dõi bồi dưỡng, gồm cả đính chính; cách ghi lấy từ danh sách của buổi."
