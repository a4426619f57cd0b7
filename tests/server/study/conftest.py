"""A package on the shelf, and launches of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from boiduong_server.house import House
from boiduong_server.packages.structure import Item, Organization, Structure, to_json
from boiduong_server.store import Store
from boiduong_server.study.launches import Launch, LiveLaunch, Opening, find_launch, open_launch
from boiduong_server.tables import PACKAGE
from boiduong_vocabulary.canonical import digest
from sqlalchemy import insert

from tests.server.conftest import Clock
from tests.server.lam_giang import CLASS, EDITION, TOPIC, LamGiang

Open = Callable[..., LiveLaunch]


def shelve(store: Store, *items: str, standard: str = "scorm12") -> int:
    """A row of the shelf for a package with these SCOs: what the study core needs of one."""
    scos = tuple(Item(identifier=name, title=name, href=f"{name}.html", kind="sco") for name in items)
    organization = Organization(identifier="to-chuc", title="Gói", items=scos)
    structure = Structure(
        standard="scorm12" if standard == "scorm12" else "scorm2004", edition="1.2", identifier="goi", title="Gói",
        organizations=(organization,), default="to-chuc",
    )  # fmt: skip
    row = insert(PACKAGE).returning(PACKAGE.c.id).values(
        key="-".join(items), digest=digest("-".join(items).encode()), standard=standard,
        structure=to_json(structure), topic=TOPIC, edition=EDITION, own_clock=True, added_ms=0,
    )  # fmt: skip
    return store.write(lambda connection: int(connection.execute(row).scalar_one()))


@pytest.fixture
def package(house: House) -> int:
    """Of one SCO, named «bai»."""
    return shelve(house.store, "bai")


@pytest.fixture
def opening(lam_giang: LamGiang, package: int) -> Opening:
    """Bình (02) opens the topic of the class."""
    return Opening(1, lam_giang.cadres["02"], CLASS, TOPIC, EDITION, package)


def live(house: House, launch: Launch) -> LiveLaunch:
    """As a request finds it."""
    with house.store.reading() as connection:
        found = find_launch(connection, launch.token)
    assert found
    return found


@pytest.fixture
def launched(house: House, clock: Clock, opening: Opening) -> Open:
    """Open the topic now; `changed` is what differs from `opening`."""
    return lambda **changed: live(house, open_launch(house.store, replace(opening, **changed), clock.at_ms))
