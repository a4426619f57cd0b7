"""What an attempt comes to, from what its SCOs say: values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass

DONE = frozenset({"passed", "completed"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one SCO or of the whole: the status in SCORM 1.2's words, the score in per cent, the time that the package
    reports of itself."""

    status: str
    score: int | None
    reported_ms: int


def further(before: str, now: str) -> str:
    """A status that only rises: what was passed or completed stays so, and passed is more than completed."""
    return before if before in DONE and not (before == "completed" and now == "passed") else now


def better(before: int | None, now: int | None) -> int | None:
    """The higher score; none is less than any."""
    return max((score for score in (before, now) if score is not None), default=None)


def rolled_up(scos: Sequence[Standing], count: int) -> Standing:
    """The attempt's standing, from the SCOs opened so far out of `count`. All must be done for the whole to be; the
    score is the mean of those that have one, rounded down so that no mark is passed by rounding."""
    scores = [sco.score for sco in scos if sco.score is not None]
    score = sum(scores) // len(scores) if scores else None
    return Standing(_status([sco.status for sco in scos], count), score, sum(sco.reported_ms for sco in scos))


def sections_done(scos: Sequence[Standing], count: int) -> int | None:
    """How many SCOs are done, where there are several."""
    return sum(sco.status in DONE for sco in scos) if count > 1 else None


def _status(said: Sequence[str], count: int) -> str:
    if count == 1 and len(said) == 1:
        return said[0]
    if len(said) < count or not said or any(word not in DONE and word != "failed" for word in said):
        return "incomplete" if said else "not attempted"
    if "failed" in said:
        return "failed"
    return "passed" if "passed" in said else "completed"
