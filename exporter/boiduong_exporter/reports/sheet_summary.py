"""The sheets of figures: the summary, the classes by year, the plan beside what was done."""

from collections.abc import Iterable
from itertools import groupby

from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.credit.verdict import OWING, Standing
from boiduong_exporter.reports.book import Book, Page
from boiduong_exporter.reports.columns import SHARE_STEP, shown
from boiduong_exporter.reports.figures import RATE_COUNTS, Basis, Deeds, UnitSummary
from boiduong_exporter.reports.province_words import PLAN, PLAN_SUM, RATE

_TERM = "Nhiệm kỳ "
"""How the name of a period that is a term begins."""
DENOMINATOR = (True, "Phải bồi dưỡng (mẫu số)"), (False, "Ngoài mẫu số")
"""Titles over those who owe days, and over all others: of the undetermined nobody knows whether they do."""
ATTENDANCES = "một người dự một lớp trong sổ là một lượt; không đếm người chưa rõ nhiệm kỳ"
MEANINGS = {
    Standing.ENOUGH: "đã được tính đủ số ngày tối thiểu",
    Standing.SHORT: "còn thời gian trong nhiệm kỳ để dự tiếp",
    Standing.AT_RISK: "thời gian đã qua nhiều hơn phần số ngày đã được tính",
    Standing.WAITING: "sẽ đủ nếu các buổi đang chờ được quyết định là tính",
    Standing.MISSED: "hết nhiệm kỳ, số ngày được tính chưa tới mức tối thiểu",
    Standing.EXEMPT: "được miễn theo văn bản",
    Standing.OUTSIDE: "đến ngày tính không thuộc đối tượng phải bồi dưỡng",
    Standing.UNDETERMINED: "chưa xác định được số ngày tối thiểu: sổ hoặc quy định chưa đủ",
}


def write_summary(book: Book, unit: str, summary: UnitSummary, notes: Iterable[str]) -> None:
    """`unit` is the unit's name and code."""
    page = book.page("Tổng hợp", "Tổng hợp", (34, 12, 60))
    page.say(f"Đơn vị: {unit}.")
    page.say(whom(book.basis), "note")
    page.section("Tỷ lệ đủ số ngày")
    page.headings(("Chỉ tiêu", "Số", "Cách đếm"))
    page.cells(("Tử số", summary.enough, "người đủ số ngày"), "text", "whole")
    page.cells(("Mẫu số", summary.owing, "người phải bồi dưỡng và xác định được số ngày"), "text", "whole")
    rate = None if summary.rate is None else shown(summary.rate, SHARE_STEP, up=False)
    page.cells(("Tỷ lệ", rate, RATE_COUNTS if summary.owing else "chưa có ai phải bồi dưỡng"), "text", "share")
    page.say(RATE, "note")
    _standings(page, summary)
    _terms(page, book.basis, summary)
    page.section("Lượt và lớp, trong nhiệm kỳ của từng người")
    page.headings(("Chỉ tiêu", "Số", "Cách đếm"))
    page.cells(("Lượt", summary.attendances, ATTENDANCES), "text", "whole")
    page.cells(("Lớp", summary.events, "số lớp có người của đơn vị dự"), "text", "whole")
    for note in notes:
        page.gap()
        page.say(note, "note")


def whom(basis: Basis) -> str:
    """Whom the figures of the day count."""
    day = show_date(basis.as_of)
    return f"Đếm những người giữ chức vụ ở đơn vị vào ngày {day}, mỗi người trong nhiệm kỳ của mình."


def _standings(page: Page, summary: UnitSummary) -> None:
    page.section("Người, theo kết quả")
    page.headings(("Kết quả", "Số người", "Nghĩa là"))
    for owing, title in DENOMINATOR:
        rows = [(standing, count) for standing, count in summary.standings if (standing in OWING) is owing]
        page.cells((title, sum(count for _, count in rows), None), "total", "total", "total")
        for standing, count in rows:
            page.cells((f"   {standing.label}", count, MEANINGS[standing]), "text", "whole")
    page.cells(("Tất cả", summary.people, None), "total", "total", "total")


def _terms(page: Page, basis: Basis, summary: UnitSummary) -> None:
    page.section("Người, theo nhiệm kỳ của từng người")
    page.headings(("Nhiệm kỳ", "Phải bồi dưỡng", "Trong đó đủ số ngày"))
    for each in summary.terms:
        span = f"{each.name} ({show_date(each.starts)} – {show_date(each.ends)})"
        page.cells((span, each.owing, each.enough), "text", "whole", "count")
    if note := terms_note(basis, summary):
        page.say(note, "note")


def terms_note(basis: Basis, summary: UnitSummary) -> str:
    """Where people are of several terms, or of another one than the report's."""
    named = basis.period.removeprefix(_TERM) if basis.period.startswith(_TERM) else ""
    others = sum(each.people for each in summary.terms if each.name != named)
    own = "mỗi người xét theo nhiệm kỳ của mình."
    if named and others:
        return f"Báo cáo của {basis.period} có {others} người thuộc nhiệm kỳ khác; {own}"
    return f"Có {len(summary.terms)} nhiệm kỳ; {own}" if len(summary.terms) > 1 else ""


def write_years(book: Book, deeds: Deeds) -> None:
    page = book.page("Lớp theo năm", "Lớp bồi dưỡng theo năm", (13, 14, 26, 44, 10, 12, 12))
    for note in years_notes(book.basis):
        page.say(note, "note")
    page.gap()
    page.headings(("Năm", "Quy định", "Đối tượng", "Loại lớp", "Số lớp", "Số lượt", "Số người"))
    kinds = ("text", "text", "text", "text", "whole", "whole", "whole")
    for year, rows in groupby(sorted(deeds.years, key=lambda row: row.year), key=lambda row: row.year):
        whole = list(rows)
        for row in whole:
            page.cells(
                (str(year), row.scheme, row.audience, row.kind_label, row.classes, row.attendances, row.people), *kinds
            )
        sums = sum(row.classes for row in whole), sum(row.attendances for row in whole)
        page.cells((f"Năm {year}", None, None, None, *sums, None), *["total"] * 7)
    if not deeds.years:
        page.say("Chưa có lớp nào.")
        return
    sums = sum(row.classes for row in deeds.years), sum(row.attendances for row in deeds.years)
    page.cells(("Tất cả", None, None, None, *sums, deeds.people), *["total"] * 7)


def years_notes(basis: Basis) -> tuple[str, ...]:
    """Whom the classes by year count, and what may be added up."""
    until = f"mọi năm đến hết ngày {show_date(basis.as_of)}"
    return (
        f"Đếm mọi người đã từng giữ chức vụ ở đơn vị, {until}, nên nhiều hơn số người của ngày báo cáo.",
        "Lượt: một người dự một lớp. Người: mỗi người đếm một lần ở mỗi dòng và ở dòng cuối, nên không cộng các dòng.",
    )


def write_plan(book: Book, deeds: Deeds) -> None:
    """All lines; the sum is of those approved."""
    page = book.page("Kế hoạch", "Kế hoạch và kết quả thực hiện", (10, 30, 16, 28, 12, 12, 12, 12, 26), landscape=True)
    page.say(PLAN, "note")
    page.gap()
    page.headings(
        (
            "Số", "Đối tượng", "Trạng thái", "Chủ trì", "Số lớp kế hoạch", "Số lớp đã mở", "Số người kế hoạch",
            "Số người đã dự", "Văn bản",
        )
    )  # fmt: skip
    kinds = ("text", "text", "text", "text", "whole", "whole", "whole", "whole")
    for row in deeds.plan:
        page.cells(
            (
                row.number, row.audience, row.state, row.lead, row.planned_classes, row.done_classes,
                row.planned_people, row.done_people, row.document,
            ),
            *kinds,
        )  # fmt: skip
    plan = deeds.approved
    sums = (
        sum(row.planned_classes for row in plan), sum(row.done_classes for row in plan),
        sum(row.planned_people for row in plan), None,
    )  # fmt: skip
    page.cells((None, PLAN_SUM, None, None, *sums, None), *["total"] * 9)
