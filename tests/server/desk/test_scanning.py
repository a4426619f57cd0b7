"""Checking in by telephone: what opening an address does and does not, whose reading it is, what is told and listed."""

import re

import pytest
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.lines import Writer, Written, write
from boiduong_server.attending.readings import Refusal, refused_at, scans_of
from boiduong_server.attending.scanning import Why
from boiduong_server.attending.sheet import How, Mark, Scan
from boiduong_server.attending.sittings import Sitting, close
from boiduong_server.house import House
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import CLASS, HALL, Held, log_in
from tests.server.conftest import Clock
from tests.server.desk.conftest import Enter
from tests.server.desk.test_entry import First, choose, first
from tests.server.lam_giang import NOW

__all__ = ["first", "held", "laid_out"]
MINUTE = 60_000
ZALO = "Mozilla/5.0 (Linux; Android 10; wv) AppleWebKit/537.36 Chrome/90 Mobile Safari/537.36 Zalo android/12.1"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS]"


@pytest.fixture
def hall(held: Held) -> Sitting:
    return held.sitting(HALL)


def scans(house: House, sitting: Sitting) -> list[Scan]:
    with house.store.reading() as connection:
        return scans_of(connection, [sitting.id])


def refused(house: House, sitting: Sitting) -> list[Refusal]:
    with house.store.reading() as connection:
        return refused_at(connection, sitting.id)


def stamp_in(page: str) -> str:
    found = re.search(r"dau=([\w.-]+)", page) or re.search(r'name="dau" value="([\w.-]+)"', page)
    assert found, page
    return found[1]


def send(client: FlaskClient, page: TestResponse) -> TestResponse:
    """What the page of a good reading sends by itself."""
    return client.post("/diem-danh/ghi", data={"dau": stamp_in(page.text)})


def check_in(client: FlaskClient, held: Held, sitting: Sitting) -> TestResponse:
    return send(client, client.get(held.address(sitting)))


def heading(answer: TestResponse) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
    return re.sub(r"<.*?>", "", found[1]).strip() if found else ""


# Opening an address ---------------------------------------------------------------------------------------------------


def test_to_open_an_address_records_nothing_and_to_send_the_page_does(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    log_in(client, house, held.learner("01"))
    page = client.get(held.address(hall))
    assert page.status_code == 200
    assert scans(house, hall) == []
    clock.at_ms += MINUTE
    answer = send(client, page)
    assert heading(answer) == "✓ Có mặt từ 8:00"
    for said in ("Nguyễn Văn An", "Lớp kết hợp mùa thu", HALL, "sáng 26/11/2026", "muộn 30 phút"):
        assert said in answer.text
    (scan,) = scans(house, hall)
    assert (scan.cadre, scan.at_ms, scan.counts) == (held.cadres["01"], NOW, True)


@pytest.mark.parametrize(("path", "to"), [("/d", "/D"), ("/d/abcdefghjkm", "/D/ABCDEFGHJKM"), ("/D/abc", "/D/ABC")])
def test_small_letters_lead_to_the_address_in_capitals(client: FlaskClient, path: str, to: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (301, to)


def test_an_old_photograph_is_refused_and_listed_with_who_used_it(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    address = held.address(hall)
    clock.at_ms += MINUTE
    assert heading(client.get(address)) == "Mã này đã hết hạn"
    log_in(client, house, held.learner("02"))
    client.get(address)
    assert [(each.who, each.why) for each in refused(house, hall)] == [
        (held.reader("02").who, Why.OUTDATED),
        ("", Why.OUTDATED),
    ]


def test_a_refusal_is_listed_once_however_often_the_camera_opens_it(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    address = held.address(hall)
    clock.at_ms += MINUTE
    log_in(client, house, held.learner("02"))
    for _ in range(3):
        client.get(address)
    assert len(refused(house, hall)) == 1


def test_a_page_that_is_loaded_anew_hours_later_says_what_became_of_it(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    log_in(client, house, held.learner("01"))
    address = held.address(hall)
    page = client.get(address)
    send(client, page)
    clock.at_ms += 120 * MINUTE
    assert heading(client.get(address)) == "✓ Có mặt từ 8:00"
    assert heading(send(client, page)) == "✓ Có mặt từ 8:00"
    assert refused(house, hall) == []


def test_an_early_and_a_late_scan_are_both_kept_and_the_earliest_counts(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    log_in(client, house, held.learner("01"))
    check_in(client, held, hall)
    clock.at_ms += 30 * MINUTE
    assert heading(check_in(client, held, hall)) == "✓ Có mặt từ 8:00"
    assert len(scans(house, hall)) == 2


# Whose it is ----------------------------------------------------------------------------------------------------------


def test_who_enters_after_the_scan_is_present_from_the_scan_on(  # noqa: PLR0917
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock, first: First
) -> None:
    password = first()
    page = client.get(held.address(hall))
    assert "<strong>8:10</strong>" in page.text
    wanted = f"/diem-danh/ghi?dau={stamp_in(page.text)}"
    clock.at_ms += 4 * MINUTE
    wrong = client.post("/dang-nhap", data={"ten": "01", "mat-khau": "sai", "tiep": wanted})
    assert "Giờ quét mã điểm danh 8:00 vẫn được giữ đến 8:10" in wrong.text
    client.post("/dang-nhap", data={"ten": "01", "mat-khau": password, "tiep": wanted})
    assert choose(client).location == wanted
    assert heading(send(client, client.get(wanted))) == "✓ Có mặt từ 8:00"


def test_a_stamp_that_ended_is_refused_listed_and_told(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    page = client.get(held.address(hall))
    clock.at_ms += 10 * MINUTE
    assert heading(client.get(f"/diem-danh/ghi?dau={stamp_in(page.text)}")) == "Đã quá mười phút từ lúc quét mã"
    log_in(client, house, held.learner("01"))
    assert heading(send(client, page)) == "Đã quá mười phút từ lúc quét mã"
    assert [each.why for each in refused(house, hall)] == [Why.STAMP_ENDED]


def test_one_reading_serves_one_account(client: FlaskClient, house: House, held: Held, hall: Sitting) -> None:
    page = client.get(held.address(hall))
    log_in(client, house, held.learner("01"))
    send(client, page)
    log_in(client, house, held.learner("02"))
    assert heading(send(client, page)) == "Lần quét này đã dùng cho người khác"
    assert [(each.who, each.why) for each in refused(house, hall)] == [(held.reader("02").who, Why.ANOTHER)]


def test_who_is_not_enrolled_is_told_what_to_do_and_listed(
    client: FlaskClient, house: House, held: Held, hall: Sitting
) -> None:
    with house.books.writing() as connection:
        enrol(connection, CLASS, [], [held.cadres["08"]], Decision("", "Phép thử", "", NOW))
    log_in(client, house, held.learner("08"))
    answer = check_in(client, held, hall)
    assert heading(answer) == "Chưa có tên trong danh sách lớp này"
    assert "Báo cán bộ quản lý lớp" in answer.text
    assert [each.why for each in refused(house, hall)] == [Why.NOT_ENROLLED]


def test_who_is_no_cadre_is_asked_for_an_account_that_is(
    client: FlaskClient, house: House, held: Held, hall: Sitting, enter: Enter
) -> None:
    enter(client, Role.AUDITOR)
    page = client.get(held.address(hall))
    assert "không phải của học viên" in page.text
    assert 'action="/dang-nhap"' in page.text
    assert scans(house, hall) == []


def test_the_next_person_on_the_same_telephone_is_recorded_as_such(
    client: FlaskClient, house: House, held: Held, hall: Sitting
) -> None:
    log_in(client, house, held.learner("01"))
    answer = check_in(client, held, hall)
    assert "Điểm danh cho người khác trên máy này" in answer.text
    assert client.post("/dang-xuat", data={"tiep": "/D"}).location == "/D"
    log_in(client, house, held.learner("02"))
    check_in(client, held, hall)
    one, two = scans(house, hall)
    assert one.device == two.device != ""


def test_a_forged_stamp_is_no_stamp(client: FlaskClient, house: House, held: Held, hall: Sitting) -> None:
    log_in(client, house, held.learner("01"))
    stamp = stamp_in(client.get(held.address(hall)).text)
    for forged in ("", "x", f"{stamp[:-3]}abc", stamp.swapcase()):
        assert client.post("/diem-danh/ghi", data={"dau": forged}).status_code == 422
        assert client.get(f"/diem-danh/ghi?dau={forged}").status_code == 422
    assert scans(house, hall) == []


def test_a_line_of_the_monitors_is_told_and_not_overruled_by_an_older_code(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    log_in(client, house, held.learner("01"))
    page = client.get(held.address(hall))
    clock.at_ms += MINUTE
    line = Written(held.cadres["01"], Mark.EXCUSED, clock.at_ms, "0" * 32, reason="họp tỉnh")
    write(house.store, hall, Writer(1, "Lê Thị Hằng", How.HAND), [line], clock.at_ms)
    answer = send(client, page)
    assert heading(answer) == "Mã đã ghi"
    assert "Lê Thị Hằng" in answer.text


# Typing ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["{}", " {} ", "lower", "spaced"])
def test_six_letters_typed_do_the_same(
    client: FlaskClient, house: House, held: Held, hall: Sitting, written: str
) -> None:
    log_in(client, house, held.learner("01"))
    code = held.code(hall)
    ways = {"lower": code.lower(), "spaced": f"{code[:3]} {code[3:]}"}
    answer = client.post("/D", data={"ma": ways.get(written, written.format(code))})
    assert heading(answer) == "✓ Có mặt từ 8:00"


def test_letters_typed_by_somebody_who_has_not_entered_are_kept_for_them(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    page = client.post("/D", data={"ma": held.code(hall)})
    assert heading(page) == "Đăng nhập để điểm danh"
    clock.at_ms += 5 * MINUTE
    log_in(client, house, held.learner("01"))
    assert heading(send(client, page)) == "✓ Có mặt từ 8:00"


def test_letters_that_were_shown_a_while_ago_are_refused_and_listed(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    log_in(client, house, held.learner("01"))
    code = held.code(hall)
    clock.at_ms += 5 * MINUTE
    assert heading(client.post("/D", data={"ma": code})) == "Mã này đã hết hạn"
    assert [each.why for each in refused(house, hall)] == [Why.OUTDATED]


@pytest.mark.parametrize("text", ["", "ABC", "1234567", "ĐĂNG KÝ"])
def test_what_is_no_code_is_asked_for_again_and_stays_in_the_field(client: FlaskClient, text: str) -> None:
    answer = client.post("/D", data={"ma": text})
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.text


def test_what_is_typed_twice_under_one_number_is_one_reading(
    client: FlaskClient, house: House, held: Held, hall: Sitting
) -> None:
    log_in(client, house, held.learner("01"))
    for _ in range(2):
        client.post("/D", data={"ma": held.code(hall), "so": "ab" * 16})
    assert len(scans(house, hall)) == 1


def test_who_guesses_waits_and_nobody_else_does(
    desk: Flask, client: FlaskClient, house: House, held: Held, hall: Sitting
) -> None:
    log_in(client, house, held.learner("01"))
    guesses = [client.post("/D", data={"ma": f"CFCF{a}{b}"}).status_code for a in "HJKM" for b in "NPRTVX"]
    assert guesses == [422] * 20 + [429] * 4
    assert client.post("/D", data={"ma": held.code(hall)}).status_code == 429
    assert client.get(held.address(hall)).status_code == 429
    other = desk.test_client()
    log_in(other, house, held.learner("02"))
    assert heading(check_in(other, held, hall)) == "✓ Có mặt từ 8:00"


def test_a_hall_of_four_hundred_behind_one_address_may_mistype(desk: Flask, held: Held, hall: Sitting) -> None:
    answers = {desk.test_client().post("/D", data={"ma": "CFCFCF"}).status_code for _ in range(400)}
    assert answers == {422}


# Other browsers -------------------------------------------------------------------------------------------------------


def test_a_short_code_brings_the_reading_into_another_browser(
    desk: Flask, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    page = desk.test_client().get(held.address(hall))
    found = re.search(r'class="short-code">(\w{4} \w{4})<', page.text)
    assert found
    other = desk.test_client()
    log_in(other, house, held.learner("01"))
    clock.at_ms += 9 * MINUTE
    answer = other.post("/D", data={"ma": found[1].lower()})
    assert heading(send(other, other.get(answer.location))) == "✓ Có mặt từ 8:00"
    clock.at_ms += MINUTE
    assert "quá mười phút" in other.post("/D", data={"ma": found[1]}).text


@pytest.mark.parametrize(("agent", "way"), [(ZALO, 'href="intent://'), (IPHONE, "Mở trong Safari")])
def test_a_browser_inside_an_app_leads_to_ones_own(
    client: FlaskClient, held: Held, hall: Sitting, agent: str, way: str
) -> None:
    page = client.get(held.address(hall), headers={"User-Agent": agent}).text
    assert way in page
    assert 'action="/dang-nhap"' in page


# One's own page -------------------------------------------------------------------------------------------------------


def test_ones_own_page_says_how_each_half_day_stands(
    client: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    log_in(client, house, held.learner("01"))
    page = client.get("/diem-danh").text
    assert "Chưa điểm danh" in page
    assert "Hôm nay, chưa mở điểm danh" in page
    check_in(client, held, hall)
    clock.at_ms += MINUTE
    close(house.store, hall, "x", 3, clock.at_ms)
    page = client.get("/diem-danh").text
    assert "Có mặt" in page
    assert f'href="/diem-danh/{hall.public}/y-kien"' in page


def test_the_first_page_leads_there_on_a_day_with_a_session(client: FlaskClient, house: House, held: Held) -> None:
    log_in(client, house, held.learner("01"))
    assert 'href="/diem-danh"' in client.get("/").text
