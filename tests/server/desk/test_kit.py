"""The class kit: what a monitor finds in it for today, opens, counts and closes; what officers see of many places."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_records.ledger import head
from boiduong_records.tables import CLASS as CLASSES
from boiduong_records.tables import PLACE, SESSION
from boiduong_records.versions import apply, contents, find
from boiduong_server.accounts.auditing import Asked, noted
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.lines import lines_of
from boiduong_server.attending.sheet import How
from boiduong_server.attending.sittings import sittings_of
from boiduong_server.house import House
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import Table

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import BRIDGE, CLASS, HALL, MORNING, TODAY, Held, log_in
from tests.server.attending.test_sittings import put_scan
from tests.server.conftest import APPLICATION, Clock
from tests.server.desk.conftest import Enter
from tests.server.desk.reading_pages import ask, page, text
from tests.server.desk.test_scanning import IPHONE, ZALO
from tests.server.lam_giang import CLASS as OTHER
from tests.server.lam_giang import NOW, ms

__all__ = ["held", "laid_out"]
KIT = f"/lop/{CLASS}/diem-danh"
MORNING_KEY = "2026-11-26-sang"


def post(client: FlaskClient, path: str, **form: str) -> str:
    answer = client.post(path, data=form, base_url=APPLICATION)
    assert answer.status_code == 303, (answer.status_code, text(answer.text))
    return str(answer.location)


def told(client: FlaskClient, path: str = KIT) -> str:
    return text(page(client, path))


def rewrite(house: House, table: Table, change: Any) -> None:
    """The register of the class, with each row changed; none where that answers None."""
    with house.books.writing() as connection:
        scope = table.c.class_code == CLASS
        rows = [changed for row in contents(connection, table, scope=scope) if (changed := change(row))]
        apply(connection, table, find(connection, table, rows, scope=scope), head(connection).seq)


def actions(house: House) -> list[str]:
    with house.store.reading() as connection:
        return [each.action for each in noted(connection, Asked(), None)][::-1]


def check_in(house: House, held: Held, public_id: int, *codes: str, at_ms: int = NOW, waits: bool = False) -> None:
    for code in codes:
        house.store.write(
            lambda connection, code=code: put_scan(connection, public_id, held.cadres[code], at_ms, waits)  # type: ignore[misc]
        )


def test_a_monitor_finds_todays_sessions_at_the_own_places_alone(client: FlaskClient, house: House, held: Held) -> None:
    log_in(client, house, held.monitor(BRIDGE))
    found = told(client)
    assert "Buổi sáng 26/11/2026, 7:30 – 11:30" in found
    assert found.count(BRIDGE) >= 2
    assert HALL not in found
    assert "trong danh sách 3" in found
    assert sittings(house) == [], "nothing is prepared by looking"


def sittings(house: House) -> list[Any]:
    with house.store.reading() as connection:
        return sittings_of(connection, MORNING)


def test_the_kit_prepares_opens_counts_and_closes(client: FlaskClient, house: House, held: Held) -> None:
    log_in(client, house, held.monitor())
    asked = {"buoi": MORNING_KEY, "diem": HALL}
    there = post(client, KIT, **asked, viec="man-hinh")
    (sitting,) = sittings(house)
    assert (there, sitting.opened_ms) == (f"/buoi/{sitting.public}/man-hinh", None)
    assert post(client, KIT, **asked, viec="danh-sach") == f"/buoi/{sitting.public}"
    kit = post(client, KIT, **asked, viec="mo")
    assert held.now(sitting).is_open
    assert "đang mở" in told(client, kit)
    check_in(house, held, sitting.id, "01", "02")
    post(client, f"/buoi/{sitting.public}/si-so", so="5")
    for path in (KIT, kit, f"/buoi/{sitting.public}/dem", f"/buoi/{sitting.public}/dong"):
        assert "ếm 5, điểm danh 2, chênh 3" in told(client, path), path
    post(client, f"/buoi/{sitting.public}/dong")
    assert "đã kết thúc" in (found := told(client, kit))
    assert "nêu ý kiến đến 23:59 ngày 29/11/2026" in found
    post(client, f"/buoi/{sitting.public}/mo-lai")
    assert held.now(sitting).is_open
    assert actions(house) == ["sitting.opened", "sitting.counted", "sitting.closed", "sitting.reopened"]


def test_a_difference_is_no_longer_stated_when_it_is_gone(client: FlaskClient, house: House, held: Held) -> None:
    sitting = held.sitting()
    check_in(house, held, sitting.id, "01")
    log_in(client, house, held.monitor())
    post(client, f"/buoi/{sitting.public}/si-so", so="1")
    assert "đếm 1, khớp" in told(client)
    assert post(client, f"/buoi/{sitting.public}/si-so", so="", ve="danh-sach") == f"/buoi/{sitting.public}"
    assert "đếm" not in told(client)


@pytest.mark.parametrize("said", ["ba", "-1", "1.5", "1000000"])
def test_a_headcount_is_a_number(client: FlaskClient, house: House, held: Held, said: str) -> None:
    sitting = held.sitting()
    log_in(client, house, held.monitor())
    way = {"data": {"so": said}, "base_url": APPLICATION}
    answer = client.post(f"/buoi/{sitting.public}/si-so", headers={"Referer": f"{APPLICATION}{KIT}"}, **way)
    assert answer.status_code == 422
    assert f'href="{APPLICATION}{KIT}"' in answer.text, "the form is one step back"
    answer = client.post(f"/buoi/{sitting.public}/si-so", headers={"Referer": "https://la.vn/"}, **way)
    assert "la.vn" not in answer.text
    assert held.now(sitting).headcount is None


def test_the_wrong_session_is_unopened_as_long_as_nobody_was_seen(
    client: FlaskClient, house: House, held: Held
) -> None:
    sitting = held.sitting()
    log_in(client, house, held.monitor())
    assert "Thôi mở" in told(client)
    post(client, f"/buoi/{sitting.public}/thoi-mo")
    assert held.now(sitting).opened_ms is None
    held.sitting()
    check_in(house, held, sitting.id, "01")
    assert "Thôi mở" not in told(client)


def test_what_will_be_closed_is_said_first(client: FlaskClient, house: House, held: Held, clock: Clock) -> None:
    sitting = held.sitting()
    check_in(house, held, sitting.id, "01", at_ms=ms(26, 7, 20))
    check_in(house, held, sitting.id, "02", at_ms=ms(26, 7, 50))
    check_in(house, held, sitting.id, "03", waits=True)
    check_in(house, held, held.sitting(BRIDGE).id, "04")
    log_in(client, house, held.monitor())
    found = told(client, f"/buoi/{sitting.public}/dong")
    assert "Có mặt 2 Đến muộn 1 Về sớm 0 Vắng có phép 0 Vắng 2" in found
    assert "1 người của điểm này đã điểm danh ở điểm học khác" in found
    assert "1 người có mã gửi sau khi mất mạng" in found
    assert "chưa điểm danh ra" not in found
    assert held.now(sitting).is_open, "nothing is closed by looking"


def test_everybody_without_a_check_out_is_written_down_at_once_where_one_is_required(
    desk: Flask, client: FlaskClient, house: House, held: Held, clock: Clock
) -> None:
    attending = replace(house.rules.attending, check_out=True)
    desk.extensions["house"] = replace(house, rules=replace(house.rules, attending=attending))
    sitting = held.sitting()
    check_in(house, held, sitting.id, "01", "02")
    check_in(house, held, sitting.id, "01", at_ms=ms(26, 11, 20))
    clock.at_ms = ms(26, 11, 35)
    log_in(client, house, held.monitor())
    closing = f"/buoi/{sitting.public}/dong"
    assert "1 người có mặt mà chưa điểm danh ra" in told(client, closing)
    post(client, f"/buoi/{sitting.public}/o-lai")
    with house.store.reading() as connection:
        (line,) = lines_of(connection, [sitting.id])
    assert (line.cadre, line.came, line.left, line.how) == (held.cadres["02"], None, 690, How.HAND)
    assert "chưa điểm danh ra" not in told(client, closing)


def test_a_class_without_places_is_run_by_its_officers(
    client: FlaskClient, enter: Enter, house: House, clock: Clock
) -> None:
    clock.at_ms = ms(18, 8)
    enter(client, Role.PROVINCE_OFFICER)
    kit = f"/lop/{OTHER}/diem-danh"
    assert "Cả lớp" in told(client, kit)
    post(client, kit, buoi="2026-11-18-sang", diem="", viec="mo")
    assert "đang mở" in told(client, kit)


def test_an_officer_of_one_unit_runs_no_class_with_people_of_others(
    client: FlaskClient, enter: Enter, house: House, held: Held
) -> None:
    enter(client, Role.UNIT_OFFICER, organization="DU01")
    assert ask(client, KIT).status_code == 404
    with house.books.writing() as connection:
        others = [held.cadres[code] for code in ("04", "05", "06", "07", "08")]
        enrol(connection, CLASS, (), others, Decision("", "Phép thử", "", NOW))
    assert "danh sách 3 người" in told(client)


def test_an_auditor_looks_on_and_changes_nothing(client: FlaskClient, enter: Enter, house: House, held: Held) -> None:
    sitting = held.sitting()
    enter(client, Role.AUDITOR)
    found = page(client, KIT)
    assert HALL in found
    assert 'method="post" action="/buoi' not in found
    assert f"{sitting.public}/man-hinh" not in found
    for path in ("mo", "si-so", "dong", "mo-lai", "thoi-mo", "o-lai"):
        assert client.post(f"/buoi/{sitting.public}/{path}", base_url=APPLICATION).status_code == 403


def test_a_moved_session_is_no_longer_offered_and_what_was_opened_stays_in_sight(
    client: FlaskClient, house: House, held: Held
) -> None:
    sitting = held.sitting(HALL)
    moved = date_of(27)
    rewrite(house, SESSION, lambda row: row | ({"date": moved} if row["half"] == "morning" else {}))
    log_in(client, house, held.monitor(HALL))
    assert "Buổi sáng 26/11/2026 (không còn trong lịch lớp)" in (found := told(client))
    assert "Buổi sáng 27/11/2026" in found
    answer = client.post(KIT, data={"buoi": MORNING_KEY, "diem": HALL, "viec": "mo"}, base_url=APPLICATION)
    assert answer.status_code == 409
    assert held.now(sitting).is_open


def date_of(day: int) -> Any:
    return TODAY.replace(day=day)


def test_the_hours_follow_the_schedule_until_the_sitting_is_opened(
    client: FlaskClient, house: House, held: Held
) -> None:
    sitting = held.prepared()
    rewrite(house, SESSION, lambda row: row | ({"starts": 480} if row["half"] == "morning" else {}))
    log_in(client, house, held.monitor())
    post(client, f"/buoi/{sitting.public}/mo")
    assert held.now(sitting).from_ms == ms(26, 6)


def test_a_class_without_sessions_or_people_has_a_kit_all_the_same(
    client: FlaskClient, enter: Enter, house: House, held: Held
) -> None:
    rewrite(house, SESSION, lambda row: None)
    with house.books.writing() as connection:
        enrol(connection, CLASS, (), [*held.cadres.values()], Decision("", "Phép thử", "", NOW))
    enter(client, Role.PROVINCE_OFFICER)
    assert "lịch của lớp chưa có trong sổ" in told(client)
    assert "Chưa có ai trong danh sách lớp." in told(client, f"/lop/{CLASS}/danh-sach-to")


def many(house: House, count: int) -> None:
    rows = [
        {"class_code": CLASS, "name": f"Điểm cầu {number:03}", "delivery": "bridge", "monitor": f"Người {number}"}
        for number in range(count)
    ]
    with house.books.writing() as connection:
        apply(connection, PLACE, find(connection, PLACE, rows), head(connection).seq)


def test_of_two_hundred_bridges_officers_see_how_they_stand_together_and_find_one(
    client: FlaskClient, enter: Enter, house: House, held: Held
) -> None:
    many(house, 200)
    enter(client, Role.PROVINCE_OFFICER)
    post(client, KIT, buoi=MORNING_KEY, diem="Điểm cầu 007", viec="mo")
    found = page(client, KIT)
    assert "200 điểm học: 1 đang mở, 199 chưa mở, 0 đã kết thúc." in text(found)
    assert "Điểm cầu 007" not in found
    session = f"{KIT}?buoi={MORNING_KEY}"
    assert page(client, session).count("Điểm cầu") == 50
    assert page(client, f"{session}&tu=150").count("Điểm cầu 1") == 50
    for query, count in (("tim=diem cau 15", 10), ("tim=nguoi 199", 1), ("loc=dang-mo", 1), ("loc=chenh", 0)):
        assert f"{count} điểm học " in told(client, f"{session}&{query}"), query
    public = sittings(house)[0].public
    post(client, f"/buoi/{public}/si-so", so="4")
    assert "đếm 4, chênh 4" in told(client, f"{session}&loc=chenh")
    assert "1 điểm chênh sĩ số" in told(client)
    assert f"/buoi/{public}/dong" in page(client, f"{session}&diem=Điểm cầu 007")


def test_a_class_code_may_hold_a_slash(client: FlaskClient, enter: Enter, house: House, held: Held) -> None:
    with house.books.writing() as connection:
        row = next(row for row in contents(connection, CLASSES) if row["code"] == CLASS)
        session = next(row for row in contents(connection, SESSION) if row["class_code"] == CLASS)
        seq = head(connection).seq
        apply(connection, CLASSES, find(connection, CLASSES, [row | {"code": "12/BTC 1"}]), seq)
        apply(connection, SESSION, find(connection, SESSION, [session | {"class_code": "12/BTC 1"}]), seq)
    enter(client, Role.PROVINCE_OFFICER)
    kit = "/lop/12/BTC%201/diem-danh"
    where = post(client, kit, buoi=MORNING_KEY, diem="", viec="mo")
    assert where == f"{kit}?buoi={MORNING_KEY}"
    assert "đang mở" in told(client, where)


def test_the_sheet_to_sign_is_of_the_place_and_the_session(client: FlaskClient, house: House, held: Held) -> None:
    log_in(client, house, held.monitor(BRIDGE))
    assert ask(client, f"/lop/{CLASS}/bang-ky.xlsx?diem={HALL}").status_code == 404
    answer = ask(client, f"/lop/{CLASS}/bang-ky.xlsx?buoi={MORNING_KEY}")
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Hồ Văn Minh" in cells
    assert "Nguyễn Văn An" not in cells
    assert [cell for cell in cells if cell.startswith("26/11/2026")] == ["26/11/2026 Sáng"]


def test_the_roster_goes_by_place_and_team(client: FlaskClient, house: House, held: Held) -> None:
    log_in(client, house, held.monitor())
    found = told(client, f"/lop/{CLASS}/danh-sach-to")
    assert f"{HALL} · Tổ 1 2 người" in found
    assert found.index("Trần Thị Bình") < found.index("Tổ 2 3 người") < found.index("Lê Văn Dũng")
    assert "Hồ Văn Minh" not in found


def test_who_monitors_today_is_led_there_from_the_first_page(
    client: FlaskClient, house: House, held: Held, clock: Clock
) -> None:
    log_in(client, house, held.monitor())
    assert f'href="{KIT}"' in page(client, "/")
    clock.at_ms = ms(27, 8)
    log_in(client, house, held.monitor())
    assert f'href="{KIT}"' not in page(client, "/")


def test_officers_are_told_of_sittings_that_nobody_closed(
    client: FlaskClient, enter: Enter, house: House, held: Held, clock: Clock
) -> None:
    sitting = held.sitting()
    enter(client, Role.PROVINCE_OFFICER)
    assert "chưa kết thúc điểm danh" not in told(client)
    clock.at_ms = ms(27, 8)
    enter(client, Role.PROVINCE_OFFICER)
    assert f"tại {HALL} đã hết giờ mà chưa kết thúc điểm danh" in told(client)
    assert f"/buoi/{sitting.public}/dong" in page(client, f"{KIT}?buoi={MORNING_KEY}")


def test_a_place_that_is_gone_is_not_opened_and_what_was_opened_there_stays_in_officers_sight(
    client: FlaskClient, enter: Enter, house: House, held: Held
) -> None:
    opened, prepared = held.sitting(HALL), held.prepared(BRIDGE)
    rewrite(house, PLACE, lambda row: row | {"name": f"{row['name']} mới"})
    enter(client, Role.PROVINCE_OFFICER)
    assert client.post(f"/buoi/{prepared.public}/mo", base_url=APPLICATION).status_code == 409
    session = page(client, f"{KIT}?buoi={MORNING_KEY}")
    assert f"/buoi/{opened.public}/dong" in session
    assert f"{HALL} mới" in session
    assert prepared.public not in session


@pytest.mark.parametrize(("agent", "way"), [(ZALO, 'href="intent://'), (IPHONE, "Mở trong Safari")])
def test_inside_an_app_that_keeps_no_files_the_kit_leads_to_ones_own_browser(
    client: FlaskClient, house: House, held: Held, agent: str, way: str
) -> None:
    log_in(client, house, held.monitor())
    for path in (KIT, f"{KIT}?buoi={MORNING_KEY}", f"/buoi/{held.sitting().public}"):
        assert way in client.get(path, base_url=APPLICATION, headers={"User-Agent": agent}).text
        assert "trình duyệt của máy" not in page(client, path)


@pytest.mark.parametrize("text", ["-1", "398,5", "1e3", "9" * 5_000])
def test_a_headcount_is_a_number_that_a_room_can_hold(client: FlaskClient, house: House, held: Held, text: str) -> None:
    log_in(client, house, held.monitor())
    path = f"/buoi/{held.sitting().public}/si-so"
    assert client.post(path, data={"so": text}, base_url=APPLICATION).status_code == 422
