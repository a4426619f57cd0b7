"""Studied time as a learner's own page shows it: what a sign vouches for, and the union of spans. Pure.

The ledger counts from the tracking log by the same rule (exporter/boiduong_exporter/logs/clock.py and study/union.py);
this distribution stands alone, so the few lines of the rule are here again, and a test holds the two together.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_MS = 35_000
"""The most that a sign vouches for: signs come every 30 s, and five more for a slow line."""
OLDEST_MS = 7 * 86_400_000
"""How long a sign may wait on a device without a connection."""
NEAR_MS = 1_000
_SETTLED_MS = OLDEST_MS + 86_400_000
"""After this no sign can overlap a span any more: its length is enough."""

Span = tuple[int, int]
"""Start and end in milliseconds since 1970, by the server's clock."""


@dataclass(frozen=True)
class Time:
    """Studied time, each moment once: `settled_ms` of old, `spans` of late."""

    settled_ms: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def ms(self) -> int:
        return self.settled_ms + length(self.spans)

    def with_spans(self, added: Iterable[Span], now_ms: int) -> "Time":
        """This and the spans `added`; what is old is settled."""
        spans = union([*self.spans, *joined(self.spans, union(added))])
        old = [each for each in spans if each[1] < now_ms - _SETTLED_MS]
        return Time(self.settled_ms + length(old), tuple(spans[len(old) :]))


def span(received_ms: int, elapsed_ms: int, age_ms: int, opened_ms: int) -> Span | None:
    """What a sign received at `received_ms` vouches for: the `elapsed_ms` since its launch's previous sign, at most
    35 s, ending `age_ms` ago, never before the launch was opened. None: nothing, as from more than seven days ago."""
    end = received_ms - age_ms
    start = max(end - min(elapsed_ms, LONGEST_MS), opened_ms)
    return (start, end) if start < end and age_ms <= OLDEST_MS else None


def union(spans: Iterable[Span]) -> list[Span]:
    """The same moments, in order, each once."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def joined(spans: Sequence[Span], added: Iterable[Span]) -> list[Span]:
    """`added`, of which each that begins within a second after one of `spans` (in order) ended is put back to that end.
    No two messages travel equally fast: the gaps of milliseconds between them would make a list without end."""
    ends = [end for _, end in spans]
    moved = []
    for start, end in added:
        before = bisect_right(ends, start) - 1
        gap = start - ends[before] if before >= 0 else NEAR_MS
        moved.append((start - gap, end - gap) if gap < NEAR_MS else (start, end))
    return moved


def length(spans: Iterable[Span]) -> int:
    """Milliseconds of spans that do not overlap."""
    return sum(end - start for start, end in spans)
