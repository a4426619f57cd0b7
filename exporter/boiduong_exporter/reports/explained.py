"""A person's sum as text."""

from boiduong_exporter.credit.explain import explain
from boiduong_exporter.reports.figures import PersonReport


def explain_text(report: PersonReport) -> str:
    return explain(report.person.verdict, report.person, report.basis)
