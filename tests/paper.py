"""A PDF read back: its sheets, their sizes and their text."""

from dataclasses import dataclass

from pypdfium2 import PdfDocument


@dataclass(frozen=True)
class Sheet:
    """One page: width and height in points, and its text."""

    size: tuple[float, float]
    text: str


def sheets(pdf: bytes) -> list[Sheet]:
    """The pages of `pdf`. PDFium joins what a change of typeface inside a word had parted."""
    with PdfDocument(pdf) as document:
        return [Sheet(page.get_size(), page.get_textpage().get_text_range()) for page in document]
