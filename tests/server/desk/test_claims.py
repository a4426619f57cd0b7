"""What a telephone kept without a connection: sent late and more than once; and the script that lets pages open."""

from typing import Any

import pytest
from boiduong_server.attending.readings import confirm, refused_at, scans_of
from boiduong_server.attending.scanning import Why
from boiduong_server.attending.sittings import Sitting, close
from boiduong_server.house import House
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import HALL, Held, log_in
from tests.server.conftest import Clock
from tests.server.desk.test_scanning import stamp_in
from tests.server.lam_giang import NOW

__all__ = ["held", "laid_out"]
MINUTE = 60_000
NONCE = "0123456789abcdef" * 2


@pytest.fixture
def hall(held: Held) -> Sitting:
    return held.sitting(HALL)


@pytest.fixture
def known(client: FlaskClient, house: House, held: Held) -> FlaskClient:
    log_in(client, house, held.learner("01"))
    return client


def claim(hall: Sitting, code: str, **more: Any) -> dict[str, Any]:
    return {"sitting": hall.public, "code": code, "at_ms": NOW, "nonce": NONCE, **more}


def send(client: FlaskClient, *claims: dict[str, Any]) -> TestResponse:
    return client.post("/diem-danh/gui", json={"claims": claims})


def standing(house: House, sitting: Sitting) -> list[tuple[int, bool, bool]]:
    with house.store.reading() as connection:
        return [(each.at_ms, each.claimed_offline, each.counts) for each in scans_of(connection, [sitting.id])]


def test_a_reading_that_waited_is_kept_for_the_monitors_word(
    known: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    code = held.code(hall)
    clock.at_ms += 90 * MINUTE
    (answer,) = send(known, claim(hall, code)).json["answers"]  # type: ignore[index]
    assert answer == {
        "nonce": NONCE,
        "taken": True,
        "said": "Đã gửi mã quét lúc 8:00, buổi sáng 26/11/2026, Hội trường A",
        "hint": "Cán bộ quản lý lớp sẽ xác nhận.",
    }
    assert standing(house, hall) == [(NOW, True, False)]
    confirm(house.store, hall, [NONCE], "Lê Thị Hằng", clock.at_ms)
    assert standing(house, hall) == [(NOW, True, True)]


def test_what_is_sent_again_is_answered_as_the_first_time_also_after_the_closing(
    known: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    kept = claim(hall, held.code(hall))
    first = send(known, kept).json
    clock.at_ms += 200 * MINUTE
    close(house.store, hall, "x", 3, clock.at_ms)
    assert send(known, kept).json == first
    assert len(standing(house, hall)) == 1


def test_typed_letters_find_their_sitting_by_the_time(
    known: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    code = held.code(hall)
    clock.at_ms += 90 * MINUTE
    send(known, claim(hall, code, sitting=""))
    assert standing(house, hall) == [(NOW, True, False)]


def test_a_reading_whose_stamp_is_alive_needs_nobodys_word(
    known: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    stamp, code = stamp_in(known.get(held.address(hall)).text), held.code(hall)
    clock.at_ms += 9 * MINUTE
    send(known, claim(hall, code, stamp=stamp))
    assert standing(house, hall) == [(NOW, False, True)]


def test_a_reading_whose_stamp_has_ended_is_the_telephones_word(
    known: FlaskClient, house: House, held: Held, hall: Sitting, clock: Clock
) -> None:
    stamp, code = stamp_in(known.get(held.address(hall)).text), held.code(hall)
    clock.at_ms += 10 * MINUTE
    send(known, claim(hall, code, stamp=stamp))
    assert standing(house, hall) == [(NOW, True, False)]


def test_each_refusal_is_told_by_its_number_and_listed(
    known: FlaskClient, house: House, held: Held, hall: Sitting
) -> None:
    code = held.code(hall)
    others = [claim(hall, code, at_ms=NOW - 5 * MINUTE, nonce="1" * 32), claim(hall, code, sitting="CCCCC")]
    found = send(known, *others).json["answers"]  # type: ignore[index]
    assert [(each["nonce"], each["taken"], each["said"]) for each in found] == [
        ("1" * 32, False, Why.OUTDATED.label),
        (NONCE, False, Why.NO_SITTING.label),
    ]
    with house.store.reading() as connection:
        assert [each.why for each in refused_at(connection, hall.id)] == [Why.OUTDATED]


def test_whose_reading_it_is_must_be_known(client: FlaskClient, held: Held, hall: Sitting) -> None:
    assert send(client, claim(hall, held.code(hall))).status_code == 401


@pytest.mark.parametrize(
    "body", [{}, {"claims": 1}, {"claims": [{}]}, {"claims": [{"code": "A", "at_ms": -1, "nonce": NONCE}]}]
)
def test_what_no_page_sends_is_refused(known: FlaskClient, body: object) -> None:
    assert known.post("/diem-danh/gui", json=body).status_code == 400


def test_a_page_without_a_connection_learns_as_whom_it_would_send(
    desk: Flask, client: FlaskClient, house: House, held: Held, hall: Sitting
) -> None:
    desk.config["WTF_CSRF_ENABLED"] = True
    assert client.get("/diem-danh/gui").json["account"] is None  # type: ignore[index]
    account = log_in(client, house, held.learner("01"))
    found = client.get("/diem-danh/gui").json
    assert found
    assert (found["account"], found["name"]) == (account.user, "Nguyễn Văn An")
    kept = {"claims": [claim(hall, held.code(hall))]}
    assert client.post("/diem-danh/gui", json=kept).status_code == 400
    assert client.post("/diem-danh/gui", json=kept, headers={"X-CSRFToken": found["token"]}).status_code == 200


def test_the_clock_is_the_servers(client: FlaskClient, clock: Clock) -> None:
    clock.at_ms += 7
    assert client.get("/diem-danh/gio").json == {"now_ms": NOW + 7}


def test_the_worker_may_keep_any_page_and_is_asked_for_each_time(client: FlaskClient) -> None:
    answer = client.get("/diem-danh/nen.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "/tinh/scan.js?v=" in answer.text.splitlines()[-1]
