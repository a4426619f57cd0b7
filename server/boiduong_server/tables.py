"""The server's own tables: who may enter, what was opened, what is being studied. The books stay the books: cadres,
classes and evidence are theirs, and named here by `cadre` (the books' number), class code, topic and edition.

On one host these tables lie in a SQLite file of their own, so that a long import into the books never holds up a beat;
on PostgreSQL they share the database of the books. Times are milliseconds since 1970, UTC.
"""

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
    Column("cadre", _NUMBER, index=True),  # the books' number; NULL for staff who are no cadres
    Column("code", Text, nullable=False, unique=True),  # mã cán bộ, folded; what people log in by
    Column("phone", Text, unique=True),  # digits alone; the other name to log in by
    _text("name"),
    _text("name_search"),  # without marks, as people type it
    Column("name_order", Text, nullable=False, default="", index=True),  # its place in a Vietnamese list
    _text("password"),  # argon2id
    Column("password_is_first", Boolean, nullable=False, default=True),  # handed out on paper: to be changed
    Column("active", Boolean, nullable=False, default=True),
    _text("second_secret"),  # TOTP, base32; empty: no second step was set up
    Column("second_step", _NUMBER),  # the 30 seconds whose code was taken last; NULL: not confirmed by a code yet
    _text("recovery"),  # JSON: SHA-256 of each recovery code that was not used yet
    _moment("created_ms"),
    _moment("entered_ms", nullable=True),  # last log-in
)
ENTERED = Table(  # who has entered from which browser; rows are ended, and swept away later
    "server_session",
    METADATA,
    _row(),
    Column("key", String(64), nullable=False, unique=True),  # SHA-256 of what the cookie holds
    Column("user", _NUMBER, ForeignKey("server_user.id"), nullable=False, index=True),
    _moment("opened_ms"),
    _moment("seen_ms"),  # to the minute
    _moment("ends_ms"),
    Column("kept", Boolean, nullable=False, default=False),  # «thiết bị của tôi»
    Column("second", Boolean, nullable=False, default=False),  # with a second step: else no officer's role holds
    _text("agent"),
)
GRANT = Table(
    "server_grant",
    METADATA,
    _row(),
    Column("user", _NUMBER, ForeignKey("server_user.id"), nullable=False, index=True),
    Column("role", String(32), nullable=False),  # accounts/roles.py
    Column("organization", Text, nullable=False),  # and all that stands below it; empty: the whole province
    Column("valid_from", Date),
    Column("valid_to", Date),
    _moment("granted_ms"),
    _moment("revoked_ms", nullable=True),
)
TRY = Table(  # rate limits and lockouts, by what is limited
    "server_try",
    METADATA,
    _row(),
    Column("bucket", String(96), nullable=False),
    _moment("at_ms"),
    Index("ix_server_try_bucket_at_ms", "bucket", "at_ms"),
)
AUDIT = Table(  # what officers did that is no entry of the ledger; rows are never changed
    "server_audit",
    METADATA,
    _row(),
    _moment("at_ms"),
    Column("user", _NUMBER, index=True),
    _text("who"),  # code and name as they were
    Column("action", String(48), nullable=False),
    _text("target"),
    _text("detail"),  # JSON
)
API_TOKEN = Table(
    "server_api_token",
    METADATA,
    _row(),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the token
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
    Column("key", String(32), nullable=False, unique=True),  # random: the name of its folder and in addresses
    Column("digest", String(64), nullable=False),  # SHA-256 of the archive
    _text("file_name"),
    _text("title"),
    Column("standard", String(16), nullable=False),  # scorm12, scorm2004
    Column("structure", Text, nullable=False),  # JSON: packages/structure.py
    _text("findings"),  # JSON: what the check said, for the officer
    Column("topic", Text, nullable=False, default="", index=True),  # empty until it is described
    _text("edition"),
    _text("program"),
    Column("own_clock", Boolean, nullable=False, default=False),  # hears the host («clock-kept») and hides its own
    _moment("added_ms"),
    _text("added_by"),
    _moment("removed_ms", nullable=True),
    Index(  # one archive stands on the shelf once; what was removed may come again
        "uq_server_package_digest", "digest", unique=True,
        sqlite_where=text("removed_ms IS NULL"), postgresql_where=text("removed_ms IS NULL"),
    ),
)  # fmt: skip

# Studying -------------------------------------------------------------------------------------------------------------

ATTEMPT = Table(  # one learner at one topic of one class, on one way through one package
    "server_attempt",
    METADATA,
    _row(),
    Column("cadre", _NUMBER, nullable=False),
    Column("class_code", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("package", _NUMBER, ForeignKey("server_package.id"), nullable=False),
    Column("organization", Text, nullable=False),  # which of the package's, by its identifier
    Column("launch", _NUMBER),  # the newest; older ones are stale
    Column("scos", Integer, nullable=False, default=1),  # how many this organization has
    Column("status", String(16), nullable=False, default="not attempted"),  # SCORM 1.2's words, rolled up
    Column("score", Integer),  # per cent, 0..100
    Column("sections_done", Integer),
    Column("reported_ms", _NUMBER, nullable=False, default=0),  # what the package says of its time, all sessions
    Column("sequencing", Text, nullable=False, default=""),  # JSON: global state of 2004 sequencing
    Column("place", Text, nullable=False, default=""),  # the item on show last
    _moment("begun_ms"),
    _moment("changed_ms"),
    _moment("sent_ms", nullable=True),  # progress up to here went into the books
    Column("refused_seq", _NUMBER),  # see server_beat
    UniqueConstraint("cadre", "class_code", "topic", "edition", "package", "organization"),
)
SCO = Table(  # the run-time data of one SCO within an attempt
    "server_sco",
    METADATA,
    _row(),
    Column("attempt", _NUMBER, ForeignKey("server_attempt.id"), nullable=False),
    Column("item", Text, nullable=False),  # the item's identifier in the manifest
    Column("cmi", Text, nullable=False),  # JSON, as scorm-again committed it
    Column("launch", _NUMBER, nullable=False),
    Column("sequence", _NUMBER, nullable=False),  # within the launch
    Column("status", String(16), nullable=False),  # the furthest so far, in SCORM 1.2's words
    Column("score", Integer),  # per cent
    Column("total_ms", _NUMBER, nullable=False),  # what the package says of its time: sessions that have ended
    Column("session_ms", _NUMBER, nullable=False),  # and the one that runs
    _moment("changed_ms"),
    UniqueConstraint("attempt", "item"),
)
LAUNCH = Table(  # one load of the player
    "server_launch",
    METADATA,
    _row(),
    Column("public", String(32), nullable=False, unique=True),  # its name in addresses and in the log
    Column("token", String(64), nullable=False, unique=True),  # SHA-256 of the token
    Column("attempt", _NUMBER, ForeignKey("server_attempt.id"), nullable=False, index=True),
    Column("user", _NUMBER, nullable=False),
    _moment("opened_ms"),
    _moment("stale_ms", nullable=True),  # when a newer one was opened
    _moment("heard_ms"),  # of its last sign, to five minutes
)
BEAT = Table(  # signs of the study clock as they arrived, until they are handed over to the books
    "server_beat",
    METADATA,
    _row(),
    Column("launch", _NUMBER, ForeignKey("server_launch.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    _moment("received_ms"),
    _moment("elapsed_ms"),
    _moment("age_ms"),
    Column("refused_seq", _NUMBER),  # the books would not have it, as they stood at this entry
    UniqueConstraint("launch", "sequence"),
)
