"""A workbook's styles and shared texts: what a number is shown as, and what a text in an old font really says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from boiduong_exporter.readers.cell import clean
from boiduong_exporter.readers.legacy import is_old_font, to_unicode

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The number formats that every workbook has and that show a date or a time."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Runs = tuple[tuple[str, str], ...]
"""A text by its stretches of one font: (font, text); "" is the font of the cell."""


@dataclass(frozen=True)
class Style:
    format: str
    dated: bool
    font: str


@dataclass
class Styles:
    """The styles of cells by number; `plain` stands for any number that is not there."""

    cells: list[Style]
    plain: Style = field(default_factory=lambda: Style("General", False, ""))

    def __getitem__(self, number: str | None) -> Style:
        place = int(number) if number and number.isdecimal() and number.isascii() else 0
        return self.cells[place] if place < len(self.cells) else self.plain


def read_styles(root: Any) -> Styles:
    """The styles of styles.xml, or of no such file (None)."""
    if root is None:
        return Styles([])
    formats = {item.get("numFmtId"): item.get("formatCode") or "" for item in root.iterfind("{*}numFmts/{*}numFmt")}
    fonts = [_font_name(font) for font in root.iterfind("{*}fonts/{*}font")]
    return Styles([_style(item, formats, fonts) for item in root.iterfind("{*}cellXfs/{*}xf")])


def _style(item: Any, formats: dict[str | None, str], fonts: list[str]) -> Style:
    number = item.get("numFmtId") or "0"
    format_ = formats.get(number, "")
    dated = is_date_format(format_) if format_ else number.isdecimal() and int(number) in _DATES
    font = item.get("fontId") or "0"
    known = font.isdecimal() and int(font) < len(fonts)
    return Style(format_, dated, fonts[int(font)] if known else "")


def _font_name(font: Any) -> str:
    name = font.find("{*}name")
    return _old(name)


def _old(name: Any) -> str:
    """The font's name where it matters: an old one; else ""."""
    found = (name.get("val") or "") if name is not None else ""
    return found if is_old_font(found) else ""


def is_date_format(format_: str) -> bool:
    """True when the number format shows a date or a time: it has one of their letters outside quotes and brackets."""
    shown = _LITERAL.sub("", format_.partition(";")[0])
    return _DATE_LETTER.search(shown) is not None and "General" not in format_


def runs_of(item: Any) -> Runs:
    """The text of an <si> or <is> element; the reading aids of East Asian scripts (<rPh>) are no part of it."""
    return tuple(_runs(item))


def _runs(item: Any) -> Iterator[tuple[str, str]]:
    for part in item:
        if not isinstance(part.tag, str):
            continue
        if part.tag.endswith("}t"):
            yield "", part.text or ""
        elif part.tag.endswith("}r"):
            text = part.find("{*}t")
            yield _run_font(part), (text.text or "") if text is not None else ""


def _run_font(run: Any) -> str:
    properties = run.find("{*}rPr")
    if properties is None:
        return ""
    name = properties.find("{*}rFont")
    return (_old(name) or "Unicode") if name is not None else ""


class Texts:
    """Cell texts made clean once for each text and font, and a record of what was converted."""

    def __init__(self) -> None:
        self._known: dict[tuple[Runs, str], tuple[str, str]] = {}

    def text(self, runs: Runs, font: str) -> tuple[str, str]:
        """The text in Unicode; and, where an old font was converted, what it was typed as."""
        key = (runs, font)
        if key not in self._known:
            self._known[key] = _texts(runs, font)
        return self._known[key]


def _texts(runs: Runs, font: str) -> tuple[str, str]:
    typed = "".join(_unescaped(text) for _, text in runs)
    told = "".join(_in_unicode(_unescaped(text), own or font) for own, text in runs)
    return clean(told), clean(typed) if told != typed else ""


def _in_unicode(text: str, font: str) -> str:
    return to_unicode(text, font) if is_old_font(font) else text


def _unescaped(text: str) -> str:
    """Control characters stand in XML as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
