"""What Alembic runs for each migration: within the connection, and the transaction, that the store hands over."""

from alembic import context

from boiduong_server.migrating import VERSION_TABLE
from boiduong_server.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSION_TABLE
)
with context.begin_transaction():
    context.run_migrations()
