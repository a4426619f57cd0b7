"""Every fault an author can make, by a language-free code, and the way to report one.

Each code has a case in tests/packager/cases, and a paragraph in docs/problems.md; tests hold both to this list.
"""

from enum import StrEnum

from boiduong_vocabulary.problem import Place, Problem, Severity


class Code(StrEnum):
    """The letter says where to look: F file, P programme, K front matter, S structure, Q question, M media, L link,
    H raw HTML, T time, D documents and words, I ids of the last build."""

    NO_FILE = "F01"
    LEGACY_ENCODING = "F02"
    NOT_UTF8 = "F03"
    FILE_TOO_LARGE = "F04"
    SLUG_COLLISION = "F05"

    BAD_TOML = "P01"
    MISSING_PROGRAM_KEY = "P02"
    UNKNOWN_PROGRAM_KEY = "P03"
    BAD_PROGRAM_VALUE = "P04"
    UNKNOWN_TOPIC = "P05"
    DUPLICATE_SESSION = "P06"
    TOPIC_NOT_IN_SESSION = "P07"
    DUPLICATE_TOPIC = "P08"

    NO_FRONT_MATTER = "K01"
    BAD_YAML = "K02"
    MISSING_KEY = "K03"
    UNKNOWN_KEY = "K04"
    BAD_VALUE = "K05"
    DUPLICATE_KEY = "K06"
    CLASSIFIED = "K07"

    TOP_HEADING = "S01"
    SKIPPED_LEVEL = "S02"
    DUPLICATE_ID = "S03"
    BAD_ID = "S04"
    NO_SECTION = "S05"
    UNDEFINED_FOOTNOTE = "S06"
    BAD_MATH = "S07"
    NOT_A_HEADING = "S08"
    DEEP_HEADING = "S09"
    EMPTY_SECTION = "S10"
    UNUSED_FOOTNOTE = "S11"
    UNKNOWN_ALERT = "S12"
    WORD_LIST = "S13"
    BROKEN_TABLE = "S14"
    UNCLOSED_CODE = "S15"

    UNCLOSED_QUESTION = "Q01"
    NO_QUESTION_ID = "Q02"
    NO_ANSWER = "Q03"
    BAD_ATTRIBUTE = "Q04"
    EMPTY_STEM = "Q05"
    TOO_FEW_CHOICES = "Q06"
    ALL_RIGHT = "Q07"
    REPEATED_CHOICE = "Q08"
    MIXED_KINDS = "Q09"
    UNKNOWN_BLOCK = "Q10"
    ANSWER_IN_REFLECTION = "Q11"
    NESTED_QUESTION = "Q12"
    STRAY_TEXT = "Q13"
    OUTSIDE_QUESTION = "Q14"
    FOOTNOTE_IN_QUESTION = "Q15"

    MISSING_MEDIA = "M01"
    NO_DESCRIPTION = "M02"
    REMOTE_MEDIA = "M03"
    UNKNOWN_MEDIA = "M04"
    UNSAFE_DRAWING = "M05"
    OUTSIDE_PROGRAM = "M06"
    BAD_IMAGE = "M07"
    MEDIA_NOT_ALONE = "M08"

    BROKEN_LINK = "L01"
    UNSAFE_LINK = "L02"

    FORBIDDEN_TAG = "H01"
    FORBIDDEN_ATTRIBUTE = "H02"
    UNCLOSED_TAG = "H03"

    PERIODS_UNLIKE_READING = "T01"
    MINIMUM_OVER_READING = "T02"

    REPLACED_DOCUMENT = "D01"
    ENDED_TERM = "D02"
    REVIEW_OVERDUE = "D03"

    VANISHED_ID = "I01"


WARNINGS = frozenset(
    {
        Code.TOPIC_NOT_IN_SESSION,
        Code.UNUSED_FOOTNOTE,
        Code.WORD_LIST,
        Code.PERIODS_UNLIKE_READING,
        Code.REPLACED_DOCUMENT,
        Code.ENDED_TERM,
        Code.REVIEW_OVERDUE,
        Code.VANISHED_ID,
    }
)
"""Told, but no reason to refuse a build; everything else is an error."""


def fault(code: Code, place: Place, message: str, hint: str) -> Problem:
    """A Problem of the packager, with the severity its code has."""
    severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
    return Problem(code.value, place, message, hint, severity)
