"""A launch is minted where the learner asked for it, and nowhere else: a newer one takes a running window's time."""

import pytest
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_server.house import House
from boiduong_server.tables import LAUNCH
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.server.desk.conftest import Enter
from tests.server.lam_giang import CLASS, TOPIC, LamGiang
from tests.server.study.conftest import shelve

OURS = "http://boiduong.localhost:8145/"
ELSEWHERE = "http://goi.boiduong.localhost:8146/goi/x/a.html"
LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("method", "headers", "minted"),
    [
        ("GET", {"Sec-Fetch-Site": "same-origin", **LINK}, 1),
        ("GET", {"Sec-Fetch-Site": "none", **LINK}, 1),
        ("GET", {"Sec-Fetch-Site": "same-site", **LINK}, 0),
        ("GET", {"Sec-Fetch-Site": "cross-site", **LINK}, 0),
        ("GET", {"Referer": OURS}, 1),  # browsers before 2021 and iOS before 16.4 say no more
        ("GET", {"Referer": ELSEWHERE}, 0),
        ("GET", {}, 0),
        ("HEAD", {"Sec-Fetch-Site": "none", **LINK}, 0),
    ],
)
def test_only_a_page_that_the_learner_asked_for_takes_the_launch(  # noqa: PLR0917
    method: str, headers: dict[str, str], minted: int, client: FlaskClient, enter: Enter, house: House,
    lam_giang: LamGiang,
) -> None:  # fmt: skip
    cadre = lam_giang.cadres["02"]
    with house.books.writing() as connection:
        enrol(connection, CLASS, [cadre], (), Decision("", "Phép thử", "", house.now_ms()))
    shelve(house.store, "bai")
    enter(client, cadre=cadre)
    answer = client.open(f"/hoc/{CLASS}/{TOPIC}", method=method, headers=headers, base_url=OURS)
    assert answer.status_code == 200
    with house.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(LAUNCH)).scalar_one() == minted
    assert ("iframe" in answer.text) is bool(minted)
