"""How long the server thinks about a cadre's own page: for `make bench`."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from boiduong_server.accounts.making import NewAccount, Prepared, make_accounts
from boiduong_server.accounts.sessions import Entry, open_session
from boiduong_server.desk.access import SESSION_KEY
from boiduong_server.desk.app import create
from boiduong_server.house import House
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

ROUNDS = 3


@dataclass(frozen=True)
class Times:
    """Milliseconds of server time; `first` is the page that had to read the world."""

    first: float
    p50: float
    p99: float


def page_times(house: House, cadres: Sequence[int]) -> Times:
    """«Của tôi» of each of these cadres in turn, as whoever has just entered."""
    desk = create(house)
    took: list[float] = []
    clients = [_entered(house, desk, cadre) for cadre in cadres]
    for client in clients * ROUNDS:
        began = time.perf_counter()
        answer = client.get("/", base_url=house.application)
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    return Times(took[0], statistics.median(took), sorted(took)[len(took) * 99 // 100])


def _entered(house: House, desk: Flask, cadre: int) -> FlaskClient:
    now_ms, code = house.now_ms(), f"do{cadre}"

    def write(connection: Connection) -> str:
        (made,) = make_accounts(connection, [Prepared(NewAccount(code, code, cadre), "", "")], now_ms)
        return open_session(connection, Entry(made.user), now_ms)

    client = desk.test_client()
    with client.session_transaction(base_url=house.application) as session:
        session[SESSION_KEY] = house.store.write(write)
    return client
