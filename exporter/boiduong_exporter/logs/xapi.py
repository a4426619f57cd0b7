"""xAPI statements: completion, success and score of a topic, the grade of a course, and our own signs.

Verbs are those of ADL (adlnet.gov/expapi/verbs, w3id.org/xapi/adl/verbs) and Open edX's "earned"
(event_routing_backends: XAPI_VERB_EARNED). Learners are named by an account or an e-mail address. `result.duration` is
not taken: statements of one sitting repeat it (completed, passed and terminated each carry it in cmi5), so that a sum
would count it several times, and reported time is never counted anyway.

Our own signs are the verb "experienced" with the payload of `signs` as the context extension "urn:boiduong:beat"; their
time of receipt is `stored`, which the LRS sets, never `timestamp`, which the learner's device sets. Class, topic and
edition of any other statement may stand in the context extension "urn:boiduong:study".
"""

import re
from decimal import Decimal
from fractions import Fraction

import msgspec
from msgspec import Struct, field

from boiduong_exporter.logs.lines import unreadable
from boiduong_exporter.logs.moments import iso_moment
from boiduong_exporter.logs.named import MALFORMED
from boiduong_exporter.logs.record import Grade, Progress, Record, Skipped, Where
from boiduong_exporter.logs.refusing import bad_field, bad_moment, broken, misfit, nobody
from boiduong_exporter.logs.scorm import exact, percent, share
from boiduong_exporter.logs.signs import BeatSign, Places, Text, beat_record

_VERB = re.compile(r"https?://(?:adlnet\.gov/expapi|w3id\.org/xapi/adl|id\.tincanapi\.com)/verbs?/([a-z-]+)")
_TELLING = frozenset(
    ("completed", "passed", "failed", "progressed", "terminated", "exited", "experienced", "scored", "earned")
)
_DONE = {"completed": True, "passed": True}
_COURSE_KEY = re.compile(r"course-v1:[^/?#]+")
_OTHER_VERB = "động từ không nói về kết quả học"
_OUT_OF_SCALE = "điểm ngoài thang điểm của nó"
_NO_RESULT = "câu không có kết quả"
_VOIDING = "câu hủy một câu khác; kho LRS không xuất câu đã hủy"


class _Account(Struct):
    name: Text


class _Actor(Struct):
    object_type: str = field(name="objectType", default="Agent")
    account: _Account | None = None
    mbox: Text = ""


class _Verb(Struct):
    id: str


class _Definition(Struct):
    type: str = ""


class _Object(Struct):
    id: Text = ""
    definition: _Definition | None = None


class _Score(Struct):
    scaled: Decimal | None = None
    raw: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None


class _Result(Struct):
    score: _Score | None = None
    completion: bool | None = None


class _Study(Struct):
    topic: Text
    class_code: Text = field(name="class", default="")
    edition: Text = ""


class _Extensions(Struct):
    beat: BeatSign | None = field(name="urn:boiduong:beat", default=None)
    study: _Study | None = field(name="urn:boiduong:study", default=None)


class _Context(Struct):
    extensions: _Extensions | None = None


class _Statement(Struct):
    actor: _Actor
    verb: _Verb
    object: _Object
    result: _Result | None = None
    context: _Context | None = None
    timestamp: str = ""
    stored: str = ""

    @property
    def extensions(self) -> _Extensions:
        return (self.context and self.context.extensions) or _Extensions()

    @property
    def is_of_a_course(self) -> bool:
        return self.object.definition is not None and self.object.definition.type.endswith("/course")


_DECODER = msgspec.json.Decoder(_Statement)
_NUL = b"\\u0000"


class Statements:
    """Reads statements, by line or by position."""

    def __init__(self) -> None:
        self._places = Places()

    def read(self, first: int, lines: list[bytes]) -> list[Record]:
        """A Read of lines.py."""
        return [self.record(number, line) for number, line in enumerate(lines, first)]

    def record(self, line: int, text: bytes) -> Record:
        if not text.strip():
            return Skipped(line, "dòng trống")
        try:
            statement = _DECODER.decode(text)
        except msgspec.ValidationError as error:
            return misfit(line, error)
        except MALFORMED:
            return unreadable(line, text)
        return broken(line, "có ký tự NUL") if _NUL in text else self._told(line, statement)

    def _told(self, line: int, statement: _Statement) -> Record:
        found = _VERB.fullmatch(statement.verb.id)
        verb = found[1] if found else ""
        if verb not in _TELLING:
            return Skipped(line, _VOIDING if verb == "voided" else _OTHER_VERB)
        learner = _learner(statement.actor)
        if not learner:
            return nobody(line)
        beat = statement.extensions.beat
        if beat is not None:
            return self._beat(line, learner, statement, beat)
        at_ms = iso_moment(statement.timestamp or statement.stored)
        if at_ms is None:
            return bad_moment(line, "timestamp")
        tell = _grade if statement.is_of_a_course else _progress
        return tell(line, learner, statement, at_ms, verb)

    def _beat(self, line: int, learner: str, statement: _Statement, beat: BeatSign) -> Record:
        received_ms = iso_moment(statement.stored)
        if received_ms is None:
            return bad_moment(line, "stored")
        return beat_record(line, learner, self._places.of(beat), received_ms, beat)


def _learner(actor: _Actor) -> str:
    """Whoever did it: one person, named by an account or an address; "" for a group or a mere digest."""
    if actor.object_type != "Agent":
        return ""
    return actor.account.name if actor.account else actor.mbox.removeprefix("mailto:")


def _progress(line: int, learner: str, statement: _Statement, at_ms: int, verb: str) -> Record:
    result = statement.result or _Result()
    completed = _DONE.get(verb) if result.completion is None else result.completion
    score = _share(result.score)
    if score is not None and not 0 <= score <= 1:
        return bad_field(line, "result.score", _OUT_OF_SCALE)
    if completed is None and score is None:
        return Skipped(line, _NO_RESULT)
    study = statement.extensions.study
    where = Where(study.class_code, "", study.topic, study.edition) if study else Where(package=statement.object.id)
    return Progress(line, learner, where, at_ms, completed, score=None if score is None else percent(score))


def _grade(line: int, learner: str, statement: _Statement, at_ms: int, _: str) -> Record:
    score = _share(statement.result.score if statement.result else None)
    if score is None:
        return Skipped(line, _NO_RESULT)
    if not 0 <= score <= 1:
        return bad_field(line, "result.score", _OUT_OF_SCALE)
    key = _COURSE_KEY.search(statement.object.id)
    return Grade(line, learner, Where(course=key[0] if key else statement.object.id), at_ms, score * 10)


def _share(score: _Score | None) -> Fraction | None:
    """The score on a scale from 0 to 1; None where there is none, or a raw one of nobody knows how many. `scaled` goes
    down to -1 in the specification, which is no less than nothing here."""
    if score is None:
        return None
    if score.scaled is not None:
        scaled = exact(score.scaled)
        return Fraction(0) if -1 <= scaled < 0 else scaled
    if score.raw is None or score.max is None:
        return None
    found = share(exact(score.raw), exact(score.min or Decimal(0)), exact(score.max))
    return Fraction(-1) if found is None else found
