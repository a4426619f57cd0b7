"""Moodle's SCORM tables."""

from pathlib import Path

import pytest
from boiduong_exporter.logs.record import Progress, Record, Where

from tests.exporter.logs.made import packed, read, told

AT = 1_795_568_520_000
"""25/11/2026 08:02 in Hanoi."""
SECONDS = AT // 1000
HEAD = "username,manifest,attempt,element,value,timemodified"
GOING = Where(package="boiduong-che-do")


def tracks(*rows: str, head: str = HEAD, separator: str = ",") -> bytes:
    return "\n".join([head, *rows, ""]).replace(",", separator).encode()


def row(element: str, value: str, learner: str = "an.nv", attempt: int = 1, at: object = SECONDS) -> str:
    return f"{learner},boiduong-che-do,{attempt},{element},{value},{at}"


SCORM12 = [
    row("x.start.time", "1795560000"),
    row("cmi.core.lesson_status", "completed"),
    row("cmi.core.score.raw", "85"),
    row("cmi.core.score.max", "100"),
    row("cmi.core.total_time", "0000:45:10.50", at=SECONDS - 60),
    row("cmi.core.session_time", "00:09:59"),
    row("cmi.suspend_data", '"{""a"":1}"'),
]
SCORM2004 = [
    row("cmi.completion_status", "incomplete"),
    row("cmi.success_status", "unknown"),
    row("cmi.score.scaled", "0.855"),
    row("cmi.total_time", "PT1H2M3.5S"),
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (SCORM12, Progress(3, "an.nv", GOING, AT, True, score=85, reported_ms=2_710_500)),
        (SCORM2004, Progress(2, "an.nv", GOING, AT, False, score=85, reported_ms=3_723_500)),
        ([row("cmi.completion_status", "not attempted")], Progress(2, "an.nv", GOING, AT, False)),
        ([row("cmi.success_status", "passed")], Progress(2, "an.nv", GOING, AT, True)),
        (
            [row("cmi.success_status", "passed"), row("cmi.completion_status", "incomplete")],
            Progress(2, "an.nv", GOING, AT, False),
        ),
        (
            [row("cmi.completion_status", "unknown"), row("cmi.success_status", "passed")],
            Progress(2, "an.nv", GOING, AT, True),
        ),
        ([row("cmi.core.lesson_status", "failed")], Progress(2, "an.nv", GOING, AT, None)),
        ([row("cmi.core.score.raw", "9"), row("cmi.core.score.max", "12")], Progress(2, "an.nv", GOING, AT, score=75)),
        ([row("cmi.score.raw", '"8,5"')], Progress(2, "an.nv", GOING, AT, score=8)),
        ([row("cmi.score.scaled", "-1")], Progress(2, "an.nv", GOING, AT, score=0)),
    ],
)  # fmt: skip
def test_the_rows_of_an_attempt_are_one_record(tmp_path: Path, rows: list[str], expected: Record) -> None:
    assert read(tmp_path, tracks(*rows)) == [expected]


def test_each_attempt_and_each_learner_is_a_record_of_its_own(tmp_path: Path) -> None:
    said = [
        row("cmi.core.lesson_status", "completed"),
        row("cmi.core.lesson_status", "incomplete", attempt=2),
        row("cmi.core.lesson_status", "passed", learner="ba.tt"),
    ]
    records = read(tmp_path, tracks(*said))
    assert [(one.line, one.learner, one.completed) for one in records] == [  # type: ignore[union-attr]
        (2, "an.nv", True), (3, "an.nv", False), (4, "ba.tt", True),
    ]  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        "idnumber,identifier,attempt,element,value,timemodified",
        "email,name,attempt,element,value,time modified",
        "Tên đăng nhập,Mã gói,Lần thử,Phần tử,Giá trị,Thời điểm sửa",
    ],
)
def test_columns_are_found_by_name_in_both_languages_and_by_any_separator(
    tmp_path: Path, head: str, separator: str
) -> None:
    records = read(tmp_path, tracks(row("cmi.core.lesson_status", "passed"), head=head, separator=separator))
    assert records == [Progress(2, "an.nv", GOING, AT, True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_unicode_is_read(tmp_path: Path, encoding: str) -> None:
    data = tracks(row("cmi.core.lesson_status", "passed", learner="ngô.ân")).decode().encode(encoding)
    assert [one.learner for one in read(tmp_path, data)] == ["ngô.ân"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (row("cmi.core.lesson_status", "xong"), "L05"),
        (row("cmi.core.score.raw", "nhieu"), "L05"),
        (row("cmi.core.total_time", "lâu"), "L05"),
        (row("cmi.core.score.raw", "150"), "L05"),
        (row("cmi.core.lesson_status", "passed", learner=""), "L08"),
        (row("cmi.core.lesson_status", "passed", at=""), "L06"),
        (row("cmi.core.lesson_status", "passed", at=5), "L06"),
        (row("cmi.core.lesson_status", "pas\0sed"), "L03"),
    ],
)
def test_a_bad_row_is_refused_and_the_other_attempts_are_taken(tmp_path: Path, bad: str, code: str) -> None:
    good = [row("cmi.core.lesson_status", "passed", learner=who) for who in ("x", "y")]
    records = read(tmp_path, tracks(good[0], bad.replace("an.nv,boi", "la,boi"), good[1]))
    assert told(records) == ["2:Progress", f"3:{code}", "4:Progress"]


def test_bytes_that_are_no_text_spoil_only_their_row(tmp_path: Path) -> None:
    good, bad = row("cmi.core.lesson_status", "passed"), row("cmi.core.lesson_status", "passed", learner="X")
    data = tracks(good, bad, row("cmi.core.lesson_status", "passed", learner="y")).replace(b"\nX", b"\n\xff")
    assert told(read(tmp_path, data)) == ["2:Progress", "3:L03", "4:Progress"]


def test_a_quotation_mark_that_swallows_rows_is_told(tmp_path: Path) -> None:
    data = tracks(row("cmi.core.lesson_status", "passed"), row("cmi.suspend_data", '"abc'), *SCORM12[:3])
    assert told(read(tmp_path, data)) == ["2:Progress", "3:B16"]


def test_a_table_cut_in_a_row_gives_the_rows_before_and_says_so(tmp_path: Path) -> None:
    data = tracks(row("cmi.core.lesson_status", "passed"), row("cmi.core.score.raw", "85"))
    assert told(read(tmp_path, data[:-20])) == ["2:Progress", "3:L02"]
    assert told(read(tmp_path, data + b"x" * 5_000_000)) == ["2:Progress", "4:L02"]
    assert told(read(tmp_path, packed(data)[:-9])) == ["2:Progress", "4:L02"]


def test_a_table_needs_no_last_line_break(tmp_path: Path) -> None:
    assert told(read(tmp_path, tracks(row("cmi.core.lesson_status", "passed")).rstrip())) == ["2:Progress"]


def test_lines_within_a_value_are_no_rows(tmp_path: Path) -> None:
    data = tracks(row("cmi.suspend_data", '"a\nb\nc"'), row("cmi.core.lesson_status", "passed"))
    assert told(read(tmp_path, data)) == ["5:Progress"]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("userid,scormid,attempt,element,value,timemodified", "«username»"),
        ("username,manifest,attempt,element,timemodified", "«value»"),
    ],
)
def test_a_table_without_a_needed_column_is_refused_as_a_whole(tmp_path: Path, head: str, column: str) -> None:
    (refused,) = read(tmp_path, tracks("1,2,3,4,5,6", head=head))
    assert told([refused]) == ["1:B08"]
    assert column in refused.message  # type: ignore[union-attr]


ENGLISH = "Name\tUsername\tEmail address\tAttempt\tStarted on\tLast accessed on\tScore"
DETAILED = f"{ENGLISH}\tChế độ công tác"
WHO = "An Nguyễn\tan.nv\tan@tinh.example"
TITLED = Where(package="Chế độ công tác")
DATES = "Wednesday, 25 November 2026, 7:10 AM\tWednesday, 25 November 2026, 8:02 AM"


def report(*rows: str, head: str = ENGLISH) -> bytes:
    return "\n".join(["\ufeff" + head, *rows, ""]).encode()


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        (ENGLISH, f"{WHO}\t1\t{DATES}\t85", Progress(2, "an.nv", Where(), AT, score=85)),
        (DETAILED, f"{WHO}\t1\t{DATES}\t85\t85/100", Progress(2, "an.nv", TITLED, AT, score=85)),
        (
            DETAILED, f"{WHO}\t1\t{DATES}\t0\tCompleted",
            Progress(2, "an.nv", TITLED, AT, True, score=0),
        ),
        (
            f"{ENGLISH}\tGói\tStatus", f"{WHO}\t1\t{DATES}\t-\tboiduong-che-do\tIncomplete",
            Progress(2, "an.nv", GOING, AT, False),
        ),
        (f"{ENGLISH}\tMax score", f"{WHO}\t1\t{DATES}\t8,5\t10", Progress(2, "an.nv", Where(), AT, score=85)),
        (
            "Họ và tên\tMã số\tLần thử\tBắt đầu lúc\tTruy cập lần cuối\tĐiểm\tTrạng thái\tTổng thời gian",
            "An\t00001\t1\t-\tThứ tư, 25 Tháng mười một 2026, 8:02 SA\t90%\tĐã hoàn thành\t00:45:10",
            Progress(2, "00001", Where(), AT, True, score=90, reported_ms=2_710_000),
        ),
        (ENGLISH, f"{WHO}\t2\t-\t25/11/2026 08:02\t", Progress(2, "an.nv", Where(), AT)),
    ],
)  # fmt: skip
def test_a_row_of_the_basic_report_is_a_record(tmp_path: Path, head: str, cells: str, expected: Record) -> None:
    assert read(tmp_path, report(cells, head=head)) == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (f"{WHO}\t-\t-\t-\t-", "Skipped"),
        (f"{WHO}\t1\t-\t-\t85", "L06"),
        (f"{WHO}\t1\t{DATES}\trất cao", "L05"),
        (f"{WHO}\t1\t{DATES}\t120", "L05"),
        (f"An\t\t\t1\t{DATES}\t85", "L08"),
    ],
)
def test_any_other_row_is_one_record(tmp_path: Path, cells: str, expected: str) -> None:
    good = f"{WHO}\t1\t{DATES}\t85"
    assert told(read(tmp_path, report(good, cells, good))) == ["2:Progress", f"3:{expected}", "4:Progress"]


def test_an_unknown_status_is_refused(tmp_path: Path) -> None:
    records = read(tmp_path, report(f"{WHO}\t1\t{DATES}\t85\ttàm tạm", head=f"{ENGLISH}\tStatus"))
    assert told(records) == ["2:L05"]
