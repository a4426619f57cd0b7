"""What came of a session for one person, in words: what the sheet says, and once it is sealed what the ledger says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from boiduong_exporter.sealing.sheets import standing_of
from boiduong_exporter.study.spans import DAY_MS
from boiduong_records.merging import people_of, roots
from boiduong_vocabulary.evidence import Attendance, Presence
from boiduong_vocabulary.vietnamese import local_day, show_date
from sqlalchemy import Connection

from boiduong_server.attending.objections import Objection, may_object, objections_at
from boiduong_server.attending.own import OwnSession, own_session, recent_slots
from boiduong_server.attending.sheet import How
from boiduong_server.attending.sittings import Slot, sittings_of
from boiduong_server.desk.times import clock
from boiduong_server.house import House

_SHOWN_DAYS, _SEALED_DAYS = 30, 7
"""How far back one's own page looks, and how long a sealed session stays there."""


@dataclass(frozen=True)
class Outcome:
    """`entry` is what the ledger has of it, None before the seal; `objections` are the person's own."""

    own: OwnSession
    class_name: str
    entry: tuple[int, Attendance] | None
    objections: tuple[Objection, ...]
    now_ms: int

    @property
    def address(self) -> str:
        return f"/diem-danh/{self.own.sitting.public}/y-kien"

    @property
    def slot(self) -> Slot:
        return self.own.sitting.slot

    @property
    def presence(self) -> str:
        """In one or two words: what stands, as far as it is known."""
        row = self.own.row
        if self.entry:
            return self.entry[1].presence.label.capitalize()
        if row.presence is not None:
            return row.presence.label.capitalize()
        if row.waits:
            return "Chờ xác nhận"
        return "Chưa điểm danh" if self.own.sitting.closed_ms is None else "Chưa thấy điểm danh"

    @property
    def is_present(self) -> bool:
        return (self.entry[1].presence if self.entry else self.own.row.presence) is Presence.PRESENT

    @property
    def times(self) -> str:
        """ "vào 7:41, muộn 11 phút"; empty where nothing was noted."""
        return ", ".join(self._times())

    def _times(self) -> Iterator[str]:
        came, left = (
            (self.entry[1].check_in, self.entry[1].check_out) if self.entry else (self.own.row.came, self.own.row.left)
        )
        hours = self.own.hours
        if not self.is_present:
            return
        if came is not None:
            yield f"vào {clock(came)}"
        if late := hours.late(came):
            yield f"muộn {late} phút"
        if left is not None:
            yield f"ra {clock(left)}"
        if early := hours.early(left):
            yield f"về sớm {early} phút"

    @property
    def how(self) -> str:
        """How it was noted and by whom: "ghi tay: máy hết pin (Lê Thị Hằng)"."""
        row = self.own.row
        if row.how is None:
            return ""
        if row.how is How.CODE:
            return f"{row.how.label}{', giữ trên máy khi mất mạng' if row.claimed_offline else ''}"
        reason = f": {row.reason}" if row.reason else ""
        return f"{row.how.label}{reason} ({row.by})"

    @property
    def may_object(self) -> bool:
        return may_object(self.own.sitting, self.now_ms) and not self.is_waiting

    @property
    def is_waiting(self) -> bool:
        """An objection of theirs is open."""
        return any(each.is_open for each in self.objections)

    @property
    def state(self) -> str:
        """Where it is on its way into the ledger."""
        sitting = self.own.sitting
        if self.entry:
            return f"Đã niêm phong ở mục {self.entry[0]} của sổ"
        if sitting.closed_ms is None:
            return "Chưa kết thúc điểm danh"
        if self.is_waiting:
            return "Đã nêu ý kiến, chờ trả lời"
        if may_object(sitting, self.now_ms):
            return f"Nêu ý kiến được {self.until}"
        return "Đã hết hạn nêu ý kiến, chờ niêm phong"

    @property
    def until(self) -> str:
        """ "đến hết ngày 29/11/2026"; empty while attendance is not closed."""
        ends = self.own.sitting.objections_until_ms
        return f"đến hết ngày {show_date(local_day(ends - 1))}" if ends is not None else ""


@dataclass(frozen=True)
class Whose:
    """A person by all their files, that which counts first; what the ledger has of each session."""

    cadres: tuple[int, ...]
    entries: dict[Slot, tuple[int, Attendance]]


def whose(books: Connection, cadre: int) -> Whose:
    """The person whose file this is."""
    cadres = files_of(books, cadre)
    entries = {Slot(said.class_code, said.date, said.half): (seq, said) for seq, said in standing_of(books, cadres)}
    return Whose(cadres, entries)


def files_of(books: Connection, cadre: int) -> tuple[int, ...]:
    """All files of the person whose file this is, that which counts first."""
    own = roots(books).get(cadre, cadre)
    return tuple(dict.fromkeys((own, *people_of(books, own))))


def outcome(  # noqa: PLR0913, PLR0917
    books: Connection, store: Connection, at: House, slot: Slot, who: Whose, class_name: str
) -> Outcome | None:
    """None where there is no such session."""
    own = own_session(books, store, slot, who.cadres, at.rules.attending)
    if own is None:
        return None
    said = objections_at(store, [each.id for each in sittings_of(store, slot)], who.cadres)
    return Outcome(own, class_name, who.entries.get(slot), tuple(said), at.now_ms())


def recent(books: Connection, at: House, names: dict[str, str], cadre: int) -> list[Outcome]:
    """The person's sessions on their way into the ledger, and those that came there lately, the latest first; `names`
    are the classes that they are enrolled in."""
    since, sealed_after_ms = at.today - timedelta(_SHOWN_DAYS), at.now_ms() - _SEALED_DAYS * DAY_MS
    with at.store.reading() as store:
        slots = [*recent_slots(store, names, since, sealed_after_ms)]
        who = whose(books, cadre) if slots else None
        found = [outcome(books, store, at, slot, who, names[slot.class_code]) for slot in slots] if who else []
    return [each for each in found if each is not None]
