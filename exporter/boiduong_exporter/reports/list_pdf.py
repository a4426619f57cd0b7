"""A unit's list as a paper to print: who, how many days, what is missing and why."""

from pathlib import Path
from typing import Any

from boiduong_exporter.credit.telling import rounding
from boiduong_exporter.reports.annex import annex
from boiduong_exporter.reports.columns import PEOPLE, Column, Kind
from boiduong_exporter.reports.figures import Counting, PersonFigures, UnitReport, UnitSummary
from boiduong_exporter.reports.printed import count, printed, share
from boiduong_exporter.reports.province_words import RATE
from boiduong_exporter.reports.sheet_summary import terms_note, whom
from boiduong_exporter.reports.typeset import typeset
from boiduong_exporter.reports.whole import written_whole

TITLE = "DANH SÁCH KẾT QUẢ BỒI DƯỠNG, CẬP NHẬT KIẾN THỨC, KỸ NĂNG"
_LEFT_OUT = ("authority", "term", "term_ends", "attended", "refused", "study_hours")
COLUMNS: tuple[Column[PersonFigures], ...] = tuple(column for column in PEOPLE if column.key not in _LEFT_OUT)
"""What fits a page; the workbook has all."""
_WIDTHS = {"number": 5, "unit": 23}
"""Where paper gives more or less room than the workbook; shares of the page."""
_ALIGN = {Kind.DAYS: "r", Kind.WHOLE: "r", Kind.DATE: "c"}


def write_unit_pdf(report: UnitReport, path: Path) -> None:
    with written_whole(path) as file:
        file.write(typeset("list.typ", TITLE, report.basis, _data(report)))


def _data(report: UnitReport) -> dict[str, Any]:
    """Rows are texts, and small: a list of thousands stays in memory while it is set."""
    counting, step = Counting(), report.basis.display_step
    rows = []
    for number, person in enumerate(report.people, 1):
        counting.add(person)
        rows.append([printed(column, column.value(number, person), step) for column in COLUMNS])
    summary = counting.summary()
    said = (whom(report.basis), rounding(step), RATE, terms_note(report.basis, summary), *report.notes)
    return {
        "unit": f"{report.unit_name} ({report.unit_code})",
        "figures": in_short(summary),
        "notes": [note for note in said if note],
        "columns": [
            {
                "heading": each.heading,
                "width": _WIDTHS.get(each.key, each.width),
                "align": _ALIGN.get(each.kind, "l"),
            }
            for each in COLUMNS
        ],
        "rows": rows,
        "annex": annex(report.basis),
    }


def in_short(summary: UnitSummary) -> list[list[str]]:
    """The figures at the head of a paper."""
    return [
        ["Tổng số người", count(summary.people)],
        ["Phải bồi dưỡng", count(summary.owing)],
        ["Đủ số ngày", count(summary.enough)],
        ["Tỷ lệ đủ", share(summary.rate)],
        ["Lượt dự lớp", count(summary.attendances)],
        ["Lớp có người dự", count(summary.events)],
    ]
