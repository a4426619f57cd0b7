"""What a learner's state keeps of the server's answers, and when it is time to ask again. Pure."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from boiduong_xblocks.owed.asking import REST_MS, Heard, Outcome
from boiduong_xblocks.owed.figures import shape

FRESH_MS = 10 * 60_000
"""How long an answer is not asked for again."""


@dataclass(frozen=True)
class Kept:
    """`said` is the last answer (figures.shape) and `tag` its ETag; `at_ms` when the server answered last, `failed_ms`
    when it did not, after that; 0 for never. `unknown`: the books have no such account."""

    said: dict[str, Any] | None = None
    tag: str = ""
    at_ms: int = 0
    failed_ms: int = 0
    unknown: bool = False

    def is_due(self, now_ms: int) -> bool:
        return not (0 <= now_ms - self.at_ms < FRESH_MS or 0 <= now_ms - self.failed_ms < REST_MS)

    def after(self, heard: Heard, now_ms: int) -> "Kept":
        """With what was heard now. A silent server leaves what was known."""
        if heard.outcome is Outcome.SILENT:
            return replace(self, failed_ms=now_ms)
        if heard.outcome is Outcome.SAME:
            return replace(self, at_ms=now_ms, failed_ms=0)
        return Kept(heard.said, heard.tag, now_ms, 0, heard.outcome is Outcome.NOBODY)

    def written(self) -> dict[str, Any]:
        return asdict(self)


def kept(state: dict[str, Any]) -> Kept:
    """What `written` wrote; of a version that wrote something else, nothing."""
    try:
        found = Kept(**state)
    except TypeError:
        return Kept()
    moments = type(found.at_ms) is type(found.failed_ms) is int
    return found if moments and (found.said is None or shape(found.said) == found.said) else Kept()
