"""Two host names, two applications, and nothing in between."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from boiduong_server.serving.hosts import Hosts, require_apart
from werkzeug.test import Client
from werkzeug.wrappers import Response

APPLICATION, CONTENT = "http://boiduong.localhost:8145", "http://goi.boiduong.localhost:8146"


def _saying(text: str) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    return Response(text)


@pytest.fixture
def client() -> Client:
    return Client(Hosts(APPLICATION, _saying("desk"), CONTENT, _saying("play")))


def test_each_name_reaches_its_own_application(client: Client) -> None:
    assert client.get("/", base_url=APPLICATION).text == "desk"
    assert client.get("/", base_url=CONTENT).text == "play"
    assert client.get("/", base_url=CONTENT.upper().replace("HTTP", "http")).text == "play"


@pytest.mark.parametrize("name", ["127.0.0.1:8145", "localhost:8145", "[::1]:8145", "127.0.0.1"])
def test_the_bare_address_of_this_machine_leads_to_the_application(client: Client, name: str) -> None:
    answer = client.get("/hoc/L1/chuyên-đề?trang=2", base_url=f"http://{name}")
    there = f"{APPLICATION}/hoc/L1/chuy%C3%AAn-%C4%91%E1%BB%81?trang=2"
    assert (answer.status_code, answer.headers["Location"]) == (307, there)
    assert client.post("/", base_url=f"http://{name}").status_code == 421


@pytest.mark.parametrize(
    "name",
    [
        "boiduong.localhost",
        "boiduong.localhost:8146",
        "goi.boiduong.localhost:8145",
        "tinh.vn",
        "x.boiduong.localhost:8145",
        "",
    ],
)
def test_under_another_name_there_is_nothing(client: Client, name: str) -> None:
    assert client.get("/", base_url=f"http://{name}").status_code == 421


@pytest.mark.parametrize("name", ["[::1", "a]b", "\xff"])
def test_a_name_that_cannot_be_one_is_answered_as_another(name: str) -> None:
    """No library for tests would send it."""
    told: list[str] = []
    hosts = Hosts(APPLICATION, _saying("desk"), CONTENT, _saying("play"))
    environ = {"HTTP_HOST": name, "REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    list(hosts(environ, lambda status, _headers: told.append(status[:3])))
    assert told == ["421"]


@pytest.mark.parametrize(
    ("application", "content", "word"),
    [
        (APPLICATION, CONTENT, ""),
        ("https://hoc.tinh.vn", "https://goi.hoc.tinh.vn", ""),
        ("https://hoc.tinh.vn", "https://goi.tinh.vn", ""),
        ("http://boiduong.localhost:8145", "http://boiduong.localhost:8146", "hai tên máy khác nhau"),
        ("https://hoc.tinh.vn", "https://goi.khac.vn", "cùng tên miền"),
        ("https://hoc.tinh.vn/hoc", "https://goi.hoc.tinh.vn", "không có đường dẫn"),
        ("hoc.tinh.vn", "https://goi.hoc.tinh.vn", "không phải địa chỉ"),
    ],
)
def test_the_two_names_must_be_apart_and_of_one_site(application: str, content: str, word: str) -> None:
    said = require_apart(application, content)
    assert word in said
    assert bool(said) == bool(word)
