"""The words and figures of SCORM that say how far a learner came."""

from decimal import Decimal
from fractions import Fraction

COMPLETED = {
    "completed": True,
    "passed": True,
    "incomplete": False,
    "not attempted": False,
    "browsed": False,
    "failed": None,
    "unknown": None,
}
"""Completion by the words of SCORM 1.2 (cmi.core.lesson_status) and 2004 (completion_status, success_status). A failed
test says nothing of completion, so it takes none away."""

_MOST = 10**9
_FINEST = Decimal("0.000001")


def exact(number: Decimal) -> Fraction:
    """`number` to six places, at most a thousand million either way: beyond that it is out of every range."""
    if not number.is_finite() or abs(number) > _MOST:
        return Fraction(_MOST)
    return Fraction(number.quantize(_FINEST))


def share(raw: Fraction, low: Fraction, high: Fraction) -> Fraction | None:
    """Where `raw` lies from `low` (0) to `high` (1); None where it lies outside, or there is no range."""
    return (raw - low) / (high - low) if low <= raw <= high and low < high else None


def percent(part: Fraction) -> int:
    """A share of one in whole per cent, rounded down so that no mark is passed by rounding."""
    return int(part * 100)
