"""Times of day in forms and on pages: whole minutes after local midnight."""

import re

from boiduong_server.errors import ServerError

_CLOCK = re.compile(r"([01]?\d|2[0-3])\s*(?::|h|g|giờ)\s*([0-5]\d)?(?::00)?", re.IGNORECASE)


def clock(minute: int | None) -> str:
    """ "7:41"; empty where nobody said."""
    return "" if minute is None else f"{minute // 60}:{minute % 60:02}"


def minute_of_form(text: str) -> int | None:
    """What a field for a time says: "07:40" of the browser's own, or typed as "7h40"; None where it is empty.

    Raises ServerError (422) for anything else.
    """
    if not text.strip():
        return None
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ServerError(f"không hiểu giờ «{text.strip()[:20]}»", "ghi như 7:40", 422)
    return int(found[1]) * 60 + int(found[2] or 0)
