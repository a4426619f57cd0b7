"""Moments as the blocks keep them, in milliseconds since 1970, and as people here write and say them. Pure."""

import re
from bisect import bisect_right
from datetime import UTC, datetime, timedelta, timezone

LOCAL_MS, DAY_MS = 7 * 3_600_000, 86_400_000
LOCAL = timezone(timedelta(milliseconds=LOCAL_MS))
"""Asia/Ho_Chi_Minh has kept UTC+7 since 1975; no time zone database is needed."""
HALVES = ("morning", "afternoon", "evening")
"""Of a day, in order, in the words of events; the second begins at noon, the third at six."""
_BEGIN = (12, 18)
_TYPED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[\s,]+(\d{1,2})\s*[:hg]\s*(\d{2})")


def local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, LOCAL)


def midnight_ms(ms: int) -> int:
    """When the local day of this moment began."""
    return ms - (ms + LOCAL_MS) % DAY_MS


def clock(ms: int) -> str:
    """7:05, as people say it."""
    at = local(ms)
    return f"{at.hour}:{at.minute:02}"


def moment(ms: int) -> str:
    """15/12/2026 07:30, local, as an author types it."""
    return local(ms).strftime("%d/%m/%Y %H:%M")


def moment_ms(text: str) -> int | None:
    """Milliseconds since 1970 of an ISO moment (UTC where it names no zone); None for anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)


def iso(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def typed_ms(text: str) -> int | None:
    """What an author types: 15/12/2026 7:30, local; or an ISO moment."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return moment_ms(text.strip())
    day, month, year, hour, minute = map(int, found.groups())
    try:
        return int(datetime(year, month, day, hour, minute, tzinfo=LOCAL).timestamp() * 1000)
    except ValueError:
        return None


def half(ms: int) -> str:
    """Which of HALVES: the same hours part a day of self-study (content/rules/cach-hieu.toml)."""
    return HALVES[bisect_right(_BEGIN, local(ms).hour)]
