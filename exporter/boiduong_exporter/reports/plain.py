"""Rows as plain data: the cells of CSV and JSON."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.telling import DUTIES, in_order, verify_command
from boiduong_exporter.reports.columns import SHARE_STEP, Cell, Column, Kind, Row, shown
from boiduong_exporter.reports.figures import Basis, Deeds, UnitSummary
from boiduong_exporter.reports.legal import quotations
from boiduong_exporter.reports.printed import printed

FORMAT = 1
"""The version of the JSON files' layout."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


_NOTHING: Mapping[str, str] = {}


def csv_row(cells: Iterable[str]) -> str:
    return ";".join(map(_quoted, cells)) + "\r\n"


def _quoted(text: str) -> str:
    if any(mark in text for mark in ';"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_text(column: Column[Row], cell: Cell, step: Fraction) -> str:
    """A cell as a Vietnamese spreadsheet reads it; text that would be taken for a formula is led by an apostrophe."""
    said = printed(column, cell, step)
    return f"'{said}" if isinstance(cell, str) and said.startswith(_FORMULA) else said


def csv_table(
    columns: tuple[Column[Row], ...], rows: Iterable[Row], basis: Basis, said: Mapping[str, str] = _NOTHING
) -> Iterator[str]:
    """Headings and rows. Each row ends with the day and the mark of its basis, with what else must be `said` under
    which heading, and with the notice: a file without a title needs them."""
    named = {"Tính đến ngày": show_date(basis.as_of), "Mã đối chiếu": basis.mark, **said}
    if basis.notice:
        named["Lưu ý"] = basis.notice
    yield "\ufeff" + csv_row([*(column.heading for column in columns), *named])
    rests = list(named.values())
    for number, row in enumerate(rows, 1):
        cells = [csv_text(column, column.value(number, row), basis.display_step) for column in columns]
        yield csv_row(cells + rests)


def json_head(report: str, basis: Basis) -> dict[str, Any]:
    """How every JSON file begins: the layout's version, of what kind of report it is, and the notice, if any."""
    notice = {"notice": basis.notice} if basis.notice else {}
    return {"format": FORMAT, "report": report, **notice}


def json_row(columns: tuple[Column[Row], ...], number: int, row: Row, step: Fraction) -> dict[str, Any]:
    return {column.key: _json_cell(column, column.value(number, row), step) for column in columns}


def _json_cell(column: Column[Row], cell: Cell, step: Fraction) -> Any:
    if isinstance(cell, Fraction):
        grid = SHARE_STEP if column.kind is Kind.SHARE else step
        return {"exact": str(cell), "shown": shown(cell, grid, column.up)}
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


def json_deeds(deeds: Deeds) -> dict[str, Any]:
    return {"years": deeds.years, "people_of_all_years": deeds.people, "plan": deeds.plan}
