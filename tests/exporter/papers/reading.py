"""A Word document read back."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn


def lines(path: Path) -> list[str]:
    """The text of every paragraph of the body, those in tables too, in the order of the page."""
    return [
        "".join(node.text or "" for node in each.iter(qn("w:t")))
        for each in Document(str(path)).element.body.iter(qn("w:p"))
    ]


def text(path: Path) -> str:
    return " ".join(" ".join(lines(path)).split())


def tables(path: Path) -> dict[str, list[list[str]]]:
    """The rows of each table with a header, by the header's second cell and the number of columns."""
    found: dict[str, list[list[str]]] = {}
    for table in Document(str(path)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if len(rows) > 1:
            found[f"{rows[0][1]} {len(rows[0])}"] = rows
    return found


def headers(path: Path) -> list[str]:
    """What stands above the first page, and above the others."""
    section = Document(str(path)).sections[0]
    return [said(section.first_page_header), said(section.header)]


def footers(path: Path) -> list[str]:
    section = Document(str(path)).sections[0]
    return [said(section.first_page_footer), said(section.footer)]


def said(container: Any) -> str:
    return "\n".join(paragraph.text for paragraph in container.paragraphs)
