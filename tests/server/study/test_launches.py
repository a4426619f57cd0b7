"""Launches: a token names one attempt and is kept by nobody; a newer launch makes older ones stale."""

from boiduong_server.house import House
from boiduong_server.study.launches import Opening, find_launch, launch_of, open_launch
from boiduong_server.tables import ATTEMPT, LAUNCH
from sqlalchemy import func, select

from tests.server.conftest import Clock
from tests.server.study.conftest import Open, live, shelve


def test_only_the_digest_of_a_token_is_kept(house: House, clock: Clock, opening: Opening) -> None:
    launch = open_launch(house.store, opening, clock.at_ms)
    with house.store.reading() as connection:
        rows = connection.execute(select(LAUNCH)).all()
    assert len(launch.token) == 43  # 32 bytes
    assert launch.token not in str(rows)
    assert launch.public not in launch.token


def test_a_token_that_was_never_minted_names_nothing(house: House, opening: Opening, clock: Clock) -> None:
    launch = open_launch(house.store, opening, clock.at_ms)
    with house.store.reading() as connection:
        assert find_launch(connection, launch.token.swapcase()) is None
        assert find_launch(connection, launch.public) is None


def test_opening_again_goes_on_with_the_attempt_and_makes_the_older_launch_stale(
    house: House, clock: Clock, opening: Opening
) -> None:
    first = open_launch(house.store, opening, clock.at_ms)
    clock.at_ms += 5_000
    second = open_launch(house.store, opening, clock.at_ms)
    clock.at_ms += 5_000
    open_launch(house.store, opening, clock.at_ms)
    assert second.attempt == first.attempt
    assert live(house, first).stale_ms == second.opened_ms  # not moved by the third
    assert live(house, second).stale_ms == clock.at_ms


def test_attempts_at_different_topics_run_side_by_side(house: House, launched: Open) -> None:
    one, other = launched(), launched(package=shelve(house.store, "khac"))
    assert one.attempt != other.attempt
    assert one.stale_ms is None
    assert other.stale_ms is None


def test_a_launch_is_known_to_its_own_account_alone(house: House, launched: Open) -> None:
    launch = launched()
    with house.store.reading() as connection:
        assert launch_of(connection, launch.public, 1) == launch
        assert launch_of(connection, launch.public, 2) is None


def test_the_attempt_knows_how_many_scos_its_package_has(house: House, launched: Open) -> None:
    launched(package=shelve(house.store, "mot", "hai", "ba"))
    with house.store.reading() as connection:
        assert connection.execute(select(ATTEMPT.c.scos)).scalar_one() == 3
        assert connection.execute(select(func.count()).select_from(ATTEMPT)).scalar_one() == 1
