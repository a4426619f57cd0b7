"""Where the people of a class sit (the hall, a bridge), in which team (tổ), and who leads it. Like enrolment, a row
names the file under which it was said; it holds for the person, and of several files' rows the one said last does."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import Connection

from boiduong_records.decision import Decision
from boiduong_records.entry import SEATED
from boiduong_records.ledger import append_act, lock
from boiduong_records.merging import roots
from boiduong_records.registers import seal_registers
from boiduong_records.tables import SEATING
from boiduong_records.versions import Changes, apply, find, in_chunks

Seat = tuple[str, int]
"""A class's code, and a cadre."""
_Row = Mapping[str, Any]
_SHORT_TEAM = re.compile(r"\d+|[^\W\d_]|[IVXivx]+")
_WORD = "Tổ"


@dataclass(frozen=True, slots=True)
class Seated:
    """`place` is a hall or bridge of the class, `team` its name among those who sit there; empty where nothing was
    said."""

    place: str = ""
    team: str = ""
    leads: bool = False

    @property
    def team_key(self) -> tuple[str, str]:
        """What two people of one team in a class share: a team sits together, so each bridge may have its "Tổ 1"."""
        return self.place, fold(self.team)


NOWHERE = Seated()


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a seat: None leaves that part as it is, empty text takes it back."""

    place: str | None = None
    team: str | None = None
    leads: bool | None = None

    def over(self, old: Seated) -> Seated:
        """The seat afterwards. Who leads a team leads no other one that they come into."""
        place = old.place if self.place is None else self.place
        stays = self.team is None or fold(self.team) == fold(old.team)
        team = old.team if stays else self.team or ""
        return Seated(place, team, old.leads and stays if self.leads is None else self.leads)


def team_name(said: str) -> str:
    """A team as the books call it, however it is written: "1", "tổ 1" and "Tổ  1" are "Tổ 1"; "Cánh Sen" stays."""
    first, *rest = said.split() or [""]
    if fold(first) == fold(_WORD) and rest:
        return " ".join((_WORD, *rest))
    return f"{_WORD} {first.upper()}" if not rest and _SHORT_TEAM.fullmatch(first) else " ".join((first, *rest))


def team_order(team: str) -> tuple[bool, list[str | int]]:
    """The key that puts teams in order: "Tổ 2" before "Tổ 10", and who is in none last."""
    parts = re.split(r"(\d+)", fold(team))
    return not team, [int(part) if place % 2 else part for place, part in enumerate(parts)]


def seating_of(connection: Connection, class_code: str) -> dict[int, Seated]:
    """Of a class's people, by the file that counts after merging, those of whom anything was said."""
    return {cadre: seated for (_, cadre), seated in seats_in(connection, [class_code]).items()}


def seats_in(connection: Connection, classes: Iterable[str]) -> dict[Seat, Seated]:
    """The same of several classes."""
    return {seat_: _seated(rows) for seat_, rows in _rows_of(connection, classes).items()}


def seats_among(connection: Connection, class_code: str, files: Collection[int]) -> dict[int, Seated]:
    """Of a class's people, those whose files these are (all of each) and of whom anything was said, by the file that
    counts after merging."""
    root = roots(connection)
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in in_chunks(connection, SEATING, SEATING.c.cadre, files):
        if row["class_code"] == class_code:
            found[root.get(row["cadre"], row["cadre"])].append(row)
    return {cadre: _seated(rows) for cadre, rows in found.items()}


def seats_of(connection: Connection, cadres: Collection[int]) -> dict[str, Seated]:
    """By class, what was said of one person, under all their files."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in in_chunks(connection, SEATING, SEATING.c.cadre, cadres):
        found[row["class_code"]].append(row)
    return {class_code: _seated(rows) for class_code, rows in found.items()}


def changes(connection: Connection, said: Mapping[Seat, Said], leaving: Collection[Seat] = ()) -> Changes:
    """What it takes that these seats are as it is said, and that who leaves a class has none; all others stay. A team
    that the class has already is spelt as it is there."""
    there = _rows_of(connection, {class_code for class_code, _ in (*said, *leaving)})
    wanted: list[_Row] = []
    emptied = [(code, row["cadre"]) for code, cadre in leaving for row in there.get((code, cadre), ())]
    for (code, cadre), each in _spelt(said, there).items():
        rows = there.get((code, cadre), [])
        if (seat_ := each.over(_seated(rows))) == _seated(rows):
            continue
        emptied += [(code, row["cadre"]) for row in rows]
        if seat_ != NOWHERE:
            wanted.append(_row(code, cadre, seat_))
    return find(connection, SEATING, wanted, groups=emptied)


def seat(connection: Connection, class_code: str, said: Mapping[int, Said], by: Decision) -> int | None:
    """Say where people of a class sit; the entry's number, None where that changes nothing."""
    lock(connection)
    changed = changes(connection, {(class_code, cadre): each for cadre, each in said.items()})
    if not changed:
        return None
    root = roots(connection)
    people = {root.get(cadre, cadre) for _, cadre in changed.groups}
    seq = append_act(connection, SEATED, "", {"class": class_code, "people": len(people)}, by)
    apply(connection, SEATING, changed, seq)
    seal_registers(connection, seq, by)
    return seq


def _rows_of(connection: Connection, classes: Iterable[str]) -> dict[Seat, list[_Row]]:
    """Of each class and person: the rows of all their files."""
    root = roots(connection)
    found: dict[Seat, list[_Row]] = defaultdict(list)
    for row in in_chunks(connection, SEATING, SEATING.c.class_code, {*classes}):
        found[row["class_code"], root.get(row["cadre"], row["cadre"])].append(row)
    return dict(found)


def _spelt(said: Mapping[Seat, Said], there: Mapping[Seat, Collection[_Row]]) -> dict[Seat, Said]:
    """With one spelling for each team of a class, whatever order they are said in."""
    used = sorted((code, each.team) for (code, _), each in said.items() if each.team)
    used += [(code, row["team"]) for (code, _), rows in there.items() for row in rows]
    spelling = {(code, fold(team)): team for code, team in used}
    return {
        (code, cadre): replace(each, team=spelling[code, fold(each.team)]) if each.team else each
        for (code, cadre), each in said.items()
    }


def _seated(rows: Collection[_Row]) -> Seated:
    if not rows:
        return NOWHERE
    last = max(rows, key=lambda row: row["row_id"])
    return Seated(last["place"], last["team"], last["leads"])


def _row(class_code: str, cadre: int, seated: Seated) -> _Row:
    return {
        "class_code": class_code, "cadre": cadre, "place": seated.place, "team": seated.team, "leads": seated.leads,
    }  # fmt: skip
