"""Reading XML that a stranger wrote: nothing is fetched, nothing is expanded, nothing is guessed."""

import re

from boiduong_vocabulary.problem import Place, Problem
from lxml import etree

from boiduong_server.packages.faults import Code, fault

LARGEST = 8 * 1024 * 1024
"""Bytes of a manifest: one that lists twenty thousand files has three million."""
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"


def read_xml(data: bytes, path: str) -> tuple[etree._Element | None, list[Problem]]:
    """The root, or what is wrong. A DOCTYPE is refused before a parser sees it: SCORM's manifests have schemas, and
    what else a DOCTYPE does is to swell or to fetch. One in an alphabet that hides it (UTF-7) is refused by what the
    parser found, which expands nothing."""
    if len(data) > LARGEST:
        message = f"imsmanifest.xml lớn hơn {LARGEST // 1024**2} MB"
        return None, [fault(Code.BROKEN_XML, Place(path), message, "xuất lại gói từ phần mềm soạn bài")]
    if line := _doctype(data):
        return None, [_entities(path, line)]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.removeprefix(_MARK), parser)
    except etree.XMLSyntaxError as error:
        message = f"imsmanifest.xml không đúng XML ({error.msg})"
        hint = "mở tệp bằng trình duyệt để xem chỗ sai; tốt nhất là xuất lại gói từ phần mềm soạn bài"
        return None, [fault(Code.BROKEN_XML, Place(path, error.lineno or 0), message, hint)]
    return (None, [_entities(path, 1)]) if root.getroottree().docinfo.doctype else (root, [])


def _entities(path: str, line: int) -> Problem:
    hint = "xóa dòng <!DOCTYPE …> ở đầu imsmanifest.xml, hoặc xuất lại gói theo SCORM 1.2 hay 2004"
    message = "imsmanifest.xml có khai báo DOCTYPE, có thể dùng để đọc tệp của máy chủ"
    return fault(Code.ENTITIES, Place(path, line), message, hint)


def _doctype(data: bytes) -> int:
    """The line of a DOCTYPE, 0 without one; whatever alphabet the file is in, its NULs aside (UTF-16)."""
    plain = data.replace(b"\x00", b"")
    match = _DOCTYPE.search(plain)
    return plain.count(b"\n", 0, match.start()) + 1 if match else 0
