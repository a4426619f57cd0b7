"""JSON as browsers write it. A string there may hold half of a surrogate pair (packages that compress their state make
such), which UTF-8 cannot hold and msgspec refuses: it is kept as its escape, and handed back as it came."""

import json as patient
from typing import Any

from msgspec import DecodeError, json


def read(text: bytes | str) -> Any:
    """Raises ValueError for what is no JSON, RecursionError for what is nested too deep."""
    try:
        return json.decode(text)
    except DecodeError:
        value = patient.loads(text)
        patient.dumps(value, allow_nan=False)  # what is no number in JSON is none here
        return value


def write(value: Any) -> str:
    """Of values that `read` gave."""
    try:
        return json.encode(value).decode()
    except UnicodeEncodeError:
        return patient.dumps(value, separators=(",", ":"))
