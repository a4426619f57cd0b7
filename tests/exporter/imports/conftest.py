"""Empty books, and books of an office that has its organizations, two cadres and a class."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from boiduong_exporter.rulebook.read import Rules, read_rules
from boiduong_records.store import open_books

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench


@pytest.fixture(scope="session")
def rules() -> Rules:
    found, problems = read_rules(Path(__file__).parents[3] / "content" / "rules")
    assert found, problems
    return found


@pytest.fixture
def bench(tmp_path: Path, rules: Rules) -> Iterator[Bench]:
    with open_books(tmp_path / "so.db", create=True) as books:
        yield Bench(books, rules)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    """The office's books as they were made: to be copied, never opened."""
    path = tmp_path_factory.mktemp("so") / "so.db"
    with open_books(path, create=True) as books:
        furnish(Bench(books, rules))
    return path


@pytest.fixture
def office(tmp_path: Path, furnished: Path, rules: Rules) -> Iterator[Bench]:
    with open_books(shutil.copy(furnished, tmp_path / "so.db")) as books:
        yield Bench(books, rules)


def furnish(bench: Bench) -> None:
    bench.brought("organizations", made.organizations(made.TU, made.XA, made.XB))
    bench.brought("roster", made.roster(made.AN, made.BA))
    bench.brought("classes", made.classes(made.L01, sessions=made.SESSIONS, places=made.PLACES))
