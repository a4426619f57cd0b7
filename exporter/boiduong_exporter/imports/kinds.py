"""What can be brought as a table: for each kind, its tables and how they are taken in."""

from collections.abc import Callable

from boiduong_exporter.imports import (
    accounts,
    attendance,
    class_tables,
    classes,
    enrolment,
    organizations,
    plan,
    roster,
)
from boiduong_exporter.imports.intake import Take
from boiduong_exporter.readers.fields import Spec
from boiduong_exporter.readers.sheet import Reading, read_tables
from boiduong_exporter.rulebook.kinds import Kinds

TABLES: dict[str, tuple[Callable[[Kinds], tuple[Spec, ...]], Take]] = {
    "organizations": (organizations.specs, organizations.take),
    "roster": (roster.specs, roster.take),
    "classes": (class_tables.specs, classes.take),
    "enrolment": (enrolment.specs, enrolment.take),
    "attendance": (attendance.specs, attendance.take),
    "plan": (plan.specs, plan.take),
    "accounts": (accounts.specs, accounts.take),
}


def read(kind: str, data: bytes, name: str, kinds: Kinds) -> Reading:
    """The tables of that kind in the file `name`; a file of another kind is refused with the command that takes it."""
    specs = {each: specs_of(kinds) for each, (specs_of, _) in TABLES.items()}
    own = specs.pop(kind)
    return read_tables(data, name, own, specs)
