"""The reports of the officer's wing: figures in, files out."""

from boiduong_exporter.reports.data import write_unit_csv, write_unit_json
from boiduong_exporter.reports.explained import explain_text
from boiduong_exporter.reports.figures import (
    Basis,
    Deeds,
    PersonFigures,
    PersonReport,
    PlanRow,
    UnitReport,
    UnitSummary,
    YearRow,
)
from boiduong_exporter.reports.person import write_person_csv, write_person_json, write_person_xlsx
from boiduong_exporter.reports.slip import slip_pdf
from boiduong_exporter.reports.xlsx import write_unit_xlsx

__all__ = [
    "Basis",
    "Deeds",
    "PersonFigures",
    "PersonReport",
    "PlanRow",
    "UnitReport",
    "UnitSummary",
    "YearRow",
    "explain_text",
    "slip_pdf",
    "write_person_csv",
    "write_person_json",
    "write_person_xlsx",
    "write_unit_csv",
    "write_unit_json",
    "write_unit_xlsx",
]
