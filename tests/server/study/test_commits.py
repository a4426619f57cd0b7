"""Run-time data of SCOs: kept whole, in order, and rolled up in the same work."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import pytest
from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.store import Store, Work, open_store
from boiduong_server.study.attempts import Attempt, attempts_of
from boiduong_server.study.commits import LARGEST, Commit, Kept, Walk, states, take_commit
from boiduong_server.study.launches import LIFE_MS, LiveLaunch
from msgspec import json
from sqlalchemy import Connection

from tests.server.conftest import Clock
from tests.server.study.conftest import Open, shelve


def commit(house: House, launch: LiveLaunch, said: dict[str, Any], sequence: int = 1, **changed: Any) -> Kept:
    """In SCORM 1.2; `changed`: item, walk, now_ms."""
    item, walk = changed.get("item", "bai"), changed.get("walk", Walk())
    arrived = Commit(item, sequence, {"core": said, "suspend_data": "x"}, walk)
    return take_commit(house.store, launch, arrived, changed.get("now_ms", house.now_ms()), changed.get("late", False))


def attempt(house: House, launch: LiveLaunch) -> Attempt:
    with house.store.reading() as connection:
        return next(each for each in attempts_of(connection, [launch.cadre]) if each.id == launch.attempt)


def refused(house: House, launch: LiveLaunch, sequence: int, **changed: Any) -> int:
    with pytest.raises(ServerError) as error:
        commit(house, launch, {"lesson_status": "passed"}, sequence, **changed)
    return error.value.status


def test_what_was_committed_is_there_for_the_next_launch(house: House, launched: Open) -> None:
    launch = launched()
    commit(house, launch, {"lesson_status": "incomplete", "lesson_location": "trang-7"})
    with house.store.reading() as connection:
        found = states(connection, launched().attempt)
    assert json.decode(found["bai"].cmi) == {
        "core": {"lesson_status": "incomplete", "lesson_location": "trang-7"}, "suspend_data": "x",
    }  # fmt: skip


def test_an_older_commit_never_replaces_a_newer_one(house: House, launched: Open) -> None:
    launch = launched()
    commit(house, launch, {"lesson_status": "completed"}, 1_000_002)
    assert refused(house, launch, 1_000_001) == 409
    assert commit(house, launch, {"lesson_status": "completed"}, 1_000_002).repeated
    assert not commit(house, launch, {"lesson_status": "completed"}, 2_000_001).repeated  # the SCO was opened again


def test_a_replaced_launch_commits_no_more(house: House, clock: Clock, launched: Open) -> None:
    old = launched()
    commit(house, old, {"lesson_status": "incomplete"}, 7)
    clock.at_ms += 1
    new = launched()
    assert refused(house, old, 8) == 409
    assert commit(house, new, {"lesson_status": "passed"}, 1).status == "passed"  # counted anew in each launch


def test_what_the_browser_had_to_keep_is_taken_unless_a_newer_launch_spoke(
    house: House, clock: Clock, launched: Open
) -> None:
    old = launched()
    clock.at_ms += 1
    new = launched()
    assert commit(house, old, {"lesson_status": "completed"}, 1, late=True).status == "completed"
    commit(house, new, {"lesson_status": "incomplete"}, 1)
    assert refused(house, old, 2, late=True) == 409


def test_what_was_kept_for_long_says_nothing_of_where_the_learner_stands_now(
    house: House, clock: Clock, launched: Open
) -> None:
    package = shelve(house.store, "mot", "hai")
    old = launched(package=package)
    clock.at_ms += 1
    new = launched(package=package)
    commit(house, new, {}, item="hai", walk=Walk("hai", "của phiên mới"))
    commit(house, old, {}, item="mot", walk=Walk("mot", "của phiên cũ"), late=True)
    assert attempt(house, new).place == "hai"


def test_a_launch_commits_no_more_a_day_after_its_last_sign(house: House, launched: Open) -> None:
    launch = launched()
    assert commit(house, launch, {}, 1, now_ms=launch.opened_ms + LIFE_MS)
    assert refused(house, launch, 2, now_ms=launch.opened_ms + LIFE_MS + 1) == 409


def test_an_item_that_the_package_does_not_have_is_refused(house: House, launched: Open) -> None:
    assert refused(house, launched(), 1, item="khac") == 404


def test_too_much_data_is_refused_in_words_and_leaves_what_was_there(house: House, launched: Open) -> None:
    launch = launched()
    commit(house, launch, {"lesson_status": "incomplete"}, 1)
    with pytest.raises(ServerError, match="512 KB") as error:
        take_commit(house.store, launch, Commit("bai", 2, {"suspend_data": "ệ" * (LARGEST // 3)}), house.now_ms())
    assert error.value.status == 413
    with house.store.reading() as connection:
        assert states(connection, launch.attempt)["bai"].sequence == 1


def test_the_attempt_stands_where_its_sco_does_and_never_falls_back(house: House, launched: Open) -> None:
    launch = launched()
    assert commit(house, launch, {"lesson_status": "passed", "score": {"raw": "80"}}, 1) == Kept("passed", 80)
    assert commit(house, launch, {"lesson_status": "incomplete", "score": {"raw": "10"}}, 2) == Kept("passed", 80)
    found = attempt(house, launch)
    assert (found.status, found.score, found.changed_ms) == ("passed", 80, house.now_ms())


def test_several_scos_are_done_together_or_not_at_all(house: House, launched: Open) -> None:
    launch = launched(package=shelve(house.store, "mot", "hai"))
    commit(house, launch, {"lesson_status": "passed", "score": {"raw": "70"}}, item="mot")
    assert (attempt(house, launch).status, attempt(house, launch).sections_done) == ("incomplete", 1)
    commit(house, launch, {"lesson_status": "completed"}, item="hai")
    assert (attempt(house, launch).status, attempt(house, launch).score) == ("passed", 70)


def test_two_processes_that_commit_at_once_each_see_what_the_other_wrote(house: House, launched: Open) -> None:
    """The package's SCOs commit to different servers of one database; neither may roll up without the other's."""
    launch = launched(package=shelve(house.store, "mot", "hai"))
    written, done = Event(), Event()

    def slow(work: Work[Kept]) -> Kept:
        def held(connection: Connection) -> Kept:
            kept = work(connection)
            written.set()
            done.wait(0.3)  # what the other process writes meanwhile waits for this one, or passes it by
            return kept

        return house.store.write(held)

    other = open_store(house.store.engine.url.render_as_string(hide_password=False))
    with ThreadPoolExecutor(1) as process:
        first = replace(house, store=cast(Store, SimpleNamespace(write=slow)))
        begun = process.submit(commit, first, launch, {"lesson_status": "passed"}, item="mot")
        assert written.wait(5)
        commit(replace(house, store=other), launch, {"lesson_status": "passed"}, item="hai")
        done.set()
        begun.result()
    other.close()
    assert (attempt(house, launch).status, attempt(house, launch).sections_done) == ("passed", 2)


def test_where_the_player_rolls_up_its_word_goes_before_the_scos(house: House, launched: Open) -> None:
    """SCORM 2004: a pre-test that was passed may leave out the lessons."""
    launch = launched(package=shelve(house.store, "thi", "bai", standard="scorm2004"))
    walk = Walk("thi", '{"state": 1}', "completed")
    assert commit(house, launch, {}, item="thi", walk=walk).status == "completed"
    assert attempt(house, launch).place == "thi"
    commit(house, launch, {}, 2, item="thi")
    assert attempt(house, launch).place == "thi"  # what is not said stays


def test_reported_time_is_the_total_and_beside_it_the_running_session(house: House, launched: Open) -> None:
    launch = launched()
    reports = [
        ({"session_time": "00:05:00"}, 300_000),
        ({"session_time": "00:06:00"}, 360_000),
        ({"session_time": "00:07:00", "total_time": "00:07:00"}, 420_000),  # Finish: the total holds the session
        ({"session_time": "00:01:00"}, 480_000),
        ({"session_time": "00:02:00", "total_time": "00:09:00"}, 540_000),
    ]
    for sequence, (said, reported_ms) in enumerate(reports, 1):
        commit(house, launch, said, sequence)
        assert attempt(house, launch).reported_ms == reported_ms


def test_attempts_are_told_with_the_last_one_first(house: House, clock: Clock, launched: Open) -> None:
    first, second = launched(), launched(package=shelve(house.store, "khac"))
    clock.at_ms += 1
    commit(house, first, {})
    with house.store.reading() as connection:
        found = attempts_of(connection, [first.cadre])
        assert attempts_of(connection, [first.cadre + 1]) == []
    assert [each.id for each in found] == [first.attempt, second.attempt]
