"""What counts of one person's evidence in a term."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from boiduong_vocabulary.evidence import Half

from boiduong_exporter.credit.account import CERTAIN, POSSIBLE, Account, Line
from boiduong_exporter.credit.appraisal import NOTHING, Appraiser
from boiduong_exporter.credit.facts import Person, Term
from boiduong_exporter.credit.reasons import Outcome
from boiduong_exporter.credit.sessions import claim_slots, need_results, need_rooms, room_days, slot_days, tell_slots
from boiduong_exporter.credit.studies import studies_of, together, topic_days
from boiduong_exporter.credit.topics import Study

_PARTS = (*Half, None)
"""Morning first; what fills no half day comes after the day's sessions."""


@dataclass(frozen=True)
class Tally:
    """What counts of all pieces. `in_person` is the part that counts in a room; `waiting` and `in_person_waiting` would
    come on top if every open decision said yes; `room_open` are days credited of which only that is open, whether they
    are in person."""

    lines: tuple[Line, ...]
    credited: Fraction
    waiting: Fraction
    in_person: Fraction
    in_person_waiting: Fraction
    room_open: Fraction
    readings: frozenset[str]


def tally(person: Person, appraiser: Appraiser, term: Term | None, as_of: date, authority: str = "") -> Tally:
    """What `person` has done in `term` (where none is known, ever) up to `as_of`, when `authority` manages them."""
    account = Account(person, appraiser, term, as_of, authority)
    pieces = sorted(person.pieces, key=lambda piece: piece.seq)
    claim_slots(account, pieces)
    need_rooms(account)
    need_results(account, pieces)
    tell_slots(account)
    groups = together(account, studies_of(account, pieces))
    credited, in_person = slot_days(account, CERTAIN), room_days(account, CERTAIN, CERTAIN)
    credited += topic_days(account, groups, CERTAIN, tell=True)
    waiting, room_waiting, room_open = _open(account, groups, credited, in_person)
    account.lines.sort(key=lambda line: (line.date, _PARTS.index(line.half), line.seq))
    return Tally(
        tuple(account.lines), credited, waiting, in_person, room_waiting, room_open, frozenset(account.used)
    )  # fmt: skip


def _open(
    account: Account, groups: list[list[Study]], credited: Fraction, in_person: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    """What would come on top, in all and in person, if every open decision said yes; and in person, of what counts."""
    if not account.is_open and not any(
        study.condition.outcome is Outcome.WAITING for group in groups for study in group
    ):
        return NOTHING, NOTHING, NOTHING
    possible = slot_days(account, POSSIBLE) + topic_days(account, groups, POSSIBLE)
    rooms, counted = room_days(account, POSSIBLE, POSSIBLE), room_days(account, CERTAIN, POSSIBLE)
    return possible - credited, rooms - in_person, counted - in_person
