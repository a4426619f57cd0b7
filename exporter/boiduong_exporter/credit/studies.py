"""Self-paced topics beside the sessions: each counts once, and what a session has credited is not credited again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Completion, StudyDay

from boiduong_exporter.credit.account import Account, Claim, Line, best
from boiduong_exporter.credit.appraisal import NOTHING, Finding, blended, content_of, graver
from boiduong_exporter.credit.facts import Piece, TrainingClass
from boiduong_exporter.credit.reasons import Outcome, Reason
from boiduong_exporter.credit.sessions import room_finding
from boiduong_exporter.credit.topics import Progress, Slot, Study, TopicKey, Worth, nominal_days, progress_of, worth


def topic_days(
    account: Account, groups: Sequence[list[Study]], accepted: frozenset[Outcome], tell: bool = False
) -> Fraction:
    """The days of all topics, each counted once; with `tell`, a line for every study."""
    total = NOTHING
    if not groups:
        return total
    budget = {slot: best(claims, accepted) for slot, claims in account.slots.items()}
    for studies in groups:
        alike = [study for study in studies if study.condition.outcome in accepted]
        if alike:
            total += _settle(account, alike, budget, accepted, tell)
        if tell:
            for study in studies:
                if study.condition.outcome not in accepted:
                    _tell_open(account, study)
    return total


def studies_of(account: Account, pieces: Iterable[Piece]) -> Iterator[Study]:
    """What the person studied by class and topic; what lies outside the term is told and left."""
    inside: list[Piece] = []
    outside: list[Piece] = []
    for piece in pieces:
        if isinstance(piece.evidence, (Completion, StudyDay)) and piece.evidence.date <= account.day:
            (inside if account.is_inside(piece.evidence.date) else outside).append(piece)
    rulebook = account.law.rulebook
    for key, progress in progress_of(outside, rulebook).items():
        _tell_unknown(account, key, progress, Reason.OUTSIDE_TERM)
    for key, progress in progress_of(inside, rulebook).items():
        found = account.law.world.classes.get(key[0])
        topic = found.topic_of.get(key[1]) if found else None
        if not found or not topic or not topic.self_paced:
            _tell_unknown(account, key, progress, Reason.UNKNOWN_TOPIC if found else Reason.UNKNOWN_CLASS)
        elif topic.edition not in ("", key[2]):
            _tell_unknown(account, key, progress, Reason.OTHER_EDITION)
        else:
            fixed = (key[0], key[1], topic.edition)
            yield Study(fixed, found, topic, progress, _condition(account, found, progress.last))


def _condition(account: Account, found: TrainingClass, last: date) -> Finding:
    """What the class allows: its content, its form, the rooms attended, and its result where one is needed."""
    law = account.law
    event = law.rulebook.readings.rule_at == "event"
    effective = law.on(account.authority(last), last if event else account.day)
    account.used.add("self_paced_needs")
    finding = graver(content_of(law, found, effective, None, None), blended(law, found, effective))
    finding = graver(finding, room_finding(account, found.code))
    if found.code in account.unpassed:
        finding = graver(finding, Finding(Outcome.REFUSED, Reason.NO_RESULT))
    return finding


def together(account: Account, studies: Iterable[Study]) -> list[list[Study]]:
    """Studies that count as one, by the reading of repeated topics."""
    reading = account.law.rulebook.readings.topic_repeat
    groups: dict[tuple[str, ...], list[Study]] = defaultdict(list)
    for study in studies:
        _, topic, edition = study.key
        key = {"once_per_edition": (topic, edition), "once_per_term": (topic,)}.get(reading, study.key)
        groups[key].append(study)
    return [groups[key] for key in sorted(groups)]


def _settle(
    account: Account, studies: list[Study], budget: dict[Slot, Fraction], accepted: frozenset[Outcome], tell: bool
) -> Fraction:
    """What studies that count as one are worth beside the sessions."""
    found = worth(studies, account.law.rulebook)
    value, cut = _less_sessions(account, found, budget, accepted)
    finding = found.finding
    if finding.outcome is Outcome.COUNTED and cut and not value:
        finding = Finding(Outcome.REFUSED, cut, readings=finding.readings)
    if tell:
        if len(studies) > 1 or cut is Reason.TAUGHT_IN_CLASS:
            account.used.add("topic_repeat")
        _tell(account, found.leading, finding, found.offered, value)
        repeated = Finding(Outcome.REFUSED, Reason.REPEATED_TOPIC, f"tính ở {found.leading.found.name}")
        for study in studies:
            if study is not found.leading:
                _tell(account, study, repeated)
    return value if finding.outcome is Outcome.COUNTED else NOTHING


def _tell_open(account: Account, study: Study) -> None:
    """A study that its class does not let count, or not yet: what it would bring by itself."""
    found = worth([study], account.law.rulebook)
    _tell(account, study, graver(study.condition, found.finding), found.offered, found.value)


def _less_sessions(
    account: Account, found: Worth, budget: dict[Slot, Fraction], accepted: frozenset[Outcome]
) -> tuple[Fraction, Reason | None]:
    """The worth left once sessions attended have taken theirs: the hall wins over the clock, and a topic taught in a
    session is not counted again. Sessions give back at most what they were credited (`budget`)."""
    cut: Reason | None = None
    total = NOTHING
    for slot, value in found.by_slot:
        taken = min(value, budget.get(slot, NOTHING))
        if taken:
            budget[slot] -= taken
            cut = Reason.IN_CLASS_THEN
        total += value - taken
    left = found.value if not found.by_slot else total if found.limit is None else min(total, found.limit)
    for slot, share in _taught(account, found.leading, accepted):
        taken = min(left, share, budget[slot])
        if taken:
            budget[slot] -= taken
            left -= taken
            cut = Reason.TAUGHT_IN_CLASS
    return left, cut


def _taught(account: Account, study: Study, accepted: frozenset[Outcome]) -> Iterator[tuple[Slot, Fraction]]:
    """The sessions credited that taught this topic, and its share of each."""
    reading = account.law.rulebook.readings.topic_repeat
    if reading == "each_class":
        return
    for slot, claims in account.slots.items():
        counted = [claim for claim in claims if claim.appraisal.finding.outcome in accepted]
        share = min((_share(account, claim, study, reading) for claim in counted), default=NOTHING)
        if share:
            yield slot, share


def _share(account: Account, claim: Claim, study: Study, reading: str) -> Fraction:
    _, topic, edition = study.key
    topics = claim.appraisal.topics
    if topic not in topics:
        return NOTHING
    taught = account.law.world.classes[claim.appraisal.class_code].topic_of.get(topic)
    if reading == "once_per_edition" and taught and taught.edition != edition:
        return NOTHING
    return claim.value / len(topics)


def _tell(
    account: Account, study: Study, finding: Finding, offered: Fraction | None = None, value: Fraction = NOTHING
) -> None:
    rulebook = account.law.rulebook
    title = f"{study.topic.title or study.topic.topic} ({study.found.name})"
    assert finding.reason is not None
    account.used.update(finding.readings)
    account.lines.append(
        Line(
            study.progress.seq, study.progress.last, None, title, study.found.code, Delivery.SELF_PACED,
            study.progress.total_ms() // 60_000,
            nominal_days(study.found, study.topic, rulebook) if offered is None else offered,
            value if finding.outcome is Outcome.COUNTED else NOTHING,
            value if finding.outcome is Outcome.WAITING else NOTHING,
            finding.outcome, finding.reason, finding.detail, finding.citation,
        )
    )  # fmt: skip


def _tell_unknown(account: Account, key: TopicKey, progress: Progress, reason: Reason) -> None:
    minutes = progress.total_ms() // 60_000
    line = Line(
        progress.seq, progress.last, None, key[1], key[0], Delivery.SELF_PACED, minutes, NOTHING, NOTHING, NOTHING,
        Outcome.REFUSED, reason,
    )  # fmt: skip
    account.lines.append(line)
