"""Study on the system: accounts, what was studied, the days of beats; receipts that speak of several lines at once."""

from alembic import op
from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, String, Text

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def _known() -> tuple[Column[int], ...]:
    return Column("since", _NUMBER, nullable=False), Column("until", _NUMBER)


def upgrade() -> None:
    op.create_index("ix_ledger_kind_at", "ledger", ["kind", "at"])
    op.add_column("receipt", Column("records", Integer, nullable=False, server_default="1"))
    op.create_table(
        "account",
        Column("row_id", _NUMBER, primary_key=True),
        Column("cadre", _NUMBER, ForeignKey("cadre.cadre", name="fk_account_cadre"), nullable=False),
        Column("system", Text, nullable=False),
        Column("name", Text, nullable=False),
        *_known(),
    )
    op.create_index("ix_account_cadre", "account", ["cadre"])
    op.create_table(
        "study",
        Column("study", _NUMBER, primary_key=True, autoincrement=False),
        Column("class_code", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("edition", Text, nullable=False),
        Column("since", _NUMBER, nullable=False),
    )
    op.create_table(
        "beat_day",
        Column("row_id", _NUMBER, primary_key=True),
        Column("day", Date, nullable=False),
        Column("digest", String(64), nullable=False),
        Column("spans", Integer, nullable=False),
        *_known(),
    )
    op.create_index("ix_beat_day_day", "beat_day", ["day"])
