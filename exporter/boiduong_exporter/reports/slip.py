"""Phiếu tính ngày: one A4 page a person, of one or of many, for the file and for a signature. Text reaches the page as
data, never as Typst source."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.rules import Citation
from boiduong_exporter.credit.telling import (
    documents_used,
    readings_used,
    result_line,
    room_open,
    rounding,
)
from boiduong_exporter.credit.verdict import Verdict
from boiduong_exporter.credit.words import days, number, rounded
from boiduong_exporter.reports.figures import REPORTED_TITLE, Basis, PersonFigures, PersonReport
from boiduong_exporter.reports.legal import named
from boiduong_exporter.reports.slip_table import FORMS, MOST_ROWS, rows, summed, total
from boiduong_exporter.reports.whole import written_whole

_MEASURED = 50
"""Slips that are measured at a time."""
_FORGETS = 11


def write_slips(reports: Iterable[PersonReport], path: Path) -> int:
    """Write the slips of `reports` as one PDF, and say how many they are; of nobody, nothing is written.

    Raises OSError where nothing can be written.
    """
    found = list(reports)
    if found:
        with written_whole(path) as file:
            file.write(slip_pdf(*found))
    return len(found)


def slip_pdf(*reports: PersonReport) -> bytes:
    """The slips of `reports`, at least one, a page each, with a bookmark a name; made on the day of the first. The same
    figures give the same bytes."""
    day = reports[0].basis.as_of
    slips = [page_data(report) for report in reports]
    starts = range(0, len(slips), _MEASURED)
    sizes = [size for start in starts for size in _sizes(day, slips[start : start + _MEASURED])]
    pdf = typst.compile(
        _source(), ignore_system_fonts=True, format="pdf",
        sys_inputs=_inputs(day, [slip | {"shrink": size} for slip, size in zip(slips, sizes, strict=True)]),
    )  # fmt: skip
    assert isinstance(pdf, bytes)
    return pdf


def _sizes(day: date, slips: list[dict[str, Any]]) -> list[int]:
    """How far the text of each slip must shrink to fit its page. What Typst remembers of measuring would fill the
    memory: it forgets what so many compilations did not use."""
    guessed = [slip | {"fill": _fill(slip)} for slip in slips]
    found = typst.query(_source(), "<shrink>", "value", ignore_system_fonts=True, sys_inputs=_inputs(day, guessed))
    if len(slips) == _MEASURED:
        for _ in range(_FORGETS):
            typst.compile(b"", format="pdf", ignore_system_fonts=True)
    return [int(size) for size in json.loads(found)]


def _fill(slip: dict[str, Any]) -> float:
    """About how much of a page the slip fills at 11 points, so that measuring begins near its end. Fitted to the slips
    of a thousand people; a wrong guess costs a measurement and changes no size."""
    return 0.33 + 0.0003 * _letters(slip) + 0.025 * len(slip["rows"])


def _letters(value: Any) -> int:
    match value:
        case str():
            return len(value)
        case list():
            return sum(map(_letters, value))
        case dict():
            return sum(map(_letters, value.values()))
    return 0


def _source() -> bytes:
    return files("boiduong_exporter.reports").joinpath("slip.typ").read_bytes()


def _inputs(day: date, slips: list[dict[str, Any]]) -> dict[str, str]:
    told = {"date": [day.year, day.month, day.day], "slips": slips}
    return {"data": json.dumps(told, ensure_ascii=False)}


def page_data(report: PersonReport) -> dict[str, Any]:
    """All that the page shows."""
    person, basis = report.person, report.basis
    lines = person.attended.lines
    return {
        "when": basis.when,
        "name": person.name,
        "person": _person(person),
        "result": result_line(person.verdict, basis.display_step),
        "figures": _figures(person.verdict, basis.display_step),
        "steps": [step.text for step in person.verdict.obligation.steps],
        "single": len(lines) <= MOST_ROWS,
        "rows": rows(lines),
        "total": total(person, basis.display_step),
        "notes": [*_notes(person, basis), *_reported(report)],
        "quotes": _quotes(person.verdict),
        "readings": [f"{each.title}: {each.said}" for each in readings_used(person.verdict, basis)],
        "documents": [named(rules) for rules in documents_used(person.verdict, basis)],
        "conversion": basis.conversion.statement,
        "mark": f"Mã đối chiếu {basis.mark} (mục {basis.entry})",
        "page": "Trang 1/1",
        "notice": basis.notice,
        "program": basis.program,
    }


def _person(person: PersonFigures) -> list[list[str]]:
    born = person.born if isinstance(person.born, str) else show_date(person.born)
    pairs = (
        ("Mã cán bộ", person.code or "chưa có mã"), ("Ngày sinh", born), ("Chức vụ", "\n".join(person.held)),
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


def _notes(person: PersonFigures, basis: Basis) -> list[str]:
    """What the short forms stand for, what waits though it counts, and how figures are rounded."""
    held = {line.delivery for line in person.attended.lines}
    forms = "; ".join(f"{short}: {_lower(form.label)}" for form, short in FORMS.items() if form in held)
    printed = f"Bảng ghi số chính xác; trong khung kết quả, {rounding(basis.display_step)}"
    notes = (forms, _rooms(person), room_open(person.verdict), _once(person), printed)
    return [f"{note.rstrip('.')}." for note in notes if note]


def _reported(report: PersonReport) -> list[str]:
    return [f"{REPORTED_TITLE}: {'; '.join(each.said for each in report.reported)}."] if report.reported else []


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


def _once(person: PersonFigures) -> str:
    """Why what waits is less than its column: lines of one half day exclude each other."""
    _, _, waiting = summed(person.attended.lines)
    possible = person.verdict.tally.waiting
    if waiting == possible:
        return ""
    return f"Cột «Chờ» có buổi, chuyên đề trùng nhau, mỗi buổi chỉ tính một lần: nhiều nhất thêm {days(possible)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _quotes(verdict: Verdict) -> list[list[str]]:
    """The words of law that this reckoning used, each once."""
    steps = [step.citation for step in verdict.obligation.steps]
    used = [each for each in (*steps, *(line.citation for line in verdict.tally.lines)) if each]
    return [[each.quote, _where(each)] for each in dict.fromkeys(used)]


def _where(citation: Citation) -> str:
    return f"{citation.document}; {citation.source}; {citation.where}"
