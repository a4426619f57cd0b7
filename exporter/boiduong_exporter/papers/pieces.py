"""The pieces that papers are set from: lines with a rule under them, the two blocks on top, the blocks at the end."""

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from boiduong_exporter.papers.sheet import HINT, STYLES, Sheet
from boiduong_exporter.rulebook.layout import Element, Form

_POINT_MM = 25.4 / 72
_HEADING_SHARE = 0.58
"""Of the text's width, for the block on the right; its own heading may need more."""
_DOTS = "…………………………"
_SUPERIOR = "{%p if cap_tren %}", "{{ cap_tren|upper }}", "{%p endif %}"


def paragraph(container: Any, text: str, element: str) -> Any:
    """One more paragraph in the style of `element`, or in the style of that name; a cell's first, empty one is used."""
    free = hasattr(container, "_tc") and len(container.paragraphs) == 1 and not container.paragraphs[0].text
    made = container.paragraphs[0] if free else container.add_paragraph()
    # By its id: python-docx would look through all styles for the default one, at each paragraph again.
    made._p.style = container.part.styles[STYLES.get(element, element)].style_id
    made.add_run(text)
    return made


def head(sheet: Sheet, number: str, under_number: str = "") -> None:
    """The draft's mark, then who issues on the left, and the heading, place and date on the right. The rule under the
    heading is as long as its text, which is why the right block is never narrower."""
    document, form = sheet.document, sheet.form
    _boxed(paragraph(document, form.elements["draft"].text, "draft"), form)
    heading = form.elements["heading"]
    right_mm = min(max(form.width_mm * _HEADING_SHARE, _width_mm(heading.text, heading) + 2), form.width_mm * 0.7)
    left, right = columns(document, form.width_mm - right_mm, right_mm)
    for line in _SUPERIOR:
        paragraph(left, line, "superior")
    paragraph(left, "{{ co_quan|upper }}", "issuer")
    ruled(left, form, "issuer", "TỈNH ỦY MỘT TỈNH", form.width_mm - right_mm)
    paragraph(left, number, "number")
    if under_number:
        paragraph(left, under_number, "letter_subject")
    for name in ("heading", "motto"):
        if name in form.elements:
            paragraph(right, form.elements[name].text, name)
            ruled(right, form, name, form.elements[name].text, right_mm)
    paragraph(right, form.elements["place_date"].text, "place_date")


def ruled(container: Any, form: Form, name: str, like: str, room_mm: float) -> None:
    """What stands under an element: a rule as long as the text `like`, or a third of it, a star, or dashes."""
    element = form.elements[name]
    match element.under:
        case "star" | "dashes":
            mark = paragraph(container, {"star": "*", "dashes": "-----"}[element.under], name)
            mark.runs[0].bold = False
        case "line" | "short":
            long = _width_mm(like, element) * (1 if element.under == "line" else 1 / 3)
            _rule(paragraph(container, "", name), min(long, room_mm), room_mm)


def _rule(line: Any, long_mm: float, room_mm: float) -> None:
    """A low, empty line with its lower border drawn, `long_mm` long in the middle of `room_mm`."""
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(max(room_mm - long_mm, 0) / 2)
    line.paragraph_format.line_spacing = Pt(4)
    line.paragraph_format.space_after = Pt(6)
    _bordered(line, ("bottom",))


def _boxed(line: Any, form: Form) -> None:
    """A short line in a frame, on the left."""
    element = form.elements["draft"]
    line.paragraph_format.right_indent = Mm(form.width_mm - _width_mm(element.text, element) - 8)
    line.paragraph_format.space_after = Pt(8)
    _bordered(line, ("top", "left", "bottom", "right"))


def _bordered(line: Any, sides: tuple[str, ...]) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        border = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
            border.set(qn(f"w:{key}"), value)
        borders.append(border)
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def columns(document: Any, *widths_mm: float) -> tuple[Any, ...]:
    """Cells side by side without lines, for setting text beside text."""
    table = document.add_table(rows=1, cols=len(widths_mm))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    cells = tuple(table.rows[0].cells)
    for column, cell, width in zip(table.columns, cells, widths_mm, strict=True):
        column.width = cell.width = Mm(width)
    tight(table)
    return cells


def tight(table: Any, side_mm: float = 0) -> None:
    """The room beside the text of a table's cells."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(side_mm / _POINT_MM * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)  # Word wants them in the order of the standard


def section(document: Any, text: str) -> None:
    paragraph(document, text, "section")


def sentences(document: Any, name: str, element: str = "body") -> None:
    """A paragraph for every sentence of the list `name`."""
    paragraph(document, f"{{%p for doan in {name} %}}", element)
    paragraph(document, "{{ doan }}", element)
    paragraph(document, "{%p endfor %}", element)


def left_open(document: Any, *hints: str) -> None:
    """A part that only the office can write."""
    paragraph(document, "[Đơn vị viết phần này]", HINT)
    for hint in hints:
        paragraph(document, f"- {hint}", HINT)


def signing(sheet: Sheet) -> None:
    """Who receives it, and who signs: all of it blank."""
    document, form = sheet.document, sheet.form
    document.add_paragraph(style=STYLES["body"]).paragraph_format.keep_with_next = True
    left, right = columns(document, form.width_mm * 0.42, form.width_mm * 0.58)
    paragraph(left, form.elements["recipients_title"].text, "recipients_title")
    for _ in range(3):
        paragraph(left, f"- {_DOTS}", "recipients")
    paragraph(right, f"{form.signing.on_behalf} {_DOTS}", "signer")
    paragraph(right, _DOTS, "signer")
    for _ in range(4):
        paragraph(right, "\u00a0", "signer")
    paragraph(right, _DOTS, "signer")
    whole(document.tables[-1].rows[0])


def whole(row: Any) -> None:
    """A row that no page break parts."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def right_aligned(line: Any) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


_NARROW, _WIDE = frozenset("IJ.,:;-()'/1 "), frozenset("MWƯ")


def _width_mm(text: str, element: Element) -> float:
    """About how long a line of Times is: near enough for a rule under it."""
    heavy = 1.0 if element.bold else 0.95
    units = sum(_em(letter) for letter in text)
    return units * element.size * heavy * _POINT_MM


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.9
    return 0.72 if letter.isupper() else 0.48
