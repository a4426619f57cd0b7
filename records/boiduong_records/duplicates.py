"""Who may be in the books twice. Each pair comes with what makes it likely; a person decides."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from boiduong_vocabulary.vietnamese import unmarked
from sqlalchemy import Connection, select

from boiduong_records.matching import compatible
from boiduong_records.merging import roots
from boiduong_records.tables import IDENTITY
from boiduong_records.versions import current


class Likeness(StrEnum):
    """Why two files may be one person's."""

    TWO_CODES = "two_codes"
    SAME_NAME_AND_BIRTH = "same_name_and_birth"
    SAME_NAME_AND_YEAR = "same_name_and_year"
    OTHER_MARKS = "other_marks"
    SAME_CODE = "same_code"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Likeness.TWO_CODES: "cùng họ tên và ngày sinh nhưng có hai mã cán bộ",
    Likeness.SAME_NAME_AND_BIRTH: "cùng họ tên và ngày sinh",
    Likeness.SAME_NAME_AND_YEAR: "cùng họ tên, năm sinh không mâu thuẫn",
    Likeness.OTHER_MARKS: "cùng ngày sinh, họ tên chỉ khác dấu",
    Likeness.SAME_CODE: "cùng mã cán bộ",
}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two cadres, the one registered earlier first."""

    first: int
    second: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class _Known:
    cadre: int
    code: str
    name_fold: str
    birth: str


def duplicates(connection: Connection) -> list[Duplicate]:
    """Each probable pair once; files already merged into one are not listed."""
    root = roots(connection)
    return [
        pair for pair in _pairs(_people(connection))
        if root.get(pair.first, pair.first) != root.get(pair.second, pair.second)
    ]  # fmt: skip


def _people(connection: Connection) -> list[_Known]:
    identity = select(IDENTITY.c.cadre, IDENTITY.c.code, IDENTITY.c.name_fold, IDENTITY.c.birth)
    return [_Known(*row) for row in connection.execute(identity.where(current(IDENTITY)).order_by(IDENTITY.c.cadre))]


def _pairs(people: list[_Known]) -> Iterator[Duplicate]:
    alike: dict[tuple[str, str], list[_Known]] = defaultdict(list)
    for person in people:
        alike["name", f"{unmarked(person.name_fold)}|{person.birth[:4]}"].append(person)
        if person.code:
            alike["code", person.code].append(person)
    found: dict[tuple[int, int], Duplicate] = {}
    for group in alike.values():
        for one, other in combinations(group, 2):
            if likeness := _likeness(one, other):
                found.setdefault((one.cadre, other.cadre), Duplicate(one.cadre, other.cadre, likeness))
    yield from sorted(found.values(), key=lambda pair: (pair.first, pair.second))


def _likeness(one: _Known, other: _Known) -> Likeness | None:
    if one.code and one.code == other.code:
        return Likeness.SAME_CODE
    if not compatible(one.birth, other.birth):
        return None
    same_birth = one.birth == other.birth and len(one.birth) > 4
    if one.name_fold != other.name_fold:
        return Likeness.OTHER_MARKS if same_birth else None
    if not same_birth:
        return Likeness.SAME_NAME_AND_YEAR
    return Likeness.TWO_CODES if one.code and other.code else Likeness.SAME_NAME_AND_BIRTH
