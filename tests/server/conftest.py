"""A house over a small real province: its books, its topic's package, a store of its own. See lam_giang.py.

A test gets `house` with a clock that it moves itself (`clock.at_ms += 30_000`); `lam_giang` names people and packages.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from boiduong_exporter.rulebook.read import Rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.store import open_books
from boiduong_server.house import House
from boiduong_server.store import open_store

from tests.exporter.reporting.lam_giang import rules as shipped
from tests.records.conftest import where
from tests.server.lam_giang import NOW, LamGiang, lay_out

__all__ = ["where"]

APPLICATION, CONTENT = "http://boiduong.localhost:8145", "http://goi.boiduong.localhost:8146"


@dataclass
class Clock:
    """The server's clock, which stands until the test moves it."""

    at_ms: int = NOW

    def __call__(self) -> int:
        return self.at_ms


@pytest.fixture(scope="session")
def rules() -> Rules:
    return shipped()


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> LamGiang:
    """The province as it was made: to be copied, never opened."""
    return lay_out(tmp_path_factory.mktemp("lam-giang"))


@pytest.fixture
def lam_giang(laid_out: LamGiang, tmp_path: Path) -> LamGiang:
    """The province, in the test's own folder."""
    folder = tmp_path / "lam-giang"
    shutil.copytree(laid_out.folder, folder)
    return replace(laid_out, folder=folder)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(lam_giang: LamGiang, rules: Rules, clock: Clock, where: str) -> Iterator[House]:
    """The books in SQLite; the store there too, and once more on PostgreSQL where the tests have a server."""
    shelf = lam_giang.folder / "goi"
    shelf.mkdir()
    store = open_store(where if "://" in where else lam_giang.folder / "may-chu.sqlite")
    archive = Archive(lam_giang.folder / "so.beats")
    archive.claim("sổ của phép thử")
    with open_books(lam_giang.books) as books:
        yield House(books, store, archive, rules, shelf, APPLICATION, CONTENT, clock)
    store.close()
