"""A cell as a workbook or a line of CSV has it, before anything is understood of it, and how it is refused."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from boiduong_vocabulary.vietnamese import nfc

from boiduong_exporter.faults import Code


class Kind(Enum):
    """What Excel took the content for."""

    BLANK = auto()
    TEXT = auto()
    NUMBER = auto()
    MOMENT = auto()
    """A number that is shown as a date or a time."""
    TRUTH = auto()
    ERROR = auto()
    UNCOMPUTED = auto()
    """A formula without a saved result."""
    OLD_TEXT = auto()
    """Text of TCVN3 or VNI letters in a font that does not say which."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is the cleaned text, or a number's decimal digits, or an error's name. `epoch` is added to a number to
    make it a serial day of the 1900 system. `bare` says that the file knows no difference of number and text (CSV).
    `zeros` is the length of the other codes of its column, where they begin with zeros."""

    row: int
    column: int
    kind: Kind = Kind.BLANK
    text: str = ""
    number: float = 0.0
    format: str = ""
    epoch: int = 0
    bare: bool = False
    zeros: int = 0

    @property
    def where(self) -> str:
        return f"ô {letters(self.column)}{self.row}"

    @property
    def line(self) -> str:
        """The text on one line, each space once."""
        return " ".join(self.text.split())

    @property
    def serial(self) -> float:
        return self.number + self.epoch


class CellError(Exception):
    """Why a cell cannot be read, and what its writer can do; the reader makes a Problem of it."""

    def __init__(self, message: str, hint: str, code: Code = Code.BAD_VALUE) -> None:
        super().__init__(message)
        self.message, self.hint, self.code = message, hint, code


def letters(column: int) -> str:
    """The name of a column: 1 -> A, 28 -> AB."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


_CLEANED = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA1), *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict.fromkeys((0xFFFE, 0xFFFF), " "),
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), None),
    0xD0: "Đ", 0xF0: "đ", 0x0A: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n",
}  # fmt: skip
"""What is pasted into cells unseen: odd spaces become spaces, zero-width characters vanish, the Icelandic look-alikes
of đ become it."""


def clean(text: str) -> str:
    """`text` in NFC, without what no cell shows and without the apostrophe that tells Excel "this is text"."""
    text = nfc(text.replace("\r\n", "\n").translate(_CLEANED)).strip()
    return text[1:].lstrip() if text.startswith("'") else text


_PARTY_CARD = re.compile(r"(?<!\d)\d{2}[. ]\d{6}(?!\d)")
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")
_PERSONAL = re.compile(f"{_LONG_NUMBER.pattern}|{_PARTY_CARD.pattern}")
_SHOWN = 60


def veiled(text: str) -> str:
    """`text` short enough for a message, and no personal number in it but its last two digits."""
    line = _PERSONAL.sub(lambda found: f"…{found.group()[-2:]}", " ".join(text.split()))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def is_party_card(text: str) -> bool:
    return _PARTY_CARD.fullmatch(text) is not None


def show_number(number: float) -> str:
    """As Excel shows it: at most fifteen digits, no needless ".0"."""
    return f"{number:.15g}"


_DATE_1900 = date(1899, 12, 30)
_FIRST_SOUND_SERIAL, _LAST_SERIAL = 61, 73_415


def serial_date(serial: float) -> date | None:
    """The day of a serial number, 01/03/1900 to 31/12/2100; before that lies Excel's 29/02/1900."""
    if not _FIRST_SOUND_SERIAL <= serial < _LAST_SERIAL:
        return None
    return _DATE_1900 + timedelta(days=int(serial))


def display(cell: Cell) -> str:
    """What an officer sees in `cell`, near enough for a header or a message."""
    if cell.kind is Kind.MOMENT and (day := serial_date(cell.serial)):
        return day.strftime("%d/%m/%Y")
    return cell.line
