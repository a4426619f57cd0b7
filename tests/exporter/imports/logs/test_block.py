"""What the attendance block of a course hands over: a table, which is a sheet as any other, and events that agree."""

from typing import Any

import pytest
from boiduong_records.merging import merge
from boiduong_records.receipts import Outcome, read
from boiduong_vocabulary.evidence import Attendance, Presence
from boiduong_xblocks.hall import roll
from boiduong_xblocks.hall.roll import Row
from boiduong_xblocks.hall.sheet import Held

from tests.exporter.imports import made
from tests.exporter.imports.made import told
from tests.exporter.studied import Study, ms, openedx

TABLE = (
    "\ufeffMã lớp,Tài khoản,Họ và tên,Sáng 02/03/2026,Cách ghi,Lý do,Người ghi\r\n"
    "L02,an@tinh.example,Nguyễn Văn An,7:32-11:15,mã điểm danh,,\r\n"
    'L02,ba,Trần Thị Ba,p,ghi tay,"họp, có báo trước",giao.vu\r\n'
)
SESSION = Held("L02", "buoi-1", ms(2, 7, 30))
AN, BA = ("an@tinh.example", "Nguyễn Văn An"), ("ba", "Trần Thị Ba")
PRESENT, ABSENT, EXCUSED = roll.Presence.PRESENT, roll.Presence.ABSENT, roll.Presence.EXCUSED


@pytest.fixture
def course(hall: Study) -> Study:
    """The two who study there have accounts."""
    head = ("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản")
    rows = [head, ("00001", AN[1], "Open edX", "An@Tinh.Example"), ("00002", BA[1], "Moodle", "ba")]
    hall.bench.brought("accounts", {"TK": rows})
    return hall


def bring(course: Study, text: str, name: str = "diem-danh.csv") -> Any:
    return course.bench.bring("attendance", text.encode(), name)


def test_its_table_comes_in_as_it_is_without_a_word(course: Study) -> None:
    report = bring(course, TABLE)
    assert (report.counts, told(report)) == ({Outcome.TAKEN: 2}, "")
    found = [(each.presence, each.check_in, each.check_out) for each in course.evidence(Attendance)]
    assert found == [(Presence.PRESENT, 452, 675), (Presence.EXCUSED, None, None)]


@pytest.mark.parametrize(
    "row",
    [
        Row(*AN, PRESENT, ms(2, 7, 32, 59), ms(2, 11, 15, 1), "code"),
        Row(*AN, PRESENT, ms(2, 7, 32), None, "code"),
        Row(*AN, PRESENT, ms(2, 7, 32, 5), ms(2, 7, 32, 50), "code"),
        Row(*AN, PRESENT, ms(2, 9, 0), ms(3, 0, 30), "code"),
        Row(*AN, PRESENT, ms(3, 7, 0), None, "code"),
        Row(*AN, PRESENT, None, None, "list", "không có điện thoại", "giao.vu"),
        Row(*BA, ABSENT, None, None, "list", "=1+1", "giao.vu"),
        Row(*BA, EXCUSED, None, None, "list", "họp", "giao.vu"),
    ],
    ids=["both", "in alone", "within a minute", "after midnight", "another day", "by hand", "absent", "excused"],
)
def test_its_table_and_its_events_say_the_same(course: Study, row: Row) -> None:
    event = openedx(
        ms(2, 11, 40),
        "boiduong.attendance.attended",
        {**SESSION.attended(row), "sheet": 1},
        "giao.vu",
        "course-v1:a+b+c",
    )
    report = course.bench.bring("attendance", SESSION.table([row]), SESSION.file_name)
    assert (report.counts, told(report)) == ({Outcome.TAKEN: 1}, "")
    assert course.bring([event], "tracking.log").counts == {Outcome.UNCHANGED: 1}


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (
            "L02,khac@tinh.example,Nguyễn Văn An,x,,,",
            "N01",
            "ô B2, cột «Tài khoản»: «khac@tinh.example»: tài khoản chưa",
        ),
        ("L02,ba,Nguyễn Văn An,x,,,", "N03", "ô B2, cột «Tài khoản»: tài khoản này trong sổ là của người khác"),
        ("L02,chung,Nguyễn Văn An,x,,,", "N02", "tài khoản là của nhiều người"),
        (",an@tinh.example,Nguyễn Văn An,x,,,", "C01", "ghi «Mã lớp"),
    ],
)
def test_a_row_whose_account_does_not_say_surely_who_is_meant_is_refused(
    course: Study, line: str, code: str, words: str
) -> None:
    head = ("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản")
    rows = [head, ("00001", AN[1], "Moodle", "chung"), ("00002", BA[1], "xAPI", "chung")]
    course.bench.brought("accounts", {"TK": rows})
    report = bring(course, f"{TABLE.splitlines()[0]}\n{line}\n")
    assert course.bench.receipts(report) == {2: f"refused {code}"}
    assert words in told(report)
    with course.books.reading() as connection:
        assert "tinh.example" not in str(read(connection, report.batch))


HEAD = ("Mã cán bộ", "Tài khoản", "Họ và tên", "Ngày sinh", "Đơn vị", made.MORNING)


@pytest.mark.parametrize(
    ("row", "cadre"),
    [
        (("00002", "an@tinh.example", "Trần Thị Ba", None, None, "x"), 2),
        ((None, " AN@tinh.example ", "Nguyen Van An", None, None, "x"), 1),
        ((None, "00001", "Nguyễn Văn An", None, None, "x"), 1),
        ((None, "an@tinh.example", "An Nguyễn", "1970", None, "x"), 1),
        ((None, "chua-khai", "Nguyễn Văn An", "12/03/1970", "X01", "x"), 1),
    ],
    ids=["the code wins", "another case", "a code for a login", "by birth", "by name, birth and unit"],
)
def test_a_row_without_a_code_is_of_whoever_has_the_account(course: Study, row: tuple[Any, ...], cadre: int) -> None:
    course.bench.brought("attendance", made.attendance(row, head=HEAD, code="L02"))
    assert [found for _, found, *_ in course.bench.entries()] == [cadre]


def test_an_account_of_an_absorbed_file_is_of_the_person(course: Study) -> None:
    with course.books.writing() as connection:
        merge(connection, 2, 1, made.BY)
    course.bench.brought(
        "attendance",
        made.attendance((None, "an@tinh.example", "Nguyễn Văn An", None, None, "x"), head=HEAD, code="L02"),
    )
    assert [found for _, found, *_ in course.bench.entries()] == [2]
