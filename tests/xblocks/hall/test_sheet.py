"""What is handed to the books of a session: events, and the table that an officer takes."""

from datetime import UTC, datetime

import pytest
from boiduong_xblocks.hall.roll import Presence, Row
from boiduong_xblocks.hall.sheet import Held
from boiduong_xblocks.moments import clock

NOW = int(datetime(2026, 12, 15, 0, 31, tzinfo=UTC).timestamp() * 1000)
"""7:31 in Hà Nội."""
MINUTE, DAY = 60_000, 86_400_000
HELD = Held("L01", "buoi-1", NOW)


def row(came: int | None = NOW, left: int | None = None, presence: Presence = Presence.PRESENT, **more: str) -> Row:
    return Row("lan", more.pop("name", "Nguyễn Thị Lan"), presence, came, left, **({"how": "code"} | more))


@pytest.mark.parametrize(
    ("came", "left", "presence", "expected"),
    [
        (NOW, None, Presence.PRESENT, "7:31"),
        (NOW, NOW + 224 * MINUTE, Presence.PRESENT, "7:31-11:15"),
        (NOW, NOW + 1, Presence.PRESENT, "7:31-7:32"),
        (NOW, NOW + DAY, Presence.PRESENT, "7:31-23:59"),
        (NOW + 988 * MINUTE, NOW + 989 * MINUTE, Presence.PRESENT, "23:58-23:59"),
        (NOW + DAY, None, Presence.PRESENT, "x"),
        (None, None, Presence.PRESENT, "x"),
        (None, None, Presence.EXCUSED, "p"),
        (None, None, Presence.ABSENT, "v"),
    ],
)
def test_a_mark_is_what_the_officers_command_reads(came, left, presence, expected) -> None:
    assert HELD.mark(row(came, left, presence)) == expected


def test_times_of_another_day_are_not_told_to_the_books() -> None:
    said = HELD.attended(row(NOW, NOW + DAY))
    assert (said["date"], said["came_ms"]) == ("2026-12-15", NOW)
    assert clock(said["left_ms"]) == "23:59"
    assert HELD.attended(row(NOW + DAY))["came_ms"] is None


@pytest.mark.parametrize("text", ["=1+1", "+84", "-lan", "@lan"])
def test_no_cell_is_a_formula(text: str) -> None:
    table = HELD.table([row(name=text, how="list", reason=text, by=text)]).decode("utf-8-sig")
    assert table.splitlines()[1] == f"L01,lan,'{text},7:31,ghi tay,'{text},'{text}"


def test_the_table_begins_with_a_mark_of_its_encoding_and_is_named_by_session_and_day() -> None:
    assert HELD.table([]).startswith(b"\xef\xbb\xbf")
    assert Held("", "buổi 1/2\r\n", NOW).file_name == "diem-danh-bu-i-1-2---2026-12-15.csv"
