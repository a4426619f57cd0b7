"""How often may be tried."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from boiduong_server.accounts.limits import Door, said, take
from boiduong_server.house import House
from boiduong_server.tables import TRY
from sqlalchemy import func, select

DOOR = Door("cb01", "10.0.0.1")


def test_many_tries_at_once_are_as_many_tries(house: House) -> None:
    def knock(_: int) -> int:
        return house.store.write(lambda connection: take(connection, DOOR.limits, 1_000_000)).wait_ms

    with ThreadPoolExecutor(20) as threads:
        waits = list(threads.map(knock, range(40)))
    assert waits.count(0) == 5


def test_knocking_while_waiting_prolongs_nothing(house: House) -> None:
    def knock(at_ms: int) -> int:
        return house.store.write(lambda connection: take(connection, DOOR.limits, at_ms)).wait_ms

    assert [knock(1_000_000) for _ in range(6)] == [0] * 5 + [30_000]
    assert [knock(1_000_000 + second * 1000) for second in range(1, 31)] == [
        30_000 - second * 1000 for second in range(1, 31)
    ]


def test_old_tries_are_swept_and_names_are_not_kept(house: House) -> None:
    house.store.write(lambda connection: take(connection, DOOR.limits, 0))
    house.store.write(lambda connection: take(connection, Door("cb02", "10.0.0.2").limits, 90_000_000))
    with house.store.reading() as connection:
        buckets = list(connection.execute(select(TRY.c.bucket)).scalars())
        assert connection.execute(select(func.min(TRY.c.at_ms))).scalar_one() == 90_000_000
    assert not [bucket for bucket in buckets if "cb0" in bucket]


@pytest.mark.parametrize(("ms", "words"), [(1, "1 giây"), (30_000, "30 giây"), (60_000, "60 giây"), (61_000, "2 phút")])
def test_a_wait_is_said_in_words(ms: int, words: str) -> None:
    assert said(ms) == words
