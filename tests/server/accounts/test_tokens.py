"""Tokens for programs."""

from boiduong_server.accounts.tokens import Access, check, make_token
from boiduong_server.house import House
from boiduong_server.tables import API_TOKEN
from sqlalchemy import select, update

WHO = Access("Open edX", "DU01")


def test_a_token_opens_what_it_was_made_for_until_it_is_taken_back(house: House) -> None:
    token = house.store.write(lambda connection: make_token(connection, WHO, 1))
    with house.store.reading() as connection:
        assert check(connection, token) == WHO
        assert check(connection, token[:-1]) is None
        assert check(connection, "") is None
    house.store.write(lambda connection: connection.execute(update(API_TOKEN).values(revoked_ms=2)))
    with house.store.reading() as connection:
        assert check(connection, token) is None


def test_the_token_itself_is_kept_nowhere(house: House) -> None:
    token = house.store.write(lambda connection: make_token(connection, WHO, 1))
    with house.store.reading() as connection:
        assert token not in str(connection.execute(select(API_TOKEN)).all())
