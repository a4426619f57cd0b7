"""Classes: whole or not at all, within the decision, with the editions of their opening."""

from datetime import date
from typing import Any

import pytest
from boiduong_records.receipts import Outcome
from boiduong_records.tables import CLASS, PLACE, SESSION, TOPIC

from tests.exporter.imports import made
from tests.exporter.imports.made import BRIDGE, HALL, L01, PLACES, SELF, SESSIONS, Bench, classes, told
from tests.exporter.imports.made import SESSION as HEAD
from tests.exporter.imports.test_catalog import catalog

BY_PERIODS = (*L01[:5], None, 12)


def test_sixty_bridges_and_the_hall_stand_in_one_table(office: Bench) -> None:
    bridges = [("L02", f"Điểm cầu {number}", BRIDGE) for number in range(60)]
    rows = [made.PLACE, ("L02", "Hội trường", HALL), *bridges]
    office.brought(
        "classes", classes(("L02", *L01[1:]), sessions=[HEAD, ("L02", "03/03/2026", "Sáng", HALL)], places=rows)
    )
    found = [row["delivery"] for row in office.table(PLACE) if row["class_code"] == "L02"]
    assert (found.count("hall"), found.count("bridge")) == (1, 60)


@pytest.mark.parametrize(
    ("head", "sessions", "outcome"),
    [
        ((*L01[:5], 1, None), SESSIONS[1:], "taken"),
        ((*L01[:5], "0,5", None), SESSIONS[1:], "refused C03"),
        ((*L01[:5], 1, None), [*SESSIONS[1:], ("L01", "03/03/2026", "Tối", HALL)], "refused C03"),
        (BY_PERIODS, [("L01", "02/03/2026", half, HALL, None, 5) for half in ("Sáng", "Chiều")], "taken"),
        (BY_PERIODS, [("L01", "02/03/2026", "Sáng", HALL, None, 13)], "refused C03"),
        (BY_PERIODS, [("L01", "02/03/2026", "Sáng", HALL)], "refused C02"),
        ((*L01[:5], None, None), SESSIONS[1:], "refused C02"),
        ((*L01[:3], "164", L01[4], None, None), SESSIONS[1:], "taken"),
    ],
)  # fmt: skip
def test_sessions_stay_within_what_the_decision_states(
    bench: Bench, head: tuple[Any, ...], sessions: list[Any], outcome: str
) -> None:
    report = bench.bring("classes", classes(head, sessions=[HEAD, *sessions]))
    assert set(bench.receipts(report).values()) == {outcome}
    assert len(bench.table(SESSION)) == (len(sessions) if outcome == "taken" else 0)


def test_a_class_with_one_bad_row_is_refused_whole_and_the_others_are_taken(bench: Bench) -> None:
    sessions = [*SESSIONS, ("L01", "32/03/2026", "Sáng", HALL), ("L02", "03/03/2026", "Sáng", HALL)]
    report = bench.bring("classes", classes(L01, ("L02", *L01[1:]), sessions=sessions, places=PLACES))
    places = bench.places(report)
    assert len(places) == len(set(places)) == 8
    assert report.counts == {Outcome.TAKEN: 2, Outcome.REFUSED: 6}
    assert [row["code"] for row in bench.table(CLASS)] == ["L02"]


def test_a_row_of_no_readable_class_keeps_every_class_of_the_file_back(bench: Bench) -> None:
    report = bench.bring("classes", classes(L01, sessions=[*SESSIONS, (None, "03/03/2026", "Sáng", HALL)]))
    assert report.counts == {Outcome.REFUSED: 4}


def test_a_table_that_cannot_be_read_keeps_its_classes_back(bench: Bench) -> None:
    places = [("Mã lớp", "Điểm học"), ("L01", "Hội trường")]
    assert bench.bring("classes", classes(L01, sessions=SESSIONS, places=places)).counts == {Outcome.REFUSED: 4}


def test_rows_of_a_class_whose_own_row_is_bad_point_to_it(bench: Bench) -> None:
    report = bench.bring("classes", classes((*L01[:2], "Loại lạ", *L01[3:]), sessions=SESSIONS))
    assert (report.counts, {problem.code for problem in report.problems}) == ({Outcome.REFUSED: 3}, {"V03"})


def test_a_class_told_twice_is_refused_with_all_its_rows(bench: Bench) -> None:
    report = bench.bring("classes", classes(L01, (L01[0], "Tên khác", *L01[2:]), sessions=SESSIONS))
    assert (report.counts, bench.table(CLASS)) == ({Outcome.REFUSED: 4}, [])


def test_a_later_file_replaces_the_class_as_a_whole(office: Bench) -> None:
    report = office.brought("classes", classes(L01, sessions=SESSIONS[:2], places=PLACES))
    assert set(office.receipts(report).values()) == {"taken"}
    assert (len(office.table(SESSION)), len(office.table(PLACE))) == (1, 2)


def test_a_table_that_the_file_does_not_have_is_left_as_it_is(office: Bench) -> None:
    office.brought("classes", classes((L01[0], "Tên mới", *L01[2:])))
    assert (len(office.table(SESSION)), len(office.table(PLACE))) == (2, 2)
    assert [row["name"] for row in office.table(CLASS)] == ["Tên mới"]


def topic(code: str = "cd-1", title: Any = None, edition: Any = None, periods: Any = None) -> tuple[Any, ...]:
    return ("L01", code, title, edition, periods, SELF)


BY_HAND = topic("cd-1", "Công tác dân vận", None, 4)


def with_topics(*topics: tuple[Any, ...]) -> made.Sheets:
    return classes((*L01[:5], 3, None), sessions=SESSIONS, topics=[made.TOPIC, *topics])


def test_a_topic_has_the_edition_and_digest_of_the_opening_whatever_is_built_later(bench: Bench) -> None:
    bench.brought("catalog", catalog("2026.1"))
    bench.brought("classes", with_topics(topic()))
    opened = bench.table(TOPIC)
    bench.brought("catalog", catalog("2026.2"))
    assert bench.brought("classes", with_topics(topic())).seq is None
    assert bench.table(TOPIC) == opened
    assert (opened[0]["edition"], len(opened[0]["digest"]), opened[0]["periods"]) == ("2026.1", 64, 4)


def test_another_edition_is_taken_only_when_the_file_names_it(bench: Bench) -> None:
    bench.brought("catalog", catalog("2026.1"))
    bench.brought("classes", with_topics(topic()))
    bench.brought("catalog", catalog("2026.2"))
    bench.brought("classes", with_topics(topic(edition="2026.2")))
    assert [row["edition"] for row in bench.table(TOPIC)] == ["2026.2"]


def test_a_topic_without_a_catalog_is_described_by_hand_and_may_be_corrected(bench: Bench) -> None:
    bench.brought("classes", with_topics(topic(title="Công tác dân vận", periods=4)))
    bench.brought("catalog", catalog("2026.1"))
    assert bench.brought("classes", with_topics(topic())).seq is None
    bench.brought("classes", with_topics(topic(title="Công tác dân vận khéo", periods=5)))
    assert [(row["title"], row["periods"], row["digest"]) for row in bench.table(TOPIC)] == [
        ("Công tác dân vận khéo", 5, "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "code", "words"),
    [
        (([*SESSIONS, SESSIONS[1]], (), ()), "C04", "buổi sáng 02/03/2026"),
        (([*SESSIONS[:2], (*SESSIONS[2][:5], None, "cd-2")], (), [made.TOPIC, BY_HAND]), "C07", "«cd-1»"),
        ((SESSIONS, (), [made.TOPIC, topic()]), "C07", "catalog.json"),
        ((SESSIONS, [*PLACES, ("L01", "Điểm cầu xã Hoà An", BRIDGE)], ()), "C11", "«Điểm cầu xã Hoà An»"),
        ((SESSIONS, [*PLACES, ("L01", "Ở nhà", SELF)], ()), "C12", "tự học"),
        (([*SESSIONS[:2], ("L01", "02/03/2026", "Chiều", SELF)], (), ()), "C12", "tự học"),
        (([*SESSIONS, ("L0l", "03/03/2026", "Sáng", HALL)], (), ()), "C01", "Có phải là «L01»?"),
    ],
)  # fmt: skip
def test_a_slip_in_one_of_the_tables_is_told(bench: Bench, tables: tuple[Any, Any, Any], code: str, words: str) -> None:
    sessions, places, topics = tables
    report = bench.bring("classes", classes((*L01[:5], 3, None), sessions=sessions, places=places, topics=topics))
    assert {problem.code for problem in report.problems} == {code}
    assert words in told(report)


def test_days_may_be_dates_or_text_and_halves_of_any_case(bench: Bench) -> None:
    rows = [HEAD, ("L01", date(2026, 3, 2), "SÁNG", HALL), ("L01", "02/03/2026", "chiều", "trực tiếp")]
    bench.brought("classes", classes(L01, sessions=rows))
    assert {(row["date"], row["half"]) for row in bench.table(SESSION)} == {
        (made.MONDAY, "morning"), (made.MONDAY, "afternoon"),
    }  # fmt: skip
