"""The JSON for programs: the exporter's figures, behind a token, and no word about whom the token does not open."""

import pytest
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_server.accounts.tokens import Access, make_token
from boiduong_server.house import House
from boiduong_server.tables import API_TOKEN
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.server.conftest import APPLICATION, Clock
from tests.server.lam_giang import CLASS, NOW, LamGiang
from tests.server.study.conftest import Open, launched, opening, package
from tests.server.study.test_handing import study

__all__ = ["launched", "opening", "package"]


def token(house: House, organization: str = "") -> str:
    return house.store.write(lambda connection: make_token(connection, Access("Open edX", organization), NOW))


def ask(client: FlaskClient, code: str, shown: str = "", tag: str = "") -> TestResponse:
    headers = {"Authorization": f"Bearer {shown}"} if shown else {}
    return client.get(f"/api/v1/ngay/{code}", base_url=APPLICATION, headers={**headers, "If-None-Match": tag})


def test_a_program_reads_figures_exact_and_as_they_are_printed(client: FlaskClient, house: House) -> None:
    response = ask(client, "02", token(house))
    assert response.status_code == 200
    said = response.json
    assert said
    head = said.pop("head")
    assert said == {
        "code": "02",
        "as_of": "2026-11-26",
        "required": {"exact": "7", "text": "7"},
        "credited": {"exact": "0", "text": "0"},
        "waiting": {"exact": "1", "text": "1"},
        "shortfall": {"exact": "7", "text": "7"},
        "until": "2030-09-30",
        "standing": "short",
        "standing_text": "còn thiếu",
        "text": "Được tính 0 ngày trên tối thiểu 7 ngày; còn thiếu 7 ngày đến hết nhiệm kỳ (30/09/2030).",
        "notice": "",
        "provisional_minutes": 0,
    }
    assert int(head.partition(":")[0]) > 40


def test_what_is_not_known_is_null(client: FlaskClient, house: House) -> None:
    said = ask(client, "07", token(house)).json
    assert said
    assert [said[name] for name in ("required", "shortfall", "until", "standing")] == [None, None, None, "undetermined"]


def test_provisional_minutes_stand_beside_the_days(
    client: FlaskClient, house: House, clock: Clock, launched: Open
) -> None:
    study(house, clock, launched(), 50)
    said = ask(client, "02", token(house)).json
    assert said
    assert said["provisional_minutes"] == 25
    assert said["credited"] == {"exact": "0", "text": "0"}


@pytest.mark.parametrize("shown", ["", "bd_khong-phai", "bd_", "a b c"])
def test_without_a_token_that_holds_nothing_is_said(client: FlaskClient, shown: str) -> None:
    answers = [ask(client, code, shown) for code in ("01", "khong-co")]
    assert [each.status_code for each in answers] == [401, 401]
    assert answers[0].data == answers[1].data


def test_a_token_that_was_revoked_opens_nothing(client: FlaskClient, house: House) -> None:
    shown = token(house)
    house.store.write(lambda connection: connection.execute(update(API_TOKEN).values(revoked_ms=NOW)))
    assert ask(client, "01", shown).status_code == 401


def test_whom_the_token_does_not_open_is_answered_like_a_code_that_nobody_has(
    client: FlaskClient, house: House
) -> None:
    shown = token(house, "DU01")
    assert ask(client, "01", shown).status_code == 200
    outside, nobody = ask(client, "04", shown), ask(client, "99", shown)
    assert (outside.status_code, nobody.status_code) == (404, 404)
    assert outside.data == nobody.data


def test_an_answer_that_is_known_is_not_sent_again_until_the_books_have_grown(
    client: FlaskClient, house: House, lam_giang: LamGiang
) -> None:
    shown = token(house)
    tag = ask(client, "01", shown).headers["ETag"]
    again = ask(client, "01", shown, tag)
    assert (again.status_code, again.data) == (304, b"")
    with house.books.writing() as connection:
        enrol(connection, CLASS, [lam_giang.cadres["01"]], (), Decision("phép thử", "Người ghi", "", NOW))
    assert ask(client, "01", shown, tag).status_code == 200
