"""Which group a person is in on a day: by the managing body, or by a document that says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from boiduong_vocabulary.evidence import Designation

from boiduong_exporter.credit.facts import Organization, Person, Span, Term
from boiduong_exporter.credit.law import Law
from boiduong_exporter.credit.rules import Group
from boiduong_exporter.credit.spells import Spell, pieces


@dataclass(frozen=True)
class Standing:
    """Who manages a person on a day, highest first; bodies that the books do not know; documents that designate."""

    bodies: tuple[Organization, ...]
    unknown: tuple[str, ...]
    designations: tuple[Designation, ...]


def standing(person: Person, law: Law, day: date) -> Standing:
    codes = sorted({each.authority for each in person.managements if each.authority and each.span.holds(day)})
    known = {code: law.world.organization(code, day) for code in codes}
    bodies = sorted((found for found in known.values() if found), key=lambda each: law.rank(each, day))
    found = (piece.evidence for piece in person.pieces if isinstance(piece.evidence, Designation))
    holding = [each for each in found if Span(each.starts, each.ends).holds(day)]
    latest = max((each.starts for each in holding), default=None)
    designations = {each.group: each for each in holding if each.starts == latest}
    return Standing(
        tuple(bodies), tuple(code for code, each in known.items() if each is None),
        tuple(designations[group] for group in sorted(designations)),
    )  # fmt: skip


def group_of(found: Standing, law: Law, day: date) -> Group | None:
    """The group, where one document or the highest body says it; `day` is that of the rules."""
    central = law.rulebook.central(day)
    if central is None or len(found.designations) > 1:
        return None
    if found.designations:
        return central.group(found.designations[0].group)
    return law.group_of(found.bodies[0], day) if found.bodies else None


def minima(person: Person, law: Law, term: Term, reference: date) -> Iterator[tuple[Spell, Fraction]]:
    """The least days of each group that the person was in during the term, by the rules of `reference`; what begins
    after it is not known yet."""
    so_far = _until(person, reference)
    spans = [each.span for each in so_far.managements if each.authority]
    named = (piece.evidence for piece in so_far.pieces)
    spans += [Span(each.starts, each.ends) for each in named if isinstance(each, Designation)]
    for spell in pieces(spans, term.starts, term.ends):
        found = standing(so_far, law, spell[0])
        group = group_of(found, law, reference)
        entry = law.on(found.bodies[0].code, reference).strictest(group.id) if group and found.bodies else None
        if entry and entry.minimum_days is not None:
            yield spell, entry.minimum_days


def _until(person: Person, reference: date) -> Person:
    """The person without what begins after `reference`."""
    managements = (each for each in person.managements if each.span.starts is None or each.span.starts <= reference)
    named = (
        each for each in person.pieces if isinstance(each.evidence, Designation) and each.evidence.starts <= reference
    )
    return Person(person.posts, tuple(managements), tuple(named))
