"""Half days: each counts once, for the best piece that claims it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction

from boiduong_vocabulary.evidence import Attendance, Half, Recognition, Result

from boiduong_exporter.credit.account import Account, Claim, Line, best, refuse
from boiduong_exporter.credit.appraisal import NOTHING, Finding, of_recognition, room_worth
from boiduong_exporter.credit.facts import HALF_DAY, Piece
from boiduong_exporter.credit.reasons import Outcome, Reason
from boiduong_exporter.credit.topics import Slot
from boiduong_exporter.credit.words import number, total


def claim_slots(account: Account, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        evidence = piece.evidence
        if isinstance(evidence, Attendance) and evidence.date <= account.day:
            appraisal = account.appraiser.of_attendance(evidence, account.authority(evidence.date), account.day)
            claim = Claim(piece.seq, appraisal, appraisal.value, appraisal.offered)
            _claim(account, (evidence.date, evidence.half), claim)
        elif isinstance(evidence, Recognition) and evidence.ends <= account.day:
            appraisal = of_recognition(account.law, evidence, account.authority(evidence.starts), account.day)
            for slot, value in half_days(evidence):
                _claim(account, slot, Claim(piece.seq, appraisal, value, value))


def half_days(recognition: Recognition) -> Iterator[tuple[Slot, Fraction]]:
    """The half days that recognised days fill: morning, afternoon, from the first day on."""
    left, day = recognition.days, recognition.starts
    while left > 0 and day <= recognition.ends:
        for half in (Half.MORNING, Half.AFTERNOON):
            value = min(HALF_DAY, left)
            left -= value
            if value:
                yield (day, half), value
        day += timedelta(days=1)


def _claim(account: Account, slot: Slot, claim: Claim) -> None:
    if not account.is_inside(slot[0]):
        claim = refuse(claim, Finding(Outcome.REFUSED, Reason.OUTSIDE_TERM))
    account.slots[slot].append(claim)


def _refuse_where(account: Account, is_lacking: "dict[str, Finding]", online_only: bool) -> None:
    """Refuses the claims of the classes named, unless a graver reason stands already."""
    for claims in account.slots.values():
        for place, claim in enumerate(claims):
            finding = is_lacking.get(claim.appraisal.class_code)
            if finding and (claim.appraisal.online or not online_only):
                claims[place] = refuse(claim, finding)


def need_rooms(account: Account) -> None:
    """Online sessions of classes whose rooms the person did not attend enough."""
    codes = {c.appraisal.class_code for claims in account.slots.values() for c in claims if c.appraisal.online}
    lacking = {code: finding for code in codes if (finding := room_finding(account, code)).outcome is Outcome.REFUSED}
    if codes - {""}:
        account.used.add("self_paced_needs")
    _refuse_where(account, lacking, online_only=True)


def room_finding(account: Account, class_code: str) -> Finding:
    """Whether the person was in the rooms of a blended class as often as its online part needs."""
    needs = account.law.rulebook.readings.self_paced_needs
    found = account.law.world.classes.get(class_code)
    if found is None or needs == "class_is_blended":
        return Finding(Outcome.COUNTED)
    whole = room_worth(account.law, found)
    attended = sum((_attended(claims, class_code) for claims in account.slots.values()), NOTHING)
    share = {"some_attendance": NOTHING, "all_attendance": Fraction(1)}.get(needs) if isinstance(needs, str) else needs
    assert share is not None
    if attended and attended >= share * whole:
        return Finding(Outcome.COUNTED)
    detail = f"đã dự {number(attended)} trong {number(whole)} ngày trực tiếp" if whole else ""
    return Finding(Outcome.REFUSED, Reason.NEEDS_ATTENDANCE, detail)


def _attended(claims: list[Claim], class_code: str) -> Fraction:
    own = (c.value for c in claims if c.appraisal.class_code == class_code and not c.appraisal.online)
    return max(own, default=NOTHING)


def need_results(account: Account, pieces: Iterable[Piece]) -> None:
    readings = account.law.rulebook.readings
    if account.slots:
        account.used.add("result_required")
    if not readings.result_required:
        return
    results = [p.evidence for p in pieces if isinstance(p.evidence, Result) and p.evidence.date <= account.day]
    passed = {result.class_code for result in results if _passes(result, readings.pass_score)}
    account.unpassed = account.law.world.classes.keys() - passed
    _refuse_where(
        account, dict.fromkeys(account.unpassed, Finding(Outcome.REFUSED, Reason.NO_RESULT)), online_only=False
    )


def _passes(result: Result, pass_score: Fraction) -> bool:
    if result.essay_passed is not None:
        return result.essay_passed
    return result.score is not None and result.score >= pass_score


def slot_days(account: Account, accepted: frozenset[Outcome]) -> Fraction:
    """The days of all half days, each counted once."""
    return total(best(claims, accepted) for claims in account.slots.values())


def room_days(account: Account, accepted: frozenset[Outcome], rooms: frozenset[Outcome]) -> Fraction:
    """The days among them that count as in person, where `rooms` says what is taken for a room."""
    return total(_best_in_room(claims, accepted, rooms) for claims in account.slots.values())


def _best_in_room(claims: list[Claim], accepted: frozenset[Outcome], rooms: frozenset[Outcome]) -> Fraction:
    accepted_twice = (
        claim.value for claim in claims if claim.appraisal.room in rooms and claim.appraisal.finding.outcome in accepted
    )
    return max(accepted_twice, default=NOTHING)


def tell_slots(account: Account) -> None:
    """A line for each claim: the half day's best one counts, in person before online, the earliest entry first."""
    for slot, claims in account.slots.items():
        leading = max(claims, key=_rank) if len(claims) > 1 else claims[0]
        for claim in claims:
            account.lines.append(_line(slot, claim, claim is leading))
            account.used |= claim.appraisal.finding.readings


def _rank(claim: Claim) -> tuple[int, Fraction, bool, int]:
    order = {Outcome.COUNTED: 2, Outcome.WAITING: 1, Outcome.REFUSED: 0}[claim.appraisal.finding.outcome]
    return (order, claim.value, not claim.appraisal.online, -claim.seq)


def _line(slot: Slot, claim: Claim, is_leading: bool) -> Line:
    finding = claim.appraisal.finding
    if finding.outcome is Outcome.COUNTED and not is_leading:
        finding = Finding(Outcome.REFUSED, Reason.SAME_SESSION)
    assert finding.reason is not None
    return Line(
        claim.seq, *slot, claim.appraisal.title, claim.appraisal.class_code, claim.appraisal.delivery,
        claim.appraisal.minutes, claim.offered,
        claim.value if finding.outcome is Outcome.COUNTED else NOTHING,
        claim.value if finding.outcome is Outcome.WAITING else NOTHING,
        finding.outcome, finding.reason, finding.detail, finding.citation,
    )  # fmt: skip
