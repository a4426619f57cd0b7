"""A folder of rules to spoil, for each test its own."""

from pathlib import Path

import pytest

from tests.exporter.rulebook.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
