"""The JSON for programs: the exporter's figures, behind a token, and no word about whom the token does not open."""

import pytest
from boiduong_exporter.imports.people import People
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_records.merging import merge
from boiduong_records.tables import IDENTITY
from boiduong_server.accounts.tokens import Access, make_token
from boiduong_server.desk import api
from boiduong_server.house import House
from boiduong_server.tables import API_TOKEN
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.exporter.office import Office
from tests.exporter.reporting.lam_giang import CADRES
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


def ask_for(client: FlaskClient, shown: str, *names: str, system: str = "Open edX", tag: str = "") -> TestResponse:
    return client.get(
        "/api/v1/ngay", base_url=APPLICATION, query_string={"tai-khoan": names, "he": system},
        headers={"Authorization": f"Bearer {shown}", "If-None-Match": tag},
    )  # fmt: skip


def accounts(lam_giang: LamGiang, *rows: tuple[str, str, str, str]) -> None:
    """Rows of the list of accounts: code, name, system, account."""
    sheet = [("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản"), *rows]
    assert Office(lam_giang.folder).bring("accounts", {"Tài khoản": sheet}) == 0


def named(code: str) -> tuple[str, str]:
    return code, next(row[1] for row in CADRES if row[0] == code)


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


def test_what_is_known_of_one_person_is_no_answer_about_another(client: FlaskClient, house: House) -> None:
    shown = token(house)
    tag = ask(client, "01", shown).headers["ETag"]
    assert ask(client, "04", shown, tag).status_code == 200


# By account -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def listed(lam_giang: LamGiang) -> None:
    """Who has which account: 02 in Open edX and an e-mail address everywhere, 04 in Moodle, one name two people."""
    rows = (("02", "Open edX", "lan.nt"), ("02", "", "Lan@tinh.example"), ("04", "Moodle", "minh"))
    shared = (("01", "Open edX", "chung"), ("04", "", "chung"))
    accounts(lam_giang, *((*named(code), system, name) for code, system, name in (*rows, *shared)))


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("lan.nt",), "02"),
        (("LAN.NT",), "02"),  # names of accounts are alike in small and capital letters, as in logs
        (("02",), "02"),  # a code is an account too
        (("khong-co", "lan@tinh.example"), "02"),  # the e-mail address tells where the login is unknown
        (("lan.nt", "lan@tinh.example"), "02"),
        (("lan.nt", "khac@tinh.example"), "02"),
        (("khong-co",), None),
        (("minh",), None),  # an account of another system may be another person's
        (("chung",), None),  # two people have it
        (("01", "lan@tinh.example"), None),  # the login is of one, the e-mail address of another
        (("",), None),
    ],
)
def test_an_account_opens_the_days_of_the_one_person_it_surely_means(
    client: FlaskClient, house: House, names: tuple[str, ...], code: str | None
) -> None:
    answer = ask_for(client, token(house), *names)
    assert answer.status_code == (200 if code else 404)
    assert answer.json
    assert answer.json.get("code") == code


@pytest.mark.usefixtures("listed")
def test_an_account_is_told_the_same_as_its_code(client: FlaskClient, house: House) -> None:
    shown = token(house)
    by_code, by_account = ask(client, "02", shown), ask_for(client, shown, "lan.nt")
    assert by_account.json == by_code.json
    again = ask_for(client, shown, "lan.nt", tag=by_account.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.usefixtures("listed")
def test_an_account_outside_the_token_is_answered_like_one_that_nobody_has(client: FlaskClient, house: House) -> None:
    outside, nobody = (ask_for(client, token(house, "DU02"), name) for name in ("lan.nt", "khong-co"))
    assert (outside.status_code, outside.data) == (404, nobody.data)
    assert nobody.json
    assert nobody.json["person"] is None
    assert "person" not in (client.get("/api/v1/khac", base_url=APPLICATION).json or {}), "a wrong address is another"


def test_an_account_is_asked_for_with_its_system(client: FlaskClient, house: House) -> None:
    shown = token(house)
    asked = [((), "Open edX"), (("a", "b", "c"), "Open edX"), (("02",), ""), (("02",), "Lớp học")]
    assert [ask_for(client, shown, *names, system=system).status_code for names, system in asked] == [400] * 4
    assert ask_for(client, "bd_khong-phai", "02").status_code == 401


def test_an_account_that_was_listed_just_now_is_known(client: FlaskClient, house: House, lam_giang: LamGiang) -> None:
    shown = token(house)
    assert ask_for(client, shown, "lan.nt").status_code == 404
    accounts(lam_giang, (*named("02"), "Open edX", "lan.nt"))
    assert ask_for(client, shown, "lan.nt").status_code == 200


def test_a_code_that_was_given_up_opens_nothing(client: FlaskClient, house: House) -> None:
    with house.books.writing() as connection:
        connection.execute(update(IDENTITY).where(IDENTITY.c.code == "03").values(until=IDENTITY.c.since))
    assert ask_for(client, token(house), "03").status_code == 404


@pytest.mark.usefixtures("listed")
def test_two_files_that_were_merged_are_one_person(client: FlaskClient, house: House, lam_giang: LamGiang) -> None:
    kept, absorbed = lam_giang.cadres["01"], lam_giang.cadres["04"]
    with house.books.writing() as connection:
        merge(connection, kept, absorbed, Decision("một người", "Người ghi", "Người duyệt", NOW))
    answer = ask_for(client, token(house), "chung").json
    assert answer
    assert answer["code"] == "01"


def test_accounts_are_read_from_the_books_once_for_each_head(
    client: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(api, "People", lambda books, system: read.append(system) or People(books, system))
    shown = token(house)
    assert [ask_for(client, shown, name).status_code for name in ("02", "01", "khong-co")] == [200, 200, 404]
    assert read == ["Open edX"]
