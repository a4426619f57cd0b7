"""Studied time: the length of the union of a learner's spans over all tabs and devices, as one Ibis expression.

An overlapped moment belongs to the span that comes first in the order of spans.ORDER. Walking a learner's day in that
order, a span gains what of it lies after the latest end so far: one running maximum, in any engine that has windows.
Spans are cut at local midnight before they are stored, so that a day never needs another day's rows.
"""

from dataclasses import dataclass
from typing import Any

import ibis

from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS

MINUTE_MS = 60_000


@dataclass(frozen=True)
class Bounds:
    """Where a day's halves part, in minutes after local midnight: the afternoon begins, the evening begins."""

    afternoon: int = 12 * 60
    evening: int = 18 * 60


def totals(spans: Any, bounds: Bounds) -> Any:
    """Milliseconds by learner, local day and study.

    `spans`: an Ibis table as spans.SPANS, each row within one local day. Columns of the result, whole numbers (an
    engine may widen a sum), rows in no order: learner; day (local days since 1970); study; morning_ms, afternoon_ms,
    evening_ms; and morning_offline_ms, afternoon_offline_ms, evening_offline_ms, the claimed part of each. A study that
    gained nothing has no row.
    """
    gained = _gained(_within_the_day(spans))
    afternoon, evening = bounds.afternoon * MINUTE_MS, bounds.evening * MINUTE_MS
    cut = gained.select(
        "learner", "day", "study", "offline",
        by_noon=_before(gained, afternoon), by_dusk=_before(gained, evening), by_night=_before(gained, DAY_MS),
    )  # fmt: skip
    sums = {name: cut[name].sum() for name in ("by_noon", "by_dusk", "by_night")}
    claimed = {f"{name}_offline": (cut[name] * cut.offline).sum() for name in sums}
    summed = cut.group_by("learner", "day", "study").aggregate(**sums, **claimed)
    return _halves(summed.filter(summed.by_night > 0))


def _within_the_day(spans: Any) -> Any:
    """Moments as milliseconds after local midnight. They fit 32 bits, which halves what an engine sorts."""
    local = spans.mutate(since_1970=spans.start_ms + LOCAL_MS)
    clock = local.since_1970 % DAY_MS
    return local.select(
        "learner", "study", "launch", "offline",
        day=((local.since_1970 - clock) / DAY_MS).cast("int32"),
        begins=clock.cast("int32"),
        ends=(local.end_ms - local.start_ms + clock).cast("int32"),
    )  # fmt: skip


def _gained(spans: Any) -> Any:
    """`fresh` is where a span's own gain begins; the gain lasts until `ends`.

    The first row of a window has no latest end so far: ClickHouse says 0 there and the others NULL. Both become the
    span's own beginning.
    """
    earlier = ibis.window(
        group_by=[spans.learner, spans.day],
        order_by=[spans.begins, spans.launch, spans.ends, spans.study, spans.offline],
        preceding=(None, 1),
    )
    latest = spans.mutate(latest=spans.ends.max().over(earlier))
    return latest.mutate(fresh=ibis.greatest(latest.begins, latest.latest.coalesce(0)))


def _before(gained: Any, bound: int) -> Any:
    """How much of each gain lies before `bound`; nothing when the span ended before its gain could begin."""
    ends = ibis.least(gained.ends, bound)
    return ends - ibis.least(ends, gained.fresh)


def _halves(summed: Any) -> Any:
    """The sums so far through the day, taken apart."""
    return summed.select(
        "learner", "day", "study",
        morning_ms=summed.by_noon,
        afternoon_ms=summed.by_dusk - summed.by_noon,
        evening_ms=summed.by_night - summed.by_dusk,
        morning_offline_ms=summed.by_noon_offline,
        afternoon_offline_ms=summed.by_dusk_offline - summed.by_noon_offline,
        evening_offline_ms=summed.by_night_offline - summed.by_dusk_offline,
    )  # fmt: skip
