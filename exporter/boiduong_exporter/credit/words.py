"""Days in words: exact within, rounded only here."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor


def total(values: Iterable[Fraction]) -> Fraction:
    """The exact sum. Most values are one and the same half day, so alike objects are counted before they are added."""
    held = list(values)  # alive, so that an id tells one object from another
    alike = {id(value): value for value in held}
    return sum((alike[key] * count for key, count in Counter(map(id, held)).items()), Fraction(0))


def rounded(value: Fraction, step: Fraction, up: bool = False) -> Fraction:
    """`value` on the grid of `step`: down, unless it tells what is still missing."""
    return (ceil if up else floor)(value / step) * step


def number(value: Fraction) -> str:
    """A decimal comma where the value has a short decimal form ("2,5"), else a mixed number ("2 1/3")."""
    if value.denominator == 1:
        return str(value.numerator)
    scaled = value * 1000
    if scaled.denominator == 1:
        whole, rest = divmod(abs(scaled.numerator), 1000)
        return f"{'-' if value < 0 else ''}{whole},{rest:03}".rstrip("0")
    whole, rest = divmod(abs(value.numerator), value.denominator)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole} {rest}/{value.denominator}" if whole else str(value)


def days(value: Fraction) -> str:
    """ "2,5 ngày"."""
    return f"{number(value)} ngày"
