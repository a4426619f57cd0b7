"""What every paper must bear, whatever its template left out, and bytes that depend on nothing but the figures."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from boiduong_exporter.reports.figures import Basis

DRAFT = "DỰ THẢO"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def finished(paper: BytesIO, basis: Basis, title: str) -> bytes:
    """The draft's mark on top, the ledger's mark below every page, the notice of sample books above; made on the day of
    the figures."""
    document = Document(paper)
    if DRAFT not in _top(document):
        document.element.body.insert(0, _bold(document.add_paragraph(), DRAFT)._p)
    for section in document.sections:
        for header in _used(document, section, "header"):
            _bear(header, basis.notice)
        for footer in _used(document, section, "footer"):
            _bear(footer, basis.mark, f"Mã đối chiếu: {basis.mark}")
    _date(document.core_properties, basis, title)
    buffer = BytesIO()
    document.save(buffer)
    return _timeless(buffer)


def _top(document: Any) -> str:
    """The text of the first paragraph or table that has any: elsewhere the words may be part of a sentence."""
    return next(filter(None, (_text(block).strip() for block in document.element.body)), "")


def _text(element: Any) -> str:
    return " ".join(node.text or "" for node in element.iter() if str(node.tag).endswith("}t"))


def _used(document: Any, section: Any, kind: str) -> list[Any]:
    """The headers or footers that pages of the section show."""
    found = [getattr(section, kind)]
    if section.different_first_page_header_footer:
        found.append(getattr(section, f"first_page_{kind}"))
    if document.settings.odd_and_even_pages_header_footer:
        found.append(getattr(section, f"even_page_{kind}"))
    return found


def _bear(container: Any, wanted: str, text: str = "") -> None:
    if wanted and wanted not in _text(container._element):
        _bold(container.add_paragraph(), text or wanted)


def _bold(line: Any, text: str) -> Any:
    line.add_run(text).bold = True
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return line


def _date(properties: Any, basis: Basis, title: str) -> None:
    day = datetime.combine(basis.as_of, datetime.min.time(), UTC)
    properties.created = properties.modified = day
    properties.title, properties.comments = title, f"Mã đối chiếu {basis.head}"
    properties.author = properties.last_modified_by = "boiduong"
    properties.revision = 1


def _timeless(paper: BytesIO) -> bytes:
    buffer = BytesIO()
    with ZipFile(paper) as read, ZipFile(buffer, "w", ZIP_DEFLATED) as written:
        for name in read.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            written.writestr(entry, read.read(name))
    return buffer.getvalue()
