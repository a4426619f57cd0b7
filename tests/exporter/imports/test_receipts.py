"""What became of each line: every one has its receipt, a file brought twice changes nothing, nobody is named."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.intake import Intake
from boiduong_exporter.readers.sheet import Row, read_tables
from boiduong_exporter.rulebook.read import Rules
from boiduong_records.receipts import Outcome, read
from boiduong_records.store import open_books
from boiduong_records.tables import IDENTITY, RECEIPT
from boiduong_vocabulary.problem import Place
from sqlalchemy import select

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench, Sheets
from tests.exporter.imports.test_catalog import catalog

CATALOG = catalog("2026.1")
EVENING = ("L03", "02/03/2026", "Tối", made.HALL)
FILES: dict[str, tuple[Sheets, int]] = {
    "organizations": (
        made.organizations(
            made.TU, made.XA, ("X09", "Không cấp trên nào", "Xã", "Xã", "Đâu đó"), ("Tổng cộng: 3",),
            terms=[("TU", "2025-2030", "01/01/2025", "31/12/2029"), ("ZZ", "2025-2030", "01/01/2025", "31/12/2029")],
        ), 6,
    ),
    "roster": (
        made.roster(
            made.AN, ("00003", "Lê Ca", "1980", "Ủy viên", "X02", None, None, "TU"),
            ("00004", "Lê Dư", "32/01/1980", "Ủy viên", "X02", None, None, "TU"), ("I", "Khối Đảng"),
        ), 4,
    ),
    "classes": (
        made.classes(
            made.L01, ("L02", *made.L01[1:5], 1, None), sessions=[*made.SESSIONS, EVENING], places=made.PLACES
        ), 7,
    ),
    "attendance": (
        made.attendance(
            ("00001", "Nguyễn Văn An", None, None, made.AT_HALL, "x", "v"),
            ("00009", "Lý Lạ", None, None, made.AT_HALL, "x", "x"),
        ), 2,
    ),
    "plan": (made.plan(("1", "Cấp ủy viên", 2, 100, "đã duyệt"), ("2", "Bí thư", 1, None, "đề xuất")), 2),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_each_row_gets_one_receipt_and_the_counts_add_up(office: Bench, kind: str) -> None:
    file, filled = FILES[kind]
    report = office.bring(kind, file)
    places = office.places(report)
    assert len(places) == len(set(places)) == filled == sum(report.counts.values())


@pytest.mark.parametrize("kind", FILES)
def test_receipts_are_in_the_order_of_the_rows_of_the_file(office: Bench, kind: str) -> None:
    sheets = FILES[kind][0]
    found = [place.rsplit(":", 2)[1:] for place in office.places(office.bring(kind, sheets))]
    assert found == sorted(found, key=lambda place: ([*sheets].index(place[0]), int(place[1])))


def test_a_row_refused_for_several_reasons_has_one_receipt_that_names_its_first_cell(office: Bench) -> None:
    rows = [("00003", "Lê 3", "32/01/1980", None, "X01", None, None, "TU"), made.AN, ("00004", "Lê 4", *made.AN[2:])]
    report = office.bring("roster", made.roster(*rows))
    with office.books.reading() as connection:
        found = [(each.place, each.code, each.reason) for each in read(connection, report.batch).receipts]
    assert found == [
        ("tep.xlsx:DS:2", "V02", "ô B2, cột «Họ và tên»"),
        ("tep.xlsx:DS:3", "", ""),
        ("tep.xlsx:DS:4", "V02", "ô B4, cột «Họ và tên»"),
    ]


@pytest.mark.parametrize("kind", FILES)
def test_a_file_brought_twice_changes_nothing(office: Bench, kind: str) -> None:
    first = office.bring(kind, FILES[kind][0])
    assert first.counts.get(Outcome.TAKEN) or kind == "organizations"
    before, head = office.state(), office.head()
    second = office.bring(kind, FILES[kind][0])
    assert (office.state(), office.head(), second.seq) == (before, head, None)
    assert Outcome.TAKEN not in second.counts
    assert office.is_whole()


def test_a_catalog_brought_twice_changes_nothing(office: Bench) -> None:
    office.brought("catalog", CATALOG)
    before = office.state()
    assert office.bring("catalog", CATALOG).counts == {Outcome.UNCHANGED: 1}
    assert office.state() == before


@pytest.mark.parametrize("kind", FILES)
def test_a_csv_file_is_brought_as_a_workbook_is(office: Bench, kind: str) -> None:
    rows = next(iter(FILES[kind][0].values()))
    lines = [",".join(f'"{"" if cell is None else cell}"' for cell in row) for row in rows]
    data = "\r\n".join(lines).replace("2026-03-02", "02/03/2026").encode("utf-8-sig")
    report = office.bring(kind, data, "tep.csv")
    assert sum(report.counts.values()) == len(office.places(report)) > 0
    before = office.state()
    office.bring(kind, data, "tep.csv")
    assert office.state() == before


def test_a_refused_table_refuses_each_of_its_rows(office: Bench) -> None:
    head = [title for title in made.ROSTER if title != "Đơn vị"]
    report = office.bring("roster", {"DS": [head, ("00001", "Nguyễn Văn An", "1970", "Bí thư", None, None, "TU")]})
    assert office.receipts(report) == {2: "refused B08"}


def test_receipts_hold_no_name_wherever_it_was_typed(office: Bench) -> None:
    name = "Phan Thị Ẩn Danh"
    odd = f"{name}: » {name}"
    for kind, file in {
        "roster": made.roster(
            ("00001", name, "01/01/1990", name, "X01", None, None, "TU"),
            (name, name, name, name, name, None, None, name),
            ("00007", name, "1990", name, odd, None, None, odd),
            ("00008", f"{name} 2", "1990", name, "X01", None, None, "TU"),
        ),
        "attendance": made.attendance(
            ("", name, "1990", odd, odd, name, name),
            ("00001", name, None, "X01", odd, "x", name),
            ("00001", "Nguyễn Văn An", None, None, odd, "x", "x"),
        ),
        "classes": made.classes((odd, name, name, None, name, 1), sessions=[made.SESSION, (odd, name, name, name)]),
        "organizations": made.organizations((odd, name, "Xã", "Xã", odd), (name, name, "Đảng ủy xã", "Xã", odd)),
        "plan": made.plan((name, name, 1, 1, name), (name, name, 1, 1, "chuyển sang kế hoạch khác"), owner=name),
    }.items():
        office.bring(kind, file)
    attendance = made.attendance(("00001", "Nguyễn Văn An", None, None, None, "x", "x"), code=odd)
    assert office.bring("attendance", attendance).counts == {Outcome.REFUSED: 1}
    with office.books.reading() as connection:
        kept = "\n".join(str(tuple(row)) for row in connection.execute(select(RECEIPT)))
    assert "refused" in kept
    assert "Ẩn Danh" not in kept


def test_a_receipt_about_a_person_holds_the_line_and_the_code_alone(office: Bench) -> None:
    report = office.bring("roster", made.roster(("00001", "Lê Ca", "1980", None, "X01", None, None, "TU")))
    with office.books.reading() as connection:
        assert [(each.code, each.reason) for each in read(connection, report.batch).receipts] == [("N03", "")]


def test_an_error_not_a_warning_is_the_reason_of_a_refusal() -> None:
    intake, place = Intake(), Place("a.xlsx:DS", 2)
    warning, error = (fault(code, place, "m", "h") for code in (Code.HIDDEN, Code.BAD_VALUE))
    intake.refuse(Row(place, {}, {}), [warning, error])
    assert [receipt.code for receipt in intake.receipts] == ["V02"]


KILLED = """
import os, signal, sys
from pathlib import Path
from boiduong_records import receipts
from boiduong_exporter.imports import intake
from boiduong_exporter.rulebook.read import read_rules
from boiduong_records.store import open_books
from tests.exporter.imports.made import Bench
step, books, rules, file = sys.argv[1:]
def kill(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
real = intake.write
def written(*given):
    real(*given)
    kill()
setattr(intake, {"before": "open_batch", "after": "write"}[step], kill if step == "before" else written)
with open_books(books) as opened:
    Bench(opened, read_rules(Path(rules))[0]).bring("attendance", Path(file).read_bytes())
"""


@pytest.mark.parametrize("step", ["before", "after"])
def test_a_killed_import_leaves_the_books_as_they_were_and_can_be_run_again(
    office: Bench, tmp_path: Path, step: str
) -> None:
    file = tmp_path / "dd.xlsx"
    file.write_bytes(made.xlsx(FILES["attendance"][0]))
    before = office.state()
    root = Path(__file__).parents[3]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, step, str(tmp_path / "so.db"), str(root / "content" / "rules"), str(file)],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert office.state() == before
    assert office.is_whole()
    assert office.bring("attendance", file.read_bytes()).counts == {Outcome.TAKEN: 1, Outcome.REFUSED: 1}
    assert office.is_whole()


def test_two_officers_take_turns(office: Bench, tmp_path: Path, rules: Rules) -> None:
    with open_books(tmp_path / "so.db") as other:
        Bench(other, rules).brought("roster", made.roster(("00005", "Võ Em", "1985", None, "X01", None, None, "TU")))
        office.brought("roster", made.roster(("00006", "Võ Út", "1985", None, "X01", None, None, "TU")))
    assert {row["code"] for row in office.table(IDENTITY)} == {"00001", "00002", "00005", "00006"}


def test_a_file_without_a_table_brings_a_batch_without_rows(office: Bench) -> None:
    report = office.bring("roster", {"DS": [("Ho va ten",)]})
    assert (report.counts, report.seq, [problem.code for problem in report.problems]) == ({}, None, ["B07"])
    assert read_tables(b"", "a.xlsx", ()).tables == ()
