"""A unit's list as CSV and JSON, written while the people stream by."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from boiduong_exporter.reports.columns import PEOPLE
from boiduong_exporter.reports.figures import RATE_COUNTS, Counting, UnitReport
from boiduong_exporter.reports.plain import (
    csv_table,
    json_basis,
    json_columns,
    json_deeds,
    json_head,
    json_row,
    json_summary,
)
from boiduong_exporter.reports.whole import written_whole


def write_unit_csv(report: UnitReport, path: Path) -> None:
    """The list for a Vietnamese Excel, which opens a CSV by double click only in its own way: UTF-8 with BOM, ";"
    between cells, a decimal comma, dates as dd/mm/yyyy. Programs read the JSON, where figures are exact."""
    write_text(path, csv_table(PEOPLE, report.people, report.basis))


def write_unit_json(report: UnitReport, path: Path) -> None:
    """The whole report as data: figures both exact ("7/2") and as shown, dates in ISO."""
    write_text(path, _unit_json(report))


def _unit_json(report: UnitReport) -> Iterator[str]:
    counting = Counting()
    head = json_head("unit", report.basis) | {
        "unit": {"code": report.unit_code, "name": report.unit_name},
        "basis": json_basis(report.basis),
        "columns": json_columns(PEOPLE),
    }
    yield to_json(head)[:-1] + ',"people":['
    for number, person in enumerate(report.people, 1):
        counting.add(person)
        row = to_json(json_row(PEOPLE, number, person, report.basis.display_step))
        yield f"{',' if number > 1 else ''}\n{row}"
    summary = json_summary(counting.summary()) | {"rate_counts": RATE_COUNTS}
    tail = {"summary": summary, **json_deeds(report.deeds()), "notes": report.notes}
    yield "\n]," + to_json(tail)[1:] + "\n"


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Fraction():
            return str(value)
        case frozenset():
            return sorted(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"no plain form: {value!r}")


def write_text(path: Path, parts: Iterable[str]) -> None:
    with written_whole(path) as file:
        for part in parts:
            file.write(part.encode())
