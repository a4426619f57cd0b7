"""A team leader's list: who is here of the team, while the sitting is open and the leader is there."""

import pytest
from boiduong_server.attending.lines import Writer, Written, lines_of
from boiduong_server.attending.lines import write as write_lines
from boiduong_server.attending.sheet import How, Mark
from boiduong_server.attending.sittings import Sitting, close
from boiduong_server.house import House
from flask.testing import FlaskClient

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import BRIDGE, Held, log_in
from tests.server.conftest import APPLICATION, Clock
from tests.server.desk.reading_pages import page, text
from tests.server.desk.test_roll import key, rows, scan, send
from tests.server.desk.test_scanning import check_in
from tests.server.lam_giang import NOW

__all__ = ["held", "laid_out"]
WAY = "/diem-danh/to"
FIRST = "Tổ trưởng điểm danh cho mình trước"


@pytest.fixture
def sitting(client: FlaskClient, house: House, held: Held) -> Sitting:
    """The hall's, open; 03 leads a team there, is present, and has entered."""
    log_in(client, house, held.learner("03"))
    made = held.sitting()
    scan(held, made, "03")
    return made


def own(client: FlaskClient, sitting: Sitting) -> str:
    return page(client, f"{WAY}/{sitting.public}")


def test_a_leader_sees_and_ticks_the_team_and_nobody_else(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    found = text(own(client, sitting))
    assert "Lê Văn Dũng" in found
    assert "Đỗ Thị Hoa" in found
    assert "Trần Thị Bình" not in found
    here = {"reason": ""}
    said = send(client, sitting, *({"key": key(held, code), **here} for code in ("04", "02", "03", "06")), way=WAY)
    assert [bool(each) for each in said] == [False, True, True, True]
    log_in(client, held.house, held.monitor())
    assert "Có mặt tổ trưởng ghi Vũ Thị Lan" in rows(client, sitting)["04"]


def test_ticking_works_without_script_and_is_taken_back(
    client: FlaskClient, held: Held, sitting: Sitting, clock: Clock
) -> None:
    for mark, said in (("present", "Có mặt tổ trưởng ghi"), ("undone", "Chưa điểm danh")):
        clock.at_ms += 1_000
        form = {"nguoi": key(held, "04"), "viec": mark}
        assert client.post(f"{WAY}/{sitting.public}/ghi", data=form, base_url=APPLICATION).status_code == 303
        assert said in text(own(client, sitting))


def test_a_leader_who_is_not_here_yet_ticks_nobody(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    log_in(client, held.house, held.learner("01"))
    assert FIRST in text(own(client, sitting))
    (said,) = send(client, sitting, {"key": key(held, "02")}, way=WAY)
    assert said.startswith(FIRST)


def test_a_leader_writes_no_absence_and_nothing_over_the_monitors_line(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    monitor = Writer(1, "Lê Thị Hằng (ql-1)", How.HAND)
    absent = Written(held.cadres["04"], Mark.ABSENT, NOW, "m" * 32, reason="về sớm")
    write_lines(held.house.store, sitting, monitor, [absent], NOW)
    sent = (
        {"key": key(held, "04")}, {"key": key(held, "04"), "mark": "undone"}, {"key": key(held, "05"), "mark": "absent"}
    )  # fmt: skip
    said = send(client, sitting, *sent, way=WAY)
    assert [each[:16] for each in said] == ["Cán bộ quản lý l", "Cán bộ quản lý l", "Tổ trưởng chỉ gh"]


def test_what_was_ticked_while_it_was_open_may_come_after_the_end_and_nothing_later(
    client: FlaskClient, held: Held, sitting: Sitting, clock: Clock
) -> None:
    clock.at_ms += 30 * 60_000
    close(held.house.store, sitting, "Hằng", 3, clock.at_ms)
    clock.at_ms += 30 * 60_000
    early, late = {"key": key(held, "04"), "at_ms": NOW + 60_000}, {"key": key(held, "05"), "at_ms": clock.at_ms}
    assert send(client, sitting, early, late, way=WAY) == ["", "Điểm danh đã kết thúc"]
    with held.house.store.reading() as store:
        assert [each.sent_later for each in lines_of(store, [sitting.id])] == [True]


def test_who_leads_no_team_here_finds_no_such_page(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    bridge = held.sitting(BRIDGE)
    for code, where in (("02", sitting), ("06", sitting), ("03", bridge)):
        log_in(client, held.house, held.learner(code))
        for path in ("", "/tinh-hinh?tu=0.0.0.0"):
            assert client.get(f"{WAY}/{where.public}{path}", base_url=APPLICATION).status_code == 404


def test_a_team_is_told_whole_to_a_page_that_asks(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    scan(held, sitting, "05")
    answer = client.get(f"{WAY}/{sitting.public}/tinh-hinh?tu=0.0.0.0", base_url=APPLICATION).json
    assert answer
    assert [(each["code"], each["state"]) for each in answer["rows"]] == [("04", "unknown"), ("05", "present")]


def test_a_leader_writes_no_times_so_that_nobody_who_came_late_is_made_to_have_come_in_time(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    times = ({"key": key(held, "04"), **time} for time in ({"came": 450}, {"left": 690}))
    said = send(client, sitting, *times, way=WAY)
    assert said == ["Tổ trưởng không ghi giờ vào, giờ ra"] * 2


def test_a_leader_is_led_to_the_team_from_the_scan_and_from_both_own_pages(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    for code, is_led in (("03", True), ("04", False)):
        log_in(client, held.house, held.learner(code))
        pages = [check_in(client, held, sitting).text, page(client, "/"), page(client, "/diem-danh")]
        assert [f'href="{WAY}/{sitting.public}"' in each for each in pages] == [is_led] * 3
