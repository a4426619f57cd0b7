"""A blank Word document of a form: paper, margins, styles by name, the page number above, the mark below."""

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from boiduong_exporter.rulebook.layout import Element, Form

STYLES = {
    "heading": "Tiêu đề trên cùng", "motto": "Tiêu ngữ", "superior": "Cơ quan cấp trên", "issuer": "Cơ quan ban hành",
    "number": "Số văn bản", "place_date": "Địa danh, ngày tháng", "type": "Tên loại", "subject": "Trích yếu",
    "letter_subject": "Trích yếu công văn", "body": "Nội dung", "section": "Đề mục", "table": "Chữ trong bảng",
    "recipients_title": "Tiêu đề nơi nhận", "recipients": "Nơi nhận", "signer": "Ký tên", "draft": "Dự thảo",
    "mark": "Mã đối chiếu",
}  # fmt: skip
"""What the office sees in Word's list of styles, by element."""
NOTICE, HINT = "Ghi chú đầu trang", "Chỗ đơn vị viết"
_CENTRED = ("heading", "motto", "superior", "issuer", "number", "place_date", "type", "subject", "letter_subject",
            "signer", "draft")  # fmt: skip
_GREY = RGBColor(0x7F, 0x7F, 0x7F)


@dataclass(frozen=True)
class Sheet:
    """A document of python-docx, and the form that it has."""

    document: Any
    form: Form


def blank(form: Form) -> Sheet:
    """A document with nothing in it but its first page's header and footer, and those of the others."""
    document = Document()
    _face(document.styles["Normal"], form.elements["body"], form)
    for element in form.element:
        _style(document, STYLES[element.id], element, form)
    _extra_styles(document, form)
    section = document.sections[0]
    paper, margins = form.paper, form.margins
    section.page_width, section.page_height = Mm(paper.width_mm), Mm(paper.height_mm)
    section.top_margin, section.bottom_margin = Mm(margins.top_mm), Mm(margins.bottom_mm)
    section.left_margin, section.right_margin = Mm(margins.left_mm), Mm(margins.right_mm)
    section.header_distance, section.footer_distance = Mm(form.page_number.from_top_mm), Mm(margins.bottom_mm // 2)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0], form)
    section.first_page_header.paragraphs[0].style = document.styles[NOTICE]
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].style = document.styles[STYLES["mark"]]
        footer.paragraphs[0].add_run("Mã đối chiếu: {{ ma_doi_chieu }}")
    return Sheet(document, form)


def _style(document: Any, name: str, element: Element, form: Form) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _face(style, element, form)
    spacing = style.paragraph_format
    if element.id in _CENTRED:
        spacing.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if element.id in ("body", "section"):
        spacing.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        spacing.first_line_indent = Mm(form.paragraph.indent_mm)
        spacing.space_after, spacing.line_spacing = Pt(form.paragraph.after_pt), form.paragraph.line
    if element.id == "section":
        spacing.keep_with_next, spacing.space_before = True, Pt(form.paragraph.after_pt)


def _extra_styles(document: Any, form: Form) -> None:
    """What no form asks for: the notice of sample books, and the places that the office fills."""
    body = form.elements["body"]
    for name, size, bold, italic in ((NOTICE, 12, True, False), (HINT, body.size, False, True)):
        _style(document, name, Element(id=name, size=size, bold=bold, italic=italic), form)
    document.styles[NOTICE].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles[HINT].paragraph_format.space_after = Pt(form.paragraph.after_pt)
    document.styles[HINT].paragraph_format.first_line_indent = Mm(form.paragraph.indent_mm)
    document.styles[HINT].paragraph_format.keep_with_next = True  # no signature alone on a page
    document.styles[HINT].font.color.rgb = _GREY


def _face(style: Any, element: Element, form: Form) -> None:
    style.font.name, style.font.size = form.font.name, Pt(element.size)
    style.font.bold, style.font.italic, style.font.underline = element.bold, element.italic, element.underline
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), form.font.name)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _page_number(paragraph: Any, form: Form) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(form.page_number.size)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)
