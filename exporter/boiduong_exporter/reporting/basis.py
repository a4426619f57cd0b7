"""What a report rests on, put together once: the head, the documents, the readings and the conversion."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import version

from boiduong_records.ledger import head, is_sample
from boiduong_records.tables import LEDGER
from boiduong_vocabulary.vietnamese import fold
from sqlalchemy import Connection, select

from boiduong_exporter.credit.facts import World
from boiduong_exporter.credit.rules import Rulebook, RuleSet, Status
from boiduong_exporter.reporting.periods import Period
from boiduong_exporter.reports.figures import Basis
from boiduong_exporter.rulebook.read import Rules

SAMPLE = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ"
"""What stands on all that is made from sample books."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the books: for when, by whose structure, and as known after which entry (None: now)."""

    period: Period
    today: date
    structure: str = "period"
    at_seq: int | None = None


def basis(connection: Connection, world: World, rules: Rules, authorities: Iterable[str], asked: Asked) -> Basis:
    """`authorities` are the managing bodies of those reported on: their local documents are named, ended ones too."""
    return bases(connection, world, rules, asked)(frozenset(authorities))


def bases(connection: Connection, world: World, rules: Rules, asked: Asked) -> Callable[[frozenset[str]], Basis]:
    """The bases of many reports at once, by managing bodies: the books are asked once, and those of the same bodies
    share one."""
    rulebook = rules.rulebook
    readings = tuple(entry for entry in rulebook.readings.entries if entry.status is not Status.TEXT)
    common = Basis(
        _head(connection, asked.at_seq), asked.period.as_of, asked.period.name, (), readings, rulebook.conversion,
        asked.structure, rulebook.version, version("boiduong"), rulebook.readings.display_step,
        rules.kinds.levels.labels, SAMPLE if is_sample(connection) else "",
    )  # fmt: skip

    @cache
    def of(authorities: frozenset[str]) -> Basis:
        return replace(common, documents=documents(world, rulebook, authorities, asked.period.as_of))

    return of


def documents(world: World, rulebook: Rulebook, authorities: Iterable[str], as_of: date) -> tuple[RuleSet, ...]:
    """The central regulations up to the day, and local documents of these bodies, whether or not they still hold."""
    names: set[str] = set()
    for authority in set(authorities):
        names |= {fold(word) for each in world.lineage(authority, as_of) for word in (each.code, each.name)}
    return tuple(
        each
        for each in rulebook.rulesets
        if each.in_force <= as_of and (each.is_central or names & {fold(word) for word in each.scope})
    )


def _head(connection: Connection, at_seq: int | None) -> str:
    """The head now, or the entry at which the books are read."""
    if at_seq is None:
        return str(head(connection))
    found = connection.execute(select(LEDGER.c.hash).where(LEDGER.c.seq == at_seq)).scalar_one_or_none()
    return f"{at_seq}:{found or ''}"
