"""The project's own estimates (assumptions.toml): reading speed, limits, and when periods look wrong."""

import tomllib
from functools import cache
from importlib.resources import files
from math import ceil

from msgspec import Struct, convert


class Reading(Struct, frozen=True):
    """Speeds and minutes of reading; `period_minutes` is the length of a tiết."""

    syllables_per_minute: int
    question_minutes: float
    reflection_minutes: float
    table_minutes: float
    figure_minutes: float
    period_minutes: int

    def seconds(self, syllables: int, tables: int, figures: int, media_seconds: int) -> int:
        """Whole seconds (rounded up) that a passage takes."""
        minutes = syllables / self.syllables_per_minute + tables * self.table_minutes + figures * self.figure_minutes
        return ceil(minutes * 60) + media_seconds

    def question_seconds(self, scored: int, reflections: int) -> int:
        return ceil((scored * self.question_minutes + reflections * self.reflection_minutes) * 60)


class Periods(Struct, frozen=True):
    factor: float


class Limits(Struct, frozen=True):
    topic_kilobytes: int
    image_kilobytes: int
    media_megabytes: int


class Assumptions(Struct, frozen=True):
    reading: Reading
    periods: Periods
    limits: Limits


@cache
def assumptions() -> Assumptions:
    return convert(tomllib.loads(files(__package__).joinpath("assumptions.toml").read_text("utf-8")), Assumptions)
