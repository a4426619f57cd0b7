"""In which order a learner meets things whose true order is the answer."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

Item = TypeVar("Item")


def shuffled(seed: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """The items in an order that depends on `seed` and their number alone, and is never the given one (from two on)."""
    given = range(len(items))
    order = sorted(given, key=lambda place: sha256(f"{seed}/{place}".encode()).digest())
    if order == list(given):
        order = [*order[1:], *order[:1]]
    return tuple(items[place] for place in order)
