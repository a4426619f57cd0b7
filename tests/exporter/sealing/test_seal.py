"""Sealing: days that are over become evidence, once; what comes late replaces; what was kept long enough goes."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from boiduong_exporter.gathering.sweeping import sweep
from boiduong_exporter.sealing.forget import forget
from boiduong_exporter.sealing.seal import DaySeal, Sealer
from boiduong_exporter.study.day_file import read_day, write_day
from boiduong_exporter.study.spans import split_at_midnight
from boiduong_records.beats import days, sealed_days
from boiduong_records.decision import Decision
from boiduong_records.ledger import head
from boiduong_records.merging import merge, unmerge
from boiduong_records.personal import erase
from boiduong_records.receipts import Outcome
from boiduong_vocabulary.evidence import Half, StudyDay, StudyPart

from tests.exporter.gathered import standing
from tests.exporter.imports import made
from tests.exporter.studied import AT, EDITION, TODAY, TOPIC, Study, beats, ms

MINUTE = 60_000
BY = Decision("trùng hồ sơ", "Trần Thị Bình", "Lê Văn Cường", AT)
DAY = date(2026, 3, 10)
ENGINES = pytest.mark.parametrize("engine", ["duckdb", "sqlite"])


def part(half: Half, minutes: float, offline_minutes: float = 0) -> StudyPart:
    return StudyPart("L01", TOPIC, EDITION, half, int(minutes * MINUTE), int(offline_minutes * MINUTE))


def files(study: Study) -> list[Path]:
    return sorted(study.archive.folder.glob("*.parquet"))


def last_head(study: Study) -> int:
    with study.books.reading() as connection:
        return head(connection).seq


@ENGINES
def test_a_day_becomes_one_study_day_a_person_by_half(study: Study, engine: str) -> None:
    study.bring(
        [*beats(ms(10, 11, 55), 10), *beats(ms(10, 19), 3, launch="hai"), *beats(ms(10, 8), 2, learner="00002")]
    )
    (sealed,) = study.seal(engine=engine)
    assert (sealed.day, sealed.people, sealed.ms, sealed.entries) == (DAY, 2, 15 * MINUTE, 2)
    found = sorted(study.evidence(StudyDay), key=lambda each: -len(each.parts))
    assert found[0].parts == (part(Half.MORNING, 5), part(Half.AFTERNOON, 5), part(Half.EVENING, 3))
    assert found[1].parts == (part(Half.MORNING, 2),)
    assert all(len(each.beats) == 64 for each in found)


def test_two_devices_earn_no_more_than_the_wall_clock(study: Study) -> None:
    study.bring([*beats(ms(10, 19), 10), *beats(ms(10, 19, 5), 10, launch="điện thoại")])
    study.seal()
    assert [each.parts for each in study.evidence(StudyDay)] == [(part(Half.EVENING, 15),)]


def test_time_claimed_while_offline_is_told_apart(study: Study) -> None:
    study.bring([*beats(ms(10, 19), 4), *beats(ms(11, 7), 6, age_ms=10 * 60 * MINUTE, launch="mất mạng")])
    study.seal()
    assert [each.parts for each in study.evidence(StudyDay)] == [(part(Half.EVENING, 10, 6),)]


def test_sealing_again_enters_nothing(study: Study) -> None:
    study.bring(beats(ms(10, 19), 10))
    study.seal()
    before = last_head(study)
    assert study.seal() == []
    assert last_head(study) == before


def test_today_is_not_yet_over(study: Study) -> None:
    study.bring(beats(ms(19, 19), 10))
    assert study.seal(today=date(2026, 3, 19)) == []
    assert [each.day for each in study.seal(today=date(2026, 3, 20))] == [date(2026, 3, 19)]


def test_late_beats_replace_the_day_and_touch_nobody_else(study: Study) -> None:
    study.bring([*beats(ms(10, 19), 10), *beats(ms(10, 19), 5, learner="00002")])
    study.seal()
    study.bring(beats(ms(10, 20), 7, launch="muộn"), "muon.jsonl")
    (again,) = study.seal()
    assert (again.entries, again.ms) == (1, 22 * MINUTE)
    assert standing(study, StudyDay, "00001") == [(part(Half.EVENING, 17),)]
    assert standing(study, StudyDay, "00002") == [(part(Half.EVENING, 5),)]


def test_the_seal_names_the_file_of_the_day(study: Study) -> None:
    study.bring(beats(ms(10, 19), 10))
    study.seal()
    with study.books.reading() as connection:
        assert sealed_days(connection)[DAY].digest == days(connection)[DAY].digest
    assert study.bench.is_whole()


def test_a_damaged_day_is_told_and_holds_up_no_other(study: Study) -> None:
    study.bring(beats(ms(10, 19), 10))
    (path,) = files(study)
    path.write_bytes(path.read_bytes()[:-20])
    study.bring(beats(ms(11, 19), 10), "sau.jsonl")
    told, sealed = study.seal()
    assert "bị hỏng" in str(told)
    assert isinstance(sealed, DaySeal)
    assert sealed.day == date(2026, 3, 11)


def test_a_forged_day_that_can_be_read_is_told_and_never_sealed(study: Study) -> None:
    study.bring(beats(ms(10, 19), 10))
    (path,) = files(study)
    write_day(path, split_at_midnight(longer(read_day(path))))
    (told,) = study.seal()
    assert "không còn là tệp mà sổ đã ghi dấu kiểm" in str(told)
    assert study.evidence(StudyDay) == []


def longer(spans: Any) -> Any:
    ends = pa.array([end + 50 * MINUTE for end in spans["end_ms"].to_pylist()])
    return spans.set_column(spans.schema.get_field_index("end_ms"), spans.schema.field("end_ms"), ends)


def test_a_day_that_changes_while_it_is_counted_waits_for_the_next_run(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.bring(beats(ms(10, 19), 10))
    counted = Sealer._counted

    def interrupted(self: Sealer, found: Any) -> Any:
        study.bring(beats(ms(10, 20), 5, launch="cùng lúc"), "cung-luc.jsonl")
        return counted(self, found)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Sealer, "_counted", interrupted)
        assert study.seal() == []
    assert [each.ms for each in study.seal()] == [15 * MINUTE]


# The hall wins over the clock -----------------------------------------------------------------------------------------


def attend(study: Study, *marks: object, code: str = "00001") -> None:
    person = made.AN if code == "00001" else made.BA
    row = (code, person[1], person[2], person[4], made.AT_HALL, *marks)
    study.bench.brought("attendance", made.attendance(row))


@pytest.mark.parametrize(
    ("mark", "minutes"),
    [("x", 0), ("v", 60), ("7:30-9:00", 30), (None, 60)],
    ids=["present", "absent", "left early", "not marked"],
)
def test_moments_in_an_attended_session_are_no_study_alone(study: Study, mark: object, minutes: int) -> None:
    attend(study, mark, "x")
    study.bring(beats(ms(2, 8, 30), 60))
    study.seal()
    parts = [each.parts for each in study.evidence(StudyDay)]
    assert parts == ([(part(Half.MORNING, minutes),)] if minutes else [])


def test_attendance_that_is_entered_later_takes_the_moments_out(study: Study) -> None:
    study.bring(beats(ms(2, 11), 60))
    study.seal()
    assert standing(study, StudyDay, "00001") == [(part(Half.MORNING, 60),)]
    attend(study, "x", "v")
    (again,) = study.seal()
    assert again.entries == 1
    assert standing(study, StudyDay, "00001") == [(part(Half.MORNING, 30),)]
    assert study.seal() == []


def test_attendance_that_is_taken_back_gives_them_again(study: Study) -> None:
    attend(study, "x", "v")
    study.bring(beats(ms(2, 8), 30))
    study.seal()
    assert standing(study, StudyDay, "00001") == []
    attendance = [seq for seq, _, kind, body in study.bench.entries() if kind == "attendance" and '"present"' in body]
    study.bench.reverse(attendance[0])
    study.seal()
    assert standing(study, StudyDay, "00001") == [(part(Half.MORNING, 30),)]


def test_a_session_whose_hours_are_corrected_opens_its_day_again(study: Study) -> None:
    attend(study, "x", "v")
    study.bring(beats(ms(2, 6, 30), 60))
    study.seal()
    assert standing(study, StudyDay, "00001") == [(part(Half.MORNING, 60),)]
    earlier = [made.SESSION, ("L01", made.MONDAY, "Sáng", made.HALL, "7:00-11:30"), made.SESSIONS[2]]
    topics = [made.TOPIC, ("L01", TOPIC, None, EDITION, None, made.SELF)]
    study.bench.brought("classes", made.classes(made.L01, sessions=earlier, places=made.PLACES, topics=topics))
    study.seal()
    assert standing(study, StudyDay, "00001") == [(part(Half.MORNING, 30),)]


# One person, two files ------------------------------------------------------------------------------------------------


def test_merged_files_study_as_one_person_and_parted_ones_as_two(study: Study) -> None:
    study.bring([*beats(ms(10, 19), 10), *beats(ms(10, 19, 5), 10, learner="00002", launch="hai")])
    study.seal()
    with study.books.writing() as connection:
        merge(connection, 1, 2, BY)
    assert [(each.people, each.entries) for each in study.seal()] == [(1, 2)]
    assert standing(study, StudyDay, "00001") == [(part(Half.EVENING, 15),)]
    assert study.seal() == []
    with study.books.writing() as connection:
        unmerge(connection, 2, BY)
    study.seal()
    assert standing(study, StudyDay, "00001") == [(part(Half.EVENING, 10),)]
    assert standing(study, StudyDay, "00002") == [(part(Half.EVENING, 10),)]
    assert study.bench.is_whole()


# What people decided --------------------------------------------------------------------------------------------------


def test_a_study_day_that_two_people_took_back_stays_taken_back(study: Study) -> None:
    study.bring(beats(ms(10, 19), 10))
    study.seal()
    (seq,) = [seq for seq, _, kind, _ in study.bench.entries() if kind == "study_day"]
    study.bench.reverse(seq)
    study.bring([*beats(ms(10, 20), 5, launch="muộn"), *beats(ms(10, 20), 5, learner="00002")], "muon.jsonl")
    study.seal()
    assert standing(study, StudyDay, "00001") == []
    assert standing(study, StudyDay, "00002") == [(part(Half.EVENING, 5),)]


def test_nothing_more_is_entered_about_someone_whose_bodies_were_erased(study: Study) -> None:
    study.bring([*beats(ms(10, 19), 10), *beats(ms(10, 19), 5, learner="00002")])
    study.seal()
    with study.books.writing() as connection:
        erased = erase(connection, 1, BY, duty=None, bodies=True)
        assert forget(connection, study.archive, [1], erased.seqs[-1], BY) == [DAY]
    sweep(study.books, study.archive)
    assert {row["learner"] for path in files(study) for row in read_day(path).to_pylist()} == {2}
    study.bring(beats(ms(10, 20), 5, learner="00002", launch="muộn"), "muon.jsonl")
    (sealed,) = study.seal()
    assert (sealed.people, sealed.entries) == (1, 1)
    assert study.bench.is_whole()


def test_other_bounds_of_the_halves_open_every_kept_day_again(study: Study) -> None:
    study.bring(beats(ms(10, 11, 30), 20))
    study.seal()
    earlier = replace(study.rules.rulebook.readings, afternoon_from=11 * 60 + 40)
    study.bench.rules = replace(study.rules, rulebook=replace(study.rules.rulebook, readings=earlier))
    study.seal()
    assert standing(study, StudyDay, "00001") == [(part(Half.MORNING, 10), part(Half.AFTERNOON, 10))]
    assert study.seal() == []


# Keeping --------------------------------------------------------------------------------------------------------------


def test_raw_beats_go_when_their_time_is_over_and_study_days_stay(study: Study) -> None:
    study.bring(beats(ms(10, 19), 10))
    study.seal()
    before = study.evidence(StudyDay)
    assert study.discard(date(2027, 3, 31)) == []
    assert study.discard(date(2027, 4, 1)) == [DAY]  # brought in March 2026, kept for twelve whole months
    assert files(study) == []
    assert study.evidence(StudyDay) == before
    assert study.discard(date(2027, 4, 1)) == []
    assert study.bench.is_whole()


def test_logs_of_long_ago_are_kept_from_the_day_they_came(study: Study) -> None:
    long_ago = ms(10, 19) - 400 * 86_400_000
    study.bring(beats(long_ago, 10))
    study.seal()
    assert study.discard(TODAY) == []
    assert study.bring(beats(long_ago + 3_600_000, 10, launch="phần sau"), "sau.jsonl").counts.keys() == {Outcome.TAKEN}


def test_a_day_that_something_has_disturbed_since_is_never_discarded(study: Study) -> None:
    study.bring(beats(ms(2, 8), 30))
    study.seal()
    attend(study, "x", "v")
    assert study.discard(date(2028, 1, 1)) == []
    study.seal()
    assert study.discard(date(2028, 1, 1)) == [date(2026, 3, 2)]


def test_a_day_that_was_not_sealed_as_it_is_now_is_never_discarded(study: Study) -> None:
    study.bring(beats(ms(10, 19), 10))
    assert study.discard(date(2028, 1, 1)) == []
    study.seal(TODAY)
    study.bring(beats(ms(10, 20), 1, launch="muộn"), "muon.jsonl")
    assert study.discard(date(2028, 1, 1)) == []
