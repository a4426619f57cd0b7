"""What a template may ask for: the names, and their texts in one report. docs/mau-bao-cao.md tells them to offices, so
they are Vietnamese without marks."""

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias, cast

from boiduong_vocabulary.vietnamese import nfc, show_date

from boiduong_exporter.credit.rules import Citation, Reading, RuleSet
from boiduong_exporter.credit.telling import firmness
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.papers import wording
from boiduong_exporter.reports.figures import Deeds, Part, PlanRow, ProvinceReport, TrendPoint, UnitSummary, YearRow
from boiduong_exporter.reports.legal import applied, named, quotations, recompute, standing_of
from boiduong_exporter.reports.printed import count, share

Line: TypeAlias = dict[str, "Value"]
Value: TypeAlias = "str | bool | list[str] | list[Line] | Line"

COUNTS: dict[str, Callable[[UnitSummary], int]] = {
    "tong_so": lambda summary: summary.people,
    "phai_boi_duong": lambda summary: summary.owing,
    "du": lambda summary: summary.enough,
    "con_thieu": lambda summary: _of(summary, Standing.SHORT),
    "co_kha_nang_chua_du": lambda summary: _of(summary, Standing.AT_RISK),
    "cho_quyet_dinh": lambda summary: _of(summary, Standing.WAITING),
    "chua_du": lambda summary: _of(summary, Standing.MISSED),
    "duoc_mien": lambda summary: _of(summary, Standing.EXEMPT),
    "ngoai_che_do": lambda summary: _of(summary, Standing.OUTSIDE),
    "mien_ngoai": lambda summary: _of(summary, Standing.EXEMPT) + _of(summary, Standing.OUTSIDE),
    "chua_xac_dinh": lambda summary: _of(summary, Standing.UNDETERMINED),
    "luot": lambda summary: summary.attendances,
    "so_lop": lambda summary: summary.events,
}
"""People by standing, attendances and classes: of the whole, and of each part."""
_PART = ("stt", "ten", "cap_mot", *COUNTS, "ty_le")
_YEAR = ("nam", "quy_dinh", "doi_tuong", "loai_lop", "so_lop", "so_luot", "so_nguoi")
_PLAN = (
    "so", "doi_tuong", "trang_thai", "chu_tri", "lop_ke_hoach", "lop_da_mo", "nguoi_ke_hoach", "nguoi_da_du", "van_ban",
)  # fmt: skip
_POINT = ("ten", "den_ngay", "phai_boi_duong", "du", "ty_le", "chua_xac_dinh")
_DOCUMENT = ("ten", "hieu_luc", "trich")
_QUOTE = ("noi_dung", "trich", "nguon", "muc_do")
_READING = ("ten", "dang_hieu", "can_cu", "muc_do")
_REDO = ("viec", "lenh")
LINES: dict[str, tuple[str, ...]] = {
    "bang_nhom": _PART, "bang_cap": _PART, "bang_don_vi": _PART, "bang_nam": _YEAR, "bang_ke_hoach": _PLAN,
    "bang_dien_bien": _POINT, "van_ban": _DOCUMENT, "trich": _QUOTE, "cach_hieu": _READING, "tinh_lai": _REDO,
}  # fmt: skip
"""The lists, and what each line of them has; "trich" is a document's own list."""


def values(report: ProvinceReport) -> Line:
    """Every name with its text, list of sentences or list of lines. All text is clean of what XML cannot hold."""
    basis, whole, deeds = report.basis, report.whole, report.deeds
    told: Line = {
        "co_quan": report.issuer.name,
        "cap_tren": report.issuer.superior,
        "ma_don_vi": report.unit_code,
        "ky": basis.period,
        "den_ngay": show_date(basis.as_of),
        "tinh_den": basis.when,
        "quy_dinh": wording.regulation(basis),
        "trich_yeu": wording.subject(basis),
        "ma_doi_chieu": basis.mark,
        "dau_so": basis.head,
        "to_chuc": basis.organizations,
        "ban_quy_tac": basis.rulebook_version,
        "phan_mem": f"boiduong, {basis.program}",
        "quy_doi": basis.conversion.statement,
        **_counts(whole),
        "ty_le": share(whole.rate),
        **_totals(deeds),
        "doan_doi_tuong": [*wording.of_people(report)],
        "doan_ket_qua": [*wording.of_results(report)],
        "doan_lop": [*wording.of_classes(report)],
        "doan_ke_hoach": [*wording.of_plan(report)],
        "doan_dien_bien": [*wording.of_trend(report)],
        "ghi_chu": [*report.notes],
        "bang_nhom": _parts(report.groups),
        "bang_cap": _parts(report.tiers),
        "bang_don_vi": _parts(report.units),
        "bang_nam": [_year(row) for row in deeds.years],
        "bang_ke_hoach": [_plan(row) for row in deeds.plan],
        "bang_dien_bien": [_point(each) for each in report.trend],
        "van_ban": [_document(rules) for rules in basis.documents],
        "cach_hieu": [_reading(each) for each in basis.readings],
        "tinh_lai": [_line(_REDO, *each) for each in recompute(basis.head)],
    }
    return {name: _clean(value) for name, value in told.items()}


def _of(summary: UnitSummary, standing: Standing) -> int:
    return dict(summary.standings).get(standing, 0)


def _counts(summary: UnitSummary) -> Line:
    return {name: count(of(summary)) for name, of in COUNTS.items()}


def _totals(deeds: Deeds) -> Line:
    """What rows of years and approved ones of the plan add up to. People in several classes are counted, not added."""
    plan = deeds.approved
    return {
        "nam_so_lop": count(sum(row.classes for row in deeds.years)),
        "nam_so_luot": count(sum(row.attendances for row in deeds.years)),
        "nam_so_nguoi": count(deeds.people),
        "ke_hoach_so_lop": count(sum(row.planned_classes for row in plan)),
        "ke_hoach_so_nguoi": count(sum(row.planned_people for row in plan)),
        "ke_hoach_da_mo": count(sum(row.done_classes for row in plan)),
    }


def _line(names: tuple[str, ...], *cells: Value) -> Line:
    return dict(zip(names, cells, strict=True))


def _parts(parts: Iterable[Part]) -> list[Line]:
    found = tuple(parts)
    top = min((part.depth for part in found), default=0)
    return [_part(number, part, part.depth - top) for number, part in enumerate(found, 1)]


def _part(number: int, part: Part, depth: int) -> Line:
    """Under the second level a dash leads the name; the template sets the first two apart."""
    name = f"{'– ' * (depth - 1)}{part.name}" if depth else part.name
    counts = (count(of(part.summary)) for of in COUNTS.values())
    return _line(_PART, str(number), name, depth == 0, *counts, share(part.summary.rate))


def _year(row: YearRow) -> Line:
    counts = (count(each) for each in (row.classes, row.attendances, row.people))
    return _line(_YEAR, str(row.year), row.scheme, row.audience, row.kind_label, *counts)


def _plan(row: PlanRow) -> Line:
    counts = (count(each) for each in (row.planned_classes, row.done_classes, row.planned_people, row.done_people))
    return _line(_PLAN, row.number, row.audience, row.state, row.lead, *counts, row.document)


def _point(point: TrendPoint) -> Line:
    counts = (count(point.owing), count(point.enough), share(point.rate), count(point.undetermined))
    return _line(_POINT, point.name, show_date(point.as_of), *counts)


def _document(rules: RuleSet) -> Line:
    quoted: list[Line] = [_quote(about, citation) for about, citation in quotations(rules)]
    return _line(_DOCUMENT, named(rules), applied(rules), quoted)


def _quote(about: str, citation: Citation) -> Line:
    source = f"{citation.source}; {citation.where}"
    return _line(_QUOTE, about, f"«{citation.quote}»", source, standing_of(citation))


def _reading(reading: Reading) -> Line:
    return _line(_READING, reading.title, reading.said, reading.basis, firmness(reading))


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")
"""Control characters, which XML cannot hold, or which the filling would take for breaks of lines and pages."""


def _clean(value: Value) -> Value:
    match value:
        case str():
            return _UNPRINTABLE.sub(" ", nfc(value))
        case list():
            return cast(Value, [_clean(each) for each in value])
        case dict():
            return {name: _clean(each) for name, each in value.items()}
        case _:
            return value
