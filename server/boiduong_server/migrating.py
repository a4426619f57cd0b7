"""The server's own history of migrations (Alembic), beside that of the books and apart from it."""

import secrets
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text

from boiduong_server.tables import SECRET

VERSION_TABLE = "server_version"
SESSION_SECRET = "session"  # noqa: S105  (the name of one)
_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 145_001
"""Of PostgreSQL's advisory locks: two servers that start at once must not both lay out the tables."""


def migrate(connection: Connection) -> None:
    """Bring the tables up to date within the caller's transaction; new ones get the secret that sessions are signed
    with."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.execute(select(SECRET.c.name)).first() is None:
        connection.execute(insert(SECRET).values(name=SESSION_SECRET, value=secrets.token_bytes(32)))


def context_of(connection: Connection) -> MigrationContext:
    """The same settings for the migrations and for whoever compares their outcome with the tables."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
