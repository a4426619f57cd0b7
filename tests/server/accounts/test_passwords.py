"""How passwords are kept, and what first ones look like."""

import re
import time

import pytest
from boiduong_server.accounts.naming import code_of, ordered, phone_of
from boiduong_server.accounts.passwords import first_password, kept, matches, refusal


def test_a_password_is_kept_as_argon2id_alone() -> None:
    hashed = kept("một câu dễ nhớ")
    assert hashed.startswith("$argon2id$")
    assert "một" not in hashed
    assert matches(hashed, "một câu dễ nhớ")
    assert not matches(hashed, "mot cau de nho")


def test_both_ways_of_writing_marks_are_one_password() -> None:
    assert matches(kept("\u1ed9 một câu"), "o\u0323\u0302 một câu")


def test_an_account_without_a_password_opens_to_none() -> None:
    assert not matches("", "")
    assert not matches("", "gì cũng được")


def test_first_passwords_are_typed_on_any_keyboard_and_never_alike() -> None:
    words = {first_password() for _ in range(2000)}
    assert len(words) == 2000
    assert all(re.fullmatch(r"([a-z]{2,5}-){4}\d{4}", word) for word in words)
    assert matches(kept(word := words.pop()), word)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("(091) 234-56.78", "0912345678"),
        ("912345678", ""),
        ("CB0912345678", ""),
        ("", ""),
    ],
)
def test_a_phone_number_has_one_form(text: str, digits: str) -> None:
    assert phone_of(text) == digits


def test_a_code_is_compared_without_marks_and_letter_case() -> None:
    assert code_of(" Cb-Đảng01 ") == "cb-dang01"


def test_names_stand_in_the_order_of_a_vietnamese_list() -> None:
    names = ["Trần Văn Ánh", "Lê Thị An", "Đỗ An", "Nguyễn Văn Bình", "Đoàn Thị Ân"]
    assert sorted(names, key=ordered) == ["Đỗ An", "Lê Thị An", "Trần Văn Ánh", "Đoàn Thị Ân", "Nguyễn Văn Bình"]


def test_a_text_that_is_hard_to_compose_holds_nobody_up() -> None:
    """Marks are put in order by a sort whose time grows with the square of their number: a megabyte takes minutes, and
    no other thread runs meanwhile."""
    marks, begun = "\u0301\u0323" * 20_000, time.monotonic()
    assert not matches(kept("một câu dễ nhớ"), marks)
    assert "dài nhất" in refusal(marks, ())
    assert time.monotonic() - begun < 1


def test_the_longest_password_may_come_with_its_marks_apart() -> None:
    whole, apart = "\u1ed9" * 256, "o\u0323\u0302" * 256
    assert refusal(f"một câu {whole[:248]}", ()) == refusal(f"một câu {apart[: 3 * 248]}", ()) == ""
    assert matches(kept(whole), apart)
    assert "dài nhất" in refusal("a" + whole, ())
