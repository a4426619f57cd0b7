"""The shell that all pages of the web target share: head, skip link, landmarks, and what each printed sheet repeats."""

import re
from dataclasses import dataclass
from enum import StrEnum

from boiduong_packager.page.markup import E, Markup, join

INDEX = "index.html"
STYLESHEET = "web.css"
DIGEST_SHOWN = 8
"""How many characters of a topic's digest stand on paper."""

# Ids of ours begin with "_": a slug of the author's never does.
_MAIN = "_noi-dung"
_ESCAPED = re.compile(r"[^\w ]", re.ASCII)
_FIRST_BEYOND_ASCII = 0xA0
_RUNNING_TITLE = 80
_NUMBER = re.compile(r"(?=.{3,18}$)\S*\w-\w\S*")
"""A hyphenated word short enough for one line of a phone."""


class Copy(StrEnum):
    """The versions of a topic's page; the value stands in the file's name."""

    READING = ""
    ANSWERS = "dap-an"
    SINGLE_FILE = "mot-tep"

    @property
    def notice(self) -> str:
        return _NOTICES[self]


_NOTICES = {
    Copy.READING: "Bản đọc và in, không tính giờ học",
    Copy.ANSWERS: "Bản có đáp án – dành cho giảng viên",
    Copy.SINGLE_FILE: "Bản đọc, không tính giờ",
}


@dataclass(frozen=True)
class Shell:
    """What surrounds a page's body. `running` is the short line on top of every sheet after the first, `notice` stands
    on top of all, `footer` at their foot; `style` is the whole style sheet of a page that stands alone, else empty."""

    title: str
    running: str
    footer: str
    notice: str = ""
    style: str = ""
    indexed: bool = True


def page_name(topic_id: str, copy: Copy) -> str:
    """The file of a topic's page. A slug holds no full stop, so that the copies' names never meet."""
    kind = copy.value or ("chuyen-de" if f"{topic_id}.html" == INDEX else "")
    return ".".join(filter(None, (topic_id, kind, "html")))


def page(shell: Shell, main: Markup, before: str = "", after: str = "") -> bytes:
    """A whole document; `before` and `after` stand around its `<main>` and are not printed."""
    skip = E("a", "Đến nội dung chính", class_="skip", href=f"#{_MAIN}")
    body = E("body", skip, "\n", before, E("main", main, id=_MAIN, tabindex="-1"), after)
    return join(Markup("<!DOCTYPE html>\n"), E("html", _head(shell), "\n", body, lang="vi"), "\n").encode()


def _head(shell: Shell) -> Markup:
    robots = "" if shell.indexed else E("meta", name="robots", content="noindex")
    style = E("style", _sealed(shell.style)) if shell.style else E("link", rel="stylesheet", href=STYLESHEET)
    return E(
        "head",
        E("meta", charset="utf-8"),
        E("meta", name="viewport", content="width=device-width, initial-scale=1"),
        E("title", shell.title),
        robots,
        style,
        E("style", Markup(sheet_style(shell))),
    )


def sheet_style(shell: Shell) -> str:
    """The rules that put this page's own words into the margins of every printed sheet (web.css sets their type)."""
    boxes = {
        "top-left": css_string(shortened(shell.running)),
        "top-right": css_string(shell.notice),
        "bottom-left": css_string(shell.footer),
        "bottom-right": '"Trang " counter(page) "/" counter(pages)',
    }
    rules = "".join(f"@{box}{{content:{content}}}" for box, content in boxes.items())
    return f'@page{{{rules}}}@page :first{{@top-left{{content:""}}}}'


def css_string(text: str) -> str:
    r"""`text` as a CSS string. All ASCII but letters, figures and spaces is escaped by number (`"` becomes `\22 `), so
    that neither the string nor the style element around it can be closed from within."""
    return '"' + _ESCAPED.sub(_by_number, text) + '"'


def _by_number(found: re.Match[str]) -> str:
    character = found.group()
    return character if ord(character) >= _FIRST_BEYOND_ASCII else f"\\{ord(character):x} "


def _sealed(style: str) -> Markup:
    r"""A style sheet that cannot close its element: `</` stands in strings only, where `<\/` says the same."""
    return Markup(style.replace("</", r"<\/"))


def shortened(text: str, length: int = _RUNNING_TITLE) -> str:
    """`text` cut at a word to `length` characters, so that a long title stays on one line of the margin."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(maxsplit=1)[0].rstrip(" ,;:–-") + " …"


def heading(title: str) -> Markup:
    """The page's `<h1>`, in which a document's number ("145-QĐ/TW") is not broken at its hyphen."""
    words = (E("span", word, class_="whole") if _NUMBER.fullmatch(word) else word for word in re.split(r"(\s)", title))
    return E("h1", *words)


def facts(*rows: tuple[str, str]) -> Markup:
    """A list of terms and values; a term without a value is left out."""
    return E("dl", *(E("div", E("dt", term), E("dd", value)) for term, value in rows if value), class_="facts")


def paragraphs(text: str) -> Markup:
    """Plain text, with an empty line between paragraphs."""
    return join(*(E("p", " ".join(part.split())) for part in re.split(r"\n\s*\n", text) if part.strip()))
