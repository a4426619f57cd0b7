"""A class of many people at many bridges, held just now, for bench_attending.py and the test of kill -9: its books, the
accounts of its people and monitors with open sessions, and an open sitting at each bridge."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from boiduong_records import people
from boiduong_records.ledger import append_act
from boiduong_records.tables import CLASS, ENROLMENT, ORGANIZATION, PLACE, SEATING, SESSION, TERM
from boiduong_records.versions import apply, find
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.sittings import Slot, open_sitting, prepare
from boiduong_server.desk.access import SESSION_KEY
from boiduong_server.desk.app import create
from boiduong_server.house import House
from boiduong_server.tables import ENTERED, GRANT, USER
from boiduong_vocabulary.evidence import Half
from boiduong_vocabulary.vietnamese import local_day
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Connection, insert

from tools.bench_books import BY, cadre
from tools.bench_phones import Room

CODE = "DD"
HOUR_MS = 3_600_000


def furnish(house: House, bridges: int, people_each: int) -> list[Room]:
    """The class in the house's books and store."""
    now_ms = house.now_ms()
    slot = Slot(CODE, local_day(now_ms), Half.MORNING)
    numbers = register(house, slot.date, bridges, people_each)
    names = [*(f"nguoi-{number}" for number in numbers), *(monitor(bridge) for bridge in range(bridges))]
    cookies = enter(house, names, [*numbers, *[None] * bridges], now_ms)
    rooms = []
    for bridge in range(bridges):
        window = (now_ms - HOUR_MS, now_ms + 6 * HOUR_MS)
        sitting = prepare(house.store, slot, place(bridge), window, now_ms)
        open_sitting(house.store, sitting, monitor(bridge), now_ms - 60_000)
        some = cookies[bridge * people_each : (bridge + 1) * people_each]
        rooms.append(Room(sitting.public, sitting.key.hex(), cookies[len(numbers) + bridge], some))
    return rooms


def place(bridge: int) -> str:
    return f"Điểm cầu {bridge + 1}"


def monitor(bridge: int) -> str:
    return f"Cán bộ điểm cầu {bridge + 1}"


def register(house: House, day: date, bridges: int, people_each: int) -> list[int]:
    """The unit, the class, its bridges and who sits there; the people's numbers."""
    unit: dict[str, object] = {"code": "TU", "name": "Tỉnh ủy", "kind": "cap-uy", "level": "tinh"}
    term: dict[str, object] = {
        "organization": "TU",
        "name": "2025-2030",
        "starts": date(2025, 10, 1),
        "ends": date(2030, 9, 30),
    }
    class_: dict[str, object] = {
        "code": CODE,
        "name": "Lớp nhiều điểm cầu",
        "kind": "cap-nhat",
        "scheme": "145",
        "days": "1/2",
    }
    session: dict[str, object] = {
        "class_code": CODE,
        "date": day,
        "half": "morning",
        "delivery": "bridge",
        "starts": 450,
        "ends": 690,
    }
    places: list[dict[str, object]] = [
        {"class_code": CODE, "name": place(bridge), "delivery": "bridge", "monitor": monitor(bridge)}
        for bridge in range(bridges)
    ]
    tables: list[tuple[Any, list[dict[str, object]]]] = [
        (ORGANIZATION, [unit]), (TERM, [term]), (CLASS, [class_]), (SESSION, [session]), (PLACE, places),
    ]  # fmt: skip
    with house.books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "đo"}, BY)
        for table, rows in tables:
            apply(connection, table, find(connection, table, rows), seq)
        numbers = people.register(connection, [cadre(number) for number in range(bridges * people_each)], seq)
        seats = [(number, place(at // people_each), at % people_each) for at, number in enumerate(numbers)]
        joined = [{"class_code": CODE, "cadre": number} for number in numbers]
        apply(connection, ENROLMENT, find(connection, ENROLMENT, joined), seq)
        apply(connection, SEATING, find(connection, SEATING, seated(seats)), seq)
    return numbers


def seated(seats: Iterable[tuple[int, str, int]]) -> list[dict[str, object]]:
    """In teams of ten."""
    return [
        {"class_code": CODE, "cadre": number, "place": where, "team": f"Tổ {at // 10 + 1}", "leads": at % 10 == 0}
        for number, where, at in seats
    ]


def enter(house: House, names: list[str], cadres: list[int | None], now_ms: int) -> list[str]:
    """Accounts of these names, monitors where there is no cadre, each with an open session; the cookies."""
    tokens = [secrets.token_urlsafe(24) for _ in names]

    def work(connection: Connection) -> None:
        users = [*enumerate(zip(names, cadres, tokens, strict=True), 1)]
        rows = [
            {"id": user, "code": f"do{user}", "name": name, "cadre": cadre, "created_ms": now_ms}
            for user, (name, cadre, _) in users
        ]
        connection.execute(insert(USER), rows)
        monitors = [user for user, (_, cadre, _) in users if cadre is None]
        granted = [
            {"user": user, "role": Role.MONITOR.value, "organization": "", "granted_ms": now_ms} for user in monitors
        ]
        connection.execute(insert(GRANT), granted)
        connection.execute(insert(ENTERED), [_session(user, token, now_ms) for user, (_, _, token) in users])

    house.store.write(work)
    app = create(house)
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    signer = interface.get_signing_serializer(app)
    assert signer
    name = app.config["SESSION_COOKIE_NAME"]
    return [f"{name}={signer.dumps({SESSION_KEY: token})!s}" for token in tokens]


def _session(user: int, token: str, now_ms: int) -> dict[str, object]:
    key = hashlib.sha256(token.encode()).hexdigest()
    times = {"opened_ms": now_ms, "seen_ms": now_ms, "ends_ms": now_ms + 12 * HOUR_MS}
    return {"key": key, "user": user, "kept": False, "second": True, **times}
