"""A Problem is what its writer can mend: where it is, what it is, and what to do. All wings report in this shape."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "lỗi"
    WARNING = "cảnh báo"


@dataclass(frozen=True, order=True)
class Place:
    """Where in a file: `line` and `column` count from 1; 0 means unknown. `path` is as the user gave it."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True)
class Problem:
    """`code` is language-free and documented in docs/problems.md; `message` and `hint` are Vietnamese."""

    code: str
    place: Place
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        mark = "" if self.severity is Severity.ERROR else f" ({self.severity})"
        return f"{self.place}: {self.code}{mark} {self.message}\n    → {self.hint}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line and code."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.code, problem.message))


def any_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
