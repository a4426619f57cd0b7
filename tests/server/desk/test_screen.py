"""The codes' page: who may open it, what its codes and QR codes say, and what it is told every few seconds."""

import re
from base64 import b64decode

import pytest
import segno
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.codes import LENGTH, code_of, period_at
from boiduong_server.attending.sittings import close, count_heads
from boiduong_server.desk.screen import AHEAD
from boiduong_server.house import House
from flask.testing import FlaskClient

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import BRIDGE, HALL, Held, log_in
from tests.server.attending.test_sittings import put_scan
from tests.server.conftest import APPLICATION
from tests.server.desk.conftest import Enter
from tests.server.desk.reading_pages import ask, page
from tests.server.lam_giang import NOW

__all__ = ["held", "laid_out"]


def told(client: FlaskClient, public: str, query: str = "") -> dict[str, object]:
    answer = ask(client, f"/buoi/{public}/ma{query}")
    assert answer.status_code == 200, answer.status_code
    found: dict[str, object] = answer.get_json()
    return found


def data(markup: str, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', markup)
    assert found, name
    return found[1]


def test_the_page_holds_every_code_of_the_sessions_hours_and_none_beyond(
    client: FlaskClient, house: House, held: Held
) -> None:
    sitting = held.sitting()
    log_in(client, house, held.monitor())
    markup = page(client, f"/buoi/{sitting.public}/man-hinh")
    first, codes = int(data(markup, "first")), data(markup, "codes")
    last = first + len(codes) // LENGTH - 1
    assert (first, last) == (period_at(sitting.from_ms), period_at(sitting.to_ms))
    now = period_at(NOW)
    assert codes[(now - first) * LENGTH :][:LENGTH] == held.code(sitting)
    assert "boiduong.localhost:8145/D" in markup.replace("<wbr>", "")


def test_a_qr_code_says_the_address_in_capitals(client: FlaskClient, house: House, held: Held) -> None:
    sitting, now = held.sitting(), period_at(NOW)
    log_in(client, house, held.monitor())
    found = told(client, sitting.public, f"?tu={now}&den={now}")
    assert (found["first"], found["codes"]) == (now, [held.code(sitting)])
    address = f"HTTP://BOIDUONG.LOCALHOST:8145/D/{sitting.public}{held.code(sitting)}"
    made = segno.make(address, error="m", micro=False, boost_error=False, mask=4)
    assert (made.mode, made.version) == ("alphanumeric", 3)
    drawings = found["drawings"]
    assert isinstance(drawings, list)
    bits = "".join(f"{byte:08b}" for byte in b64decode(drawings[0]))
    modules = "".join(str(each) for row in made.matrix for each in row)
    assert bits[: len(modules)] == modules
    assert set(bits[len(modules) :]) <= {"0"}


def test_codes_come_forty_at_a_time_and_never_beyond_the_sessions_hours(
    client: FlaskClient, house: House, held: Held
) -> None:
    sitting = held.sitting()
    log_in(client, house, held.monitor())
    first, last = period_at(sitting.from_ms), period_at(sitting.to_ms)
    for query, periods in (
        ("?tu=0&den=99999999999", range(first, first + AHEAD)),
        (f"?tu={last - 1}&den={last + 9}", range(last - 1, last + 1)),
        (f"?tu={last + 1}&den={last + 9}", range(0)),
        (f"?tu={first + 5}&den={first + 6}", range(first + 5, first + 7)),
        ("", range(0)),
        ("?tu=x&den=-1", range(0)),
    ):
        assert told(client, sitting.public, query)["codes"] == [code_of(sitting.key, each) for each in periods], query


def test_the_page_is_told_how_the_sitting_stands(client: FlaskClient, house: House, held: Held) -> None:
    sitting = held.prepared()
    log_in(client, house, held.monitor())
    names = ("opened", "closed", "present", "headcount")
    assert [told(client, sitting.public)[name] for name in names] == [False, False, 0, None]
    held.sitting()
    for code, waits in (("01", False), ("02", False), ("03", True)):
        house.store.write(
            lambda connection, code=code, waits=waits: put_scan(  # type: ignore[misc]
                connection, sitting.id, held.cadres[code], NOW, waits
            )
        )
    count_heads(house.store, sitting, 3, NOW)
    assert [told(client, sitting.public)[name] for name in names] == [True, False, 2, 3]
    close(house.store, sitting, "x", 3, NOW)
    assert told(client, sitting.public)["closed"] is True


@pytest.mark.parametrize("path", ["man-hinh", "ma"])
def test_codes_open_to_those_alone_who_run_the_sitting(
    client: FlaskClient, enter: Enter, house: House, held: Held, path: str
) -> None:
    address = f"/buoi/{held.sitting(HALL).public}/{path}"
    assert ask(client, address).status_code == 303
    for account, status in ((held.learner("01"), 403), (held.monitor(BRIDGE), 404), (held.monitor(HALL), 200)):
        log_in(client, house, account)
        assert ask(client, address).status_code == status, account.name
    for role, organization, status in (
        (Role.AUDITOR, "", 403),
        (Role.UNIT_OFFICER, "DU01", 404),
        (Role.PROVINCE_OFFICER, "", 200),
    ):
        enter(client, role, organization=organization)
        assert ask(client, address).status_code == status, role
    assert client.get("/buoi/CFHJK/ma", base_url=APPLICATION).status_code == 404
