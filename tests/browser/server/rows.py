"""What the server has of a study: its rows, as tests read them."""

from dataclasses import dataclass
from typing import Any

from boiduong_server.study.attempts import Attempt, attempts_of
from boiduong_server.study.commits import states
from boiduong_server.study.provisional import provisional
from boiduong_server.tables import BEAT, LAUNCH
from msgspec import json
from sqlalchemy import func, select

from tests.browser.server.conftest import Site


@dataclass(frozen=True)
class Rows:
    """Of one learner."""

    site: Site
    code: str = "01"

    @property
    def attempt(self) -> Attempt:
        """The one touched last."""
        with self.site.house.store.reading() as connection:
            return attempts_of(connection, [self.site.lam_giang.cadres[self.code]])[0]

    @property
    def cmi(self) -> dict[str, dict[str, Any]]:
        """Run-time data of each SCO, by item."""
        with self.site.house.store.reading() as connection:
            return {item: json.decode(row.cmi) for item, row in states(connection, self.attempt.id).items()}

    @property
    def studied_s(self) -> int:
        """Seconds by the exporter's own rule, not sealed yet."""
        found = provisional(self.site.house, [self.site.lam_giang.cadres[self.code]])
        return sum(found.by_study.values()) // 1000

    @property
    def claimed(self) -> list[bool]:
        """Of each sign: whether it waited for a connection."""
        return [age > 0 for age in self._all(select(BEAT.c.age_ms).order_by(BEAT.c.id))]

    @property
    def launches(self) -> int:
        return int(self._all(select(func.count()).select_from(LAUNCH))[0])

    def _all(self, query: Any) -> list[Any]:
        with self.site.house.store.reading() as connection:
            return list(connection.execute(query).scalars())
