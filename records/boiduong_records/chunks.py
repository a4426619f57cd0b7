"""Long lists in pieces that one statement can carry."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

CHUNK = 5_000
"""Rows written, or values asked for, by one statement."""

_Item = TypeVar("_Item")


def chunks(items: Iterable[_Item], size: int = CHUNK) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while piece := list(islice(remaining, size)):
        yield piece
