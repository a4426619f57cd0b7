"""The door of the application's host: who is heard, and what browsers are told."""

import pytest
from boiduong_records.errors import BooksError
from boiduong_server.accounts.roles import Role
from boiduong_server.desk.app import create
from boiduong_server.errors import ServerError, StoreError
from boiduong_server.house import House
from flask import Flask
from flask.testing import FlaskClient

from tests.server.conftest import APPLICATION, CONTENT
from tests.server.desk.conftest import Enter

LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def test_the_application_answers_under_its_own_name_only(client: FlaskClient) -> None:
    assert client.get("/dang-nhap").status_code == 200
    for other in (CONTENT, "http://127.0.0.1:8145", "http://boiduong.localhost:8146", "http://la.vn"):
        assert client.get("/dang-nhap", base_url=other).status_code == 404


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("GET", {"Sec-Fetch-Site": "same-origin"}, 200),
        ("GET", {"Sec-Fetch-Site": "none", **LINK}, 200),
        ("GET", {"Sec-Fetch-Site": "cross-site", **LINK}, 200),
        ("GET", {"Sec-Fetch-Site": "same-site", **LINK}, 200),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ("GET", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("GET", {"Origin": CONTENT}, 403),
        ("GET", {"Origin": "null"}, 403),
        ("POST", {"Sec-Fetch-Site": "same-site", **LINK}, 403),
        ("POST", {"Sec-Fetch-Site": "cross-site", **LINK}, 403),
        ("POST", {"Sec-Fetch-Site": "same-origin", "Origin": CONTENT}, 403),
        ("POST", {"Origin": CONTENT}, 403),
        ("POST", {"Origin": "null"}, 403),
        ("POST", {"Referer": f"{CONTENT}/goi/a/index.html"}, 403),
        ("POST", {"Referer": f"{APPLICATION}.la.vn/"}, 403),
        ("POST", {"Referer": f"{APPLICATION}/dang-nhap"}, 422),
        ("POST", {"Origin": APPLICATION}, 422),
        ("POST", {"Sec-Fetch-Site": "same-origin", "Origin": APPLICATION}, 422),
        ("POST", {}, 422),
    ],
)
def test_neighbours_and_strangers_are_heard_as_followed_links_only(
    client: FlaskClient, method: str, headers: dict[str, str], status: int
) -> None:
    assert client.open("/dang-nhap", method=method, headers=headers).status_code == status


@pytest.fixture
def strict(house: House) -> FlaskClient:
    """Forms need their token, as they do outside these tests."""
    return create(house).test_client()


def test_a_form_without_its_token_changes_nothing(strict: FlaskClient, enter: Enter) -> None:
    enter(strict, Role.ADMINISTRATOR)
    answer = strict.post("/dang-xuat")
    assert answer.status_code == 400
    assert "Tải lại trang" in answer.text
    assert strict.get("/thiet-bi").status_code == 200


def test_a_form_with_its_token_passes_and_another_sessions_token_does_not(strict: FlaskClient, enter: Enter) -> None:
    enter(strict, Role.ADMINISTRATOR)
    other = strict.application.test_client()
    enter(other, Role.ADMINISTRATOR)
    foreign = other.get("/thiet-bi").text.split('name="csrf_token" value="')[1].split('"')[0]
    own = strict.get("/thiet-bi").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert strict.post("/dang-xuat", data={"csrf_token": foreign}).status_code == 400
    assert strict.post("/dang-xuat", headers={"X-CSRFToken": own}).status_code == 303


def test_pages_run_nothing_but_our_own_files_and_are_kept_nowhere(client: FlaskClient) -> None:
    headers = client.get("/dang-nhap").headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", f"frame-src {CONTENT}",
                 "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):  # fmt: skip
        assert part in policy.split("; ")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers  # plain http on one's own machine


def test_files_of_our_own_are_kept_and_need_no_cookie(client: FlaskClient) -> None:
    answer = client.get("/tinh/desk.css", headers={"Accept-Encoding": "br"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "br"
    assert "Set-Cookie" not in answer.headers
    for name in ("khong-co.css", "../desk/app.py", "..%2fdesk%2fapp.py"):
        assert client.get(f"/tinh/{name}").status_code == 404


def test_a_route_that_says_nothing_is_closed(desk: Flask, enter: Enter) -> None:
    desk.add_url_rule("/im-lang", "silent", lambda: "mở")
    client = desk.test_client()
    enter(client, *Role)
    assert client.get("/im-lang").status_code == 404


def test_what_is_refused_is_said_as_a_page_a_piece_or_data(desk: Flask) -> None:
    def refuse() -> str:
        raise ServerError("đĩa đã đầy", "xóa bớt tệp", 507)

    refuse.allowed = frozenset()  # type: ignore[attr-defined]
    desk.add_url_rule("/hong", "broken", refuse)
    client = desk.test_client()
    page, piece = client.get("/hong"), client.get("/hong", headers={"HX-Request": "true"})
    data = client.get("/hong", headers={"Accept": "application/json"})
    assert page.status_code == piece.status_code == data.status_code == 507
    assert "<h1>Đĩa đã đầy.</h1>" in page.text
    assert "<html" not in piece.text
    assert data.json == {"error": "Đĩa đã đầy.", "hint": "Xóa bớt tệp."}


def test_what_breaks_is_told_without_its_insides(desk: Flask) -> None:
    def broken() -> str:
        raise KeyError("bí mật")

    broken.allowed = frozenset()  # type: ignore[attr-defined]
    desk.add_url_rule("/hong", "broken", broken)
    answer = desk.test_client().get("/hong")
    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in answer.text
    assert "bí mật" not in answer.text


@pytest.mark.parametrize("kind", [StoreError, BooksError])
def test_a_database_that_refuses_is_told_without_its_insides(
    desk: Flask, caplog: pytest.LogCaptureFixture, kind: type[Exception]
) -> None:
    said = 'chưa ghi được (connection to server at "10.0.0.5" failed for user "boiduong")'

    def refuse() -> str:
        raise kind(said, "xem lại 10.0.0.5")

    refuse.allowed = frozenset()  # type: ignore[attr-defined]
    desk.add_url_rule("/hong", "broken", refuse)
    answer = desk.test_client().get("/hong")
    assert answer.status_code == 503
    assert "chỗ trống trên đĩa" in answer.text
    assert "10.0.0.5" not in answer.text
    assert said in caplog.text


def test_a_piece_asked_for_after_the_session_ended_brings_the_way_in(client: FlaskClient) -> None:
    answer = client.get("/thiet-bi", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Refresh"] == "true"
