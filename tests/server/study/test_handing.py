"""What was observed goes into the books once: whatever happens in between, nothing is lost and nothing doubled."""

import os
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from boiduong_exporter.logs.clock import span
from boiduong_exporter.study.spans import DAY_MS
from boiduong_records.beats import days
from boiduong_records.bodies import decode, live
from boiduong_records.people import subject_of
from boiduong_records.receipts import read
from boiduong_records.tables import BATCH
from boiduong_server.errors import StoreError
from boiduong_server.house import House
from boiduong_server.store import Store
from boiduong_server.study.arriving import take_walk
from boiduong_server.study.beats import take_beats
from boiduong_server.study.commits import Commit, take_commit
from boiduong_server.study.handing import Handed, hand_over
from boiduong_server.study.launches import LiveLaunch, Opening, end_launches
from boiduong_server.tables import ATTEMPT, BEAT
from boiduong_vocabulary.evidence import Completion, Reported
from sqlalchemy import func, select

from tests.exporter.office import CLASS_HEAD, SESSION_HEAD, Office
from tests.exporter.reporting.lam_giang import KIND
from tests.server.conftest import Clock
from tests.server.lam_giang import TOPIC, LamGiang, ms
from tests.server.study.conftest import Open, shelve
from tests.server.study.test_beats import beat

TODAY, YESTERDAY = date(2026, 11, 26), date(2026, 11, 25)


def study(house: House, clock: Clock, launch: LiveLaunch, signs: int, first: int = 1) -> list[tuple[int, int]]:
    """Signs every 30 s from now on; the spans that they vouch for."""
    spans = []
    for sequence in range(first, first + signs):
        clock.at_ms += 30_000
        take_beats(house.store, launch, [beat(sequence)], clock.at_ms)
        vouched = span(clock.at_ms, 30_000, 0, launch.opened_ms)
        assert vouched
        spans.append(vouched[:2])
    return spans


def tomorrow(house: House) -> House:
    """The same a day later: what is of today is over then."""
    return replace(house, now_ms=lambda: house.now_ms() + DAY_MS)


def left(house: House) -> int:
    with house.store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(BEAT)).scalar_one())


def booked(house: House, day: date) -> list[tuple[int, int]]:
    """The spans of the day that the books name."""
    with house.books.reading() as connection:
        known = days(connection).get(day)
    rows = house.archive.read(day, known.digest).to_pylist() if known else []
    return [(row["start_ms"], row["end_ms"]) for row in rows]


def evidence(house: House, cadre: int) -> list[Any]:
    with house.books.reading() as connection:
        found = list(live(connection, [subject_of(connection, cadre)]))
    return [decode(kind, body) for _, _, kind, body in found]


@pytest.fixture
def yesterday(house: House, clock: Clock, launched: Open) -> list[tuple[int, int]]:
    """Ten minutes of the evening before; it is the morning after."""
    clock.at_ms = ms(25, 20)
    spans = study(house, clock, launched(), 20)
    clock.at_ms = ms(26, 8)
    return spans


def test_each_sign_becomes_the_span_that_the_rule_gives(house: House, yesterday: list[tuple[int, int]]) -> None:
    assert hand_over(house) == Handed(beats=20, attempts=0, refused=0)
    assert booked(house, YESTERDAY) == yesterday
    assert left(house) == 0


def test_a_second_run_finds_nothing_to_do(house: House, yesterday: list[tuple[int, int]]) -> None:
    hand_over(house)
    with house.books.reading() as connection:
        batches = connection.execute(select(func.count()).select_from(BATCH)).scalar_one()
    assert hand_over(house) == Handed(0, 0, 0)
    with house.books.reading() as connection:
        assert connection.execute(select(func.count()).select_from(BATCH)).scalar_one() == batches


def test_todays_signs_wait_for_midnight(house: House, clock: Clock, launched: Open) -> None:
    spans = study(house, clock, launched(), 4)
    assert hand_over(house) == Handed(0, 0, 0)
    assert left(house) == 4
    assert hand_over(tomorrow(house)).beats == 4
    assert booked(house, TODAY) == spans


class _Dies:
    """A store whose process is killed once the books have committed: nothing is written any more."""

    def __init__(self, store: Store) -> None:
        self.reading = store.reading

    def write(self, _work: object) -> None:
        raise StoreError("chết giữa chừng", "")


def test_a_run_killed_before_its_rows_were_deleted_is_made_good_by_the_next(
    house: House, yesterday: list[tuple[int, int]]
) -> None:
    with pytest.raises(StoreError):
        hand_over(replace(house, store=cast(Store, _Dies(house.store))))
    assert booked(house, YESTERDAY) == yesterday  # in the books already
    assert left(house) == 20
    assert hand_over(house).beats == 20
    assert booked(house, YESTERDAY) == yesterday
    assert left(house) == 0


def test_lines_are_written_beside_the_archive_and_do_not_stay(house: House, yesterday: list[tuple[int, int]]) -> None:
    forgotten = house.archive.folder / ".ban-giao.1.jsonl"  # of a run that was killed
    forgotten.write_text("{}")
    os.utime(forgotten, (ms(24, 8) / 1000, ms(24, 8) / 1000))
    hand_over(house)
    assert [path.name for path in house.archive.folder.glob(".*")] == []


def test_what_the_books_refuse_stays_and_goes_in_when_the_class_has_the_topic(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    clock.at_ms = ms(25, 20)
    spans = study(house, clock, launched(class_code="MOI"), 2)
    clock.at_ms = ms(26, 8)
    assert hand_over(house) == Handed(0, 0, refused=2)
    with house.books.reading() as connection:
        number = connection.execute(select(func.max(BATCH.c.row_id))).scalar_one()
        assert [(one.records, one.code) for one in read(connection, number).receipts] == [(2, "L11")]
    assert left(house) == 2
    assert hand_over(house) == Handed(0, 0, 0)  # not tried every night
    sheets = {
        "Lớp": [CLASS_HEAD, ("MOI", "Lớp mới", KIND, "145", "Nhóm 3", "QĐ 3", 1)],
        "Buổi": [SESSION_HEAD, ("MOI", "01/12/2026", "Sáng", "Hội trường", "")],
        "Chuyên đề": [("Mã lớp", "Mã chuyên đề", "Hình thức"), ("MOI", TOPIC, "Tự học trên hệ thống")],
    }
    assert Office(lam_giang.folder).bring("classes", sheets, "moi") == 0
    assert hand_over(house) == Handed(beats=2, attempts=0, refused=0)
    assert booked(house, YESTERDAY) == spans


def test_progress_is_told_once_and_again_when_it_went_on(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    launch = launched()
    core = {"lesson_status": "incomplete", "total_time": "00:10:00"}
    take_commit(house.store, launch, Commit("bai", 1, {"core": core}), clock.at_ms)
    clock.at_ms += DAY_MS
    assert hand_over(house) == Handed(0, attempts=1, refused=0)
    assert hand_over(house) == Handed(0, 0, 0)
    clock.at_ms += 60_000
    done = {"lesson_status": "passed", "score": {"raw": "90"}, "total_time": "00:11:00"}
    take_commit(house.store, launched(), Commit("bai", 2, {"core": done}), clock.at_ms)
    clock.at_ms += DAY_MS
    assert hand_over(house) == Handed(0, attempts=1, refused=0)
    said = evidence(house, lam_giang.cadres["02"])
    assert [each.ms for each in said if isinstance(each, Reported)] == [600_000, 660_000]
    [completion] = [each for each in said if isinstance(each, Completion)]
    assert (completion.sections_done, completion.score) == (completion.sections, 90)


def test_a_topic_that_rollup_alone_completed_is_told_too(house: House, clock: Clock, launched: Open) -> None:
    """SCORM 2004: the player says so when the last SCO has committed, which may be after the books were told."""
    launch = launched()
    take_commit(house.store, launch, Commit("bai", 1, {"core": {"lesson_status": "incomplete"}}), clock.at_ms)
    clock.at_ms += DAY_MS
    assert hand_over(house) == Handed(0, attempts=1, refused=0)
    clock.at_ms += 50
    take_walk(house, launch, b'{"place": "bai", "sequencing": "{}"}', clock.at_ms)
    assert hand_over(house) == Handed(0, 0, 0)  # a place is no news
    take_walk(house, launch, b'{"status": "completed"}', clock.at_ms)
    clock.at_ms += DAY_MS
    assert hand_over(house) == Handed(0, attempts=1, refused=0)


def test_what_was_completed_before_an_account_was_closed_is_told(
    house: House, clock: Clock, launched: Open, opening: Opening
) -> None:
    take_commit(house.store, launched(), Commit("bai", 1, {"core": {"lesson_status": "passed"}}), clock.at_ms)
    house.store.write(lambda connection: end_launches(connection, opening.user, clock.at_ms))
    clock.at_ms += DAY_MS
    assert hand_over(house) == Handed(0, attempts=1, refused=0)


def test_sections_of_another_division_are_not_told_as_the_topics(
    house: House, clock: Clock, launched: Open, lam_giang: LamGiang
) -> None:
    """The catalog's topic has its own sections; a package of two SCOs says nothing about those."""
    launch = launched(package=shelve(house.store, "mot", "hai"))
    take_commit(house.store, launch, Commit("mot", 1, {"core": {"lesson_status": "passed"}}), clock.at_ms)
    clock.at_ms += DAY_MS
    assert hand_over(house) == Handed(0, attempts=1, refused=0)
    assert not [each for each in evidence(house, lam_giang.cadres["02"]) if isinstance(each, Completion)]


def test_progress_that_the_books_refuse_is_marked(house: House, clock: Clock, launched: Open) -> None:
    launch = launched(class_code="MOI")
    take_commit(house.store, launch, Commit("bai", 1, {"core": {"lesson_status": "passed"}}), clock.at_ms)
    assert hand_over(house) == Handed(0, 0, 0)  # today's waits, as its beats do
    clock.at_ms += DAY_MS
    assert hand_over(house) == Handed(0, 0, refused=1)
    with house.store.reading() as connection:
        assert connection.execute(select(ATTEMPT.c.refused_seq)).scalar_one() > 0
    assert hand_over(house) == Handed(0, 0, 0)
