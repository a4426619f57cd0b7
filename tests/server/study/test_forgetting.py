"""Erased from the books, gone from the server."""

from datetime import date

from boiduong_records.decision import Decision
from boiduong_records.personal import erase
from boiduong_server.attending.sittings import Slot, prepare
from boiduong_server.house import House
from boiduong_server.study.commits import Commit, take_commit
from boiduong_server.study.forgetting import forget
from boiduong_server.study.handing import Handed, hand_over
from boiduong_server.tables import (
    ATTEMPT,
    BEAT,
    CORRECTION,
    LAUNCH,
    LINE,
    OBJECTION,
    REFUSED,
    SCAN,
    SCO,
    USER,
)
from boiduong_vocabulary.evidence import Half
from sqlalchemy import func, insert, select

from tests.server.conftest import Clock
from tests.server.lam_giang import LamGiang, ms
from tests.server.study.conftest import Open
from tests.server.study.test_handing import study, tomorrow

TABLES = (BEAT, LAUNCH, SCO, ATTEMPT, USER)
ATTENDING = (SCAN, LINE, REFUSED, OBJECTION, CORRECTION)
BY = Decision("theo yêu cầu của người học", "Trần Thị Bình", "Lê Văn Cường", ms(26, 8))


def rows(house: House) -> list[int]:
    with house.store.reading() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def has_studied(house: House, clock: Clock, launched: Open, cadre: int) -> None:
    launch = launched(cadre=cadre, user=cadre)
    study(house, clock, launch, 2)
    take_commit(house.store, launch, Commit("bai", 1, {"core": {"lesson_status": "passed"}}), clock.at_ms)
    row = insert(USER).values(
        id=cadre, cadre=cadre, code=f"0{cadre}", name="Người học", password="x", active=True,
        password_is_first=False, created_ms=0,
    )  # fmt: skip
    house.store.write(lambda connection: connection.execute(row))


def test_an_erased_person_leaves_and_nobody_else(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    gone, stays = lam_giang.cadres["02"], lam_giang.cadres["03"]
    for cadre in (gone, stays):
        has_studied(house, clock, launched, cadre)
    assert rows(house) == [4, 2, 2, 2, 2]
    with house.books.writing() as connection:
        erase(connection, gone, BY, duty=None)
    assert forget(house) == 1
    assert rows(house) == [2, 1, 1, 1, 1]
    assert forget(house) == 0


def test_what_was_not_handed_over_of_an_erased_person_never_is(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    has_studied(house, clock, launched, lam_giang.cadres["02"])
    with house.books.writing() as connection:
        erase(connection, lam_giang.cadres["02"], BY, duty=None)
    assert hand_over(tomorrow(house)) == Handed(0, 0, 0)


def attends(house: House, cadre: int) -> None:
    """A row of each kind that attendance keeps of somebody."""
    slot, nonce = Slot("DD1", date(2026, 11, 26), Half.MORNING), f"n{cadre}"
    sitting = prepare(house.store, slot, "", (ms(26, 5), ms(26, 13)), ms(26, 5)).id
    moments = {"at_ms": 1, "received_ms": 1}
    about = {"sitting": sitting, "cadre": cadre}
    rows = (
        insert(SCAN).values(**about, **moments, user=cadre, nonce=nonce, typed=False, claimed_offline=False),
        insert(LINE).values(**about, **moments, user=1, mark="present", how="hand", nonce=nonce, claimed_offline=False),
        insert(REFUSED).values(**about, **moments, why="outdated", who="Người học"),
        insert(OBJECTION).values(**about, at_ms=1, text="có mặt"),
        insert(CORRECTION).values(seq=1, cadre=cadre, said="{}", reason="x", user=1, at_ms=1),
    )
    for row in rows:
        house.store.write(lambda connection, row=row: connection.execute(row))  # type: ignore[misc]


def test_an_erased_persons_attendance_leaves_too_though_they_never_studied_here(
    house: House, lam_giang: LamGiang
) -> None:
    gone, stays = lam_giang.cadres["02"], lam_giang.cadres["03"]
    for cadre in (gone, stays):
        attends(house, cadre)
    with house.books.writing() as connection:
        erase(connection, gone, BY, duty=None)
    assert forget(house) == 1
    with house.store.reading() as connection:
        left = [connection.execute(select(table.c.cadre)).scalars().all() for table in ATTENDING]
    assert left == [[stays]] * len(ATTENDING)
