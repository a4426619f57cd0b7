"""The sheet "Căn cứ": the ledger's head, the documents with their words, the readings, and how to redo the sums."""

from collections.abc import Iterable

from boiduong_exporter.credit.rules import Citation, RuleSet
from boiduong_exporter.reports.book import Book, Page
from boiduong_exporter.reports.legal import (
    duties,
    force,
    listed,
    named,
    quotations,
    recompute,
    reports_due,
    standing_of,
)


def write_basis(book: Book) -> None:
    page = book.page("Căn cứ", "Căn cứ của các con số", (34, 50, 34, 38, 26, 20), landscape=True)
    _origin(page)
    _recompute(page)
    _conversion(page)
    for rules in book.basis.documents:
        _document(page, rules)
    if book.basis.readings:
        _readings(page)


def _origin(page: Page) -> None:
    basis = page.book.basis
    page.section("Nguồn số liệu")
    page.cells(("Mã của sổ theo dõi bồi dưỡng", basis.head))
    page.cells(("Mã đối chiếu (cuối mỗi trang)", basis.mark))
    page.cells(("Đơn vị, tổ chức", basis.organizations))
    page.cells(("Bản quy tắc tính", basis.rulebook_version))
    page.cells(("Phần mềm", f"boiduong, {basis.program}"))


def _conversion(page: Page) -> None:
    page.section("Quy đổi")
    page.say(page.book.basis.conversion.statement)


def _document(page: Page, rules: RuleSet) -> None:
    page.section(named(rules))
    page.say(f"{force(rules)} Áp dụng: {listed(rules.scope) or 'mọi nơi'}. Bản dữ liệu: {rules.version}.", "note")
    page.headings(("Nội dung", "Trích nguyên văn", "Nguồn đã đọc", "Điều, khoản", "Mức độ"))
    _quoted(page, quotations(rules))
    for title, told in (
        ("Ai làm gì", duties(rules, page.book.basis.levels)), ("Báo cáo", reports_due(rules)),
    ):  # fmt: skip
        rows = list(told)
        if rows:
            page.say(title, "part")
        _quoted(page, rows)


def _quoted(page: Page, told: Iterable[tuple[str, Citation]]) -> None:
    for about, citation in told:
        page.cells((about, f"«{citation.quote}»", citation.source, citation.where, standing_of(citation)))


def _readings(page: Page) -> None:
    """The last of the sheet: its headings are repeated on every page that follows them."""
    page.section("Cách hiểu đã dùng, nơi văn bản chưa nói rõ")
    page.sheet.repeat_rows(page.row)
    page.headings(("Điều để ngỏ", "Đang hiểu là", "Cách khác", "Căn cứ", "Mức độ", "Ai quyết định"))
    for reading in page.book.basis.readings:
        page.cells(
            (reading.title, reading.said, listed(reading.alternatives), reading.basis, reading.status.label,
             reading.decided_by)
        )  # fmt: skip


def _recompute(page: Page) -> None:
    page.section("Tính lại")
    for meaning, command in recompute(page.book.basis.head):
        page.cells((meaning, command), "text", "command")
