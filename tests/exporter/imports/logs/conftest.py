"""Offices whose classes are held by courses: at the books, and at the command line."""

from pathlib import Path

import pytest

from tests.exporter.imports import made
from tests.exporter.office import Office
from tests.exporter.studied import EDITION, TOPIC, Study, catalog


@pytest.fixture
def hall(study: Study) -> Study:
    """A second class, L02, with two half days on a Monday in one hall and an evening on line."""
    sessions = [made.SESSION, *(("L02", *each[1:]) for each in made.SESSIONS[1:])]
    sessions.append(("L02", made.MONDAY, "Tối", "Trực tuyến, có giảng viên", None))
    study.bench.brought("classes", made.classes(("L02", *made.L01[1:]), sessions=sessions))
    return study


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Books at the end of March 2026, with a class whose topic is studied alone."""
    office = Office(tmp_path)
    topics = [made.TOPIC, ("L01", TOPIC, None, EDITION, None, made.SELF)]
    (tmp_path / "catalog.json").write_bytes(catalog())
    assert office.bring("organizations", made.organizations(made.TU, made.XA, made.XB)) == 0
    assert office.bring("roster", made.roster(made.AN, made.BA)) == 0
    assert office.run("import", "catalog", tmp_path / "catalog.json") == 0
    assert office.bring("classes", made.classes(made.L01, sessions=made.SESSIONS, topics=topics)) == 0
    return office
