"""A province's report as a paper: the figures in order, and an annex with all that they rest on."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.verdict import OWING
from boiduong_exporter.reports.annex import annex
from boiduong_exporter.reports.columns import Column
from boiduong_exporter.reports.figures import Deeds, Part, ProvinceReport, TrendPoint, UnitSummary
from boiduong_exporter.reports.list_pdf import in_short
from boiduong_exporter.reports.printed import count, share
from boiduong_exporter.reports.province_columns import COUNTS
from boiduong_exporter.reports.province_words import ALL, NO_TREND, PLAN, RATE, TREND, TWICE
from boiduong_exporter.reports.sheet_summary import DENOMINATOR, MEANINGS, terms_note, whom, years_notes
from boiduong_exporter.reports.typeset import typeset
from boiduong_exporter.reports.whole import written_whole

TITLE = "KẾT QUẢ BỒI DƯỠNG, CẬP NHẬT KIẾN THỨC, KỸ NĂNG"
_ALWAYS = ("people", "owing", "enough", "short", "rate")
_NEVER = ("attendances", "events")
"""A page has room for what somebody is counted in; the workbook has every column."""


def write_province_pdf(report: ProvinceReport, path: Path) -> None:
    with written_whole(path) as file:
        file.write(typeset("province.typ", TITLE, report.basis, _data(report)))


def _data(report: ProvinceReport) -> dict[str, Any]:
    whole = Part("", ALL, report.whole)
    rows, sums = _standings(report.whole)
    columns = _columns(whole)
    said = (whom(report.basis), RATE, terms_note(report.basis, report.whole), *report.notes)
    return {
        "above": report.issuer.superior,
        "unit": f"{report.issuer.name} ({report.unit_code})",
        "figures": in_short(report.whole),
        "notes": [note for note in said if note],
        "standings": rows,
        "sums": sums,
        "terms": _terms(report.whole),
        "twice": f"{report.basis.organizations.capitalize()}. {TWICE}",
        "heads": [column.heading for column in columns],
        "units": [{"depth": max(part.depth - 1, 0), "cells": _cells(columns, part)} for part in (*report.units, whole)],
        "groups": [_cells(columns, part) for part in (*report.groups, whole)],
        "tiers": [_cells(columns, part) for part in (*report.tiers, whole)],
        "years_note": " ".join(years_notes(report.basis)),
        "years": _years(report.deeds),
        "plan_note": PLAN,
        "plan": _plan(report.deeds),
        "trend_note": TREND,
        "no_trend": NO_TREND,
        "trend": [_point(point) for point in report.trend],
        "annex": annex(report.basis),
    }


def _standings(summary: UnitSummary) -> tuple[list[list[str]], list[int]]:
    """The rows by standing, and which of them are sums."""
    rows: list[list[str]] = []
    sums: list[int] = []
    for owing, title in DENOMINATOR:
        found = [(standing, number) for standing, number in summary.standings if (standing in OWING) is owing]
        sums.append(len(rows))
        rows.append([title, count(sum(number for _, number in found)), ""])
        rows += [[f"– {standing.label}", count(number), MEANINGS[standing]] for standing, number in found]
    return [*rows, ["Tất cả", count(summary.people), ""]], [*sums, len(rows)]


def _terms(summary: UnitSummary) -> list[list[str]]:
    return [
        [
            f"{each.name} ({show_date(each.starts)} – {show_date(each.ends)})",
            *map(count, (each.people, each.owing, each.enough)),
        ]
        for each in summary.terms
    ]


def _columns(whole: Part) -> tuple[Column[Part], ...]:
    shown = (column for column in COUNTS if column.key not in _NEVER)
    return tuple(column for column in shown if column.key in _ALWAYS or column.value(0, whole))


def _cells(columns: tuple[Column[Part], ...], part: Part) -> list[str]:
    values = (column.value(0, part) for column in columns)
    rate = share(part.summary.rate)
    return [part.name, *(count(value) if isinstance(value, int) else rate for value in values)]


def _years(deeds: Deeds) -> list[list[str]]:
    if not deeds.years:
        return []
    rows = [
        [str(row.year), row.scheme, row.audience, row.kind_label, *_counts(row.classes, row.attendances, row.people)]
        for row in deeds.years
    ]
    sums = sum(row.classes for row in deeds.years), sum(row.attendances for row in deeds.years), deeds.people
    return [*rows, ["Tất cả", "", "", "", *_counts(*sums)]]


def _plan(deeds: Deeds) -> list[list[str]]:
    return [
        [
            row.number, row.audience, row.state, row.lead,
            *_counts(row.planned_classes, row.done_classes, row.planned_people, row.done_people),
        ]
        for row in deeds.plan
    ]  # fmt: skip


def _counts(*numbers: int) -> Iterable[str]:
    return map(count, numbers)


def _point(point: TrendPoint) -> dict[str, Any]:
    """`share` is the length of a bar, for the eye alone."""
    counts = _counts(point.owing, point.enough)
    cells = [point.name, show_date(point.as_of), *counts, share(point.rate), count(point.undetermined)]
    return {"cells": cells, "share": float(point.rate or 0)}
