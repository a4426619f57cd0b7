"""Vietnamese text: one normal form, ids without marks, both places of a tone, and the nearest known word for a slip of
the pen."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

_OPEN_RHYMES = (
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
    ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
    ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
)  # fmt: skip
_MODERN = {spell(old): spell(new) for old, new in _OPEN_RHYMES for spell in (str.lower, str.capitalize, str.upper)}
_OLD = {modern: old for old, modern in _MODERN.items()}
_OLD_TONE, _MODERN_TONE = (re.compile(rf"(?<![qQ])(?:{'|'.join(found)})\b") for found in (_MODERN, _OLD))
"""At the end of a syllable: "hoàn" has one spelling, and the u of "quý" belongs to its q."""


def nfc(text: str) -> str:
    """The composed form, in which all text lives from the reader on (macOS writes file names decomposed)."""
    return unicodedata.normalize("NFC", text)


def unmarked(text: str) -> str:
    """`text` without diacritics: "Đường" -> "Duong". Stripping marks leaves đ, so it is mapped by hand."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """An ASCII id: "Nhóm 3: ai học?" -> "nhom-3-ai-hoc"; empty when `text` has no letter or digit of ours."""
    return re.sub(r"[^a-z0-9]+", "-", unmarked(text).casefold()).strip("-")


def fold(text: str) -> str:
    """What two spellings of one thing share: letter case, both forms of Unicode, both places of a tone ("hòa" and
    "hoà"), and how many spaces stand between the words. Marks are kept: "Hoa" is another name."""
    return " ".join(modern_tones(nfc(text)).casefold().split())


def name_order(name: str) -> tuple[tuple[str, int], ...]:
    """The key that puts names in the order of a Vietnamese list: given name, family name, then the middle ones, each
    compared letter by letter in the order of the alphabet (a ă â … đ … ê … ô ơ … ư), tones after letters."""
    words = fold(name).split()
    if not words:
        return ()
    given, family, middle = words[-1], words[0] if len(words) > 1 else "", words[1:-1]
    return tuple(_alphabetical(word) for word in (given, family, *middle))


_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc, nặng: the order of dictionaries."""
_LETTERS = {letter: f"{place:02}" for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}


@lru_cache(maxsize=65_536)
def _alphabetical(word: str) -> tuple[str, int]:
    decomposed = unicodedata.normalize("NFD", word)
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
    letters = nfc("".join(mark for mark in decomposed if mark not in _TONES))
    return "".join(_LETTERS.get(letter, letter) for letter in letters), tone


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, marks aside."""
    by_slug = {slug(candidate): candidate for candidate in known}
    match = difflib.get_close_matches(slug(word), by_slug, n=1, cutoff=0.6)
    return by_slug[match[0]] if match else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question every unknown word is answered with, or nothing when no known word is near."""
    guess = nearest(word, known)
    return f"Có phải là «{guess}»?" if guess else ""


def modern_tones(text: str) -> str:
    """`text` with the tone of an open syllable where modern spelling has it ("uỷ" -> "ủy"), its length kept."""
    return _OLD_TONE.sub(lambda match: _MODERN[match.group()], text)


def old_tones(text: str) -> str:
    """The other way round: "ủy" -> "uỷ"."""
    return _MODERN_TONE.sub(lambda match: _OLD[match.group()], text)


def parse_date(text: str) -> date:
    """A date written as 31/12/2026, 31-12-2026 or 2026-12-31.

    Raises ValueError for anything else.
    """
    match = re.fullmatch(r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))\s*", text)
    if not match:
        raise ValueError(text)
    year, month, day = match.group(1, 2, 3) if match.group(1) else match.group(6, 5, 4)
    return date(int(year), int(month), int(day))


def show_date(day: date) -> str:
    return day.strftime("%d/%m/%Y")


_LOCAL_MS, _DAY_MS = 7 * 3_600_000, 86_400_000


def local_day(at_ms: int) -> date:
    """The day in Asia/Ho_Chi_Minh (seven hours ahead all year) of a moment in milliseconds since 1970, UTC."""
    return date(1970, 1, 1) + timedelta(days=(at_ms + _LOCAL_MS) // _DAY_MS)


def show_birth(birth: str) -> str:
    """A birth as people write it: "1970-03-12" -> "12/03/1970"; a year alone stays one."""
    return show_date(date.fromisoformat(birth)) if len(birth) == len("1970-03-12") else birth
