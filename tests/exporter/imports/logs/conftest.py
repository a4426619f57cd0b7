"""Offices whose classes are held by courses: at the books, and at the command line."""

import shutil
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


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's folder as it was made: to be copied, never opened."""
    office = Office(tmp_path_factory.mktemp("co-quan"))
    topics = [made.TOPIC, ("L01", TOPIC, None, EDITION, None, made.SELF)]
    (office.folder / "catalog.json").write_bytes(catalog())
    assert office.bring("organizations", made.organizations(made.TU, made.XA, made.XB)) == 0
    assert office.bring("roster", made.roster(made.AN, made.BA)) == 0
    assert office.run("import", "catalog", office.folder / "catalog.json") == 0
    assert office.bring("classes", made.classes(made.L01, sessions=made.SESSIONS, topics=topics)) == 0
    return office.folder


@pytest.fixture
def office(tmp_path: Path, founded: Path) -> Office:
    """Books at the end of March 2026, with a class whose topic is studied alone."""
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path)
