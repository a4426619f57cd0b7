"""Phiếu tính ngày: one A4 page of one person, for the file and for a signature. Text reaches the page as data, never
as Typst source."""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from importlib.resources import files
from typing import Any

import typst
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.account import Line
from boiduong_exporter.credit.reasons import Reason
from boiduong_exporter.credit.rules import Citation
from boiduong_exporter.credit.telling import (
    IN_PERSON_OPEN,
    documents_used,
    readings_used,
    reason_of,
    result_line,
    rounding,
)
from boiduong_exporter.credit.verdict import Verdict
from boiduong_exporter.credit.words import days, number, rounded
from boiduong_exporter.reports.figures import Basis, PersonFigures, PersonReport
from boiduong_exporter.reports.legal import named

_MOST_ROWS = 16
"""Lines that fit beside the legal basis in a readable size."""
_FORMS = {Delivery.HALL: "HT", Delivery.BRIDGE: "ĐC", Delivery.LIVE: "TT", Delivery.SELF_PACED: "TH"}
"""How sessions are held, as short as a narrow column needs."""
_BY_DOCUMENT = frozenset({Reason.RECOGNISED, Reason.RULED_OUT})
"""Reasons that are told with their document even where sessions are put together."""


def slip_pdf(report: PersonReport) -> bytes:
    """The same figures give the same bytes."""
    data = json.dumps(page_data(report), ensure_ascii=False)
    source = files("boiduong_exporter.reports").joinpath("slip.typ").read_bytes()
    pdf = typst.compile(source, ignore_system_fonts=True, format="pdf", sys_inputs={"data": data})
    assert isinstance(pdf, bytes)
    return pdf


def page_data(report: PersonReport) -> dict[str, Any]:
    """All that the page shows."""
    person, basis = report.person, report.basis
    lines = person.attended.lines
    return {
        "date": [basis.as_of.year, basis.as_of.month, basis.as_of.day],
        "when": basis.when,
        "person": _person(person),
        "result": result_line(person.verdict, basis.display_step),
        "figures": _figures(person.verdict, basis.display_step),
        "steps": [step.text for step in person.verdict.obligation.steps],
        "single": len(lines) <= _MOST_ROWS,
        "rows": _rows(lines, basis.display_step),
        "total": _shown((person.verdict.credited, person.verdict.waiting), basis.display_step),
        "notes": _notes(person, basis),
        "quotes": _quotes(person.verdict),
        "readings": [f"{each.title}: {each.said}" for each in readings_used(person.verdict, basis)],
        "documents": [named(rules) for rules in documents_used(person.verdict, basis)],
        "conversion": basis.conversion.statement,
        "mark": f"Mã đối chiếu {basis.mark} (mục {basis.entry})",
        "program": basis.program,
    }


def _person(person: PersonFigures) -> list[list[str]]:
    born = person.born if isinstance(person.born, str) else show_date(person.born)
    pairs = (
        ("Họ và tên", person.name), ("Mã cán bộ", person.code or "chưa có mã"),
        ("Ngày sinh", born), ("Chức vụ", "\n".join(person.held)),
        ("Đơn vị", person.unit),
    )  # fmt: skip
    return [[label, text] for label, text in pairs if text]


def _figures(verdict: Verdict, step: Fraction) -> list[list[str]]:
    """The reckoning in the box; what is not known has no figure."""
    pairs: tuple[tuple[str, Fraction | None, bool], ...] = (
        ("Tối thiểu", verdict.required, False),
        ("Được tính", verdict.credited, False),
        ("Trong đó trực tiếp", verdict.tally.in_person, False),
        ("Chờ quyết định", verdict.waiting, False),
        ("Còn thiếu", verdict.shortfall, True),
    )
    return [[label, number(rounded(value, step, up)) if value is not None else "–"] for label, value, up in pairs]


def _rows(lines: tuple[Line, ...], step: Fraction) -> list[list[str]]:
    """Each line where they fit; else a row a class, outcome and form, and where those are too many, the rest together,
    a row a form: so that the days in person can be added up from any of them."""
    if len(lines) <= _MOST_ROWS:
        return [
            [_when(line), line.title, _FORMS[line.delivery], _reason(line), *_shown(_sum([line]), step)]
            for line in lines
        ]
    alike = _together(lines, lambda line: (line.class_code or line.title, line.outcome.label, line.delivery))
    told = alike if len(alike) <= _MOST_ROWS else alike[: _MOST_ROWS - len({line.delivery for line in lines})]
    rows = [[_span(each), _class(each), *_grouped(each, step)] for each in told]
    rest = alike[len(told) :]
    for alike_form in _together((line for each in rest for line in each), lambda line: line.delivery):
        count = sum(each[0].delivery is alike_form[0].delivery for each in rest)
        rows.append(
            [
                _span(alike_form),
                f"{count} dòng khác, gồm {len(alike_form)} buổi, chuyên đề",
                *_grouped(alike_form, step),
            ]
        )
    return rows


def _together(lines: Iterable[Line], key: Callable[[Line], Hashable]) -> list[list[Line]]:
    groups: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return list(groups.values())


def _grouped(lines: list[Line], step: Fraction) -> list[str]:
    return [_FORMS[lines[0].delivery], _outcomes(lines), *_shown(_sum(lines), step)]


def _notes(person: PersonFigures, basis: Basis) -> list[str]:
    """What the short forms stand for, what waits though it counts, and how figures are rounded."""
    held = {line.delivery for line in person.attended.lines}
    forms = "; ".join(f"{short}: {_lower(form.label)}" for form, short in _FORMS.items() if form in held)
    verdict = person.verdict
    waits = f"{days(verdict.waiting)} trực tiếp: {IN_PERSON_OPEN}" if verdict.waiting != verdict.tally.waiting else ""
    notes = (forms, _rooms(person), waits, rounding(basis.display_step))
    return [f"{note.rstrip('.')}." for note in notes if note]


def _rooms(person: PersonFigures) -> str:
    """Which rows add up to the days in person: those in halls, and at bridges where these are read so."""
    held: dict[Delivery, Fraction] = defaultdict(Fraction)
    for line in person.attended.lines:
        held[line.delivery] += line.credited
    hall, bridge, in_person = held[Delivery.HALL], held[Delivery.BRIDGE], person.verdict.tally.in_person
    if not hall + bridge:
        return ""
    if in_person == hall + bridge:
        return f"«Trong đó trực tiếp» là tổng cột «Tính» của các dòng HT{', ĐC' if bridge else ''}"
    if in_person == hall:
        return "«Trong đó trực tiếp» là tổng cột «Tính» của các dòng HT"
    return "«Trong đó trực tiếp» gồm cả buổi tại điểm cầu theo quyết định từng buổi"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _when(line: Line) -> str:
    return f"{show_date(line.date)} {line.half.label if line.half else 'tự học'}"


def _span(lines: list[Line]) -> str:
    first, last = min(line.date for line in lines), max(line.date for line in lines)
    return show_date(first) if first == last else f"{show_date(first)} – {show_date(last)}"


def _class(lines: list[Line]) -> str:
    """The class as its sessions name it; a topic's title ends with its class in brackets."""
    title = next((line.title for line in lines if line.half), lines[0].title)
    return f"{title} ({len(lines)} buổi, chuyên đề)" if len(lines) > 1 else title


def _reason(line: Line) -> str:
    return f"{line.outcome.label}: {reason_of(line)}"


def _outcomes(lines: list[Line]) -> str:
    reasons = dict.fromkeys(
        reason_of(line) if line.reason in _BY_DOCUMENT or ": " in line.detail else line.reason.label for line in lines
    )
    outcomes = dict.fromkeys(line.outcome.label for line in lines)
    return f"{', '.join(outcomes)}: {'; '.join(list(reasons)[:3])}{' …' if len(reasons) > 3 else ''}"


def _sum(lines: Iterable[Line]) -> tuple[Fraction, ...]:
    told = list(lines)
    nothing = Fraction(0)
    return (
        sum((line.offered for line in told), nothing),
        sum((line.credited for line in told), nothing),
        sum((line.waiting for line in told), nothing),
    )


def _shown(days: tuple[Fraction, ...], step: Fraction) -> list[str]:
    return [number(rounded(each, step)) for each in days]


def _quotes(verdict: Verdict) -> list[list[str]]:
    """The words of law that this reckoning used, each once."""
    steps = [step.citation for step in verdict.obligation.steps]
    used = [each for each in (*steps, *(line.citation for line in verdict.tally.lines)) if each]
    return [[each.quote, _where(each)] for each in dict.fromkeys(used)]


def _where(citation: Citation) -> str:
    return f"{citation.document}; {citation.source}; {citation.where}"
