"""The books' own history of migrations (Alembic), run from code: no alembic.ini, and at home in an installed wheel."""

import secrets
from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, select, text

from boiduong_records.entry import GENESIS
from boiduong_records.ledger import ORIGIN_SECRET
from boiduong_records.tables import HEAD, SECRET

VERSION_TABLE = "records_version"
"""Its own name: other wings may keep tables, and a history, in the same database."""
_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 145_000
"""Of PostgreSQL's advisory locks: two programs that open new books at once must not both lay them out."""


class Age(Enum):
    """How the books stand to this program."""

    NONE = "none"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def age_of(connection: Connection) -> Age:
    if not inspect(connection).has_table(VERSION_TABLE):
        return Age.NONE
    revision = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608
    scripts = ScriptDirectory.from_config(_config())
    if revision == scripts.get_current_head():
        return Age.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return Age.OLDER if revision in known else Age.NEWER if revision else Age.NONE


def migrate(connection: Connection) -> None:
    """Bring the books up to date within the caller's transaction; new ones get a head and a secret."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.execute(select(HEAD.c.id)).first() is None:
        connection.execute(insert(HEAD).values(id=1, seq=0, hash=GENESIS))
        connection.execute(insert(SECRET).values(name=ORIGIN_SECRET, value=secrets.token_bytes(32)))


def context_of(connection: Connection) -> MigrationContext:
    """The same settings for the migrations and for whoever compares their outcome with the tables."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
