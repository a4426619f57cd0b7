"""When people sat in a session on a day: what the sheet says of their times, else the session's own hours."""

from collections import defaultdict
from datetime import date
from typing import Any

from boiduong_records.beats import said_on
from boiduong_records.bodies import decode
from boiduong_vocabulary.evidence import NAMES, Attendance, Presence
from sqlalchemy import Connection

from boiduong_exporter.gathering.world import classes
from boiduong_exporter.study.attended import Window
from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS
from boiduong_exporter.study.union import MINUTE_MS

_EPOCH = date(1970, 1, 1)


def attended(connection: Connection, day: date, root_of: dict[str, int]) -> dict[int, list[Window]]:
    """By person, the windows of the sessions attended on `day`. A session whose hours nobody wrote down has none: no
    time is made up. `root_of` is the person of each subject."""
    found: dict[int, list[Window]] = defaultdict(list)
    kind = NAMES[Attendance]
    known = None
    for each in said_on(connection, kind, day):
        said = decode(kind, each.body)
        if each.taken_back or each.subject not in root_of:
            continue
        if isinstance(said, Attendance) and said.presence is Presence.PRESENT:
            known = known or classes(connection)
            if window := _window(said, known):
                found[root_of[each.subject]].append(window)
    return found


def _window(said: Attendance, known: dict[str, Any]) -> Window | None:
    class_ = known.get(said.class_code)
    session = class_.session_at.get((said.date, said.half)) if class_ else None
    starts = said.check_in if said.check_in is not None else session and session.starts
    ends = said.check_out if said.check_out is not None else session and session.ends
    if starts is None or ends is None or starts >= ends:
        return None
    midnight = (said.date - _EPOCH).days * DAY_MS - LOCAL_MS
    return midnight + starts * MINUTE_MS, midnight + ends * MINUTE_MS
