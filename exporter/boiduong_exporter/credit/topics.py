"""Self-paced topics: how far each came, and what that is worth by the readings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from boiduong_vocabulary.evidence import Completion, Half, StudyDay

from boiduong_exporter.credit.appraisal import NOTHING, Finding, session_days
from boiduong_exporter.credit.facts import ClassTopic, Piece, TrainingClass
from boiduong_exporter.credit.reasons import Outcome, Reason
from boiduong_exporter.credit.rules import Conversion, Rulebook
from boiduong_exporter.credit.words import total

Slot = tuple[date, Half]
TopicKey = tuple[str, str, str]
"""Class, topic, edition."""
_MS_PER_MINUTE = 60_000


@dataclass
class Progress:
    """All evidence of one person in one topic of one class: milliseconds by half day, and the furthest completion."""

    seq: int = 0
    last: date = date.min
    studied: dict[Slot, int] = field(default_factory=lambda: defaultdict(int))
    offline_ms: int = 0
    completions: list[Completion] = field(default_factory=list)

    def total_ms(self) -> int:
        return sum(self.studied.values())


def progress_of(pieces: Iterable[Piece], rulebook: Rulebook) -> dict[TopicKey, Progress]:
    """Study days and completions put together by class, topic and edition."""
    found: dict[TopicKey, Progress] = defaultdict(Progress)
    for piece in pieces:
        match piece.evidence:
            case Completion() as done:
                progress = found[(done.class_code, done.topic, done.edition)]
                progress.completions.append(done)
                _touch(progress, piece.seq, done.date)
            case StudyDay() as day:
                _add_day(found, piece.seq, day, rulebook.readings.offline_claimed == "refused")
    return dict(found)


def _add_day(found: dict[TopicKey, Progress], seq: int, day: StudyDay, offline_refused: bool) -> None:
    for part in day.parts:
        progress = found[(part.class_code, part.topic, part.edition)]
        progress.studied[(day.date, part.half)] += part.ms - (part.offline_ms if offline_refused else 0)
        progress.offline_ms += part.offline_ms
        _touch(progress, seq, day.date)


def _touch(progress: Progress, seq: int, day: date) -> None:
    progress.seq, progress.last = max(progress.seq, seq), max(progress.last, day)


@dataclass(frozen=True, slots=True)
class Study:
    """One person's progress in one topic of one class, and what the class itself allows (`condition`)."""

    key: TopicKey
    found: TrainingClass
    topic: ClassTopic
    progress: Progress
    condition: Finding


@dataclass(frozen=True, slots=True)
class Worth:
    """What studies of one topic are worth together: in full, as done, and why. `by_slot` holds the worth of each half
    day where worth follows the clock; `limit` is the most they may give (None: no limit)."""

    leading: Study
    offered: Fraction
    value: Fraction
    limit: Fraction | None
    finding: Finding
    by_slot: tuple[tuple[Slot, Fraction], ...] = ()


def worth(studies: Sequence[Study], rulebook: Rulebook) -> Worth:
    """The worth of studies that count as one, before the person's sessions are looked at."""
    offline = sum(study.progress.offline_ms for study in studies) // _MS_PER_MINUTE
    marked = f"trong đó {offline} phút tự báo khi mất mạng" if offline else ""
    used = frozenset({"online_credit", "conversion"} | ({"offline_claimed"} if offline else set()))
    if rulebook.readings.online_credit == "completed_topic":
        return _completed(studies, rulebook, marked, used)
    return _studied(studies, rulebook, marked, used)


def _completed(studies: Sequence[Study], rulebook: Rulebook, marked: str, used: frozenset[str]) -> Worth:
    offers = {study.key: nominal_days(study.found, study.topic, rulebook) for study in studies}
    ranked = sorted(studies, key=lambda each: (not missing(each.progress), offers[each.key], each.key))
    leading = ranked[-1]
    offered = offers[leading.key]
    lacking = missing(leading.progress)
    if lacking:
        finding = Finding(Outcome.REFUSED, Reason.INCOMPLETE, lacking, None, used)
        return Worth(leading, offered, NOTHING, offered, finding)
    if not offered:
        full = Finding(Outcome.REFUSED, Reason.CLASS_FULL, "", None, used | {"cap"})
        return Worth(leading, offered, NOTHING, offered, full)
    if offered < Fraction(leading.topic.periods, rulebook.conversion.periods_per_day):
        used |= {"cap"}
    finding = Finding(Outcome.COUNTED, Reason.TOPIC_COMPLETED, marked, None, used)
    return Worth(leading, offered, offered, offered, finding)


def _studied(studies: Sequence[Study], rulebook: Rulebook, marked: str, used: frozenset[str]) -> Worth:
    milliseconds: dict[Slot, int] = defaultdict(int)
    for study in studies:
        for slot, ms in study.progress.studied.items():
            milliseconds[slot] += ms
    slots = tuple((slot, _days_of(ms, rulebook.conversion)) for slot, ms in sorted(milliseconds.items()))
    leading = max(studies, key=lambda each: (nominal_days(each.found, each.topic, rulebook), each.key))
    nominal = nominal_days(leading.found, leading.topic, rulebook)
    total = sum((value for _, value in slots), NOTHING)
    limit = None if rulebook.readings.cap == "none" else nominal
    used |= {"cap"} if total > nominal else frozenset[str]()
    finding = Finding(Outcome.COUNTED, Reason.TOPIC_STUDIED, marked, None, used)
    return Worth(leading, nominal, total if limit is None else min(total, limit), limit, finding, slots)


def _days_of(ms: int, conversion: Conversion) -> Fraction:
    return Fraction(ms, _MS_PER_MINUTE * conversion.minutes_per_period * conversion.periods_per_day)


def nominal_days(found: TrainingClass, topic: ClassTopic, rulebook: Rulebook) -> Fraction:
    """The topic's periods in days; all topics of a class share what its decision leaves beside the sessions."""
    per_day = rulebook.conversion.periods_per_day
    own = Fraction(topic.periods, per_day)
    if rulebook.readings.cap == "none":
        return own
    whole, room = Fraction(found.self_paced_periods, per_day), _room(found, rulebook.conversion)
    return own if room is None or whole <= room else own * room / whole


def _room(found: TrainingClass, conversion: Conversion) -> Fraction | None:
    """The decision's days that its sessions leave; None where the decision states neither days nor periods."""
    whole = found.days
    if whole is None and found.periods is not None:
        whole = Fraction(found.periods, conversion.periods_per_day)
    if whole is None:
        return None
    return max(whole - total(session_days(found, each, conversion) for each in found.sessions), NOTHING)


def missing(progress: Progress) -> str:
    """What completion still lacks, or nothing. Each completion is held to its own edition's demands; the nearest one
    speaks."""
    if not progress.completions:
        return "chưa có kết quả hoàn thành"
    return _said(min(_lacks(each, progress.total_ms() // 1000) for each in progress.completions))


def _lacks(done: Completion, seconds: int) -> tuple[int, int, int, int]:
    """Sections, per cent of score with the mark to reach, and seconds that are missing."""
    asks = done.score is not None and done.score < done.pass_mark
    return (
        max(done.sections - done.sections_done, 0), done.pass_mark - (done.score or 0) if asks else 0,
        max(done.minimum_seconds - seconds, 0), done.pass_mark,
    )  # fmt: skip


def _said(lacks: tuple[int, int, int, int]) -> str:
    sections, score, seconds, mark = lacks
    told = [
        f"còn {sections} mục" if sections else "",
        f"điểm {mark - score}%, cần {mark}%" if score else "",
        f"còn {-(-seconds // 60)} phút" if seconds else "",
    ]
    return "; ".join(each for each in told if each)
