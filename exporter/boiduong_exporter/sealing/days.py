"""Which days are to be sealed, and which have been kept long enough."""

from datetime import date

from boiduong_records.beats import DayFile, brought, days, disturbed, sealed_days
from sqlalchemy import Connection


def days_to_seal(connection: Connection, today: date, bounds: list[int]) -> list[date]:
    """Days that are over and were never sealed, or not as they are now: later beats came, attendance of that day was
    entered or taken back, a session's hours were changed, people were merged or parted, a day's halves part elsewhere
    (`bounds`: minutes after midnight)."""
    kept, sealed = days(connection), sealed_days(connection)
    stirred = disturbed(connection, min((sealed[day].seq for day in kept if day in sealed), default=0))
    return sorted(
        day
        for day, file in kept.items()
        if day < today
        and (
            day not in sealed
            or (sealed[day].digest, sealed[day].bounds) != (file.digest, bounds)
            or stirred.get(day, 0) > sealed[day].seq
        )
    )


def days_to_discard(connection: Connection, today: date, months: int, bounds: list[int]) -> dict[date, DayFile]:
    """Days whose raw beats were kept for `months` since they were brought, so that logs of long ago can still come in
    piece by piece. A day that is not sealed as it is now stays."""
    last, due, since = earlier(today, months), set(days_to_seal(connection, today, bounds)), brought(connection)
    return {day: file for day, file in days(connection).items() if since[day] < last and day not in due}


def earlier(day: date, months: int) -> date:
    """The first of the month that lies `months` before: whole months are kept."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
