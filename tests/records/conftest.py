"""Real books for each test: a SQLite file, and where BOIDUONG_TEST_POSTGRES says so a schema of PostgreSQL as well."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from boiduong_records.store import Books, open_books
from sqlalchemy import create_engine, text

POSTGRES = os.environ.get("BOIDUONG_TEST_POSTGRES", "")
STORES = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@pytest.fixture(params=STORES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of books that do not exist yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "so.db")
        return
    schema = f"test_{uuid.uuid4().hex}"
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRES}&options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def books(where: str) -> Iterator[Books]:
    with open_books(where, create=True) as opened:
        yield opened
