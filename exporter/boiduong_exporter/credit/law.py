"""Which documents hold for whom on which day, and what they say together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.vietnamese import fold

from boiduong_exporter.credit.facts import Organization, World
from boiduong_exporter.credit.rules import Form, FormRule, Group, Kind, Rulebook, RuleSet


@dataclass(frozen=True)
class Effective:
    """The central regulation of a day and the local documents that tighten it. Without a central one nothing counts."""

    central: RuleSet | None
    local: tuple[RuleSet, ...] = ()

    @cached_property
    def documents(self) -> tuple[RuleSet, ...]:
        return (self.central, *self.local) if self.central else ()

    @cached_property
    def form(self) -> FormRule | None:
        """The narrowest rule of form."""
        rules = [document.form for document in self.documents if document.form]
        return min(rules, key=lambda rule: len(rule.allowed), default=None)

    @cached_property
    def allows_blended(self) -> bool:
        return self.form is None or Form.BLENDED in self.form.allowed

    @cached_property
    def excluded(self) -> dict[str, Kind]:
        """Of two entries for one kind the stricter: the one that no decision can soften."""
        found: dict[str, Kind] = {}
        for kind in (kind for document in self.documents for kind in document.excluded):
            if kind.id not in found or (found[kind.id].may_be_decided and not kind.may_be_decided):
                found[kind.id] = kind
        return found

    @cached_property
    def covered(self) -> dict[str, Kind]:
        return {kind.id: kind for document in reversed(self.documents) for kind in document.covered}

    def strictest(self, group: str) -> Group | None:
        """The group's entry with the most days; a number beats none."""
        return max(self._entries(group), key=lambda entry: entry.minimum_days or Fraction(-1), default=None)

    def in_person(self, group: str) -> Group | None:
        """The entry with the most days that must be in person, or None when none says so."""
        stated = [entry for entry in self._entries(group) if entry.minimum_in_person_days is not None]
        return max(stated, key=lambda entry: entry.minimum_in_person_days or Fraction(0), default=None)

    def _entries(self, group: str) -> list[Group]:
        return [entry for document in self.documents for entry in document.groups if entry.id == group]


class Law:
    """The rulebook over a world; answers are remembered, because thousands of cadres share an authority and a day."""

    def __init__(self, world: World, rulebook: Rulebook) -> None:
        self.world = world
        self.rulebook = rulebook
        self._known: dict[tuple[str, date], Effective] = {}
        self.room_worth: dict[str, Fraction] = {}
        """By class, what `appraisal.room_worth` found."""
        bridges = rulebook.readings.bridge_form != "online"
        self.rooms = frozenset({Delivery.HALL, Delivery.BRIDGE} if bridges else {Delivery.HALL})
        """How sessions are held that are no online ones; whether bridges are is a reading."""

    def on(self, authority: str, day: date) -> Effective:
        """What holds on `day` for cadres whom `authority` manages."""
        key = (authority, day)
        if key not in self._known:
            self._known[key] = self._effective(authority, day)
        return self._known[key]

    def group_of(self, authority: Organization, day: date) -> Group | None:
        """The group that follows from the managing body."""
        kind = self.world.authority_kinds.get(authority.kind, authority.kind)
        central = self.rulebook.central(day)
        groups = central.groups if central else ()
        return next((group for group in groups if kind in group.managed_by), None)

    def rank(self, organization: Organization, day: date) -> tuple[str, int, str]:
        """The key that puts the highest managing body first: by group, then level."""
        levels = self.world.levels
        group = self.group_of(organization, day)
        level = levels.index(organization.level) if organization.level in levels else len(levels)
        return (group.id if group else "9", level, organization.code)

    def highest(self, codes: Iterable[str], day: date) -> str:
        """The highest of these managing bodies; empty where none is known."""
        known = [found for code in codes if code and (found := self.world.organization(code, day))]
        return min(known, key=lambda each: self.rank(each, day)).code if known else ""

    def _effective(self, authority: str, day: date) -> Effective:
        names = {name for each in self.world.lineage(authority, day) for name in (fold(each.code), fold(each.name))}
        local = (
            rules
            for rules in self.rulebook.rulesets
            if not rules.is_central and rules.holds(day) and names & {fold(name) for name in rules.scope}
        )
        return Effective(self.rulebook.central(day), tuple(local))
