"""A log into the books: every line accounted for, nothing twice, nothing half."""

from datetime import date
from fractions import Fraction

import pytest
from boiduong_exporter.imports.logs import bring
from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.errors import StudyError
from boiduong_records.beats import days, discarded_days
from boiduong_records.people import subject_of
from boiduong_records.receipts import Outcome, read
from boiduong_vocabulary.evidence import Completion, Reported, Result

from tests.exporter.imports import made
from tests.exporter.imports.made import told
from tests.exporter.studied import (
    AT,
    BEAT,
    COMMIT,
    EDITION,
    PROGRESS,
    TOPIC,
    Study,
    beat,
    beats,
    ms,
    openedx,
    said,
)

EVENING = beats(ms(10, 19), 10)
TAKEN, KNOWN, REFUSED, SKIPPED = Outcome.TAKEN, Outcome.UNCHANGED, Outcome.REFUSED, Outcome.SKIPPED


def receipts(study: Study, number: int) -> list[tuple[str, str, str, int]]:
    with study.books.reading() as connection:
        found = read(connection, number).receipts
    return [(one.place.rpartition(":")[2], str(one.outcome), one.code, one.records) for one in found]


def state(study: Study) -> tuple[object, ...]:
    return study.bench.state(), sorted(path.name for path in study.archive.folder.glob("*"))


def test_every_line_has_its_outcome(study: Study) -> None:
    lines = [*EVENING, beat(ms(10, 20), learner="ai.do"), {"name": "problem_check"}, beat(ms(10, 21), elapsed_ms=0)]
    report = study.bring(lines, tail="{broken\n")
    assert report.counts == {TAKEN: 20, REFUSED: 2, SKIPPED: 2}
    assert sum(count for *_, count in receipts(study, report.batch)) == 24
    assert ("1-20", "taken", "", 20) in receipts(study, report.batch)
    assert ("21", "refused", "L10", 1) in receipts(study, report.batch)
    assert ("24", "refused", "L03", 1) in receipts(study, report.batch)


def test_the_ledgers_own_key_names_a_learner(study: Study) -> None:
    with study.books.reading() as connection:
        key = subject_of(connection, 1)
    assert study.bring([beat(ms(10, 20), learner=key)]).counts == {TAKEN: 1}
    assert study.bring([beat(ms(10, 20), learner="00001")]).counts == {KNOWN: 1}  # the same person
    assert study.bring([beat(ms(10, 20), learner=key[:-1])]).counts == {REFUSED: 1}


def test_an_unknown_account_is_told_on_the_screen_and_kept_nowhere(study: Study) -> None:
    report = study.bring([beat(ms(10, 20), learner="ai.do@tinh.example")])
    assert "ai.do@tinh.example" in told(report)
    with study.books.reading() as connection:
        assert "ai.do" not in str(read(connection, report.batch))


def test_the_same_log_again_changes_nothing(study: Study) -> None:
    lines = [*EVENING, said(PROGRESS, ms(10, 20), sections_done=2, score=50)]
    study.bring(lines)
    before = state(study)
    again = study.bring(lines)
    assert (again.counts, again.seq) == ({KNOWN: 21}, None)
    assert state(study) == before


@pytest.mark.parametrize("name", ["nhip.jsonl", "nhip.log.gz"])
def test_half_of_a_log_and_then_the_whole_is_the_whole(study: Study, name: str) -> None:
    study.bring(EVENING[:11], name)
    assert study.bring(EVENING, name).counts == {KNOWN: 11, TAKEN: 9}
    with study.books.reading() as connection:
        assert [file.spans for file in days(connection).values()] == [20]


def test_each_local_day_has_one_file_and_old_ones_are_swept_away(study: Study) -> None:
    night = beats(ms(10, 23, 55), 10)
    study.bring(night[:4])
    study.bring(night)
    names = sorted(path.name.split(".")[0] for path in study.archive.folder.glob("*.parquet"))
    assert names == ["2026-03-10", "2026-03-11"]
    assert study.bench.is_whole()


def test_a_failure_in_the_middle_leaves_the_books_and_what_they_name_as_they_were(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.bring(EVENING[:5])
    before = state(study)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(bring, "seal_registers", fail)
        with pytest.raises(OSError, match="space"):
            study.bring(EVENING)
    assert state(study)[0] == before[0]
    study.bring(EVENING[:5])
    assert state(study) == before


def test_what_a_killed_run_left_behind_is_swept_by_the_next(study: Study) -> None:
    study.bring(EVENING[:5])
    before = state(study)
    for name in ("2026-03-09.0123456789abcdef.parquet", "2026-03-10.parquet", ".2026-03-10.parquet.77"):
        (study.archive.folder / name).write_bytes(b"half")
    study.bring(EVENING[:5])
    assert state(study) == before


def test_two_books_never_share_a_folder(study: Study) -> None:
    study.bring(EVENING[:5])
    with pytest.raises(StudyError, match="của một sổ khác"):
        Archive(study.archive.folder).claim("sổ khác")


def test_what_is_not_a_day_file_is_left_alone(study: Study) -> None:
    mine = study.archive.folder / "so-lieu-2026.parquet"
    mine.write_bytes(b"of somebody")
    study.bring(EVENING[:5])
    assert mine.read_bytes() == b"of somebody"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"class": "L09"}, "sổ không có lớp «L09»"),
        ({"topic": "cd-9"}, "lớp «L01» không có chuyên đề «cd-9»"),
        ({"class": "", "topic": "cd-9"}, "không lớp nào có chuyên đề tự học này («cd-9»)"),
    ],
)
def test_what_nobody_can_place_is_refused(study: Study, changed: dict[str, str], words: str) -> None:
    report = study.bring([beat(ms(10, 20), **changed)])
    assert report.counts == {REFUSED: 1}
    assert words in told(report)


def test_the_only_class_that_teaches_a_topic_is_meant(study: Study) -> None:
    assert study.bring([beat(ms(10, 20), **{"class": ""})]).counts == {TAKEN: 1}


def test_of_two_classes_the_officer_says_which(study: Study) -> None:
    second = ("L02", *made.L01[1:])
    topics = [made.TOPIC, ("L02", TOPIC, None, EDITION, None, made.SELF)]
    study.bench.brought("classes", made.classes(second, topics=topics))
    line = beat(ms(10, 20), **{"class": ""})
    assert "có 2 lớp học chuyên đề này («cd-1»): L01, L02" in told(study.bring([line]))
    assert study.bring([line], class_code="l02").counts == {TAKEN: 1}


def test_an_open_edx_line_finds_its_person_by_account_and_its_class_by_course(study: Study) -> None:
    head = ("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản")
    study.bench.brought("accounts", {"TK": [head, ("00001", "Nguyễn Văn An", "Open edX", "an.nguyen")]})
    second = ("L02", *made.L01[1:], "ct")
    topics = [made.TOPIC, ("L02", TOPIC, None, EDITION, None, made.SELF)]
    study.bench.brought("classes", {"Lớp": [(*made.CLASS, "Chương trình"), second], "Chuyên đề": topics})
    payload = beat(ms(10, 20))
    for gone in ("name", "time_ms", "learner", "class"):
        del payload[gone]
    line = openedx(ms(10, 20), "boiduong.study.beat", payload, "An.Nguyen", "course-v1:truong+ct+2026")
    report = study.bring([line])
    assert report.counts == {TAKEN: 1}, told(report)
    with study.books.reading() as connection:
        assert len(days(connection)) == 1


def test_a_time_that_lies_ahead_is_refused(study: Study) -> None:
    assert "muộn hơn lúc nhập" in told(study.bring([beat(AT + 2 * 3_600_000)]))


def test_each_line_is_told_by_its_own_reason_however_they_alternate(study: Study) -> None:
    tomorrow, unknown, elsewhere = beat(AT + 2 * 86_400_000), {"learner": "ai.do"}, {"class": "L09"}
    lines = [beat(ms(10, 20)), tomorrow, beat(ms(10, 20), **unknown), beat(ms(10, 20), **elsewhere)] * 2
    report = study.bring([*lines, beat(AT + 2 * 86_400_000, **unknown)])
    found = {place: code for place, outcome, code, _ in receipts(study, report.batch) if outcome == REFUSED}
    assert found == {"2,6": "L06", "3,7,9": "L10", "4,8": "L11"}
    assert report.counts == {TAKEN: 1, KNOWN: 1, REFUSED: 7}


def test_a_reading_that_was_stopped_leaves_books_and_files_as_they_were(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.bring(EVENING[:5])
    before = state(study)

    def stop(_: object) -> None:
        raise StudyError("việc đọc nhật ký bị dừng", "nhập lại")

    monkeypatch.setattr(bring, "read_portion", stop)
    with pytest.raises(StudyError):
        study.bring(EVENING)
    assert state(study) == before


# Progress -------------------------------------------------------------------------------------------------------------


def done(day: int, sections: int, score: int | None) -> dict[str, object]:
    return said(PROGRESS, ms(day, 20), sections_done=sections, score=score)


def test_the_furthest_state_is_evidence_once(study: Study) -> None:
    study.bring([done(10, 1, None), done(11, 3, 60), done(12, 2, 90)])
    (found,) = study.evidence(Completion)
    assert (found.sections_done, found.sections, found.score, found.date.day) == (3, 3, 90, 12)
    assert (found.pass_mark, found.minimum_seconds) == (80, 600)


def test_an_older_log_that_comes_later_takes_nothing_back(study: Study) -> None:
    study.bring([done(11, 3, 60)])
    assert study.bring([done(10, 2, 50)], "cu.jsonl").counts == {KNOWN: 1}
    study.bring([done(12, 3, 85)], "moi.jsonl")
    assert [each.score for each in study.evidence(Completion)] == [60, 85]


def test_a_package_that_calls_itself_complete_has_seen_every_section(study: Study) -> None:
    study.bring([said(COMMIT, ms(10, 20), sequence=1, status="passed", score=None, reported_ms=0)])
    (found,) = study.evidence(Completion)
    assert (found.sections_done, found.score) == (3, None)


def test_reported_time_is_kept_beside_and_the_last_word_holds(study: Study) -> None:
    commits = [
        said(COMMIT, ms(day, 20), sequence=1, status="incomplete", score=None, reported_ms=minutes * 60_000)
        for day, minutes in ((10, 12), (11, 25))
    ]
    study.bring(commits)
    study.bring(commits[:1], "cu.jsonl")
    assert [(each.ms, each.date.day) for each in study.evidence(Reported)] == [(25 * 60_000, 11)]
    assert study.evidence(Completion) == []


def test_pieces_of_a_day_may_come_in_any_order_and_again(study: Study) -> None:
    morning, afternoon = (
        said(COMMIT, ms(10, hour), sequence=1, status="incomplete", score=None, reported_ms=minutes * 60_000)
        for hour, minutes in ((8, 10), (14, 20))
    )
    for number, piece in enumerate((morning, afternoon, morning)):
        study.bring([piece], f"{number}.jsonl")
    assert [each.ms for each in study.evidence(Reported)][-1] == 20 * 60_000


def test_what_people_took_back_no_log_brings_again(study: Study) -> None:
    study.bring([done(10, 3, 90)])
    (seq,) = [seq for seq, _, kind, _ in study.bench.entries() if kind == "completion"]
    study.bench.reverse(seq)
    again = study.bring([done(10, 3, 90), beat(ms(10, 20))])
    assert again.counts == {REFUSED: 1, TAKEN: 1}
    assert "đã bị đảo khỏi sổ" in told(again)
    assert study.evidence(Completion) == []


def test_a_damaged_day_holds_up_no_other(study: Study) -> None:
    study.bring(EVENING)
    (path,) = study.archive.folder.glob("*.parquet")
    path.unlink()
    report = study.bring([*beats(ms(10, 20), 1, launch="hai"), *beats(ms(11, 20), 1)], "sau.jsonl")
    assert report.counts == {REFUSED: 2, TAKEN: 2}
    assert "L13" in told(report)


def test_progress_in_an_edition_that_no_catalog_has_waits_for_it(study: Study) -> None:
    line = {**done(10, 3, 80), "edition": "2026.9"}
    assert "chưa có chuyên đề «cd-1», bản «2026.9»" in told(study.bring([line]))
    assert study.evidence(Completion) == []


def grade(day: int, percent: float, username: str = "00001") -> dict[str, object]:
    payload = {"user_id": "7", "percent_grade": percent, "course_id": "course-v1:truong+ct+L01"}
    return openedx(ms(day, 20), "edx.grades.course.grade_calculated", payload, username, "course-v1:truong+ct+L01")


def test_a_grade_of_the_course_is_a_result_and_only_a_better_one_follows(study: Study) -> None:
    assert study.bring([grade(10, 0.4), grade(11, 0.7)]).counts == {TAKEN: 2}
    assert study.bring([grade(12, 0.6)], "hai.log").counts == {KNOWN: 1}
    study.bring([grade(13, 0.9)], "ba.log")
    assert [each.score for each in study.evidence(Result)] == [Fraction(7), Fraction(9)]


def score(day: int, earned: float, username: str = "00001") -> dict[str, object]:
    payload = {
        "user_id": "7", "course_id": "course-v1:truong+ct+L01", "weighted_graded_earned": earned,
        "weighted_graded_possible": 10, "block_id": f"block-v1:truong+ct+L01+type@sequential+block@sequential_{TOPIC}",
    }  # fmt: skip
    return openedx(ms(day, 20), "edx.grades.subsection.grade_calculated", payload, username, "course-v1:truong+ct+L01")


def test_the_sections_that_a_block_tells_and_the_score_that_the_platform_computes_complete_a_topic(
    study: Study,
) -> None:
    seen = done(11, 3, None)
    payload = {key: seen[key] for key in ("topic", "edition", "launch", "sections_done", "score")}
    block = openedx(ms(11, 20), PROGRESS, payload, "00001", "course-v1:truong+ct+L01")
    study.bring([score(10, 4), block], "mot.log")
    study.bring([score(12, 9), score(13, 5)], "hai.log")
    assert [(each.sections_done, each.score, each.date.day) for each in study.evidence(Completion)] == [
        (3, 40, 11), (3, 90, 12),
    ]  # fmt: skip


def test_a_grade_that_names_nobody_is_of_the_account_that_another_line_has_for_its_number(study: Study) -> None:
    named = openedx(ms(10, 20), BEAT, {}, "00001", "course-v1:truong+ct+L01")
    named["event"] = {key: said for key, said in beat(ms(10, 20)).items() if key not in ("name", "time_ms", "learner")}
    assert study.bring([grade(10, 0.8, username=""), named]).counts == {TAKEN: 2}
    assert [each.score for each in study.evidence(Result)] == [Fraction(8)]


def test_a_result_that_people_entered_is_not_overruled(study: Study) -> None:
    head = (*made.MARKED, "Điểm kiểm tra")
    row = ("00001", "Nguyễn Văn An", "12/03/1970", "Đảng ủy xã Hòa An", made.AT_HALL, "x", "x", 4)
    study.bench.brought("attendance", made.attendance(row, head=head))
    assert "C09" in told(study.bring([grade(10, 0.9)]))
    assert [each.score for each in study.evidence(Result)] == [Fraction(4)]


def test_days_that_were_discarded_take_nothing_more(study: Study) -> None:
    study.bring(EVENING)
    study.seal()
    assert study.discard(date(2027, 4, 1)) == [date(2026, 3, 10)]
    with study.books.reading() as connection:
        assert discarded_days(connection) == {date(2026, 3, 10)}
    assert list(study.archive.folder.glob("*.parquet")) == []
    assert "L12" in told(study.bring(EVENING))
    assert study.bench.is_whole()


def test_a_line_of_another_class_than_the_officer_names_is_refused(study: Study) -> None:
    report = study.bring([beat(ms(10, 20))], class_code="L09")
    assert "không phải lớp «L09» mà --class nêu" in told(report)
    assert report.counts == {REFUSED: 1}
