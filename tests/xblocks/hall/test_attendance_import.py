"""Where two wings meet in a file: the table of a session, and the officer's command that takes it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from boiduong_exporter.rulebook.read import read_rules
from boiduong_records.bodies import decode
from boiduong_records.store import open_books
from boiduong_xblocks.hall.roll import Presence, Row
from boiduong_xblocks.hall.sheet import Held

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench, told

CAME = int(datetime(2026, 3, 2, 0, 31, tzinfo=UTC).timestamp() * 1000)
"""Monday 7:31 in Hà Nội: L01's first half day."""
HELD = Held("L01", "buoi-1", CAME)
ACCOUNTS = [
    ("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản"),
    ("00001", "Nguyễn Văn An", "Open edX", "an.nguyen"),
    ("00002", "Trần Thị Ba", "Open edX", "-ba"),
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Bench]:
    rules, problems = read_rules(Path(__file__).parents[3] / "content/rules")
    assert rules, problems
    with open_books(tmp_path / "so.db", create=True) as books:
        bench = Bench(books, rules)
        bench.brought("organizations", made.organizations(made.TU, made.XA, made.XB))
        bench.brought("roster", made.roster(made.AN, made.BA))
        bench.brought("classes", made.classes(made.L01, sessions=made.SESSIONS))
        bench.brought("accounts", {"TK": ACCOUNTS})
        yield bench


def row(learner: str, name: str, presence: Presence = Presence.PRESENT, **more: int | str) -> Row:
    said = {"came_ms": None, "left_ms": None, "how": "code"} | more
    return Row(learner, name, presence, **said)  # type: ignore[arg-type]


def test_the_table_of_a_session_is_taken_as_it_stands(office: Bench) -> None:
    rows = [
        row("an.nguyen", "Nguyễn Văn An", came_ms=CAME, left_ms=CAME + 224 * 60_000),
        row("-ba", "Trần Thị Ba", Presence.EXCUSED, how="list", reason='=ốm; có giấy, "đủ"', by="thay"),
        row("nguoi.la", "Người Lạ", came_ms=CAME),
    ]
    report = office.bring("attendance", HELD.table(rows), HELD.file_name)
    assert office.receipts(report) == {2: "taken", 3: "taken", 4: "refused N01"}, told(report)
    found = {cadre: decode(kind, body) for _, cadre, kind, body in office.entries()}
    assert {cadre: (each.presence, each.check_in, each.check_out) for cadre, each in found.items()} == {
        1: ("present", 7 * 60 + 31, 11 * 60 + 15),
        2: ("excused", None, None),
    }


def test_none_of_its_columns_is_warned_of(office: Bench) -> None:
    report = office.bring("attendance", HELD.table([row("an.nguyen", "Nguyễn Văn An", came_ms=CAME)]), HELD.file_name)
    assert told(report) == ""
