"""Stamps: whose word they are, how long they live, how a short code brings one back."""

import pytest
from boiduong_server.attending.stamps import LIFE_MS, Stamp, carried, carry, read, signed, stamp
from boiduong_server.house import House

from tests.server.lam_giang import NOW

SECRET = b"bi mat"


def test_a_stamp_comes_back_as_it_was_signed() -> None:
    made = stamp("CFHJK", "CFCFCF", NOW)
    assert read(SECRET, signed(SECRET, made)) == made
    assert not made.typed
    assert stamp("", "CFCFCF", NOW).typed


@pytest.mark.parametrize("text", ["", "x", "Wzfd.abc"])
def test_what_this_server_did_not_sign_is_no_stamp(text: str) -> None:
    assert read(SECRET, text) is None
    assert read(SECRET, signed(b"khac", stamp("CFHJK", "CFCFCF", NOW))) is None


@pytest.mark.parametrize(("after_ms", "alive"), [(0, True), (LIFE_MS - 1, True), (LIFE_MS, False)])
def test_a_stamp_lives_ten_minutes(after_ms: int, alive: bool) -> None:
    assert Stamp("CFHJK", "CFCFCF", NOW, "0" * 32, False).is_alive(NOW + after_ms) is alive


def test_two_readings_have_two_numbers_but_where_the_page_has_given_one() -> None:
    assert stamp("", "CFCFCF", NOW).nonce != stamp("", "CFCFCF", NOW).nonce
    assert stamp("", "CFCFCF", NOW, "ab" * 16).nonce == "ab" * 16


def test_a_short_code_brings_a_stamp_back_until_it_ends(house: House) -> None:
    short = carry(house.store, "dấu", NOW + 1000, NOW)
    with house.store.reading() as connection:
        assert carried(connection, short, NOW + 999) == "dấu"
        assert carried(connection, short, NOW + 1000) is None
        assert carried(connection, "CFCFCFCF", NOW) is None
