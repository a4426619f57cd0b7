"""From the books to what credit is counted from: the world that all persons share."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from boiduong_records.bodies import decode, live
from boiduong_records.tables import CLASS, ORGANIZATION, SESSION, TERM, TOPIC
from boiduong_records.versions import contents
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import NAMES, Half, Ruling
from sqlalchemy import Connection, Table

from boiduong_exporter.credit.facts import ClassTopic, Organization, Session, Span, Term, TrainingClass, World
from boiduong_exporter.rulebook.kinds import Kinds

_NOBODY = ("",)
"""What has no subject in the ledger: rulings on classes."""


def world(connection: Connection, kinds: Kinds, at_seq: int | None = None) -> World:
    """The shared facts as the books believe them now, or after ledger entry `at_seq`."""
    organizations = tuple(
        Organization(
            row["code"], row["name"], row["kind"], row["level"], row["parent"], Span(row["valid_from"], row["valid_to"])
        )
        for row in contents(connection, ORGANIZATION, at_seq)
    )
    terms = tuple(Term(**row) for row in contents(connection, TERM, at_seq))
    return World(
        organizations, terms, classes(connection, at_seq), rulings(connection, at_seq),
        kinds.authority_kinds, tuple(kinds.levels.labels),
    )  # fmt: skip


def rulings(connection: Connection, at_seq: int | None = None) -> tuple[Ruling, ...]:
    """The rulings that were not reversed, earliest first."""
    found = sorted(row for row in live(connection, _NOBODY, at_seq) if row[2] == NAMES[Ruling])
    decoded = (decode(kind, body) for _, _, kind, body in found)
    return tuple(each for each in decoded if isinstance(each, Ruling))


def classes(connection: Connection, at_seq: int | None = None) -> dict[str, TrainingClass]:
    """Every class by its code."""
    sessions, topics = (_by_class(connection, table, at_seq) for table in (SESSION, TOPIC))
    return {
        row["code"]: TrainingClass(
            row["code"], row["name"], row["kind"], row["scheme"], row["document"],
            Fraction(row["days"]) if row["days"] else None, row["periods"],
            tuple(_session(each) for each in sessions[row["code"]]),
            tuple(_topic(each) for each in topics[row["code"]]),
        )
        for row in contents(connection, CLASS, at_seq)
    }  # fmt: skip


def _by_class(connection: Connection, table: Table, at_seq: int | None) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in contents(connection, table, at_seq):
        found[row["class_code"]].append(row)
    return found


def _session(row: Mapping[str, Any]) -> Session:
    return Session(
        row["date"], Half(row["half"]), Delivery(row["delivery"]), row["starts"], row["ends"], row["periods"],
        tuple(row["topics"].split()),
    )  # fmt: skip


def _topic(row: Mapping[str, Any]) -> ClassTopic:
    is_self_paced = row["delivery"] == Delivery.SELF_PACED.value
    return ClassTopic(row["topic"], row["title"], row["edition"], row["periods"], is_self_paced)
