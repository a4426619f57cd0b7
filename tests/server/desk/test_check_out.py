"""Where the rules require a check-out: from the file of rules to the ledger. Where they do not, nobody hears of one."""

from pathlib import Path

import pytest
from boiduong_exporter.rulebook.attending import FILE
from boiduong_exporter.rulebook.read import Rules
from boiduong_server.attending.sealing import seal_due
from flask.testing import FlaskClient

from tests.exporter.rulebook.folder import Folder
from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import BRIDGE, HALL, Held, log_in
from tests.server.attending.test_sealing import sealed
from tests.server.conftest import Clock
from tests.server.desk.reading_pages import text
from tests.server.desk.test_kit import post, told
from tests.server.desk.test_scanning import check_in, heading
from tests.server.lam_giang import ms

__all__ = ["held", "laid_out"]
AGAIN = "Khi ra về, quét mã một lần nữa"
UNLEFT = "1 người có mặt mà chưa điểm danh ra"


@pytest.fixture(params=[True, False])
def required(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def rules(required: bool, tmp_path: Path) -> Rules:
    folder = Folder(tmp_path)
    folder.change(FILE, "required = false", f"required = {str(required).lower()}")
    found, problems = folder.read()
    assert found, problems
    return found


def read(client: FlaskClient, held: Held, clock: Clock, code: str, at_ms: int) -> str:
    """What the person is told who reads the hall's code at this moment."""
    clock.at_ms = at_ms
    log_in(client, held.house, held.learner(code))
    answer = check_in(client, held, held.sitting(HALL))
    assert heading(answer).startswith("✓ Có mặt từ 7:")
    return text(answer.text)


def close_now(client: FlaskClient, held: Held, place: str) -> str:
    """What the monitor of the place was told before closing."""
    log_in(client, held.house, held.monitor(place))
    path = f"/buoi/{held.sitting(place).public}/dong"
    said = told(client, path)
    post(client, path)
    return said


def test_a_check_out_is_asked_for_and_sealed_only_where_the_rules_say_so(
    client: FlaskClient, held: Held, clock: Clock, required: bool
) -> None:
    assert (AGAIN in read(client, held, clock, "01", ms(26, 7, 20))) == required
    read(client, held, clock, "02", ms(26, 7, 50))
    said = read(client, held, clock, "01", ms(26, 11, 25))
    assert AGAIN not in said
    assert ("ra 11:25, về sớm 5 phút" in said) == required
    clock.at_ms = ms(26, 11, 40)
    assert (UNLEFT in close_now(client, held, HALL)) == required
    close_now(client, held, BRIDGE)
    clock.at_ms = ms(30, 0, 30)
    assert len([*seal_due(held.house.books, held.house.store, held.house.rules.attending, clock.at_ms)]) == 1
    found = sealed(held)
    assert (found["01"].check_in, found["01"].check_out) == (440, 685 if required else None)
    assert (found["02"].check_in, found["02"].check_out) == (470, None)
