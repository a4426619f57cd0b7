"""Raw HTML inside Markdown: a short list of harmless tags; scripts, event handlers and remote resources are refused."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import did_you_mean
from lxml import etree

from boiduong_packager.faults import Code, fault
from boiduong_packager.read.source import Source

_WORDS = ("abbr", "cite", "del", "dfn", "ins", "kbd", "mark", "q", "s", "small", "span", "sub", "sup", "u")
TAGS = frozenset((*_WORDS, "br", "details", "div", "hr", "summary", "wbr"))
ATTRIBUTES = frozenset(("class", "id", "lang", "title", "dir", "open"))
_VOID = frozenset(("br", "hr", "wbr"))
_ATTRIBUTE_LIST = re.compile(r"\{:?[^}\n]*\}")
_NAMED = re.compile(r"(?<=[\s{:])(?P<name>[^\s=#.{}:]+)=")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]*>|<[^\s<>@]+@[^\s<>]+>")


def html_faults(source: Source, masked: str) -> Iterator[Problem]:
    """What in `masked` (the text of `source`, code blanked out) may not stand in a topic."""
    text = _AUTOLINK.sub(lambda match: " " * len(match.group()), masked)
    scanner = _Scanner(source, text)
    scanner.feed(text)
    scanner.close()
    yield from scanner.problems
    yield from scanner.unclosed()


def attribute_faults(source: Source, masked: str, body: int) -> Iterator[Problem]:
    """Markdown's attribute lists, `{#id .class name=value}`, reach the page like attributes of raw HTML. The opening
    lines of questions have attributes of their own."""
    for found in _ATTRIBUTE_LIST.finditer(masked, body):
        if masked.rfind("\n:::", 0, found.start()) > masked.rfind("\n", 0, found.start()) - 1:
            continue
        for match in _NAMED.finditer(found.group()):
            if match["name"].lower() not in ATTRIBUTES:
                hint = "trong { } chỉ dùng mã {#ma} và lớp {.ten}; bỏ phần này"
                place = source.place(found.start() + match.start())
                yield fault(Code.FORBIDDEN_ATTRIBUTE, place, f"thuộc tính «{match['name']}» không được dùng", hint)


class _Scanner(HTMLParser):
    """The standard library's tag scanner, keeping offsets."""

    def __init__(self, source: Source, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._source = source
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._open: list[tuple[str, int]] = []
        self.problems: list[Problem] = []

    def set_cdata_mode(self, *_: object, **__: object) -> None:
        """A script's text is scanned on like any other, so that what follows it is told too."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._refuse(Code.FORBIDDEN_TAG, f"thẻ <{tag}> không được dùng", self._instead(tag))
            return
        for name, _ in attrs:
            if name not in ATTRIBUTES:
                hint = "bỏ thuộc tính này; chỉ dùng: " + ", ".join(sorted(ATTRIBUTES))
                self._refuse(Code.FORBIDDEN_ATTRIBUTE, f"thuộc tính «{name}» của <{tag}> không được dùng", hint)
        self._check_spelling(tag)
        if tag not in _VOID:
            self._open.append((tag, self._offset()))

    def _check_spelling(self, tag: str) -> None:
        """A tag that a browser forgives may still be no XHTML: values without quotes, attributes without values."""
        written = (self.get_starttag_text() or "").rstrip("/>")
        try:
            etree.fromstring(f"{written}/>")
        except etree.XMLSyntaxError:
            hint = 'viết giá trị trong ngoặc kép thẳng, ví dụ <span class="so"> hay <details open="open">'
            self._refuse(Code.FORBIDDEN_ATTRIBUTE, f"thuộc tính của <{tag}> viết chưa đúng", hint)

    def handle_decl(self, decl: str) -> None:
        self._refuse(Code.FORBIDDEN_TAG, f"«<!{decl[:12]}» không được dùng", "bỏ thẻ này")

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self._refuse(Code.FORBIDDEN_TAG, f"«<?{data[:12]}» không được dùng", "bỏ thẻ này")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open and self._open[-1][0] == tag and tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in TAGS or tag in _VOID:
            return
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self._refuse(Code.UNCLOSED_TAG, f"</{tag}> không có thẻ mở", f"thêm <{tag}> hoặc bỏ </{tag}>")

    def unclosed(self) -> Iterator[Problem]:
        for tag, offset in self._open:
            yield fault(Code.UNCLOSED_TAG, self._source.place(offset), f"<{tag}> chưa đóng", f"thêm </{tag}>")

    def _refuse(self, code: Code, message: str, hint: str) -> None:
        self.problems.append(fault(code, self._source.place(self._offset()), message, hint))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _instead(self, tag: str) -> str:
        known = {
            "b": "chữ đậm viết **chữ**",
            "strong": "chữ đậm viết **chữ**",
            "i": "chữ nghiêng viết *chữ*",
            "em": "chữ nghiêng viết *chữ*",
            "p": "để một dòng trống giữa hai đoạn, không cần thẻ",
            "font": "không định dạng phông chữ, màu chữ trong chuyên đề",
            "img": "chèn hình bằng ![mô tả](hinh/tep.svg)",
            "a": "viết liên kết bằng [chữ](địa chỉ)",
            "table": "kẻ bảng bằng dấu |",
            "script": "chuyên đề không được chứa mã lệnh",
            "iframe": "không nhúng trang ngoài; đặt tệp phim vào thư mục rồi chèn như hình",
            "video": "chèn phim như hình: ![mô tả](phim/tep.mp4)",
            "audio": "chèn tiếng như hình: ![mô tả](tieng/tep.mp3)",
        }
        return known.get(tag) or did_you_mean(tag, TAGS) or "bỏ thẻ này; dấu < trong chữ viết là &lt;"
