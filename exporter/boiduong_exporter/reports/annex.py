"""The annex of a paper: all that its figures rest on, in words, and how to redo them."""

from collections.abc import Iterable
from typing import Any

from boiduong_exporter.credit.rules import Citation, RuleSet
from boiduong_exporter.credit.telling import ground
from boiduong_exporter.reports.figures import Basis
from boiduong_exporter.reports.legal import (
    CONVERSION,
    QUOTED,
    applied,
    listed,
    named,
    origin,
    parts,
    recompute,
    standing_of,
)


def annex(basis: Basis) -> dict[str, Any]:
    """What frame.typ prints as «Phụ lục»."""
    return {
        "origin": [list(pair) for pair in origin(basis)],
        "recompute": [list(pair) for pair in recompute(basis.head)],
        "conversion": [CONVERSION, basis.conversion.statement],
        "quoted": QUOTED,
        "documents": [_document(rules, basis) for rules in basis.documents],
        "readings": [[each.title, each.said, listed(each.alternatives), ground(each)] for each in basis.readings],
    }


def _document(rules: RuleSet, basis: Basis) -> dict[str, Any]:
    said = (pair for _, part in parts(rules, basis.levels) for pair in part)
    return {"name": named(rules), "applied": applied(rules), "rows": list(_rows(said))}


def _rows(told: Iterable[tuple[str, Citation]]) -> Iterable[list[str]]:
    for about, citation in told:
        yield [about, f"«{citation.quote}»", f"{citation.source}; {citation.where} ({standing_of(citation)})"]
