"""The columns of a breakdown: by unit, by group, by tier; the same in the workbook, the CSV, the JSON and on paper."""

from collections.abc import Callable

from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reports.columns import Column, Kind
from boiduong_exporter.reports.figures import Part

_INDENT = "    "


def _standing(key: str, heading: str, which: Standing, width: int = 8) -> Column[Part]:
    return Column(key, heading, width, Kind.WHOLE, lambda _, part: dict(part.summary.standings)[which])


COUNTS: tuple[Column[Part], ...] = (
    Column("people", "Tổng số người", 9, Kind.WHOLE, lambda _, part: part.summary.people),
    Column("owing", "Phải bồi dưỡng", 10, Kind.WHOLE, lambda _, part: part.summary.owing),
    _standing("enough", "Đủ", Standing.ENOUGH),
    _standing("short", "Còn thiếu", Standing.SHORT),
    _standing("at_risk", "Có khả năng chưa đủ", Standing.AT_RISK, 10),
    _standing("waiting", "Chờ quyết định", Standing.WAITING, 9),
    _standing("missed", "Chưa đủ (hết nhiệm kỳ)", Standing.MISSED, 10),
    Column("rate", "Tỷ lệ đủ", 9, Kind.SHARE, lambda _, part: part.summary.rate),
    _standing("exempt", "Được miễn", Standing.EXEMPT),
    _standing("outside", "Ngoài chế độ", Standing.OUTSIDE, 9),
    _standing("undetermined", "Chưa xác định", Standing.UNDETERMINED, 9),
    Column("attendances", "Số lượt", 8, Kind.WHOLE, lambda _, part: part.summary.attendances),
    Column("events", "Số lớp", 8, Kind.WHOLE, lambda _, part: part.summary.events),
)
"""The standings up to the rate add up to those who owe days; with the three after it, to all people."""


def parts_of(heading: str, named: Callable[[Part], str], width: int = 40) -> tuple[Column[Part], ...]:
    """A breakdown whose rows are named under `heading`."""
    return (Column("name", heading, width, Kind.TEXT, lambda _, part: named(part)), *COUNTS)


def name_of(part: Part) -> str:
    return part.name


def indented(part: Part) -> str:
    """Further in, the further down the organization stands."""
    return _INDENT * max(part.depth - 1, 0) + part.name


UNITS: tuple[Column[Part], ...] = (
    Column("code", "Mã", 9, Kind.TEXT, lambda _, part: part.code),
    *parts_of("Đơn vị", indented),
)
GROUPS = parts_of("Nhóm", name_of)
TIERS = parts_of("Cấp quản lý cán bộ", name_of)
DATA: tuple[Column[Part], ...] = (
    Column("depth", "Bậc", 5, Kind.WHOLE, lambda _, part: part.depth),
    Column("code", "Mã", 9, Kind.TEXT, lambda _, part: part.code),
    *parts_of("Đơn vị", name_of),
)
"""The same for programs and for a spreadsheet of one's own: how far down a unit stands is a number, not an indent."""
