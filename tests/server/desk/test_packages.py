"""The page of packages: who may bring them, what is told, what is written down."""

import io
import json

import pytest
from boiduong_server.accounts.roles import Role
from boiduong_server.desk import packages
from boiduong_server.house import House
from boiduong_server.packages.faults import Code
from boiduong_server.shelf.shelf import Added, Package, add, package
from boiduong_server.tables import AUDIT
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.server.desk.conftest import Enter
from tests.server.lam_giang import LamGiang
from tests.server.packages import made
from tests.server.packages.broken import CASES
from tests.server.shelf.test_describing import FORM

BRING, OTHERS = (Role.PROVINCE_OFFICER, Role.ADMINISTRATOR), (Role.LECTURER, Role.MONITOR, Role.UNIT_OFFICER)


def send(client: FlaskClient, data: bytes, name: str = "bài.zip") -> TestResponse:
    return client.post("/goi-bai", data={"goi": (io.BytesIO(data), name)}, content_type="multipart/form-data")


@pytest.fixture
def put(house: House) -> Package:
    added = add(house, io.BytesIO(made.multi12()), "nv0", "bai.zip")
    assert isinstance(added, Added)
    return added.package


def noted(house: House) -> list[tuple[str, str]]:
    with house.store.reading() as connection:
        return [(row.action, row.who) for row in connection.execute(select(AUDIT).order_by(AUDIT.c.id))]


@pytest.mark.parametrize("role", BRING)
def test_an_officer_of_the_province_brings_a_package(
    house: House, client: FlaskClient, enter: Enter, role: Role
) -> None:
    account = enter(client, role)
    answer = send(client, made.nested12())
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Chuyên đề ví dụ" in page
    assert "chưa có mô tả" in page
    assert "Phần 2.1" in page
    assert noted(house) == [("package.added", f"{account.name} ({account.code})")]


@pytest.mark.parametrize("role", OTHERS)
def test_whom_packages_do_not_concern_sees_and_changes_nothing(
    client: FlaskClient, enter: Enter, put: Package, role: Role
) -> None:
    enter(client, role)
    addresses = ("/goi-bai", f"/goi-bai/{put.key}")
    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.post(f"/goi-bai/{put.key}/{what}").status_code for what in ("mo-ta", "go")} == {403}
    assert send(client, made.single12()).status_code == 403


def test_a_learner_and_a_stranger_see_nothing(
    client: FlaskClient, enter: Enter, put: Package, lam_giang: LamGiang
) -> None:
    assert client.get("/goi-bai").status_code == 303
    assert client.get(f"/goi-bai/{put.key}").location.startswith("/dang-nhap")
    enter(client, cadre=lam_giang.cadres["01"])
    assert client.get("/goi-bai").status_code == 403


def test_an_auditor_reads_all_and_changes_nothing(client: FlaskClient, enter: Enter, put: Package) -> None:
    enter(client, Role.AUDITOR)
    pages = [client.get(address).text for address in ("/goi-bai", f"/goi-bai/{put.key}")]
    assert all("Chuyên đề ví dụ" in page for page in pages)
    assert not any('method="post" action="/goi-bai' in page for page in pages)
    assert send(client, made.single12()).status_code == 403
    assert {client.post(f"/goi-bai/{put.key}/{what}").status_code for what in ("mo-ta", "go")} == {403}


def test_everything_wrong_with_an_upload_is_told_with_its_code(house: House, client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    answer = send(client, CASES[Code.MISSING_PAGE][1](), "<b>bài</b>.zip")
    assert answer.status_code == 422
    assert "«&lt;b&gt;bài&lt;/b&gt;.zip»" in answer.text
    assert "U05" in answer.text
    assert "«A.html»" in answer.text
    assert noted(house) == []


@pytest.mark.parametrize("field", [None, b"", "chữ"])
def test_a_form_without_a_file_is_said_to_lack_it(client: FlaskClient, enter: Enter, field: bytes | str | None) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    file = (io.BytesIO(field), "") if isinstance(field, bytes) else field
    answer = client.post("/goi-bai", data={} if file is None else {"goi": file}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in answer.text


def test_a_package_that_is_there_already_is_shown_not_doubled(client: FlaskClient, enter: Enter, put: Package) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    answer = send(client, made.multi12())
    assert answer.location == f"/goi-bai/{put.key}"
    assert "đã có từ trước" in client.get(answer.location).text


def test_where_the_clock_hears_nothing_is_said_in_the_list_and_on_the_page(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    answer = send(client, CASES[Code.FOREIGN_FRAME][0]())
    assert "W01" in client.get(answer.location).text
    assert "đồng hồ học có chỗ không nghe được" in client.get("/goi-bai").text


def test_a_file_beyond_the_limit_is_refused_with_a_clear_word(
    client: FlaskClient, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "LARGEST", 10_000)
    enter(client, Role.PROVINCE_OFFICER)
    answer = send(client, b"x" * 20_000)
    assert answer.status_code == 413
    assert "quá lớn" in answer.text


class Unread(io.BytesIO):
    """A body that must not be looked at."""

    def read(self, _size: int | None = -1) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("address", ["/goi-bai", "/lop/L1/hoc-vien/tep", "/tai-khoan/lap"])
def test_a_file_is_not_even_read_of_whom_it_is_not_expected(
    desk: Flask, enter: Enter, lam_giang: LamGiang, address: str
) -> None:
    """The token of a form is looked for in the form, which is read for it whole: so access is looked at first."""
    desk.config["WTF_CSRF_ENABLED"] = True

    def sent(client: FlaskClient) -> int:
        kind = "multipart/form-data; boundary=b"
        return client.post(
            address, input_stream=Unread(), content_type=kind, headers={"Content-Length": "5000"}
        ).status_code

    client = desk.test_client()
    assert sent(client) == 401
    enter(client, cadre=lam_giang.cadres["01"])
    assert sent(client) == 403


def test_no_other_form_takes_as_much_as_the_one_for_packages(client: FlaskClient, enter: Enter) -> None:
    data = {"tep": (io.BytesIO(bytes(5 << 20)), "a.xlsx")}
    assert client.post("/dang-nhap", data=data, content_type="multipart/form-data").status_code == 413
    enter(client, Role.PROVINCE_OFFICER)
    assert send(client, bytes(5 << 20)).status_code == 422


def test_what_was_taken_away_is_neither_described_nor_taken_away_again(
    house: House, client: FlaskClient, enter: Enter, put: Package
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    assert client.post(f"/goi-bai/{put.key}/go").status_code == 303
    assert {client.post(f"/goi-bai/{put.key}/{what}", data=FORM).status_code for what in ("mo-ta", "go")} == {404}
    assert [action for action, _ in noted(house)] == ["package.removed"]


def test_a_form_without_a_token_is_refused(desk: Flask, enter: Enter) -> None:
    desk.config["WTF_CSRF_ENABLED"] = True
    with desk.test_client() as client:
        enter(client, Role.PROVINCE_OFFICER)
        assert send(client, made.single12()).status_code == 400


def test_a_description_goes_into_the_books_and_is_shown(
    house: House, client: FlaskClient, enter: Enter, put: Package
) -> None:
    account = enter(client, Role.PROVINCE_OFFICER)
    answer = client.post(f"/goi-bai/{put.key}/mo-ta", data=FORM)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "chuyên đề ky-nang-so, bản 2026.1" in page
    assert 'value="Kỹ năng số cho cán bộ xã"' in page
    assert noted(house) == [("package.described", f"{account.name} ({account.code})")]
    with house.store.reading() as connection:
        detail = json.loads(connection.execute(select(AUDIT.c.detail)).scalar_one())
        assert package(connection, put.key).topic == "ky-nang-so"
    assert detail == {"chuyên đề": "ky-nang-so", "bản": "2026.1", "số tiết": 3}


def test_a_description_with_faults_keeps_what_was_typed(
    house: House, client: FlaskClient, enter: Enter, put: Package
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    answer = client.post(f"/goi-bai/{put.key}/mo-ta", data=FORM | {"periods": "ba", "title": '"Kỹ năng"'})
    assert answer.status_code == 422
    assert "Còn 1 ô cần sửa" in answer.text
    assert 'value="ba"' in answer.text
    assert "Ghi một số nguyên từ 1 đến 200." in answer.text
    assert "&#34;Kỹ năng&#34;" in answer.text
    assert noted(house) == []


def test_a_removed_package_leaves_the_list(house: House, client: FlaskClient, enter: Enter, put: Package) -> None:
    enter(client, Role.ADMINISTRATOR)
    answer = client.post(f"/goi-bai/{put.key}/go", follow_redirects=True)
    assert "Chưa có gói bài nào" in answer.text
    assert [action for action, _ in noted(house)] == ["package.removed"]


def test_a_package_of_ours_is_described_by_its_programme(
    house: House, client: FlaskClient, enter: Enter, lam_giang: LamGiang
) -> None:
    added = add(house, io.BytesIO(lam_giang.packages["scorm12"].read_bytes()), "nv0", "a.zip")
    assert isinstance(added, Added)
    enter(client, Role.PROVINCE_OFFICER)
    page = client.get(f"/goi-bai/{added.package.key}").text
    assert "chương trình «145-2026»" in page
    assert "Ghi mô tả vào sổ" not in page


def test_a_package_that_is_not_there_is_not_found(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    assert client.get(f"/goi-bai/{'0' * 32}").status_code == 404
