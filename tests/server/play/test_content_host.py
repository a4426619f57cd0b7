"""The content host by itself: what it answers, to whom, and with which headers."""

from io import BytesIO

import pytest
from boiduong_server.accounts.making import NewAccount, make_accounts, prepared
from boiduong_server.house import House
from boiduong_server.play.app import create
from boiduong_server.shelf import shelf
from boiduong_server.study.launches import Launch, Opening, open_launch
from flask.testing import FlaskClient

from tests.server.conftest import Clock
from tests.server.lam_giang import CLASS, EDITION, TOPIC, LamGiang
from tests.server.packages import made


@pytest.fixture
def client(house: House) -> FlaskClient:
    return create(house).test_client()


@pytest.fixture
def package(house: House) -> shelf.Package:
    files = {"a.html": made.page("Bài a"), "phim.mp4": bytes(range(256)) * 8, "runtime.js": made.RUNTIME}
    manifest = made.manifest12(made.organizations(made.item("a")), made.resources("a"))
    added = shelf.add(house, BytesIO(made.zipped({"imsmanifest.xml": manifest, **files})), "Phép thử")
    assert isinstance(added, shelf.Added)
    return added.package


@pytest.fixture
def open_as(house: House, lam_giang: LamGiang, package: shelf.Package, clock: Clock) -> "dict[str, Launch]":
    """A launch of each of two learners, by code."""
    found = {}
    for code in ("01", "02"):
        ready = prepared([NewAccount(code, f"Người {code}", lam_giang.cadres[code])])
        (account,) = house.store.write(lambda connection, ready=ready: make_accounts(connection, ready, clock()))
        opening = Opening(account.user, lam_giang.cadres[code], CLASS, TOPIC, EDITION, package.id)
        found[code] = open_launch(house.store, opening, clock())
    return found


def commit(status: str = "completed", **more: object) -> dict[str, object]:
    return {"item": "I-a", "sequence": 1_000_001, "cmi": {"core": {"lesson_status": status}}, **more}


def test_the_frame_is_for_the_application_alone_and_is_never_kept(
    client: FlaskClient, house: House, open_as: dict[str, Launch]
) -> None:
    answer = client.get(f"/phien/{open_as['01'].token}/")
    assert answer.status_code == 200
    assert f"frame-ancestors {house.application}" in answer.headers["Content-Security-Policy"]
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer", "the token stands in the address"
    assert "Người 01" in answer.text
    assert '"id":"01"' not in answer.text, "a package knows no number that a person bears"


@pytest.mark.parametrize(
    "path", ["/phien/khong-co/", "/", "/hoc/TH1/che-do-boi-duong", "/tinh/learn.js", "/goi/x/a.html"]
)
def test_whatever_else_is_asked_for_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_package_files_are_kept_for_good_and_shown_nowhere_else(
    client: FlaskClient, house: House, package: shelf.Package
) -> None:
    answer = client.get(f"/goi/{package.key}/a.html")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"] == f"frame-ancestors 'self' {house.application}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_film_comes_in_parts(client: FlaskClient, package: shelf.Package) -> None:
    answer = client.get(f"/goi/{package.key}/phim.mp4", headers={"Range": "bytes=256-511"})
    assert (answer.status_code, answer.content_type) == (206, "video/mp4")
    assert answer.data == bytes(range(256))


@pytest.mark.parametrize("path", ["%2e%2e/%2e%2e/so.sqlite", "../../so.sqlite", "a.html/..", ".hidden"])
def test_no_path_leads_out_of_a_package(client: FlaskClient, package: shelf.Package, path: str) -> None:
    assert client.get(f"/goi/{package.key}/{path}").status_code == 404


def test_service_workers_are_refused(client: FlaskClient, package: shelf.Package) -> None:
    answer = client.get(f"/goi/{package.key}/runtime.js", headers={"Service-Worker": "script"})
    assert answer.status_code == 403
    assert "Service-Worker-Allowed" not in answer.headers


def test_no_cookie_is_ever_set(client: FlaskClient, package: shelf.Package, open_as: dict[str, Launch]) -> None:
    token = open_as["01"].token
    asked = [client.get(path) for path in (f"/phien/{token}/", f"/goi/{package.key}/a.html", "/khong-co")]
    asked += [client.post(f"/phien/{token}/{path}", json={}) for path in ("nhip", "ghi", "cho")]
    assert not [answer for answer in asked if "Set-Cookie" in answer.headers]


def test_a_commit_is_taken_whatever_its_content_type_says(client: FlaskClient, open_as: dict[str, Launch]) -> None:
    address = f"/phien/{open_as['01'].token}/ghi"
    answer = client.post(address, json=commit())
    assert answer.json == {"result": True, "errorCode": 0}
    said = client.post(address, json=commit("passed", sequence=1_000_002), content_type="text/plain")
    assert said.status_code == 200


def test_a_token_writes_into_no_other_attempt(client: FlaskClient, house: House, open_as: dict[str, Launch]) -> None:
    client.post(f"/phien/{open_as['01'].token}/ghi", json=commit("passed"))
    assert "passed" in _states(client, open_as["01"])
    assert "passed" not in _states(client, open_as["02"])


def _states(client: FlaskClient, launch: Launch) -> str:
    return client.get(f"/phien/{launch.token}/").text.partition('"states":')[2].partition('"walk"')[0]


def test_parts_that_a_beacon_left_out_are_the_ones_kept_before(client: FlaskClient, open_as: dict[str, Launch]) -> None:
    address = f"/phien/{open_as['01'].token}/ghi"
    client.post(address, json=commit(cmi={"suspend_data": "rất dài", "core": {"lesson_status": "incomplete"}}))
    client.post(
        address, json=commit(cmi={"core": {"lesson_status": "passed"}}, same=["suspend_data"], sequence=1_000_002)
    )
    kept = _states(client, open_as["01"])
    assert "rất dài" in kept
    assert "passed" in kept


def test_a_stale_launch_is_told_and_overwrites_nothing(  # noqa: PLR0917
    client: FlaskClient,
    house: House,
    open_as: dict[str, Launch],
    lam_giang: LamGiang,
    package: shelf.Package,
    clock: Clock,
) -> None:
    clock.at_ms += 60_000
    opening = Opening(1, lam_giang.cadres["01"], CLASS, TOPIC, EDITION, package.id)
    open_launch(house.store, opening, clock())
    clock.at_ms += 30_000
    address = f"/phien/{open_as['01'].token}"
    answer = client.post(f"{address}/ghi", json=commit("passed"))
    assert (answer.status_code, answer.json and answer.json["stale"]) == (409, True)
    signs = {"signs": [{"sequence": 9, "elapsed_ms": 30_000, "age_ms": 0}]}
    assert client.post(f"{address}/nhip", json=signs).json == {"stale": True}


def test_half_a_character_of_a_compressed_state_comes_back_as_it_was(
    client: FlaskClient, open_as: dict[str, Launch]
) -> None:
    """UTF-16 allows it, and so do SCORM players; UTF-8 does not."""
    address, state = f"/phien/{open_as['01'].token}/ghi", '"\\ud800\\u1ebf"'
    body = (
        f'{{"item": "I-a", "sequence": 1, "cmi": {{"suspend_data": {state}, "core": {{"lesson_status": "passed"}}}}}}'
    )
    assert client.post(address, data=body).status_code == 200
    rest = '{"item": "I-a", "sequence": 2, "cmi": {"core": {"lesson_status": "passed"}}, "same": ["suspend_data"]}'
    assert client.post(address, data=rest).status_code == 200
    assert state in _states(client, open_as["01"])


@pytest.mark.parametrize(
    "body",
    [
        b'{"item":"I-a","sequence":1,"cmi":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}",
        b'{"item":"I-a","sequence":1,"cmi":{"a":"\\ud800","b":1e999}}',
    ],
    ids=["nested too deep", "no number"],
)
def test_what_no_package_commits_is_refused(client: FlaskClient, open_as: dict[str, Launch], body: bytes) -> None:
    assert client.post(f"/phien/{open_as['01'].token}/ghi", data=body).status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"signs":[{"sequence":0,"elapsed_ms":1,"age_ms":1}]}', b'{"signs":1}', b"\xff"]
)
def test_what_no_player_writes_is_refused(client: FlaskClient, open_as: dict[str, Launch], body: bytes) -> None:
    answer = client.post(f"/phien/{open_as['01'].token}/nhip", data=body)
    assert answer.status_code == 400
