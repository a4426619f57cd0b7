"""A day of a course from the platform's log to the slip, however the log was rotated, packed, copied or broken."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from boiduong_records.bodies import live
from boiduong_records.store import open_books

from tests.exporter.logs.day import AN, BA, COURSE, evening, morning
from tests.exporter.logs.made import text
from tests.exporter.office import Office
from tests.paper import sheets

DAY = [*morning(), *evening()]
WHOLE = text(*DAY)


@pytest.fixture
def course(office: Office) -> Office:
    """The office knows two of those who study there by their accounts: a login, and an e-mail address."""
    head = ("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản")
    rows = [head, ("00001", "Nguyễn Văn An", "Open edX", AN[0]), ("00002", "Trần Thị Ba", None, BA[0].upper())]
    assert office.bring("accounts", {"TK": rows}) == 0
    return office


def write(office: Office, files: dict[str, bytes]) -> list[Path]:
    paths = [office.folder / name for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    return paths


def evidence(office: Office) -> list[Any]:
    """What stands once the day is sealed, whatever the order in which it came."""
    assert office.run("seal") == 0
    with open_books(office.books) as books, books.reading() as connection:
        return sorted((kind, body) for _, _, kind, body in live(connection))


def test_a_day_comes_in_and_whoever_is_unknown_is_told_with_the_lines(
    course: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert course.run("import", "log", *write(course, {"tracking.log": WHOLE})) == 1
    told = capsys.readouterr().out
    assert "L10 2 dòng (9, 12): tài khoản chưa có trong sổ: xem.thu" in told
    assert "46 dòng đã nhận" in told
    assert b"xem.thu" not in course.books.read_bytes()
    assert course.run("ledger", "verify") == 0


def test_the_half_day_and_the_minutes_of_the_course_stand_on_the_slip(
    course: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    course.run("import", "log", *write(course, {"tracking.log": WHOLE}))
    course.run("seal")
    slip, data = course.folder / "an.pdf", course.folder / "an.json"
    capsys.readouterr()
    assert course.run("explain", "00001", "--as-of", "31/03/2026", "--pdf", slip) == 0
    (page,) = sheets(slip.read_bytes())
    assert "02/03/2026 sáng Lớp cập nhật kiến thức HT được tính: đủ buổi 0,5 0,5 0" in page.text
    assert "đã dự 0,5 ngày" in page.text
    assert course.run("report", "person", "00001", "--as-of", "31/03/2026", "--out", data) == 0
    lines = json.loads(data.read_text("utf-8"))["lines"]
    assert [(line["half"], line["minutes"]) for line in lines] == [("sáng", 240), ("tự học", 20)]
    assert [line["credited"]["exact"] for line in lines] == ["1/2", "1/2"]
    capsys.readouterr()
    assert course.run("explain", "00002", "--as-of", "31/03/2026") == 0
    assert "Lý do: vắng có phép" in capsys.readouterr().out


PACKED = gzip.compress(WHOLE, mtime=0)
EARLY, LATE = text(*DAY[:14]), text(*DAY[14:])
ROTATIONS: dict[str, dict[str, bytes]] = {
    "by day": {"tracking.log-20260302": EARLY, "tracking.log": LATE},
    "by number, packed": {"tracking.log.1": EARLY, "tracking.log-20260303.gz": gzip.compress(LATE)},
    "overlapping": {"tracking.log": text(*DAY[20:]), "ban-sao.log": text(*DAY[:40]), "tracking.log.2.gz": PACKED},
    "members joined": {"tracking.log.gz": gzip.compress(EARLY) + gzip.compress(LATE)},
    "just rotated": {"tracking.log": b"", "tracking.log-20260303": WHOLE},
    "broken off, then whole": {"tracking.log-20260303.gz": PACKED[:-400], "tracking.log-20260303": WHOLE},
}


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the other way round"])
@pytest.mark.parametrize("name", ROTATIONS)
def test_however_a_log_was_rotated_and_copied_the_books_are_the_same(course: Office, name: str, turned: bool) -> None:
    paths = write(course, ROTATIONS[name])
    course.run("import", "log", *(reversed(paths) if turned else paths))
    found = evidence(course)
    assert Counter(kind for kind, _ in found) == {"attendance": 2, "completion": 1, "study_day": 1}
    course.run("import", "log", *write(course, {"ca-ngay.log": WHOLE}))
    assert evidence(course) == found
    assert course.run("ledger", "verify") == 0


def test_lines_that_learners_had_written_in_their_own_favour_change_nothing_and_are_counted(
    course: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any page may post any event, and some blocks publish whatever a page hands them."""
    ours = [line for line in DAY if line["name"].startswith(("boiduong.", "edx.grades."))]
    posted = [{**line, "event_source": "browser", "username": BA[0]} for line in ours]
    dropped = {"usage_key": "block-v1:truong+ct+L01+type@drag-and-drop-v2+block@b1"}
    context = {"course_id": COURSE, "user_id": BA[1], "module": dropped}
    relayed = [{**line, "page": "x_module", "username": BA[0], "context": context} for line in ours]
    course.run("import", "log", *write(course, {"tracking.log": WHOLE}))
    found = evidence(course)
    capsys.readouterr()
    course.run("import", "log", *write(course, {"tracking.log-1": text(*posted, *relayed)}))
    assert f"{2 * len(ours)} dòng" in capsys.readouterr().out
    assert evidence(course) == found


def test_a_log_that_is_empty_or_breaks_off_is_told_and_holds_up_no_other(
    course: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = write(course, {"tracking.log": b"", "tracking.log-1.gz": PACKED[:-400], "tracking.log-2": LATE})
    capsys.readouterr()
    assert course.run("import", "log", *paths) == 1
    told = capsys.readouterr().out
    assert "tracking.log: L01" in told
    assert "tệp rỗng" in told
    assert "tracking.log-1.gz: L02" in told
    assert "tracking.log-2:" in told
    assert "attendance" in {kind for kind, _ in evidence(course)}
