"""Entries as bytes: digests that anyone can compute again."""

import hashlib
import subprocess
import sys

import pytest
from boiduong_records.entry import GENESIS, Draft, Entry, Head, commitment_of, hash_of, origin_of, parse_head, seal
from boiduong_records.errors import BooksError
from boiduong_vocabulary.canonical import canonical
from boiduong_vocabulary.vietnamese import nfc
from hypothesis import given
from hypothesis import strategies as st

from tests.records.samples import attendance

ENTRY = Entry(1, 2, "attendance", "a" * 32, "b" * 64, "c" * 64, "Nguyễn Văn An", "")


def test_the_commitment_is_the_digest_of_salt_and_canonical_body() -> None:
    body = canonical(attendance())
    sealed = seal(Draft("attendance", "", "x", attendance(), "A"), b"secret", b"0" * 16)
    assert sealed.commitment == hashlib.sha256(b"0" * 16 + body).hexdigest() == commitment_of(b"0" * 16, body)


def test_the_hash_is_the_digest_of_the_previous_hash_and_the_canonical_entry() -> None:
    line = canonical([1, 2, "attendance", "a" * 32, "b" * 64, "c" * 64, "Nguyễn Văn An", ""])
    assert hash_of(GENESIS, ENTRY) == hashlib.sha256(bytes(32) + line).hexdigest()


@given(numbers=st.tuples(st.integers(), st.integers()), texts=st.tuples(*[st.text().map(nfc)] * 6))
def test_an_entry_is_hashed_in_its_canonical_bytes(numbers: tuple[int, int], texts: tuple[str, ...]) -> None:
    line = canonical([*numbers, *texts])
    assert hash_of(GENESIS, Entry(*numbers, *texts)) == hashlib.sha256(bytes(32) + line).hexdigest()


def test_a_body_in_bytes_is_taken_as_it_is() -> None:
    given = [seal(Draft("x", "", "x", body, "A"), b"k", b"s").commitment for body in (b'{"a":1}', {"a": 1})]
    assert given[0] == given[1]


def test_an_origin_cannot_be_guessed_without_the_secret() -> None:
    assert origin_of(b"one", "a@b.vn") != origin_of(b"two", "a@b.vn") != hashlib.sha256(b"a@b.vn").hexdigest()


@pytest.mark.parametrize("text", ["1204:9f3a5c1e", " 1204:9F3A5C1E\n", "1204:9f3a5c1e" + "0" * 56])
def test_a_printed_head_is_read_back(text: str) -> None:
    assert parse_head(text).seq == 1204
    assert parse_head(text).agrees("9f3a5c1e" + "0" * 56)


@pytest.mark.parametrize("text", ["", "1204", "1204:9f3a5c1", "x:9f3a5c1e", "1:" + "0" * 65])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(BooksError, match="không phải mã đầu sổ"):
        parse_head(text)


def test_a_head_prints_in_full_and_in_short() -> None:
    head = Head(7, "0123456789abcdef" * 4)
    assert (str(head), head.short) == ("7:" + "0123456789abcdef" * 4, "7:01234567")


@pytest.mark.parametrize("module", ["entry", "findings", "receiving"])
def test_what_a_receiver_runs_needs_no_database(module: str) -> None:
    code = f"import sys, boiduong_records.{module}; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
