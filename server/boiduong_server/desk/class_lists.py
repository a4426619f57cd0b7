"""What the pages of classes show: the classes somebody may look into, who is enrolled, who could be."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from boiduong_exporter.gathering.people import some
from boiduong_exporter.reporting.members import membership
from boiduong_records.enrolment import enrolled, files_of
from boiduong_records.matching import directory
from boiduong_records.tables import CLASS, SESSION, TOPIC
from boiduong_records.versions import contents
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import Connection

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.naming import code_of
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import Scope, scope_of
from boiduong_server.desk.monitors import monitored_classes
from boiduong_server.desk.worlds import Shared

ENROLLERS = (Role.UNIT_OFFICER, Role.PROVINCE_OFFICER)
"""Who puts people into classes and takes them out."""
READERS = (*ENROLLERS, Role.AUDITOR)
"""Who sees every class, and of its people those in their care."""


Holds = Callable[[int], bool]
"""Whether a person is in someone's care."""


def within(care: Scope) -> Holds:
    """The same for asking about many people, whether or not the connection is still open."""
    cadres = care.cadres()
    return (lambda _: True) if cadres is None else cadres.__contains__


@dataclass(frozen=True)
class Sight:
    """What of the classes someone may see. A monitor sees the classes of whose places they are named as such."""

    sees_all: bool
    overseen: Holds
    monitored: Holds
    own: frozenset[str]

    def sees(self, class_code: str) -> bool:
        return self.sees_all or class_code in self.own

    def holds(self, class_code: str, cadre: int) -> bool:
        return self.overseen(cadre) or (class_code in self.own and self.monitored(cadre))


def sight(connection: Connection, account: Account, day: date) -> Sight:
    is_monitor = Role.MONITOR in account.roles
    return Sight(
        bool(account.roles & {*READERS}),
        within(scope_of(connection, account, day, READERS)),
        within(scope_of(connection, account, day, (Role.MONITOR,))),
        monitored_classes(connection, account) if is_monitor else frozenset(),
    )


@dataclass(frozen=True)
class ClassLine:
    """A class in the list: its days, the topics that are studied alone, the enrolled whom the reader may see."""

    code: str
    name: str
    first: date | None
    last: date | None
    topics: int
    learners: int


def class_lines(connection: Connection, seen: Sight) -> list[ClassLine]:
    """The classes, the latest first."""
    days: dict[str, list[date]] = defaultdict(list)
    for row in contents(connection, SESSION):
        days[row["class_code"]].append(row["date"])
    alone = [row["class_code"] for row in contents(connection, TOPIC) if row["delivery"] == Delivery.SELF_PACED.value]
    classes = [row for row in contents(connection, CLASS) if seen.sees(row["code"])]
    people: dict[str, int] = defaultdict(int)
    for code, cadre in files_of(connection, [row["code"] for row in classes]):
        people[code] += seen.holds(code, cadre)
    lines = [
        ClassLine(
            row["code"], row["name"], min(days[row["code"]], default=None), max(days[row["code"]], default=None),
            alone.count(row["code"]), people[row["code"]],
        )
        for row in classes
    ]  # fmt: skip
    return sorted(lines, key=lambda each: (each.last or date.max, each.code), reverse=True)


def class_name(connection: Connection, class_code: str) -> str | None:
    """None of a class that the books do not have."""
    return next((row["name"] for row in contents(connection, CLASS, scope=CLASS.c.code == class_code)), None)


@dataclass(frozen=True)
class Listed:
    """Someone in a list; `subject` is their key in the ledger, by which pages name people, `cadre` the books' number,
    which never stands in one."""

    cadre: int
    subject: str
    code: str
    name: str
    unit: str


def listed(connection: Connection, known: Shared, cadres: Collection[int]) -> list[Listed]:
    """These people in the order of Vietnamese names, each with the organizations of the posts held on the day."""
    return [
        Listed(
            who.cadre, who.subjects[0], who.code, who.name,
            _units(known, (post.organization for post in who.posts_on(known.day))),
        )
        for who in some(connection, cadres)
    ]  # fmt: skip


def _units(known: Shared, codes: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(known.name_of(code) for code in codes))


def enrolled_within(connection: Connection, class_code: str, seen: Sight) -> list[int]:
    return [cadre for cadre in enrolled(connection, class_code) if seen.holds(class_code, cadre)]


def of_unit(connection: Connection, known: Shared, unit: str, holds: Holds) -> list[int]:
    """Who holds a post in the unit or under it on the day."""
    return [cadre for cadre in membership(connection, known.structure, unit, known.day).cadres if holds(cadre)]


def of_codes(connection: Connection, codes: Iterable[str], holds: Holds) -> tuple[list[int], list[str]]:
    """The people of these codes, and the codes that nobody has of those in one's care, or more than one."""
    by_code: dict[str, set[int]] = defaultdict(set)
    for code, holders in directory(connection).by_code.items():
        by_code[code_of(code)] |= {one.root for one in holders if holds(one.root)}
    asked = dict.fromkeys(codes)
    found = {code: by_code.get(code_of(code), set()) for code in asked}
    return [*{cadre for one in found.values() if len(one) == 1 for cadre in one}], [
        code for code, one in found.items() if len(one) != 1
    ]


def pasted(text: str) -> list[str]:
    """The codes in what was pasted: of a line of a sheet its first cell, of any other all that it lists."""
    codes = []
    for line in text.splitlines():
        codes += [line.partition("\t")[0].strip()] if "\t" in line else line.replace(",", " ").replace(";", " ").split()
    return [code for code in codes if code]


def units_within(known: Shared, care: Scope) -> list[tuple[str, str]]:
    """Code and name of the organizations of the day whose people are in one's care, in the order of their names."""
    codes = {each.code for each in known.world.organizations if each.span.holds(known.day)}
    return sorted(
        ((code, known.name_of(code)) for code in codes if care.opens(code)), key=lambda each: (fold(each[1]), each[0])
    )
