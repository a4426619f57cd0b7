"""The tables of the books.

Rows that describe the world carry two times. `valid_from`..`valid_to` (local days, both inclusive, NULL = open) is when
the fact holds; `since`..`until` (ledger sequences, `until` exclusive, NULL = still believed) is when the books said so.
Nothing is updated but `until`, nothing is deleted but erased identities, accounts, bodies and salts. Organizations and
classes are named by their code, cadres by `cadre`, an inner number that never leaves the books.
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
"""SQLite numbers rows by itself only in an INTEGER primary key."""


def _row() -> Column[int]:
    return Column("row_id", _NUMBER, primary_key=True)


def _life() -> tuple[Column[object], ...]:
    return Column("valid_from", Date), Column("valid_to", Date)


def _known() -> tuple[Column[int], ...]:
    return Column("since", _NUMBER, nullable=False), Column("until", _NUMBER)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


# The ledger -----------------------------------------------------------------------------------------------------------

LEDGER = Table(
    "ledger",
    METADATA,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("at", _NUMBER, nullable=False),  # milliseconds since 1970, UTC
    Column("kind", String(32), nullable=False),
    Column("subject", String(32), nullable=False),  # a person's random key, or empty
    Column("origin", String(64), nullable=False, unique=True),  # keyed digest of where it came from
    Column("commitment", String(64), nullable=False),
    Column("author", Text, nullable=False),
    Column("approver", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)
BODY = Table(
    "ledger_body",
    METADATA,
    Column("seq", _NUMBER, ForeignKey("ledger.seq"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("body", Text, nullable=False),
)
HEAD = Table(
    "ledger_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1: the row that appenders lock
    Column("seq", _NUMBER, nullable=False),
    Column("hash", String(64), nullable=False),
)
SECRET = Table(
    "secret",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# Imports --------------------------------------------------------------------------------------------------------------

BATCH = Table(
    "batch",
    METADATA,
    _row(),
    Column("at", _NUMBER, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_digest", String(64), nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("seq", _NUMBER),  # the entry that says so in the ledger; NULL where nothing changed
)
RECEIPT = Table(
    "receipt",
    METADATA,
    _row(),
    Column("batch", _NUMBER, ForeignKey("batch.row_id"), nullable=False, index=True),
    Column("place", Text, nullable=False),  # "file:sheet:row"; of a log "file:1-400,402"
    Column("records", Integer, nullable=False, server_default="1"),  # how many lines it speaks of
    Column("outcome", String(16), nullable=False),
    Column("code", String(8), nullable=False),
    Column("reason", Text, nullable=False),
)

# Who ------------------------------------------------------------------------------------------------------------------

ORGANIZATION = Table(
    "organization",
    METADATA,
    _row(),
    Column("code", Text, nullable=False, index=True),
    _text("name"),
    _text("kind"),
    _text("level"),
    _text("parent"),
    *_life(),
    *_known(),
)
SUCCESSION = Table(
    "succession",
    METADATA,
    _row(),
    Column("predecessor", Text, nullable=False, index=True),
    Column("successor", Text, nullable=False, index=True),
    Column("on_date", Date, nullable=False),
    *_known(),
)
TERM = Table(
    "term",
    METADATA,
    _row(),
    Column("organization", Text, nullable=False, index=True),
    _text("name"),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    *_known(),
)
CADRE = Table(
    "cadre",
    METADATA,
    Column("cadre", _NUMBER, primary_key=True),
    Column("subject", String(32), nullable=False, unique=True),
    Column("since", _NUMBER, nullable=False),
)
IDENTITY = Table(
    "identity",
    METADATA,
    _row(),
    Column("cadre", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    Column("code", Text, nullable=False, index=True),  # empty where the province gave none
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False, index=True),
    Column("birth", String(10), nullable=False),  # "1970-03-12", or "1970"
    *_known(),
)
POST = Table(
    "post",
    METADATA,
    _row(),
    Column("cadre", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    _text("title"),
    Column("organization", Text, nullable=False, index=True),
    *_life(),
    *_known(),
)
MANAGEMENT = Table(
    "management",
    METADATA,
    _row(),
    Column("cadre", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    Column("authority", Text, nullable=False, index=True),  # an organization; empty = outside the regime, said so
    *_life(),
    *_known(),
)
MERGE = Table(
    "merge",
    METADATA,
    _row(),
    Column("absorbed", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    Column("kept", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    *_known(),
)
ACCOUNT = Table(
    "account",
    METADATA,
    _row(),
    Column("cadre", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    _text("system"),  # where the account is used; empty: everywhere
    Column("name", Text, nullable=False),  # a login or an e-mail address
    *_known(),
)

# What was arranged ----------------------------------------------------------------------------------------------------

CATALOG = Table(
    "catalog",
    METADATA,
    _row(),
    Column("program", Text, nullable=False, index=True),
    Column("edition", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
    *_known(),
)
CLASS = Table(
    "training_class",
    METADATA,
    _row(),
    Column("code", Text, nullable=False, index=True),
    _text("name"),
    _text("kind"),
    _text("scheme"),
    _text("audience"),
    _text("lead"),
    _text("coordinators"),
    _text("venue"),
    _text("program"),
    _text("document"),
    Column("document_date", Date),
    Column("days", String(16), nullable=False),  # of the deciding document, exact ("5/2"); empty where it gives none
    Column("periods", Integer),
    *_known(),
)
SESSION = Table(
    "class_session",
    METADATA,
    _row(),
    Column("class_code", Text, nullable=False, index=True),
    Column("date", Date, nullable=False),
    Column("half", String(16), nullable=False),
    Column("delivery", String(16), nullable=False),
    Column("starts", Integer),  # minutes after local midnight
    Column("ends", Integer),
    Column("periods", Integer),
    _text("title"),
    _text("topics"),  # topic ids, one space between
    *_known(),
)
PLACE = Table(
    "class_place",
    METADATA,
    _row(),
    Column("class_code", Text, nullable=False, index=True),
    _text("name"),
    Column("delivery", String(16), nullable=False),
    _text("monitor"),
    *_known(),
)
TOPIC = Table(
    "class_topic",
    METADATA,
    _row(),
    Column("class_code", Text, nullable=False, index=True),
    _text("topic"),
    _text("title"),
    _text("edition"),  # fixed at opening, with the digest
    _text("digest"),
    Column("periods", Integer, nullable=False),
    Column("delivery", String(16), nullable=False),  # self_paced, or how the sessions that teach it are held
    *_known(),
)
ENROLMENT = Table(  # who is to study a class, and may open its topics
    "enrolment",
    METADATA,
    _row(),
    Column("class_code", Text, nullable=False, index=True),
    Column("cadre", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    *_known(),
)
SEATING = Table(  # where the people of a class sit, and in which team; who has no row: nothing was said of it
    "seating",
    METADATA,
    _row(),
    Column("class_code", Text, nullable=False),
    Column("cadre", _NUMBER, ForeignKey("cadre.cadre"), nullable=False, index=True),
    _text("place"),  # the hall or bridge, by its name in class_place
    _text("team"),
    Column("leads", Boolean, nullable=False),  # is the leader of the team
    *_known(),
    Index("ix_seating_class_code_place", "class_code", "place"),
)
PLAN_LINE = Table(
    "plan_line",
    METADATA,
    _row(),
    Column("year", Integer, nullable=False, index=True),
    _text("owner"),
    _text("number"),  # the line's own number in the plan
    _text("audience"),
    Column("classes", Integer, nullable=False),
    Column("people", Integer),
    _text("lead"),
    _text("coordinators"),
    _text("document"),
    _text("state"),
    _text("moved_to"),
    *_known(),
)

# What was observed ----------------------------------------------------------------------------------------------------

STUDY = Table(
    "study",
    METADATA,
    Column("study", _NUMBER, primary_key=True, autoincrement=False),  # what day files call it
    Column("class_code", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("since", _NUMBER, nullable=False),
)
BEAT_DAY = Table(
    "beat_day",
    METADATA,
    _row(),
    Column("day", Date, nullable=False, index=True),
    Column("digest", String(64), nullable=False),  # SHA-256 of the day's file
    Column("spans", Integer, nullable=False),
    *_known(),
)

Index("ix_ledger_subject_seq", LEDGER.c.subject, LEDGER.c.seq)
Index("ix_ledger_kind_at", LEDGER.c.kind, LEDGER.c.at)
