"""The clock of studied time, on the side of the books: what one sign vouches for."""

LONGEST_MS = 35_000
"""The most that a sign vouches for: signs come every 30 s, and five more for a slow line."""
OLDEST_MS = 7 * 86_400_000
"""How long a sign may wait on a device without a connection."""


def span(received_ms: int, elapsed_ms: int, age_ms: int, opened_ms: int) -> tuple[int, int, bool] | None:
    """What a sign vouches for: start and end in milliseconds of the server's time, and whether it was claimed
    afterwards by a device that was offline. None: nothing.

    The rule of the clock: each sign vouches for the span since its launch's previous one (`elapsed_ms`, by the page's
    monotonic clock), at most 35 s, so that nothing after the last sign counts and a laptop that slept for hours gains
    seconds. It ended when it was received, less the `age_ms` it waited on the device; never before the launch was
    opened (`opened_ms`), and a wait of more than seven days vouches for nothing."""
    end = received_ms - age_ms
    begun = end - (elapsed_ms if elapsed_ms < LONGEST_MS else LONGEST_MS)  # not min(): this runs for every sign
    start = begun if begun > opened_ms else opened_ms
    return (start, end, age_ms > 0) if start < end and age_ms <= OLDEST_MS else None
