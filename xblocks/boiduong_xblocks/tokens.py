"""What the server hands to a page and takes back from it: signed, so that a page cannot make it up."""

import hmac
from hashlib import sha256
from secrets import token_hex

NEW_KEY_BYTES = 32


def new_key() -> str:
    """A key for `sign`: 64 hexadecimal digits."""
    return token_hex(NEW_KEY_BYTES)


def sign(key: str, *words: object) -> str:
    """64 hexadecimal digits that only the holder of `key` can make of the words."""
    return hmac.new(key.encode(), "\0".join(map(str, words)).encode(), sha256).hexdigest()


def is_signed(key: str, signature: str, *words: object) -> bool:
    return bool(key) and hmac.compare_digest(sign(key, *words).encode(), signature.encode())
