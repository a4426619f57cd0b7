"""The officer's walk with the installed command alone: from an office's workbooks to who owes how many days, by when,
and why. SQLite, or PostgreSQL where BOIDUONG_TEST_POSTGRES names a server."""

import contextlib
import csv
import json
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from boiduong_records.receiving import check_hand_over
from boiduong_vocabulary.command import main
from openpyxl import load_workbook
from sqlalchemy import create_engine, make_url, text

from tests.exporter.office import (
    CLASS_HEAD,
    ORGANIZATION_HEAD,
    PLACE_HEAD,
    ROSTER_HEAD,
    SESSION_HEAD,
    TERM_HEAD,
    Office,
)
from tests.paper import sheets

TWO = ("--by", "Nguyễn Văn A", "--approved-by", "Trần Thị B", "--reason", "phép thử")
UNITS = (
    ("TU", "Tỉnh ủy Lam Giang", "Cấp ủy", "Tỉnh", "", "", "", ""),
    ("DU01", "Đảng ủy xã An Hòa", "Cấp ủy", "Xã", "TU", "", "", ""),
    ("DU02", "Đảng ủy xã Bình Minh", "Cấp ủy", "Xã", "TU", "", "", ""),
)
CADRES = (
    ("00012", "Nguyễn Văn An", date(1970, 3, 12), "Bí thư", "Đảng ủy xã An Hoà", "01/10/2025", "Tỉnh ủy Lam Giang"),
    ("00013", "Trần Thị Bình", "1975", "Phó Bí thư", "DU01", "01/10/2025", "TU"),
    ("00014", "Lê Văn Cường", "05/05/1980", "Đảng viên", "DU01", "", "Ngoài chế độ"),
    ("00021", "Nguyễn Văn An", "1970", "Bí thư", "DU02", "01/10/2025", "TU"),
)
SLOTS = [(date(2026, 3, day), half) for day in (5, 6) for half in ("sáng", "chiều")]


@pytest.fixture
def address() -> Iterator[str]:
    """A database of this test's own on the test server, or nothing: then a file."""
    server = os.environ.get("BOIDUONG_TEST_POSTGRES")
    if not server:
        yield ""
        return
    name = f"walk_{uuid.uuid4().hex[:12]}"
    url = make_url(server)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's folder with its books in SQLite as they were made: to be copied, never opened."""
    return bring_all(Office(tmp_path_factory.mktemp("co-quan"))).folder


@pytest.fixture
def office(tmp_path: Path, address: str, brought: Path) -> Office:
    """An office that has brought organizations, cadres, classes and one attendance sheet."""
    office = Office(tmp_path)
    if address:
        office.books = address  # type: ignore[assignment]
        return bring_all(office)
    shutil.copytree(brought, tmp_path, dirs_exist_ok=True)
    return office


def bring_all(office: Office) -> Office:
    terms = [("TU", "2025-2030", date(2025, 10, 1), date(2030, 9, 30))]
    assert office.bring("organizations", {"Tổ chức": [ORGANIZATION_HEAD, *UNITS], "Nhiệm kỳ": [TERM_HEAD, *terms]}) == 0
    assert office.bring("roster", {"Cán bộ": [ROSTER_HEAD, *CADRES]}) == 0
    kind = "Cập nhật kiến thức, kỹ năng"
    classes = [
        ("L01", "Lớp 1", kind, "", "Nhóm 3", "QĐ 1", 2),
        ("L02", "Lớp 2", "Dự nguồn", "", "Nhóm 3", "QĐ 2", "1/2"),
    ]
    sessions = [
        ("L01", day, half, "Hội trường", "7:30-11:30" if half == "sáng" else "13:30-17:30") for day, half in SLOTS
    ]
    sessions.append(("L02", date(2026, 4, 2), "sáng", "Hội trường", ""))
    places = [("L01", "Hội trường tỉnh", "Hội trường"), ("L01", "Điểm cầu An Hòa", "Điểm cầu")]
    tables = {"Lớp": [CLASS_HEAD, *classes], "Buổi": [SESSION_HEAD, *sessions], "Điểm học": [PLACE_HEAD, *places]}
    assert office.bring("classes", tables) == 0
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "Điểm học", *(f"{day:%d/%m/%Y} {half}" for day, half in SLOTS))
    marks = [
        ("L01", "00012", "Nguyễn Văn An", "Hội trường tỉnh", "x", "x", "x", "15:30-17:30"),
        ("L01", "00013", "Trần Thị Bình", "Điểm cầu An Hòa", "x", "v", "x", "x"),
        ("L01", "00014", "Lê Văn Cường", "Hội trường tỉnh", "x", "x", "", ""),
    ]
    assert office.bring("attendance", {"Điểm danh": [head, *marks]}) == 0
    other = ("Mã lớp", "Mã cán bộ", "Họ và tên", "02/04/2026 Sáng")
    assert office.bring("attendance", {"Điểm danh": [other, ("L02", "00012", "Nguyễn Văn An", "x")]}, "dd2") == 0
    return office


def told(capsys: pytest.CaptureFixture[str]) -> str:
    output = capsys.readouterr()
    return output.out + output.err


def test_explain_says_who_owes_how_many_days_by_when_and_why(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert office.run("explain", "00012", "--as-of", "30/06/2026") == 0
    words = " ".join(told(capsys).split())
    assert "0,5 + 0,5 + 0,5 + 0,25 = 1,75 ngày" in words  # three whole half days, and 120 of 240 minutes
    assert "còn thiếu 5,25 ngày đến hết nhiệm kỳ (30/09/2030)" in words or "Còn thiếu: 5,25 ngày" in words
    assert "dự nguồn" in words, "the excluded class with its quotation"
    assert "1 ngày = 8 tiết" in words


def test_a_units_report_is_one_truth_in_three_formats(office: Office) -> None:
    paths = [office.folder / f"bc{ending}" for ending in (".xlsx", ".csv", ".json")]
    outs = [word for path in paths for word in ("--out", path)]
    assert office.run("report", "unit", "TU", "--quarter", "2026-Q2", *outs) == 0
    data = json.loads(paths[2].read_text("utf-8"))
    rows = list(csv.DictReader(paths[1].read_text("utf-8-sig").splitlines(), delimiter=";"))
    codes = [row["Mã cán bộ"] for row in rows]
    assert sorted(codes) == ["00012", "00013", "00014", "00021"]
    book = load_workbook(paths[0])
    listed = [cell.value for row in book["Danh sách"].iter_rows() for cell in row]
    assert all(code in listed for code in codes)
    assert {"Danh sách", "Tổng hợp", "Căn cứ"} <= set(book.sheetnames)
    assert len(data["people"]) == len(rows)
    grounds = " ".join(str(cell.value) for row in book["Căn cứ"].iter_rows() for cell in row if cell.value)
    assert "145-QĐ/TW" in grounds
    assert "1 ngày = 8 tiết" in grounds


def test_a_report_is_redone_as_it_was_known_then(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert office.run("ledger", "head") == 0
    entry = told(capsys).partition(":")[0]
    first, again = office.folder / "truoc.json", office.folder / "sau.json"
    assert office.run("report", "unit", "TU", "--as-of", "30/06/2026", "--out", first, "--at-entry", entry) == 0
    office.run("decide", "exempt", "00012", "--days", "2", "--document", "TB 5", *TWO)
    assert office.run("report", "unit", "TU", "--as-of", "30/06/2026", "--out", again, "--at-entry", entry) == 0
    assert first.read_bytes() == again.read_bytes()


def test_the_slip_is_one_page_and_names_its_head(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    path = office.folder / "phieu.pdf"
    assert office.run("explain", "00013", "--pdf", path) == 0
    capsys.readouterr()
    office.run("ledger", "head")
    mark = told(capsys).partition(":")[2][:8]
    (sheet,) = sheets(path.read_bytes())
    assert "Trần Thị Bình" in sheet.text
    assert mark in sheet.text


def test_a_correction_takes_two_people_and_then_the_right_sheet(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "Điểm học", "05/03/2026 Chiều")
    right = ("L01", "00013", "Trần Thị Bình", "Điểm cầu An Hòa", "x")
    capsys.readouterr()
    assert office.bring("attendance", {"Điểm danh": [head, right]}, "sua") == 1
    words = told(capsys)
    assert "C09" in words
    entry = words.partition("ledger reverse ")[2].split()[0]
    assert office.run("ledger", "reverse", entry, "--by", "A", "--approved-by", "A", "--reason", "nhầm") == 1
    assert office.run("ledger", "reverse", entry, *TWO) == 0
    assert office.bring("attendance", {"Điểm danh": [head, right]}, "sua") == 0
    capsys.readouterr()
    assert office.run("explain", "00013") == 0
    assert "= 2 ngày" in told(capsys)
    assert office.run("ledger", "verify") == 0


def test_two_records_of_one_person_are_merged_and_parted(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert office.run("person", "duplicates") == 0
    assert "#1 Nguyễn Văn An" in told(capsys)
    assert office.run("person", "merge", "00013", "00012", *TWO) == 1, "another name and birth"
    assert "Hai hồ sơ khác họ tên hoặc ngày sinh" in told(capsys)
    assert office.run("person", "merge", "00021", "00012", *TWO) == 0
    assert "Nguyễn Văn An, sinh 12/03/1970, mã 00012" in told(capsys)
    assert office.run("person", "merge", "00021", "00012", *TWO) == 1, "merged already"
    capsys.readouterr()
    assert office.run("explain", "00021", "--as-of", "30/06/2026") == 0
    assert "1,75 ngày" in told(capsys)
    assert office.run("person", "unmerge", "00012", *TWO) == 0, "by the code that is printed on paper"
    capsys.readouterr()
    office.run("explain", "00021", "--as-of", "30/06/2026")
    assert "1,75 ngày" not in told(capsys)


RECOGNISED = ("recognize", "00013", "--title", "Lớp Học viện", "--from", "06/04/2026", "--days", "3")
BY_HAND = (
    (("exempt", "00013", "--days", "2", "--from", "01/02/2026"), "Phải học: 5 ngày"),
    (("exempt", "00013", "--from", "01/02/2026"), "Được miễn"),
    ((*RECOGNISED, "--to", "08/04/2026"), "= 4,5 ngày"),
    (("group", "00013", "--group", "1", "--from", "01/10/2025"), "do Bộ Chính trị quyết định"),
    (("form", "L01", "--counts", "yes"), "Trong đó trực tiếp: 1,5 ngày"),
    (("content", "L01", "--counts", "no", "--date", "05/03/2026", "--half", "morning"), "= 1 ngày"),
)


@pytest.mark.parametrize(("words", "expected"), BY_HAND)
def test_a_decision_by_hand_is_entered_and_counted(
    office: Office, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    alone = ("--by", "A", "--reason", "phép thử")
    assert office.run("decide", *words, "--document", "TB 5", *alone) == 1, "it takes two people"
    assert office.run("decide", *words, "--document", "TB 5", *TWO) == 0
    capsys.readouterr()
    assert office.run("explain", "00013", "--as-of", "30/06/2026") == 0
    assert expected in " ".join(told(capsys).split())
    assert office.run("decide", *words, "--document", "TB 5", *TWO) == 0
    assert "sổ không đổi" in told(capsys)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("content", "L02", "--counts", "yes"), "quy định đã loại trừ"),
        (("content", "L1", "--counts", "yes"), "Có phải là «L01»"),
        (("form", "L01", "--counts", "yes", "--date", "07/03/2026", "--half", "morning"), "không có buổi này"),
        (
            ("recognize", "00013", "--title", "L", "--from", "06/04/2026", "--to", "06/04/2026", "--days", "3"),
            "không đủ",
        ),
        (("recognize", "00013", "--title", "L"), "thiếu --from, --to, --days"),
        (("exempt", "Nguyễn Văn An", "--from", "01/02/2026"), "Có 2 người"),
        (("exempt", "00013"), "thiếu --from"),
        (("exempt", "#999", "--from", "01/02/2026"), "không có người"),
        (("group", "00013", "--group", "9", "--from", "01/02/2026"), "Nhận: 1, 2, 3"),
        (("form", "L02", "--counts", "yes"), "ở điểm cầu"),
    ],
)
def test_a_decision_that_cannot_be_is_told(
    office: Office, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    capsys.readouterr()
    assert office.run("decide", *words, "--document", "TB 5", *TWO) != 0
    assert expected in told(capsys)


def test_erasing_is_refused_while_the_record_must_be_kept(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert office.run("person", "erase", "00012", *TWO) == 1
    words = told(capsys)
    assert "30/09/2035" in words, "five years after the term"
    assert "hồ sơ làm căn cứ đánh giá cán bộ" in words, "with its basis"
    before = figures(office)
    assert office.run("person", "erase", "00014", *TWO) == 0, "nobody owes days for a person outside the regime"
    capsys.readouterr()
    assert office.run("explain", "00014") == 1
    after = figures(office)
    assert after["summary"] == before["summary"], "totals stay"
    assert "Lê Văn Cường" not in json.dumps(after, ensure_ascii=False)
    assert office.run("ledger", "verify") == 0
    assert "Lê Văn Cường" not in _dump(office), "no name is left in the books"


def figures(office: Office) -> dict[str, Any]:
    """The unit's report as data."""
    path = office.folder / f"{uuid.uuid4().hex}.json"
    assert office.run("report", "unit", "TU", "--as-of", "30/06/2026", "--out", path) == 0
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def test_a_merged_file_is_no_way_around_the_time_of_keeping(office: Office) -> None:
    assert office.run("person", "merge", "00021", "00012", *TWO) == 0
    assert office.run("person", "erase", "#1", *TWO) == 1


def _dump(office: Office) -> str:
    if not isinstance(office.books, Path):
        return ""
    with sqlite3.connect(office.books) as connection:
        return "\n".join(connection.iterdump())


def test_a_hand_over_proves_itself(office: Office) -> None:
    path = office.folder / "ban-giao.json"
    assert office.run("person", "handover", "00012", "--out", path) == 0
    handed = json.loads(path.read_text("utf-8"))
    assert check_hand_over(handed) == []
    handed["entries"][0]["author"] = "Người khác"
    assert check_hand_over(handed) != []


def test_a_changed_entry_is_found_and_a_rebuilt_chain_needs_an_old_head(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    if not isinstance(office.books, Path):
        pytest.skip("the file is what is tampered with here; tests/records tamper on both")
    capsys.readouterr()
    office.run("ledger", "head")
    head = told(capsys).strip()
    with sqlite3.connect(office.books) as connection:
        connection.execute("UPDATE ledger_body SET body = replace(body, 'absent', 'present')")
    assert office.run("ledger", "verify", "--head", head) == 1
    assert "không còn nguyên vẹn" in told(capsys)


def test_a_mistyped_head_is_no_alarm_about_the_books(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert office.run("ledger", "verify", "--head", "3:9f3a5c1e") == 1
    said = told(capsys)
    assert "Chuỗi của sổ nguyên vẹn" in said
    assert "xem lại mã trên giấy" in said
    assert "Khôi phục" not in said


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_head",
        "UPDATE post SET valid_from = 'hôm qua' WHERE row_id = 1",
        "UPDATE management SET until = 'mai' WHERE row_id = 1",
        "UPDATE ledger_body SET salt = 'x' WHERE seq = 2",
    ],
)
def test_what_cannot_be_read_is_a_finding_and_no_crash(
    office: Office, capsys: pytest.CaptureFixture[str], statement: str
) -> None:
    if not isinstance(office.books, Path):
        pytest.skip("only a SQLite file holds such values")
    with sqlite3.connect(office.books) as connection:
        connection.execute(statement)
    capsys.readouterr()
    assert office.run("ledger", "verify") == 1
    assert "không còn nguyên vẹn" in told(capsys)


@pytest.mark.parametrize("words", [("report", "unit", "TU"), ("explain", "00012"), ("ledger", "verify")])
def test_books_that_are_not_there_are_never_made_by_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    path = tmp_path / "khong-co.sqlite"
    assert main([*words, "--books", str(path)]) == 1
    assert str(path) in told(capsys)
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("report", "unit", "TU", "--at-entry", "9999"), "Sổ không có mục 9999"),
        (("report", "unit", "TU", "--year", "26"), "bốn chữ số"),
        (("report", "unit", "TU", "--quarter", "2026-Q5"), "Không có quý"),
        (("report", "person", "00012", "--term", "2020-2025"), "Không có nhiệm kỳ"),
        (("report", "unit", "TU", "--out", "bao-cao.doc"), "đuôi tệp phải là"),
        (("explain", "00012", "--as-of", "2026"), "không hiểu được"),
        (("import", "roster", "khong-co.xlsx"), "không có tệp hoặc thư mục này"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    office: Office, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: str
) -> None:
    capsys.readouterr()
    with contextlib.suppress(SystemExit):  # argparse leaves so
        assert office.run(*words) != 0
    assert expected in told(capsys)


def test_a_term_is_the_one_of_the_person_asked_about(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.run("explain", "00012", "--term", "2025-2030") == 0
    assert (
        office.run("report", "person", "00012", "--term", "2025-2030", "--out", office.folder / "mot-nguoi.json") == 0
    )


def test_a_list_for_books_that_are_not_there_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(tmp_path)
    assert office.bring("roster", {"Cán bộ": [ROSTER_HEAD, *CADRES]}) == 1
    assert "boiduong import organizations" in told(capsys)
    assert not office.books.exists()


def test_a_list_of_another_kind_is_sent_to_its_command(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        office.bring("roster", {"Lớp": [CLASS_HEAD, ("L09", "Lớp 9", "Dự nguồn", "", "Nhóm 3", "QĐ 9", 1)]}, "lop9")
        == 1
    )
    words = told(capsys)
    assert "B20" in words
    assert "boiduong import classes lop9.xlsx" in words


def test_a_filled_template_is_never_written_over(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    path = office.folder / "mau.xlsx"
    for kind in (["roster"], ["attendance", "--class", "L01"]):
        path.write_bytes(b"filled")
        assert office.run("template", *kind, "--out", path) == 1
        assert path.read_bytes() == b"filled"
        assert "đã có" in told(capsys).lower()


def test_the_plan_counts_everyone_who_came_each_line_once(office: Office) -> None:
    head = [("Năm: 2026",), ("Cơ quan lập kế hoạch: Đảng ủy xã Bình Minh",)]
    columns = ("Mã dòng", "Đối tượng", "Số lớp", "Số người", "Tình trạng")
    lines = [("1", "Nhóm 3", 1, 40, "đã duyệt"), ("2", "Nhóm 3", 1, 40, "đề xuất")]
    assert office.bring("plan", {"Kế hoạch": [*head, columns, *lines]}) == 0
    data = figures(office)
    assert [(row["done_classes"], row["done_people"]) for row in data["plan"]] == [(1, 3), (0, 0)], (
        "a class of reserve cadres, whom the regulation leaves out, fulfils no line"
    )


def test_a_unit_that_is_misspelt_is_asked_after(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert office.run("report", "unit", "Tỉnh ủy Lam Gian") == 1
    assert "Có phải là «Tỉnh ủy Lam Giang»?" in told(capsys)


def test_broken_rules_count_nothing(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    rules = office.folder / "rules"
    shutil.copytree(Path(__file__).parents[2] / "content/rules", rules)
    path = rules / "145-qd-tw.toml"
    path.write_text(path.read_text("utf-8").replace('quote = "Nhóm 2', 'qoute = "Nhóm 2'), "utf-8")
    capsys.readouterr()
    assert office.run("explain", "00012", "--rules", rules) == 1
    assert "R01" in told(capsys)
