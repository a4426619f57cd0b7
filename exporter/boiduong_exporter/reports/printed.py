"""Cells as words: how figures stand on paper and in a Vietnamese spreadsheet."""

from datetime import date
from fractions import Fraction

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.words import rounded
from boiduong_exporter.reports.columns import SHARE_STEP, Cell, Column, Kind, Row, shown


def printed(column: Column[Row], cell: Cell, step: Fraction) -> str:
    """ "2,8", "12/03/1970", "45,6%"; nothing where nothing is known. Days are on the grid of `step`."""
    match cell:
        case None:
            return ""
        case date():
            return show_date(cell)
        case Fraction():
            return share(cell) if column.kind is Kind.SHARE else decimal(shown(cell, step, column.up))
        case _:
            return str(cell)


def decimal(value: float) -> str:
    """ "2,8"; at most six digits after the comma."""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def share(value: Fraction | None) -> str:
    """ "45,6%", rounded down: 100% is everyone; a dash where nobody is counted."""
    if value is None:
        return "–"
    return f"{float(rounded(value, SHARE_STEP) * 100):.1f}%".replace(".", ",")


def count(number: int) -> str:
    """ "1.234"."""
    return f"{number:,}".replace(",", ".")
