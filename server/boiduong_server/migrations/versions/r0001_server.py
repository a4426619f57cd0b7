"""The server's tables as they were first laid out.

A copy of the tables as of this revision, kept as it was: what `tables.py` says later is brought about by later
revisions, and an old server must be able to take the same road.
"""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _row() -> Column[int]:
    return Column("id", _NUMBER, primary_key=True)


def _moment(name: str, nullable: bool = False) -> Column[int]:
    return Column(name, _NUMBER, nullable=nullable)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


# Who may enter --------------------------------------------------------------------------------------------------------

SECRET = Table(
    "server_secret",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
USER = Table(
    "server_user",
    METADATA,
    _row(),
    Column("cadre", _NUMBER, index=True),
    Column("code", Text, nullable=False, unique=True),
    Column("phone", Text, unique=True),
    _text("name"),
    _text("name_search"),
    Column("name_order", Text, nullable=False, default="", index=True),
    _text("password"),
    Column("password_is_first", Boolean, nullable=False, default=True),
    Column("active", Boolean, nullable=False, default=True),
    _text("second_secret"),
    Column("second_step", _NUMBER),
    _text("recovery"),
    _moment("created_ms"),
    _moment("entered_ms", nullable=True),
)
ENTERED = Table(
    "server_session",
    METADATA,
    _row(),
    Column("key", String(64), nullable=False, unique=True),
    Column("user", _NUMBER, ForeignKey("server_user.id"), nullable=False, index=True),
    _moment("opened_ms"),
    _moment("seen_ms"),
    _moment("ends_ms"),
    Column("kept", Boolean, nullable=False, default=False),
    Column("second", Boolean, nullable=False, default=False),
    _text("agent"),
)
GRANT = Table(
    "server_grant",
    METADATA,
    _row(),
    Column("user", _NUMBER, ForeignKey("server_user.id"), nullable=False, index=True),
    Column("role", String(32), nullable=False),
    Column("organization", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    _moment("granted_ms"),
    _moment("revoked_ms", nullable=True),
)
TRY = Table(
    "server_try",
    METADATA,
    _row(),
    Column("bucket", String(96), nullable=False),
    _moment("at_ms"),
    Index("ix_server_try_bucket_at_ms", "bucket", "at_ms"),
)
AUDIT = Table(
    "server_audit",
    METADATA,
    _row(),
    _moment("at_ms"),
    Column("user", _NUMBER, index=True),
    _text("who"),
    Column("action", String(48), nullable=False),
    _text("target"),
    _text("detail"),
)
API_TOKEN = Table(
    "server_api_token",
    METADATA,
    _row(),
    Column("digest", String(64), nullable=False, unique=True),
    _text("label"),
    _text("organization"),
    _moment("created_ms"),
    _moment("revoked_ms", nullable=True),
)

# What can be studied --------------------------------------------------------------------------------------------------

PACKAGE = Table(
    "server_package",
    METADATA,
    _row(),
    Column("key", String(32), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    _text("file_name"),
    _text("title"),
    Column("standard", String(16), nullable=False),
    Column("structure", Text, nullable=False),
    _text("findings"),
    Column("topic", Text, nullable=False, default="", index=True),
    _text("edition"),
    _text("program"),
    Column("own_clock", Boolean, nullable=False, default=False),
    _moment("added_ms"),
    _text("added_by"),
    _moment("removed_ms", nullable=True),
    Index(
        "uq_server_package_digest", "digest", unique=True,
        sqlite_where=text("removed_ms IS NULL"), postgresql_where=text("removed_ms IS NULL"),
    ),
)  # fmt: skip

# Studying -------------------------------------------------------------------------------------------------------------

ATTEMPT = Table(
    "server_attempt",
    METADATA,
    _row(),
    Column("cadre", _NUMBER, nullable=False),
    Column("class_code", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("package", _NUMBER, ForeignKey("server_package.id"), nullable=False),
    Column("organization", Text, nullable=False),
    Column("launch", _NUMBER),
    Column("scos", Integer, nullable=False, default=1),
    Column("status", String(16), nullable=False, default="not attempted"),
    Column("score", Integer),
    Column("sections_done", Integer),
    Column("reported_ms", _NUMBER, nullable=False, default=0),
    Column("sequencing", Text, nullable=False, default=""),
    Column("place", Text, nullable=False, default=""),
    _moment("begun_ms"),
    _moment("changed_ms"),
    _moment("sent_ms", nullable=True),
    Column("refused_seq", _NUMBER),
    UniqueConstraint("cadre", "class_code", "topic", "edition", "package", "organization"),
)
SCO = Table(
    "server_sco",
    METADATA,
    _row(),
    Column("attempt", _NUMBER, ForeignKey("server_attempt.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("cmi", Text, nullable=False),
    Column("launch", _NUMBER, nullable=False),
    Column("sequence", _NUMBER, nullable=False),
    Column("status", String(16), nullable=False),
    Column("score", Integer),
    Column("total_ms", _NUMBER, nullable=False),
    Column("session_ms", _NUMBER, nullable=False),
    _moment("changed_ms"),
    UniqueConstraint("attempt", "item"),
)
LAUNCH = Table(
    "server_launch",
    METADATA,
    _row(),
    Column("public", String(32), nullable=False, unique=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("attempt", _NUMBER, ForeignKey("server_attempt.id"), nullable=False, index=True),
    Column("user", _NUMBER, nullable=False),
    _moment("opened_ms"),
    _moment("stale_ms", nullable=True),
    _moment("heard_ms"),
)
BEAT = Table(
    "server_beat",
    METADATA,
    _row(),
    Column("launch", _NUMBER, ForeignKey("server_launch.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    _moment("received_ms"),
    _moment("elapsed_ms"),
    _moment("age_ms"),
    Column("refused_seq", _NUMBER),
    UniqueConstraint("launch", "sequence"),
)

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    METADATA.create_all(op.get_bind())
