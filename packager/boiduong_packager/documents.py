"""`content/van-ban.toml`: legal documents with their force, and terms that ended; and where a text still uses them."""

import datetime
import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import modern_tones, nfc, show_date
from msgspec import Struct, ValidationError, convert

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.masking import blank, mask
from boiduong_packager.read.reading import HEAD
from boiduong_packager.read.source import Source

FILE = "van-ban.toml"
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"\n]*\"")
_QUOTATION = re.compile(r"^>[^\n]*(?:\n>[^\n]*)*", re.MULTILINE)
_ALERT = re.compile(r">\s*\[!")
_WRAPPED = re.compile(r"(?<=[^\n])\n(?=[^\n\s#|>*+:\-\d\[])")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*[.!?\n]?")
_HISTORY = re.compile(r"trước (?:ngày|đây|khi)|khi đó|lúc đó|thời điểm|nguyên là", re.IGNORECASE)
_DATE = re.compile(r"\b(?:(?:(?P<day>\d{1,2})[/-])?(?P<month>\d{1,2})[/-])?(?P<year>(?:19|20)\d\d)\b(?!/[A-ZĐ])")
"""A day, a month or a year, but not the year in a document's number (91/2025/QH15)."""


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """A legal document; `ends` is the day its force ends, `replaced_by` the number of what replaced it."""

    number: str
    issuer: str
    subject: str
    source: str
    date: datetime.date | None = None
    in_force: datetime.date | None = None
    ends: datetime.date | None = None
    replaced_by: str = ""

    def pattern(self) -> re.Pattern[str]:
        """The number by itself, however spaced: 66-QĐ/TW is not the end of 366-QĐ/TW, "145- QĐ/TW" is 145-QĐ/TW."""
        pieces = re.split(r"([-/])", self.number)
        spaced = "".join(rf"\s*{piece}\s*" if piece in ("-", "/") else re.escape(piece) for piece in pieces)
        return re.compile(rf"(?<![\w/-]){spaced}(?![\w/-])")

    def is_succeeded_in(self, sentence: str) -> bool:
        """Whether `sentence` names the replacing document too, in full or by its leading number ("Quy định 145")."""
        leading = re.split(r"[-/]", self.replaced_by)[0]
        return bool(leading) and re.search(rf"\b{re.escape(leading)}\b", sentence) is not None


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """A name that ended: from `ended` on it belongs in quotations and dated sentences only. `unless_followed_by` tells
    it from a longer name that is in use."""

    words: str
    ended: datetime.date
    instead: str
    source: str
    unless_followed_by: str = ""

    def pattern(self) -> re.Pattern[str]:
        beyond = rf"(?!\s+{re.escape(modern_tones(self.unless_followed_by))})" if self.unless_followed_by else ""
        return re.compile(rf"\b{re.escape(modern_tones(self.words))}\b{beyond}", re.IGNORECASE)


class Register(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The whole file."""

    document: tuple[Document, ...] = ()
    term: tuple[Term, ...] = ()

    @cached_property
    def terms(self) -> tuple[tuple[Term, re.Pattern[str]], ...]:
        """Longer terms first, so that "Ban Tuyên giáo Trung ương" is told once, by its own name."""
        ordered = sorted(self.term, key=lambda term: -len(term.words))
        return tuple((term, term.pattern()) for term in ordered)


def read_register(content: Path) -> tuple[Register, list[Problem]]:
    """The register beside the programmes; an empty one where there is no file."""
    path = content / FILE
    if not path.is_file():
        return Register(), []
    try:
        return convert(tomllib.loads(nfc(path.read_text("utf-8"))), Register), []
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        return Register(), [_register_fault(path, str(error))]


def _register_fault(path: Path, said: str) -> Problem:
    line = re.search(r"at line (\d+)", said)
    at = re.search(r"\$\.(?P<table>\w+)\[(?P<number>\d+)\]", said)
    message = "danh mục văn bản viết chưa đúng"
    if at:
        message += f": [[{at['table']}]] thứ {int(at['number']) + 1}"
    if name := re.search(r"field `(\w+)`", said):
        message += f", {'thiếu' if 'missing' in said else 'không có khóa'} «{name[1]}»"
    hint = "mỗi văn bản cần number, issuer, subject, source; mỗi từ cần words, ended, instead, source"
    return fault(Code.BAD_TOML, Place(str(path), int(line[1]) if line else 0), message, hint)


def citation_faults(register: Register, source: Source, as_of: datetime.date) -> Iterator[Problem]:
    """Documents that no longer hold and terms that ended, as `source` uses them on `as_of`."""
    for start, written in _sentences(source.text):
        sentence = modern_tones(written)
        yield from _ended_terms(register, source, as_of, start, sentence)
        yield from _replaced_documents(register, source, as_of, start, sentence)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of `text` with their offsets; front matter, code and quotations are blanked out."""
    plain = mask(HEAD.sub(blank, text))
    plain = _QUOTATION.sub(lambda match: match.group() if _ALERT.match(match.group()) else blank(match), plain)
    plain = _QUOTED.sub(blank, _WRAPPED.sub(" ", plain))
    return ((match.start(), match.group()) for match in _SENTENCE.finditer(plain) if match.group().strip())


def _ended_terms(
    register: Register, source: Source, as_of: datetime.date, start: int, sentence: str
) -> Iterator[Problem]:
    for term, pattern in register.terms:
        for match in pattern.finditer(sentence):
            sentence = sentence[: match.start()] + " " * len(match.group()) + sentence[match.end() :]
            if term.ended <= as_of and not _is_history(sentence, term.ended):
                message = f"«{match.group()}» không còn từ {show_date(term.ended)}"
                hint = f"{term.instead}; hoặc ghi rõ thời điểm, hoặc đặt trong ngoặc kép khi trích dẫn"
                yield fault(Code.ENDED_TERM, source.place(start + match.start()), message, hint)


def _replaced_documents(
    register: Register, source: Source, as_of: datetime.date, start: int, sentence: str
) -> Iterator[Problem]:
    for document in register.document:
        found = document.pattern().search(sentence)
        if found is None or document.ends is None or document.ends > as_of or document.is_succeeded_in(sentence):
            continue
        message = f"{document.number} hết hiệu lực từ {show_date(document.ends)}"
        hint = f"dẫn {document.replaced_by}" if document.replaced_by else "tra cứu văn bản hiện hành"
        hint += ", hoặc nêu cả văn bản thay thế trong cùng câu"
        if document.replaced_by or not _is_history(sentence, document.ends):
            yield fault(Code.REPLACED_DOCUMENT, source.place(start + found.start()), message, hint)


def _is_history(sentence: str, ended: datetime.date) -> bool:
    """Whether `sentence` speaks of a time when what has `ended` was still there: it says so, or has such a date."""
    return _HISTORY.search(sentence) is not None or any(day <= ended for day in _dates(sentence))


def _dates(sentence: str) -> Iterator[datetime.date]:
    """The dates in `sentence`, a month or a year by its first day; impossible ones are passed over."""
    for match in _DATE.finditer(sentence):
        try:
            yield datetime.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        except ValueError:
            continue
