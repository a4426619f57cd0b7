"""Whom the rows of a roster mean, and what the rows of one person say together. Rows with a code are read first, so
that a row without one can join them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from boiduong_records.matching import Candidate, Directory, compatible
from boiduong_records.people import Management, Post
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import fold, show_date, unmarked

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.lives import of_one_post, post_key, told_apart
from boiduong_exporter.imports.units import Units
from boiduong_exporter.imports.whose import another, several
from boiduong_exporter.readers.sheet import Row

OUTSIDE = "Ngoài chế độ"
"""What the column of the managing body says of people whom the regime does not bind."""
_OUTSIDE = {fold(word) for word in (OUTSIDE, "Ngoài diện", "Không thuộc diện", "Không")}


@dataclass(frozen=True)
class _Line:
    """A row with its unit and managing body found."""

    row: Row
    code: str
    name: str
    birth: str
    post: Post
    management: Management


@dataclass
class Told:
    """What the rows of one person say together; without `cadre`, of someone whom the books do not have."""

    code: str
    name: str
    birth: str
    cadre: int | None = None
    rows: list[Row] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    _managed: dict[Any, list[Management]] = field(default_factory=lambda: defaultdict(list))

    def add(self, line: _Line) -> None:
        self.code = self.code or line.code
        self.birth = max(self.birth, line.birth, key=len)
        self.rows.append(line.row)
        self.posts.append(line.post)
        self._managed[post_key(line.post)].append(line.management)

    @property
    def managements(self) -> list[Management]:
        """Raises UndatedError where the rows of one post name two bodies from one day on."""
        return [span for of_post in self._managed.values() for span in of_one_post(of_post)]


def gather(
    rows: list[Row], known: Directory, organizations: Units, refuse: Callable[[Row, list[Problem]], object]
) -> list[Told]:
    """The people whom the rows speak of. A row that does not say surely whom it means, or contradicts one above, is
    refused."""
    lines = []
    for row in rows:
        line = _line(row, organizations)
        if isinstance(line, _Line):
            lines.append(line)
        else:
            refuse(row, line)
    people = _People(known, _disputed(lines))
    for line in sorted(lines, key=lambda line: not line.code):  # stable: rows keep their order
        found = people.find_coded(line) if line.code else people.find(line)
        wrong = found if isinstance(found, Problem) else _contradicts(line, found)
        if wrong:
            refuse(line.row, [wrong])
        elif isinstance(found, Told):
            people.add(found, line)
    return people.told


# One row --------------------------------------------------------------------------------------------------------------


def _line(row: Row, organizations: Units) -> _Line | list[Problem]:
    values = row.values
    unit = organizations.find(values["unit"], row.place, row.at("unit"))
    authority = _authority(values["authority"], row, organizations)
    wrong = [each for each in (unit, authority) if isinstance(each, Problem)]
    starts, ends = values.get("post_from"), values.get("post_to")
    post = Post(values.get("title") or "", str(unit), starts, ends)
    managed = Management(str(authority), values.get("managed_from") or starts, values.get("managed_to") or ends)
    wrong += [*_backwards(row, starts, ends)] or [*_backwards(row, managed.valid_from, managed.valid_to)]
    return wrong or _Line(row, values.get("code") or "", values["name"], values["birth"], post, managed)


def _authority(said: str, row: Row, organizations: Units) -> str | Problem:
    if fold(said) in _OUTSIDE:
        return ""
    exact = organizations.find(said, row.place, row.at("authority"))
    words = fold(said).removeprefix("thuộc ").removeprefix("diện ").removesuffix(" quản lý")
    if isinstance(exact, Problem) and words != fold(said):
        return organizations.find(words, row.place, row.at("authority"))
    return exact


def _backwards(row: Row, starts: date | None, ends: date | None) -> Iterator[Problem]:
    if starts and ends and ends < starts:
        message = f"đến ngày {show_date(ends)} là trước từ ngày {show_date(starts)}"
        yield fault(Code.ENDS_EARLY, row.place, message, "sửa một trong hai ngày")


# Whose row ------------------------------------------------------------------------------------------------------------


class _People:
    """Everyone whom the books or the rows so far speak of; what a row says of someone holds for the rows after it."""

    def __init__(self, known: Directory, disputed: set[str]) -> None:
        self.told: list[Told] = []
        self._known, self._disputed = known, disputed
        self._of_cadre: dict[int, Told] = {}
        self._of_code: dict[str, Told] = {}
        everyone = [one for found in known.by_name.values() for one in found]
        self._files = {one.cadre: one for one in everyone}
        self._alike: dict[str, list[Candidate | Told]] = defaultdict(list)
        for one in everyone:
            self._alike[_bare(one.name)].append(one)

    def add(self, person: Told, line: _Line) -> None:
        if not person.rows:
            self.told.append(person)
            self._alike[_bare(person.name)].append(person)
        person.add(line)
        if person.cadre is not None:
            self._of_cadre[person.cadre] = person
        if person.code:
            self._of_code.setdefault(person.code, person)

    def find_coded(self, line: _Line) -> Told | Problem:
        """By the code; else someone without a code of this name, birth and unit, who gets it."""
        organization = line.post.organization
        match = self._known.find(code=line.code, name=line.name, birth=line.birth, organization=organization)
        told = self._of_code.get(line.code)
        if told and _contradicts(line, told):
            return told
        holders = self._known.by_code.get(line.code, [])
        if holders and (match.cadre is None or not any(self._may_be(each, line) for each in holders)):
            return another(line.row, line.code, holders)
        if match.cadre is None:
            return told or Told(line.code, line.name, line.birth)
        if told is None:
            return self._known_cadre(match.cadre, line)
        if told.cadre is None and match.cadre not in self._of_cadre:
            told.cadre = match.cadre  # a code that looked new, until this row showed whose it is
        if told.cadre not in (None, match.cadre):
            return several(line.row, [self._files[each] for each in (told.cadre, match.cadre) if each is not None])
        return told

    def _may_be(self, holder: Candidate, line: _Line) -> bool:
        """A code's holder has another name now only where the whole day of birth agrees, and all rows of the code."""
        full = holder.birth == line.birth and len(line.birth) > len("1970")
        return _bare(holder.name) == _bare(line.name) or (full and line.code not in self._disputed)

    def find(self, line: _Line) -> Told | Problem:
        """By name, birth and unit, all three; someone nearly so is asked about."""
        sure: dict[int, Candidate | Told] = {}
        near: dict[int, Candidate | Told] = {}
        for one in self._alike.get(_bare(line.name), []):
            whole = self._of_cadre.get(one.root, one) if isinstance(one, Candidate) else one
            if _bare(whole.name) != _bare(line.name):
                continue  # a row with the code has changed the name
            same, fits = fold(whole.name) == fold(line.name), self._fits(one, whole, line)
            if fits or (same and whole.birth[:4] == line.birth[:4]):
                near[_number(whole)] = whole
            if fits and same:
                sure[_number(whole)] = whole
        if len(sure) == 1:
            (only,) = sure.values()
            return only if isinstance(only, Told) else self._known_cadre(only.root, line)
        return several(line.row, [*map(_candidate, near.values())]) if near else Told("", line.name, line.birth)

    def _known_cadre(self, cadre: int, line: _Line) -> Told:
        """A cadre of the books; where the rows gave the cadre another code already, this is someone else."""
        told = self._of_cadre.get(cadre)
        if told and line.code not in ("", told.code) and line.code not in self._known.by_code:
            return Told(line.code, line.name, line.birth)
        if told:
            return told
        believed = self._files[cadre].birth
        less = believed.startswith(line.birth)
        return Told(line.code, line.name, believed if less else line.birth, cadre)

    def _fits(self, one: Candidate | Told, whole: Candidate | Told, line: _Line) -> bool:
        held = _organizations(one) | _organizations(whole)
        return compatible(whole.birth, line.birth) and line.post.organization in held


def _organizations(one: Candidate | Told) -> frozenset[str]:
    return one.organizations if isinstance(one, Candidate) else frozenset(post.organization for post in one.posts)


def _number(one: Candidate | Told) -> int:
    """One number for one person: that of the books, or one below zero."""
    return one.root if isinstance(one, Candidate) else one.cadre or -id(one)


def _disputed(lines: list[_Line]) -> set[str]:
    """The codes whose rows have more than one name."""
    names: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        names[line.code].add(_bare(line.name))
    return {code for code, found in names.items() if len(found) > 1}


def _bare(name: str) -> str:
    return fold(unmarked(name))


def _candidate(one: Candidate | Told) -> Candidate:
    if isinstance(one, Candidate):
        return one
    number = one.cadre or 0
    return Candidate(number, number, one.code, one.name, one.birth, _organizations(one))


def _contradicts(line: _Line, person: Told) -> Problem | None:
    """A row that disagrees with those of the same person above it."""
    if not person.rows:
        return None
    earlier = f"dòng {person.rows[0].place.line}"
    same_code = line.code in ("", person.code) or not person.code
    if not (_bare(person.name) == _bare(line.name) and compatible(person.birth, line.birth) and same_code):
        message = f"họ tên, ngày sinh hoặc mã khác với {earlier} của cùng một người"
        return fault(Code.TOLD_TWICE, line.row.place, message, "sửa cho các dòng của một người giống nhau")
    if not told_apart(person.posts, line.post):
        message = f"chức vụ đã có ở một dòng trên ({earlier}) với thời gian khác"
        hint = "sửa «Giữ chức vụ từ», «Giữ chức vụ đến» cho hai dòng giống nhau hoặc nối tiếp nhau"
        return fault(Code.TOLD_TWICE, line.row.place, message, hint)
    return None
