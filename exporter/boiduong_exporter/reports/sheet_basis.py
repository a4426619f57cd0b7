"""The sheet "Căn cứ": the ledger's head, the documents with their words, the readings, and how to redo the sums."""

from collections.abc import Iterable

from boiduong_exporter.credit.rules import Citation, RuleSet
from boiduong_exporter.reports.book import Book, Page
from boiduong_exporter.reports.figures import Basis
from boiduong_exporter.reports.legal import (
    CONVERSION,
    QUOTED,
    applied,
    listed,
    named,
    origin,
    parts,
    recompute,
    standing_of,
)


def write_basis(book: Book, sheet: str = "Căn cứ", other: Basis | None = None) -> None:
    """The book's own basis on the sheet of that name, or an `other` that its figures are held against."""
    basis = other or book.basis
    page = book.page(sheet, f"{sheet} của các con số", (34, 50, 34, 38, 26, 20), landscape=True)
    page.section("Nguồn số liệu")
    for pair in origin(basis):
        page.cells(pair)
    _recompute(page, basis)
    page.section(CONVERSION)
    page.say(basis.conversion.statement)
    for rules in basis.documents:
        _document(page, basis, rules)
    if basis.readings:
        _readings(page, basis)


def _document(page: Page, basis: Basis, rules: RuleSet) -> None:
    page.section(named(rules))
    page.say(applied(rules), "note")
    page.headings(("Nội dung", QUOTED, "Nguồn đã đọc", "Điều, khoản", "Mức độ"))
    for title, said in parts(rules, basis.levels):
        if title and said:
            page.say(title, "part")
        _quoted(page, said)


def _quoted(page: Page, told: Iterable[tuple[str, Citation]]) -> None:
    for about, citation in told:
        page.cells((about, f"«{citation.quote}»", citation.source, citation.where, standing_of(citation)))


def _readings(page: Page, basis: Basis) -> None:
    """The last of the sheet: its headings are repeated on every page that follows them."""
    page.section("Cách hiểu đã dùng, nơi văn bản chưa nói rõ")
    page.sheet.repeat_rows(page.row)
    page.headings(("Điều để ngỏ", "Đang hiểu là", "Cách khác", "Căn cứ", "Mức độ", "Ai quyết định"))
    for reading in basis.readings:
        page.cells(
            (reading.title, reading.said, listed(reading.alternatives), reading.basis, reading.status.label,
             reading.decided_by)
        )  # fmt: skip


def _recompute(page: Page, basis: Basis) -> None:
    page.section("Tính lại")
    for meaning, command in recompute(basis.head):
        page.cells((meaning, command), "text", "command")
