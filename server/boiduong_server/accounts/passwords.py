"""Passwords: how they are kept, which ones are refused, and first ones to print.

Rules after NIST SP 800-63B section 5.1.1.2: length, no commonest ones, nothing of one's own name; no mixture of kinds
of letters is asked for, and none grows old.
"""

import secrets
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from boiduong_vocabulary.vietnamese import fold, nfc, unmarked

SHORTEST, LONGEST = 8, 256
_LONGEST_TYPED = 4 * LONGEST
"""A letter with its marks apart is up to three; more is no password. To compose text takes a time that grows with the
square of the marks that follow one another, so that longer ones are not even looked at."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""argon2id at OWASP's minimum: thousands enter at the beginning of a day, and thousands of first passwords are made at
once. One measure for all, so that the time of an answer does not tell which accounts were never entered."""
_ONSETS = ("b", "h", "k", "m", "n", "r", "s", "t", "v", "x", "th", "tr", "nh", "ph", "gi", "kh")
_RHYMES = ("a", "e", "i", "o", "an", "en", "in", "am", "em", "im", "ai", "ao", "ang", "ien", "oan", "anh")
_SYLLABLES = 4
_DIGITS = 10_000


def kept(password: str) -> str:
    """What the database keeps of a password."""
    return _HASHER.hash(nfc(password))


def matches(hashed: str, password: str) -> bool:
    """Whether this is the password; no password at all takes the same time to refuse."""
    if len(password) > _LONGEST_TYPED:
        hashed, password = "", ""
    try:
        return _HASHER.verify(hashed or _nobody(), nfc(password)) and bool(hashed)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that stands for accounts that do not exist."""
    return _HASHER.hash(secrets.token_hex(16))


def first_password() -> str:
    """Four syllables and four digits, "khanh-tien-moan-bai-4821": 4 x 8 bits and 13 more, without marks, so that any
    keyboard can type it."""
    syllables = (secrets.choice(_ONSETS) + secrets.choice(_RHYMES) for _ in range(_SYLLABLES))
    return "-".join([*syllables, f"{secrets.randbelow(_DIGITS):04}"])


def refusal(password: str, own: tuple[str, ...]) -> str:
    """Why this password may not be chosen, in Vietnamese; empty where it may. `own` is what others know of its owner:
    code, phone number, name, birth in each way it is written."""
    if len(password) > _LONGEST_TYPED or len(nfc(password)) > LONGEST:
        return f"Mật khẩu dài nhất {LONGEST} ký tự."
    plain = _plain(password)
    if len(nfc(password)) < SHORTEST:
        return f"Mật khẩu cần ít nhất {SHORTEST} ký tự; một câu ngắn dễ nhớ là tốt nhất."
    if plain in _commonest() or len(set(plain)) < 3:
        return "Mật khẩu này quá nhiều người dùng, dễ bị đoán ra; xin chọn mật khẩu khác."
    if plain in map(_plain, own):
        return "Mật khẩu không nên là mã cán bộ, số điện thoại, họ tên hay ngày sinh; xin chọn mật khẩu khác."
    return ""


def _plain(text: str) -> str:
    """Letters and digits alone, as a guesser tries them."""
    return "".join(letter for letter in unmarked(fold(text)) if letter.isalnum())


@cache
def _commonest() -> frozenset[str]:
    text = files("boiduong_server.accounts").joinpath("commonest.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
