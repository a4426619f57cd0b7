"""A province's report as CSV and JSON."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from boiduong_exporter.reports.columns import SHARE_STEP
from boiduong_exporter.reports.data import to_json, write_text
from boiduong_exporter.reports.figures import RATE_COUNTS, Part, ProvinceReport, TrendPoint
from boiduong_exporter.reports.plain import csv_table, json_basis, json_deeds, json_head, json_row, json_summary
from boiduong_exporter.reports.province_columns import DATA


def write_province_csv(report: ProvinceReport, path: Path) -> None:
    """The rows by unit, the whole first (depth 0), in the same form as a unit's list."""
    whole = Part(report.unit_code, report.issuer.name, report.whole)
    write_text(path, csv_table(DATA, (whole, *report.units), report.basis))


def write_province_json(report: ProvinceReport, path: Path) -> None:
    """Everything; counts of people, rates both exact and as shown."""
    write_text(path, _province_json(report))


def _province_json(report: ProvinceReport) -> Iterator[str]:
    yield to_json(
        json_head("province", report.basis)
        | {
            "unit": {"code": report.unit_code, "name": report.issuer.name},
            "issuer": report.issuer,
            "basis": json_basis(report.basis),
            "summary": json_summary(report.whole) | {"rate_counts": RATE_COUNTS},
            "units": _parts(report.units),
            "groups": _parts(report.groups),
            "tiers": _parts(report.tiers),
            **json_deeds(report.deeds),
            "trend": [_point(point) for point in report.trend],
            "notes": report.notes,
        }
    )
    yield "\n"


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    rows = ((part, json_row(DATA, 0, part, SHARE_STEP)) for part in parts)
    return [row | {"terms": part.summary.terms} for part, row in rows]


def _point(point: TrendPoint) -> dict[str, Any]:
    return {
        "name": point.name, "as_of": point.as_of, "owing": point.owing, "enough": point.enough, "rate": point.rate,
        "undetermined": point.undetermined,
    }  # fmt: skip
