"""A class as attendance needs it: which half days it holds, how, and where people sit. A sheet and a log ask alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from boiduong_records.tables import CLASS, PLACE, SESSION
from boiduong_records.versions import contents
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Half, Presence
from boiduong_vocabulary.vietnamese import did_you_mean, fold, show_date
from sqlalchemy import Connection

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.answers import No

Slot = tuple[date, Half]
Mark = tuple[Presence, int | None, int | None]
"""Whether someone was there, and when they came and left, in minutes after local midnight."""
Venue = tuple[str, Delivery | None]
"""The hall or bridge, and how it is held; None where each session says it."""
_SHOWN = 3


@dataclass(frozen=True)
class HeldClass:
    """`last` is the day of its last session; `places` go by folded name."""

    code: str
    last: date | None
    deliveries: Mapping[Slot, Delivery]
    places: Mapping[str, tuple[str, Delivery]]

    def session(self, slot: Slot) -> Delivery | No:
        """How the session of that half day is held."""
        delivery = self.deliveries.get(slot)
        if delivery is not None:
            return delivery
        day, half = slot
        message = f"lớp «{self.code}» không có buổi {half.label} {show_date(day)}"
        return No(Code.UNKNOWN_SESSION, message, "thêm buổi vào lớp, rồi nhập lại")

    def venue(self, said: str, slots: Iterable[Slot]) -> Venue | No:
        """Where someone sat who attended these half days: it must be told where some attend in the hall and some at
        bridges."""
        if not said:
            return self._untold() if self._has_several_ways and any(map(self._meets, slots)) else ("", None)
        if place := self.places.get(fold(said)):
            return place
        names = [name for name, _ in self.places.values()]
        hint = did_you_mean(said, names) or "ghi đúng tên điểm học của lớp, hoặc thêm điểm vào bảng «Điểm học»"
        return No(Code.UNKNOWN_PLACE, f"lớp không có điểm học «{said}»", hint)

    def attendance(self, slot: Slot, delivery: Delivery, venue: Venue, mark: Mark) -> Attendance:
        """The evidence of one session; `delivery` is the session's own."""
        place, how = venue if self._meets(slot) else ("", None)
        presence, came, left = mark
        return Attendance(self.code, *slot, how or delivery, presence, place, came, left)

    def _meets(self, slot: Slot) -> bool:
        """A half day that is held in halls or at bridges. A live one is live for each, wherever they sit."""
        return self.deliveries.get(slot) in (Delivery.HALL, Delivery.BRIDGE)

    @property
    def _has_several_ways(self) -> bool:
        return len({delivery for _, delivery in self.places.values()}) > 1

    def _untold(self) -> No:
        some = ", ".join(f"«{name}»" for name, _ in list(self.places.values())[:_SHOWN])
        message = "lớp có hội trường và điểm cầu, dòng này chưa ghi học ở đâu"
        return No(Code.UNKNOWN_PLACE, message, f"ghi «Điểm học», ví dụ {some}")


def held_classes(connection: Connection) -> dict[str, HeldClass]:
    """Every class of the books by its code."""
    sessions: dict[str, dict[Slot, Delivery]] = defaultdict(dict)
    for row in contents(connection, SESSION):
        sessions[row["class_code"]][(row["date"], Half(row["half"]))] = Delivery(row["delivery"])
    places: dict[str, dict[str, tuple[str, Delivery]]] = defaultdict(dict)
    for row in contents(connection, PLACE):
        places[row["class_code"]][fold(row["name"])] = (row["name"], Delivery(row["delivery"]))
    codes = [row["code"] for row in contents(connection, CLASS)]
    lasts = {code: max((day for day, _ in sessions[code]), default=None) for code in codes}
    return {code: HeldClass(code, lasts[code], sessions[code], places[code]) for code in codes}
