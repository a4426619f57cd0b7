"""The class that is held today, over the small province. See held.py; tests elsewhere import what stands here:

from tests.server.attending.conftest import held, laid_out    # and say __all__ = ["held", "laid_out"]
from tests.server.attending.conftest import laid_out          # in a browser, with hold(site.house)
"""

import shutil
from dataclasses import replace

import pytest
from boiduong_server.house import House

from tests.server.attending.held import Held, bring_class, hold
from tests.server.lam_giang import LamGiang


@pytest.fixture(scope="session")
def laid_out(laid_out: LamGiang, tmp_path_factory: pytest.TempPathFactory) -> LamGiang:
    """The province with the class, made once."""
    folder = tmp_path_factory.mktemp("dang-hoc") / "books"
    shutil.copytree(laid_out.folder, folder)
    bring_class(folder)
    return replace(laid_out, folder=folder)


@pytest.fixture
def held(house: House) -> Held:
    return hold(house)
