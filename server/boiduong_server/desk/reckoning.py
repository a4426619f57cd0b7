"""A person's report as a page tells it: the exporter's figures and words, put in the order of reading."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.facts import World
from boiduong_exporter.credit.reasons import Outcome
from boiduong_exporter.credit.rules import Citation
from boiduong_exporter.credit.telling import in_term, reason_of, rounding
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.credit.words import days
from boiduong_exporter.reporting.person import Account
from boiduong_exporter.reports.slip import page_data
from boiduong_exporter.reports.slip_table import summed
from boiduong_vocabulary.evidence import Completion, StudyDay
from boiduong_vocabulary.vietnamese import show_date

_WHOLE = 1000
"""The length of the bar."""


@dataclass(frozen=True)
class Told:
    """One line of the account; `proofs` are the entries of the ledger that it follows from."""

    line: Line
    proofs: tuple[int, ...]

    @property
    def when(self) -> str:
        day = show_date(self.line.date)
        return f"{self.line.half.label.capitalize()} {day}" if self.line.half else f"Tự học, đến {day}"

    @property
    def reason(self) -> str:
        return _capital(reason_of(self.line))


@dataclass(frozen=True)
class Group:
    """Lines alike: of one class, with one outcome for one reason; sessions apart from topics studied alone."""

    lines: tuple[Told, ...]

    @property
    def is_alone(self) -> bool:
        return self.lines[0].line.half is None

    @property
    def title(self) -> str:
        first, count = self.lines[0].line, len(self.lines)
        if count == 1 or not self.is_alone:
            return first.title
        return f"{count} chuyên đề tự học{f' của lớp {first.class_code}' if first.class_code else ''}"

    @property
    def worth(self) -> str:
        """What became of them, as short as a margin."""
        _, credited, waiting = summed(each.line for each in self.lines)
        match self.lines[0].line.outcome:
            case Outcome.COUNTED:
                return days(credited)
            case Outcome.WAITING:
                return f"chờ {days(waiting)}"
        return "không tính"

    @property
    def said(self) -> str:
        """ "6 buổi, 28/09/2026 – 30/09/2026. Đủ buổi."."""
        dates = sorted({each.line.date for each in self.lines})
        span = " – ".join(map(show_date, dict.fromkeys((dates[0], dates[-1]))))
        reasons = list(dict.fromkeys(each.reason for each in self.lines))
        reason = reasons[0] if len(reasons) == 1 else _capital(self.lines[0].line.reason.label)
        if len(self.lines) == 1:
            return f"{self.lines[0].when}. {reason}."
        return f"{len(self.lines)} {'chuyên đề' if self.is_alone else 'buổi'}, {span}. {reason}."

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The words of law that decided, each once."""
        return tuple(dict.fromkeys(each.line.citation for each in self.lines if each.line.citation))


def grouped(lines: Iterable[Told]) -> tuple[Group, ...]:
    """In the order of their first lines."""
    found: dict[Hashable, list[Told]] = defaultdict(list)
    for told in lines:
        line = told.line
        found[line.class_code or line.title, line.outcome, line.reason, line.half is None].append(told)
    return tuple(Group(tuple(each)) for each in found.values())


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


@dataclass(frozen=True)
class Bar:
    """Thousandths of the days owed: counted, and what a decision is open on beside them."""

    credited: int
    waiting: int


@dataclass(frozen=True)
class Reckoning:
    """`said` is what the printed slip says; `counted`, `waiting` and `refused` are the lines of the term, `outside`
    those of other times. Figures are texts, `–` where nothing is known."""

    account: Account
    said: dict[str, Any]
    counted: tuple[Group, ...]
    waiting: tuple[Group, ...]
    refused: tuple[Group, ...]
    outside: tuple[Group, ...]

    @property
    def figures(self) -> dict[str, str]:
        return dict(self.said["figures"])

    @property
    def is_owed(self) -> bool:
        """Whether days can be held against a number."""
        return self.account.report.person.verdict.shortfall is not None

    @property
    def unclear(self) -> str:
        """Why nobody can say what is owed; empty where it is known."""
        verdict = self.account.report.person.verdict
        steps = verdict.obligation.steps
        return steps[-1].text if verdict.standing is Standing.UNDETERMINED and steps else ""

    @property
    def until(self) -> str:
        """ "nhiệm kỳ 2025–2030, đến hết ngày 31/12/2030"; empty where no term is known."""
        term = self.account.report.person.verdict.obligation.term
        return f"nhiệm kỳ {term.name}, đến hết ngày {show_date(term.ends)}" if term else ""

    @property
    def rounding(self) -> str:
        return rounding(self.account.report.basis.display_step)

    @property
    def bar(self) -> Bar | None:
        verdict = self.account.report.person.verdict
        if not verdict.required:
            return None
        credited = min(_share(verdict.credited, verdict.required), _WHOLE)
        return Bar(credited, min(_share(verdict.tally.waiting, verdict.required), _WHOLE - credited))

    @property
    def told(self) -> Iterator[tuple[str, str, tuple[Group, ...]]]:
        """Headings, what they mean, and their lines; those without lines are left out."""
        parts = (
            ("Đã được tính", "", self.counted),
            ("Chờ quyết định", "Chưa cộng vào số ngày; khi cấp có thẩm quyền quyết định sẽ tính lại.", self.waiting),
            ("Không được tính", "Mỗi dòng có lý do; nếu thấy chưa đúng, báo cán bộ tổ chức của đơn vị.", self.refused),
        )
        yield from (part for part in parts if part[2])


def reckoning(account: Account, world: World) -> Reckoning:
    verdict = account.report.person.verdict
    inside = in_term(verdict)
    known = set(map(id, inside))
    outside = [line for line in verdict.tally.lines if id(line) not in known]

    def told(lines: Iterable[Line]) -> tuple[Group, ...]:
        return grouped(Told(line, proofs(account, world, line)) for line in lines)

    by_outcome = {outcome: told(line for line in inside if line.outcome is outcome) for outcome in Outcome}
    return Reckoning(
        account, page_data(account.report), by_outcome[Outcome.COUNTED], by_outcome[Outcome.WAITING],
        by_outcome[Outcome.REFUSED], told(outside),
    )  # fmt: skip


def proofs(account: Account, world: World, line: Line) -> tuple[int, ...]:
    """The entries behind a line: of a session its own; of a topic studied alone each study day and each completion, as
    far as the line reaches."""
    if line.half is not None or not line.class_code:
        return (line.seq,)
    found = world.classes.get(line.class_code)
    spelled = {topic.topic: f"{topic.title or topic.topic} ({found.name})" for topic in found.topics} if found else {}
    return tuple(
        piece.seq
        for piece in account.person.pieces
        if piece.seq <= line.seq
        for code, topic in _studied(piece.evidence)
        if code == line.class_code and line.title in (topic, spelled.get(topic))
    ) or (line.seq,)


def _studied(evidence: object) -> set[tuple[str, str]]:
    match evidence:
        case Completion():
            return {(evidence.class_code, evidence.topic)}
        case StudyDay():
            return {(part.class_code, part.topic) for part in evidence.parts}
    return set()


def _share(value: Fraction, whole: Fraction) -> int:
    return int(value / whole * _WHOLE)
