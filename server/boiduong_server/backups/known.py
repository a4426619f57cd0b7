"""What books and tables say of themselves, so that a backup can be told from another, and which files they name."""

from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from boiduong_exporter.study.archive import Archive
from boiduong_records.beats import days
from boiduong_records.entry import ERASED, Head, parse_head
from boiduong_records.ledger import head, is_sample, origin
from boiduong_records.migrating import VERSION_TABLE
from boiduong_records.tables import LEDGER
from sqlalchemy import Connection, func, select

from boiduong_server.migrating import context_of
from boiduong_server.tables import PACKAGE


@dataclass(frozen=True)
class Known:
    """`head` is the ledger's; `at_ms` when its last entry was made; `owner` what these books call themselves, the same
    all their life. `versions` are those of the books' tables and the server's (empty: no server has run beside them).
    `days` are names of day files, `packages` of folders on the shelf."""

    head: str
    at_ms: int
    owner: str
    sample: bool
    versions: tuple[str, str]
    days: tuple[str, ...]
    packages: tuple[str, ...]

    @property
    def seq(self) -> int:
        return parse_head(self.head).seq


def known_of(books: Connection, store: Connection | None) -> Known:
    """What they say; `store` is None where no server has run beside the books."""
    return Known(
        head=str(head(books)),
        at_ms=books.execute(select(func.max(LEDGER.c.at))).scalar_one() or 0,
        owner=origin(books, "beats"),
        sample=is_sample(books),
        versions=(books_version(books), store_version(store) if store else ""),
        days=tuple(Archive(Path()).path(day, file.digest).name for day, file in sorted(days(books).items())),
        packages=packages(store) if store else (),
    )


def books_version(books: Connection) -> str:
    return MigrationContext.configure(books, opts={"version_table": VERSION_TABLE}).get_current_revision() or ""


def store_version(store: Connection) -> str:
    return context_of(store).get_current_revision() or ""


def packages(store: Connection) -> tuple[str, ...]:
    """Of one that was removed the files may be gone."""
    query = select(PACKAGE.c.key).where(PACKAGE.c.removed_ms.is_(None))
    return tuple(store.execute(query.order_by(PACKAGE.c.key)).scalars())


def agrees(books: Connection, old: Head) -> bool:
    """Whether these books are those of this head, written further."""
    found = books.execute(select(LEDGER.c.hash).where(LEDGER.c.seq == old.seq)).scalar_one_or_none()
    return old.seq == 0 or (found is not None and old.agrees(found))


def erased_after(books: Connection, seq: int) -> int:
    """How many erasures were entered after this entry."""
    query = select(func.count()).select_from(LEDGER).where(LEDGER.c.kind == ERASED, LEDGER.c.seq > seq)
    return books.execute(query).scalar_one()
