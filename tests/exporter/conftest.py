"""An office whose class has a topic to study alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from boiduong_exporter.rulebook.read import Rules, read_rules
from boiduong_records.store import open_books

from tests.exporter.imports.made import Bench
from tests.exporter.studied import Study, furnish_for_study
from tests.records.conftest import where

__all__ = ["where"]


@pytest.fixture(scope="session")
def rules() -> Rules:
    found, problems = read_rules(Path(__file__).parents[2] / "content" / "rules")
    assert found, problems
    return found


@pytest.fixture(scope="session")
def furnished_for_study(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    """The office's books in SQLite as they were made: to be copied, never opened."""
    path = tmp_path_factory.mktemp("hoc") / "so.db"
    with open_books(path, create=True) as books:
        furnish_for_study(Bench(books, rules))
    return path


@pytest.fixture
def study(where: str, tmp_path: Path, rules: Rules, furnished_for_study: Path) -> Iterator[Study]:
    """On SQLite, and on PostgreSQL where the tests have a server."""
    if "://" not in where:
        shutil.copy(furnished_for_study, where)
    with open_books(where, create=True) as books:
        bench = Bench(books, rules)
        if "://" in where:
            furnish_for_study(bench)
        yield Study(bench, tmp_path)
