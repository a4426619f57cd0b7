"""What the catalogs in the books say of topics: by which names other systems know them, and what their editions ask."""

from collections import defaultdict

from boiduong_records.tables import CATALOG
from boiduong_vocabulary.catalog import TopicEntry, from_json
from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import Connection, select


class Catalogs:
    """Every catalog that was ever brought, later ones first to speak."""

    def __init__(self, connection: Connection) -> None:
        self._entries: dict[tuple[str, str], TopicEntry] = {}
        self._named: dict[str, tuple[str, str]] = {}
        self._programs: dict[str, set[str]] = defaultdict(set)
        for body in connection.execute(select(CATALOG.c.body).order_by(CATALOG.c.row_id)).scalars():
            catalog = from_json(body)
            for topic in catalog.topics:
                self._entries[(topic.id, topic.edition)] = topic
                names = (topic.id, topic.title, *(package.identifier for package in topic.packages))
                self._named |= dict.fromkeys(map(fold, names), (topic.id, topic.edition))
            for package in catalog.packages:
                self._programs[package.identifier] |= {catalog.id, fold(catalog.title)}

    def entry(self, topic: str, edition: str) -> TopicEntry | None:
        return self._entries.get((topic, edition))

    def named(self, package: str) -> tuple[str, str]:
        """The topic and edition of a package's identifier, or of a title; two empty texts where it is unknown."""
        return self._named.get(fold(package), ("", ""))

    def programs(self, course: str) -> set[str]:
        """The programs whose course this is, by id and by folded title."""
        return self._programs.get(course, set())
