"""Rows as plain data: the cells of CSV and JSON."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.telling import DUTIES, in_order, verify_command
from boiduong_exporter.reports.columns import Cell, Column, Kind, Row, shown
from boiduong_exporter.reports.figures import Basis, UnitSummary
from boiduong_exporter.reports.legal import quotations

FORMAT = 1
"""The version of the JSON files' layout."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_row(cells: Iterable[str]) -> str:
    return ";".join(map(_quoted, cells)) + "\r\n"


def _quoted(text: str) -> str:
    if any(mark in text for mark in ';"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_text(column: Column[Row], cell: Cell, step: Fraction) -> str:
    """A cell as a Vietnamese spreadsheet reads it; text that would be taken for a formula is led by an apostrophe."""
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case date():
            return show_date(cell)
        case Fraction():
            return f"{shown(cell, step, column.up):.6f}".rstrip("0").rstrip(".").replace(".", ",")
        case _:
            return str(cell)


def csv_table(columns: tuple[Column[Row], ...], rows: Iterable[Row], basis: Basis) -> Iterator[str]:
    """Headings and rows. Each row ends with the day and the mark of its basis, which a file without a title needs."""
    yield "\ufeff" + csv_row([*(column.heading for column in columns), "Tính đến ngày", "Mã đối chiếu"])
    rests = [show_date(basis.as_of), basis.mark]
    for number, row in enumerate(rows, 1):
        cells = [csv_text(column, column.value(number, row), basis.display_step) for column in columns]
        yield csv_row(cells + rests)


def json_row(columns: tuple[Column[Row], ...], number: int, row: Row, step: Fraction) -> dict[str, Any]:
    return {column.key: _json_cell(column, column.value(number, row), step) for column in columns}


def _json_cell(column: Column[Row], cell: Cell, step: Fraction) -> Any:
    if isinstance(cell, Fraction) and column.kind is Kind.DAYS:
        return {"exact": str(cell), "shown": shown(cell, step, column.up)}
    return cell.isoformat() if isinstance(cell, date) else cell


def json_columns(columns: tuple[Column[Row], ...]) -> list[dict[str, str]]:
    return [{"key": column.key, "heading": column.heading, "kind": column.kind.value} for column in columns]


def json_basis(basis: Basis) -> dict[str, Any]:
    """All that a report rests on, so that it can be redone from the file alone."""
    return {
        "head": basis.head,
        "mark": basis.mark,
        "verify": verify_command(basis.head),
        "as_of": basis.as_of,
        "period": basis.period,
        "structure": basis.structure,
        "rulebook_version": basis.rulebook_version,
        "software": basis.software,
        "display_step": basis.display_step,
        "conversion": basis.conversion,
        "readings": basis.readings,
        "documents": [
            {
                "number": rules.number, "issuer": rules.issuer, "title": rules.title, "issued": rules.issued,
                "in_force": rules.in_force, "ends": rules.ends, "after": rules.after, "scheme": rules.scheme,
                "scope": rules.scope, "source": rules.source, "version": rules.version,
                "says": [{"about": about, "citation": citation} for about, citation in quotations(rules)],
                "printed": rules.printed,
                "authority": [
                    {
                        "duty": each.duty, "label": DUTIES.get(each.duty, each.duty), "body": each.body,
                        "groups": each.groups, "levels": each.levels, "starts": each.starts, "ends": each.ends,
                        "citation": each.citation,
                    }
                    for each in in_order(rules.authority)
                ],
                "reporting": rules.reporting,
            }
            for rules in basis.documents
        ],
    }  # fmt: skip


def json_summary(summary: UnitSummary) -> dict[str, Any]:
    return {
        "people": summary.people,
        "standings": {standing.value: count for standing, count in summary.standings},
        "rate": {"numerator": summary.enough, "denominator": summary.owing, "exact": summary.rate},
        "terms": summary.terms,
        "attendances": summary.attendances,
        "events": summary.events,
    }
