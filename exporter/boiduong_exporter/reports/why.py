"""Why days were not counted, or wait: one short sentence for a cell of the list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.reasons import Outcome, Reason
from boiduong_exporter.credit.telling import result_line, room_open
from boiduong_exporter.credit.verdict import OWING, Standing, Verdict
from boiduong_exporter.credit.words import days
from boiduong_exporter.reports.figures import PersonFigures

_MOST = 4
"""Kinds of reasons that one cell names; a person's own report has them all."""
_EXEMPTION = "Miễn "
"""How a step of the reckoning begins that tells of an exemption."""
_BY_DETAIL = frozenset({Reason.EXCLUDED_KIND, Reason.KIND_NOT_LISTED, Reason.KIND_UNDECIDED, Reason.ABSENT})
"""Reasons whose detail (a kind of class, leave to be absent) tells more than the reason alone."""
_Key = tuple[Outcome, bool, Reason, str]


def why(person: PersonFigures) -> str:
    """ "3 buổi không tính: quán triệt nghị quyết; 1 chuyên đề chưa hoàn thành"; how far a person came in a
    topic, and with what score, is for their own report alone."""
    groups = _groups(person.attended.lines)
    told = [*_of_standing(person.verdict), *(_said(key, lines) for key, lines in groups[:_MOST])]
    if len(groups) > _MOST:
        told.append(f"và {len(groups) - _MOST} lý do khác")
    if person.verdict.standing in OWING and not person.attended.lines:
        told.append("chưa dự buổi nào")
    return "; ".join(told)


def _of_standing(verdict: Verdict) -> Iterator[str]:
    """Why nothing is owed or less, why nobody knows, and what waits though it counts."""
    match verdict.standing:
        case Standing.OUTSIDE:
            said = result_line(verdict).rstrip(".")
            yield said
            yield from (why for why in [_last_step(verdict).partition(": ")[2]] if why and why not in said)
        case Standing.UNDETERMINED:
            said = result_line(verdict).rstrip(".")
            yield said.partition(";")[0] if verdict.obligation.term else said
            yield from filter(None, [_lower(_last_step(verdict))])
        case Standing.EXEMPT:
            yield from list(_exemptions(verdict)) or filter(None, [_last_step(verdict)])
        case _:
            yield from _exemptions(verdict)
    if verdict.standing in OWING and verdict.in_person_missing:
        yield f"còn thiếu ngày trực tiếp (tối thiểu {days(verdict.obligation.in_person)})"
    yield from filter(None, [room_open(verdict)])


def _last_step(verdict: Verdict) -> str:
    steps = verdict.obligation.steps
    return steps[-1].text.rstrip(".") if steps else ""


def _exemptions(verdict: Verdict) -> Iterator[str]:
    """ "miễn 2 ngày theo TB 5-TB/TU"; the reason is the person's own affair, and stands in their own report."""
    for step in verdict.obligation.steps:
        if step.text.startswith(_EXEMPTION):
            yield _lower(step.text.partition(": ")[0].rstrip("."))


def _groups(lines: Iterable[Line]) -> list[tuple[_Key, list[Line]]]:
    """Lines not counted in full, alike together, the most frequent first."""
    groups: dict[_Key, list[Line]] = defaultdict(list)
    for line in lines:
        if line.outcome is not Outcome.COUNTED or line.credited < line.offered:
            kind = line.detail if line.reason in _BY_DETAIL else ""
            groups[(line.outcome, line.half is None, line.reason, kind)].append(line)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def _said(key: _Key, lines: list[Line]) -> str:
    outcome, alone, reason, kind = key
    count = f"{len(lines)} {'chuyên đề' if alone else 'buổi'}"
    if reason is Reason.ABSENT:
        return f"{kind or reason.label} {count}"
    if reason is Reason.INCOMPLETE:
        return f"{count} chưa hoàn thành"
    if outcome is Outcome.COUNTED:
        return f"{count} tính một phần ({_details(lines)})"
    what = {Outcome.WAITING: "chờ quyết định", Outcome.REFUSED: "không tính"}[outcome]
    return f"{count} {what}: {_lower(kind) or reason.label.removesuffix(', chờ quyết định')}"


def _details(lines: list[Line]) -> str:
    details = list(dict.fromkeys(line.detail or line.reason.label for line in lines))
    return " / ".join(details[:2]) + (" …" if len(details) > 2 else "")


def _lower(text: str) -> str:
    """In the middle of a sentence; "HĐND" stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
