"""Every fault an officer's file can have, by a language-free code, and the way to report one.

Each code has a case in tests/exporter, and a paragraph in docs/loi-nhap-lieu.md; tests hold both to this list.
"""

from enum import StrEnum

from boiduong_vocabulary.problem import Place, Problem, Severity


class Code(StrEnum):
    """The letter says where to look: B the file or the table, V the value in a cell, O organizations, N people,
    C classes and attendance, R the rules, P templates of papers, L the logs of study."""

    NOT_A_TABLE_FILE = "B01"
    """Neither a workbook nor delimited text, or a damaged one."""
    LOCKED = "B02"
    """A workbook behind a password."""
    OLD_WORKBOOK = "B03"
    """An .xls of Excel 97-2003, or a binary .xlsb."""
    EMPTY_FILE = "B04"
    """No bytes, or no filled cell."""
    TOO_LARGE = "B05"
    """More rows, columns or XML than any list of cadres has."""
    NOT_UTF8 = "B06"
    """Delimited text in another encoding."""
    NO_TABLE = "B07"
    """No sheet has the header of a table that was asked for."""
    MISSING_COLUMN = "B08"
    """A column that must be there is not."""
    NEAR_HEADER = "B09"
    """A header that is almost that of a column; proposed, never taken."""
    UNKNOWN_COLUMN = "B10"
    """Columns that are not read."""
    IDENTIFIER_COLUMN = "B11"
    """Columns of citizen ids or Party card numbers, which the books do not take."""
    REPEATED_COLUMN = "B12"
    """Two columns for one session."""
    HIDDEN = "B13"
    """Hidden rows, columns or sheets; they are read."""
    SHEET_LEFT_OUT = "B14"
    """A sheet with no table of ours beside one that has."""
    EMPTY_TABLE = "B15"
    """A header with no row under it."""
    OPEN_QUOTE = "B16"
    """A quotation mark that swallows the lines below it."""
    LONG_ROW = "B17"
    """More cells than the header has columns, so that values may stand in the wrong column."""
    MISSING_MARK = "B18"
    """A fact that must stand above the table does not."""
    CONVERTED = "B19"
    """Text in an old typeface, converted to Unicode."""
    ANOTHER_KIND = "B20"
    """A table of ours, but of another kind than was asked for."""

    EMPTY_VALUE = "V01"
    """A cell that must be filled."""
    BAD_VALUE = "V02"
    """Not the kind of value that the column holds."""
    UNKNOWN_CHOICE = "V03"
    """Not one of the words that the column takes."""
    LOST_ZERO = "V04"
    """A code whose leading zeros Excel dropped."""
    BAD_DATE = "V05"
    """No date, or one that can be read in two ways."""
    MADE_A_DATE = "V06"
    """Something typed that Excel turned into a date."""
    BAD_NUMBER = "V07"
    """No number, or one out of range."""
    BAD_TIME = "V08"
    """No time of day, or no span of one."""
    CELL_ERROR = "V09"
    """Excel's own error value (#N/A)."""
    NOT_COMPUTED = "V10"
    """A formula whose result was never saved."""
    OLD_TEXT = "V11"
    """Text of an old encoding that cannot be converted surely."""
    PERSONAL_NUMBER = "V12"
    """A citizen id or Party card number where a code belongs."""
    CONFLICT = "V13"
    """Two cells for one value that disagree."""

    UNKNOWN_ORGANIZATION = "O01"
    """An organization that neither the books nor the file has."""
    SPANS_OVERLAP = "O02"
    """Two states of one organization, or two terms, on one day."""
    IN_A_CIRCLE = "O03"
    """An organization that stands above itself."""
    ENDS_EARLY = "O04"
    """An end before its beginning."""

    NOBODY = "N01"
    """A row whose person the books do not have."""
    SEVERAL_PEOPLE = "N02"
    """A row that may speak of more than one person."""
    ANOTHER_PERSON = "N03"
    """A code that belongs to someone else."""
    TOLD_TWICE = "N04"
    """Two rows of one person that disagree."""
    UNDATED_CHANGE = "N05"
    """Another managing body than the books have, without the day from which."""
    STILL_HELD = "N06"
    """A post that the books have and the file passes over."""
    WITHOUT_CODE = "N07"
    """People who have no code yet."""

    UNKNOWN_CLASS = "C01"
    """A class that neither the books nor the file has."""
    NO_DAYS = "C02"
    """A class whose decision states neither days nor periods."""
    OVER_THE_DECISION = "C03"
    """More sessions or periods than the decision states."""
    REPEATED_SESSION = "C04"
    """Two sessions of a class on one half day."""
    UNKNOWN_SESSION = "C05"
    """A half day on which the class has no session."""
    UNKNOWN_PLACE = "C06"
    """A hall or bridge that the class does not have; or none told, where the class has both."""
    UNKNOWN_TOPIC = "C07"
    """A topic that neither the sheet nor a catalog describes."""
    NOTHING_MARKED = "C08"
    """Rows of an attendance sheet without any mark; they are skipped."""
    ENTERED_OTHERWISE = "C09"
    """Attendance that the ledger has otherwise; it takes a reversal, not another row."""
    NOT_A_CATALOG = "C10"
    """A file that is no catalog.json."""
    REPEATED_ROW = "C11"
    """Two rows for one thing: a class, a place, a topic, a line of a plan."""
    SELF_PACED_SESSION = "C12"
    """A self-paced session among the half days: it belongs in the table of topics."""
    LEADER_WITHOUT_TEAM = "C13"
    """A team leader of no team."""
    SEVERAL_LEADERS = "C14"
    """A team with more than one leader; all of them may tick it."""

    BAD_RULES = "R01"
    """A rule file that is missing, or not of the shape."""
    UNFOUNDED_RULE = "R02"
    """A figure without the words it rests on, or without their source."""
    LOOSER_RULE = "R03"
    """A local document that asks less than the one it implements."""
    RULES_OVERLAP = "R04"
    """Two central regulations in force on one day."""
    BAD_READING = "R05"
    """A reading that is missing, unknown, or has a value the count does not understand."""

    NOT_A_TEMPLATE = "P01"
    """A template of a paper that is no .docx, a damaged one, or one without any tag: a report already filled."""
    BAD_TAG = "P02"
    """A template with a tag that is broken, or that asks for what reports do not have."""

    NOT_A_LOG = "L01"
    """A file that is none of the logs that are read."""
    CUT_SHORT = "L02"
    """A log that ends in the middle of a line, or cannot be unpacked to its end."""
    BROKEN_LINE = "L03"
    """A line that is no JSON, or no text."""
    LONG_LINE = "L04"
    """A line longer than any sign or statement is."""
    BAD_FIELD = "L05"
    """A field of a line of ours that is missing, of another type, or out of range."""
    BAD_MOMENT = "L06"
    """A time that cannot be read, or that no clock can have shown."""
    OLD_CLAIM = "L07"
    """Time claimed while offline that waited on the device for more than seven days."""
    NO_LEARNER = "L08"
    """A line without the account of whoever studied."""
    SEVERAL_LEARNERS = "L09"
    """An account that is registered for more than one person."""
    UNKNOWN_LEARNER = "L10"
    """An account that the register of accounts does not have."""
    UNKNOWN_STUDY = "L11"
    """A class or topic that the log does not tell, or that the books do not have."""
    DAY_CLOSED = "L12"
    """Study on a day whose raw signs were discarded when their retention ended."""
    DAY_DAMAGED = "L13"
    """Study on a day whose kept file is missing or altered."""


WARNINGS = frozenset(
    {
        Code.NEAR_HEADER,
        Code.UNKNOWN_COLUMN,
        Code.IDENTIFIER_COLUMN,
        Code.HIDDEN,
        Code.SHEET_LEFT_OUT,
        Code.EMPTY_TABLE,
        Code.CONVERTED,
        Code.STILL_HELD,
        Code.WITHOUT_CODE,
        Code.NOTHING_MARKED,
        Code.SEVERAL_LEADERS,
    }
)
"""Told, but no reason to refuse a row; everything else is an error."""


def fault(code: Code, place: Place, message: str, hint: str) -> Problem:
    """A Problem of the exporter, with the severity its code has."""
    severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
    return Problem(code.value, place, message, hint, severity)
