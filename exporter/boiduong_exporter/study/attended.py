"""The hall wins over the clock: moments that lie within an attended session are no self-study."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

Window = tuple[int, int]
"""From and until, milliseconds since 1970, UTC."""


def without(spans: Any, windows: Mapping[int, Iterable[Window]]) -> Any:
    """The spans (spans.SPANS) less what lies in the windows of their learner; a span may fall into several pieces."""
    concerned = np.isin(spans["learner"].to_numpy(), list(windows))
    if not concerned.any():
        return spans
    pieces = [
        {**row, "start_ms": start, "end_ms": end}
        for row in spans.filter(pa.array(concerned)).to_pylist()
        for start, end in _outside((row["start_ms"], row["end_ms"]), sorted(windows[row["learner"]]))
    ]
    return pa.concat_tables([spans.filter(pa.array(~concerned)), pa.Table.from_pylist(pieces, schema=spans.schema)])


def _outside(span: Window, windows: Iterable[Window]) -> Iterable[Window]:
    """What of the span lies outside the windows, which are in order of their beginnings."""
    start, end = span
    for opens, closes in windows:
        if start < min(opens, end):
            yield start, min(opens, end)
        start = max(start, closes)
    if start < end:
        yield start, end
