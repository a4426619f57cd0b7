"""What Open edX computes of its problems: the score of a subsection, which a topic is in our courses, and the grade of
the whole course.

Both events are those of lms/djangoapps/grades/events.py in openedx/edx-platform (subsection_grade_calculated,
course_grade_calculated), with the learner's number as `event.user_id`. The platform often computes in the background,
so that `username` is empty, or that of the member of staff who had it computed anew: the learner is then the one whom
any other line of the file shows to have that number, or else the number itself.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from boiduong_exporter.logs.moments import is_plausible
from boiduong_exporter.logs.record import Grade, Progress, Record, Skipped, Where
from boiduong_exporter.logs.refusing import bad_field, bad_moment, unnamed
from boiduong_exporter.logs.scorm import exact, percent, share
from boiduong_exporter.logs.signs import NUL, Text

GRADE, SCORE = "edx.grades.course.grade_calculated", "edx.grades.subsection.grade_calculated"
NO_TOPIC = "điểm của một phần không phải chuyên đề của phần mềm này"
_TOPIC = re.compile(r"block-v1:.+\+type@sequential\+block@sequential_([a-z0-9-]+)")
"""How the packager names the one subsection of a topic."""
_USER_ID = re.compile("[0-9]{1,18}")


class GradeSign(Struct, gc=False):
    """`percent_grade` from 0 to 1."""

    user_id: int | str
    course_id: Text
    percent_grade: Decimal


class ScoreSign(Struct, gc=False):
    """Points of the problems that count."""

    user_id: int | str
    course_id: Text
    block_id: Text
    weighted_graded_earned: Decimal
    weighted_graded_possible: Decimal


class Envelope(NamedTuple):
    """Who had it computed, by name and number, and when."""

    username: str
    user_id: int | str | None
    at_ms: int

    def earner(self, number: str) -> tuple[str, bool]:
        """Who has earned what is of the learner of that number; whether the number is all that the line tells."""
        if self.username and str(self.user_id) == number:
            return self.username, False
        return number, _USER_ID.fullmatch(number) is not None


def grade_record(line: int, envelope: Envelope, sign: GradeSign) -> Record:
    """The grade of a class, out of ten."""
    part = exact(sign.percent_grade)
    if not 0 <= part <= 1:
        return bad_field(line, "event.percent_grade", "không phải số từ 0 đến 1")
    number = str(sign.user_id)
    if wrong := _unsound(line, envelope, number, sign.course_id):
        return wrong
    learner, numbered = envelope.earner(number)
    return Grade(line, learner, Where(course=sign.course_id), envelope.at_ms, part * 10, numbered)


def score_record(line: int, envelope: Envelope, sign: ScoreSign) -> Record:
    """The score of a topic, which tells of no section; a subsection that is no topic of ours is skipped."""
    topic = _TOPIC.fullmatch(sign.block_id)
    if not topic or not sign.weighted_graded_possible:
        return Skipped(line, NO_TOPIC)
    part = share(exact(sign.weighted_graded_earned), Fraction(0), exact(sign.weighted_graded_possible))
    if part is None:
        return bad_field(line, "event.weighted_graded_earned", "không phải số điểm từ 0 đến mức tối đa")
    number = str(sign.user_id)
    if wrong := _unsound(line, envelope, number, sign.course_id):
        return wrong
    learner, numbered = envelope.earner(number)
    where = Where(course=sign.course_id, topic=topic[1])
    return Progress(line, learner, where, envelope.at_ms, sections_done=0, score=percent(part), numbered=numbered)


def _unsound(line: int, envelope: Envelope, number: str, course: str) -> Record | None:
    if not is_plausible(envelope.at_ms):
        return bad_moment(line, "time")
    return unnamed(line, number) if NUL in number + course + envelope.username else None
