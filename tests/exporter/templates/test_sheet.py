"""The attendance sheet: out of the books, onto paper, and back into the books."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.faults import Code
from boiduong_exporter.imports import attendance
from boiduong_exporter.imports.intake import Arrival, Report, import_file
from boiduong_exporter.readers.sheet import Reading, read_tables
from boiduong_exporter.templates.enrolled import Slot
from boiduong_exporter.templates.sheet import Attendee, SheetOf, sheet_of, write_sheet
from boiduong_records.bodies import decode, live
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_records.ledger import head
from boiduong_records.matching import directory
from boiduong_records.people import Management, Person, Post, register
from boiduong_records.receipts import Outcome
from boiduong_records.seating import Said, seat
from boiduong_records.store import Books, open_books
from boiduong_records.tables import CLASS, ORGANIZATION, PLACE, POST, SESSION
from boiduong_records.versions import apply, find
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Evidence, Half, Presence, Result
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Table

from tests.exporter.templates.made import KINDS, RULES, saved

DAY = date(2026, 3, 5)
MORNING, AFTERNOON = (DAY, Half.MORNING), (DAY, Half.AFTERNOON)
FOUND = SheetOf("L01", "Cập nhật kiến thức", "Hội trường A", (MORNING, AFTERNOON), (), ("Hội trường A", "Cầu An Hòa"))
AN = Attendee("00001", "Nguyễn Văn An", "12/03/1970", "Đảng ủy xã An Hòa", "Cầu An Hòa")
BA = Attendee("", "Trần Thị Ba", "1975", "Đảng ủy xã An Hòa", "Hội trường A")
BY = Decision("danh sách lớp", "Lê Văn Cường", "", 1_772_676_000_000)
HEAD = 4
"""The row of the headings."""


def sessions(days: int) -> tuple[Slot, ...]:
    halves = (Half.MORNING, Half.AFTERNOON)
    return tuple((DAY + timedelta(place), half) for place in range(days) for half in halves)


def enter(books: Books, days: int = 1) -> None:
    """A class of so many days with two places, and two people; the ledger has nothing of them."""
    session = {"class_code": "L01", "delivery": "hall"}
    rows: dict[Table, list[dict[str, Any]]] = {
        ORGANIZATION: [{"code": "X01", "name": "Đảng ủy xã An Hòa", "kind": "cap-uy", "level": "xa"}],
        CLASS: [{"code": "L01", "name": "Cập nhật kiến thức", "venue": "Hội trường A", "days": "1"}],
        SESSION: [{**session, "date": day, "half": half.value} for day, half in reversed(sessions(days))],
        PLACE: [
            {"class_code": "L01", "name": "Hội trường A", "delivery": "hall"},
            {"class_code": "L01", "name": "Cầu An Hòa", "delivery": "bridge"},
        ],
    }
    posts, managed = (Post("Bí thư", "X01"),), (Management(""),)
    people = [Person("00001", AN.name, "1970-03-12", posts, managed), Person("", BA.name, "1975", posts, managed)]
    with books.writing() as connection:
        seq = head(connection).seq
        for table, wanted in rows.items():
            apply(connection, table, find(connection, table, wanted), seq)
        register(connection, people, seq)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    with open_books(str(tmp_path / "so.db"), create=True) as opened:
        enter(opened)
        yield opened


def of_class(books: Books, code: str = "L01") -> SheetOf:
    with books.reading() as connection:
        found = sheet_of(connection, code)
    assert isinstance(found, SheetOf)
    return found


def sheet(found: SheetOf, folder: Path) -> Workbook:
    (folder / "a.xlsx").unlink(missing_ok=True)
    write_sheet(found, folder / "a.xlsx")
    return load_workbook(folder / "a.xlsx")


def read(book: Workbook) -> Reading:
    return read_tables(saved(book), "a.xlsx", attendance.specs(KINDS))


def column(page: Worksheet, heading: str) -> int:
    return next(cell.column for cell in page[HEAD] if cell.value == heading)


def put(page: Worksheet, number: int, **said: str) -> None:
    """Type into the row of that number."""
    names = {"code": "Mã cán bộ", "name": "Họ và tên", "birth": "Ngày sinh", "unit": "Đơn vị", "place": "Điểm học"}
    names |= {"score": "Điểm kiểm tra", "essay": "Bài thu hoạch", "assessor": "Người đánh giá"}
    names |= {"morning": "05/03/2026 Sáng", "afternoon": "05/03/2026 Chiều"}
    for key, value in said.items():
        page.cell(HEAD + 1 + number, column(page, names[key])).value = value


def bring(books: Books, book: Workbook) -> Report:
    arrival = Arrival("attendance", attendance.take, "a.xlsx", read(book), "Lê Văn Cường", 1_772_676_000_000)
    return import_file(books, RULES, arrival)


def evidence(books: Books) -> list[Evidence]:
    with books.reading() as connection:
        return [decode(kind, body) for _, _, kind, body in live(connection)]


def marked(book: Workbook) -> Workbook:
    page = book["Điểm danh"]
    put(page, 1, code="00001", place="Cầu An Hòa", morning="x", afternoon="7:30-11:15")
    put(page, 1, name=AN.name, score="8,5", essay="Đạt", assessor="Lê Văn Cường")
    put(page, 2, name=BA.name, birth="1975", unit="Đảng ủy xã An Hòa", place=BA.place, morning="v", afternoon="p")
    return book


def test_marks_written_on_the_sheet_become_evidence_in_the_books(books: Books, tmp_path: Path) -> None:
    report = bring(books, marked(sheet(of_class(books), tmp_path)))
    assert [str(problem) for problem in report.problems] == []
    assert report.counts == {Outcome.TAKEN: 2, Outcome.SKIPPED: 2}
    said = {
        Attendance("L01", DAY, Half.MORNING, Delivery.BRIDGE, Presence.PRESENT, "Cầu An Hòa"),
        Attendance("L01", DAY, Half.AFTERNOON, Delivery.BRIDGE, Presence.PRESENT, "Cầu An Hòa", 450, 675),
        Result("L01", DAY, Fraction(17, 2), True, "Lê Văn Cường"),
        Attendance("L01", DAY, Half.MORNING, Delivery.HALL, Presence.ABSENT, BA.place),
        Attendance("L01", DAY, Half.AFTERNOON, Delivery.HALL, Presence.EXCUSED, BA.place),
    }
    assert {*evidence(books)} == said


def test_who_has_attended_stands_on_the_next_sheet_in_the_order_of_names(books: Books, tmp_path: Path) -> None:
    assert of_class(books).people == ()
    bring(books, marked(sheet(of_class(books), tmp_path)))
    assert of_class(books).people == (AN, BA)


def test_who_is_enrolled_stands_on_the_first_sheet_too_and_leaves_it_again(books: Books, tmp_path: Path) -> None:
    with books.writing() as connection:
        enrol(connection, "L01", [1, 2], [], BY)
    assert of_class(books).people == (replace(AN, place=""), replace(BA, place=""))
    bring(books, marked(sheet(of_class(books), tmp_path)))
    with books.writing() as connection:
        enrol(connection, "L01", [], [1, 2], BY)
    assert of_class(books).people == (AN, BA), "who has sat in the class is not left out"


def seat_(books: Books, said: dict[int, Said]) -> None:
    with books.writing() as connection:
        enrol(connection, "L01", [*said], [], BY)
        seat(connection, "L01", said, BY)


def test_people_stand_by_place_and_team_where_those_were_said(books: Books) -> None:
    seat_(books, {1: Said("Cầu An Hòa", "Tổ 1"), 2: Said("Hội trường A", "Tổ 10")})
    assert of_class(books).people == (replace(BA, team="Tổ 10"), replace(AN, team="Tổ 1"))
    seat_(books, {1: Said("Hội trường A"), 2: Said("Hội trường A", "Tổ 10")})
    assert [each.team for each in of_class(books).people] == ["Tổ 1", "Tổ 10"]


def test_a_seat_goes_before_the_place_where_one_sat_last(books: Books, tmp_path: Path) -> None:
    bring(books, marked(sheet(of_class(books), tmp_path)))
    seat_(books, {1: Said("Hội trường A"), 2: Said("Hội trường A")})
    assert [each.place for each in of_class(books).people] == ["Hội trường A"] * 2


def test_a_seat_at_a_place_that_the_class_has_no_longer_is_not_written(books: Books) -> None:
    seat_(books, {1: Said("Cầu An Hòa", "Tổ 1"), 2: Said("Hội trường A")})
    with books.writing() as connection:
        rows = [{"class_code": "L01", "name": "Hội trường A", "delivery": "hall"}]
        apply(connection, PLACE, find(connection, PLACE, rows), head(connection).seq)
    assert of_class(books).people == (BA, replace(AN, place="", team="Tổ 1"))


def test_the_sheet_of_one_place_has_its_people_and_who_is_marked_on_it_was_there(books: Books, tmp_path: Path) -> None:
    seat_(books, {1: Said("Cầu An Hòa", "Tổ 1"), 2: Said("Hội trường A")})
    with books.reading() as connection:
        found = sheet_of(connection, "L01", "Cầu An Hòa", [MORNING])
    assert isinstance(found, SheetOf)
    assert (found.people, found.sessions, found.ends) == ((replace(AN, team="Tổ 1"),), (MORNING,), False)
    book = sheet(found, tmp_path)
    page = book["Điểm danh"]
    headings = [cell.value for cell in page[HEAD] if cell.value]
    assert headings == ["STT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Đơn vị", "Tổ", "05/03/2026 Sáng"]
    assert page.cell(HEAD + 2, column(page, "Tổ")).value == "1"
    put(page, 1, morning="x")
    put(page, 2, name=BA.name, birth="1975", unit="X01", morning="x")
    report = bring(books, book)
    assert [str(problem) for problem in report.problems] == []
    bridge = Attendance("L01", DAY, Half.MORNING, Delivery.BRIDGE, Presence.PRESENT, "Cầu An Hòa")
    assert evidence(books) == [bridge, bridge]


def test_where_a_class_has_one_place_everybody_is_on_its_sheet() -> None:
    whole = replace(FOUND, places=("Hội trường A",), people=(replace(AN, place=""), BA))
    assert whole.part("Hội trường A", ()).people == whole.people


def test_the_sheet_of_the_last_half_day_has_the_results() -> None:
    assert [FOUND.part("", [slot]).ends for slot in (MORNING, AFTERNOON)] == [False, True]
    assert FOUND.part("", ()) == FOUND


def test_a_sheet_by_team_is_read_back(books: Books, tmp_path: Path) -> None:
    seat_(books, {1: Said("Cầu An Hòa", "Tổ 1"), 2: Said("Hội trường A", "Cánh Sen")})
    book = sheet(of_class(books), tmp_path)
    put(book["Điểm danh"], 1, morning="x")
    put(book["Điểm danh"], 2, morning="x")
    report = bring(books, book)
    assert ([*map(str, report.problems)], report.counts) == ([], {Outcome.TAKEN: 2, Outcome.SKIPPED: 2})


def test_a_unit_whose_name_others_bear_is_written_by_its_code(books: Books, tmp_path: Path) -> None:
    bring(books, marked(sheet(of_class(books), tmp_path)))
    with books.writing() as connection:
        namesake = {"code": "X02", "name": "Đảng uỷ xã An Hoà", "kind": "cap-uy", "level": "xa"}
        apply(connection, ORGANIZATION, find(connection, ORGANIZATION, [namesake]), head(connection).seq)
    assert [each.unit for each in of_class(books).people] == ["X01", "X01"]


def test_the_unit_is_that_of_the_post_held_on_the_last_day_of_the_class(books: Books, tmp_path: Path) -> None:
    bring(books, marked(sheet(of_class(books), tmp_path)))
    with books.writing() as connection:
        (an,) = directory(connection).by_code["00001"]
        posts = [
            {"cadre": an.cadre, "title": "Bí thư", "organization": "X01", "valid_from": None, "valid_to": DAY},
            {"cadre": an.cadre, "title": "Bí thư", "organization": "X09", "valid_from": date(2026, 3, 6)},
        ]
        apply(connection, POST, find(connection, POST, posts), head(connection).seq)
    assert of_class(books).people[0].unit == AN.unit


def test_who_was_live_at_last_keeps_the_place_where_they_sat_before(books: Books, tmp_path: Path) -> None:
    with books.writing() as connection:
        ways = (Delivery.HALL, Delivery.LIVE)
        rows = [
            {"class_code": "L01", "date": day, "half": half.value, "delivery": way.value}
            for (day, half), way in zip(sessions(1), ways, strict=True)
        ]
        apply(connection, SESSION, find(connection, SESSION, rows), head(connection).seq)
    bring(books, marked(sheet(of_class(books), tmp_path)))
    assert [each.place for each in of_class(books).people] == [AN.place, BA.place]


def test_evidence_of_another_class_brings_nobody_onto_the_sheet(books: Books, tmp_path: Path) -> None:
    bring(books, marked(sheet(of_class(books), tmp_path)))
    with books.writing() as connection:
        rows = [{"code": "L0", "name": "Hội trường L01", "venue": "", "days": "1"}]
        apply(connection, CLASS, find(connection, CLASS, rows), head(connection).seq)
    assert of_class(books, "L0").people == ()


def test_a_sheet_with_people_can_be_marked_again_and_changes_nothing(books: Books, tmp_path: Path) -> None:
    bring(books, marked(sheet(of_class(books), tmp_path)))
    again = sheet(of_class(books), tmp_path)
    put(again["Điểm danh"], 1, morning="x")
    put(again["Điểm danh"], 2, morning="v")
    report = bring(books, again)
    assert (report.counts, report.problems, len(evidence(books))) == (
        {Outcome.UNCHANGED: 2, Outcome.SKIPPED: 2}, [], 5,
    )  # fmt: skip


def test_sessions_stand_in_their_order_whatever_the_books_have_first(books: Books) -> None:
    assert of_class(books) == FOUND


def test_of_no_such_class_the_known_ones_are_told(books: Books) -> None:
    with books.reading() as connection:
        assert sheet_of(connection, "L1") == ["L01"]


@pytest.mark.parametrize("days", [0, 1, 2, 3, 4, 5])
def test_an_untouched_sheet_holds_no_person_and_nothing_to_complain_of(days: int, tmp_path: Path) -> None:
    found = read(sheet(replace(FOUND, sessions=sessions(days)), tmp_path))
    assert [row.skipped != "" for table in found.tables for row in table.rows] == [True, True] * len(found.tables)
    assert {problem.code for problem in found.all_problems()} == {Code.EMPTY_TABLE}


def test_a_long_class_has_several_sheets_and_each_is_read(tmp_path: Path) -> None:
    slots = sessions(5)
    book = sheet(replace(FOUND, sessions=slots, people=(AN, BA)), tmp_path)
    tables = read(book).tables
    assert [(table.sheet, table.marks) for table in tables] == [
        (name, {"class_code": "L01", "place": None}) for name in ("Buổi 1-4", "Buổi 5-8", "Buổi 9-10")
    ]
    assert tuple(slot for table in tables for slot in table.rows[0].open) == slots
    headings = [[cell.value for cell in page[HEAD]] for page in book.worksheets]
    assert [("Điểm kiểm tra" in found) for found in headings] == [False, False, True]


def test_text_of_the_books_never_becomes_a_formula_nor_a_link(tmp_path: Path) -> None:
    people = (replace(AN, unit="=1+1", place="https://a.vn"),)
    page = sheet(replace(FOUND, name="@SUM(A1)", people=people), tmp_path)["Điểm danh"]
    cells = [page.cell(HEAD + 2, column(page, heading)) for heading in ("Đơn vị", "Điểm học")]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("=1+1", "s", None), ("https://a.vn", "s", None),
    ]  # fmt: skip


def test_a_sheet_that_stands_there_already_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(FOUND, path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError) as raised:
        write_sheet(replace(FOUND, people=(AN,)), path)
    assert (raised.value.filename, path.read_bytes()) == (str(path), before)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as raised:
        write_sheet(FOUND, tmp_path / "khong-co" / "a.xlsx")
    assert raised.value.filename == str(tmp_path / "khong-co" / "a.xlsx")
