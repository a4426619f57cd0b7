"""What a program is once read: the values every target renders from.

Fields named `html` (and `stem`, `hint`, `feedback`, `explanation`) hold well-formed XHTML fragments that the reader
made from checked Markdown; they may be placed in a page as they stand. All other text is plain and must be escaped.
Media are named by `Asset.name` and stand in fragments as `media/NAME`.

These are msgspec structs, not dataclasses, so that the build's cache can hold a rendered topic (docs/decisions/0004).
"""

from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from boiduong_vocabulary.catalog import Delivery
from msgspec import Struct


class Orientation(StrEnum):
    """The four orientations of content in Quy định 145-QĐ/TW (source: requirements 21-24)."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"

    @property
    def label(self) -> str:
        return _ORIENTATION_LABELS[self]


_ORIENTATION_LABELS = {
    Orientation.A: "Tổng kết thực tiễn, lý luận, khoa học lãnh đạo, quản lý và thể chế",
    Orientation.B: "Nội dung mới trong nghị quyết, văn bản của Đảng",
    Orientation.C: "Tình hình thế giới, khu vực, trong nước và địa phương",
    Orientation.D: "Kinh nghiệm các nước; xử lý vấn đề phức tạp phát sinh",
}


class Classification(StrEnum):
    """Độ mật. Anything but NONE is never compiled for a target that can go online."""

    NONE = "không"
    CONFIDENTIAL = "mật"
    SECRET = "tối mật"
    TOP_SECRET = "tuyệt mật"


class Asset(Struct, frozen=True):
    """A media file: `name` is its ASCII name in packages, `path` the file, `seconds` its length when it plays,
    `width` and `height` in pixels (0 when unknown or not a picture)."""

    name: str
    path: str
    digest: str
    size: int
    media_type: str
    seconds: int
    width: int = 0
    height: int = 0


class Part(Struct, frozen=True, tag=True):
    """Anything that stands in a section, in the order of the text."""


class Prose(Part, frozen=True):
    """Running text with its tables, figures and footnotes."""

    html: str


class Video(Part, frozen=True):
    """A video alone in its paragraph. Audio stays in the prose."""

    id: str
    asset: str
    title: str
    caption: str


class Question(Part, frozen=True, kw_only=True):
    """What all kinds of question share. `points` is 0 for what is never scored; `line` is in the topic's file."""

    id: str
    line: int
    points: int
    attempts: int
    stem: str
    hint: str
    explanation: str

    @property
    def scored(self) -> bool:
        return self.points > 0


class Choice(Struct, frozen=True):
    """One option. `id` comes from its text, so that reordering the options does not move a saved answer."""

    id: str
    html: str
    right: bool
    feedback: str


class ChoiceQuestion(Question, frozen=True, kw_only=True):
    """One right choice, or several when `several`."""

    choices: tuple[Choice, ...]
    several: bool


class TrueFalseQuestion(Question, frozen=True, kw_only=True):
    right: bool


class BlankQuestion(Question, frozen=True, kw_only=True):
    """The stem holds `<span data-blank="0"></span>`, … where the blanks stand; `blanks[n]` lists accepted texts."""

    blanks: tuple[tuple[str, ...], ...]


class NumberQuestion(Question, frozen=True, kw_only=True):
    value: Decimal
    tolerance: Decimal


class Pair(Struct, frozen=True):
    """`id` names the left side, `right_id` the right side; both come from the texts, which are plain."""

    id: str
    left: str
    right_id: str
    right: str


class MatchingQuestion(Question, frozen=True, kw_only=True):
    pairs: tuple[Pair, ...]


class Step(Struct, frozen=True):
    id: str
    html: str


class OrderingQuestion(Question, frozen=True, kw_only=True):
    """`steps` stand in the right order; whoever shows them shuffles (page.order.shuffled)."""

    steps: tuple[Step, ...]


class Reflection(Question, frozen=True, kw_only=True):
    """Free text for the learner's own use: never scored, `points` is 0."""


AnyPart = (
    Prose
    | Video
    | ChoiceQuestion
    | TrueFalseQuestion
    | BlankQuestion
    | NumberQuestion
    | MatchingQuestion
    | OrderingQuestion
    | Reflection
)


class Section(Struct, frozen=True):
    """A mục: what one `##` heading opens. `title` is plain text; `seconds` is its estimated reading time, questions
    left out (assumptions.toml)."""

    id: str
    title: str
    line: int
    seconds: int
    parts: tuple[AnyPart, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(part for part in self.parts if isinstance(part, Question))


class Topic(Struct, frozen=True, kw_only=True):
    """A chuyên đề. `digest` is the SHA-256 (hex) of its NFC text, of what it takes from the programme, and of its
    media; times are whole seconds; `pass_mark` is a percentage of the points."""

    id: str
    path: str
    title: str
    orientation: Orientation
    periods: int
    audience: str
    authors: tuple[str, ...]
    issuing_body: str
    sources: tuple[str, ...]
    edition: str
    derived_from: str
    review_by: date
    classification: Classification
    pass_mark: int
    minimum_seconds: int
    reading_seconds: int
    sections: tuple[Section, ...]
    assets: tuple[Asset, ...]
    digest: str

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)


class Session(Struct, frozen=True, kw_only=True):
    """A planned buổi or a stretch of self-paced study: `topics` are topic ids, empty when a speaker holds it without
    a text."""

    id: str
    title: str
    delivery: Delivery
    periods: int
    topics: tuple[str, ...]
    date: date | None
    starts: time | None
    place: str


class Program(Struct, frozen=True, kw_only=True):
    """A chương trình bồi dưỡng. `topics` stand in the order of the sessions that name them."""

    id: str
    path: str
    title: str
    scheme: str
    audience: str
    edition: str
    issuing_body: str
    summary: str
    terms: str
    pass_mark: int
    sessions: tuple[Session, ...]
    topics: tuple[Topic, ...]
