"""One person's report as a workbook, CSV and JSON: the account line by line, and what it rests on."""

from collections.abc import Iterator
from pathlib import Path

from boiduong_exporter.credit.telling import result_line, rounding
from boiduong_exporter.reports.book import Book, Table, excel_cells, open_book
from boiduong_exporter.reports.columns import LINES, PEOPLE
from boiduong_exporter.reports.data import to_json, write_text
from boiduong_exporter.reports.figures import REPORTED_TITLE, PersonReport
from boiduong_exporter.reports.legal import QUOTED, listed
from boiduong_exporter.reports.plain import csv_table, json_basis, json_columns, json_head, json_row
from boiduong_exporter.reports.sheet_basis import write_basis


def write_person_csv(report: PersonReport, path: Path) -> None:
    """The lines, in the same form as a unit's list."""
    write_text(path, csv_table(LINES, report.person.verdict.tally.lines, report.basis))


def write_person_json(report: PersonReport, path: Path) -> None:
    write_text(path, _person_json(report))


def _person_json(report: PersonReport) -> Iterator[str]:
    step = report.basis.display_step
    obligation = report.person.verdict.obligation
    lines = report.person.verdict.tally.lines
    yield to_json(
        json_head("person", report.basis)
        | {
            "basis": json_basis(report.basis),
            "person": json_row(PEOPLE[1:], 1, report.person, step),
            "steps": obligation.steps,
            "columns": json_columns(LINES),
            "lines": [json_row(LINES, number, line, step) for number, line in enumerate(lines, 1)],
            "reported": report.reported,
        }
    )
    yield "\n"


def write_person_xlsx(report: PersonReport, path: Path) -> None:
    with open_book(path, report.basis) as book:
        _account(book, report)
        _reckoning(book, report)
        write_basis(book)


def _account(book: Book, report: PersonReport) -> None:
    person = report.person
    title = f"Kết quả bồi dưỡng: {person.name} ({person.code or 'chưa có mã'})"
    page = book.page("Các buổi, chuyên đề", title, tuple(column.width for column in LINES), landscape=True)
    page.say(listed((*person.held, *(() if person.unit in "".join(person.held) else (person.unit,)))))
    page.say(result_line(person.verdict, report.basis.display_step), "heading")
    page.say(rounding(report.basis.display_step), "note")
    page.gap()
    table = Table(page, LINES)
    for number, line in enumerate(person.verdict.tally.lines, 1):
        table.add(excel_cells(LINES, number, line, report.basis.display_step))
    table.close("Chưa có buổi, chuyên đề nào.")
    if report.reported:
        page.section(REPORTED_TITLE)
    for each in report.reported:
        page.say(f"{each.said}.", "note")


def _reckoning(book: Book, report: PersonReport) -> None:
    page = book.page("Số ngày phải học", "Số ngày phải học, từng bước", (60, 70, 40, 28), landscape=True)
    page.gap()
    page.headings(("Bước", QUOTED, "Nguồn đã đọc", "Điều, khoản"))
    for step in report.person.verdict.obligation.steps:
        cited = step.citation
        page.cells(
            (step.text, f"«{cited.quote}»", cited.source, cited.where) if cited else (step.text, None, None, None)
        )
