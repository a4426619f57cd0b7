"""Whom a line of a roster speaks of. Where the books cannot tell, they list who it might be and guess nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from boiduong_vocabulary.vietnamese import fold, nfc, unmarked
from sqlalchemy import ColumnElement, Connection, or_, select

from boiduong_records.merging import roots
from boiduong_records.tables import IDENTITY, POST
from boiduong_records.versions import current, in_chunks


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cadre as the books know them; `organizations` are those of current posts. `root` is the file that counts after
    merging."""

    cadre: int
    root: int
    code: str
    name: str
    birth: str
    organizations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """The one cadre that is meant, or None and those who might be."""

    cadre: int | None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """Everyone whom lines may speak of, loaded once for a whole roster."""

    by_code: Mapping[str, list[Candidate]]
    by_name: Mapping[str, list[Candidate]]

    def files(self, cadre: int) -> list[Candidate]:
        """The one file of this number, or none."""
        return [one for namesakes in self.by_name.values() for one in namesakes if one.cadre == cadre]

    def find(self, *, code: str = "", name: str = "", birth: str = "", organization: str = "") -> Match:
        """By the cadre's code; else by name, birth and the organization of a current post, all three."""
        code = nfc(code).strip()
        if code and (holders := self.by_code.get(code)):
            return _only([holder for holder in holders if not _is_another(holder, name, birth)], holders)
        namesakes = self.by_name.get(fold(name), [])
        likely = [one for one in namesakes if compatible(one.birth, birth)]
        sure = [one for one in likely if organization in one.organizations and not (code and one.code)]
        return _only(sure, likely or namesakes)


def find(  # noqa: PLR0913
    connection: Connection,
    *,
    code: str = "",
    name: str = "",
    birth: str = "",
    organization: str = "",
    on: date | None = None,
) -> Match:
    """One look-up; for many lines load `directory` once."""
    meant = or_(IDENTITY.c.code == nfc(code).strip(), IDENTITY.c.name_fold == fold(name))
    return _load(connection, meant, on).find(code=code, name=name, birth=birth, organization=organization)


def directory(connection: Connection, on: date | None = None) -> Directory:
    """Everyone. `on` is the day on which posts must be held; without it every post believed now counts."""
    return _load(connection, None, on)


def compatible(birth: str, other: str) -> bool:
    """Whether two births may be the same: a year alone is any day of that year, an unknown birth is nobody's."""
    if not birth or not other:
        return False
    return birth == other or (birth[:4] == other[:4] and 4 in (len(birth), len(other)))


def _is_another(holder: Candidate, name: str, birth: str) -> bool:
    """A slip in the name or a corrected birth is still the same person; both at once may be a slip in the code."""
    other_name = bool(name) and fold(unmarked(name)) != fold(unmarked(holder.name))
    return other_name and bool(birth) and not compatible(birth, holder.birth)


def _only(sure: Iterable[Candidate], others: Iterable[Candidate]) -> Match:
    found = {one.root for one in sure}
    return Match(found.pop()) if len(found) == 1 else Match(None, tuple(others))


def _load(connection: Connection, meant: ColumnElement[bool] | None, on: date | None) -> Directory:
    query = select(IDENTITY.c.cadre, IDENTITY.c.code, IDENTITY.c.name, IDENTITY.c.birth).where(current(IDENTITY))
    people = connection.execute(query if meant is None else query.where(meant)).all()
    places = _organizations(connection, None if meant is None else {person.cadre for person in people}, on)
    root = roots(connection)
    return _index(
        Candidate(who, root.get(who, who), code, name, birth, frozenset(places.get(who, ())))
        for who, code, name, birth in people
    )


def _organizations(connection: Connection, cadres: set[int] | None, on: date | None) -> dict[int, set[str]]:
    if cadres is None:
        posts: list[Any] = list(connection.execute(select(POST).where(current(POST))).mappings())
    else:
        posts = in_chunks(connection, POST, POST.c.cadre, cadres)
    places: dict[int, set[str]] = defaultdict(set)
    for post in posts:
        if on is None or ((post["valid_from"] or on) <= on <= (post["valid_to"] or on)):
            places[post["cadre"]].add(post["organization"])
    return places


def _index(candidates: Iterable[Candidate]) -> Directory:
    by_code: dict[str, list[Candidate]] = defaultdict(list)
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        by_name[fold(one.name)].append(one)
        if one.code:
            by_code[one.code].append(one)
    return Directory(dict(by_code), dict(by_name))
