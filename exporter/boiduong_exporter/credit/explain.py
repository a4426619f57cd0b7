"""The whole sum of one verdict as plain text, so that an inspector can redo it by hand: exact fractions, and beside
them what other reports print."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from fractions import Fraction

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.appraisal import NOTHING
from boiduong_exporter.credit.facts import Span
from boiduong_exporter.credit.reasons import Reason
from boiduong_exporter.credit.required import Obligation
from boiduong_exporter.credit.rules import Authority, Reading, RuleSet
from boiduong_exporter.credit.telling import (
    DUTIES,
    Citing,
    Grounds,
    Subject,
    addition,
    code_of,
    documents_used,
    ground,
    in_order,
    readings_used,
    reason_of,
    result_line,
    room_open,
    rounding,
    verify_command,
)
from boiduong_exporter.credit.verdict import Verdict
from boiduong_exporter.credit.words import days, number, rounded

WIDTH = 100
_COLUMNS = "{:>7}  {:<10}  {:<6}  {:>9}  {:>9}  {:>9}  {:>9}  {}"
_INDENT = " " * 9


def explain(verdict: Verdict, subject: Subject, grounds: Grounds) -> str:
    """The account from the first entry to the result, at most 100 columns wide."""
    cite = Citing()
    sections = (
        ("Số ngày phải học", _owed(verdict.obligation, cite)),
        ("Các buổi, chuyên đề ghi trong sổ", _table(verdict.tally.lines, cite)),
        ("Cộng", _sums(verdict, grounds.display_step)),
        ("Cách hiểu đã dùng, nơi văn bản chưa nói rõ", _readings(readings_used(verdict, grounds))),
        ("Quy đổi", _wrapped(grounds.conversion.statement, "")),
        ("Văn bản và sổ", _sources(verdict, grounds)),
    )
    lines = list(_heading(verdict, subject, grounds))
    for place, (title, told) in enumerate(sections, 1):
        lines += ["", f"{place}. {title.upper()}", *told]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _heading(verdict: Verdict, subject: Subject, grounds: Grounds) -> Iterator[str]:
    yield "CÁCH TÍNH NGÀY BỒI DƯỠNG"
    yield f"Tính đến ngày {show_date(grounds.as_of)}"
    yield ""
    yield from _wrapped(f"{subject.name} ({code_of(subject.code)})", "Họ và tên: ")
    for place, post in enumerate(dict.fromkeys(subject.posts or ("chưa có trong sổ",))):
        yield from _wrapped(post, " " * 11 if place else "Chức vụ:   ")
    if subject.unit:
        yield from _wrapped(subject.unit, "Đơn vị:    ")
    yield from _wrapped(result_line(verdict, grounds.display_step), "Kết quả:   ")


def _owed(obligation: Obligation, cite: Citing) -> Iterator[str]:
    for place, step in enumerate(obligation.steps, 1):
        yield from _wrapped(step.text, f"{place}) ")
        if step.citation:
            yield from _wrapped(cite(step.citation), "   Trích: ")
    if obligation.required is not None:
        yield from _wrapped(f"Phải học: {days(obligation.required)}.", "=> ")


def _table(lines: Iterable[Line], cite: Citing) -> Iterator[str]:
    yield _COLUMNS.format("Mục", "Ngày", "Buổi", "Phút", "Giá trị", "Được tính", "Chờ", "Kết quả")
    told = [text for line in lines for text in _line(line, cite)]
    yield from told or ["Chưa có buổi, chuyên đề nào."]


def _line(line: Line, cite: Citing) -> Iterator[str]:
    minutes = str(line.minutes) if line.minutes is not None else "cả buổi" if line.offered else "-"
    yield _COLUMNS.format(
        line.seq, show_date(line.date), line.half.label if line.half else "tự học", minutes, number(line.offered),
        number(line.credited), number(line.waiting), line.outcome.label,
    )  # fmt: skip
    place = f"{line.title} [{line.class_code}]" if line.class_code else line.title
    yield from _wrapped(f"{place}; {line.delivery.label.lower()}", _INDENT)
    yield from _wrapped(reason_of(line) + _product(line), f"{_INDENT}Lý do: ")
    if line.citation:
        yield from _wrapped(cite(line.citation), f"{_INDENT}Trích: ")


def _product(line: Line) -> str:
    """The multiplication behind a part of a session."""
    share = re.search(r"\d+/\d+", line.detail) if line.reason is Reason.PART_SESSION else None
    if share is None or Fraction(share.group()) * line.offered != line.credited:
        return ""
    return f"; {number(line.offered)} x {share.group()} = {number(line.credited)}"


def _sums(verdict: Verdict, step: Fraction) -> Iterator[str]:
    done = verdict.tally
    credited = _sum_of([line.credited for line in done.lines], done.credited)
    yield from _wrapped(f"{credited} ngày{_printed(done.credited, step)}.", "Được tính: ")
    yield from _wrapped(f"{days(done.in_person)}{_printed(done.in_person, step)}.", "Trong đó trực tiếp: ")
    if done.waiting:
        yield from _wrapped(f"{_sum_of([line.waiting for line in done.lines], done.waiting)} ngày.", "Chờ quyết định: ")
    if open_rooms := room_open(verdict):
        yield from _wrapped(f"{open_rooms}.", "Về trực tiếp: ")
    yield from _missing(verdict, step)
    yield from _wrapped(rounding(step), "Khi in: ")


def _missing(verdict: Verdict, step: Fraction) -> Iterator[str]:
    done, owed = verdict.tally, verdict.obligation
    if verdict.shortfall is None or owed.required is None or owed.term is None:
        return
    yield from _wrapped(_difference(owed.required, done.credited), "Số ngày còn thiếu: ")
    if owed.in_person:
        yield from _wrapped(_difference(owed.in_person, done.in_person), "Số ngày trực tiếp còn thiếu: ")
    left = f"{days(verdict.shortfall)}{_printed(verdict.shortfall, step, up=True)}"
    yield from _wrapped(f"{left}, thời hạn {show_date(owed.term.ends)}.", "=> Còn thiếu: ")


def _difference(wanted: Fraction, done: Fraction) -> str:
    if done >= wanted:
        return f"không thiếu ({number(done)} không ít hơn {number(wanted)})."
    return f"{number(wanted)} - {number(done)} = {number(wanted - done)} ngày."


def _printed(value: Fraction, step: Fraction, up: bool = False) -> str:
    """What other reports print for it, where that is rounded."""
    shown = rounded(value, step, up)
    return "" if shown == value else f" (in là {number(shown)})"


def _sum_of(parts: list[Fraction], total: Fraction) -> str:
    """The addition; where lines of one half day exclude each other, the total alone, and why it is another."""
    if sum(parts, NOTHING) == total:
        return addition(parts)
    return f"{number(total)} (mỗi buổi chỉ tính một lần, nên khác tổng các dòng)"


def _readings(readings: tuple[Reading, ...]) -> Iterator[str]:
    if not readings:
        yield "Không dùng cách hiểu nào."
    for reading in readings:
        yield from _wrapped(f"{reading.title}: {reading.said}.", "- ")
        yield from _wrapped("; ".join(reading.alternatives) or "không", "  Cách khác: ")
        yield from _wrapped(ground(reading), "  Căn cứ: ")


def _sources(verdict: Verdict, grounds: Grounds) -> Iterator[str]:
    in_force = {rules.number for rules in verdict.obligation.documents}
    for rules in documents_used(verdict, grounds):
        yield from _wrapped(f"{rules.number} ngày {show_date(rules.issued)} của {rules.issuer}: {rules.title}.", "- ")
        yield from _wrapped(f"{rules.source}; bản dữ liệu {rules.version}. {rules.after}", "  Nguồn: ")
        if rules.number in in_force:
            yield from _arrangements(rules, verdict.obligation)
    yield from _wrapped(grounds.head, "Mã của sổ: ")
    yield from _wrapped(verify_command(grounds.head), "Kiểm tra sổ: ")


def _arrangements(rules: RuleSet, owed: Obligation) -> Iterator[str]:
    """When the training is held, who does what for the person's group and level, what is to be reported."""
    told = [(each.about, each.citation) for each in rules.printed]
    told += [(f"{DUTIES.get(each.duty, each.duty)}: {each.body}", each.citation) for each in _duties(rules, owed)]
    told += [(f"Gửi báo cáo: {each.to}, {each.due}", each.citation) for each in rules.reporting]
    for about, citation in told:
        read = "" if citation.source == rules.source else f"nguồn: {citation.source}; "
        yield from _wrapped(f"{about}. Trích: «{citation.quote}» ({read}{citation.where}).", "  + ")


def _duties(rules: RuleSet, owed: Obligation) -> list[Authority]:
    """Those on the day for the person's group and the level of who manages them."""
    group, level = owed.group.id if owed.group else "", owed.authority.level if owed.authority else ""
    return in_order(
        each
        for each in rules.authority
        if (not each.groups or group in each.groups)
        and (not each.levels or level in each.levels)
        and Span(each.starts, each.ends).holds(owed.reference)
    )


def _wrapped(text: str, start: str) -> Iterator[str]:
    """`text` after `start`, its further lines under its beginning."""
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False
    ) or [start]
