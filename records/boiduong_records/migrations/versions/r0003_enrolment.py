"""Who is enrolled in which class."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment",
        Column("row_id", _NUMBER, primary_key=True),
        Column("class_code", Text, nullable=False),
        Column("cadre", _NUMBER, ForeignKey("cadre.cadre", name="fk_enrolment_cadre"), nullable=False),
        Column("since", _NUMBER, nullable=False),
        Column("until", _NUMBER),
    )
    op.create_index("ix_enrolment_class_code", "enrolment", ["class_code"])
    op.create_index("ix_enrolment_cadre", "enrolment", ["cadre"])
