"""Where someone attends: the hall, a bridge, or live from anywhere; never guessed."""

from collections.abc import Iterator
from typing import Any

import pytest
from boiduong_records.bodies import decode
from boiduong_vocabulary.evidence import Attendance

from tests.exporter.imports import made
from tests.exporter.imports.made import AT_BRIDGE, AT_HALL, BRIDGE, HALL, L01, MARKED, Bench, attendance, told

LIVE = "Trực tuyến, có giảng viên"
HEAD = (*MARKED[:2], *MARKED[4:])
MIXED = [made.SESSION, ("L01", made.MONDAY, "Sáng", HALL), ("L01", made.MONDAY, "Chiều", LIVE)]


def row(place: Any, morning: Any = "x", afternoon: Any = "x") -> tuple[Any, ...]:
    return ("00001", "Nguyễn Văn An", place, morning, afternoon)


def held(office: Bench, sessions: made.Rows = MIXED, places: made.Rows = made.PLACES) -> None:
    office.brought("classes", made.classes(L01, sessions=sessions, places=places))


def attended(office: Bench) -> Iterator[tuple[str, str, str]]:
    for _, _, kind, body in office.entries():
        said = decode(kind, body)
        assert isinstance(said, Attendance)
        yield said.half.label, said.delivery.value, said.place


@pytest.mark.parametrize(("place", "way"), [(AT_HALL, "hall"), (AT_BRIDGE, "bridge")])
def test_a_place_decides_how_hall_and_bridge_sessions_are_attended_and_a_live_one_stays_live(
    office: Bench, place: str, way: str
) -> None:
    held(office)
    office.brought("attendance", attendance(row(place), head=HEAD))
    assert [*attended(office)] == [("sáng", way, place), ("chiều", "live", "")]


@pytest.mark.parametrize("mark", ["x", "v", "7:30-11:15"])
def test_where_a_class_has_hall_and_bridges_a_row_that_does_not_say_which_is_asked(office: Bench, mark: str) -> None:
    report = office.bring("attendance", attendance(row(None, mark, None), head=HEAD))
    assert office.receipts(report) == {3: "refused C06"}
    assert "ô C3, cột «Điểm học»: lớp có hội trường và điểm cầu" in told(report)
    assert f"ghi «Điểm học», ví dụ «{AT_HALL}», «{AT_BRIDGE}»" in told(report)


def test_a_sheet_without_the_column_of_places_is_asked_too_and_hears_what_else_is_wrong(office: Bench) -> None:
    report = office.bring("attendance", attendance(("00001", "Nguyễn Văn An", "?"), head=(*MARKED[:2], MARKED[5])))
    assert [problem.code for problem in report.problems] == ["C06", "V03"]
    assert "«Điểm học»: lớp có hội trường và điểm cầu" in told(report)


def test_nobody_is_asked_for_the_place_of_a_live_session_or_of_a_result(office: Bench) -> None:
    held(office)
    head = (*HEAD[:3], HEAD[4], "Bài thu hoạch")
    office.brought("attendance", attendance(("00001", "Nguyễn Văn An", None, "x", "đạt"), head=head))
    office.brought("attendance", attendance(("00002", "Trần Thị Ba", None, None, "đạt"), head=head))
    assert len(office.entries()) == 3


@pytest.mark.parametrize("places", [made.PLACES[:2], [*made.PLACES[:1], ("L01", AT_BRIDGE, BRIDGE)]])
def test_places_of_one_way_need_not_be_told(office: Bench, places: made.Rows) -> None:
    held(office, places=places)
    office.brought("attendance", attendance(row(None, "x", None), head=HEAD))
    assert [*attended(office)] == [("sáng", "hall", "")]
