"""Which people belong to a unit: by the structure of the reporting period, or by today's, where what was merged counts
with what it was merged into."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from boiduong_records.tables import SUCCESSION
from boiduong_records.versions import contents
from sqlalchemy import Connection

from boiduong_exporter.credit.facts import Post, World
from boiduong_exporter.gathering.people import Who


@dataclass(frozen=True)
class Structure:
    """The organizations under a unit on `day`; with `heirs`, an organization that ended stands for its successor."""

    world: World
    day: date
    heirs: Mapping[str, tuple[str, ...]]

    def unit_of(self, code: str) -> str:
        """The organization that `code` is today: itself, or the one it was merged into, in the end."""
        seen = {code}
        while (following := self.heirs.get(code, ())) and following[0] not in seen:
            code = following[0]
            seen.add(code)
        return code

    def line(self, code: str) -> tuple[str, ...]:
        """The codes of the organization that `code` is and of those above it, nearest first; none of one that is not
        known."""
        return self._lines.get(code, ())

    @cached_property
    def _lines(self) -> dict[str, tuple[str, ...]]:
        codes = {each.code for each in self.world.organizations} | self.heirs.keys()
        return {code: tuple(each.code for each in self.world.lineage(self.unit_of(code), self.day)) for code in codes}

    def is_under(self, code: str, unit: str) -> bool:
        """Whether the organization is the unit or stands under it."""
        return unit in self.line(code)

    def all_under(self, unit: str) -> list[str]:
        """The codes of the unit and of all that is under it, those included that were merged into them."""
        return [code for code, line in self._lines.items() if unit in line]

    def posts_in(self, who: Who, unit: str, on: date) -> tuple[Post, ...]:
        """The posts held on `on` in the unit or under it."""
        return tuple(post for post in who.posts_on(on) if self.is_under(post.organization, unit))

    def was_ever_in(self, who: Who, unit: str) -> bool:
        return any(self.is_under(post.organization, unit) for post in who.posts)


def of_period(world: World, as_of: date) -> Structure:
    return Structure(world, as_of, {})


def of_today(connection: Connection, world: World, today: date, at_seq: int | None = None) -> Structure:
    """The structure of `today`. Where one body was divided among several, its people go with the first by code."""
    heirs: dict[str, list[str]] = defaultdict(list)
    for row in contents(connection, SUCCESSION, at_seq):
        if row["on_date"] <= today:
            heirs[row["predecessor"]].append(row["successor"])
    return Structure(world, today, {code: tuple(sorted(found)) for code, found in heirs.items()})
