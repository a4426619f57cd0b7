"""A small program, served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from boiduong_packager.preview.server import PreviewServer

from tests.packager.preview.sample import Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def server(workshop: Workshop) -> Iterator[PreviewServer]:
    with workshop.served() as server:
        yield server
