"""The sample office's walk from its first list to its last paper, through the installed command."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from boiduong_records.store import open_books
from boiduong_records.verify import verify
from docx import Document
from openpyxl import load_workbook

from tests.demo.conftest import TODAY
from tests.demo.small import PEOPLE, Small
from tests.exporter.papers.reading import headers
from tests.paper import sheets
from tools.demo.steps import Step
from tools.demo.walking import StrayedError, demo, take
from tools.demo.workbooks import NOTICE


def test_every_list_is_taken_without_a_refusal(small: Small) -> None:
    for kind in ("organizations", "roster", "catalog", "classes", "plan", "accounts", "enrolment"):
        ((_, said),) = small.said_by(f"import {kind} ")
        assert "không nhận" not in said
        assert "đã nhận" in said


def test_of_the_attendance_only_the_mistakes_meant_are_refused(small: Small) -> None:
    refused = {
        Path(command.split()[2]).stem for command, said in small.said_by("import attendance ") if "không nhận" in said
    }
    assert refused == {"L2026-08", "L2026-05-sua"}


def test_a_mistake_is_told_with_its_cell_and_its_cure(small: Small) -> None:
    (said,) = (said for command, said in small.said if "L2026-08.xlsx" in command)
    assert "đến muộn thì ghi giờ vào-ra" in said


def test_an_entry_is_reversed_once_and_the_right_row_taken_after_it(small: Small) -> None:
    assert len(small.said_by("ledger reverse")) == 1
    before, after = (said for command, said in small.said if "L2026-05-sua" in command)
    assert "ledger reverse" in before
    assert "1 dòng đã nhận" in after
    with open_books(small.walk.books) as books, books.reading() as connection:
        assert not verify(connection)


def test_logs_are_taken_but_for_strangers_and_the_torn_line(small: Small) -> None:
    logs = [said for _, said in small.said_by("import log ")]
    assert len(logs) == 6
    for said in logs:
        assert "đã nhận" in said
        assert "tài khoản chưa có trong sổ" in said
    assert sum("tệp dừng giữa chừng" in said for said in logs) == 1


@pytest.fixture(scope="module")
def province(small: Small) -> dict[str, object]:
    found: dict[str, object] = json.loads((small.walk.papers / "tinh.json").read_text("utf-8"))
    return found


def test_the_papers_are_those_that_a_person_opens(small: Small) -> None:
    kinds = Counter(path.suffix for path in small.walk.papers.iterdir())
    assert kinds == {".xlsx": 5, ".pdf": 3, ".docx": 1, ".json": 1, ".csv": 1}


def test_every_sheet_of_every_workbook_is_marked(small: Small) -> None:
    for path in small.walk.papers.glob("*.xlsx"):
        for sheet in load_workbook(path).worksheets:
            cells = [str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row if cell.value]
            assert any(NOTICE in cell for cell in cells), (path.name, sheet.title)


def test_every_page_of_every_pdf_is_marked(small: Small) -> None:
    for path in small.walk.papers.glob("*.pdf"):
        pages = sheets(path.read_bytes())
        assert pages
        assert all(NOTICE in " ".join(page.text.split()) for page in pages), path.name


def test_the_review_is_marked_in_the_header_of_all_its_pages(small: Small) -> None:
    review = small.walk.papers / "bao-cao-so-ket.docx"
    (section,) = Document(str(review)).sections
    assert section.different_first_page_header_footer
    assert [NOTICE in header for header in headers(review)] == [True, True]


def test_the_data_are_marked(small: Small, province: dict[str, object]) -> None:
    assert province["notice"] == NOTICE
    assert NOTICE in (small.walk.papers / "tinh.csv").read_text("utf-8-sig")


def test_a_demo_is_never_written_over(small: Small) -> None:
    before = small.walk.books.read_bytes()
    with pytest.raises(FileExistsError):
        demo(small.walk.books.parent, TODAY, PEOPLE, say=lambda _: None)
    assert small.walk.books.read_bytes() == before


def test_a_step_that_ends_otherwise_stops_the_walk() -> None:
    step = Step("không có lệnh ấy", lambda _: ["khong-co"])
    with pytest.raises(StrayedError, match="khong-co"):
        take(step, {}, lambda _: None)


def test_the_day_is_an_argument(small: Small) -> None:
    assert small.walk.today == date(2026, 11, 26)
    assert all("--as-of 26/11/2026" in command for command, _ in small.said_by("report "))
