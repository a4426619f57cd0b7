"""Attending: sessions at their places, codes that were read, lines that were written, objections, corrections. And what
was done last for the machine.

As of this revision, kept as it was: see r0001.
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
UPKEEP = Table(  # what was done last of each kind, and how it went
    "server_upkeep",
    METADATA,
    Column("name", String(16), primary_key=True),  # upkeep.py
    _moment("at_ms"),
    Column("done", Boolean, nullable=False),
    _text("said"),  # line by line
)


revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    METADATA.create_all(op.get_bind(), checkfirst=False)
