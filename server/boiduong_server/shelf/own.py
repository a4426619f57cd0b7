"""What the books' catalogs say of an archive: a package that our own packager built is known by its digest."""

from dataclasses import dataclass

from boiduong_records.tables import CATALOG
from boiduong_vocabulary.catalog import Catalog, from_json
from sqlalchemy import Connection, select

from boiduong_server.house import House


@dataclass(frozen=True)
class Description:
    """Under which topic and edition of which programme a package is taught."""

    topic: str
    edition: str
    program: str


def catalogs(connection: Connection) -> list[Catalog]:
    """Every catalog that the books were ever given, the latest last: a class may teach an edition that is no longer
    the newest."""
    rows = connection.execute(select(CATALOG.c.body).order_by(CATALOG.c.row_id)).scalars()
    return [from_json(body) for body in rows]


def own_description(house: House, digest: str) -> Description | None:
    """The topic whose package has this digest (SHA-256 of the archive)."""
    with house.books.reading() as connection:
        known = catalogs(connection)
    found = [
        Description(topic.id, topic.edition, catalog.id)
        for catalog in known
        for topic in catalog.topics
        if any(package.digest == digest for package in topic.packages)
    ]
    return found[-1] if found else None
