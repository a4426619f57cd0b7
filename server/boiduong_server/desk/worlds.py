"""What all pages share of the books: read once for each head of the ledger and each day. It holds nobody's data."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from boiduong_exporter.credit.facts import World
from boiduong_exporter.gathering.structure import Structure, of_today
from boiduong_exporter.gathering.world import world
from boiduong_exporter.imports.logs.catalogs import Catalogs
from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.periods import Period
from boiduong_records.ledger import head
from boiduong_records.tables import PLACE
from boiduong_records.versions import contents
from boiduong_vocabulary.catalog import Delivery
from flask import current_app
from sqlalchemy import Connection

from boiduong_server.house import House


@dataclass(frozen=True)
class Shared:
    """`places` are the halls and bridges of each class, by its code."""

    head: str
    day: date
    world: World
    structure: Structure
    catalogs: Catalogs
    places: dict[str, tuple[tuple[str, Delivery], ...]]

    @property
    def asked(self) -> Asked:
        """What pages ask of the books: the day, as the books know it now, by today's organizations."""
        return Asked(Period(self.day), self.day, "today")

    def name_of(self, organization: str) -> str:
        found = self.world.organization(organization, self.day)
        return found.name if found else organization


class Worlds:
    """The world read last. A further one is read by one thread, the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: Shared | None = None

    def at(self, connection: Connection, house: House) -> Shared:
        now, day = str(head(connection)), house.today
        with self._lock:
            if self._last is None or (self._last.head, self._last.day) != (now, day):
                self._last = _read(connection, house, now, day)
            return self._last


def _read(connection: Connection, house: House, now: str, day: date) -> Shared:
    known = world(connection, house.rules.kinds)
    found: dict[str, list[tuple[str, Delivery]]] = defaultdict(list)
    for row in contents(connection, PLACE):
        found[row["class_code"]].append((row["name"], Delivery(row["delivery"])))
    places = {code: tuple(named) for code, named in found.items()}
    return Shared(now, day, known, of_today(connection, known, day), Catalogs(connection), places)


def shared(connection: Connection, house: House) -> Shared:
    """What the books say now, for the application that answers."""
    worlds: Worlds = current_app.extensions.setdefault("worlds", Worlds())
    return worlds.at(connection, house)
