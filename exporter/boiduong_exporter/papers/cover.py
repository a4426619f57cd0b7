"""The công văn that a review is sent with, as a draft in Word."""

from pathlib import Path

from boiduong_vocabulary.problem import Problem

from boiduong_exporter.papers.filling import filled
from boiduong_exporter.papers.finish import finished
from boiduong_exporter.papers.names import values
from boiduong_exporter.papers.template import letter_template
from boiduong_exporter.reports.figures import ProvinceReport
from boiduong_exporter.reports.whole import written_whole
from boiduong_exporter.rulebook.layout import Layout


def write_cover(report: ProvinceReport, path: Path, layout: Layout) -> None:
    """Write the cover letter: nothing in it but what is sent; its number, date, addressee and signature are blank.

    Raises OSError where nothing can be written.
    """
    paper = filled(letter_template(layout, report.issuer.form), "công văn có sẵn", values(report))
    assert not isinstance(paper, Problem), paper
    with written_whole(path) as file:
        file.write(finished(paper, report.basis, "Công văn gửi báo cáo sơ kết"))
