"""Moments and spans of time as logs write them, in milliseconds. What has no offset is local: Asia/Ho_Chi_Minh."""

import re
from datetime import UTC, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=7))
EARLIEST_MS, LATEST_MS = 946_684_800_000, 4_102_444_800_000
"""2000 and 2100: what lies outside is a broken clock, not a time of study."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = re.compile(r"\d{9,11}")
_WORDS = re.compile(
    r"(?:[^\d,]+, )?(\d{1,2}) (?:tháng )?([^\W\d]+(?: [^\W\d]+)?|\d{1,2})[, ]+(\d{4}),? (\d{1,2}):(\d\d)(?::\d\d)?"
    r" ?([ap]m|sa|ch)?"
)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}):(\d\d)(?::\d\d)? ?([ap]m|sa|ch)?")
_ENGLISH = "january february march april may june july august september october november december"
_VIETNAMESE = "một,hai,ba,tư,năm,sáu,bảy,tám,chín,mười,mười một,mười hai"
_MONTHS = {
    **{name: number for number, name in enumerate(_ENGLISH.split(), 1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH.split(), 1)},
    **{name: number for number, name in enumerate(_VIETNAMESE.split(","), 1)},
    "giêng": 1,
    "bốn": 4,
    "chạp": 12,
}
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d):([0-5]\d)(?:\.(\d{1,2}))?")
_DURATION = re.compile(
    r"P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?"
)


def since_epoch(moment: datetime) -> int:
    """`moment` in milliseconds since 1970; without an offset it is UTC, as servers write it."""
    try:
        passed = moment - _EPOCH
    except TypeError:
        passed = moment.replace(tzinfo=UTC) - _EPOCH
    return passed.days * 86_400_000 + passed.seconds * 1000 + passed.microseconds // 1000


def is_plausible(ms: int) -> bool:
    return EARLIEST_MS <= ms < LATEST_MS


def iso_moment(text: str) -> int | None:
    """An ISO 8601 moment; None where there is none, or an implausible one."""
    try:
        ms = since_epoch(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
    return ms if is_plausible(ms) else None


def written_moment(text: str) -> int | None:
    """A moment as an export has it: seconds since 1970, ISO, "25/11/2026 10:15", or as Moodle shows it ("Wednesday, 25
    November 2026, 10:15 AM"). None where there is none."""
    line = " ".join(text.split()).lower()
    if _SECONDS.fullmatch(line):
        return _plausible(int(line) * 1000)
    if found := _WORDS.fullmatch(line):
        return _local(found, int(found[2]) if found[2].isdecimal() else _MONTHS.get(found[2], 0))
    if found := _SLASHES.fullmatch(line):
        return _local(found, int(found[2]))
    try:
        moment = datetime.fromisoformat(line.upper())
    except ValueError:
        return None
    return _plausible(since_epoch(moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)))


def _plausible(ms: int) -> int | None:
    return ms if is_plausible(ms) else None


def _local(found: re.Match[str], month: int) -> int | None:
    """The local moment of the groups day, month, year, hour, minute, and half of the day."""
    day, _, year, hour, minute, half = found.groups()
    hours = int(hour) % 12 + (12 if half in ("pm", "ch") else 0) if half else int(hour)
    try:
        moment = datetime(int(year), month, int(day), hours, int(minute), tzinfo=LOCAL)
    except ValueError:
        return None
    return _plausible(since_epoch(moment))


def reported_span(text: str) -> int | None:
    """The length of time that a SCORM package reports: 0012:34:56.78 (SCORM 1.2, CMITimespan) or PT12H34M56.78S (2004,
    ISO 8601; years and months, whose length nobody knows, are not taken)."""
    if found := _CLOCK.fullmatch(text):
        hours, minutes, seconds, hundredths = found.groups()
        return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(f"{hundredths or '0':0<2}") * 10
    found = _DURATION.fullmatch(text)
    if not found or text[-1] in "PT":
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:5])
    whole = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    return whole * 1000 + int(f"{found[6] or '0':0<3}"[:3])
