"""Which writer a file name asks for."""

from collections.abc import Callable, Mapping
from pathlib import Path

from boiduong_exporter.reports.compare import Comparison, write_compare_csv, write_compare_json
from boiduong_exporter.reports.compare_xlsx import write_compare_xlsx
from boiduong_exporter.reports.data import write_unit_csv, write_unit_json
from boiduong_exporter.reports.figures import PersonReport, ProvinceReport, UnitReport
from boiduong_exporter.reports.list_pdf import write_unit_pdf
from boiduong_exporter.reports.person import write_person_csv, write_person_json, write_person_xlsx
from boiduong_exporter.reports.province_data import write_province_csv, write_province_json
from boiduong_exporter.reports.province_pdf import write_province_pdf
from boiduong_exporter.reports.province_xlsx import write_province_xlsx
from boiduong_exporter.reports.slip import slip_pdf
from boiduong_exporter.reports.whole import written_whole
from boiduong_exporter.reports.xlsx import write_unit_xlsx


def write_slip(report: PersonReport, path: Path) -> None:
    """The «Phiếu tính ngày» as one A4 page."""
    with written_whole(path) as file:
        file.write(slip_pdf(report))


UNIT: Mapping[str, Callable[[UnitReport, Path], None]] = {
    ".xlsx": write_unit_xlsx, ".pdf": write_unit_pdf, ".csv": write_unit_csv, ".json": write_unit_json,
}  # fmt: skip
PERSON: Mapping[str, Callable[[PersonReport, Path], None]] = {
    ".xlsx": write_person_xlsx, ".pdf": write_slip, ".csv": write_person_csv, ".json": write_person_json,
}  # fmt: skip
PROVINCE: Mapping[str, Callable[[ProvinceReport, Path], None]] = {
    ".xlsx": write_province_xlsx, ".pdf": write_province_pdf, ".csv": write_province_csv,
    ".json": write_province_json,
}  # fmt: skip
COMPARISON: Mapping[str, Callable[[Comparison, Path], None]] = {
    ".xlsx": write_compare_xlsx, ".csv": write_compare_csv, ".json": write_compare_json,
}  # fmt: skip
"""By the ending of the file's name; each raises OSError where nothing can be written."""
