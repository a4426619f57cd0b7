"""Where the people of a class sit, in which team, and who leads it."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seating",
        Column("row_id", _NUMBER, primary_key=True),
        Column("class_code", Text, nullable=False),
        Column("cadre", _NUMBER, ForeignKey("cadre.cadre", name="fk_seating_cadre"), nullable=False),
        Column("place", Text, nullable=False),
        Column("team", Text, nullable=False),
        Column("leads", Boolean, nullable=False),
        Column("since", _NUMBER, nullable=False),
        Column("until", _NUMBER),
    )
    op.create_index("ix_seating_class_code_place", "seating", ["class_code", "place"])
    op.create_index("ix_seating_cadre", "seating", ["cadre"])
