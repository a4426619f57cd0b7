"""Whatever stands under a right header: nothing raises, every filled row has one receipt, twice changes nothing."""

import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from boiduong_exporter.readers.cell import clean
from boiduong_exporter.rulebook.read import Rules
from boiduong_records.receipts import Outcome
from boiduong_records.store import open_books
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench, Rows, told

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
NUMBER = count()
JUNK = (
    "?",
    "Tổng cộng",
    "«»: x",
    "'",
    "32/13/2026",
    "0" * 12,
    "I",
    "Người lập biểu",
    "x" * 300,
    "#N/A",
    -1,
    2.5,
    10**12,
)
CODES = ("00001", "00002", "00003", "1", None)
NAMES = ("Nguyễn Văn An", "Nguyen Van An", "Trần Thị Ba", "Lê Ca", "nguyễn văn an")
BIRTHS = ("12/03/1970", "1970", "13/03/1970", "1975", "1980", 25_000)
UNITS = ("TU", "X01", "Đảng uỷ xã Hoà An", "X02", "Đảng ủy xã Hòa Ann")
DAYS = (None, "01/01/2020", "30/06/2025", "01/07/2025", 46_000)
CLASSES = ("L01", "L02", "L03", "L01")
HALVES = ("Sáng", "Chiều", "tối")
HOW = (made.HALL, made.BRIDGE, made.SELF, "trực tuyến")
MARKS = ("x", "v", "p", "8:00-11:30", "8:15", None, 1)
ORGANIZATIONS = (
    ("TU", "X01", "A", "B", "C"), ("Tỉnh ủy Đồng Tháp", "A", "B", "Đảng ủy A"), ("Đảng ủy xã", "Tỉnh ủy"),
    ("Xã", "Tỉnh"), (None, "TU", "A", "B", "C", "X01"), DAYS, DAYS, (None, None, "X01", "A; B", "TU;"),
)  # fmt: skip
TERMS = (UNITS, ("2020-2025", "2025-2030"), DAYS[1:], DAYS[1:])
ROSTER = (CODES, NAMES, BIRTHS, ("Bí thư", "Chủ tịch", None), UNITS, DAYS, DAYS, (*UNITS, "Ngoài chế độ"), DAYS)
HEADS = (
    CLASSES, ("Lớp A", "Lớp B"), ("Cập nhật kiến thức", "Dự nguồn"), (None, "145", "164"), ("Cấp ủy viên",),
    (None, 1, 2, "2,5"), (None, 8, 16),
)  # fmt: skip
SESSIONS = (
    CLASSES, ("02/03/2026", "03/03/2026", 46_083), HALVES, HOW, (None, "7:30-11:30"), (None, 4),
    (None, "cd-1", "cd-1, cd-2"),
)  # fmt: skip
PLACES = (CLASSES, ("Hội trường", "Điểm cầu xã Hòa An", "Điểm cầu xã Hoà An"), HOW)
TOPICS = (CLASSES, ("cd-1", "cd-2"), (None, "Dân vận"), (None, "2026.1"), (None, 4), HOW)
ATTENDANCE = (CODES, NAMES, (None, *BIRTHS), (None, *UNITS), (None, "Điểm cầu xã Hòa An"), MARKS, MARKS)
ENROLMENT = (CLASSES, CODES, NAMES, (None, *BIRTHS), (None, *UNITS), (None, None, "x", "không"))
RESULTS = (CODES, NAMES, (None, 5, "7,5", 11), (None, "đạt", "chưa đạt"), (None, "Lê Thầy"))
PLAN = (
    ("1", "2", "3"),
    ("Cấp ủy viên",),
    (1, 2),
    (None, 50),
    ("đã duyệt", "đề xuất", "chuyển"),
    (None, "Kế hoạch 2027"),
)


def rows(columns: Sequence[Sequence[Any]], most: int = 7) -> st.SearchStrategy[Rows]:
    """Rows of likely values, now and then with an unlikely one; some are empty."""
    cells = [
        st.sampled_from([*likely] * 6 + [None, *JUNK][: 1 + len(likely) // 2] + [JUNK[number % len(JUNK)]])
        for number, likely in enumerate(columns)
    ]
    return st.lists(st.one_of(st.tuples(*cells), st.tuples(*cells), st.just(())), max_size=most)


def filled(sheets: made.Sheets, above: int) -> int:
    shown = [row for part in sheets.values() for row in part[above:]]
    return sum(any(clean(str(cell)) for cell in row if cell is not None) for row in shown)


def hold(furnished: Path, rules: Rules, kind: str, sheets: made.Sheets, above: int = 1) -> None:
    """Bring the file twice to a copy of the office's books, and hold the promises against what came of it."""
    path = furnished.with_name(f"{next(NUMBER)}.db")
    shutil.copy(furnished, path)
    with open_books(path) as books:
        bench = Bench(books, rules)
        first = bench.bring(kind, sheets)
        places = bench.places(first)
        assert len(places) == len(set(places)) == sum(first.counts.values()) == filled(sheets, above), told(first)
        before = bench.state()
        second = bench.bring(kind, sheets)
        assert Outcome.TAKEN not in second.counts, told(second)
        assert second.seq is None
        assert bench.state() == before
        assert {**first.counts, **second.counts}.get(Outcome.SKIPPED) == first.counts.get(Outcome.SKIPPED)
        assert bench.is_whole()
    path.unlink()


@quick
@given(rows(ORGANIZATIONS), rows(TERMS))
def test_organizations(furnished: Path, rules: Rules, some: Rows, terms: Rows) -> None:
    sheets = {"Tổ chức": [made.ORGANIZATION, *some], "Nhiệm kỳ": [made.TERM, *terms]}
    hold(furnished, rules, "organizations", sheets)


@settings(quick, max_examples=60)
@given(rows(ROSTER, 9))
def test_roster(furnished: Path, rules: Rules, some: Rows) -> None:
    hold(furnished, rules, "roster", made.roster(*some))


@quick
@given(rows(HEADS, 4), rows(SESSIONS), rows(PLACES), rows(TOPICS))
def test_classes(furnished: Path, rules: Rules, heads: Rows, sessions: Rows, places: Rows, topics: Rows) -> None:  # noqa: PLR0917
    parts = {"Buổi": [made.SESSION, *sessions], "Điểm học": [made.PLACE, *places], "Chuyên đề": [made.TOPIC, *topics]}
    hold(furnished, rules, "classes", {"Lớp": [made.CLASS, *heads], **parts})


@quick
@given(rows(ATTENDANCE))
def test_attendance(furnished: Path, rules: Rules, some: Rows) -> None:
    hold(furnished, rules, "attendance", made.attendance(*some), above=2)


@quick
@given(rows(ENROLMENT))
def test_enrolment(furnished: Path, rules: Rules, some: Rows) -> None:
    head = ("Mã lớp", *made.MARKED[:4], "Thôi học")
    hold(furnished, rules, "enrolment", {"HV": [head, *some]})


@quick
@given(rows(RESULTS))
def test_results(furnished: Path, rules: Rules, some: Rows) -> None:
    head = (*made.MARKED[:2], "Điểm kiểm tra", "Bài thu hoạch", "Người đánh giá")
    hold(furnished, rules, "attendance", made.attendance(*some, head=head), above=2)


@quick
@given(rows(PLAN))
def test_plan(furnished: Path, rules: Rules, some: Rows) -> None:
    hold(furnished, rules, "plan", made.plan(*some), above=3)


@quick
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_catalog(furnished: Path, rules: Rules, data: bytes) -> None:
    path = furnished.with_name(f"{next(NUMBER)}.db")
    shutil.copy(furnished, path)
    with open_books(path) as books:
        assert Bench(books, rules).bring("catalog", b'{"format":1,' + data).counts == {Outcome.REFUSED: 1}
