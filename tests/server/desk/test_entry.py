"""The way in: names, passwords, the second step, waits, cookies, and where one lands."""

import re
import time
from collections.abc import Callable

import pytest
from boiduong_server.accounts.account import Grant
from boiduong_server.accounts.making import NewAccount, grant, make_accounts, prepared
from boiduong_server.accounts.roles import Role
from boiduong_server.house import House
from boiduong_server.tables import ENTERED, TRY, USER
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import Connection, func, select, update
from werkzeug.test import TestResponse

from tests.server.conftest import Clock
from tests.server.desk.conftest import Enter
from tests.server.lam_giang import LamGiang

OWN = "cau tho moi sang"
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
First = Callable[..., str]


@pytest.fixture
def first(house: House, lam_giang: LamGiang) -> First:
    """Make cadre 01 an account, with roles; the first password."""

    def make(*roles: Role) -> str:
        accounts = prepared([NewAccount("01", "Nguyễn Văn An", lam_giang.cadres["01"], "0912 345 678")])

        def write(connection: Connection) -> str:
            (made,) = make_accounts(connection, accounts, house.now_ms())
            for role in roles:
                grant(connection, made.user, Grant(role, "DU01"), house.now_ms())
            return made.password

        return house.store.write(write)

    return make


def log_in(client: FlaskClient, password: str, name: str = "01", **more: str) -> TestResponse:
    return client.post("/dang-nhap", data={"ten": name, "mat-khau": password, **more})


def choose(client: FlaskClient, password: str = OWN, **more: str) -> TestResponse:
    return client.post("/mat-khau", data={"moi": password, "moi-lan-hai": password, **more})


def settle(client: FlaskClient, password: str) -> None:
    """Past the first entry, and out again."""
    log_in(client, password)
    assert choose(client).status_code == 303
    client.post("/dang-xuat")


def is_in(client: FlaskClient) -> bool:
    return client.get("/thiet-bi").status_code == 200


def cookies(response: TestResponse) -> dict[str, str]:
    return {line.split("=")[0]: line for line in response.headers.getlist("Set-Cookie")}


def test_a_first_password_opens_nothing_but_the_choice_of_ones_own(client: FlaskClient, first: First) -> None:
    answer = log_in(client, first())
    assert (answer.status_code, answer.location) == (303, "/mat-khau")
    assert not is_in(client)
    answer = choose(client)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(client)


@pytest.mark.parametrize("name", ["01", " 01 ", "0912345678", "+84 912.345.678", "0912 345 678", "84-912-345-678"])
def test_both_names_open_however_they_are_spelled(client: FlaskClient, first: First, name: str) -> None:
    answer = log_in(client, first(), name)
    assert answer.status_code == (422 if name.startswith("84") else 303)


def without_token(page: TestResponse) -> str:
    """The form's token changes with the second."""
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", page.text)


def test_what_is_said_does_not_tell_whether_the_account_exists(client: FlaskClient, house: House, first: First) -> None:
    password = first()
    wrong, unknown = without_token(log_in(client, "khong phai")), without_token(log_in(client, "khong phai", "99"))
    house.store.write(lambda connection: connection.execute(update(USER).values(active=False)))
    locked = without_token(log_in(client, password))
    assert wrong == unknown.replace('value="99"', 'value="01"') == locked
    assert "chưa đúng" in wrong


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("ngan", "ít nhất 8"),
        ("12345678", "nhiều người dùng"),
        ("Mật Khẩu 123", "nhiều người dùng"),
        ("aaaaaaaaaa", "nhiều người dùng"),
        ("0912345678", "không nên là"),
        ("nguyen van an", "không nên là"),
    ],
)
def test_a_password_that_others_would_guess_is_refused(
    client: FlaskClient, first: First, chosen: str, said: str
) -> None:
    log_in(client, first())
    answer = choose(client, chosen)
    assert answer.status_code == 422
    assert said in answer.text


def test_the_first_password_is_not_chosen_again(client: FlaskClient, first: First) -> None:
    password = first()
    log_in(client, password)
    assert choose(client, password).status_code == 422


def test_a_changed_password_asks_for_the_old_one_and_ends_other_sessions(
    client: FlaskClient, desk: object, first: First
) -> None:
    settle(client, first())
    other = client.application.test_client()
    for each in (client, other):
        log_in(each, OWN)
    assert choose(client, "mot cau khac han", **{"dang-dung": "khong phai"}).status_code == 422
    assert choose(client, "mot cau khac han", **{"dang-dung": OWN}).status_code == 303
    assert is_in(client)
    assert not is_in(other)


@pytest.mark.parametrize(
    ("wanted", "landed"),
    [
        ("/thiet-bi", "/thiet-bi"),
        ("/nguoi/abc?tab=2", "/nguoi/abc?tab=2"),
        ("https://la.vn/", "/"),
        ("//la.vn", "/"),
        ("/\\la.vn", "/"),
        ("/\t/la.vn", "/"),
        ("//[", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
    ],
)
def test_entering_leads_to_pages_of_this_host_only(client: FlaskClient, first: First, wanted: str, landed: str) -> None:
    settle(client, first())
    assert log_in(client, OWN, tiep=wanted).location == landed


def test_a_page_asked_for_before_entering_is_reached_after_it(client: FlaskClient) -> None:
    assert client.get("/thiet-bi").location == "/dang-nhap?tiep=%2Fthiet-bi"
    assert 'name="tiep" value="/thiet-bi"' in client.get("/dang-nhap?tiep=%2Fthiet-bi").text


def test_the_cookie_is_the_hosts_own_and_no_script_reads_it(client: FlaskClient, first: First) -> None:
    settle(client, first())
    held = cookies(log_in(client, OWN))
    for name in ("__Host-boiduong", "__Host-boiduong-may"):
        assert all(each in held[name] for each in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
        assert "Domain" not in held[name]
    assert "Expires" not in held["__Host-boiduong"]


def test_a_learners_own_device_stays_for_thirty_days(client: FlaskClient, clock: Clock, first: First) -> None:
    settle(client, first())
    assert "Expires" in cookies(log_in(client, OWN, giu="on"))["__Host-boiduong"]
    clock.at_ms += 30 * DAY - MINUTE
    assert is_in(client)
    clock.at_ms += MINUTE
    assert not is_in(client)


def test_elsewhere_a_learner_stays_for_twelve_hours(client: FlaskClient, clock: Clock, first: First) -> None:
    settle(client, first())
    log_in(client, OWN)
    clock.at_ms += 12 * HOUR - 1
    assert is_in(client)
    clock.at_ms += 1
    assert not is_in(client)


# The second step ------------------------------------------------------------------------------------------------------


def set_up(client: FlaskClient) -> tuple[str, TestResponse]:
    """The secret that the page shows, and the answer to its first code."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get("/xac-thuc").text)
    assert found
    secret = found[1].replace(" ", "")
    return secret, client.post("/xac-thuc", data={"ma": code(client, secret)})


def code(client: FlaskClient, secret: str) -> str:
    return TOTP(secret).at(client.application.extensions["house"].now_ms() // 1000)


def with_second(client: FlaskClient, password: str) -> tuple[str, list[str]]:
    """An officer past everything, and out again; their secret and recovery codes."""
    log_in(client, password)
    choose(client)
    secret, answer = set_up(client)
    client.post("/dang-xuat")
    return secret, re.findall(r"<code>([a-z2-7-]{19})</code>", answer.text)


def test_an_officer_sets_up_a_second_step_before_anything_opens(client: FlaskClient, first: First) -> None:
    log_in(client, first(Role.AUDITOR))
    assert choose(client).location == "/xac-thuc"
    assert not is_in(client)
    page = client.get("/xac-thuc").text
    assert "<svg" in page
    assert "style=" not in page
    assert 'href="otpauth://totp/' in page, "nobody scans the screen of the telephone in their hand"
    _, answer = set_up(client)
    assert len(re.findall(r"<code>[a-z2-7-]{19}</code>", answer.text)) == 8
    assert is_in(client)


def test_each_further_entry_asks_for_a_code_and_takes_it_once(client: FlaskClient, clock: Clock, first: First) -> None:
    secret, _ = with_second(client, first(Role.UNIT_OFFICER))
    assert log_in(client, OWN).location == "/xac-thuc"
    assert client.post("/xac-thuc", data={"ma": code(client, secret)}).status_code == 422  # that of the set-up
    clock.at_ms += 30_000
    assert client.post("/xac-thuc", data={"ma": "000000"}).status_code == 422
    assert not is_in(client)
    assert client.post("/xac-thuc", data={"ma": code(client, secret)}).status_code == 303
    assert is_in(client)


def test_a_recovery_code_stands_in_once(client: FlaskClient, first: First) -> None:
    _, codes = with_second(client, first(Role.ADMINISTRATOR))
    for expected in (303, 422):
        log_in(client, OWN)
        assert client.post("/xac-thuc", data={"ma": codes[0].upper()}).status_code == expected
        client.post("/dang-xuat")


def test_a_learner_is_asked_for_no_code(client: FlaskClient, first: First) -> None:
    settle(client, first())
    assert log_in(client, OWN).location == "/"
    client.post("/dang-xuat")
    assert client.get("/xac-thuc").location == "/dang-nhap"


def test_codes_are_not_tried_without_end(client: FlaskClient, clock: Clock, first: First) -> None:
    secret, _ = with_second(client, first(Role.AUDITOR))
    clock.at_ms += 30_000
    log_in(client, OWN)
    answers = [client.post("/xac-thuc", data={"ma": "000000"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert client.post("/xac-thuc", data={"ma": code(client, secret)}).status_code == 429


def test_an_officers_device_is_never_kept_and_ends_when_idle(client: FlaskClient, clock: Clock, first: First) -> None:
    secret, _ = with_second(client, first(Role.MONITOR))
    clock.at_ms += 30_000
    log_in(client, OWN, giu="on")
    assert "Expires" not in cookies(client.post("/xac-thuc", data={"ma": code(client, secret)}))["__Host-boiduong"]
    for _ in range(20):
        clock.at_ms += 29 * MINUTE
        assert is_in(client)
    clock.at_ms += 30 * MINUTE
    assert not is_in(client)


def test_an_officer_enters_again_after_twelve_hours(client: FlaskClient, clock: Clock, enter: Enter) -> None:
    enter(client, Role.MONITOR)
    for _ in range(24):
        assert is_in(client)
        clock.at_ms += 30 * MINUTE - 1
    clock.at_ms += 24
    assert not is_in(client)


def test_a_role_given_to_a_kept_device_asks_for_the_second_step(
    client: FlaskClient, house: House, first: First
) -> None:
    settle(client, first())
    log_in(client, OWN, giu="on")
    assert is_in(client)
    user = house.store.write(lambda connection: connection.execute(select(USER.c.id)).scalar_one())
    house.store.write(lambda connection: grant(connection, user, Grant(Role.AUDITOR, ""), house.now_ms()))
    assert not is_in(client)


# Waits ----------------------------------------------------------------------------------------------------------------


def knocks(client: FlaskClient, times: int, name: str = "01", address: str = "10.0.0.1") -> list[int]:
    return [
        client.post(
            "/dang-nhap", data={"ten": name, "mat-khau": "khong phai"}, environ_base={"REMOTE_ADDR": address}
        ).status_code
        for _ in range(times)
    ]  # fmt: skip


def test_waits_grow_and_end(client: FlaskClient, clock: Clock, first: First) -> None:
    first()
    assert knocks(client, 6) == [422] * 5 + [429]
    for seconds in (30, 60, 120, 240, 480, 900):
        clock.at_ms += seconds * 1000 - 1
        assert knocks(client, 1) == [429]
        clock.at_ms += 1
        assert knocks(client, 1) == [422]


def test_the_wait_is_said(client: FlaskClient, first: First) -> None:
    first()
    knocks(client, 5, address="127.0.0.1")
    assert "Xin chờ 30 giây" in log_in(client, OWN).text


def test_names_that_do_not_exist_wait_as_others_do(client: FlaskClient) -> None:
    assert knocks(client, 6, "khong-co") == [422] * 5 + [429]


def test_the_right_password_clears_the_tries(client: FlaskClient, house: House, first: First) -> None:
    password = first()
    knocks(client, 4, address="127.0.0.1")
    log_in(client, password)
    with house.store.reading() as connection:
        kept = set(connection.execute(select(TRY.c.bucket, func.count()).group_by(TRY.c.bucket)).all())
    assert kept == {("|127.0.0.1", 4)}


def test_strangers_elsewhere_do_not_keep_the_owner_out_of_their_own_browser(client: FlaskClient, first: First) -> None:
    settle(client, first())
    stranger = client.application.test_client()
    for number in range(8):
        knocks(stranger, 3, address=f"10.0.0.{number}")
    assert knocks(stranger, 1, address="10.9.9.9") == [429]
    assert log_in(client, OWN).status_code == 303


def test_one_address_does_not_try_all_accounts(client: FlaskClient) -> None:
    answers = [knocks(client, 1, f"cb{number}")[0] for number in range(101)]
    assert answers == [422] * 100 + [429]


# Devices --------------------------------------------------------------------------------------------------------------


def test_a_device_is_ended_from_afar(client: FlaskClient, house: House, first: First) -> None:
    settle(client, first())
    other = client.application.test_client()
    for each in (client, other):
        log_in(each, OWN)
    other_row = max(ids(house))
    assert "Thiết bị đang dùng" in client.get("/thiet-bi").text
    assert client.post(f"/thiet-bi/{other_row}/ket-thuc").status_code == 303
    assert not is_in(other)
    assert is_in(client)


def test_nobody_ends_anothers_session(client: FlaskClient, house: House, enter: Enter, first: First) -> None:
    settle(client, first())
    log_in(client, OWN)
    (row,) = ids(house)
    other = client.application.test_client()
    enter(other, Role.ADMINISTRATOR)
    other.post(f"/thiet-bi/{row}/ket-thuc")
    other.post("/thiet-bi/ket-thuc-khac")
    assert is_in(client)


def ids(house: House) -> list[int]:
    with house.store.reading() as connection:
        return list(connection.execute(select(ENTERED.c.id)).scalars())


def test_leaving_ends_the_session_and_not_the_cookie_alone(client: FlaskClient, first: First) -> None:
    settle(client, first())
    log_in(client, OWN)
    with client.session_transaction() as session:
        held = dict(session)
    client.post("/dang-xuat")
    with client.session_transaction() as session:
        session.update(held)
    assert not is_in(client)


def test_waits_do_not_tell_whose_telephone_it_is(client: FlaskClient, first: First) -> None:
    """One number is one name however it is spelled, and no other name, whether somebody has it or not."""
    first()
    for spelled in (("0912345678", "+84 912 345 678", "01"), ("0987654321", "+84 987 654 321", "99")):
        answers = [log_in(client, "sai-mat-khau", spelled[0]).status_code for _ in range(6)]
        assert answers == [422] * 5 + [429]
        assert [log_in(client, "sai-mat-khau", other).status_code for other in spelled[1:]] == [429, 422]


def test_a_name_that_is_hard_to_compose_holds_nobody_up(client: FlaskClient) -> None:
    begun = time.monotonic()
    assert log_in(client, "sai-mat-khau", "\u0301\u0323" * 20_000).status_code == 422
    assert time.monotonic() - begun < 1


def test_a_way_that_no_cookie_could_hold_leads_to_the_first_page(client: FlaskClient, first: First) -> None:
    settle(client, first())
    assert log_in(client, OWN, tiep="/" + "a" * 5000).location == "/"
