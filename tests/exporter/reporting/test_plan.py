"""A plan beside what was done: which classes are the fulfilment of which line."""

from datetime import date
from pathlib import Path

import pytest
from boiduong_exporter.imports.plan import STATES
from boiduong_exporter.reporting.deeds import APPROVED
from boiduong_exporter.reporting.province import province_report
from boiduong_exporter.reports.figures import PlanRow
from boiduong_records.store import open_books

from tests.exporter.office import CLASS_HEAD, SESSION_HEAD, Office
from tests.exporter.reporting.lam_giang import KIND, asked, founded, rules, slots

HEAD = ("Mã dòng", "Đối tượng", "Số lớp", "Số người", "Tình trạng", "Chuyển sang")
DAYS = {"P1": date(2026, 2, 2), "P2": date(2026, 2, 9), "P3": date(2026, 2, 16)}
"""Three classes of a day in 2026, for Nhóm 3, with one person in each."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return founded(tmp_path, attended=False)


def hold(office: Office, **kinds: str) -> None:
    """The classes, each of its kind."""
    rows = [(code, f"Lớp {code}", kind, "145", "Nhóm 3", "QĐ 1", 1) for code, kind in kinds.items()]
    sessions = [(code, *slot, "Hội trường", "") for code in kinds for slot in slots(DAYS[code], 1)]
    assert office.bring("classes", {"Lớp": [CLASS_HEAD, *rows], "Buổi": [SESSION_HEAD, *sessions]}) == 0
    for code in kinds:
        head = ("Mã lớp", "Mã cán bộ", "Họ và tên", *(f"{day:%d/%m/%Y} {half}" for day, half in slots(DAYS[code], 1)))
        marks = (code, "01", "Nguyễn Văn An", "x", "x")
        assert office.bring("attendance", {"Điểm danh": [head, marks]}, code) == 0


def planned(office: Office, *lines: tuple[int, str]) -> tuple[PlanRow, ...]:
    """What became of lines of so many classes, each in its state."""
    rows = [
        (f"{number}", "Nhóm 3", classes, 40, state, "Kế hoạch 2027" if state == STATES[-1] else "")
        for number, (classes, state) in enumerate(lines, 1)
    ]
    sheet = [("Năm:", 2026), ("Cơ quan lập kế hoạch:", "Tỉnh ủy Lam Giang"), HEAD, *rows]
    assert office.bring("plan", {"Kế hoạch": sheet}) == 0
    with open_books(office.books) as books, books.reading() as connection:
        return province_report(connection, rules(), "TU", asked()).deeds.plan


@pytest.mark.parametrize("kind", ["Quán triệt nghị quyết", "Bồi dưỡng kiến thức quốc phòng và an ninh"])
def test_a_class_of_a_kind_that_the_regulation_leaves_out_fulfils_no_plan(office: Office, kind: str) -> None:
    hold(office, P1=KIND, P2=kind, P3="Loại khác")
    (row,) = planned(office, (4, APPROVED))
    assert (row.planned_classes, row.done_classes, row.done_people) == (4, 2, 1)


@pytest.mark.parametrize(
    ("lines", "done"),
    [
        (((2, APPROVED), (2, APPROVED)), [2, 1]),
        (((1, APPROVED), (1, APPROVED)), [1, 2]),
        (((2, "đề xuất"), (2, APPROVED)), [1, 2]),
        (((1, STATES[-1]), (3, APPROVED)), [0, 3]),
    ],
)
def test_lines_of_one_audience_share_its_classes_out_those_approved_first(
    office: Office, lines: tuple[tuple[int, str], ...], done: list[int]
) -> None:
    hold(office, P1=KIND, P2=KIND, P3=KIND)
    assert [row.done_classes for row in planned(office, *lines)] == done


def test_only_what_is_approved_is_the_plan(office: Office) -> None:
    rows = planned(office, *((1, state) for state in STATES))
    assert [row.state for row in rows if row.approved] == ["đã duyệt"]
