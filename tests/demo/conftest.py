"""The sample province in small: every organization and class, sixty people, loaded once for all tests."""

from datetime import date
from pathlib import Path

import pytest

from tests.demo.small import Small, walk_through

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return walk_through(Path(tmp_path_factory.mktemp("mau")), TODAY)
