"""A sealed half day down to what was read and written in the hall: codes to the second, lines by hand, objections, who
opened and closed. Of attendance that came in a file there is nothing here: its file is named instead."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from boiduong_records.merging import people_of, subjects
from boiduong_vocabulary.evidence import Attendance
from sqlalchemy import Connection, Row, Table, select

from boiduong_server.attending.corrections import Correction, of_entry
from boiduong_server.attending.objections import Objection, objections_at
from boiduong_server.attending.sealing import kept_from_ms
from boiduong_server.attending.sheet import How, Mark
from boiduong_server.attending.sittings import Sitting, Slot, sittings_of
from boiduong_server.desk.class_lists import listed
from boiduong_server.desk.times import clock
from boiduong_server.desk.worlds import Shared
from boiduong_server.house import House
from boiduong_server.tables import LINE, SCAN

_MARKS = {Mark.PRESENT: "có mặt", Mark.ABSENT: "vắng", Mark.EXCUSED: "vắng có phép", Mark.UNDONE: "bỏ điều ghi trước"}


@dataclass(frozen=True)
class Reading:
    """A code that was read. `typed`: not by QR; `offline`: kept by the telephone, with who said that it is true."""

    at_ms: int
    received_ms: int
    place: str
    typed: bool
    offline: bool
    confirmed_ms: int | None
    confirmed_by: str
    together: tuple[str, ...]

    @property
    def remark(self) -> str:
        """How it came, in words."""
        parts = ["gõ mã" if self.typed else "quét QR"]
        if self.offline:
            said = f"{self.confirmed_by or 'cán bộ quản lý lớp'} đã xác nhận"
            parts += ["giữ trên máy khi mất mạng", said if self.confirmed_ms is not None else "chưa được xác nhận"]
        if self.together:
            parts += [f"cùng máy với {', '.join(self.together)}"]
        return "; ".join(parts)


@dataclass(frozen=True)
class Written:
    """A line that somebody wrote."""

    at_ms: int
    place: str
    said: str
    how: str
    reason: str
    by: str
    offline: bool


@dataclass(frozen=True)
class Attended:
    """`is_swept`: codes that were read are no longer kept."""

    sittings: tuple[Sitting, ...]
    readings: tuple[Reading, ...]
    written: tuple[Written, ...]
    objections: tuple[Objection, ...]
    is_swept: bool


def attended_of(books: Connection, at: House, known: Shared, cadre: int, said: Attendance) -> Attended | None:
    """What the server has of this half day of the person; None where it was not held here."""
    slot, files = Slot(said.class_code, said.date, said.half), people_of(books, cadre)
    with at.store.reading() as store:
        held = [each for each in sittings_of(store, slot) if each.opened_ms is not None]
        if not held:
            return None
        places = {each.id: each.place for each in held}
        scans = _rows_of(store, SCAN, places, files)
        written = tuple(_written(row, places) for row in _rows_of(store, LINE, places, files))
        together = _together(books, known, store, scans, files)
        objections = tuple(objections_at(store, [*places], files))
    seen = {row.sitting for row in scans} | {each.sitting for each in objections}
    shown = [each for each in held if each.id in seen or each.place in (said.place, *(each.place for each in written))]
    months = at.rules.rulebook.readings.raw_months
    edge = kept_from_ms(at.today, months)
    is_swept = any(each.sealed_ms is not None and each.sealed_ms < edge for each in held)
    readings = tuple(_reading(row, places, together) for row in scans)
    return Attended(tuple(shown or held[:1]), readings, written, objections, is_swept)


def _rows_of(
    store: Connection, table: Table, places: Collection[int], files: Collection[int]
) -> list[Row[tuple[object, ...]]]:
    """The person's rows at these sittings, in the order of their moments."""
    query = select(table).where(table.c.sitting.in_(places), table.c.cadre.in_(files))
    return list(store.execute(query.order_by(table.c.at_ms, table.c.id)))


def _together(
    books: Connection,
    known: Shared,
    store: Connection,
    scans: Collection[Row[tuple[object, ...]]],
    files: Collection[int],
) -> dict[str, tuple[str, ...]]:
    """By telephone, who else used it at the same session."""
    devices, numbers = {row.device for row in scans if row.device}, {row.sitting for row in scans}
    query = select(SCAN.c.device, SCAN.c.cadre).where(SCAN.c.device.in_(devices), SCAN.c.sitting.in_(numbers))
    others = {(row.device, row.cadre) for row in store.execute(query) if row.cadre not in files}
    person = subjects(books)
    names = {person[each.subject]: each.name for each in listed(books, known, [cadre for _, cadre in others])}
    return {
        device: tuple(sorted({names.get(cadre, "người khác") for each, cadre in others if each == device}))
        for device in devices
    }


def _reading(row: Any, places: Mapping[int, str], together: Mapping[str, tuple[str, ...]]) -> Reading:
    return Reading(
        row.at_ms, row.received_ms, places[row.sitting], row.typed, row.claimed_offline, row.confirmed_ms,
        row.confirmed_by, together.get(row.device, ()),
    )  # fmt: skip


def _written(row: Any, places: Mapping[int, str]) -> Written:
    times = [
        f"vào {clock(row.came)}" if row.came is not None else "",
        f"ra {clock(row.left)}" if row.left is not None else "",
    ]
    said = ", ".join(each for each in (_MARKS[Mark(row.mark)], *times) if each)
    return Written(row.at_ms, places[row.sitting], said, How(row.how).label, row.reason, row.by, row.claimed_offline)


def corrections_of(at: House, seq: int) -> list[Correction]:
    """What was asked for instead of the entry."""
    with at.store.reading() as store:
        return of_entry(store, seq)
