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

# Attending ------------------------------------------------------------------------------------------------------------

SITTING = Table(  # one session of a class at one of its places
    "server_sitting",
    METADATA,
    _row(),
    Column("public", String(8), nullable=False, unique=True),  # its name in addresses
    Column("class_code", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("half", String(16), nullable=False),
    Column("place", Text, nullable=False),  # the hall or bridge; empty: the class names none
    Column("key", LargeBinary, nullable=False),  # what codes are made with
    _moment("from_ms"),  # codes are good from here
    _moment("to_ms"),  # to here, at the most
    _moment("prepared_ms"),
    _moment("opened_ms", nullable=True),
    _text("opened_by"),
    Column("headcount", Integer),  # as the monitor counted heads
    _moment("headcount_ms", nullable=True),
    _moment("closed_ms", nullable=True),
    _text("closed_by"),
    _moment("objections_until_ms", nullable=True),
    _moment("sealed_ms", nullable=True),
    UniqueConstraint("class_code", "date", "half", "place"),
)
SCAN = Table(  # someone's code, as good as it was read: rows are never changed but by their confirmation
    "server_scan",
    METADATA,
    _row(),
    Column("sitting", _NUMBER, ForeignKey("server_sitting.id"), nullable=False),
    Column("cadre", _NUMBER, nullable=False, index=True),
    Column("user", _NUMBER, nullable=False),
    _moment("at_ms"),  # when the address was opened or the code was typed
    _moment("received_ms"),
    Column("nonce", String(32), nullable=False, unique=True),  # of the stamp: one reading serves one account
    _text("device"),  # a random name that the browser keeps; empty where it keeps none
    Column("typed", Boolean, nullable=False),
    Column("claimed_offline", Boolean, nullable=False),
    _moment("confirmed_ms", nullable=True),  # by the monitor, of what was claimed offline
    _text("confirmed_by"),
    Index("ix_server_scan_sitting_cadre", "sitting", "cadre"),
    Index("ix_server_scan_device", "device"),  # who else used that telephone
)
LINE = Table(  # what somebody wrote of somebody: a team leader's tick, a monitor's line, a row of the signed sheet
    "server_line",
    METADATA,
    _row(),
    Column("sitting", _NUMBER, ForeignKey("server_sitting.id"), nullable=False),
    Column("cadre", _NUMBER, nullable=False, index=True),
    Column("mark", String(16), nullable=False),  # present, absent, excused, undone
    Column("came", Integer),  # minutes after local midnight
    Column("left", Integer),
    Column("how", String(16), nullable=False),  # team, hand, paper
    _text("reason"),
    Column("user", _NUMBER, nullable=False),  # who wrote it
    _text("by"),  # name and code as they were
    _moment("at_ms"),  # when it was written, by the server's clock as the page knew it
    _moment("received_ms"),
    Column("nonce", String(32), nullable=False, unique=True),  # of the page: what is sent twice is written once
    Column("claimed_offline", Boolean, nullable=False),
    Index("ix_server_line_sitting_cadre", "sitting", "cadre"),
)
REFUSED = Table(  # codes that were not taken, for the monitor to see
    "server_refused",
    METADATA,
    _row(),
    Column("sitting", _NUMBER, ForeignKey("server_sitting.id"), nullable=False, index=True),
    Column("cadre", _NUMBER),  # NULL: nobody had entered
    _text("who"),
    _moment("at_ms"),
    _moment("received_ms"),
    Column("why", String(24), nullable=False),  # attending/scanning.py
    _text("device"),
)
CARRIED = Table(  # short codes that carry a stamp into another browser; swept away when they end
    "server_carried",
    METADATA,
    _row(),
    Column("short", String(8), nullable=False, unique=True),
    Column("stamp", Text, nullable=False),
    _moment("ends_ms"),
)
OBJECTION = Table(
    "server_objection",
    METADATA,
    _row(),
    Column("sitting", _NUMBER, ForeignKey("server_sitting.id"), nullable=False, index=True),
    Column("cadre", _NUMBER, nullable=False, index=True),
    Column("text", Text, nullable=False),
    _moment("at_ms"),
    _text("answer"),
    _text("answered_by"),
    _moment("answered_ms", nullable=True),
    Column("upheld", Boolean),  # NULL until it is answered
)
CORRECTION = Table(  # what one officer wants instead of a sealed entry, for another to decide
    "server_correction",
    METADATA,
    _row(),
    Column("seq", _NUMBER, nullable=False),  # the entry of the ledger
    Column("cadre", _NUMBER, nullable=False, index=True),
    Column("said", Text, nullable=False),  # JSON: the attendance that is to stand in its stead
    Column("reason", Text, nullable=False),
    Column("user", _NUMBER, nullable=False),  # who asks for it
    _text("by"),
    _moment("at_ms"),
    Column("approved", Boolean),  # NULL until it is decided
    _text("answer"),  # why it was declined
    _text("decided_by"),
    _moment("decided_ms", nullable=True),
)

# Keeping the machine --------------------------------------------------------------------------------------------------

UPKEEP = Table(  # what was done last of each kind, and how it went
    "server_upkeep",
    METADATA,
    Column("name", String(16), primary_key=True),  # upkeep.py
    _moment("at_ms"),
    Column("done", Boolean, nullable=False),
    _text("said"),  # line by line
)
