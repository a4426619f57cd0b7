"""What a log says, line by line: beats of the study clock, progress in a topic, a grade in a class, attendance of a
session; or why a line says nothing that is taken. Times are milliseconds since 1970, UTC; learners and places are named
as the log names them."""

from datetime import date
from fractions import Fraction

from boiduong_vocabulary.evidence import Half, Presence
from msgspec import Struct


class Where(Struct, frozen=True, gc=False, cache_hash=True):
    """What was studied, as far as the log says. `class_code` is a class of the books, `course` an Open edX course key
    or another system's id; `package` the identifier of a SCORM package or activity, where the log has no `topic`."""

    class_code: str = ""
    course: str = ""
    topic: str = ""
    edition: str = ""
    package: str = ""


class Beat(Struct, frozen=True, gc=False):
    """A span of active time, closed: `start_ms` < `end_ms`. `offline`: claimed by the learner's device afterwards."""

    line: int
    learner: str
    where: Where
    launch: str
    start_ms: int
    end_ms: int
    offline: bool


class Progress(Struct, frozen=True, gc=False):
    """How far a learner came in a topic by `at_ms`. None where the log does not say: `completed` by the package's own
    word, `sections_done`, `score` in per cent, `reported_ms` all the time that the package reports of itself.
    `numbered`: the line names nobody; `learner` is the platform's number of whoever it is, decimal digits, whose
    account other lines of the file may show."""

    line: int
    learner: str
    where: Where
    at_ms: int
    completed: bool | None = None
    sections_done: int | None = None
    score: int | None = None
    reported_ms: int | None = None
    numbered: bool = False


class Grade(Struct, frozen=True, gc=False):
    """The grade of a whole class, out of ten. `numbered`: as of Progress."""

    line: int
    learner: str
    where: Where
    at_ms: int
    score: Fraction
    numbered: bool = False


class Attended(Struct, frozen=True, gc=False):
    """What a closed attendance sheet says of one person at one session of a course. `at_ms`: when staff closed it, for
    the `sheet`th time; `came` and `left` are whole minutes after the local midnight of `date`."""

    line: int
    learner: str
    where: Where
    at_ms: int
    session: str
    date: date
    half: Half
    presence: Presence
    came: int | None
    left: int | None
    sheet: int


class Skipped(Struct, frozen=True, gc=False):
    """A line that has nothing of ours, and why."""

    line: int
    reason: str


class Refused(Struct, frozen=True, gc=False):
    """A line that cannot be read: what is wrong, and what to do."""

    line: int
    code: str
    message: str
    hint: str


Record = Beat | Progress | Grade | Attended | Skipped | Refused
