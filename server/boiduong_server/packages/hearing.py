"""Where the study clock may hear nothing: it listens in the package's own pages and in frames of the same origin. A
film from another host, Flash, a closed frame or a PDF in the browser's reader tells it of no key and no touch, so that
one who reads there long is taken to have left. Found by what stands in the pages, not by what a script makes later.
"""

import re
from collections.abc import Callable, Iterator

from boiduong_vocabulary.problem import Place, Problem
from lxml import etree, html

from boiduong_server.packages.addresses import file_of
from boiduong_server.packages.archive import Archive
from boiduong_server.packages.faults import Code, fault
from boiduong_server.packages.structure import Structure

_PAGES = (".html", ".htm", ".xhtml")
_DOCUMENTS = (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt", ".odp")
_LARGEST = 2 * 1024 * 1024
"""Bytes of a page that are looked at: a frame stands before its long tables."""
_MOST = 2_000
"""Pages looked at: more are made by one tool from one mould."""
_FOREIGN = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
_FRAMES = (("iframe", "src"), ("frame", "src"), ("object", "data"), ("embed", "src"))
_REFRESH = re.compile(r"url\s*=(?P<url>.+)", re.IGNORECASE | re.DOTALL)
_SENT_AWAY = re.compile(
    r"""location(?:\.href)?\s*(?:=(?!=)|\.(?:replace|assign)\()\s*['"](?P<url>(?:https?:)?//[^'"]+)"""
)


def unheard(archive: Archive, structure: Structure, name: str) -> Iterator[Problem]:
    """Each kind of trouble once, with the first page where it was met."""
    told: set[str] = set()
    for problem in _each(archive, structure, name):
        if problem.code not in told:
            told.add(problem.code)
            yield problem


def _each(archive: Archive, structure: Structure, name: str) -> Iterator[Problem]:
    for unit in structure.units:
        path = file_of(unit.href)
        if path.casefold().endswith(_DOCUMENTS):
            message = f"mục «{unit.title}» mở thẳng một tệp tài liệu («{path}»)"
            hint = "giờ học có thể bị tính thiếu khi đọc lâu; nên chuyển nội dung thành trang web trong gói"
            yield fault(Code.DOCUMENT, Place(name), message, hint)
    if any(path.casefold().endswith(".swf") for path in archive.files):
        message, hint = "gói có tệp Flash (.swf)", "trình duyệt không còn chạy Flash; xuất lại bài dạng HTML5"
        yield fault(Code.FLASH, Place(name), message, hint)
    pages = [path for path in archive.files if path.casefold().endswith(_PAGES)]
    for path in pages[:_MOST]:
        page = _parsed(archive.read(path, _LARGEST))
        if page is not None:
            yield from (problem for look in _LOOKS for problem in look(page, Place(f"{name}/{path}")))


def _parsed(data: bytes) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(data, html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None  # an empty page, or none at all: the browser will show what there is


def _foreign_frames(page: html.HtmlElement, place: Place) -> Iterator[Problem]:
    for tag, attribute in _FRAMES:
        for element in page.iter(tag):
            if _FOREIGN.match(element.get(attribute, "")):
                yield _from_elsewhere(element.get(attribute, "").strip(), place)


def _sent_away(page: html.HtmlElement, place: Place) -> Iterator[Problem]:
    """A page that goes on to another host: <meta http-equiv="refresh">, or a script's location."""
    for meta in page.iter("meta"):
        found = _REFRESH.search(meta.get("content", "")) if meta.get("http-equiv", "").casefold() == "refresh" else None
        if found and _FOREIGN.match(url := found["url"].strip(" \t\r\n'\"")):
            yield _from_elsewhere(url, place)
    for script in page.iter("script"):
        if found := _SENT_AWAY.search(script.text or ""):
            yield _from_elsewhere(found["url"], place)


def _from_elsewhere(url: str, place: Place) -> Problem:
    message = f"trang lấy nội dung từ máy chủ khác («{url[:80]}»)"
    hint = "ở đó đồng hồ học không nghe được thao tác, giờ học có thể bị tính thiếu; nên đưa nội dung vào trong gói"
    return fault(Code.FOREIGN_FRAME, place, message, hint)


def _closed_frames(page: html.HtmlElement, place: Place) -> Iterator[Problem]:
    for frame in page.iter("iframe"):
        if "sandbox" in frame.attrib and "allow-same-origin" not in frame.get("sandbox", "").casefold().split():
            message = "trang có khung bị cách ly (sandbox)"
            hint = "trong khung ấy đồng hồ học không nghe được thao tác; bỏ thuộc tính sandbox, hoặc bỏ khung"
            yield fault(Code.SANDBOXED, place, message, hint)


_LOOKS: tuple[Callable[[html.HtmlElement, Place], Iterator[Problem]], ...] = (
    _foreign_frames,
    _sent_away,
    _closed_frames,
)
