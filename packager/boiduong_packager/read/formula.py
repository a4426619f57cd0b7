"""LaTeX to MathML at build time: a phone needs no library to show it."""

import html
import re
from collections.abc import Callable

from lxml import etree
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

BLOCK = r"(?<![\\$])\$\$(?!\$)(.+?)\$\$"
INLINE = r"(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s$\\])\$(?![\d$])"
_PARTS = {"mfrac": 2, "msub": 2, "msup": 2, "mroot": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3}
_TEXT = re.compile(r"\\(?:text|mathrm|mbox|textbf|textit)\{[^{}]*\}")


class MathError(ValueError):
    """A formula that cannot be read: its LaTeX text."""


def mathml_of(latex: str, display: str) -> str:
    """The `<math>` element for a formula.

    Raises MathError when the formula cannot be read, or is no formula but an amount of money in running text.
    """
    bare = _TEXT.sub("", latex)
    if not _is_balanced(latex) or any(letter.isalpha() and not letter.isascii() for letter in bare):
        raise MathError(latex)
    mathml = _converted(latex, display)
    is_whole = all(_has_its_parts(element) for element in etree.fromstring(mathml).iter())
    if not is_whole or "\\" in mathml:  # an unknown command is passed through as if it were a name
        raise MathError(latex)
    return re.sub(r"&#x0*([0-9A-Fa-f]+);", _spelled, mathml)


def _converted(latex: str, display: str) -> str:
    """latex2mathml is imported when used: few topics have formulas. It has no base class for its errors, and its
    tokenizer stumbles in the ways of a list walker."""
    from latex2mathml import converter, exceptions  # noqa: PLC0415

    own = tuple(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception))
    slips = (IndexError, KeyError, ValueError, TypeError, AttributeError, StopIteration, RuntimeError)
    refusals: tuple[type[Exception], ...] = (*own, *slips, etree.XMLSyntaxError)
    try:
        mathml: str = converter.convert(latex, display=display)
        etree.fromstring(mathml)
    except refusals as error:
        raise MathError(latex) from error
    return mathml


def _has_its_parts(element: etree._Element) -> bool:
    """A fraction without its second part is drawn by no browser, and refused by none."""
    parts = _PARTS.get(etree.QName(element).localname)
    return parts is None or len(element) == parts


def _is_balanced(latex: str) -> bool:
    plain = re.sub(r"\\.", "", latex)
    return plain.count("{") == plain.count("}")


def _spelled(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return html.escape(character) if character in "<>&" else character


class Formula(InlineProcessor):
    """A formula between dollars; `refuse` is told of one that cannot be read, and its text stays as it is."""

    def __init__(self, pattern: str, md: Markdown, display: str, refuse: Callable[[str], None]) -> None:
        super().__init__(pattern, md)
        self._display, self._refuse = display, refuse

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        try:
            shown = mathml_of(m.group(1).strip(), self._display)
        except MathError:
            self._refuse(m.group())
            shown = html.escape(m.group())
        return self.md.htmlStash.store(shown), m.start(0), m.end(0)
