"""A person's sum as text."""

from boiduong_exporter.credit.explain import explain
from boiduong_exporter.reports.figures import REPORTED_TITLE, PersonReport


def explain_text(report: PersonReport) -> str:
    """With the notice above and below it, where there is one: each screen of a long text shows one of them."""
    notice = f"{report.basis.notice}\n" if report.basis.notice else ""
    return f"{notice}{explain(report.person.verdict, report.person, report.basis)}{_reported(report)}{notice}"


def _reported(report: PersonReport) -> str:
    if not report.reported:
        return ""
    return f"\n{REPORTED_TITLE.upper()}\n" + "".join(f"- {each.said}.\n" for each in report.reported)
