"""How pages say moments and lengths of time; registered as filters of templates."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from boiduong_exporter.credit.words import number, rounded

_LOCAL = timedelta(hours=7)
"""Asia/Ho_Chi_Minh, all year."""
_MINUTE_MS = 60_000


def moment(at_ms: int) -> str:
    """ "08:05 ngày 26/11/2026"."""
    return _local(at_ms).strftime("%H:%M ngày %d/%m/%Y")


def clock(at_ms: int) -> str:
    """ "08:05:30"."""
    return _local(at_ms).strftime("%H:%M:%S")


def _local(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, UTC) + _LOCAL


def minutes(ms: int) -> str:
    """Whole minutes, never more than were studied: "25 phút", "1 giờ 5 phút"; "chưa đến 1 phút"."""
    hours, rest = divmod(ms // _MINUTE_MS, 60)
    parts = ((hours, "giờ"), (rest, "phút"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or ("chưa đến 1 phút" if ms else "0 phút")


def exactly(ms: int) -> str:
    """To the second, for who adds up: "1 giờ 9 phút 48 giây"."""
    whole, seconds = divmod(ms // 1000, 60)
    parts = ((whole // 60, "giờ"), (whole % 60, "phút"), (seconds, "giây"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 giây"


def hours(starts: int | None, ends: int | None) -> str:
    """Minutes after midnight as "7:30 – 11:30"; empty where nobody said."""
    if starts is None or ends is None:
        return ""
    return " – ".join(f"{each // 60}:{each % 60:02}" for each in (starts, ends))


def figure(value: Fraction | None, step: Fraction, up: bool = False) -> str:
    """Days as reports print them: down, what is missing up; a dash where nothing is known."""
    return "–" if value is None else number(rounded(value, step, up))


FILTERS = {"luc": moment, "gio_phut_giay": clock, "phut": minutes, "phut_giay": exactly, "so_ngay": number}
