"""By which regulation a class is counted where its row does not say: the one in force on its first day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from boiduong_exporter.credit.rules import Rulebook, RuleSet


def scheme_of(rules: Rulebook, row: Mapping[str, Any], sessions: Iterable[Mapping[str, Any]]) -> str:
    """The scheme that the row of a class names; else that of the central regulation in force on the first session, or
    on the day of the decision; else of the latest."""
    if row.get("scheme"):
        return str(row["scheme"])
    first: date | None = min((each["date"] for each in sessions), default=row.get("document_date"))
    found = rules.central(first) if first else None
    found = found or max(_central(rules), key=lambda each: each.in_force, default=None)
    return found.scheme if found else ""


def asks_days(rules: Rulebook, scheme: str) -> bool:
    """Whether a regulation of the scheme has groups; where none has, nothing says how many days its classes were."""
    return any(each.groups for each in _central(rules) if each.scheme == scheme)


def _central(rules: Rulebook) -> list[RuleSet]:
    return [each for each in rules.rulesets if each.is_central]
