"""Spans of active time as an Arrow table: what the study clock vouched for, one row a span.

Everything is a number: moments are int64 milliseconds since 1970, UTC, never negative, `start_ms` < `end_ms`; people,
studies and launches are int64 keys. An engine then compares, sorts and adds integers only, and no dialect's opinion of
texts, time zones or truth values can enter a total.
"""

import hashlib

import numpy as np
import pyarrow as pa

DAY_MS = 86_400_000
LOCAL_MS = 7 * 3_600_000
"""Asia/Ho_Chi_Minh is seven hours ahead of UTC all year."""

SPANS = pa.schema(
    [
        pa.field("learner", pa.int64(), nullable=False),
        pa.field("study", pa.int64(), nullable=False),
        pa.field("launch", pa.int64(), nullable=False),
        pa.field("start_ms", pa.int64(), nullable=False),
        pa.field("end_ms", pa.int64(), nullable=False),
        pa.field("offline", pa.int8(), nullable=False),
    ]
)
"""`learner`: the register's number of a cadre. `study`: the key of class, topic and edition. `launch`: see
`launch_number`. `offline`: 1 where a device claimed the span afterwards, else 0; a number because SQLite has no truth
values, and because a part is then a product."""

ORDER = ("learner", "start_ms", "launch", "end_ms", "study", "offline")
"""The total order of a learner's spans: the one begun first, then the lower launch, then the one that ends first, the
lower study, the one seen live. Two rows equal in all of them are one span."""


def launch_number(text: str) -> int:
    """A launch's identifier as int64: the first eight bytes of its SHA-256, big end first, signed."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def in_order(table: pa.Table) -> pa.Table:
    """The rows in `ORDER`."""
    return table.sort_by([(name, "ascending") for name in ORDER])


def split_at_midnight(table: pa.Table) -> pa.Table:
    """Each span cut at every local midnight that it crosses, the pieces in place of the span; no piece is empty."""
    starts, ends = table["start_ms"].to_numpy(), table["end_ms"].to_numpy()
    first = _day(starts)
    pieces = _day(ends - 1) - first + 1
    if pieces.size == 0 or pieces.max() == 1:
        return table
    rows = np.repeat(np.arange(len(pieces)), pieces)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    opens = (first[rows] + nth) * DAY_MS - LOCAL_MS
    cut = table.take(pa.array(rows))
    cut = _with(cut, "start_ms", np.maximum(starts[rows], opens))
    return _with(cut, "end_ms", np.minimum(ends[rows], opens + DAY_MS))


def _day(at_ms: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Local days since 1970."""
    return (at_ms + LOCAL_MS) // DAY_MS


def _with(table: pa.Table, name: str, values: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(name), pa.array(values))
