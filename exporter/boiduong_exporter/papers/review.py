"""Báo cáo sơ kết: the review of an organization and of those under it, as a draft in Word."""

from pathlib import Path

from boiduong_vocabulary.problem import Problem

from boiduong_exporter.papers.filling import filled
from boiduong_exporter.papers.finish import finished
from boiduong_exporter.papers.names import values
from boiduong_exporter.papers.template import review_template
from boiduong_exporter.reports.figures import ProvinceReport
from boiduong_exporter.reports.whole import written_whole
from boiduong_exporter.rulebook.layout import Layout


def write_review(report: ProvinceReport, path: Path, layout: Layout, template: Path | None = None) -> Problem | None:
    """Write the review, from the office's own template where it has one. A template that cannot be filled is told, and
    nothing is written. The same figures give the same bytes.

    Raises OSError where the template cannot be read, or nothing can be written.
    """
    source = template.read_bytes() if template else review_template(layout, report.issuer.form)
    paper = filled(source, str(template or "mẫu có sẵn"), values(report))
    if isinstance(paper, Problem):
        return paper
    with written_whole(path) as file:
        file.write(finished(paper, report.basis, "Báo cáo sơ kết"))
    return None
