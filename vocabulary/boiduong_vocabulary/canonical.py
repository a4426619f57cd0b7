"""One value, one sequence of bytes: what digests and the ledger's commitments are taken of.

JSON in UTF-8 with sorted keys and no spaces; text in NFC; dates in ISO; fractions as "7/2". A float has no exact
bytes and is refused.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from boiduong_vocabulary.vietnamese import nfc


def canonical(value: Any) -> bytes:
    """The bytes of `value`: dataclasses, mappings with text keys, sequences, text, whole numbers, dates, fractions,
    enums, truth values and None.

    Raises TypeError for anything else, floats above all.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: Any) -> Any:
    for kinds, plain in _FORMS:
        if isinstance(value, kinds):
            return plain(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no canonical form: {value!r}")


_FORMS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    (Enum, lambda value: _plain(value.value)),
    ((bool, int, type(None)), lambda value: value),
    (str, nfc),
    (date, date.isoformat),
    (Fraction, str),
    (dict, lambda value: {nfc(key): _plain(item) for key, item in value.items()}),
    ((list, tuple), lambda value: [_plain(item) for item in value]),
)
"""How each type is put into JSON; an enum may be a text too, so it comes first."""
