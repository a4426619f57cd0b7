"""What one piece is worth by itself, by its content, its form and its length, before it meets the other pieces."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial

from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Half, Presence, Question, Recognition

from boiduong_exporter.credit.facts import HALF_DAY, Session, TrainingClass
from boiduong_exporter.credit.law import Effective, Law
from boiduong_exporter.credit.reasons import Outcome, Reason
from boiduong_exporter.credit.rules import Citation, Conversion
from boiduong_exporter.credit.words import number, total

NOTHING = Fraction(0)
_GRAVITY = {Outcome.COUNTED: 0, Outcome.WAITING: 1, Outcome.REFUSED: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look at a piece found."""

    outcome: Outcome
    reason: Reason | None = None
    detail: str = ""
    citation: Citation | None = None
    readings: frozenset[str] = frozenset()


FINE = Finding(Outcome.COUNTED)


def graver(one: Finding, other: Finding) -> Finding:
    """The finding that decides, with the readings of both; of two that decide alike, the first that has a reason."""
    first, second = sorted((one, other), key=lambda each: (-_GRAVITY[each.outcome], each.reason is None))
    details = (first.detail, second.detail) if first.outcome is second.outcome else (first.detail,)
    told = "; ".join(detail for detail in details if detail)
    return replace(first, readings=first.readings | second.readings, detail=told)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """`offered` is the whole worth in days, `value` what this presence makes of it; `minutes` is the raw time, None
    where the sheet only says that someone was there. `room` says whether the part in person counts."""

    title: str
    class_code: str
    delivery: Delivery
    minutes: int | None
    offered: Fraction
    value: Fraction
    finding: Finding
    room: Outcome
    online: bool
    topics: tuple[str, ...] = ()


class Appraiser:
    """The appraisals under one law, remembered: a class's presences are alike."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.of_attendance = lru_cache(maxsize=65_536)(partial(of_attendance, law))


def of_attendance(law: Law, attendance: Attendance, authority: str, reference: date) -> Appraisal:
    """One presence in one session, for a cadre whom `authority` managed that day."""
    found = law.world.classes.get(attendance.class_code)
    session = found.session_at.get((attendance.date, attendance.half)) if found else None
    if found is None or session is None:
        reason = Reason.UNKNOWN_SESSION if found else Reason.UNKNOWN_CLASS
        return _worthless(attendance, found.name if found else attendance.class_code, reason)
    if attendance.presence is not Presence.PRESENT:
        detail = "" if attendance.presence is Presence.ABSENT else attendance.presence.label
        return _worthless(attendance, found.name, Reason.ABSENT, detail)
    effective = law.on(authority, attendance.date if law.rulebook.readings.rule_at == "event" else reference)
    minutes, offered, value, length = _measure(law, found, session, attendance)
    content = content_of(law, found, effective, attendance.date, attendance.half)
    form, room = _form(law, found, effective, attendance)
    form = _by_ruling(law, found, attendance, form)
    online = not _is_room(law, attendance.delivery, _ruled(law, found, attendance.date, attendance.half))
    return Appraisal(
        found.name, found.code, attendance.delivery, minutes, offered, value,
        graver(graver(content, form), length), room, online, session.topics,
    )  # fmt: skip


def _worthless(attendance: Attendance, title: str, reason: Reason, detail: str = "") -> Appraisal:
    return Appraisal(
        title, attendance.class_code, attendance.delivery, None, NOTHING, NOTHING,
        Finding(Outcome.REFUSED, reason, detail), Outcome.REFUSED, online=False,
    )  # fmt: skip


def of_recognition(law: Law, recognition: Recognition, authority: str, reference: date) -> Appraisal:
    """A class held elsewhere. Its days fill the half days from its first one on."""
    effective = law.on(authority, recognition.starts if law.rulebook.readings.rule_at == "event" else reference)
    content = _kind(law, recognition.kind, effective)
    if content.reason is Reason.KIND_UNDECIDED:  # the document that recognises it has decided
        content = FINE
    if effective.central and recognition.starts < effective.central.in_force:  # by whichever day rules are taken
        content = Finding(Outcome.REFUSED, Reason.OTHER_SCHEME, f"trước {effective.central.number}")
    online = recognition.delivery not in law.rooms
    form, room = _form_of(law, effective, recognition.delivery, None)
    if online and form.outcome is Outcome.COUNTED:
        form = Finding(Outcome.REFUSED, Reason.ONLINE_ONLY, "", _form_citation(effective))
    counted = Finding(Outcome.COUNTED, Reason.RECOGNISED, f"{recognition.document}: {recognition.reason}")
    return Appraisal(
        recognition.title, "", recognition.delivery, None, recognition.days, recognition.days,
        graver(graver(content, form), counted), room, online,
    )  # fmt: skip


# Content --------------------------------------------------------------------------------------------------------------


def content_of(law: Law, found: TrainingClass, effective: Effective, day: date | None, half: Half | None) -> Finding:
    """Whether the content of a session (of the class, where none is named) belongs to the regime."""
    if effective.central and found.scheme != effective.central.scheme:
        return Finding(Outcome.REFUSED, Reason.OTHER_SCHEME, f"Quy định {found.scheme}")
    finding = _kind(law, found.kind, effective)
    if effective.central is None or finding.reason is Reason.OTHER_SCHEME:
        return finding
    ruling = law.world.ruling(found.code, Question.CONTENT, day, half)
    excluded = effective.excluded.get(found.kind)
    if ruling is None or (excluded and not excluded.may_be_decided):
        return finding
    why = f"{ruling.document}: {ruling.reason}"
    return Finding(Outcome.COUNTED, None, why) if ruling.counts else Finding(Outcome.REFUSED, Reason.RULED_OUT, why)


def _kind(law: Law, kind: str, effective: Effective) -> Finding:
    if effective.central is None:
        return Finding(Outcome.REFUSED, Reason.NO_RULE)
    if not effective.central.groups:  # a regulation whose days nobody knows turns nothing into days
        return Finding(Outcome.REFUSED, Reason.OTHER_SCHEME, f"Quy định {effective.central.scheme}")
    label = law.rulebook.kinds.get(kind, kind)
    if excluded := effective.excluded.get(kind):
        return Finding(Outcome.REFUSED, Reason.EXCLUDED_KIND, label, excluded.citation)
    if kind in effective.covered:
        return FINE
    used = frozenset({"kinds_not_listed"})
    if law.rulebook.readings.kinds_not_listed == "refused":
        return Finding(Outcome.REFUSED, Reason.KIND_NOT_LISTED, label, None, used)
    return Finding(Outcome.WAITING, Reason.KIND_UNDECIDED, label, None, used)


# Form -----------------------------------------------------------------------------------------------------------------


def _form(law: Law, found: TrainingClass, effective: Effective, attendance: Attendance) -> tuple[Finding, Outcome]:
    ruled = _ruled(law, found, attendance.date, attendance.half)
    form, room = _form_of(law, effective, attendance.delivery, ruled)
    if form.outcome is Outcome.REFUSED or _is_room(law, attendance.delivery, ruled):
        return form, room
    used = frozenset({"bridge_form"} if attendance.delivery is Delivery.BRIDGE and ruled is None else ())
    return replace(blended(law, found, effective), readings=used), room


def _by_ruling(law: Law, found: TrainingClass, attendance: Attendance, form: Finding) -> Finding:
    """The finding with the ruling on the form that a presence at a bridge rests on."""
    ruling = law.world.ruling(found.code, Question.FORM, attendance.date, attendance.half)
    if ruling is None or attendance.delivery is not Delivery.BRIDGE:
        return form
    return replace(form, detail=f"{ruling.document}: {ruling.reason}")


def _ruled(law: Law, found: TrainingClass, day: date, half: Half) -> bool | None:
    """What a ruling says of the form: in person, not, or nothing."""
    ruling = law.world.ruling(found.code, Question.FORM, day, half)
    return ruling.counts if ruling else None


def _is_room(law: Law, delivery: Delivery, ruled: bool | None) -> bool:
    """Whether a session is held in a room: in a hall, or at a bridge unless a ruling or the reading says otherwise."""
    if delivery is Delivery.BRIDGE and ruled is not None:
        return ruled
    return delivery in law.rooms


def rooms_of(law: Law, found: TrainingClass) -> tuple[Session, ...]:
    """The class's sessions in a room: what makes a class with online study a blended one."""
    return tuple(
        each for each in found.sessions if _is_room(law, each.delivery, _ruled(law, found, each.date, each.half))
    )


def room_worth(law: Law, found: TrainingClass) -> Fraction:
    """What the class's sessions in a room are worth together."""
    if found.code not in law.room_worth:
        conversion = law.rulebook.conversion
        law.room_worth[found.code] = total(session_days(found, each, conversion) for each in rooms_of(law, found))
    return law.room_worth[found.code]


def _form_of(
    law: Law, effective: Effective, delivery: Delivery, ruled: bool | None
) -> tuple[Finding, Outcome]:  # fmt: skip
    """Whether the delivery is accepted, and how far it is in person."""
    if delivery is Delivery.HALL:
        return FINE, Outcome.COUNTED
    is_bridge = delivery is Delivery.BRIDGE
    room = _bridge(law, ruled) if is_bridge else Outcome.REFUSED
    if effective.allows_blended:
        return FINE, room
    used = frozenset({"bridge_form"} if is_bridge and ruled is None else ())
    if room is Outcome.COUNTED:
        return Finding(Outcome.COUNTED, readings=used), room
    reason = Reason.FORM_UNDECIDED if room is Outcome.WAITING else Reason.FORM_NOT_ALLOWED
    return Finding(room, reason, delivery.label, _form_citation(effective), used), room


def _bridge(law: Law, ruled: bool | None) -> Outcome:
    if ruled is not None:
        return Outcome.COUNTED if ruled else Outcome.REFUSED
    read = {"in_person": Outcome.COUNTED, "online": Outcome.REFUSED, "decision": Outcome.WAITING}
    return read[law.rulebook.readings.bridge_form]


def blended(law: Law, found: TrainingClass, effective: Effective) -> Finding:
    """Online study needs a form that allows it, and a class with sessions in a room."""
    if not effective.allows_blended:
        return Finding(Outcome.REFUSED, Reason.FORM_NOT_ALLOWED, "", _form_citation(effective))
    if not rooms_of(law, found):
        return Finding(Outcome.REFUSED, Reason.ONLINE_ONLY, "", _form_citation(effective))
    return FINE


def _form_citation(effective: Effective) -> Citation | None:
    return effective.form.citation if effective.form else None


# Length ---------------------------------------------------------------------------------------------------------------


def session_days(found: TrainingClass, session: Session, conversion: Conversion) -> Fraction:
    """What one whole session is worth: half a day where the decision states days, else by its periods."""
    if found.days is not None:
        return HALF_DAY
    return Fraction(session.periods or 0, conversion.periods_per_day) if found.periods else NOTHING


def _measure(
    law: Law, found: TrainingClass, session: Session, attendance: Attendance
) -> tuple[int | None, Fraction, Fraction, Finding]:
    """Raw minutes, whole worth, worth of this presence, and why."""
    conversion = law.rulebook.conversion
    offered = session_days(found, session, conversion)
    if not offered:
        return None, NOTHING, NOTHING, Finding(Outcome.REFUSED, Reason.NO_DAYS)
    minutes = minutes_attended(session, attendance)
    if found.days is None:
        whole = session.periods or 0
        periods = whole if minutes is None else min(Fraction(minutes, conversion.minutes_per_period), Fraction(whole))
        detail = "" if minutes is None else f"{minutes} phút là {number(Fraction(periods))} tiết"
        finding = Finding(Outcome.COUNTED, Reason.PERIODS, detail, None, frozenset({"conversion"}))
        return minutes, offered, Fraction(periods) / conversion.periods_per_day, finding
    if minutes is None:
        return None, offered, offered, Finding(Outcome.COUNTED, Reason.WHOLE_SESSION)
    return minutes, offered, *_by_half_day(law, offered, minutes, _length(session, conversion))


def _by_half_day(law: Law, offered: Fraction, minutes: int, length: int) -> tuple[Fraction, Finding]:
    readings = law.rulebook.readings
    share = min(Fraction(minutes, length), Fraction(1))
    if share == 1:
        return offered, Finding(Outcome.COUNTED, Reason.WHOLE_SESSION)
    used = frozenset({"half_day"})
    detail = f"{minutes}/{length} phút"
    if share >= readings.whole_from:
        return offered, Finding(Outcome.COUNTED, Reason.WHOLE_SESSION, detail, None, used)
    if readings.below == "none":
        return NOTHING, Finding(Outcome.REFUSED, Reason.TOO_SHORT, detail, None, used)
    return offered * share, Finding(Outcome.COUNTED, Reason.PART_SESSION, detail, None, used)


def minutes_attended(session: Session, attendance: Attendance) -> int | None:
    """Whole minutes between check-in and check-out inside the session; None where no time was taken down."""
    if attendance.check_in is None and attendance.check_out is None:
        return None
    came = attendance.check_in if attendance.check_in is not None else session.starts
    left = attendance.check_out if attendance.check_out is not None else session.ends
    if came is None or left is None:  # one time, and a session without hours: there, and nothing to measure by
        return None
    starts = session.starts if session.starts is not None else came
    ends = session.ends if session.ends is not None else left
    return max(0, min(left, ends) - max(came, starts))


def _length(session: Session, conversion: Conversion) -> int:
    """A session's minutes: its hours, else its periods, else half a day's periods."""
    if session.starts is not None and session.ends is not None and session.ends > session.starts:
        return session.ends - session.starts
    if session.periods:
        return session.periods * conversion.minutes_per_period
    return conversion.periods_per_day * conversion.minutes_per_period // 2
