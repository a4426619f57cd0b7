"""A verdict in words: the result in a sentence, what it rests on, each line's reason; for the text and for papers."""

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction
from typing import Protocol

from boiduong_vocabulary.evidence import Half
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.reasons import Reason
from boiduong_exporter.credit.rules import Authority, Citation, Conversion, Reading, RuleSet
from boiduong_exporter.credit.verdict import Standing, Verdict
from boiduong_exporter.credit.words import days, number, rounded, total

DUTIES = {
    "plans": "Lập kế hoạch",
    "orients": "Định hướng nội dung",
    "appraises": "Thẩm định",
    "organises": "Tổ chức",
    "supervises": "Kiểm tra, giám sát",
}
"""What documents give bodies to do, in the order of the work."""
NOT_THERE = frozenset({Reason.ABSENT, Reason.UNKNOWN_CLASS, Reason.UNKNOWN_SESSION, Reason.UNKNOWN_TOPIC})
"""Lines that tell of no presence in a known class."""
_BY_DOCUMENT = {Reason.RECOGNISED: "được công nhận", Reason.RULED_OUT: Reason.RULED_OUT.label}
"""Reasons whose detail is a document, a colon and why."""
_BY_LENGTH = frozenset({Reason.WHOLE_SESSION, Reason.PART_SESSION, Reason.PERIODS})
"""Reasons whose detail is such a one where a ruling made the session count."""


class Subject(Protocol):
    """Whom the text is about."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def posts(self) -> tuple[str, ...]: ...
    @property
    def unit(self) -> str: ...


class Grounds(Protocol):
    """What the text rests on: the ledger's head, the day, the documents, the readings used, the conversion."""

    @property
    def head(self) -> str: ...
    @property
    def as_of(self) -> date: ...
    @property
    def documents(self) -> tuple[RuleSet, ...]: ...
    @property
    def readings(self) -> tuple[Reading, ...]: ...
    @property
    def conversion(self) -> Conversion: ...
    @property
    def display_step(self) -> Fraction: ...


def readings_used(verdict: Verdict, grounds: Grounds) -> tuple[Reading, ...]:
    """Those that had a part in the verdict; the conversion has its own sentence."""
    used = (reading for reading in grounds.readings if reading.key in verdict.readings)
    return tuple(reading for reading in used if reading.basis != grounds.conversion.statement)


def result_line(verdict: Verdict, step: Fraction | None = None) -> str:
    """The result in one sentence; figures exact, or on the grid of `step`."""
    owed, term = verdict.obligation, verdict.obligation.term
    credited = f"được tính {_days(verdict.credited, step)}"
    came = f"đã dự {_days(attended_days(verdict), step)}"
    unjudged = credited if term else f"{came} (chưa xét theo nhiệm kỳ)"
    fixed = {
        Standing.EXEMPT: f"Được miễn số ngày của nhiệm kỳ này; {credited}.",
        Standing.OUTSIDE: f"Đến ngày {show_date(owed.reference)} không thuộc đối tượng phải bồi dưỡng; {came}.",
        Standing.UNDETERMINED: f"Chưa xác định được số ngày tối thiểu; {unjudged}.",
    }
    if verdict.standing in fixed or owed.required is None or term is None:
        return fixed[verdict.standing]
    counted = f"{credited} trên tối thiểu {_days(owed.required, step)}{_in_person(verdict, step)}"
    if verdict.standing is Standing.ENOUGH:
        return f"Đủ số ngày: {counted}."
    missing = _missing(verdict, step)
    until = f"hết nhiệm kỳ ({show_date(term.ends)})"
    tails = {
        Standing.WAITING: f"{'; '.join([missing, *_waiting(verdict, step)])}.",
        Standing.AT_RISK: f"{missing} đến {until}, có khả năng chưa đủ.",
        Standing.MISSED: f"{missing} khi {until}.",
    }
    return f"{counted[:1].upper()}{counted[1:]}; {tails.get(verdict.standing, f'{missing} đến {until}.')}"


def room_open(verdict: Verdict, step: Fraction | None = None) -> str:
    """ "3 ngày đã được tính, chờ quyết định có là trực tiếp không"; nothing where no such day waits."""
    if not verdict.room_open:
        return ""
    return f"{_days(verdict.room_open, step)} đã được tính, chờ quyết định có là trực tiếp không"


def _missing(verdict: Verdict, step: Fraction | None) -> str:
    """ "còn thiếu 4 ngày, trong đó ít nhất 2 ngày trực tiếp"; "còn thiếu 2 ngày trực tiếp" where fewer are missing
    in all."""
    missing = f"còn thiếu {_days(verdict.shortfall or Fraction(0), step, up=True)}"
    rooms = verdict.in_person_missing
    if not rooms:
        return missing
    if rooms > (verdict.required or Fraction(0)) - verdict.credited:
        return f"{missing} trực tiếp"
    return f"{missing}, trong đó ít nhất {_days(rooms, step, up=True)} trực tiếp"


def _waiting(verdict: Verdict, step: Fraction | None) -> list[str]:
    waiting = verdict.tally.waiting
    told = [f"đang chờ quyết định {_days(waiting, step)}" if waiting else "", room_open(verdict, step)]
    return [each for each in told if each]


def _in_person(verdict: Verdict, step: Fraction | None) -> str:
    """The days in person, where any are missing."""
    owed, done = verdict.obligation, verdict.tally
    if not verdict.in_person_missing:
        return ""
    return f", trực tiếp {_days(done.in_person, step)} trên tối thiểu {_days(owed.in_person, step)}"


def in_term(verdict: Verdict) -> tuple[Line, ...]:
    """The lines of the term in question; all, where none is known."""
    term = verdict.obligation.term
    if term is None:
        return verdict.tally.lines
    return tuple(line for line in verdict.tally.lines if term.starts <= line.date <= term.ends)


def attended_days(verdict: Verdict) -> Fraction:
    """The days of the sessions that the person was at in the term, whatever they count."""
    return days_of(half_days(line for line in in_term(verdict) if line.reason not in NOT_THERE))


def half_days(lines: Iterable[Line]) -> Collection[list[Line]]:
    """The lines of sessions, those of one half day together."""
    slots: dict[tuple[date, Half], list[Line]] = {}
    for line in lines:
        if line.half is not None:
            slots.setdefault((line.date, line.half), []).append(line)
    return slots.values()


def days_of(slots: Iterable[list[Line]]) -> Fraction:
    """What half days are worth in full, each once."""
    return total(max(line.offered for line in slot) if len(slot) > 1 else slot[0].offered for slot in slots)


def documents_used(verdict: Verdict, grounds: Grounds) -> tuple[RuleSet, ...]:
    """Those that hold for the person, and those quoted."""
    numbers = {rules.number for rules in verdict.obligation.documents}
    numbers |= {line.citation.document for line in verdict.tally.lines if line.citation}
    numbers |= {step.citation.document for step in verdict.obligation.steps if step.citation}
    return tuple(rules for rules in grounds.documents if rules.number in numbers)


def addition(values: Iterable[Fraction]) -> str:
    """ "0,5 + 0,5 + 0,25 = 1,25"; a single value, or none, is said alone."""
    parts = [value for value in values if value]
    total = number(sum(parts, Fraction(0)))
    return f"{' + '.join(map(number, parts))} = {total}" if len(parts) > 1 else total


def reason_of(line: Line) -> str:
    """ "có mặt một phần buổi, tính theo phút: 179/240 phút", "được công nhận theo TB 7 (có chứng nhận)"."""
    label = line.reason.label
    document, colon, why = line.detail.partition(": ")
    if line.reason in _BY_DOCUMENT and colon:
        return f"{_BY_DOCUMENT[line.reason]} theo {document} ({why})"
    if line.reason in _BY_LENGTH and colon:
        return f"{label}, tính theo {document} ({why})"
    if line.detail.startswith(label):  # "vắng có phép"
        return line.detail
    return f"{label}: {line.detail}" if line.detail else label


def code_of(code: str) -> str:
    return f"mã {code}" if code else "chưa có mã"


def rounding(step: Fraction) -> str:
    """How reports print days."""
    return (
        f"«Được tính» làm tròn xuống, «Còn thiếu» làm tròn lên đến {days(step)}; đủ hay chưa đủ xét trên số chính xác."
    )


def firmness(reading: Reading) -> str:
    """How firm a reading is, and who may change it: "cách hiểu; Ban Tổ chức Trung ương"."""
    return f"{reading.status.label}; {reading.decided_by}"


def ground(reading: Reading) -> str:
    """What a reading rests on, and how firm it is."""
    return f"{reading.basis} ({firmness(reading)})"


def verify_command(head: str) -> str:
    """ "boiduong ledger verify --head 86:15da8c0d"; a head is a number, a colon and a digest."""
    seq, _, digest = head.rpartition(":")
    return f"boiduong ledger verify --head {seq}:{digest[:8]}"


def in_order(duties: Iterable[Authority]) -> list[Authority]:
    """Duties in the order of the work."""
    order = list(DUTIES)
    return sorted(duties, key=lambda each: order.index(each.duty) if each.duty in DUTIES else len(order))


class Citing:
    """Quotations in words: where each was read and how firmly it stands, said in full the first time."""

    def __init__(self) -> None:
        self._said: set[Citation] = set()

    def __call__(self, citation: Citation) -> str:
        if citation in self._said:
            return f"«{citation.quote}» ({citation.document}, như trên)"
        self._said.add(citation)
        read = f"«{citation.quote}» ({citation.document}; nguồn: {citation.source}; {citation.where})"
        return f"{read}; {citation.status.label}: {citation.basis}" if citation.basis else read


def _days(value: Fraction, step: Fraction | None, up: bool = False) -> str:
    return days(rounded(value, step, up) if step else value)
