"""Takes the pictures of the officer's guides again: `python -m tools.pictures_books`. Needs LibreOffice and pdftoppm.
They show the sample province of `make demo`: its names are invented, and every page says so."""

import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pypdfium2 import PdfDocument

from tools.demo.walking import demo

PICTURES = Path(__file__).parents[1] / "docs/hinh"
DAY = date(2026, 11, 20)
BRIDGED = "L2025-04"


@dataclass(frozen=True)
class Picture:
    """The page of `file` that says `words`, its upper `rows` pixels (0: all); what comes from Excel or Word is printed
    by LibreOffice first."""

    name: str
    file: str
    words: str
    dots: int = 70
    rows: int = 0


SHOWN = (
    Picture("tc-can-bo", "dau-vao/can-bo.xlsx", "Mã cán bộ", 150, 520),
    Picture("tc-diem-danh", f"dau-vao/diem-danh/{BRIDGED}.xlsx", "Điểm cầu", 150, 520),
    Picture("tc-tinh", "bao-cao/tinh.xlsx", "Kết quả theo đơn vị"),
    Picture("tc-dien-bien", "bao-cao/tinh.xlsx", "theo quý · Tính đến"),
    Picture("tc-so-ket", "bao-cao/bao-cao-so-ket.docx", "BÁO CÁO"),
    Picture("so-danh-sach", "bao-cao/don-vi-X01.xlsx", "Kết quả bồi dưỡng", 80),
    Picture("so-phieu", "bao-cao/phieu-CB*.pdf", "PHIẾU", 80),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        demo(Path(scratch), DAY, say=lambda _: None)
        for picture in SHOWN:
            take(Path(scratch), picture)


def take(folder: Path, picture: Picture) -> None:
    file = sorted(folder.glob(picture.file))[0]
    pdf = file if file.suffix == ".pdf" else printed(file)
    page = str(page_of(pdf, picture.words))
    target = PICTURES / picture.name
    pages = ["-f", page, "-l", page, "-singlefile"]
    upper = ["-x", "0", "-y", "0", "-W", "2000", "-H", str(picture.rows)] if picture.rows else []
    subprocess.run(["pdftoppm", "-r", str(picture.dots), "-png", *pages, *upper, pdf, target], check=True)
    print(f"{target}.png")


def printed(file: Path) -> Path:
    convert = ["soffice", "--headless", f"-env:UserInstallation=file://{file.parent}/lo", "--convert-to", "pdf"]
    subprocess.run([*convert, "--outdir", file.parent / "in", file], check=True, stdout=subprocess.DEVNULL)
    return file.parent / "in" / f"{file.stem}.pdf"


def page_of(pdf: Path, words: str) -> int:
    with PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            if words.casefold() in page.get_textpage().get_text_range().casefold():
                return number
    raise LookupError(f"{pdf.name}: no page says «{words}»")


if __name__ == "__main__":
    main()
