"""Tables of a template: a header repeated on every page, a row a line of a list, and no row parted by a page break."""

from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from boiduong_exporter.papers.pieces import paragraph, right_aligned, tight, whole
from boiduong_exporter.papers.sheet import STYLES


@dataclass(frozen=True)
class Column:
    """`tag` is what a line's cell holds; `share` is its width beside the others'; `right` for figures, `centred` for
    the number of a row."""

    title: str
    share: int
    tag: str
    right: bool = False
    last: str = ""
    """What the closing row has here."""
    centred: bool = False


def listing(document: Any, room_mm: float, name: str, columns: tuple[Column, ...], levels: bool = False) -> None:
    """A table of the list `name`, each line as `dong`. With `levels`, lines under the first level are set in. Where a
    column has a `last`, a closing row stands below."""
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [room_mm * each.share / sum(each.share for each in columns) for each in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    tight(table, 0.8)
    _header(table.rows[0], columns)
    _tag_row(table, f"{{%tr for dong in {name} %}}")
    if levels:
        _tag_row(table, "{%tr if dong.cap_mot %}")
        _fill(table.add_row(), columns)
        _tag_row(table, "{%tr else %}")
        _set_in(_fill(table.add_row(), columns))
        _tag_row(table, "{%tr endif %}")
    else:
        _fill(table.add_row(), columns)
    _tag_row(table, "{%tr endfor %}")
    if any(each.last for each in columns):
        _closing(table.add_row(), columns)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    document.add_paragraph(style=STYLES["table"])


def _header(row: Any, columns: tuple[Column, ...]) -> None:
    for cell, column in zip(row.cells, columns, strict=True):
        line = paragraph(cell, column.title, "table")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.runs[0].bold = True
        line.runs[0].font.size = line.style.font.size - Pt(1)
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EDEDED")):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(row: Any, columns: tuple[Column, ...]) -> Any:
    for cell, column in zip(row.cells, columns, strict=True):
        line = paragraph(cell, column.tag, "table")
        if column.right:
            right_aligned(line)
        elif column.centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    whole(row)
    return row


def _closing(row: Any, columns: tuple[Column, ...]) -> None:
    for cell, column in zip(row.cells, columns, strict=True):
        line = paragraph(cell, column.last, "table")
        line.runs[0].bold = True
        if column.right:
            right_aligned(line)
    whole(row)


def _set_in(row: Any) -> None:
    """The name, which is the second cell, a little to the right."""
    row.cells[1].paragraphs[0].paragraph_format.left_indent = Mm(3)


def _tag_row(table: Any, tag: str) -> None:
    paragraph(table.add_row().cells[0], tag, "table").paragraph_format.space_after = Pt(0)
