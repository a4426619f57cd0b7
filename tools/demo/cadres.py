"""The cadres of the sample province: who they are, what posts they held before and after the merger, who manages them.
A seeded source of chance is an argument, so that the same seed gives the same people."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from tools.demo.names import Names
from tools.demo.posts import Seat, seats
from tools.demo.province import LAST_DAY, MERGED, PROVINCE, TERM_STARTS, Unit

OUTSIDE = "Ngoài chế độ"
_LAST_CHANGE = date(2026, 9, 30)
_DAY = timedelta(days=1)
_SHARES = {"stays": 78, "new": 11, "moved": 5, "second": 3, "left": 2, "forgotten": 1}
"""Of a hundred: in office since the merger; appointed in the term; moved to another unit in it; with a second post;
retired in it; with a managing body that ended and that nobody has corrected."""


@dataclass(frozen=True)
class Held:
    """One row of the roster: a post, and who manages its holder for it (an organization's code, or OUTSIDE)."""

    title: str
    unit: Unit
    authority: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class Cadre:
    """`diligence` runs from 0 to 1: how much of what is offered the person attends. `rank` is that of the seat."""

    code: str
    name: str
    born: date | int
    rank: int
    diligence: float
    held: tuple[Held, ...] = field(default=())

    @property
    def now(self) -> Held:
        """The first post of after the merger that is held the longest."""
        return next(each for each in reversed(self.held) if each.title != _SECOND)

    def post_on(self, day: date) -> Held | None:
        return next((each for each in self.held if each.starts <= day <= (each.ends or date.max)), None)


_SECOND = "Ủy viên Ban Chấp hành Đảng bộ tỉnh"


def cadres(units: tuple[Unit, ...], wanted: int, random: Random) -> list[Cadre]:
    """`wanted` people, in the order of their codes."""
    now = tuple(unit for unit in units if unit.ends is None)
    names, lives = Names(random), _Lives(units, random)
    chosen = seats(now, wanted)
    random.shuffle(chosen)
    return [
        Cadre(
            f"CB{number:05}", names.person(), _born(random), seat.rank, random.random(), tuple(lives.of(seat))
        )
        for number, seat in enumerate(chosen, 1)
    ]  # fmt: skip


def _born(random: Random) -> date | int:
    """Mostly a whole day, as lists have it, and here and there a year alone."""
    day = date(1966, 1, 1) + timedelta(days=int(random.betavariate(2.2, 2.0) * 26 * 365))
    return day.year if random.random() < 0.06 else day


@dataclass(frozen=True)
class _Lives:
    units: tuple[Unit, ...]
    random: Random

    def of(self, seat: Seat) -> Iterator[Held]:
        """The rows of the one who has the seat, in order of time."""
        if not seat.authority:
            yield Held(seat.title, seat.unit, OUTSIDE, MERGED)
            return
        course = self.random.choices([*_SHARES], [*_SHARES.values()])[0]
        held = Held(seat.title, seat.unit, seat.authority, MERGED)
        if course == "new":
            yield replace(held, starts=self._day(TERM_STARTS, _LAST_CHANGE))
            return
        before = self._before(seat)
        yield before
        yield from self._after(held, course, before)

    def _after(self, held: Held, course: str, before: Held) -> Iterator[Held]:
        changed = self._day(date(2026, 1, 1), _LAST_CHANGE)
        communal = held.unit.level == "Xã"
        if course == "moved" and communal and held.authority == PROVINCE:
            other = self.random.choice([unit for unit in self._now("Xã") if unit != held.unit])
            yield replace(held, unit=other, ends=changed - _DAY)
            yield replace(held, starts=changed)
        elif course == "left" and held.authority == PROVINCE:
            yield replace(held, ends=changed)
        elif course == "forgotten" and communal and before.authority != held.authority:
            yield replace(held, authority=before.authority)
        else:
            yield held
            if course == "second" and held.authority == PROVINCE:
                yield Held(_SECOND, self._unit(PROVINCE), PROVINCE, TERM_STARTS)

    def _before(self, seat: Seat) -> Held:
        """A post in a body that the unit grew out of, or in the government of one of the old provinces."""
        old = [unit for unit in self.units if unit.code in seat.unit.former]
        unit = self.random.choice(old or [each for each in self.units if each.code.endswith("-UBND")])
        title = seat.title if seat.title in _ALSO_BEFORE else _OLD_TITLES[unit.level]
        return Held(title, unit, self._managed(unit, seat), self._day(date(2016, 1, 1), date(2024, 3, 31)), LAST_DAY)

    def _managed(self, unit: Unit, seat: Seat) -> str:
        """Before the merger: the province's committee managed heads, districts managed the communes."""
        side = f"{unit.code[:2]}-TU"
        if unit.level == "Xã":
            return unit.parent
        return side if seat.authority == PROVINCE or unit.level == "Huyện" or unit.code == side else unit.code

    def _now(self, level: str) -> list[Unit]:
        return [unit for unit in self.units if unit.level == level and unit.ends is None]

    def _unit(self, code: str) -> Unit:
        return next(unit for unit in self.units if unit.code == code)

    def _day(self, first: date, last: date) -> date:
        """A first of a month, as appointments often are, or a middle."""
        day = first + timedelta(days=self.random.randrange((last - first).days))
        return max(first, day.replace(day=15 if day.day > 14 else 1))


_ALSO_BEFORE = frozenset({"Bí thư Đoàn Thanh niên", "Chủ tịch Hội Nông dân", "Chủ tịch Hội Cựu chiến binh"})
_OLD_TITLES = {
    "Xã": "Ủy viên Ban Chấp hành Đảng bộ xã",
    "Huyện": "Ủy viên Ban Chấp hành Đảng bộ huyện",
    "Tỉnh": "Phó Trưởng phòng",
}
