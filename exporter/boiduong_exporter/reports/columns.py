"""The columns of the lists, defined once for the workbook, the CSV and the JSON alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Generic, TypeVar

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.required import Obligation
from boiduong_exporter.credit.telling import reason_of
from boiduong_exporter.credit.words import rounded
from boiduong_exporter.reports.figures import PersonFigures
from boiduong_exporter.reports.why import why

Row = TypeVar("Row")
Cell = str | date | Fraction | int | None


class Kind(StrEnum):
    """`days` are exact fractions, shown on the grid of the reading `display_step`; a `date` may be text where only the
    year is known; a `share` is an exact fraction of one, shown in per cent."""

    TEXT = "text"
    DATE = "date"
    DAYS = "days"
    WHOLE = "whole"
    SHARE = "share"


SHARE_STEP = Fraction(1, 1000)
"""Shares are shown to a tenth of a per cent, rounded down: 100% is everyone."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`value` is handed the row's number from 1 and the row. `up`: rounded up, because it tells what is missing.
    `sparse`: a sheet leaves nothing empty, and the column out of sight where nobody has anything."""

    key: str
    heading: str
    width: int
    kind: Kind
    value: Callable[[int, Row], Cell]
    up: bool = False
    sparse: bool = False


def shown(value: Fraction, step: Fraction, up: bool) -> float:
    """The decimal that a cell shows. Being enough is never read off it: the verdict says so."""
    return _shown(value.numerator, value.denominator, step.numerator, step.denominator, up)


@lru_cache(maxsize=65_536)
def _shown(value: int, of: int, step: int, step_of: int, up: bool) -> float:
    """Kept by whole numbers: a fraction is slow to look up, and a list has a million of them."""
    return float(rounded(Fraction(value, of), Fraction(step, step_of), up))


def _of_term(person: PersonFigures) -> Obligation:
    return person.verdict.obligation


def _alone(person: PersonFigures) -> Fraction:
    return Fraction(person.attended.minutes, 60)


PEOPLE: tuple[Column[PersonFigures], ...] = (
    Column("number", "STT", 4, Kind.WHOLE, lambda number, _: number),
    Column("code", "Mã cán bộ", 9, Kind.TEXT, lambda _, person: person.code),
    Column("name", "Họ và tên", 18, Kind.TEXT, lambda _, person: person.name),
    Column("birth", "Ngày sinh", 11, Kind.DATE, lambda _, person: person.born),
    Column("posts", "Chức vụ", 20, Kind.TEXT, lambda _, person: "; ".join(person.titles)),
    Column("unit", "Đơn vị", 16, Kind.TEXT, lambda _, person: person.unit),
    Column("authority", "Cấp quản lý", 15, Kind.TEXT, lambda _, p: a.name if (a := _of_term(p).authority) else ""),
    Column("group", "Nhóm", 8, Kind.TEXT, lambda _, person: g.label if (g := _of_term(person).group) else ""),
    Column("term", "Nhiệm kỳ", 10, Kind.TEXT, lambda _, person: t.name if (t := _of_term(person).term) else ""),
    Column("term_ends", "Hết nhiệm kỳ", 11, Kind.DATE, lambda _, p: t.ends if (t := _of_term(p).term) else None),
    Column("required", "Số ngày tối thiểu", 8, Kind.DAYS, lambda _, person: person.verdict.required),
    Column("credited", "Được tính", 7, Kind.DAYS, lambda _, person: person.verdict.credited),
    Column("in_person", "Trong đó trực tiếp", 8, Kind.DAYS, lambda _, person: person.verdict.tally.in_person),
    Column("waiting", "Chờ quyết định", 8, Kind.DAYS, lambda _, person: person.verdict.waiting),
    Column("shortfall", "Còn thiếu", 7, Kind.DAYS, lambda _, person: person.verdict.shortfall, up=True),
    Column("standing", "Kết quả", 12, Kind.TEXT, lambda _, person: person.verdict.standing.label),
    Column("attended", "Số ngày đã dự", 8, Kind.DAYS, lambda _, person: person.attended.days),
    Column("refused", "Không tính", 7, Kind.DAYS, lambda _, person: person.attended.refused),
    Column("study_hours", "Giờ tự học", 7, Kind.DAYS, lambda _, person: _alone(person), sparse=True),
    Column("why", "Lý do", 32, Kind.TEXT, lambda _, person: why(person)),
)
"""The list of people. "Số ngày đã dự" and "Không tính" are of sessions, each half day once; "Giờ tự học" is raw."""

FIGURES: tuple[Column[PersonFigures], ...] = tuple(each for each in PEOPLE if each.key not in ("number", "why"))
"""What rules decide of a person, without the words of it: whom a draft changes in any of these, it changes."""

_WITHOUT = ("birth", "authority", "term", "attended", "refused", "study_hours")
OWING: tuple[Column[PersonFigures], ...] = tuple(column for column in PEOPLE if column.key not in _WITHOUT)
"""The shorter list of those who still owe days: what one needs in order to invite them."""

LINES: tuple[Column[Line], ...] = (
    Column("number", "STT", 6, Kind.WHOLE, lambda number, _: number),
    Column("seq", "Mục trong sổ", 9, Kind.WHOLE, lambda _, line: line.seq),
    Column("date", "Ngày", 11, Kind.DATE, lambda _, line: line.date),
    Column("half", "Buổi", 8, Kind.TEXT, lambda _, line: line.half.label if line.half else "tự học"),
    Column("title", "Lớp, chuyên đề", 38, Kind.TEXT, lambda _, line: line.title),
    Column("class_code", "Mã lớp", 12, Kind.TEXT, lambda _, line: line.class_code),
    Column("delivery", "Hình thức", 19, Kind.TEXT, lambda _, line: line.delivery.label),
    Column("minutes", "Số phút", 8, Kind.WHOLE, lambda _, line: line.minutes),
    Column("offered", "Giá trị đủ", 8, Kind.DAYS, lambda _, line: line.offered),
    Column("credited", "Được tính", 8, Kind.DAYS, lambda _, line: line.credited),
    Column("waiting", "Chờ quyết định", 8, Kind.DAYS, lambda _, line: line.waiting),
    Column("outcome", "Kết quả", 14, Kind.TEXT, lambda _, line: line.outcome.label),
    Column("reason", "Lý do", 38, Kind.TEXT, lambda _, line: reason_of(line)),
    Column("quote", "Trích", 38, Kind.TEXT, lambda _, line: line.citation.quote if line.citation else ""),
)
"""A person's account, line by line. Without minutes a presence is of the whole session."""
