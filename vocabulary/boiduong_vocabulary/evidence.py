"""The kinds of evidence: what the ledger holds of a cadre's study, and the only thing that credit is counted from.

Each kind is a frozen value whose canonical bytes are an entry's body. Dates are local days (Asia/Ho_Chi_Minh), clock
times are whole minutes after local midnight, studied time is whole milliseconds, days are exact fractions.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from boiduong_vocabulary.catalog import Delivery


class Half(StrEnum):
    """The part of a day that one session (buổi) fills."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def label(self) -> str:
        return _HALF_LABELS[self]


_HALF_LABELS = {Half.MORNING: "sáng", Half.AFTERNOON: "chiều", Half.EVENING: "tối"}


class Presence(StrEnum):
    """What the attendance sheet says of one person in one session."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"

    @property
    def label(self) -> str:
        return _PRESENCE_LABELS[self]


_PRESENCE_LABELS = {
    Presence.PRESENT: "có mặt",
    Presence.ABSENT: "vắng",
    Presence.EXCUSED: "vắng có phép",
}


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person in one session of a class. `place` is the hall or bridge; without times a presence is of the whole
    session."""

    class_code: str
    date: date
    half: Half
    delivery: Delivery
    presence: Presence
    place: str = ""
    check_in: int | None = None
    check_out: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a class says of one person at its end: a test score out of ten, and the essay (bài thu hoạch) passed or not,
    by whom. None where nothing was recorded."""

    class_code: str
    date: date
    score: Fraction | None = None
    essay_passed: bool | None = None
    assessor: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """How far one person came in a self-paced topic: sections seen of all, the best score in per cent (None where the
    topic asks nothing), and what its edition demands."""

    class_code: str
    topic: str
    edition: str
    date: date
    sections_done: int
    sections: int
    score: int | None
    pass_mark: int
    minimum_seconds: int


@dataclass(frozen=True, slots=True)
class StudyPart:
    """Active time in one topic within one part of a day; `offline_ms` is the portion of `ms` that was claimed while
    offline."""

    class_code: str
    topic: str
    edition: str
    half: Half
    ms: int
    offline_ms: int = 0


@dataclass(frozen=True, slots=True)
class StudyDay:
    """One person's sealed study on one local day, and the digest of the beats it was sealed from. Of two for one day
    the later entry holds."""

    date: date
    parts: tuple[StudyPart, ...]
    beats: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a package said of its own time in one topic, all sessions so far (SCORM's total_time): shown beside the
    clock, never counted. `system` is where the log comes from. Of two for one topic the later holds."""

    class_code: str
    topic: str
    edition: str
    date: date
    ms: int
    system: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """A class held elsewhere, recognised by a document: `days` within `starts`..`ends`."""

    title: str
    kind: str
    delivery: Delivery
    starts: date
    ends: date
    days: Fraction
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """Relief from `days` (None: from all) of the term that holds `date`, by a document and for a reason."""

    date: date
    days: Fraction | None
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Designation:
    """The group that a document puts a person in, where the managing authority does not say it."""

    group: str
    starts: date
    ends: date | None
    document: str
    reason: str


class Question(StrEnum):
    """What a ruling settles: whether the content counts, or whether the form is in person."""

    CONTENT = "content"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision about a class, or about one session of it (both `session_date` and `session_half` given), for all who
    attended."""

    class_code: str
    question: Question
    counts: bool
    document: str
    reason: str
    session_date: date | None = None
    session_half: Half | None = None


Evidence = Attendance | Result | Completion | StudyDay | Reported | Recognition | Exemption | Designation | Ruling

KINDS: dict[str, type[Evidence]] = {
    "attendance": Attendance,
    "result": Result,
    "completion": Completion,
    "study_day": StudyDay,
    "reported": Reported,
    "recognition": Recognition,
    "exemption": Exemption,
    "designation": Designation,
    "ruling": Ruling,
}
"""The ledger's name of each kind."""

NAMES: dict[type, str] = {kind: name for name, kind in KINDS.items()}
