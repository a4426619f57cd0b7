"""Which writer a file name asks for."""

from pathlib import Path

from boiduong_exporter.reports.data import write_unit_csv, write_unit_json
from boiduong_exporter.reports.figures import PersonReport, UnitReport
from boiduong_exporter.reports.person import write_person_csv, write_person_json, write_person_xlsx
from boiduong_exporter.reports.slip import slip_pdf
from boiduong_exporter.reports.whole import written_whole
from boiduong_exporter.reports.xlsx import write_unit_xlsx

UNIT = {".xlsx": write_unit_xlsx, ".csv": write_unit_csv, ".json": write_unit_json}
PERSON = {".xlsx": write_person_xlsx, ".csv": write_person_csv, ".json": write_person_json}


def write_unit(report: UnitReport, path: Path) -> None:
    """Write the report in the format of `path`'s ending.

    Raises KeyError for another ending, OSError where nothing can be written.
    """
    UNIT[path.suffix.lower()](report, path)


def write_person(report: PersonReport, path: Path) -> None:
    """As `write_unit`, for one person."""
    PERSON[path.suffix.lower()](report, path)


def write_slip(report: PersonReport, path: Path) -> None:
    """The «Phiếu tính ngày» as one A4 page."""
    with written_whole(path) as file:
        file.write(slip_pdf(report))
