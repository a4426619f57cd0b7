"""Keeping accounts: made in bulk, found, changed; each within one's scope, each change in the log."""

import io
import json
import re

import pytest
from boiduong_server.accounts.account import Grant
from boiduong_server.accounts.making import grant
from boiduong_server.accounts.roles import Role
from boiduong_server.house import House
from boiduong_server.play.app import create as create_play
from boiduong_server.shelf.shelf import Added, add
from boiduong_server.study.launches import Opening, open_launch
from boiduong_server.tables import AUDIT, GRANT, USER
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.server.conftest import Clock
from tests.server.desk.conftest import Enter
from tests.server.lam_giang import LamGiang
from tests.server.packages.made import single12

UNIT = Role.UNIT_OFFICER


def made(text: str) -> dict[str, str]:
    """First passwords on the page, by code."""
    return dict(zip(*[iter(re.findall(r"<dd><code>([^<]+)</code></dd>", text))] * 2, strict=True))


def log(house: House) -> list[tuple[str, str]]:
    with house.store.reading() as connection:
        return [(row.action, row.target) for row in connection.execute(select(AUDIT).order_by(AUDIT.c.id))]


def user_of(house: House, code: str) -> int:
    with house.store.reading() as connection:
        found: int = connection.execute(select(USER.c.id).where(USER.c.code == code)).scalar_one()
    return found


def codes(house: House) -> set[str]:
    with house.store.reading() as connection:
        return set(connection.execute(select(USER.c.code).where(USER.c.cadre.is_not(None))).scalars())


def test_a_unit_gets_its_accounts_at_once_and_each_slip_opens(client: FlaskClient, enter: Enter, house: House) -> None:
    enter(client, UNIT, organization="DU01")
    page = client.post("/tai-khoan/lap", data={"don-vi": "Đảng ủy xã An Hoà"}).text
    words = made(page)
    assert set(words) == {"01", "02", "03"}
    assert log(house) == [
        ("account.made", "Nguyễn Văn An (01)"),
        ("account.made", "Trần Thị Bình (02)"),
        ("account.made", "Vũ Thị Lan (03)"),
    ]
    assert not any(word in json.dumps(log(house)) for word in words.values())
    answer = client.application.test_client().post("/dang-nhap", data={"ten": "03", "mat-khau": words["03"]})
    assert answer.location == "/mat-khau"


def test_slips_are_shown_once(client: FlaskClient, enter: Enter) -> None:
    enter(client, UNIT, organization="DU01")
    page = client.post("/tai-khoan/lap", data={"don-vi": "DU01"})
    assert page.headers["Cache-Control"] == "no-store"
    again = client.post("/tai-khoan/lap", data={"don-vi": "DU01"})
    assert again.status_code == 422
    assert not made(again.text)


def test_codes_beyond_the_scope_lead_to_nobody(client: FlaskClient, enter: Enter, house: House) -> None:
    enter(client, UNIT, organization="DU01")
    page = client.post("/tai-khoan/lap", data={"ma": "03, 04\n99"}).text
    assert set(made(page)) == codes(house) == {"03"}
    assert "2 mã không có trong phạm vi" in page


@pytest.mark.parametrize("unit", ["TU", "DU02", "Đảng ủy xã Bình Minh", "khong-co", ""])
def test_units_beyond_the_scope_lead_to_nobody(client: FlaskClient, enter: Enter, house: House, unit: str) -> None:
    enter(client, UNIT, organization="DU01")
    assert client.post("/tai-khoan/lap", data={"don-vi": unit}).status_code == 422
    assert not codes(house)


@pytest.mark.parametrize(
    ("text", "found"),
    [("lan", {"03"}), ("Vũ thị", {"03"}), ("BINH", {"02"}), ("04", set()), ("dung", set()), ("", {"01", "02", "03"})],
)
def test_lists_and_search_show_the_scope_alone(client: FlaskClient, enter: Enter, text: str, found: set[str]) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    client.post("/tai-khoan/lap", data={"don-vi": "TU"})
    enter(client, UNIT, organization="DU01")
    page = client.get("/tai-khoan", query_string={"tim": text}).text
    listed = set(re.findall(r'data-label="Mã cán bộ">([^<]+)<', page)) - {"nv2"}
    assert listed == found


def test_counts_tell_nothing_of_other_units(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    client.post("/tai-khoan/lap", data={"don-vi": "TU"})
    enter(client, UNIT, organization="UB01")
    assert "<caption>2 tài khoản" in client.get("/tai-khoan").text  # 03, and the officer


@pytest.fixture
def lan(client: FlaskClient, enter: Enter, house: House) -> int:
    """Lan (03) has an account, and an officer of DU01 has entered."""
    enter(client, UNIT, organization="DU01")
    client.post("/tai-khoan/lap", data={"ma": "03"})
    return user_of(house, "03")


@pytest.mark.parametrize(
    ("path", "form", "action"),
    [
        ("cap-lai", {}, "account.reset"),
        ("khoa", {}, "account.locked"),
        ("mo-khoa", {}, "account.unlocked"),
        ("dien-thoai", {"so": "0912 345 678"}, "account.phone"),
        ("vai-tro", {"vai-tro": "unit_officer", "don-vi": "UB01", "den": "31/12/2027"}, "grant.given"),
    ],
)
def test_each_change_is_in_the_log_and_closed_to_other_units(  # noqa: PLR0917
    client: FlaskClient, enter: Enter, house: House, lan: int, path: str, form: dict[str, str], action: str
) -> None:  # fmt: skip
    other = client.application.test_client()
    enter(other, UNIT, organization="DU02")
    assert other.post(f"/tai-khoan/{lan}/{path}", data=form).status_code == 404
    before = log(house)
    assert client.post(f"/tai-khoan/{lan}/{path}", data=form).status_code in (200, 303)
    assert log(house)[len(before) :] == [(action, "Vũ Thị Lan (03)")]


def test_a_locked_account_is_out_at_once(client: FlaskClient, enter: Enter, house: House, lan: int) -> None:
    theirs = client.application.test_client()
    words = made(client.post(f"/tai-khoan/{lan}/cap-lai").text)
    theirs.post("/dang-nhap", data={"ten": "03", "mat-khau": words["03"]})
    theirs.post("/mat-khau", data={"moi": "một câu của Lan", "moi-lan-hai": "một câu của Lan"})
    assert theirs.get("/thiet-bi").status_code == 200
    client.post(f"/tai-khoan/{lan}/khoa")
    assert theirs.get("/thiet-bi").status_code == 303


@pytest.mark.parametrize("how", ["khoa", "cap-lai"])
def test_who_is_put_out_is_put_out_of_the_lesson_before_them_too(  # noqa: PLR0917
    client: FlaskClient, house: House, clock: Clock, lam_giang: LamGiang, lan: int, how: str
) -> None:
    """The player's token stands in an address, and knows no session."""
    shelved = add(house, io.BytesIO(single12()), "nv1")
    assert isinstance(shelved, Added)
    opening = Opening(lan, lam_giang.cadres["03"], "L1", "chuyen-de", "2026.1", shelved.package.id)
    launch = open_launch(house.store, opening, house.now_ms())
    client.post(f"/tai-khoan/{lan}/{how}")
    clock.at_ms += 30_000
    play = create_play(house).test_client()
    beat, said = (
        {"signs": [{"sequence": 1, "elapsed_ms": 30_000, "age_ms": 0}]},
        {"item": "I-a", "sequence": 1, "cmi": {}},
    )
    there = f"{house.content}/phien/{launch.token}"
    assert play.post(f"{there}/nhip", json=beat, base_url=house.content).json == {"stale": True}
    assert play.post(f"{there}/ghi", json=said, base_url=house.content).status_code == 409


def test_a_phone_number_belongs_to_one_account(client: FlaskClient, house: House, lan: int) -> None:
    client.post("/tai-khoan/lap", data={"ma": "01"})
    assert client.post(f"/tai-khoan/{lan}/dien-thoai", data={"so": "0912345678"}).status_code == 303
    an = user_of(house, "01")
    assert client.post(f"/tai-khoan/{an}/dien-thoai", data={"so": "+84912345678"}).status_code == 422
    assert client.post(f"/tai-khoan/{an}/dien-thoai", data={"so": "12"}).status_code == 422


def test_a_role_beyond_ones_own_is_not_given(client: FlaskClient, house: House, lan: int) -> None:
    for role, unit, status in (("administrator", "DU01", 403), ("unit_officer", "TU", 422), ("learner", "DU01", 403)):
        assert client.post(f"/tai-khoan/{lan}/vai-tro", data={"vai-tro": role, "don-vi": unit}).status_code == status
    with house.store.reading() as connection:
        assert not connection.execute(select(GRANT).where(GRANT.c.user == lan)).all()


def test_who_could_do_more_is_not_reset(client: FlaskClient, house: House, lan: int) -> None:
    house.store.write(lambda connection: grant(connection, lan, Grant(Role.AUDITOR, "TU"), house.now_ms()))
    assert "Cấp lại mật khẩu" not in client.get(f"/tai-khoan/{lan}").text
    for path in ("cap-lai", "khoa", "dien-thoai", "vai-tro"):
        assert client.post(f"/tai-khoan/{lan}/{path}", data={"so": "0912345678"}).status_code == 403


def test_who_holds_a_role_for_longer_is_locked_but_not_given_a_password(
    client: FlaskClient, enter: Enter, house: House, lan: int
) -> None:
    short = enter(client)
    own = Grant(UNIT, "DU01", valid_to=house.today)
    house.store.write(lambda connection: grant(connection, short.user, own, house.now_ms()))
    assert "<button>Cấp lại mật khẩu" in client.get(f"/tai-khoan/{lan}").text
    house.store.write(lambda connection: grant(connection, lan, Grant(UNIT, "UB01"), house.now_ms()))
    page = client.get(f"/tai-khoan/{lan}").text
    assert "<button>Cấp lại mật khẩu" not in page
    assert "kéo dài hơn" in page
    assert client.post(f"/tai-khoan/{lan}/cap-lai").status_code == 403
    assert client.post(f"/tai-khoan/{lan}/khoa").status_code == 303


def test_a_role_is_taken_back(client: FlaskClient, house: House, lan: int) -> None:
    client.post(f"/tai-khoan/{lan}/vai-tro", data={"vai-tro": "monitor", "don-vi": "UB01"})
    with house.store.reading() as connection:
        row = connection.execute(select(GRANT.c.id).where(GRANT.c.user == lan)).scalar_one()
    assert client.post(f"/tai-khoan/{lan}/vai-tro/{row}/thoi").status_code == 303
    assert "Chỉ là học viên" in client.get(f"/tai-khoan/{lan}").text
    assert client.post(f"/tai-khoan/{lan}/vai-tro/{row}/thoi").status_code == 404


# The log --------------------------------------------------------------------------------------------------------------


def test_the_log_says_who_did_what_to_whom(client: FlaskClient, enter: Enter, lan: int) -> None:
    client.post(f"/tai-khoan/{lan}/vai-tro", data={"vai-tro": "monitor", "don-vi": "UB01"})
    enter(client, Role.AUDITOR)
    page = client.get("/nhat-ky").text
    for said in ("Giao vai trò", "Vũ Thị Lan (03)", "vai trò: Cán bộ quản lý lớp; trong: UB01", "Người thứ 1 (nv1)"):
        assert said in page


def test_the_log_is_sifted_and_turned_page_by_page(client: FlaskClient, enter: Enter, lan: int) -> None:
    for _ in range(30):
        client.post(f"/tai-khoan/{lan}/khoa")
        client.post(f"/tai-khoan/{lan}/mo-khoa")
    enter(client, Role.ADMINISTRATOR)
    first = client.get("/nhat-ky").text
    assert first.count("<tr>") == 51
    older = re.search(r'href="(/nhat-ky\?[^"]+)"', first)
    assert older
    assert client.get(older[1].replace("&amp;", "&")).text.count("<tr>") == 12
    assert client.get("/nhat-ky?viec=account.made").text.count("<tr>") == 2
    assert client.get("/nhat-ky?tim=khong-co").text.count("<tr>") == 0


def test_an_auditor_of_one_unit_reads_what_its_people_did(client: FlaskClient, enter: Enter, lan: int) -> None:
    for unit, lines in (("DU01", 2), ("DU02", 0)):
        enter(client, Role.AUDITOR, organization=unit)
        assert client.get("/nhat-ky").text.count("<tr>") == lines
