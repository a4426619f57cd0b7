"""How papers look (the-thuc.toml): the Party's form and the State's, each figure with the words it rests on. Nothing is
counted from it, so it has no part in the rulebook's version."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, nfc
from msgspec import Struct, ValidationError, convert

from boiduong_exporter.credit.rules import Status
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.rulebook.unreadable import unreadable

FILE = "the-thuc.toml"
Under = Literal["", "line", "short", "star", "dashes"]


class _Said(Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """What a figure rests on; `source` may stand once for the whole form. What is only believed needs no quotation."""

    quote: str = ""
    source: str = ""
    status: Status = Status.TEXT
    basis: str = ""


class Paper(_Said, kw_only=True, frozen=True):
    width_mm: int
    height_mm: int


class Margins(_Said, kw_only=True, frozen=True):
    top_mm: int
    bottom_mm: int
    left_mm: int
    right_mm: int


class Font(_Said, kw_only=True, frozen=True):
    name: str


class PageNumber(_Said, kw_only=True, frozen=True):
    """Centred in the upper margin of every page but the first."""

    size: int
    from_top_mm: int


class Paragraph(_Said, kw_only=True, frozen=True):
    """Points after a paragraph of the body, its line spacing in lines, its first line's indent."""

    after_pt: int
    line: float
    indent_mm: int


class Signing(_Said, kw_only=True, frozen=True):
    """How "on behalf of" is abbreviated before a body's name ("T/M", "TM.")."""

    on_behalf: str


class Element(_Said, kw_only=True, frozen=True):
    """One part of a paper: its size in points, its face, what stands `under` it, its fixed `text`, and the text that a
    letter (công văn) has instead."""

    id: str
    size: int
    bold: bool = False
    italic: bool = False
    underline: bool = False
    under: Under = ""
    text: str = ""
    letter: str = ""


class Form(Struct, forbid_unknown_fields=True, frozen=True, dict=True):
    """How the papers of one kind of issuer look."""

    source: str
    paper: Paper
    margins: Margins
    font: Font
    page_number: PageNumber
    paragraph: Paragraph
    signing: Signing
    element: tuple[Element, ...]

    @cached_property
    def elements(self) -> dict[str, Element]:
        return {each.id: each for each in self.element}

    @property
    def width_mm(self) -> int:
        """Of the text between the margins."""
        return self.paper.width_mm - self.margins.left_mm - self.margins.right_mm

    @property
    def height_mm(self) -> int:
        return self.paper.height_mm - self.margins.top_mm - self.margins.bottom_mm


class Layout(Struct, forbid_unknown_fields=True, frozen=True):
    """The file."""

    party: Form
    state: Form

    def form(self, id_: str) -> Form:
        """Raises KeyError for another form than "party" and "state"."""
        return {"party": self.party, "state": self.state}[id_]


_NEEDED = (
    "heading", "superior", "issuer", "number", "place_date", "type", "subject", "letter_subject", "body", "section",
    "table", "recipients_title", "recipients", "signer", "draft", "mark",
)  # fmt: skip
"""The elements that every form has; "motto", the line under the heading, is the State's own."""
_KNOWN = (*_NEEDED, "motto")
_TEXTS = ("heading", "number", "place_date", "type", "recipients_title", "draft")
"""Those whose fixed text a paper cannot do without."""
_SIZES = range(6, 37)
_LEAST_MM = 100
"""What must be left between the margins, either way, for a paper to be one."""


def read_layout(folder: Path) -> tuple[Layout | None, list[Problem]]:
    """The layout in `folder`; None with the Problems where it does not hold."""
    path = folder / FILE
    try:
        layout = convert(tomllib.loads(nfc(path.read_bytes().decode("utf-8"))), Layout)
    except FileNotFoundError:
        hint = "chỉ đúng thư mục bằng --rules, hoặc chép tệp này từ content/rules"
        return None, [fault(Code.BAD_RULES, Place(str(path)), "không tìm thấy tệp thể thức này", hint)]
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        return None, [unreadable(path, str(error))]
    problems = [
        fault(code, Place(str(path)), f"[{name}]: {message}", hint)
        for name, form in (("party", layout.party), ("state", layout.state))
        for code, message, hint in (*_unfounded(form), *_unsound(form))
    ]
    return (None if problems else layout), problems


def _unfounded(form: Form) -> Iterator[tuple[Code, str, str]]:
    parts = {
        "paper": form.paper, "margins": form.margins, "font": form.font, "page_number": form.page_number,
        "paragraph": form.paragraph, "signing": form.signing,
    }  # fmt: skip
    for name, said in (*parts.items(), *((f"element {each.id}", each) for each in form.element)):
        missing = [key for key, value in _grounds(said, form.source) if not value.strip()]
        if missing:
            hint = (
                "chép đúng từng chữ câu làm căn cứ vào quote, nơi đã đọc vào source; điều chỉ tin là vậy thì ghi basis"
            )
            yield Code.UNFOUNDED_RULE, f"{name} thiếu {', '.join(missing)}", hint


def _grounds(said: _Said, source: str) -> Iterator[tuple[str, str]]:
    """What must be told, with what is."""
    if said.status is not Status.ASSUMPTION:
        yield from (("quote", said.quote), ("source", said.source or source))
    if said.status is not Status.TEXT:
        yield "basis", said.basis


def _unsound(form: Form) -> Iterator[tuple[Code, str, str]]:
    counts = Counter(each.id for each in form.element)
    for id_ in (id_ for id_ in _NEEDED if not counts[id_]):
        yield Code.BAD_RULES, f"thiếu element «{id_}»", "chép khối [[…element]] ấy từ content/rules/the-thuc.toml"
    for id_, count in counts.items():
        if id_ not in _KNOWN:
            hint = did_you_mean(id_, _KNOWN) or "dùng một trong: " + ", ".join(_KNOWN)
            yield Code.BAD_RULES, f"không hiểu element «{id_}»", hint
        if count > 1:
            yield Code.BAD_RULES, f"{count} khối element cùng id «{id_}»", "giữ một khối"
    for each in form.element:
        if each.id in _TEXTS and not each.text.strip():
            yield Code.BAD_RULES, f"element «{each.id}» thiếu text", "ghi chữ in trên giấy vào text"
        if each.size not in _SIZES:
            hint = f"cỡ chữ từ {_SIZES[0]} đến {_SIZES[-1]}"
            yield Code.BAD_RULES, f"element «{each.id}»: cỡ chữ {each.size} không dùng được", hint
    if min(form.width_mm, form.height_mm) < _LEAST_MM:
        hint = f"giữa các lề phải còn ít nhất {_LEAST_MM} mm mỗi chiều"
        yield Code.BAD_RULES, "lề quá rộng so với khổ giấy", hint
