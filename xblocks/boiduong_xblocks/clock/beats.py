"""Messages of the page's clock: what they may hold, what they vouch for, what of them is published. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from boiduong_xblocks.spans import Span, span

MOST_SIGNS = 500
MOST_SEQUENCE = 1_000_000_000
MOST_MS = 4_102_444_799_999
"""To the end of 2099; this and the other limits are the exporter's (logs/signs.py), which refuses what lies beyond."""
LONGEST_NAME = 255
PROMPT_MS = 5_000
"""What arrives sooner did not wait for a connection."""
SAVE_EVERY_MS = 120_000


@dataclass(frozen=True)
class Sign:
    """`elapsed_ms` since the launch's previous sign, by the page's clock that never runs backwards; `age_ms` how long
    ago it ended; `is_told`: the server has published it already, and not saved it."""

    sequence: int
    elapsed_ms: int
    age_ms: int
    is_told: bool


@dataclass(frozen=True)
class Message:
    """Signs of one launch, which is one opening of the page; `opened_ms` by the server's clock. `is_leaving`: what is
    not saved now may not be heard of again."""

    launch: str
    opened_ms: int
    signature: str
    is_leaving: bool
    signs: tuple[Sign, ...]

    def is_due(self, saved_ms: int, now_ms: int) -> bool:
        """Whether its signs are to be saved, of a learner whose time was saved last at `saved_ms`."""
        is_rest = 0 <= now_ms - saved_ms < SAVE_EVERY_MS  # a clock that was ahead is not to be waited for
        return bool(self.signs) and (self.is_leaving or not is_rest)

    def spans(self, now_ms: int) -> list[Span]:
        """What its signs vouch for, received at `now_ms`."""
        return [found for sign in self.signs if (found := self._span(sign, now_ms))]

    def beats(self, now_ms: int) -> Iterator[dict[str, Any]]:
        """What is to be published: payloads but for the place, which the block knows. A sign that vouches for nothing
        would only be a line more."""
        for sign in self.signs:
            if not sign.is_told and self._span(sign, now_ms):
                yield {
                    "launch": self.launch,
                    "sequence": sign.sequence,
                    "opened_ms": self.opened_ms,
                    "elapsed_ms": sign.elapsed_ms,
                    "age_ms": sign.age_ms if sign.age_ms >= PROMPT_MS else 0,
                }

    def _span(self, sign: Sign, now_ms: int) -> Span | None:
        return span(now_ms, sign.elapsed_ms, sign.age_ms, self.opened_ms)


def read_message(said: object) -> Message:
    """The message in the JSON of a request. Raises ValueError where it is none."""
    fields = _fields(said)
    signs = fields.get("signs")
    if not isinstance(signs, list) or len(signs) > MOST_SIGNS:
        raise ValueError(f"signs: a list of at most {MOST_SIGNS}")
    return Message(
        launch=_text(fields, "launch"),
        opened_ms=_number(fields, "opened_ms", MOST_MS),
        signature=_text(fields, "signature"),
        is_leaving=_truth(fields, "leaving"),
        signs=tuple(map(_sign, signs)),
    )


def share(unit_ms: int, topic_ms: int, section_seconds: int, minimum_seconds: int) -> float:
    """How much of a unit is done, 0 to 1: by its own share of the topic's minimum, or by all of the topic's; a topic
    without a minimum asks for no more than a beginning."""
    if minimum_seconds <= 0:
        return 1.0
    own = unit_ms / (section_seconds * 1000) if section_seconds > 0 else 0.0
    return min(1.0, max(own, topic_ms / (minimum_seconds * 1000)))


def _sign(said: object) -> Sign:
    fields = _fields(said)
    return Sign(
        sequence=_number(fields, "sequence", MOST_SEQUENCE),
        elapsed_ms=_number(fields, "elapsed_ms", MOST_MS),
        age_ms=_number(fields, "age_ms", MOST_MS),
        is_told=_truth(fields, "told"),
    )


def _fields(said: object) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise ValueError("an object")
    return said


def _number(fields: dict[str, Any], name: str, most: int) -> int:
    value = fields.get(name)
    if type(value) is not int or not 0 <= value <= most:  # not isinstance: true is a number to Python
        raise ValueError(f"{name}: a whole number from 0 to {most}")
    return value


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME or not value.isprintable():
        raise ValueError(f"{name}: a text of 1 to {LONGEST_NAME} characters that print")
    return value


def _truth(fields: dict[str, Any], name: str) -> bool:
    value = fields.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"{name}: true or false")
    return value
