"""How many days one person owes, by when, and why: from the managing body to the group, the term and the minimum."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from boiduong_vocabulary.evidence import Designation, Exemption
from boiduong_vocabulary.vietnamese import fold, show_date

from boiduong_exporter.credit.facts import Organization, Person, Term
from boiduong_exporter.credit.grouping import Standing, group_of, minima, standing
from boiduong_exporter.credit.law import Law
from boiduong_exporter.credit.rules import Citation, Group, RuleSet
from boiduong_exporter.credit.spells import length, union
from boiduong_exporter.credit.words import days, total

DECIDING = (Designation, Exemption)
"""The evidence that bears on what is owed; all other bears on what was done."""


class State(StrEnum):
    OWED = "owed"
    EXEMPT = "exempt"
    OUTSIDE = "outside"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reckoning, and the words of law it rests on."""

    text: str
    citation: Citation | None = None


@dataclass(frozen=True)
class Obligation:
    """What is owed on `reference`. `required` is None unless the state is OWED or EXEMPT; `in_person` is the part that
    a local rule wants in person, 0 where none does."""

    state: State
    reference: date
    term: Term | None = None
    authority: Organization | None = None
    group: Group | None = None
    documents: tuple[RuleSet, ...] = ()
    required: Fraction | None = None
    in_person: Fraction = Fraction(0)
    steps: tuple[Step, ...] = ()
    readings: frozenset[str] = frozenset()


@dataclass
class _Reckoning:
    """The obligation while it is being found out."""

    person: Person
    law: Law
    day: date
    steps: list[Step] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    term: Term | None = None
    authority: Organization | None = None
    group: Group | None = None

    def say(self, text: str, citation: Citation | None = None) -> None:
        self.steps.append(Step(text, citation))

    def end(self, state: State, required: Fraction | None = None, in_person: Fraction = Fraction(0)) -> Obligation:
        documents = self.law.on(self.authority.code if self.authority else "", self.day).documents
        return Obligation(
            state, self.day, self.term, self.authority, self.group, documents, required, in_person,
            tuple(self.steps), frozenset(self.used),
        )  # fmt: skip

    def give_up(self, text: str, citation: Citation | None = None) -> Obligation:
        self.say(text, citation)
        return self.end(State.UNDETERMINED)


def obligation(law: Law, person: Person, as_of: date) -> Obligation:
    """What `person` owes in the term that holds `as_of`, by the rules in force that day."""
    reckoning = _Reckoning(person, law, as_of)
    if not person.managements:
        return reckoning.give_up("Chưa có diện quản lý cán bộ trong sổ.")
    if not any(each.authority and each.span.holds(as_of) for each in person.managements):
        reckoning.say(f"Ngày {show_date(as_of)} ở ngoài chế độ bồi dưỡng{_why_outside(reckoning)}.")
        reckoning.term = _own_term(reckoning)
        return reckoning.end(State.OUTSIDE)
    problem = _find_group(reckoning)
    reckoning.term = _find_term(reckoning)
    problem = _no_figures(reckoning) or problem or ("" if reckoning.term else _no_term(reckoning))
    if problem or reckoning.term is None:
        return reckoning.give_up(problem)
    return _of_term(reckoning, reckoning.term)


def _no_figures(reckoning: _Reckoning) -> str:
    central = reckoning.law.rulebook.central(reckoning.day)
    if central is None:
        return f"Ngày {show_date(reckoning.day)} không có quy định nào có hiệu lực."
    return "" if central.groups else f"{central.number}: số ngày chưa biết, không quy đổi từ quy định khác."


def _why_outside(reckoning: _Reckoning) -> str:
    managed = [each.span for each in reckoning.person.managements if each.authority]
    if not managed:
        return ": không thuộc đối tượng phải bồi dưỡng"
    if all(span.starts and span.starts > reckoning.day for span in managed):
        return ": chưa giữ chức vụ thuộc diện quản lý"
    return ": không còn giữ chức vụ thuộc diện quản lý"


def _no_term(reckoning: _Reckoning) -> str:
    name = reckoning.authority.name if reckoning.authority else ""
    return (
        f"Sổ chưa có nhiệm kỳ chứa ngày {show_date(reckoning.day)} của «{name}» hoặc cấp trên: nhập nhiệm kỳ vào danh "
        "sách tổ chức."
    )


def _find_group(reckoning: _Reckoning) -> str:
    """Sets authority and group; what is in the way, or nothing."""
    law, day = reckoning.law, reckoning.day
    found = standing(reckoning.person, law, day)
    if found.unknown:
        return f"Cấp quản lý «{'», «'.join(found.unknown)}» chưa có trong danh sách tổ chức."
    reckoning.authority = found.bodies[0]
    if not reckoning.authority.span.holds(day) and reckoning.authority.span.ends:
        ended = show_date(reckoning.authority.span.ends)
        return f"Cấp quản lý «{reckoning.authority.name}» đã kết thúc ngày {ended}: nhập diện quản lý mới của cán bộ."
    reckoning.group = group_of(found, law, day)
    if found.designations:
        return _designated(reckoning, found)
    if len(found.bodies) > 1:
        reckoning.used.add("several_posts")
        names = "; ".join(each.name for each in found.bodies)
        if law.rulebook.readings.several_posts == "decision":
            return f"Có nhiều cấp quản lý ({names}): chờ văn bản xác định nhóm."
        reckoning.say(f"Có nhiều cấp quản lý, lấy cấp cao nhất: {names}.")
    if reckoning.group is None:
        return f"Loại tổ chức của «{reckoning.authority.name}» không thuộc nhóm nào của quy định."
    return ""


def _designated(reckoning: _Reckoning, found: Standing) -> str:
    said = "; ".join(f"nhóm {each.group} theo {each.document}" for each in found.designations)
    if reckoning.group is None:
        return f"Không xác định được nhóm: {said}."
    reckoning.say(f"{reckoning.group.label} theo {found.designations[0].document}: {found.designations[0].reason}.")
    return ""


def _find_term(reckoning: _Reckoning) -> Term | None:
    reckoning.used.add("term_of")
    if reckoning.law.rulebook.readings.term_of == "own_organization":
        return _own_term(reckoning)
    return reckoning.law.world.term(reckoning.authority.code, reckoning.day) if reckoning.authority else None


def _own_term(reckoning: _Reckoning) -> Term | None:
    """The term of the highest organization that the person has a post in."""
    law, day = reckoning.law, reckoning.day
    codes = {post.organization for post in reckoning.person.posts if post.span.holds(day)}
    held = [found for code in codes if (found := law.world.organization(code, day))]
    ranked = sorted(held, key=lambda each: law.rank(each, day))
    return next((term for each in ranked if (term := law.world.term(each.code, day))), None)


def _of_term(reckoning: _Reckoning, term: Term) -> Obligation:
    assert reckoning.authority is not None
    assert reckoning.group is not None
    effective = reckoning.law.on(reckoning.authority.code, reckoning.day)
    strictest = effective.strictest(reckoning.group.id)
    assert strictest is not None
    reckoning.say(
        f"{reckoning.group.label}: thuộc diện {reckoning.authority.name} quản lý; nhiệm kỳ {term.name}, "
        f"từ {show_date(term.starts)} đến {show_date(term.ends)}.",
        reckoning.group.citation,
    )
    if strictest.minimum_days is None:
        return reckoning.give_up(
            f"{reckoning.group.label}: số ngày do {strictest.decided_by} quyết định, sổ chưa có văn bản.",
            strictest.citation,
        )
    minimum = _by_group_change(reckoning, term, strictest.minimum_days)
    reckoning.say(f"Số ngày tối thiểu: {days(minimum)}/nhiệm kỳ.", strictest.citation)
    in_person = effective.in_person(reckoning.group.id)
    wanted = in_person.minimum_in_person_days if in_person else None
    if in_person and wanted:
        reckoning.say(f"Trong đó ít nhất {days(wanted)} học trực tiếp.", in_person.citation)
    return _of_share(reckoning, term, minimum, wanted or Fraction(0))


def _by_group_change(reckoning: _Reckoning, term: Term, minimum: Fraction) -> Fraction:
    """The minimum of the reference date, or of the groups that the person was in during the term."""
    found = list(minima(reckoning.person, reckoning.law, term, reckoning.day))
    if len({days_ for _, days_ in found}) < 2:
        return minimum
    reckoning.used.add("group_change")
    reading = reckoning.law.rulebook.readings.group_change
    if reading == "higher":
        reckoning.say("Đổi nhóm trong nhiệm kỳ: lấy nhóm có số ngày cao hơn.")
        return max(days_ for _, days_ in found)
    if reading == "pro_rata":
        reckoning.say("Đổi nhóm trong nhiệm kỳ: tính theo thời gian ở từng nhóm.")
        return total(days_ * length(*spell) for spell, days_ in found) / total(length(*spell) for spell, _ in found)
    reckoning.say("Đổi nhóm trong nhiệm kỳ: theo nhóm ở ngày báo cáo.")
    return minimum


def _of_share(reckoning: _Reckoning, term: Term, minimum: Fraction, in_person: Fraction) -> Obligation:
    """The minimum cut to the part of the term that counts, then exemptions."""
    starts = _first_day_counted(reckoning, term)
    if starts is None:
        return reckoning.end(State.UNDETERMINED)
    share = _share(reckoning, term, starts)
    if share != 1:
        reckoning.say(f"Phần nhiệm kỳ phải tính: {share}, còn {days(minimum * share)}.")
    return _less_exemptions(reckoning, term, minimum * share, in_person * share)


def _first_day_counted(reckoning: _Reckoning, term: Term) -> date | None:
    """The term's own first day, or the regulation's where it came into a running term; None where that is open."""
    central = reckoning.law.rulebook.central(reckoning.day)
    if central is None or central.in_force <= term.starts:
        return term.starts
    reckoning.used.add("running_term_2024")
    reading = reckoning.law.rulebook.readings.running_term_2024
    since = f"{central.number} có hiệu lực ngày {show_date(central.in_force)}, khi nhiệm kỳ {term.name} đang chạy"
    if reading == "not_determined":
        reckoning.say(f"{since}: số ngày của nhiệm kỳ này chưa xác định.")
        return None
    reckoning.say(f"{since}.")
    return term.starts if reading == "full" else central.in_force


def _share(reckoning: _Reckoning, term: Term, starts: date) -> Fraction:
    reading = reckoning.law.rulebook.readings.pro_rata
    whole = [(starts, term.ends)]
    spans = [each.span.within(starts, term.ends) for each in reckoning.person.managements if each.authority]
    served = union([span for span in spans if span])
    if served != whole:
        reckoning.used.add("pro_rata")
    by_month = reading == "by_month"
    counted = whole if reading == "none" else served
    return total(length(*span, by_month) for span in counted) / length(term.starts, term.ends, by_month)


def _less_exemptions(reckoning: _Reckoning, term: Term, required: Fraction, in_person: Fraction) -> Obligation:
    """One document frees a person once, however often it was entered."""
    entered = (piece.evidence for piece in sorted(reckoning.person.pieces, key=lambda piece: piece.seq))
    during = (each for each in entered if isinstance(each, Exemption) and term.starts <= each.date <= reckoning.day)
    exemptions = {fold(each.document).replace(" ", ""): each for each in during}.values()
    for each in exemptions:
        what = "toàn bộ nhiệm kỳ" if each.days is None else days(each.days)
        reckoning.say(f"Miễn {what} theo {each.document}: {each.reason}.")
    if any(each.days is None for each in exemptions):
        return reckoning.end(State.EXEMPT, Fraction(0))
    left = max(required - total(each.days for each in exemptions if each.days is not None), Fraction(0))
    return reckoning.end(State.OWED if left else State.EXEMPT, left, min(in_person, left))
