"""The codes of a sitting: six letters that change every fifteen seconds. Pure.

Whoever holds the sitting's key makes them, with or without a connection. A code says nothing of its reader; that one
reading of it serves one account is kept by its stamp (stamps.py).
"""

import hmac
import secrets
from collections.abc import Iterator

PERIOD_MS = 15_000
"""How long the screen shows one code. It is good for the period after its own too: people type slowly."""
LETTERS = "CFHJKMNPRTVXZ"
"""Capitals that nobody takes for a digit or for one another across a hall. No vowels, D or W: under the Telex keyboard
of a Vietnamese telephone these turn into other letters."""
LENGTH = 6
KEY_BYTES = 32


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def new_name(length: int) -> str:
    """A random name in the letters of codes, for what goes into an address or is typed."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def code_of(key: bytes, period: int) -> str:
    """Six letters, no two neighbours alike: some Telex keyboards make one letter of a doubled one."""
    number, found = int.from_bytes(hmac.digest(key, str(period).encode(), "sha256")), ""
    for _ in range(LENGTH):
        letters = LETTERS.replace(found[-1:], "") if found else LETTERS
        number, at = divmod(number, len(letters))
        found += letters[at]
    return found


def period_at(ms: int) -> int:
    return ms // PERIOD_MS


def is_good(key: bytes, code: str, at_ms: int) -> bool:
    """Whether this is, at that moment, the code of the period or of the one before."""
    period = period_at(at_ms)
    good = [hmac.compare_digest(code_of(key, each), code) for each in (period, period - 1)]
    return any(good)


def codes_from(key: bytes, period: int, count: int) -> Iterator[str]:
    """The codes of `count` periods, for a page that must show them without a connection."""
    return (code_of(key, each) for each in range(period, period + count))


def plain(typed: str) -> str:
    """What was typed, as codes are written: in capitals or not, with spaces or hyphens or not. Text that is no code
    comes out as text that is no code."""
    return "".join(each for each in typed.upper() if each.isalnum() and each.isascii())[: LENGTH + 1]
