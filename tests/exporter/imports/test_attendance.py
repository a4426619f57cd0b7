"""Attendance sheets: each mark an entry, nothing overwritten, nobody marked for another."""

from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest
from boiduong_exporter.imports.attendance import ticked
from boiduong_exporter.imports.attendance_marks import slot
from boiduong_exporter.imports.kinds import read
from boiduong_records.bodies import decode
from boiduong_records.merging import merge
from boiduong_records.receipts import Outcome
from boiduong_vocabulary.evidence import Attendance, Half, Result
from boiduong_vocabulary.problem import Severity
from openpyxl import Workbook

from tests.exporter.imports import made
from tests.exporter.imports.made import MARKED, Bench, attendance, told
from tests.exporter.readers.books import saved

DAY = made.MONDAY


def row(morning: Any = "x", afternoon: Any = "x", code: Any = "00001", name: Any = "Nguyễn Văn An", **said: Any) -> Any:
    where = {"birth": None, "unit": None, "place": made.AT_HALL} | said
    return (code, name, *where.values(), morning, afternoon)


def evidence(bench: Bench) -> list[Any]:
    return [decode(kind, body) for _, _, kind, body in bench.entries()]


def bring(bench: Bench, *rows: Any, **more: Any) -> dict[int, str]:
    return bench.receipts(bench.bring("attendance", attendance(*rows, **more)))


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("05/03/2026 Sáng", Half.MORNING), ("Sáng ngày 5/3/2026", Half.MORNING), ("5-3-2026 C", Half.AFTERNOON),
        ("Thứ Năm, 05/03/2026 Chiều", Half.AFTERNOON), ("Ngày 05/03/2026 (Tối)", Half.EVENING),
        ("Buổi sáng, 2026-03-05", Half.MORNING), ("05/03/2026 buổi chiều", Half.AFTERNOON), ("31/02/2026 Sáng", None),
        ("05/03/2026", None), ("Sáng", None), ("Ghi chú", None), ("5/3 Sáng", None),
    ],
)  # fmt: skip
def test_a_header_names_a_half_day_as_people_write_it(header: str, found: Half | None) -> None:
    assert slot(header) == (found and (date(2026, 3, 5), found))


@pytest.mark.parametrize(
    ("mark", "presence", "came", "left"),
    [
        ("x", "present", None, None), ("X", "present", None, None), (1, "present", None, None),
        ("v", "absent", None, None), ("P", "excused", None, None), ("vắng có phép", "excused", None, None),
        ("8:00-11:30", "present", 480, 690), ("07h45 đến 11h", "present", 465, 660), ("8:15", "present", 495, None),
        (time(8, 15), "present", 495, None), (0, "absent", None, None),
    ],
)  # fmt: skip
def test_a_cell_holds_a_mark_or_times(
    office: Bench, mark: Any, presence: str, came: int | None, left: int | None
) -> None:
    shown = 8.25 / 24 if isinstance(mark, time) else mark
    assert bring(office, row(shown, None)) == {3: "taken"}
    (found,) = evidence(office)
    assert (found.presence, found.check_in, found.check_out, found.half) == (presence, came, left, Half.MORNING)


@pytest.mark.parametrize(
    ("mark", "code"),
    [("?", "V03"), ("11:30-8:00", "V08"), ("25:00", "V08"), (46_000, "V08"), ("8:00-", "V08")],
)
def test_a_mark_that_is_not_understood_refuses_the_row_and_names_the_cell(office: Bench, mark: Any, code: str) -> None:
    report = office.bring("attendance", attendance(row("x", mark)))
    assert (office.receipts(report), evidence(office)) == ({3: f"refused {code}"}, [])
    assert "ô G3: " in told(report)


def test_a_formula_without_a_result_is_no_empty_cell(office: Bench) -> None:
    book = Workbook()
    for line in (("Mã lớp: L01",), MARKED, row("x", "=1+1")):
        book.worksheets[0].append(line)
    assert office.receipts(office.bring("attendance", saved(book))) == {3: "refused V10"}


def test_the_place_says_how_the_session_was_held(office: Bench) -> None:
    bring(office, row(place="Điểm cầu xã Hoà An"), row(code="00002", name="Trần Thị Ba"))
    found = {(each.place, each.delivery.value) for each in evidence(office)}
    assert found == {(made.AT_BRIDGE, "bridge"), (made.AT_HALL, "hall")}


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (row(place="Điểm cầu xã Hòa Ann"), "C06", "Có phải là «Điểm cầu xã Hòa An»?"),
        (row(code="00009", name="Lý Lạ"), "N01", "nhập danh sách cán bộ trước"),
        (row(code="", birth="1970", unit="Đảng ủy xã Hòa Ann"), "O01", "Có phải là «Đảng ủy xã Hòa An»?"),
        (row(code="", birth="1971", unit="X01"), "N02", "có thể là: Nguyễn Văn An"),
        (row(name="Phạm Thị Khác"), "N03", "trong sổ: Nguyễn Văn An"),
        (row(name="Phạm Thị Khác", birth="1988"), "N03", "trong sổ: Nguyễn Văn An"),
        (row(place=None), "C06", "ghi «Điểm học»"),
    ],
)
def test_a_row_that_does_not_say_surely_what_it_means_is_refused(
    office: Bench, given: Any, code: str, words: str
) -> None:
    report = office.bring("attendance", attendance(given))
    assert (office.receipts(report), evidence(office)) == ({3: f"refused {code}"}, [])
    assert words in told(report)


def test_a_person_is_found_by_name_birth_and_unit_or_by_code_with_a_slip_in_the_name(office: Bench) -> None:
    found = bring(office, row(code="", birth="12/03/1970", unit="Đảng uỷ xã Hoà An"))
    assert found == {3: "taken"}
    assert bring(office, row(name="Nguyen Van An")) == {3: "unchanged"}
    assert bring(office, row(name="Nguyễn Văn Ân", birth="1970")) == {3: "unchanged"}


def test_a_session_that_the_class_does_not_have_is_refused(office: Bench) -> None:
    head = (*MARKED[:6], "03/03/2026 Sáng")
    report = office.bring("attendance", attendance(row(), head=head))
    assert office.receipts(report) == {3: "refused C05"}
    assert "ô G3: lớp «L01» không có buổi sáng 03/03/2026" in told(report)


@pytest.mark.parametrize("code", ["L0l", ""])
def test_a_class_that_the_books_do_not_have_is_refused(office: Bench, code: str) -> None:
    file = attendance(row(), code=code) if code else {"DD": [MARKED, row()]}
    report = office.bring("attendance", file)
    assert set(office.receipts(report).values()) == {"refused C01"}
    assert ("Có phải là «L01»?" in told(report)) == bool(code)


def test_the_class_may_stand_in_a_column(office: Bench) -> None:
    assert office.brought("attendance", {"DD": [("Mã lớp", *MARKED), ("L01", *row())]}).counts == {Outcome.TAKEN: 1}
    assert {each.class_code for each in evidence(office)} == {"L01"}


def test_a_day_may_be_merged_over_its_two_halves(office: Bench) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (("Mã lớp: L01",), ("Mã cán bộ", "Họ và tên", "Điểm học", DAY), (None, None, None, "Sáng", "Chiều"),
                 ("00001", "Nguyễn Văn An", made.AT_HALL, "x", "v")):  # fmt: skip
        sheet.append(line)
    for cells in ("A2:A3", "B2:B3", "C2:C3", "D2:E2"):
        sheet.merge_cells(cells)
    sheet["D2"].number_format = "dd/mm/yyyy"
    office.brought("attendance", saved(book))
    assert {(each.half, each.presence.value) for each in evidence(office)} == {
        (Half.MORNING, "present"), (Half.AFTERNOON, "absent"),
    }  # fmt: skip


def test_of_two_rows_of_one_person_the_second_must_say_the_same(office: Bench) -> None:
    report = office.bring("attendance", attendance(row(), row(), row("v", "x")))
    assert office.receipts(report) == {3: "taken", 4: "unchanged", 5: "refused C09"}
    assert "ở một dòng trên" in told(report)


def test_what_the_ledger_has_otherwise_is_refused_with_the_entry_and_the_command(office: Bench) -> None:
    bring(office, row("x", None))
    ((seq, *_),) = office.entries()
    report = office.bring("attendance", attendance(row("v", "x")))
    assert (office.receipts(report), len(office.entries())) == ({3: "refused C09"}, 1)
    assert f"ở mục {seq} của sổ" in told(report)
    command = f'boiduong ledger reverse {seq} --reason "…" --by "…" --approved-by "…"'
    assert f"đính chính: {command}, rồi nhập lại tệp này" in told(report)


def test_after_a_reversal_the_corrected_sheet_holds_and_the_old_file_brings_nothing_back(office: Bench) -> None:
    old, right = attendance(row("x", None)), attendance(row("v", None))
    office.brought("attendance", old)
    ((seq, *_),) = office.entries()
    office.reverse(seq)
    for expected in (right, old):
        report = office.bring("attendance", expected)
        assert office.bring("attendance", old).counts == {Outcome.REFUSED: 1}
        assert report.counts == {Outcome.TAKEN if expected is right else Outcome.REFUSED: 1}
    assert [each.presence.value for each in evidence(office)] == ["absent"]
    assert office.is_whole()


def test_a_value_taken_back_is_not_said_to_be_there(office: Bench) -> None:
    office.brought("attendance", attendance(row("x", None)))
    office.reverse(office.entries()[0][0])
    report = office.bring("attendance", attendance(row("x", None)))
    assert (office.receipts(report), office.entries()) == ({3: "refused C09"}, [])
    assert "đã bị đảo khỏi sổ" in told(report)
    assert bring(office, row("7:30-11:30", None)) == {3: "taken"}


RESULT = (*MARKED[:2], "Điểm kiểm tra", "Bài thu hoạch", "Người đánh giá")
SCORED = ("00001", "Nguyễn Văn An", "7,5", "đạt", "Lê Thầy")


def test_results_are_kept_with_the_day_of_the_last_session(office: Bench) -> None:
    bring(office, SCORED, head=RESULT)
    assert evidence(office) == [Result("L01", DAY, Fraction(15, 2), True, "Lê Thầy")]


def test_a_result_stays_the_same_though_the_class_gets_a_later_session(office: Bench) -> None:
    bring(office, SCORED, head=RESULT)
    later = [*made.SESSIONS, ("L01", "04/03/2026", "Sáng", made.HALL)]
    office.brought("classes", made.classes(made.L01, sessions=later, places=made.PLACES))
    assert bring(office, SCORED, head=RESULT) == {3: "unchanged"}
    assert bring(office, (*SCORED[:2], "8", *SCORED[3:]), head=RESULT) == {3: "refused C09"}


def test_a_class_without_sessions_has_no_day_for_a_result(office: Bench) -> None:
    office.brought("classes", made.classes(("L02", *made.L01[1:])))
    assert bring(office, SCORED, head=RESULT, code="L02") == {3: "refused C05"}


@pytest.mark.parametrize("said", ["10,5", "11", "-1", "tám", "7/0"])
def test_a_score_is_out_of_ten(office: Bench, said: str) -> None:
    report = office.bring("attendance", attendance(("00001", "Nguyễn Văn An", said), head=RESULT))
    assert office.receipts(report) == {3: "refused V07"}
    assert "ô C3, cột «Điểm kiểm tra»" in told(report)
    assert "số ngày" not in told(report)


def test_attendance_of_people_outside_the_regime_is_kept(office: Bench) -> None:
    office.brought("roster", made.roster(("00005", "Võ Em", "1985", None, "X01", None, None, "Ngoài chế độ")))
    assert bring(office, row(code="00005", name="Võ Em")) == {3: "taken"}
    assert {cadre for _, cadre, *_ in office.entries()} == {3}


def test_after_a_merger_of_files_the_same_sheet_brings_nothing_new(office: Bench) -> None:
    office.brought("roster", made.roster(("00005", "Nguyễn Văn An", "1970", None, "X02", None, None, "TU")))
    sheet = attendance(row(code="00005"))
    office.brought("attendance", sheet)
    with office.books.writing() as connection:
        merge(connection, 1, 3, made.BY)
    assert office.bring("attendance", sheet).counts == {Outcome.UNCHANGED: 1}
    assert bring(office, row("v", "x")) == {3: "refused C09"}
    assert len(evidence(office)) == 2


def test_marks_may_be_told_sheet_by_sheet(office: Bench) -> None:
    assert bring(office, row("x", None)) == {3: "taken"}
    assert bring(office, row("x", "v")) == {3: "taken"}
    assert all(isinstance(each, Attendance) for each in evidence(office))


# A sheet that is looked at --------------------------------------------------------------------------------------------


def looked(bench: Bench, *rows: Any, half: Half = Half.MORNING, place: str = "") -> tuple[list[Any], list[str]]:
    """What the rows say of one session of L01, and the codes of what is wrong."""
    reading = read("attendance", made.xlsx(attendance(*rows)), "tep.xlsx", bench.rules.kinds)
    with bench.books.reading() as connection:
        found, problems = ticked(connection, reading, "L01", (DAY, half), place)
    return [(each.presence.value, each.came, each.left, each.where.line) for each in found], [
        str(each.code) for each in problems if each.severity is Severity.ERROR
    ]


def test_a_sheet_is_read_for_one_session_and_nothing_is_entered(office: Bench) -> None:
    before = office.state()
    two = (row("x", "v"), row("8:00-11:30", "p", code="00002", name="Trần Thị Ba"))
    assert looked(office, *two) == ([("present", None, None, 3), ("present", 480, 690, 4)], [])
    assert looked(office, *two, half=Half.AFTERNOON) == ([("absent", None, None, 3), ("excused", None, None, 4)], [])
    assert looked(office, row(None, "x")) == ([], [])
    assert office.state() == before


@pytest.mark.parametrize(
    ("given", "place", "code"),
    [
        (row("?"), "", "V03"), (row(code="00009", name="Lý Lạ"), "", "N01"), (row("x", "?"), "", ""),
        (row(), made.AT_BRIDGE, "C06"), (row(), made.AT_HALL.upper(), ""),
    ],
)  # fmt: skip
def test_a_looked_at_row_that_cannot_be_told_is_a_problem(office: Bench, given: Any, place: str, code: str) -> None:
    found, problems = looked(office, given, place=place)
    assert (len(found), problems) == ((0, [code]) if code else (1, []))


def test_of_two_looked_at_rows_of_one_person_the_first_holds(office: Bench) -> None:
    assert looked(office, row("x"), row("v")) == ([("present", None, None, 3)], ["N04"])


def test_a_looked_at_sheet_needs_the_sessions_column(office: Bench) -> None:
    assert looked(office, row(), half=Half.EVENING) == ([], ["C05"])
