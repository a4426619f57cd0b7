"""The rules of an in-person session: its phases, the rotating code, what a learner may do. Pure."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from boiduong_xblocks.tokens import sign

PERIOD_MS = 30_000
"""How long the screen shows one code. It is good for the period after its own too: people type slowly."""
LETTERS = "CFHJKMNPRTVXZ"
"""Capitals that nobody takes for a digit or for one another across a hall. No vowels, D or W: under the Telex keyboard
of a Vietnamese telephone these turn into other letters."""
CODE_LENGTH = 6
MAY_FAIL, PAUSE_MS = 5, 60_000
"""So many wrong codes, then a minute's wait: guessing one of two codes among three million is hopeless."""


class Phase(StrEnum):
    """Where a session is. It may be opened again after it was closed."""

    NEW = "new"
    IN = "in"
    OUT = "out"
    CLOSED = "closed"


@dataclass(frozen=True)
class Own:
    """What a learner did: times in milliseconds, None before; `wrong` codes since the last right one or pause;
    `complete` as the platform was told last. This is the truth; the list that all share is only its picture."""

    came_ms: int | None = None
    left_ms: int | None = None
    wrong: int = 0
    paused_until_ms: int = 0
    complete: bool = False

    def scanned(self, direction: Phase, now_ms: int) -> "Own":
        """With a right code typed now."""
        clear = replace(self, wrong=0, paused_until_ms=0)
        return replace(clear, came_ms=now_ms) if direction is Phase.IN else replace(clear, left_ms=now_ms)

    def missed(self, now_ms: int) -> "Own":
        """With a wrong code typed now."""
        wrong = self.wrong + 1
        if wrong < MAY_FAIL:
            return replace(self, wrong=wrong)
        return replace(self, wrong=0, paused_until_ms=now_ms + PAUSE_MS)

    def pause_ms(self, now_ms: int) -> int:
        """How much longer no code is looked at."""
        return max(0, self.paused_until_ms - now_ms)


def own_of(kept: Mapping[str, Any]) -> Own:
    """What `asdict` made of it; an earlier version's says less, a later one's more."""
    return Own(**{each.name: kept[each.name] for each in fields(Own) if each.name in kept})


def due(phase: Phase, own: Own, is_listed_by_hand: bool) -> Phase | None:
    """What a code would do for the learner now: Phase.IN, Phase.OUT, or nothing."""
    if phase is Phase.IN and own.came_ms is None:
        return Phase.IN
    is_here = own.came_ms is not None or is_listed_by_hand
    return Phase.OUT if phase is Phase.OUT and is_here and own.left_ms is None else None


# The code -------------------------------------------------------------------------------------------------------------


def code_of(key: str, direction: Phase, period: int) -> str:
    """Six letters, no two neighbours alike: some Telex keyboards make one letter of a doubled one."""
    number, found = int(sign(key, direction, period), 16), ""
    for _ in range(CODE_LENGTH):
        letters = LETTERS.replace(found[-1:], "") if found else LETTERS
        number, at = divmod(number, len(letters))
        found += letters[at]
    return found


def period_at(now_ms: int) -> int:
    return now_ms // PERIOD_MS


def remaining_ms(now_ms: int) -> int:
    """Until the screen shows the next code."""
    return PERIOD_MS - now_ms % PERIOD_MS


def is_code(key: str, direction: Phase, typed: str, now_ms: int) -> bool:
    """Whether this is the code of now or of the period before, in capitals or not, with spaces or not."""
    plain = "".join(typed.split()).upper().encode()
    period = period_at(now_ms)
    good = [hmac.compare_digest(code_of(key, direction, each).encode(), plain) for each in (period, period - 1)]
    return bool(key) and any(good)
