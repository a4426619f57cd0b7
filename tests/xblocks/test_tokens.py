"""Signatures: only the holder of the key makes them, and each word counts."""

import pytest
from boiduong_xblocks.tokens import is_signed, new_key, sign

KEY = new_key()


def test_what_was_signed_is_known_again() -> None:
    assert is_signed(KEY, sign(KEY, "lan", "l1", 5), "lan", "l1", 5)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (KEY, ("minh", "l1", 5)),
        (KEY, ("lan", "l2", 5)),
        (KEY, ("lan", "l1", 6)),
        (KEY, ("lan", "l1")),
        (KEY, ("lanl", "1", 5)),
        (new_key(), ("lan", "l1", 5)),
        ("", ("lan", "l1", 5)),
    ],
    ids=["another name", "another launch", "another time", "a word less", "cut elsewhere", "another key", "no key"],
)
def test_anything_else_is_not(key: str, words: tuple[object, ...]) -> None:
    assert not is_signed(key, sign(KEY, "lan", "l1", 5), *words)


def test_without_a_key_nothing_is_signed() -> None:
    assert not is_signed("", sign("", "lan"), "lan")


def test_a_signature_of_any_letters_is_refused_and_breaks_nothing() -> None:
    assert not is_signed(KEY, "chữ ký", "lan")


def test_no_two_keys_are_alike() -> None:
    assert len({new_key() for _ in range(100)}) == 100
    assert len(new_key()) == 64
