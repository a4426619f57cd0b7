"""The hours of a session: as the class's schedule has them, and from when to when its codes are good."""

from datetime import date

from boiduong_exporter.rulebook.attending import AttendingRules
from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS
from boiduong_records.tables import SESSION
from boiduong_records.versions import contents
from sqlalchemy import Connection

from boiduong_server.attending.sheet import MINUTE_MS, Hours
from boiduong_server.attending.sittings import Slot

_EPOCH = date(1970, 1, 1)


def hours_of(books: Connection, slot: Slot, rules: AttendingRules) -> Hours | None:
    """The session's hours by the schedule; None where the class has no such session."""
    rows = contents(books, SESSION, scope=(SESSION.c.class_code == slot.class_code) & (SESSION.c.date == slot.date))
    for row in rows:
        if row["half"] == slot.half:
            return hours(row["starts"], row["ends"], rules)
    return None


def hours(starts: int | None, ends: int | None, rules: AttendingRules) -> Hours:
    leaving = ends - rules.check_out_before_end if rules.check_out and ends is not None else None
    return Hours(starts, ends, leaving)


def window(slot: Slot, hours: Hours, rules: AttendingRules) -> tuple[int, int]:
    """From when to when codes of the session are good, in milliseconds since 1970; never beyond its local day."""
    usual = rules.hours[slot.half]
    starts = hours.starts if hours.starts is not None else usual[0]
    ends = hours.ends if hours.ends is not None else max(usual[1], starts)
    begins = midnight_ms(slot.date)
    from_ms, to_ms = begins + (starts - rules.before) * MINUTE_MS, begins + (ends + rules.after) * MINUTE_MS
    return max(begins, from_ms), min(begins + DAY_MS - 1, to_ms)


def midnight_ms(day: date) -> int:
    """When the local day begins, in milliseconds since 1970."""
    return (day - _EPOCH).days * DAY_MS - LOCAL_MS
