"""Health: a word for anybody, figures for who keeps the server."""

from dataclasses import replace
from pathlib import Path

import pytest
from boiduong_records.errors import BooksError
from boiduong_server.accounts.roles import Role
from boiduong_server.backups.places import mark_beside
from boiduong_server.desk.condition import Beats, Condition, Disk, Sittings, condition
from boiduong_server.house import House
from boiduong_server.serving import nightly
from boiduong_server.serving.nightly import Nights
from boiduong_server.upkeep import Upkeep, Work, remember
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.server.desk.conftest import Enter
from tests.server.lam_giang import NOW

DAY_MS = 86_400_000
DONE = Upkeep(NOW - DAY_MS // 2, True, ("sao-luu.zip", "12,3 MB"))
WELL = Condition(
    NOW, "52:ab", False, ("r4", "r2"), (Disk("Gói bài", "/srv/goi", 50, 100),), Beats(3, NOW, 0), Sittings(2, 0),
    DONE, DONE, None, False,
)  # fmt: skip


def test_anybody_learns_that_it_is_well(client: FlaskClient) -> None:
    answer = client.get("/suc-khoe")
    assert (answer.status_code, answer.json) == (200, {"ok": True})


def test_one_row_of_the_books_and_one_of_the_tables_are_read(house: House, client: FlaskClient) -> None:
    asked: list[str] = []
    for engine in (house.books.engine, house.store.engine):
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    client.get("/suc-khoe")
    assert len([each for each in asked if each.startswith("SELECT")]) <= 3


def test_whoever_watches_learns_that_it_is_not(house: House, client: FlaskClient, where: str) -> None:
    if "://" not in where:
        with house.store.reading() as connection:
            connection.exec_driver_sql("DROP TABLE server_secret")
        answer = client.get("/suc-khoe")
        assert (answer.status_code, answer.json) == (503, {"ok": False})


def test_the_keeper_sees_the_figures(house: House, client: FlaskClient, enter: Enter) -> None:
    house.store.write(lambda connection: remember(connection, Work.BACKUP, DONE))
    enter(client, Role.ADMINISTRATOR)
    page = client.get("/suc-khoe/chi-tiet").text
    for text in ("Tình trạng máy chủ", "Mã đầu sổ", "sao-luu.zip", "còn trống", "Việc ban đêm lần cuối"):
        assert text in page
    said = client.get("/suc-khoe/chi-tiet", headers={"Accept": "application/json"}).json
    assert said
    assert said["backup"]["said"] == ["sao-luu.zip", "12,3 MB"]
    assert [worry["said"] for worry in said["worries"]] == ["Việc ban đêm chưa chạy lần nào"]


def test_figures_are_no_secret_of_the_auditor_but_of_everybody_else(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.AUDITOR)
    assert client.get("/suc-khoe/chi-tiet").status_code == 200
    enter(client, Role.PROVINCE_OFFICER)
    assert client.get("/suc-khoe/chi-tiet").status_code == 403


def test_a_night_is_remembered_and_one_that_failed_with_its_reason(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Nights(house).once()
    assert condition(house).night == Upkeep(NOW, True, ())

    def refuse(_house: House) -> None:
        raise BooksError("sổ đang bận", "chờ")

    monkeypatch.setattr(nightly, "forget", refuse)
    assert not Nights(house).once()
    assert condition(house).night == Upkeep(NOW, False, ("Việc ban đêm chưa xong: sổ đang bận; chờ.",))


def test_nothing_to_do_is_said_when_there_is_nothing() -> None:
    assert WELL.worries == []


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (replace(WELL, restoring=True), "Một lần khôi phục chưa làm xong"),
        (replace(WELL, disks=(Disk("Gói bài", "/srv", 9, 100),)), "Ổ đĩa của «Gói bài» chỉ còn trống 9%"),
        (replace(WELL, night=None), "Việc ban đêm chưa chạy"),
        (replace(WELL, night=Upkeep(NOW, False, ("lỗi",))), "Việc ban đêm lần cuối chưa xong"),
        (replace(WELL, night=Upkeep(NOW - 27 * 3_600_000, True, ())), "Đã hơn một ngày không làm việc ban đêm"),
        (replace(WELL, backup=None), "Chưa có bản sao lưu"),
        (replace(WELL, backup=Upkeep(NOW, False, ("thiếu x",))), "Bản sao lưu cuối cùng thiếu tệp"),
        (replace(WELL, backup=Upkeep(NOW - 27 * 3_600_000, True, ())), "Đã hơn một ngày không sao lưu"),
        (replace(WELL, beats=Beats(9, NOW, 4)), "Sổ chưa nhận 4 nhịp học"),
        (replace(WELL, sittings=Sittings(0, 2)), "2 buổi điểm danh đã hết giờ mà chưa kết thúc"),
    ],
)
def test_what_somebody_should_look_after_is_said_with_what_to_do(found: Condition, said: str) -> None:
    (worry,) = found.worries
    assert worry.said.startswith(said)
    assert worry.hint


def test_a_restore_that_came_to_no_end_is_seen(house: House) -> None:
    mark = mark_beside(Path(house.books.engine.url.database or ""))
    assert not condition(house).restoring
    mark.write_text("b.zip", "utf-8")
    assert condition(house).restoring
