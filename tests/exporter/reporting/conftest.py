"""The books of the small province, made once."""

from collections.abc import Iterator

import pytest
from boiduong_records.store import open_books
from sqlalchemy import Connection

from tests.exporter.office import Office
from tests.exporter.reporting.lam_giang import founded


@pytest.fixture(scope="session")
def lam_giang(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return founded(tmp_path_factory.mktemp("lam-giang"))


@pytest.fixture(scope="session")
def books(lam_giang: Office) -> Iterator[Connection]:
    with open_books(lam_giang.books) as found, found.reading() as connection:
        yield connection
