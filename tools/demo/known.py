"""Names that the sample province must not use: leaders, kings, heroes, writers, real provinces and districts."""

from functools import cache
from pathlib import Path

from boiduong_vocabulary.vietnamese import fold, unmarked

_LIST = Path(__file__).with_name("known_names.txt")


@cache
def known_names() -> frozenset[str]:
    """Every name of known_names.txt, without capitals and marks."""
    lines = _LIST.read_text("utf-8").splitlines()
    return frozenset(_bare(line) for line in lines if line.strip() and not line.startswith("#"))


def is_known(name: str) -> bool:
    """Whether a person or place of that name is well known, however it is marked."""
    return _bare(name) in known_names()


def _bare(name: str) -> str:
    return fold(unmarked(name))
